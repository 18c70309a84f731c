"""The facilitator erases words from the record, in an open review and in a closed one, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import faults
from tests.server_fixtures import CEDAR, MAPLE, Server
from tests.test_room_browser import NOTE, ROOM, is_live, note, words

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

ERASED = "These words were erased."
CLOSED = f"/reviews/{CEDAR}?indicator=SC.1"
RATIONALE = "above all with substitutes"


def unfold(page: Page) -> Page:
    page.evaluate("document.querySelectorAll('details.erase').forEach(one => one.open = true)")
    return page


def test_the_facilitator_erases_a_note_and_the_reviewer_sees_it_gone(demo: Server, sign_in: SignIn) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    note(demo, "reviewer-1", "e-1", NOTE)
    ana, ruth = is_live(sign_in(demo, "reviewer-1", ROOM)), is_live(sign_in(demo, "facilitator", ROOM))
    expect(ana.locator(".evidence")).to_contain_text(NOTE)
    expect(ana.locator(".erase")).to_have_count(0)
    item = ruth.locator("#item-e-1")
    item.get_by_text("Erase these words…").click()
    item.get_by_label("Why they must go").fill(" ")
    item.get_by_role("button", name="Erase for good").click()
    expect(item.get_by_text("Write why these words must go.")).to_be_visible()
    item.get_by_label("Why they must go").fill("It names a child.")
    assert faults(ruth) == []
    item.get_by_role("button", name="Erase for good").click()
    for page in (ana, ruth):
        expect(page.locator("#item-e-1 .evidence-text")).to_have_text(ERASED)
        assert NOTE not in page.inner_text("body")
    expect(item.locator(".erase")).to_have_count(0)
    ana.reload()
    expect(is_live(ana).locator("#item-e-1 .evidence-text")).to_have_text(ERASED)
    assert NOTE not in ana.content()


def test_a_closed_review_is_erased_from_without_scripts(demo: Server, sign_in: SignIn) -> None:
    ruth = sign_in(demo, "facilitator", CLOSED, java_script_enabled=False)
    agreement = ruth.locator(".agreement")
    expect(agreement).to_contain_text(RATIONALE)
    agreement.get_by_text("Erase these words…").click()
    agreement.get_by_label("Why they must go").fill("It names a child.")
    agreement.get_by_role("button", name="Erase for good").click()
    expect(agreement).to_contain_text(ERASED)
    expect(agreement.locator(".erase")).to_have_count(0)
    assert RATIONALE not in ruth.content()


def test_a_reason_that_is_refused_stays_in_the_form(demo: Server, sign_in: SignIn) -> None:
    ruth = sign_in(demo, "facilitator", CLOSED, java_script_enabled=False)
    agreement = ruth.locator(".agreement")
    agreement.get_by_text("Erase these words…").click()
    agreement.get_by_label("Why they must go").evaluate(
        "field => { field.maxLength = 300; field.value = 'x'.repeat(201); }"
    )
    agreement.get_by_role("button", name="Erase for good").click()
    expect(ruth.get_by_role("alert")).to_be_visible()
    expect(agreement.get_by_label("Why they must go")).to_have_value("x" * 201)


@pytest.mark.parametrize("person", ["facilitator", "reviewer-1"])
def test_the_forms_and_what_was_erased_read_the_same_drawn_and_live(demo: Server, sign_in: SignIn, person: str) -> None:
    demo.do("facilitator", "redact-evidence", review=CEDAR, evidence="cedar-10", reason="It names a child.")
    path = f"{CLOSED}&evidence=all"
    drawn = unfold(sign_in(demo, person, path, java_script_enabled=False))
    live = unfold(is_live(sign_in(demo, person, path)))
    assert words(drawn) == words(live)
    expect(live.locator("#item-cedar-10")).to_contain_text(ERASED)
