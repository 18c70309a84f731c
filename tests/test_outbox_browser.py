"""Nothing that was typed is lost: reloads, closed tabs, crashes, two tabs, refusals that come hours later."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from daybook.server.guard import COOKIE
from tests.offline_pages import add_evidence, is_received, is_stored, opened, recorded
from tests.server_fixtures import MAPLE, Server
from tests.test_room_browser import NOTE, ROOM, is_live

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture
def day(demo: Server) -> Server:
    """Return a server where Maple's review is open."""
    demo.do("facilitator", "open-review", review=MAPLE)
    return demo


def waits(page: Page, n: int) -> None:
    expect(page.locator("#connection")).to_contain_text(f"not received yet: {n}")


def demote(server: Server, person: str) -> None:
    """Make a reviewer somebody who only observes."""
    server.do("facilitator", "remove-member", review=MAPLE, person=person)
    server.do("facilitator", "add-member", review=MAPLE, person=person, role="observer")


def promote(server: Server, person: str) -> None:
    server.do("facilitator", "add-member", review=MAPLE, person=person, role="reviewer")


def test_what_was_not_received_is_sent_by_the_page_that_is_loaded_next(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.route("**/api/v1/commands", lambda route: route.abort())
    for n in range(3):
        add_evidence(ana, f"{NOTE} ({n})")
    waits(ana, 3)
    ana.reload()
    is_live(ana)
    waits(ana, 3)
    expect(ana.locator(".evidence")).to_have_count(3)
    ana.unroute("**/api/v1/commands")
    ana.reload()
    is_received(ana)
    assert recorded(day) == [f"{NOTE} ({n})" for n in range(3)]


def test_a_tab_that_is_closed_before_its_answer_leaves_the_rest_to_others(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    home = ana.context.new_page()
    home.goto("/")
    ana.route("**/api/v1/commands", lambda route: None)  # neither answered nor passed on
    add_evidence(ana, NOTE)
    is_stored(ana, NOTE)
    expect(home.locator("#outbox")).to_contain_text("not received yet: 1")
    ana.close()
    expect(home.locator("#outbox")).to_have_text("", timeout=40_000)
    assert recorded(day) == [NOTE]


def test_a_browser_that_is_killed_has_kept_what_was_written(
    day: Server, chromium: Browser, chromium_path: str, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"

    def opened(offline: bool) -> Page:
        context = chromium.browser_type.launch_persistent_context(
            profile, executable_path=chromium_path, args=["--no-sandbox"], base_url=day.url
        )
        context.add_cookies([{"name": COOKIE, "value": day.token("reviewer-1"), "url": day.url}])
        page = context.pages[0]
        if offline:
            page.route("**/api/v1/commands", lambda route: route.abort())
        page.goto(ROOM)
        return is_live(page)

    ana = opened(offline=True)
    add_evidence(ana, NOTE)
    is_stored(ana, NOTE)
    with pytest.raises(Error, match=r"closed|crash"):
        ana.context.new_cdp_session(ana).send("Browser.crash")
    ana = opened(offline=False)
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    is_received(ana)
    ana.context.close()
    assert recorded(day) == [NOTE]


def test_two_tabs_send_each_command_once_and_count_the_same(day: Server, sign_in: SignIn) -> None:
    one = is_live(sign_in(day, "reviewer-1", ROOM))
    other = one.context.new_page()
    other.goto(ROOM)
    is_live(other)
    sent: list[str] = []

    def count(route: Route) -> None:
        sent.extend(line["id"] for line in json.loads(route.request.post_data or "[]"))
        route.fallback()

    one.context.set_offline(True)
    for n in range(3):
        add_evidence(one, f"In one ({n}).")
        add_evidence(other, f"In the other ({n}).")
    waits(one, 6)
    waits(other, 6)
    for page in (one, other):
        expect(page.locator(".evidence")).to_have_count(6)
    one.context.route("**/api/v1/commands", count)
    one.context.set_offline(False)
    is_received(one)
    is_received(other)
    assert len(sent) == len(set(sent)) == 6, "each was sent by one tab, and once"
    assert sorted(recorded(day)) == sorted([f"In {tab} ({n})." for tab in ("one", "the other") for n in range(3)])
    for page in (one, other):
        expect(page.locator(".evidence")).to_have_count(6)


def test_where_the_browser_has_no_locks_two_tabs_record_each_command_once(day: Server, sign_in: SignIn) -> None:
    one = sign_in(day, "reviewer-1", "/")
    one.context.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    one.goto(ROOM)
    is_live(one)
    other = one.context.new_page()
    other.goto(ROOM)
    is_live(other)
    add_evidence(one, "In one.")
    add_evidence(other, "In the other.")
    is_received(one)
    is_received(other)
    assert sorted(recorded(day)) == ["In one.", "In the other."]


def test_a_refusal_that_comes_hours_later_is_put_before_its_author(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.context.set_offline(True)
    add_evidence(ana, NOTE)
    ana.get_by_label("Beginning").check()
    ana.get_by_role("button", name="Rate CI.2").click()
    waits(ana, 2)
    page = ana.context.new_page()
    ana.close()
    demote(day, "reviewer-1")
    ana = page
    ana.context.set_offline(False)
    ana.goto("/network")
    expect(ana.locator("#outbox")).to_contain_text("not accepted: 2", timeout=20_000)
    ana.reload()
    ana.goto(ROOM)
    is_live(ana)
    notice = ana.get_by_role("alert")
    expect(notice).to_contain_text("Add evidence on CI.2 – Observers read what is shared")
    expect(notice).to_contain_text("Rate CI.2: level 2")
    promote(day, "reviewer-1")
    expect(ana.locator("#add-evidence textarea")).to_have_value(NOTE)
    expect(ana.locator("#evidence").get_by_role("alert")).to_contain_text("Observers read what is shared")
    expect(ana.get_by_label("Beginning")).to_be_checked()
    ana.reload()
    is_live(ana)
    field = ana.locator("#add-evidence textarea")
    expect(field).to_have_value(NOTE)
    field.fill(f"{NOTE} I was there.")
    ana.reload()
    expect(field).to_have_value(f"{NOTE} I was there.")
    ana.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    ana.get_by_role("button", name="Rate CI.2").click()
    is_received(ana)
    expect(ana.locator("#connection")).not_to_contain_text("not accepted")
    assert recorded(day) == [f"{NOTE} I was there."]


def test_what_came_back_into_two_tabs_is_sent_anew_from_one(day: Server, sign_in: SignIn) -> None:
    one = is_live(sign_in(day, "reviewer-1", ROOM))
    other = one.context.new_page()
    other.goto(ROOM)
    is_live(other)
    one.context.set_offline(True)
    add_evidence(one, NOTE)
    waits(other, 1)
    demote(day, "reviewer-1")
    one.context.set_offline(False)
    expect(other.locator("#connection")).to_contain_text("not accepted: 1", timeout=20_000)
    promote(day, "reviewer-1")
    for page in (one, other):
        expect(page.locator("#add-evidence textarea")).to_have_value(NOTE)
    one.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    expect(other.locator("#add-evidence textarea")).to_have_value("")
    expect(other.locator("#evidence").get_by_role("alert")).to_have_count(0)
    is_received(other)
    assert recorded(day) == [NOTE]


def test_a_revision_that_is_put_aside_stays_on_the_device_until_it_is_let_go(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    add_evidence(ana, NOTE)
    is_received(ana)
    ana.context.set_offline(True)
    ana.get_by_role("button", name="Revise").click()
    form = ana.locator(".evidence-list form.evidence-form")
    form.locator("textarea").fill("Three of five.")
    form.get_by_role("button", name="Keep the new wording").click()
    waits(ana, 1)
    demote(day, "reviewer-1")
    ana.context.set_offline(False)
    expect(ana.locator("#connection")).to_contain_text("not accepted: 1", timeout=20_000)
    promote(day, "reviewer-1")
    expect(form.locator("textarea")).to_have_value("Three of five.")
    form.get_by_role("button", name="Cancel").click()
    expect(form).to_have_count(0)
    ana.reload()
    is_live(ana)
    expect(form).to_have_count(0)
    ana.get_by_role("link", name="not accepted: 1").click()
    expect(ana.locator("#declined")).to_have_text("Not accepted (1)")
    item = ana.locator("#outbox-page li", has_text="Three of five.")
    item.locator("summary", has_text="Let go").click()
    item.get_by_role("button", name="Let go for good").click()
    expect(ana.locator("#declined")).to_have_count(0)
    expect(ana.locator("#said")).to_have_text("Gone from this device.")


def test_what_is_let_go_is_nowhere_on_the_device(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.context.set_offline(True)
    add_evidence(ana, NOTE)
    waits(ana, 1)
    demote(day, "reviewer-1")
    ana.context.set_offline(False)
    expect(ana.locator("#connection")).to_contain_text("not accepted: 1", timeout=20_000)
    kept = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
    assert NOTE in ana.evaluate(kept)  # it came back into its form
    ana.goto("/outbox")
    item = ana.locator("#outbox-page li", has_text=NOTE)
    item.locator("summary", has_text="Let go").click()
    item.get_by_role("button", name="Let go for good").click()
    expect(ana.locator("#said")).to_have_text("Gone from this device.")
    assert NOTE not in ana.evaluate(kept)


def test_what_was_refused_can_be_sent_again_from_the_list(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.context.set_offline(True)
    add_evidence(ana, NOTE)
    waits(ana, 1)
    demote(day, "reviewer-1")
    ana.context.set_offline(False)
    ana.goto("/outbox")
    expect(ana.locator("#declined")).to_have_text("Not accepted (1)", timeout=20_000)
    promote(day, "reviewer-1")
    ana.get_by_role("button", name="Send again").click()
    expect(ana.locator("#declined")).to_have_count(0)
    expect(ana.locator("#outbox-page")).to_contain_text("Everything written on this device has been received.")
    assert recorded(day) == [NOTE]
    ana.goto(ROOM)
    is_live(ana)
    expect(ana.locator("#add-evidence textarea")).not_to_have_value(NOTE)


def test_the_sign_in_page_of_a_network_takes_nothing_for_received(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.route("**/api/v1/commands", lambda route: route.fulfill(body="<h1>Welcome to our network</h1>"))
    add_evidence(ana, NOTE)
    waits(ana, 1)
    ana.unroute("**/api/v1/commands")
    is_received(ana)
    assert recorded(day) == [NOTE]


def test_what_an_earlier_release_kept_is_sent(day: Server, sign_in: SignIn) -> None:
    ana = sign_in(day, "reviewer-1", "/")
    words = {"source": "interview", "stance": "supports", "indicators": ["CI.2"], "text": NOTE}
    data = {"review": MAPLE, "evidence": "e-old", **words}
    for person, command in (("reviewer-1", str(uuid4())), ("reviewer-2", str(uuid4()))):
        kept = {
            "id": command,
            "type": "add-evidence",
            "data": data,
            "stream": f"review:{MAPLE}",
            "at": 1,
            "received": None,
        }
        ana.evaluate(
            "([key, kept]) => localStorage.setItem(key, kept)",
            [f"daybook.command.{person}.{command}", json.dumps(kept)],
        )
    ana.goto(ROOM)
    is_live(ana)
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    expect(ana.locator("#connection")).not_to_contain_text("not received")
    assert recorded(day) == [NOTE]
    assert ana.evaluate("Object.keys(localStorage).filter(key => key.startsWith('daybook.command'))") == []
    ana.goto("/outbox")
    expect(ana.locator("#outbox-page")).to_contain_text(
        "1 more on this device is sent when whoever wrote it signs in here."
    )


def test_what_waits_goes_out_with_no_page_open(day: Server, sign_in: SignIn, chromium: Browser) -> None:
    ana = opened(day, sign_in)
    ana.context.set_offline(True)
    add_evidence(ana, NOTE)
    waits(ana, 1)
    other = ana.context.new_page()
    ana.close()
    devices = other.context.new_cdp_session(other)
    workers: dict[str, str] = {}
    devices.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: workers.update({one["scopeURL"]: one["registrationId"] for one in said["registrations"]}),
    )
    devices.send("ServiceWorker.enable")
    other.context.set_offline(False)
    about = {"origin": day.url, "tag": "outbox", "lastChance": False}
    devices.send("ServiceWorker.dispatchSyncEvent", about | {"registrationId": workers[f"{day.url}/"]})
    deadline = time.monotonic() + 20
    while recorded(day) != [NOTE]:
        assert time.monotonic() < deadline
        other.wait_for_timeout(100)
