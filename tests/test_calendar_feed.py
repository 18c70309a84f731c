"""Secret addresses of calendars: made by whoever may see a plan, read without a session, and taken back."""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from icalendar import Calendar

from tests.elm_plan import DUE, PLAN, YEAR, do, plan_at_elm
from tests.server_fixtures import Server, running_copy

PAGE = f"/plans/{PLAN}/calendar"


@pytest.fixture(scope="module")
def elm(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_copy(server, sample_template, tmp_path_factory.mktemp("elm")) as running:
        plan_at_elm(running)
        yield running


def made(server: Server, person: str, of: str = "all", lang: str = "en") -> str:
    """Make an address by the form, and return its path as the page shows it."""
    answer = server.ask("POST", PAGE, person, data={"of": of}, params={"lang": lang})
    assert answer.status_code == 200, answer.text
    [address] = re.findall(r'id="address"[^>]*value="([^"]+)"', answer.text)
    assert address.startswith(server.url)
    return html.unescape(address).removeprefix(server.url)


def read(server: Server, path: str) -> httpx.Response:
    return server.ask("GET", path)


def events(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found = Calendar.from_ical(answer.text)
    return {str(event["uid"]).partition(".")[0]: event for event in found.walk("VEVENT")}


def revoke_all(server: Server, person: str) -> None:
    for feed in re.findall(r'name="feed" value="(\d+)"', server.ask("GET", PAGE, person).text):
        assert server.ask("POST", f"{PAGE}/revoke", person, data={"feed": feed}).status_code == 303


@pytest.fixture(autouse=True)
def nobody_has_an_address(elm: Server) -> Iterator[None]:
    yield
    for person in ("principal", "teacher", "family"):
        revoke_all(elm, person)


def test_whoever_has_the_address_reads_the_days_without_a_session(elm: Server) -> None:
    answer = read(elm, made(elm, "principal"))
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    found = events(answer)
    assert found.keys() == {
        "action-books",
        "action-train",
        "check-in-aloud",
        "refinement-1",
        "refinement-2",
        "refinement-3",
        "end",
    }
    assert found["action-train"].decoded("dtstart") == DUE
    assert found["action-train"]["summary"] == "Train the teams"
    assert found["action-train"]["url"] == f"{elm.url}/plans/{PLAN}#action-train"
    assert found["end"].decoded("dtstart") == date(YEAR + 1, 6, 30)


def test_the_page_shows_an_address_once(elm: Server) -> None:
    path = made(elm, "teacher")
    page = elm.ask("GET", PAGE, "teacher").text
    assert path not in page
    assert page.count('name="feed"') == 1
    assert "not read yet" in page
    read(elm, path)
    assert "last read" in elm.ask("GET", PAGE, "teacher").text


def test_it_follows_the_plan_and_says_what_moved(elm: Server) -> None:
    path = made(elm, "principal")
    before = events(read(elm, path))["action-train"]
    do(elm, "principal", "schedule-action", action="train", due=f"{YEAR + 1}-05-20")
    after = events(read(elm, path))["action-train"]
    do(elm, "principal", "schedule-action", action="train", due=DUE.isoformat())
    assert after.decoded("dtstart") == date(YEAR + 1, 5, 20)
    assert after["uid"] == before["uid"]
    assert int(after["sequence"]) == int(before["sequence"]) + 1
    assert after.decoded("last-modified") >= before.decoded("last-modified")  # in whole seconds


def test_mine_are_my_own_dates(elm: Server) -> None:
    found = events(read(elm, made(elm, "teacher", of="mine")))
    assert {key for key in found if key.startswith(("action", "check"))} == {"action-books", "check-in-aloud"}


def test_it_speaks_the_language_it_was_made_in(elm: Server) -> None:
    found = events(read(elm, made(elm, "family", lang="es")))
    assert found["end"]["summary"] == "Termina el año del plan"
    assert found["check-in-aloud"]["summary"] == "Toca seguimiento: Read aloud"


def test_an_address_that_was_taken_back_answers_nothing(elm: Server) -> None:
    path = made(elm, "teacher")
    assert read(elm, path).status_code == 200
    revoke_all(elm, "teacher")
    answer = read(elm, path)
    assert answer.status_code == 404
    assert answer.json()["message"] == elm.ask("GET", "/calendar/never-was-one.ics").json()["message"]


def test_an_address_answers_nothing_once_its_person_may_not_see_the_plan(elm: Server) -> None:
    path = made(elm, "family")
    assert read(elm, path).status_code == 200
    elm.do("admin", "revoke-role", person="family", role="observer", school="elm")
    try:
        assert read(elm, path).status_code == 404
    finally:
        elm.do("admin", "grant-role", person="family", role="observer", school="elm")
    assert read(elm, path).status_code == 200


def test_an_address_tells_a_family_nothing_that_is_the_teams(elm: Server) -> None:
    do(
        elm,
        "teacher",
        "propose-change",
        proposal="p1",
        text="Only we know this",
        passage="vision",
        replaces="v1",
    )
    said = read(elm, made(elm, "family")).text + read(elm, made(elm, "principal")).text
    assert "Only we know" not in said
    assert "Going well" not in said


def test_nobody_takes_back_the_address_of_another(elm: Server) -> None:
    path = made(elm, "principal")
    [feed] = re.findall(r'name="feed" value="(\d+)"', elm.ask("GET", PAGE, "principal").text)
    for wrong in (feed, "0", "one", "9" * 30):
        assert elm.ask("POST", f"{PAGE}/revoke", "teacher", data={"feed": wrong}).status_code == 303
    assert read(elm, path).status_code == 200


def test_only_those_who_may_see_the_plan_make_addresses(elm: Server) -> None:
    answered = {
        person: elm.ask("GET", PAGE, person).status_code
        for person in ("admin", "coach", "principal", "teacher", "family", "auditor", "reviewer-1", None)
    }
    insiders = dict.fromkeys(("admin", "coach", "principal", "teacher", "family", "auditor"), 200)
    assert answered == insiders | {"reviewer-1": 403, None: 303}
    assert elm.ask("POST", PAGE, "reviewer-1", data={"of": "all"}).status_code == 403


def test_a_plan_whose_year_is_long_over_has_no_calendar(elm: Server) -> None:
    page = "/plans/maple-2024/calendar"
    assert "The year of this plan is over" in elm.ask("GET", page, "principal").text
    answer = elm.ask("POST", page, "principal", data={"of": "all"})
    assert answer.status_code == 409
    assert 'id="address"' not in answer.text


def test_there_is_an_end_to_the_number_of_addresses(elm: Server) -> None:
    for _ in range(5):
        made(elm, "teacher")
    answer = elm.ask("POST", PAGE, "teacher", data={"of": "all"})
    assert answer.status_code == 409
    assert "Take one back first" in answer.text


def test_a_calendar_that_asks_without_end_is_told_to_wait(elm: Server) -> None:
    path = made(elm, "teacher")
    with httpx.Client(base_url=elm.url) as calendar:
        answers = [calendar.get(path).status_code for _ in range(62)]
    assert answers.count(200) == 60
    assert answers[-1] == 429
    assert read(elm, path).headers["retry-after"] == "600"


@pytest.mark.parametrize("path", ["/calendar/.ics", "/calendar/x", "/calendar/%00.ics", "/calendar/é.ics"])
def test_what_is_no_address_is_nothing(elm: Server, path: str) -> None:
    assert read(elm, path).status_code in (400, 404)


def test_the_secret_is_in_no_log_and_not_in_the_database(elm: Server) -> None:
    path = made(elm, "principal")
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) >= 43
    read(elm, path)
    revoke_all(elm, "principal")
    read(elm, path)
    assert secret not in elm.said()
    with psycopg.connect(elm.conninfo) as connection:
        kept = connection.execute("SELECT * FROM feeds").fetchall()
    assert kept
    assert secret not in repr(kept)


def test_a_crash_while_a_calendar_is_read_keeps_the_secret_out_of_the_log(sample: str, tmp_path: Path) -> None:
    running = Server("demo", conninfo=sample, folder=tmp_path)
    try:
        plan_at_elm(running)
        path = made(running, "principal")
        with psycopg.connect(sample, autocommit=True) as operator:
            operator.execute("ALTER TABLE feeds RENAME COLUMN read_at TO read_when")
        assert read(running, path).status_code == 500
        running.process.terminate()  # what it logs is written by then
        running.process.join(20)
        said = running.said()
        assert "GET /calendar/… crashed" in said
        assert path.removeprefix("/calendar/").removesuffix(".ics") not in said
    finally:
        running.kill()
