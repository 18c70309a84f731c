"""Rooms that were opened once are read and written to while nothing can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.offline_pages import add_evidence, comes_back, is_kept_note, opened, view_is_kept
from tests.server_fixtures import MAPLE, Server
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
