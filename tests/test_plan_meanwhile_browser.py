"""What somebody writes in a plan while others retire, close or decide what it was meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.plan_on_server import AT, PLAN, adopted, draft
from tests.server_fixtures import Server
from tests.test_plan_browser import close_refinement, edit, is_live, place, sent_too_late

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


def test_a_part_that_is_retired_under_an_open_editor_keeps_what_was_typed(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    tomas = is_live(sign_in(demo, "teacher", AT))
    form = edit(tomas, "strategy:aloud:then", "Half a sen")
    field = form.locator("textarea")
    field.press("End")
    demo.do("principal", "retire-part", plan=PLAN, part="strategy:aloud", reason="We begin anew.")
    expect(form.get_by_role("alert")).to_contain_text("This was retired while you wrote: Morning read-aloud")
    expect(form.get_by_role("alert")).to_contain_text("We begin anew.")
    tomas.keyboard.type("tence.")
    expect(field).to_have_value("Half a sentence.")
    expect(form.get_by_role("button", name="Save")).to_be_disabled()
    tomas.keyboard.press("Control+Enter")
    expect(form.get_by_role("alert")).to_be_focused()  # it says why, and nothing is sent
    expect(field).to_have_value("Half a sentence.")
    demo.do("principal", "restore-part", plan=PLAN, part="strategy:aloud")
    expect(form.locator(".clash")).to_have_count(0)
    form.get_by_role("button", name="Save").click()
    expect(tomas.locator("#said")).to_have_text("Noted.")
    expect(place(tomas, "strategy:aloud:then").locator(".prose-text")).to_have_text("Half a sentence.")


def test_words_that_no_refinement_takes_any_more_go_on_as_a_proposal(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    tomas, form = sent_too_late(demo, sign_in)
    expect(form.locator(".clash")).to_contain_text("No refinement is open any more")
    form.get_by_role("button", name="Propose these words").click()
    proposing = place(tomas, "strategy:aloud:then").get_by_role("form", name="Propose a change")
    expect(proposing.get_by_label("How it should read")).to_have_value("Half a sentence.")
    expect(proposing.get_by_label("How it should read")).to_be_focused()
    tomas.reload()  # they stand in the proposal alone, though the edit is still refused
    expect(proposing.get_by_label("How it should read")).to_have_value("Half a sentence.")
    expect(place(tomas, "strategy:aloud:then").locator("form.fields")).to_have_count(1)
    proposing.get_by_role("button", name="Propose it").click()
    expect(place(tomas, "strategy:aloud:then").get_by_role("link", name="Proposed: 1")).to_be_visible()
    tomas.goto(f"{demo.url}/outbox")
    expect(tomas.locator("main")).to_contain_text("Everything written on this device has been received.")


def test_what_a_leader_wrote_of_a_refinement_that_another_closed_is_kept(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    tomas = is_live(sign_in(demo, "teacher", AT))
    place(tomas, "refinement:r:why").get_by_role("button", name="Write").click()
    place(tomas, "refinement:r:why").locator("textarea").fill("Half a reason.")
    close_refinement(demo)
    expect(place(tomas, "refinement:r:why").get_by_role("alert").first).to_contain_text(
        "This refinement was closed while you wrote"
    )
    expect(place(tomas, "refinement:r:why").locator("textarea")).to_have_value("Half a reason.")


def test_a_citation_that_was_being_chosen_is_not_for_a_refinement_that_another_closed(
    demo: Server, sign_in: SignIn
) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    tomas = is_live(sign_in(demo, "teacher", AT))
    citing = tomas.get_by_role("form", name="Cite evidence")
    tomas.get_by_role("button", name="Cite evidence").click()
    citing.get_by_role("radio").first.check()
    citing.get_by_role("button", name="Cite it").click()
    tomas.get_by_role("button", name="Cite evidence").click()
    citing.get_by_role("radio").first.check()
    close_refinement(demo)
    expect(tomas.locator("#past")).to_contain_text("All that it changed: First")
    expect(tomas.locator("form[data-form^='cite-evidence@']")).to_have_count(0)


def test_a_report_on_a_step_that_was_retired_says_so_and_its_leader_restores_it(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    patricia = is_live(sign_in(demo, "principal", AT))
    step = patricia.locator('[data-part="action:books"]')
    step.get_by_role("button", name="Report").click()
    report = patricia.get_by_role("form", name="Report")
    report.get_by_label("Note").fill("Eight of ten.")
    demo.do("principal", "retire-part", plan=PLAN, part="action:books", reason="Bought already.")
    expect(report.get_by_role("alert")).to_contain_text("This was retired while you wrote: Choose ten books a grade.")
    report.get_by_role("button", name="Restore").click()
    expect(report.get_by_role("alert")).to_have_count(0)
    expect(report.get_by_label("Note")).to_have_value("Eight of ten.")
