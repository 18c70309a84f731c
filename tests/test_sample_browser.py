"""What the README tells to try with the sample network's plans, in two browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

AT = "/plans/maple-2025"


def is_live(page: Page) -> Page:
    expect(page.locator("#connection")).to_contain_text("Live")
    return page


def test_what_has_the_focus_is_to_be_seen(demo: Server, sign_in: SignIn) -> None:
    page = is_live(sign_in(demo, "principal", AT))
    page.set_viewport_size({"width": 1180, "height": 820})
    page.locator("#document a, #document summary").first.focus()
    unseen = """() => new Promise((told) => {
        const look = () => {
            const { top, bottom } = document.activeElement.getBoundingClientRect();
            told(bottom < 0 || top > innerHeight ? document.activeElement.outerHTML : null);
        };
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(look)));
    })"""
    hidden = []
    while page.evaluate("document.activeElement.closest('#document') !== null"):
        hidden.append(page.evaluate(unseen))
        page.keyboard.press("Tab")
    assert len(hidden) > 50
    assert [one for one in hidden if one] == []


def test_a_teachers_proposal_becomes_the_plan_and_two_who_edit_meet(demo: Server, sign_in: SignIn) -> None:
    patricia = sign_in(demo, "principal", "/")
    expect(patricia.get_by_text("Check in on “The Monday team”")).to_be_visible()
    patricia.locator("details.more").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")
    patricia.get_by_role("link", name="Answer what Tomás Herrera proposed").click()
    is_live(patricia)
    proposal = patricia.locator("#talk li", has_text="Tomás Herrera").first
    proposal.get_by_role("button", name="Accept").click()
    passage = patricia.locator('[data-place="strategy:monday-team:then"]')
    expect(passage).to_contain_text("nobody misses two days")

    tomas = sign_in(demo, "teacher", "/")
    expect(tomas.get_by_text("accepted", exact=True)).to_be_visible()
    tomas.goto(AT)
    is_live(tomas)
    place = '[data-place="strategy:number-talks:then"]'
    forms = []
    for page, words in ((patricia, "then they find their mistakes together."), (tomas, "then they find and mend.")):
        page.locator(place).get_by_role("button", name="Edit").click()
        form = page.locator(place).locator("form.fields")
        form.locator("[name=text]").fill(words)
        forms.append(form)
    forms[0].get_by_role("button", name="Save").click()
    expect(forms[1].get_by_role("alert")).to_contain_text("Patricia Moreno put this into other words while you wrote.")
