"""Who edits what in a plan, as the others see it: at the words themselves, wherever one can write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.plan_on_server import AT, PLAN, adopted, draft, this_year
from tests.server_fixtures import Server
from tests.test_plan_browser import edit, is_live, place

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

WRITES = "Tomás Herrera is writing here"
UNSAVED = "Tomás Herrera has written here what is not saved yet"
IS_HERE = "Tomás Herrera is here"


def shown(page: Page, within: str, words: str) -> None:
    expect(page.locator(f"{within} .present").first).to_contain_text(words)


def test_words_in_several_forms_are_seen_at_each_until_they_are_saved_or_let_go(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    patricia, tomas = is_live(sign_in(demo, "principal", AT)), is_live(sign_in(demo, "teacher", AT))
    first = edit(tomas, "strategy:aloud:if", "We read every day.")
    shown(patricia, '[data-place="strategy:aloud:if"]', WRITES)
    expect(place(patricia, "strategy:aloud:if").get_by_text(WRITES)).to_be_visible()
    second = edit(tomas, "strategy:aloud:then", "They read alone.")
    shown(patricia, '[data-place="strategy:aloud:then"]', WRITES)
    shown(patricia, '[data-place="strategy:aloud:if"]', UNSAVED)
    edit(patricia, "strategy:aloud:if", "We read.")  # whoever begins there, too, still sees it
    shown(patricia, '[data-place="strategy:aloud:if"]', UNSAVED)
    shown(patricia, '[data-place="strategy:aloud:then"]', UNSAVED)  # nothing is told by itself from here on
    first.get_by_role("button", name="Cancel").click()
    expect(place(patricia, "strategy:aloud:if").get_by_text(UNSAVED)).to_have_count(0)
    second.get_by_role("button", name="Save").click()
    expect(place(patricia, "strategy:aloud:then").locator(".prose-text")).to_have_text("They read alone.")
    expect(patricia.get_by_text(UNSAVED)).to_have_count(0)
    expect(patricia.get_by_text(WRITES)).to_have_count(0)


def test_with_two_tabs_one_is_where_one_writes_and_once_among_those_who_are_here(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    patricia, tomas = is_live(sign_in(demo, "principal", AT)), is_live(sign_in(demo, "teacher", AT))
    edit(tomas, "strategy:aloud:if", "We read every day.")
    other = tomas.context.new_page()
    other.goto(AT)
    is_live(other)
    other.locator('[data-part="strategy:aloud"]').focus()
    place(other, "strategy:aloud:title").get_by_role("button", name="Edit").focus()
    shown(patricia, '[data-place="strategy:aloud:title"]', IS_HERE)
    shown(patricia, '[data-place="strategy:aloud:if"]', UNSAVED)
    expect(patricia.locator(".people-list li", has_text="Tomás Herrera")).to_have_count(1)
    tomas.locator('[data-place="strategy:aloud:if"] textarea').press("End")
    tomas.keyboard.type(" Twice.")
    shown(patricia, '[data-place="strategy:aloud:if"]', WRITES)
    expect(place(patricia, "strategy:aloud:title").locator(".present")).to_have_count(0)


def test_it_shows_at_steps_readings_check_ins_and_refinements(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="q2", quarter=2)
    patricia, tomas = is_live(sign_in(demo, "principal", AT)), is_live(sign_in(demo, "teacher", AT))

    def writes(button: str, field: str, words: str) -> None:
        tomas.get_by_role("button", name=button).click()
        tomas.locator("form.fields").get_by_label(field).fill(words)

    def lets_go() -> None:
        tomas.locator("form.fields").get_by_role("button", name="Cancel").click()
        expect(tomas.locator("form.fields")).to_have_count(0)

    writes("Report Choose ten books", "Note", "Four are chosen.")
    shown(patricia, '.row[data-part="action:books"]', WRITES)
    expect(patricia.locator("#document").get_by_text(WRITES)).to_have_count(1)
    lets_go()
    writes("Take a reading", "Note", "After the holidays.")
    shown(patricia, '.row[data-part="measure:home"]', WRITES)
    lets_go()
    writes("Check in Morning read-aloud", "What we see", "All rooms read.")
    shown(patricia, "#strategy-aloud .strategy-foot", WRITES)
    lets_go()
    why = tomas.locator("[data-place='refinement:q2:why']")
    why.get_by_role("button", name="Write").click()
    why.locator("textarea").fill("Nobody understood it.")
    shown(patricia, "[data-place='refinement:q2:why']", WRITES)
    lets_go()
    expect(patricia.get_by_text(WRITES)).to_have_count(0)
    tomas.get_by_role("button", name="Cite evidence").click()
    shown(patricia, "#refining", IS_HERE)


def test_what_is_kept_on_the_device_is_told_again_after_a_reload(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    patricia, tomas = is_live(sign_in(demo, "principal", AT)), is_live(sign_in(demo, "teacher", AT))
    edit(tomas, "strategy:aloud:if", "We read every day.")
    shown(patricia, '[data-place="strategy:aloud:if"]', WRITES)
    tomas.reload()
    is_live(tomas)
    shown(patricia, '[data-place="strategy:aloud:if"]', UNSAVED)


def test_it_shows_at_what_came_of_a_priority(demo: Server, sign_in: SignIn) -> None:
    year = this_year() - 4  # for which the sample network has no plan

    def lead(kind: str, /, **data: object) -> None:
        demo.do("principal", kind, plan="maple-last", **data)

    lead("begin-plan", school="maple", year=year)
    lead("word-passage", passage="vision", wording="v1", text="Every child reads with joy.")
    lead("add-priority", priority="reading", text="All grow.", rubric="pif-illustrative-1", indicators=["CI.2"])
    lead("add-strategy", strategy="books", priority="reading", title="Books at home", if_="we lend", then="they read")
    lead("adopt-plan", version="Start of the year")
    lead("reflect-on-priority", priority="reading", wording="r1", text="It grew.", carries="carries-forward")
    at = "/plans/maple-last"
    tomas = is_live(sign_in(demo, "teacher", at))
    patricia = is_live(sign_in(demo, "principal", f"{at}?open=reflect-on-priority@priority:reading"))
    patricia.locator("form.fields textarea").fill("It grew, and families borrow books.")
    reflection = tomas.locator(".reflection")
    expect(reflection.locator(".present")).to_contain_text("is writing here")
    patricia.locator("form.fields").get_by_role("button", name="Save the reflection").click()
    expect(reflection).to_contain_text("families borrow books")
    expect(reflection.locator(".present")).not_to_contain_text("is writing here")
    expect(reflection.locator(".present")).not_to_contain_text("not saved yet")


def test_whoever_is_quiet_for_long_is_nowhere_until_they_come_back(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    patricia, tomas = is_live(sign_in(demo, "principal", AT)), sign_in(demo, "teacher", "/network")
    tomas.clock.install()
    tomas.goto(AT)
    is_live(tomas)
    edit(tomas, "strategy:aloud:if", "We read every day.").get_by_role("button", name="Save").click()
    shown(patricia, '[data-place="strategy:aloud:if"]', IS_HERE)
    tomas.clock.fast_forward("01:00")
    tomas.keyboard.press("Shift")
    tomas.clock.fast_forward("01:30")
    shown(patricia, '[data-place="strategy:aloud:if"]', IS_HERE)
    tomas.clock.fast_forward("01:00")
    expect(patricia.get_by_text(IS_HERE)).to_have_count(0)
    tomas.keyboard.press("Shift")
    shown(patricia, '[data-place="strategy:aloud:if"]', IS_HERE)
