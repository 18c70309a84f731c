"""Rooms that were opened once are read and written to while nothing can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import outcomes_demo as outcomes
from tests.offline_pages import add_evidence, comes_back, is_kept_note, is_received, opened, view_is_kept
from tests.plan_on_server import AT, draft
from tests.server_fixtures import MAPLE, Server
from tests.test_plan_browser import edit, place
from tests.test_room_browser import NOTE, ROOM, is_live, note

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture
def day(demo: Server) -> Server:
    """Return a server where Maple's review is open."""
    demo.do("facilitator", "open-review", review=MAPLE)
    return demo


def test_a_room_that_was_opened_is_read_and_written_to_without_a_server(day: Server, sign_in: SignIn) -> None:
    ana, ben = opened(day, sign_in), is_live(sign_in(day, "reviewer-2", ROOM))
    note(day, "reviewer-2", "e-1", "What Ben saw.")
    expect(ana.locator(".evidence-list")).to_contain_text("What Ben saw.")
    view_is_kept(ana, "evidence:e-1")
    day.kill()
    ana.reload()
    is_kept_note(ana)
    expect(ana.locator(".evidence-list")).to_contain_text("What Ben saw.")
    add_evidence(ana, NOTE)
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    expect(ana.locator("#connection")).to_contain_text("not received yet: 1")
    ana.reload()
    is_kept_note(ana)
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    expect(ana.locator("#connection")).to_contain_text("not received yet: 1")
    day.start_again()
    comes_back(ana)
    expect(ana.locator("#connection")).not_to_contain_text("not received")
    expect(ben.locator(".evidence-list")).to_contain_text(NOTE, timeout=40_000)
    assert ben.locator(".evidence").count() == 2


def test_a_plan_that_was_opened_is_edited_without_a_server_and_edits_follow_each_other(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    patricia, tomas = opened(demo, sign_in, "principal", AT), is_live(sign_in(demo, "teacher", AT))
    demo.kill()
    patricia.reload()
    is_kept_note(patricia)
    for words in ("Every child reads.", "Every child reads at home too."):
        edit(patricia, "vision", words).get_by_role("button", name="Save").click()
        expect(place(patricia, "vision")).to_contain_text(words)
    expect(patricia.locator("#connection")).to_contain_text("not received yet: 2")
    patricia.reload()
    is_kept_note(patricia)
    expect(place(patricia, "vision")).to_contain_text("Every child reads at home too.")
    demo.start_again()
    comes_back(patricia)
    is_received(patricia)
    expect(place(tomas, "vision")).to_contain_text("Every child reads at home too.", timeout=40_000)
    expect(patricia.locator("#connection")).not_to_contain_text("not accepted")


def test_an_edit_made_without_a_connection_meets_what_others_wrote_meanwhile(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    patricia = opened(demo, sign_in, "principal", AT)
    patricia.context.set_offline(True)
    edit(patricia, "strategy:aloud:then", "Mine.").get_by_role("button", name="Save").click()
    expect(patricia.locator("#connection")).to_contain_text("not received yet: 1")
    patricia.reload()
    is_kept_note(patricia)
    tomas = is_live(sign_in(demo, "teacher", AT))
    edit(tomas, "strategy:aloud:then", "Theirs.").get_by_role("button", name="Save").click()
    expect(place(tomas, "strategy:aloud:then")).to_contain_text("Theirs.")
    is_received(tomas)
    patricia.context.set_offline(False)
    comes_back(patricia)
    form = place(patricia, "strategy:aloud:then").locator("form.fields")
    expect(form.locator("[name=text]")).to_have_value("Mine.", timeout=20_000)
    expect(form).to_contain_text("Theirs.")


def test_june_outcomes_that_were_opened_are_worked_on_without_a_server(demo: Server, sign_in: SignIn) -> None:
    outcomes.draft(demo)
    teacher, family = opened(demo, sign_in, "teacher", outcomes.ADDRESS), sign_in(demo, "family", outcomes.ADDRESS)
    demo.kill()
    teacher.reload()
    is_kept_note(teacher)
    teacher.get_by_role("button", name="Endorse Outcome 1").click()
    expect(teacher.get_by_text("Endorsed by 1: Tomás Herrera")).to_be_visible()
    expect(teacher.locator("#connection")).to_contain_text("not received yet: 1")
    teacher.reload()
    is_kept_note(teacher)
    expect(teacher.get_by_text("Endorsed by 1: Tomás Herrera")).to_be_visible()
    demo.start_again()
    comes_back(teacher)
    is_received(teacher)
    expect(family.get_by_text("Endorsed by 1: Tomás Herrera")).to_be_visible(timeout=40_000)


def test_a_first_page_that_comes_from_the_device_says_when_the_connection_is_back(
    demo: Server, sign_in: SignIn
) -> None:
    patricia = opened(demo, sign_in, "principal", "/")
    patricia.context.set_offline(True)
    patricia.reload()
    is_kept_note(patricia)
    patricia.context.set_offline(False)
    expect(patricia.locator("#kept")).to_contain_text("The connection is back. This page is still as it was")
    patricia.context.set_offline(True)
    is_kept_note(patricia)
    patricia.context.set_offline(False)
    patricia.get_by_role("link", name="Load it again").click()
    expect(patricia.locator("#kept")).to_have_text("")
