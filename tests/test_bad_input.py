"""Bad input of every kind: a clear sentence, the right status, nothing lost, and the server stays up."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from uuid import uuid4

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server_fixtures import CEDAR, MAPLE, Server, running_copy

COMMANDS = "/api/v1/commands"
JARGON = re.compile(
    r"`|\$|\bstr\b|\bint\b|NoneType|regex|decode|truncated|malformed|unknown field `|Expected|msgspec|Traceback|NUL|"
    r"query parameter|RFC3339|Exception|psycopg|SQL"
)
MARK = "\u202e"  # turns the reading direction


@pytest.fixture(scope="module")
def room(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server whose review at Maple is open."""
    with running_copy(server, sample_template, tmp_path_factory.mktemp("bad")) as running:
        running.do("facilitator", "open-review", review=MAPLE)
        yield running


def rating(**changes: object) -> dict[str, object]:
    return {"review": MAPLE, "indicator": "CI.1", "answer": 2} | changes


def note(**changes: object) -> dict[str, object]:
    return {
        "review": MAPLE,
        "evidence": f"e-{uuid4().hex[:8]}",
        "source": "observation",
        "stance": "supports",
        "indicators": ["CI.1"],
        "text": "Students explain their thinking to each other.",
    } | changes


def envelope(data: object, kind: object = "give-rating", **changes: object) -> dict[str, object]:
    return {"id": str(uuid4()), "type": kind, "data": data} | changes


def post(server: Server, body: bytes, person: str = "reviewer-1", **headers: str) -> httpx.Response:
    return server.ask("POST", COMMANDS, person, content=body, headers={"content-type": "application/json"} | headers)


def head(server: Server) -> int:
    with psycopg.connect(server.conninfo) as connection:
        row = connection.execute("SELECT max(position) FROM events WHERE network = 'sample'").fetchone()
    assert row is not None
    return int(row[0])


def sentence(answer: httpx.Response) -> str:
    """Return what an answer says, which must read as a sentence for whoever sent it."""
    said = str(answer.json()["message"])
    assert answer.json()["status"] == answer.status_code
    assert said[0].isupper() or said[0] == "“", said
    assert said.endswith("."), said
    assert not JARGON.search(said), said
    return said


# Commands that say what cannot be

REFUSED: dict[str, tuple[dict[str, object], int, str]] = {
    "an unknown command": (
        envelope({}, "fly"),
        400,
        "There is no command “fly”. The API's description lists them all.",
    ),
    "a level above any": (envelope(rating(answer=9)), 400, "The rating must be at most 7."),
    "a level below the first": (envelope(rating(answer=0)), 400, "The rating must be at least 1."),
    "a level that this rubric does not have": (
        envelope(rating(answer=5)),
        409,
        "This review's rubric has 4 levels; there is no level 5.",
    ),
    "half a level": (
        envelope(rating(answer=2.5)),
        400,
        "The rating must be a whole number or text, not a number.",
    ),
    "a level beyond counting": (envelope(rating(answer=10**300)), 400, "The rating must be at most 7."),
    "an answer that is not offered": (
        envelope(rating(answer="maybe")),
        400,
        "The rating is not one of those offered. Choose one of them.",
    ),
    "yes for an answer": (
        envelope(rating(answer=True)),
        400,
        "The rating must be a whole number or text, not true or false.",
    ),
    "an indicator that is not a focus": (
        envelope(rating(indicator="CI.9")),
        409,
        "CI.9 is not one of this review's focus indicators.",
    ),
    "an indicator that is none": (
        envelope(rating(indicator="<b>")),
        400,
        "The indicator must be an indicator's code, such as CI.2.",
    ),
    "an indicator with a line break behind it": (
        envelope(rating(indicator="CI.1\n")),
        400,
        "The indicator must be an indicator's code, such as CI.2.",
    ),
    "a review that is not there": (
        envelope(rating(review="none")),
        409,
        "There is no review with the id none.",
    ),
    "a review that is no id": (
        envelope(rating(review="../admin")),
        400,
        "The review must be a short id of lower-case letters, digits and hyphens, such as maple-2026.",
    ),
    "an answer that is missing": (
        envelope({"review": MAPLE, "indicator": "CI.1"}),
        400,
        "The rating is missing. Fill it in and send it again.",
    ),
    "a field that is not there": (
        envelope(rating(mood="good")),
        400,
        "There is no field “mood” here. Take it out, or check its spelling.",
    ),
    "a type inside the data": (
        envelope(rating(type="close-review")),
        400,
        "The type of a command stands beside its data, not in it.",
    ),
    "data that is a list": (
        envelope([]),
        400,
        "The data must be a set of named fields, not a list.",
    ),
    "an id that is none": (
        envelope(rating(), id="1"),
        400,
        "The id must be written as 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10.",
    ),
    "no id": (
        {"type": "give-rating", "data": rating()},
        400,
        "The id is missing. Fill it in and send it again.",
    ),
    "something beside the data": (
        envelope(rating(), actor="admin"),
        400,
        "There is no field “actor” here. Take it out, or check its spelling.",
    ),
    "a change that builds on nothing": (
        envelope(rating(), after=str(uuid4())),
        409,
        "The change that this one builds on has not arrived. Send that one first.",
    ),
    "a text that is too long": (
        envelope(note(text="x" * 10_001), "add-evidence"),
        400,
        "The text is too long: at most 10,000 characters. Shorten it, or split it in two.",
    ),
    "a blank text": (
        envelope(note(text=" \n "), "add-evidence"),
        400,
        "The text is blank, or has a hidden character in it: a control character, or a mark that turns the reading "
        "direction. Type it again without.",
    ),
    "no indicators": (
        envelope(note(indicators=[]), "add-evidence"),
        400,
        "The indicators are missing. Choose at least 1.",
    ),
    "too many indicators": (
        envelope(note(indicators=["CI.1"] * 21), "add-evidence"),
        400,
        "The indicators are too many. Choose at most 20.",
    ),
    "one wrong indicator of several": (
        envelope(note(indicators=["CI.1", "x"]), "add-evidence"),
        400,
        "No. 2 of the indicators must be an indicator's code, such as CI.2.",
    ),
    "a source that is not offered": (
        envelope(note(source="gossip"), "add-evidence"),
        400,
        "The kind of source is not one of those offered. Choose one of them.",
    ),
    "a day that is none": (
        envelope({"date": "2026-02-30"}, "schedule-review"),
        400,
        "The date must be a day of the calendar, written as 2026-03-14.",
    ),
    "a part in the team that is none": (
        envelope(
            {"team": [{"person": "ana", "role": "facilitator"}, {"person": "ben", "role": "boss"}]}, "schedule-review"
        ),
        400,
        "The role (no. 2 of the team) is not one of those offered. Choose one of them.",
    ),
}


@pytest.mark.parametrize(("sent", "status", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_answered_in_a_sentence(
    room: Server, sent: dict[str, object], status: int, said: str
) -> None:
    before = head(room)
    answer = post(room, json.dumps(sent).encode())
    assert (answer.status_code, sentence(answer)) == (status, said)
    known = re.fullmatch(r"[0-9a-f-]{36}", str(sent.get("id", "")))
    assert answer.json().get("id") == (sent["id"] if known else None), "it is told under its id"
    assert head(room) == before, "nothing was recorded"


@pytest.mark.parametrize(
    "hidden", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u061c", "\u200e", MARK, "\u2066", "\u2069"]
)
def test_hidden_characters_are_taken_in_no_text_and_no_name(room: Server, hidden: str) -> None:
    texts = [
        ("reviewer-1", envelope(note(text=f"one{hidden}two"), "add-evidence")),
        ("reviewer-1", envelope(note(setting=f"Grade 4{hidden}"), "add-evidence")),
        ("admin", envelope({"school": "fir", "name": f"Fir{hidden} School", "grades": "high"}, "add-school")),
        ("admin", envelope({"school": "elm", "name": f"{hidden}Elm"}, "rename-school")),
        ("admin", envelope({"team": "t", "school": "elm", "kind": "ilt", "name": f"A{hidden}B"}, "form-team")),
        ("admin", envelope({"school": f"fir{hidden}", "name": "Fir", "grades": "high"}, "add-school")),
    ]
    for person, sent in texts:
        answer = post(room, json.dumps(sent).encode(), person)
        assert answer.status_code == 400, sent
        assert hidden not in sentence(answer)


@pytest.mark.parametrize("line_break", ["\n", "\r", "\t", "\u2028", "\u2029"])
def test_a_name_is_one_line(room: Server, line_break: str) -> None:
    answer = room.send("admin", "rename-school", school="elm", name=f"Elm{line_break}High")
    assert (answer.status_code, "hidden character" in sentence(answer)) == (400, True)


def test_a_misspelt_name_does_not_make_a_dissent_anonymous(room: Server) -> None:
    dissent = [{"text": "I saw it otherwise.", "persn": "reviewer-2"}]
    agreed = {"review": MAPLE, "indicator": "CI.1", "level": 2, "rationale": "Agreed."}
    answer = room.send("facilitator", "record-consensus", **agreed, dissent=dissent)
    assert (answer.status_code, sentence(answer)) == (
        400,
        "There is no field “persn” here. Take it out, or check its spelling.",
    )


@pytest.mark.parametrize(
    "text", ["a\tb", "one\ntwo", "ñandú, ¿qué?", "علوم", "👩🏽‍🏫", "<script>alert(1)</script>", "'; --"]
)
def test_what_people_do_write_is_kept_as_they_wrote_it(room: Server, text: str) -> None:
    sent = note(text=text)
    room.do("reviewer-1", "add-evidence", **sent)
    shown = room.ask("GET", f"/api/v1/views/review:{MAPLE}", "reviewer-2").json()["view"]
    assert shown[f"evidence:{sent['evidence']}"]["text"] == text
    page = room.ask("GET", f"/reviews/{MAPLE}", "reviewer-2", params={"indicator": "CI.1"}).text
    assert "<script>alert" not in page


def test_a_text_of_ten_thousand_characters_is_taken(room: Server) -> None:
    room.do("reviewer-1", "add-evidence", **note(text="é" * 10_000))


# Bodies that are no commands

SURROGATE = b'{"id":"8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10","type":"give-rating","data":{"review":"\\ud800 and on"}}'
UNREADABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "What was sent ends before it is complete. Send it again."),
    "half a command": (b'{"id":', "What was sent ends before it is complete. Send it again."),
    "half a list": (b"[", "What was sent ends before it is complete. Send it again."),
    "no JSON": (b"{x", "What was sent is not JSON at byte 1. Mend it there and send it again."),
    "two values": (b"{}{}", "The id is missing. Fill it in and send it again."),
    "no number": (b'{"data":NaN}', "What was sent is not JSON at byte 8. Mend it there and send it again."),
    "a lone surrogate": (SURROGATE, "What was sent is not JSON at byte 90. Mend it there and send it again."),
    "no UTF-8": (b'{"type":"\xff\xfe"}', "What was sent is not text in UTF-8. Send it as JSON in UTF-8."),
    "text": (b'"x"', "What was sent must be a set of named fields, not text."),
    "nothing at all": (b"null", "What was sent must be a set of named fields, not nothing."),
    "an empty list": (b"[]", "Send between 1 and 100 commands at once."),
    "too many commands": (b"[" + b"{}," * 100 + b"{}]", "Send between 1 and 100 commands at once."),
    "lists without end": (
        b"[" * 500_000,
        "What was sent has lists inside lists without end. Send each command flat, as the API's description says.",
    ),
    "fields without end": (
        b'{"data":' * 50_000 + b"1" + b"}" * 50_000,
        "What was sent has lists inside lists without end. Send each command flat, as the API's description says.",
    ),
}


@pytest.mark.parametrize(("body", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_command_is_answered_in_a_sentence(room: Server, body: bytes, said: str) -> None:
    answer = post(room, body)
    assert (answer.status_code, sentence(answer)) == (400, said)


def test_of_two_fields_with_one_name_the_last_one_counts(room: Server) -> None:
    data = f'{{"review":"none","review":"{MAPLE}","indicator":"CI.3","answer":1,"answer":3}}'
    answer = post(room, f'{{"id":"{uuid4()}","type":"give-rating","data":{data}}}'.encode())
    assert answer.status_code == 200
    mine = room.ask("GET", f"/api/v1/views/review:{MAPLE}", "reviewer-1").json()["view"]
    assert mine["rating:CI.3:reviewer-1"]["answer"] == 3


def test_a_body_over_one_mebibyte_is_refused_however_it_is_sent(room: Server) -> None:
    whole = post(room, b"[" + b" " * 1_048_576 + b"]")
    in_parts = room.ask(
        "POST",
        COMMANDS,
        "reviewer-1",
        content=(b" " * 65_536 for _ in range(17)),
        headers={"content-type": "application/json"},
    )
    for answer in (whole, in_parts):
        assert (answer.status_code, sentence(answer)) == (
            413,
            "What was sent is larger than 1 MiB. Send it in smaller parts.",
        )
    for path in ("/commands", "/sign-in", "/demo/sign-in"):
        form = room.ask("POST", path, "reviewer-1", data={"text": "x" * 1_100_000})
        assert form.status_code == 413
        assert "larger than 1 MiB" in form.text


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/x-msgpack", ""])
def test_what_is_not_sent_as_json_is_told_so(room: Server, kind: str) -> None:
    answer = post(room, json.dumps(envelope(rating())).encode(), **{"content-type": kind})
    assert (answer.status_code, sentence(answer)) == (
        415,
        "Send commands as JSON, with the content type application/json.",
    )


# Several at once, and again


def test_one_that_cannot_be_read_does_not_hold_up_the_others(room: Server) -> None:
    first, bad, last = envelope(note(), "add-evidence"), {"id": str(uuid4()), "type": 5}, envelope(rating())
    answer = post(room, json.dumps([first, bad, "x", last]).encode())
    assert answer.status_code == 200
    told = answer.json()
    assert [one["status"] for one in told] == [200, 400, 400, 200]
    assert [one.get("id") for one in told] == [first["id"], bad["id"], None, last["id"]]


def test_an_id_that_was_used_for_another_command_is_refused(room: Server) -> None:
    used = envelope(note(), "add-evidence")
    first = post(room, json.dumps(used).encode())
    others = {
        "that would be accepted": used | {"data": note()},
        "that is refused, too": used | {"data": rating(indicator="CI.9"), "type": "give-rating"},
        "that nobody may send": used | {"data": {"review": MAPLE}, "type": "close-review"},
    }
    for what, other in others.items():
        answer = post(room, json.dumps(other).encode())
        assert (answer.status_code, sentence(answer)) == (
            409,
            "This id was used for another command. Give every command an id of its own.",
        ), what
    again = post(room, json.dumps(used).encode())
    assert (again.status_code, again.json()) == (200, first.json())


def test_a_command_that_was_accepted_is_answered_so_again_when_it_would_be_refused_by_now(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    sent = envelope(rating())
    first = post(demo, json.dumps(sent).encode())
    demo.do("facilitator", "remove-member", review=MAPLE, person="reviewer-1")
    again = post(demo, json.dumps(sent).encode())
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()


def test_nobody_learns_a_blind_answer_by_guessing_under_its_id(room: Server) -> None:
    """Whoever reads the log knows the ids of others' ratings; a right guess and a wrong one must look alike."""
    secret = envelope(rating(indicator="SC.1", answer=3))
    assert post(room, json.dumps(secret).encode()).status_code == 200
    for person in ("reviewer-2", "admin", "facilitator"):
        told = {
            answer: post(room, json.dumps(secret | {"data": rating(indicator="SC.1", answer=answer)}).encode(), person)
            for answer in (1, 2, 3, 4, "abstain")
        }
        assert {(one.status_code, sentence(one)) for one in told.values()} == {
            (409, "This id was used for another command. Give every command an id of its own.")
        }, person


# Addresses

NO_PLAN = "There is no such plan. Check the address, or find it on its school's page."
NO_REVIEW = "There is no such review. Check the address, or find it from your first page."
NO_SCHOOL = "There is no such school. Check the address, or find it in the network's list."
NO_CHARACTER = "This address has a character that cannot be used. Check it, or start from your first page."
NOTHING = "There is nothing at this address. Check it, or start from your first page."
NO_MOMENT = (
    "Say when as a position, such as 120, as a day, such as 2026-03-14, or as a time, such as 2026-03-14T09:30:00Z."
)
VIEW = f"/api/v1/views/review:{CEDAR}"
ADDRESSES: dict[str, tuple[int, str | None]] = {
    "/reviews/%00": (400, NO_CHARACTER),
    "/reviews/%0a": (400, NO_CHARACTER),
    "/reviews/%ff%fe": (404, NO_REVIEW),
    "/reviews/%ed%a0%80": (404, NO_REVIEW),
    "/reviews/%e2%80%ae": (404, NO_REVIEW),
    "/reviews/%2e%2e%2fadmin": (404, NOTHING),
    "/reviews/Maple": (404, NO_REVIEW),
    "/reviews/" + "a" * 5_000: (404, NO_REVIEW),
    "/reviews/none?lang=es": (404, "No existe esa revisión."),
    f"/reviews/{MAPLE}?indicator=%ff": (200, None),
    f"/reviews/{MAPLE}?indicator=ZZ.9": (200, None),
    "/schools/%00": (400, NO_CHARACTER),
    "/schools/'%20OR%201=1": (404, NO_SCHOOL),
    "/static/%2e%2e/%2e%2e/server/app.py": (404, NOTHING),
    "/static/..%2f..%2fserver/app.py": (404, NOTHING),
    "/static/": (404, NOTHING),
    "/timeline?before=-1": (400, "“before” must be at least 0."),
    "/timeline?before=x": (400, "“before” must be a whole number, not text."),
    f"/timeline?before={2**63}": (200, None),
    f"/timeline?before={10**400}": (200, None),
    "/timeline?before=" + "9" * 5_000: (400, "“before” is a number far too large."),
    "/timeline?school=%00": (400, NO_CHARACTER),
    "/timeline?person=%ff&stream=%25&school='": (200, None),
    "/timeline?before=1&before=2": (400, "This address says the same thing twice."),
    "/?lang=%e2%80%ae": (200, None),
    "/?lang=xx": (200, None),
    "/network?%00=1": (400, NO_CHARACTER),
    "/network?=&&&;;%": (200, None),
    f"{VIEW}?at=-1": (400, NO_MOMENT),
    f"{VIEW}?at=": (400, NO_MOMENT),
    f"{VIEW}?at=%C2%B2": (400, NO_MOMENT),
    f"{VIEW}?at={2**63}": (400, NO_MOMENT),
    f"{VIEW}?at=2026-02-30T00:00:00Z": (400, NO_MOMENT),
    f"{VIEW}?at=2026-03-14": (200, None),
    f"{VIEW}?at=2026-02-30": (400, NO_MOMENT),
    f"{VIEW}?at=2026-03-14T09:30": (400, "Say which time zone the time is in, for example with a Z at its end."),
    f"{VIEW}?at=0": (200, None),
    f"{VIEW}?at=999999999999999999": (200, None),
    f"{VIEW}?at=0001-01-01T00:00:00%2B14:00": (200, None),
    f"{VIEW}?at=9999-12-31T23:59:59-14:00": (200, None),
    "/api/v1/views/school:maple?at=3": (400, "A school's view is that of now. Leave “at” out."),
    "/api/v1/views/plan:none": (404, NO_PLAN),
    "/api/v1/history/plan:none": (404, NO_PLAN),
    "/plans/none": (404, NO_PLAN),
    "/api/v1/views/people": (404, "There is no such stream. Streams have names such as review:maple-2026."),
    "/api/v1/views/review:%00": (400, NO_CHARACTER),
    "/api/v1/views/review:": (404, NO_REVIEW),
    "/api/v1/views/:": (404, "There is no such stream. Streams have names such as review:maple-2026."),
    "/api/v1/history/school:maple": (404, "This stream has a view, and no history or news of its own."),
    "/api/v1/live": (404, "There is no such stream. Streams have names such as review:maple-2026."),
    f"/api/v1/live?stream=review:{CEDAR}&after=-1": (400, "“after” must be at least 0."),
    f"/api/v1/live?stream=review:{CEDAR}&after={2**63}": (200, None),
    f"/api/v1/live?stream=review:{CEDAR}&epoch=x&after=1": (
        400,
        "The epoch must be written as 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10.",
    ),
    "/api/v1/people": (400, "Say “ids” in the address."),
    "/api/v1/people?ids=": (200, None),
    "/api/v1/people?ids=,,,": (200, None),
    "/api/v1/people?ids=%ff": (200, None),
    "/api/v1/people?ids=" + "a," * 3_300: (
        400,
        "The ids are too long: at most 6,400 characters. Shorten it, or split it in two.",
    ),
    "/api/v1/events?after=-1": (400, "“after” must be at least 0."),
    f"/api/v1/events?after={2**63}": (200, None),
    f"/api/v1/events?after={10**400}": (200, None),
    "/api/v1/events?limit=0": (400, "“limit” must be at least 1."),
    "/api/v1/events?limit=1001": (400, "“limit” must be at most 1,000."),
    "/api/v1/events?limit=ten": (400, "“limit” must be a whole number, not text."),
    "/api/v1/nowhere": (404, NOTHING),
}


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:60])
def test_an_address_that_says_what_cannot_be_is_answered_in_a_sentence(room: Server, address: str) -> None:
    status, said = ADDRESSES[address]
    answer = room.ask("GET", address, "admin")
    assert answer.status_code == status
    if said is not None:
        if address.startswith("/api/"):
            assert sentence(answer) == said
        else:
            assert said in shown(answer)


def shown(answer: httpx.Response) -> str:
    """Return the words of an error page, which must hold no jargon."""
    main = unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2].partition("</main>")[0]))
    assert not JARGON.search(main), main
    return main


# Forms


@pytest.mark.parametrize(
    "send",
    [
        lambda room, path: room.ask("POST", path, "admin"),
        lambda room, path: room.ask("POST", path, "admin", json={"id": 1}),
        lambda room, path: room.ask("POST", path, "admin", content=b"\xff\x00", headers={"content-type": "x/y"}),
        lambda room, path: room.ask("POST", path, "admin", data={"id": "\x00", "type": "\x00", "school": "\x00"}),
        lambda room, path: room.ask("POST", path, "admin", files={"id": b"x", "school": b"\x00", "team_": b"\xff"}),
        lambda room, path: room.ask(
            "POST", path, "admin", content=b"x", headers={"content-type": "multipart/form-data"}
        ),
        lambda room, path: room.ask(
            "POST", path, "admin", content=b"x\xff", headers={"content-type": "multipart/form-data; boundary=x"}
        ),
        lambda room, path: room.ask(
            "POST",
            path,
            "admin",
            content="&".join(f"{n}=%ff" for n in range(20_000)).encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
        ),
    ],
    ids=["empty", "JSON", "something else", "NUL", "files", "no boundary", "broken parts", "very many fields"],
)
@pytest.mark.parametrize("path", ["/commands", "/reviews/new"])
def test_a_form_that_is_none_is_answered_with_a_page(
    room: Server, send: Callable[[Server, str], httpx.Response], path: str
) -> None:
    before = head(room)
    answer = send(room, path)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert shown(answer)
    assert head(room) == before


def test_a_form_that_is_refused_comes_back_with_what_was_typed(room: Server) -> None:
    typed = {"id": str(uuid4()), "type": "add-evidence"} | note(text="x" * 10_001, indicators="CI.1")
    answer = room.ask("POST", "/commands", "reviewer-1", data=typed)
    assert answer.status_code == 400
    assert "The text is too long: at most 10,000 characters." in shown(answer)
    assert "x" * 10_001 in answer.text, "what was typed is still there"


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x"])
def test_a_form_leads_to_no_other_site(room: Server, back: str) -> None:
    form = {"id": str(uuid4()), "type": "join-review", "review": MAPLE, "back": back}
    answer = room.ask("POST", "/commands", "reviewer-3", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


# Headers


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "x=" + "y" * 60_000},
        {"cookie": ";;=;a;daybook_session;=b"},
        {"cookie": "lang=\u00e9; lang=" + "x" * 5_000},
        {"accept-language": ",,;q=,x" * 200},
        {"accept": "\u00ff"},
        {"user-agent": ""},
        {"x-forwarded-for": "not an address, 1"},
        {"x-forwarded-proto": "gopher"},
        {"authorization": "Bearer \u00e9"},
        {"content-length": "0", "content-type": "application/json; charset=\u00e9"},
    ],
    ids=str,
)
def test_odd_headers_hurt_nobody(room: Server, headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    for path in ("/sign-in", "/health/live", "/metrics", "/api/v1/people?ids=a"):
        answer = httpx.get(f"{room.url}{path}", headers=raw)  # type: ignore[arg-type]
        assert answer.status_code < 500, path


# Anything


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200))
def test_no_bytes_whatever_make_it_stumble(room: Server, body: bytes) -> None:
    assert 400 <= post(room, body).status_code < 500


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("review", "indicator", "answer", "evidence", "text", "indicators", "team", "person", "role", "dissent")


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(("give-rating", "add-evidence", "record-consensus", "schedule-review", "grant-role", "x")),
    data=st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), ANY_JSON, max_size=8),
)
def test_no_data_whatever_makes_it_stumble(room: Server, kind: str, data: dict[str, object]) -> None:
    answer = post(room, json.dumps(envelope(data, kind)).encode())
    assert 400 <= answer.status_code < 500
    assert answer.json()["message"].endswith(".")


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(("/reviews/{}", "/schools/{}", "/api/v1/views/review:{}", "/api/v1/history/{}", "/{}")),
    name=st.binary(max_size=12),
    field=st.sampled_from(("before", "after", "at", "stream", "ids", "lang", "indicator", "next", "school", "person")),
    value=st.binary(max_size=12) | st.integers().map(lambda n: str(n).encode()),
)
def test_no_address_whatever_makes_it_stumble(room: Server, path: str, name: bytes, field: str, value: bytes) -> None:
    def quoted(raw: bytes) -> str:
        return "".join(f"%{byte:02x}" for byte in raw)

    answer = room.ask("GET", f"{path.format(quoted(name))}?{field}={quoted(value)}", "admin")
    assert answer.status_code < 500
