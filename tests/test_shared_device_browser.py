"""A tablet that goes from hand to hand: nobody reads or sends what is another's, and nobody's words are lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from daybook.server.guard import COOKIE
from tests.offline_pages import add_evidence, is_kept, is_kept_note, is_stored, kept_for, opened, recorded, until
from tests.server_fixtures import MAPLE, Server
from tests.test_room_browser import NOTE, ROOM, is_live, rate

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

ADDRESS = f"/reviews/{MAPLE}"
PAST_IS_KEPT = """async () => {
  const fetched = performance.getEntriesByType("resource").find(({ name }) => name.includes("/history/"));
  return fetched !== undefined && (await caches.match(fetched.name)) !== undefined;
}"""


@pytest.fixture
def day(demo: Server) -> Server:
    """Return a server where Maple's review is open."""
    demo.do("facilitator", "open-review", review=MAPLE)
    return demo


def signs_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()


def signs_out(page: Page, *, anyway: bool = False) -> None:
    page.get_by_role("button", name="Sign out").click()
    if anyway:
        page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def unsent(page: Page, text: str) -> None:
    """Write evidence that does not get through."""
    page.context.route("**/api/v1/commands", lambda route: route.abort())
    add_evidence(page, text)
    expect(page.locator("#connection")).to_contain_text("not received yet: 1")
    is_stored(page, text)


def gets_through(page: Page) -> None:
    page.context.unroute("**/api/v1/commands")


def comes_to(server: Server, texts: list[str]) -> None:
    """Wait until the server has these texts of evidence, and expect no others."""
    deadline = time.monotonic() + 20
    while len(recorded(server)) < len(texts) and time.monotonic() < deadline:
        pass
    assert recorded(server) == texts


def test_signing_out_takes_what_was_read_along_and_leaves_what_was_not_received(day: Server, sign_in: SignIn) -> None:
    tablet = opened(day, sign_in)
    assert kept_for(tablet, ADDRESS) == "reviewer-1"
    unsent(tablet, NOTE)
    signs_out(tablet, anyway=True)
    assert kept_for(tablet, ADDRESS) is None
    gets_through(tablet)

    signs_in(tablet, "Ben Whitfield")
    tablet.goto("/outbox")
    expect(tablet.locator("#outbox-page")).to_contain_text(
        "1 more on this device is sent when whoever wrote it signs in"
    )
    assert NOTE not in tablet.inner_text("#outbox-page")
    tablet.goto(ROOM)
    add_evidence(is_live(tablet), "What Ben saw.")
    comes_to(day, ["What Ben saw."])
    signs_out(tablet)

    signs_in(tablet, "Ana Ruiz")
    expect(tablet.locator("#outbox")).to_have_text("", timeout=20_000)
    tablet.goto(ROOM)
    expect(is_live(tablet).locator(".evidence")).to_have_count(2)
    assert recorded(day) == ["What Ben saw.", NOTE]


def test_what_one_person_opened_is_never_shown_to_the_next(day: Server, sign_in: SignIn) -> None:
    rate(day, "reviewer-1", 2)
    tablet = opened(day, sign_in)
    # Ana does not sign out: her session ends, and Ben signs in on the same tablet.
    tablet.context.clear_cookies()
    signs_in(tablet, "Ben Whitfield")
    assert kept_for(tablet, ADDRESS) is None
    tablet.context.set_offline(True)
    tablet.goto(ADDRESS)
    expect(tablet.get_by_role("heading", name="No connection")).to_be_visible()
    assert "Ana Ruiz" not in tablet.content()
    expect(tablet.locator("#readable")).to_have_count(1)
    expect(tablet.locator("#outbox-page")).not_to_contain_text("Maple Street Elementary")


def test_a_session_that_ended_locks_what_was_kept_until_its_reader_is_back(day: Server, sign_in: SignIn) -> None:
    tablet = opened(day, sign_in)
    unsent(tablet, NOTE)
    tablet.context.clear_cookies()  # before anything gets through, or the note might with her last session
    gets_through(tablet)
    tablet.goto(ADDRESS)
    expect(tablet.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    tablet.context.set_offline(True)
    tablet.goto(ADDRESS)
    expect(tablet.get_by_role("heading", name="No connection")).to_be_visible()
    tablet.context.set_offline(False)
    expect(tablet.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    tablet.goto("/outbox")
    expect(tablet.locator("#outbox-page")).to_contain_text("Sign in, and they are sent.")
    expect(tablet.locator("#outbox-page")).to_contain_text(NOTE)
    tablet.get_by_role("link", name="Sign in to send").click()
    tablet.get_by_role("button", name="Ana Ruiz").click()
    expect(tablet.locator("#outbox-page")).to_contain_text("Everything written on this device has been received.")
    assert recorded(day) == [NOTE]
    assert kept_for(tablet, ADDRESS) == "reviewer-1"
    tablet.context.set_offline(True)
    tablet.goto(ADDRESS)
    is_kept_note(tablet)


def test_who_signs_out_without_a_connection_is_signed_out_before_anything_else(day: Server, sign_in: SignIn) -> None:
    tablet = opened(day, sign_in)
    tablet.context.set_offline(True)
    tablet.get_by_role("button", name="Sign out").click()
    expect(tablet.locator("#outbox-page")).to_contain_text("You are signed out on this device.")
    assert kept_for(tablet, ADDRESS) is None
    tablet.goto(ADDRESS)
    expect(tablet.get_by_role("heading", name="No connection")).to_be_visible()
    assert "Maple Street" not in tablet.inner_text("body")
    tablet.context.set_offline(False)
    expect(tablet.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert COOKIE not in [cookie["name"] for cookie in tablet.context.cookies()]
    assert day.ask("GET", "/", "reviewer-1").status_code == 303, "the server has heard of it too"


def test_a_page_that_was_left_open_sends_nothing_as_somebody_else(day: Server, sign_in: SignIn) -> None:
    left = is_live(sign_in(day, "reviewer-1", ROOM))
    unsent(left, NOTE)
    other = left.context.new_page()
    other.context.clear_cookies()
    signs_in(other, "Ben Whitfield")
    gets_through(left)
    expect(left.locator("#notices")).to_contain_text("You are signed out. What you wrote is kept on this device.")
    left.evaluate("dispatchEvent(new Event('online'))")
    other.goto(ROOM)
    add_evidence(is_live(other), "What Ben saw.")
    comes_to(day, ["What Ben saw."])
    expect(left.locator("#connection")).to_contain_text("not received yet: 1")


def test_the_first_page_a_device_ever_opens_is_kept_too(day: Server, sign_in: SignIn) -> None:
    tablet = sign_in(day, "reviewer-1", f"{ADDRESS}/replay", service_workers="allow")
    is_kept(tablet)
    expect(tablet.locator("input[type=range]")).to_be_enabled()
    until(tablet, PAST_IS_KEPT)
    day.kill()
    tablet.reload()
    is_kept_note(tablet)
    expect(tablet.locator("input[type=range]")).to_be_enabled()
    day.start_again()


def test_whoever_signs_out_with_something_unsent_is_asked_first(day: Server, sign_in: SignIn) -> None:
    tablet = opened(day, sign_in)
    unsent(tablet, NOTE)
    tablet.get_by_role("button", name="Sign out").click()
    asked = tablet.get_by_role("dialog", name="1 thing you wrote is not in Daybook yet")
    expect(asked.get_by_role("link", name="See what it is")).to_be_visible()
    tablet.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(tablet.get_by_role("button", name="Sign out")).to_be_focused()
    tablet.get_by_role("button", name="Sign out").click()
    asked.get_by_role("button", name="Stay signed in").click()
    expect(tablet.locator("#connection")).to_contain_text("not received yet: 1")
    signs_out(tablet, anyway=True)
