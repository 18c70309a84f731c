"""Citing what a refinement rests on, out of a great many things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import faults
from tests.plan_on_server import AT, PLAN, adopted, days_ago
from tests.server_fixtures import Server
from tests.test_plan_browser import is_live

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser
READINGS = 150
FORM = "cite-evidence@refinement:q2"


@pytest.fixture
def refining(demo: Server) -> Server:
    """Return a server with a refinement that is open, and a hundred and fifty readings that it could cite."""
    adopted(demo)
    for n in range(READINGS - 2):
        demo.do("teacher", "take-reading", plan=PLAN, measure="home", reading=f"n-{n}", on=days_ago(40), value=100 + n)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="q2", quarter=2)
    return demo


def unfolded(page: Page) -> Page:
    page.get_by_role("button", name="Cite evidence").click()
    expect(page.locator(f'[data-form="{FORM}"].fields')).to_be_visible()
    return page


def test_one_of_many_is_found_by_words_and_cited_by_keyboard(refining: Server, sign_in: SignIn) -> None:
    patricia = is_live(sign_in(refining, "principal", AT))
    tomas = unfolded(is_live(sign_in(refining, "teacher", AT)))
    form = tomas.locator("#refining form.fields")
    find = form.get_by_role("searchbox", name="Show those with these words")
    expect(find).to_be_focused()
    assert form.get_by_role("radio").count() > READINGS
    tomas.keyboard.type("HOME 217")
    expect(form.get_by_role("radio")).to_have_count(1)
    expect(form.get_by_role("status")).to_contain_text("1 of ")
    tomas.keyboard.type("x")
    expect(form.get_by_role("status")).to_have_text("Nothing has all of these words.")
    for _ in "217x":
        tomas.keyboard.press("Backspace")
    tomas.keyboard.type("21")
    expect(form.get_by_role("radio")).to_have_count(12)  # 121, 210 to 219, 221
    tomas.keyboard.press("Enter")
    expect(form.get_by_role("radio").first).to_be_focused()
    tomas.keyboard.press("ArrowDown")
    second = form.get_by_role("radio").nth(1)
    expect(second).to_be_checked()
    chosen = second.get_attribute("value")
    find.fill("nowhere to be found")
    expect(form.get_by_role("radio")).to_have_count(1)  # what is chosen stays in sight
    tomas.keyboard.press("Tab")
    expect(form.get_by_role("radio")).to_be_focused()
    tomas.keyboard.press("Control+Enter")
    expect(patricia.locator("#refining .citations li")).to_have_count(1)
    expect(patricia.locator("#refining .citations li")).to_contain_text("Students who read at home")
    unfolded(tomas)
    expect(form.locator(f'[value="{chosen}"]')).to_have_count(0)  # what is cited is not offered again
    expect(form.get_by_role("searchbox")).to_have_value("")


def test_nothing_chosen_is_said_beside_the_list_and_axe_finds_nothing(refining: Server, sign_in: SignIn) -> None:
    tomas = unfolded(is_live(sign_in(refining, "teacher", AT)))
    tomas.get_by_role("button", name="Cite it").click()
    expect(tomas.locator("#refining .pick.wrong .error-message")).to_have_text("Choose what the refinement rests on.")
    expect(tomas.get_by_role("searchbox")).to_be_focused()
    assert faults(tomas, "#refining") == []


def test_without_scripts_the_same_groups_unfold_the_newest_first(refining: Server, sign_in: SignIn) -> None:
    drawn = sign_in(refining, "teacher", f"{AT}?open={FORM}", java_script_enabled=False)
    live = unfolded(is_live(sign_in(refining, "teacher", AT)))
    groups = drawn.locator("#refining optgroup")
    labels = [str(groups.nth(at).get_attribute("label")) for at in range(groups.count())]
    assert labels[:2] == ["Readings", "Check-ins"]
    assert labels == live.locator(".pick-group").all_inner_texts()
    first = groups.first.locator("option").first
    assert (first.text_content() or "").startswith("Students who read at home: 51 % of students,")
    assert first.text_content() == live.locator(".pick-list .choice").first.inner_text()
    drawn.locator("#refining select").select_option("check-in:c-1")
    drawn.get_by_role("button", name="Cite it").click()
    expect(drawn.locator("#refining .citations")).to_contain_text("Morning read-aloud: on track")


def test_a_reading_that_is_withdrawn_once_it_was_cited_says_so(refining: Server, sign_in: SignIn) -> None:
    cited = {"kind": "reading", "item": "n-1"}
    refining.do("teacher", "cite-evidence", plan=PLAN, refinement="q2", citation=cited)
    patricia = is_live(sign_in(refining, "principal", AT))
    citations = patricia.locator("#refining .citations")
    expect(citations).not_to_contain_text("Withdrawn")
    refining.do("teacher", "withdraw-reading", plan=PLAN, measure="home", reading="n-1", reason="A slip.")
    expect(citations).to_contain_text("Withdrawn: ")
    drawn = refining.ask("GET", AT, "principal").text
    assert "Withdrawn: " in drawn[drawn.index('class="citations"') :]
