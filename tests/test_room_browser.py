"""The review room as people use it: several browsers, one server, lines that break."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.accessibility import is_for_everyone
from tests.server_fixtures import CEDAR, MAPLE, Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

ROOM = f"/reviews/{MAPLE}?indicator=CI.2"
NOTE = "Four of five classrooms had the common task on the wall."


@pytest.fixture
def day(demo: Server) -> Server:
    """Return a server where Maple's review is open."""
    demo.do("facilitator", "open-review", review=MAPLE)
    return demo


def rate(server: Server, person: str, answer: int | str, indicator: str = "CI.2") -> None:
    server.do(person, "give-rating", review=MAPLE, indicator=indicator, answer=answer)


def note(server: Server, person: str, evidence: str, text: str) -> None:
    words = {"source": "interview", "stance": "supports", "indicators": ["CI.2"], "text": text}
    server.do(person, "add-evidence", review=MAPLE, evidence=evidence, **words)


def is_live(page: Page) -> Page:
    expect(page.locator("#connection")).to_contain_text("Live")
    return page


def write_evidence(page: Page, text: str) -> None:
    form = page.locator("#add-evidence form")
    if not form.is_visible():
        page.locator("#add-evidence > summary").click()
    form.get_by_label("What was seen and said").fill(text)
    form.get_by_label("Source").select_option("interview")
    form.get_by_label("supports").check()


def refuse_all(route: Route) -> None:
    """Answer each command of a request as a rule does that refuses it."""
    lines = json.loads(route.request.post_data or "[]")
    route.fulfill(json=[{"id": line["id"], "status": 409, "message": "Not today."} for line in lines])


def words(page: Page) -> list[str]:
    """Return what the room says. Times are the same too, as reader and server are in the same zone here."""
    return page.inner_text(".room-grid").split()


def test_the_drawn_page_and_the_live_one_say_the_same(day: Server, sign_in: SignIn) -> None:
    rate(day, "reviewer-2", 3)
    note(day, "reviewer-2", "e-1", NOTE)
    for person, path in (
        ("reviewer-1", ROOM),
        ("facilitator", ROOM),
        ("coach", ROOM),
        ("auditor", f"/reviews/{CEDAR}"),
        ("reviewer-1", f"/reviews/{CEDAR}?indicator=CI.2&evidence=all"),
    ):
        drawn = sign_in(day, person, path, java_script_enabled=False)
        live = is_live(sign_in(day, person, path))
        assert words(drawn) == words(live)


def test_a_rating_shows_as_given_and_its_value_only_after_the_reveal(day: Server, sign_in: SignIn) -> None:
    ana, ben, ruth = (is_live(sign_in(day, who, ROOM)) for who in ("reviewer-1", "reviewer-2", "facilitator"))
    ana.get_by_label("Partial Implementation").check()
    ana.get_by_role("button", name="Rate CI.2").click()
    expect(ana.locator(".given")).to_contain_text("Partial Implementation")
    for other in (ben, ruth):
        expect(other.locator(".progress")).to_contain_text("1 of 8 have rated")
        expect(other.locator(".results")).to_have_count(0)
    ruth.locator("summary", has_text="Reveal CI.2").click()
    expect(ruth.locator(".confirm-box:visible")).to_contain_text("7 have not rated: Ben Whitfield")
    ruth.get_by_role("button", name="Reveal anyway").click()
    for page in (ana, ben, ruth):
        expect(page.get_by_role("row", name="Partial Implementation")).to_contain_text("Ana Ruiz")
    expect(ben.locator("#said")).to_have_text("CI.2 is revealed.")
    ben.get_by_label("Not Yet Begun").check()
    ben.get_by_role("button", name="Rate CI.2").click()
    expect(ruth.locator(".late-list")).to_contain_text("Ben Whitfield: Not Yet Begun")


def test_a_withdrawn_rating_is_given_no_more(day: Server, sign_in: SignIn) -> None:
    rate(day, "reviewer-1", 2)
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    expect(ana.get_by_label("Beginning")).to_be_checked()
    ana.get_by_role("button", name="Withdraw my rating").click()
    expect(ana.locator(".progress")).to_contain_text("0 of 8 have rated")
    expect(ana.get_by_label("Beginning")).not_to_be_checked()


def test_the_team_records_a_consensus_with_dissent(day: Server, sign_in: SignIn) -> None:
    rate(day, "reviewer-1", 2)
    note(day, "reviewer-2", "e-1", NOTE)
    day.do("facilitator", "reveal-ratings", review=MAPLE, indicator="CI.2")
    ruth, coach = is_live(sign_in(day, "facilitator", ROOM)), is_live(sign_in(day, "coach", ROOM))
    ruth.get_by_role("link", name="Record consensus").click()
    form = ruth.locator("#consensus-form")
    form.get_by_role("button", name="Record consensus").click()
    expect(form.get_by_text("Choose the level the team agreed on.")).to_be_visible()
    form.get_by_label("Beginning").check()
    form.get_by_label("Why").fill("Two grades do it.")
    form.get_by_label("interview, supports").check()
    form.get_by_label("What was said").fill("I saw three.")
    form.get_by_role("button", name="Add another").click()
    form.get_by_label("What was said").nth(1).fill("So did I.")
    form.locator("[name=dissent_person]").nth(1).select_option(label="Ben Whitfield")
    form.get_by_role("button", name="Record consensus").click()
    agreement = ruth.locator(".agreement")
    for part in ("Beginning", "Two grades do it.", NOTE, "I saw three. – anonymous", "So did I. – Ben Whitfield"):
        expect(agreement).to_contain_text(part)
    expect(coach.locator(".agreement")).to_contain_text("1 item of evidence cited")
    assert NOTE not in coach.content()


def test_those_who_see_the_room_alone_are_told_of_no_notes_and_no_ratings(day: Server, sign_in: SignIn) -> None:
    rate(day, "reviewer-1", 2)
    note(day, "reviewer-2", "e-1", NOTE)
    leader = is_live(sign_in(day, "principal", ROOM))
    expect(leader.locator("#evidence")).to_contain_text("The team’s notes are its own.")
    assert NOTE not in leader.content()
    assert "have rated" not in leader.inner_text("#room")


def test_what_is_typed_stays_when_others_write(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    write_evidence(ana, "Half a sen")
    field = ana.get_by_label("What was seen and said")
    field.press("End")
    note(day, "reviewer-2", "e-1", NOTE)
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    expect(ana.locator(".evidence.fresh")).to_have_count(1)
    ana.keyboard.type("tence.")
    expect(field).to_have_value("Half a sentence.")
    ana.reload()
    expect(ana.get_by_label("What was seen and said")).to_have_value("Half a sentence.")


def test_two_tabs_of_one_person_keep_their_own_words(day: Server, sign_in: SignIn) -> None:
    one = is_live(sign_in(day, "reviewer-1", ROOM))
    other = one.context.new_page()
    other.goto(ROOM)
    is_live(other)
    write_evidence(one, "In one tab.")
    write_evidence(other, "In the other.")
    other.reload()
    one.reload()
    for page, written in ((one, "In one tab."), (other, "In the other.")):
        expect(is_live(page).get_by_label("What was seen and said")).to_have_value(written)
    one.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    expect(other.locator(".evidence-list")).to_contain_text("In one tab.")
    other.close()
    again = one.context.new_page()
    again.goto(ROOM)
    expect(again.get_by_label("What was seen and said")).to_have_value("In the other.")


def test_a_lost_connection_is_said_wherever_the_reader_has_scrolled(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM, viewport={"width": 390, "height": 700}))
    ana.evaluate("scrollTo(0, document.body.scrollHeight)")
    day.kill()
    expect(ana.locator("#connection")).to_be_in_viewport()
    expect(ana.locator("#connection")).to_contain_text("Connecting again")
    day.start_again()
    expect(ana.locator("#said")).to_have_text("Connected again.", timeout=40_000)
    expect(ana.locator("#connection")).not_to_be_in_viewport()


def test_new_evidence_waits_while_the_list_is_read(day: Server, sign_in: SignIn) -> None:
    for number in range(12):
        note(day, "reviewer-1", f"e-{number}", f"{NOTE} ({number})")
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.locator(".room-side").evaluate("pane => pane.scrollTo(0, 300)")
    note(day, "reviewer-2", "e-new", "Just in.")
    ana.get_by_role("button", name="1 new").click()
    expect(ana.locator(".evidence").first).to_contain_text("Just in.")


def test_evidence_written_without_a_connection_arrives_once(day: Server, sign_in: SignIn) -> None:
    ana, ben = is_live(sign_in(day, "reviewer-1", ROOM)), is_live(sign_in(day, "reviewer-2", ROOM))
    ana.context.set_offline(True)
    write_evidence(ana, NOTE)
    ana.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    expect(ana.locator("#connection")).to_contain_text("not received yet: 1")
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    ana.context.set_offline(False)
    expect(ben.locator(".evidence-list")).to_contain_text(NOTE)
    expect(ana.locator("#connection")).not_to_contain_text("not received")
    assert ben.locator(".evidence").count() == 1


def test_a_refused_note_comes_back_with_the_reason(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.route("**/api/v1/commands", lambda route: route.abort())
    write_evidence(ana, NOTE)
    ana.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    expect(ana.locator("#connection")).to_contain_text("not received yet: 1")
    day.do("facilitator", "remove-member", review=MAPLE, person="reviewer-1")
    day.do("facilitator", "add-member", review=MAPLE, person="reviewer-1", role="observer")
    day.do("facilitator", "add-member", review=MAPLE, person="reviewer-1", role="reviewer")
    ana.reload()
    is_live(ana)
    ana.route("**/api/v1/commands", refuse_all)
    expect(ana.get_by_role("alert")).to_contain_text("Not today.", timeout=30_000)
    expect(ana.get_by_label("What was seen and said")).to_have_value(NOTE)


def test_a_cut_line_is_taken_up_where_it_ended(day: Server, sign_in: SignIn) -> None:
    lines: list[WebSocketRoute] = []

    def passed_on(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    ana = sign_in(day, "reviewer-1", "/")
    ana.route_web_socket("**/live/v1", passed_on)
    ana.goto(ROOM)
    is_live(ana)
    ana.evaluate("document.body.dataset.same = 'page'")
    lines[0].close(code=1012, reason="restart")
    rate(day, "reviewer-2", 3)
    expect(ana.locator(".progress")).to_contain_text("1 of 8 have rated")
    is_live(ana)
    assert len(lines) == 2
    assert ana.evaluate("document.body.dataset.same") == "page"


def test_a_line_that_went_silent_is_left_behind(day: Server, sign_in: SignIn) -> None:
    lines: list[WebSocketRoute] = []
    silent: set[WebSocketRoute] = set()

    def passed_on(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        server.on_message(lambda frame: None if line in silent else line.send(frame))
        lines.append(line)

    ana = sign_in(day, "reviewer-1", "/")
    ana.route_web_socket("**/live/v1", passed_on)
    ana.goto(ROOM)
    is_live(ana)
    silent.add(lines[0])
    rate(day, "reviewer-2", 3)
    ana.evaluate("dispatchEvent(new Event('online'))")  # as when a tablet finds another network
    expect(ana.locator(".progress")).to_contain_text("1 of 8 have rated", timeout=15_000)
    is_live(ana)
    lines[0].close(code=1011, reason="long after")
    rate(day, "reviewer-3", 3)
    expect(ana.locator(".progress")).to_contain_text("2 of 8 have rated")
    assert len(lines) == 2


def test_where_no_socket_passes_the_room_is_live_by_polling(day: Server, sign_in: SignIn) -> None:
    ana = sign_in(day, "reviewer-1", "/")
    ana.route_web_socket("**/live/v1", lambda line: line.close(code=1011, reason="proxy"))
    ana.goto(ROOM)
    expect(ana.locator("#connection")).to_contain_text("a little slower", timeout=20_000)
    rate(day, "reviewer-2", 3)
    expect(ana.locator(".progress")).to_contain_text("1 of 8 have rated")
    ana.close()
    rate(day, "reviewer-3", 3)  # answers the poll that still waits, so that the server stops at once


def test_without_scripts_a_reviewer_rates_and_notes(day: Server, sign_in: SignIn) -> None:
    ana = sign_in(day, "reviewer-1", ROOM, java_script_enabled=False)
    ana.get_by_role("button", name="Join the review").click()
    ana.get_by_label("Beginning").check()
    ana.get_by_role("button", name="Rate CI.2").click()
    expect(ana.locator(".given")).to_contain_text("Beginning")
    write_evidence(ana, NOTE)
    ana.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    write_evidence(ana, "Words that stay.")
    ana.get_by_label("Source").first.select_option("")
    ana.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    expect(ana.get_by_role("alert")).to_be_visible()
    expect(ana.locator("#add-evidence textarea")).to_have_value("Words that stay.")


def test_the_room_is_used_by_keyboard(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.keyboard.press("j")
    expect(ana).to_have_url(re.compile("indicator=CI.3"))
    expect(ana.locator("#rate-title")).to_be_focused()
    ana.keyboard.press("k")
    ana.keyboard.press("3")
    assert ana.locator(".option input:checked").count() == 0
    ana.keyboard.press("e")
    expect(ana.get_by_label("What was seen and said")).to_be_focused()
    ana.keyboard.type("j?")
    expect(ana).to_have_url(re.compile("indicator=CI.2"))
    ana.keyboard.press("Escape")
    expect(ana.locator("#add-evidence > summary")).to_be_focused()
    expect(ana.locator("#add-evidence textarea")).to_be_hidden()
    ana.locator("#rate-title").focus()
    ana.keyboard.press("?")
    expect(ana.get_by_role("dialog")).to_be_visible()


def test_whoever_works_by_keyboard_is_never_left_nowhere(day: Server, sign_in: SignIn) -> None:
    rate(day, "reviewer-1", 2)
    ruth = is_live(sign_in(day, "facilitator", ROOM))
    heading = ruth.locator("#rate-title")
    ruth.get_by_role("button", name="Join the review").press("Enter")
    expect(heading).to_be_focused()
    ruth.locator("summary", has_text="Reveal CI.2").press("Enter")
    ruth.get_by_role("button", name="Reveal anyway").press("Enter")
    expect(ruth.locator(".results")).to_be_visible()
    expect(heading).to_be_focused()
    ruth.get_by_role("link", name="Record consensus").press("Enter")
    form = ruth.locator("#consensus-form")
    expect(form.get_by_label("Not Yet Begun")).to_be_focused()
    ruth.keyboard.press("ArrowDown")
    form.get_by_role("textbox", name="Why").fill("Two grades do it.")
    form.get_by_role("button", name="Record consensus").press("Enter")
    expect(ruth.locator(".agreement")).to_contain_text("Beginning")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    ruth.locator("summary", has_text="Close the review").press("Enter")
    ruth.get_by_role("button", name="Close the review for good").press("Enter")
    expect(ruth.locator("#progress")).to_contain_text("Closed")
    expect(heading).to_be_focused()


def test_a_phone_shows_one_part_at_a_time(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM, viewport={"width": 390, "height": 844}))
    expect(ana.locator("#rate")).to_be_visible()
    expect(ana.locator("#evidence")).to_be_hidden()
    tabs = ana.get_by_role("navigation", name="Parts of the room")
    tabs.get_by_role("link", name="Indicators").click()
    ana.locator("#indicators").get_by_role("link", name=re.compile("CI.3")).click()
    expect(ana.locator("#rate-title")).to_contain_text("CI.3")
    expect(ana.locator("#rate")).to_be_visible()
    tabs.get_by_role("link", name="People").click()
    expect(ana.locator("#people")).to_contain_text("Ana Ruiz (you)")


def test_axe_finds_nothing(day: Server, sign_in: SignIn) -> None:
    rate(day, "reviewer-1", 2)
    note(day, "reviewer-1", "e-1", NOTE)
    day.do("facilitator", "reveal-ratings", review=MAPLE, indicator="CI.2")
    for person, path in (("reviewer-1", ROOM), ("reviewer-1", f"{ROOM[:-1]}3"), ("facilitator", ROOM), ("coach", ROOM)):
        page = is_live(sign_in(day, person, path))
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        is_for_everyone(page, f"{person} at {path}")
