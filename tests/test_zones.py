"""Pages tell times by the reader's clock, which their device says, and by the server's until it did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.server_fixtures import CEDAR, Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
TIMELINE = f"/timeline?stream=review:{CEDAR}&lang=en"


def times(server: Server, zone: str | None) -> list[tuple[str, str]]:
    """The instants of a timeline, and how a reader in this zone is told of them."""
    cookie = server.headers("auditor")["cookie"] + (f"; zone={zone}" if zone else "")
    html = server.ask("GET", TIMELINE, headers={"cookie": cookie}).text
    return re.findall(r'event-time"><time datetime="([^"]+)">([^<]+)<', html)


def test_a_timeline_is_told_by_the_readers_clock(standing_demo: Server) -> None:
    here, tokyo, honolulu = (times(standing_demo, zone) for zone in (None, "Asia/Tokyo", "Pacific/Honolulu"))
    assert [at for at, _ in here] == [at for at, _ in tokyo] == [at for at, _ in honolulu]
    hours = [int(re.match(r"\d+", said)[0]) for _, said in (tokyo[0], honolulu[0])]  # type: ignore[index]
    assert (hours[0] - hours[1]) % 12 == 19 % 12


@pytest.mark.parametrize("zone", ["Nowhere/City", "../../etc/passwd", "America", "%00", "x" * 300])
def test_a_zone_that_is_none_changes_nothing(standing_demo: Server, zone: str) -> None:
    assert times(standing_demo, zone) == times(standing_demo, None)


@pytest.mark.browser
def test_a_device_says_its_zone_so_that_pages_say_what_scripts_say(standing_demo: Server, sign_in: SignIn) -> None:
    page = sign_in(standing_demo, "auditor", "/", timezone_id="Pacific/Auckland")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function("() => document.cookie.includes('zone=Pacific/Auckland')")
    page.goto(TIMELINE)
    told = page.locator(".event-time time").evaluate_all(
        "(all) => all.map((one) => [one.textContent, new Date(one.dateTime)"
        ".toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' })])"
    )
    assert told
    for page_says, script_says in told:
        assert page_says.split() == script_says.split()


@pytest.mark.browser
def test_the_day_of_a_step_is_the_readers_own(standing_demo: Server, sign_in: SignIn) -> None:
    page = sign_in(standing_demo, "auditor", "/", timezone_id="Pacific/Honolulu")
    day = page.evaluate("async () => (await import('/static/i18n.js')).isoDay('2026-03-18T05:00:00Z')")
    assert day == "2026-03-17"
