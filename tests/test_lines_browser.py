"""A room stays live over lines that die in silence, are cut, or carry no sockets, and over a device that sleeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.offline_pages import add_evidence, comes_back, is_kept_note, opened
from tests.server_fixtures import MAPLE, Server
from tests.tcp_proxy import Proxy, proxy_for
from tests.test_room_browser import NOTE, ROOM, is_live, rate

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture
def proxy(demo: Server) -> Iterator[Proxy]:
    """Yield a proxy before a server where Maple's review is open."""
    demo.do("facilitator", "open-review", review=MAPLE)
    with proxy_for(demo) as proxy:
        yield proxy


def asleep(proxy: Proxy, sign_in: SignIn) -> Page:
    """Open the room in a browser whose clock can be moved on, as it is when the lid was closed for a while."""
    page = sign_in(proxy, "reviewer-1", "/network")
    page.clock.install()
    page.goto(ROOM)
    return is_live(page)


def wakes(page: Page) -> None:
    """Move the clock on: no timer has run meanwhile, and each that is due runs once."""
    page.clock.fast_forward("01:30:00")


def notices_the_network(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('online'))")


def has_rated(page: Page, n: int) -> None:
    expect(page.locator(".progress")).to_contain_text(f"{n} of 8 have rated", timeout=30_000)


def test_a_half_open_line_is_left_behind_and_what_was_said_meanwhile_arrives(proxy: Proxy, sign_in: SignIn) -> None:
    ana = is_live(sign_in(proxy, "reviewer-1", ROOM))
    proxy.fall_silent()
    rate(proxy.server, "reviewer-2", 3)
    add_evidence(ana, NOTE)
    notices_the_network(ana)
    has_rated(ana, 1)
    is_live(ana)
    expect(ana.locator("#connection")).not_to_contain_text("not received", timeout=30_000)
    assert proxy.upgraded == 2


def test_a_device_that_slept_catches_up_when_it_wakes(proxy: Proxy, sign_in: SignIn) -> None:
    ana = asleep(proxy, sign_in)
    proxy.fall_silent()  # by the time it wakes, the network has forgotten its lines
    rate(proxy.server, "reviewer-2", 3)
    wakes(ana)
    has_rated(ana, 1)
    is_live(ana)
    add_evidence(ana, NOTE)
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    expect(ana.locator("#connection")).not_to_contain_text("not received", timeout=30_000)


def test_a_device_whose_lines_were_cut_while_it_slept_sends_what_it_had(proxy: Proxy, sign_in: SignIn) -> None:
    ana, ben = asleep(proxy, sign_in), is_live(sign_in(proxy.server, "reviewer-2", ROOM))
    ana.context.set_offline(True)
    add_evidence(ana, NOTE)
    expect(ana.locator("#connection")).to_contain_text("not received yet: 1")
    proxy.cut()
    ana.context.set_offline(False)
    wakes(ana)
    expect(ben.locator(".evidence-list")).to_contain_text(NOTE, timeout=30_000)
    expect(ana.locator("#connection")).not_to_contain_text("not received", timeout=30_000)


def test_where_a_proxy_lets_no_socket_through_the_room_is_carried_by_long_polls(proxy: Proxy, sign_in: SignIn) -> None:
    proxy.refuses_sockets = True
    ana = sign_in(proxy, "reviewer-1", ROOM)
    expect(ana.locator("#connection")).to_contain_text("a little slower", timeout=30_000)
    rate(proxy.server, "reviewer-2", 3)
    has_rated(ana, 1)
    add_evidence(ana, NOTE)
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    expect(ana.locator("#connection")).not_to_contain_text("not received")
    assert proxy.refused >= 3
    proxy.fall_silent()  # and with the others the line of the question that waits
    notices_the_network(ana)
    rate(proxy.server, "reviewer-3", 3)
    has_rated(ana, 2)


def test_where_a_proxy_cuts_each_socket_short_the_room_goes_over_to_long_polls(proxy: Proxy, sign_in: SignIn) -> None:
    proxy.cuts_sockets_after = 1.0
    ana = sign_in(proxy, "reviewer-1", ROOM)
    expect(ana.locator("#connection")).to_contain_text("a little slower", timeout=40_000)
    rate(proxy.server, "reviewer-2", 3)
    has_rated(ana, 1)


def test_a_page_is_shown_as_it_was_when_its_network_takes_too_long(proxy: Proxy, sign_in: SignIn) -> None:
    ana = opened(proxy, sign_in)
    proxy.is_deaf = True
    proxy.fall_silent()
    ana.reload()
    is_kept_note(ana)
    expect(ana.get_by_role("link", name="Load it again")).to_have_attribute("href", ana.url)
    proxy.is_deaf = False
    ana.reload()
    comes_back(ana)
