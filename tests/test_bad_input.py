"""Bad input of every kind: a clear sentence, the right status, nothing lost, and the server stays up."""

import json
import re
from uuid import uuid4

import pytest

from tests.bad_input import envelope, head, note, post, rating, sentence
from tests.server_fixtures import MAPLE, Server

pytest_plugins = ["tests.bad_input_room"]
MARK = "\u202e"  # turns the reading direction


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
    "an answer to a request for support that is not offered": (
        envelope({"plan": "p-1", "support": "s-1", "answer": "maybe"}, "answer-support"),
        400,
        "The answer is not one of those offered. Choose one of them.",
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
    "a text that shows nothing": (
        envelope(note(text="\u200b\u3164 \u2800"), "add-evidence"),
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
