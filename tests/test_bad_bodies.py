"""Bodies that are no commands, and commands sent again: each gets a sentence, nothing is lost."""

import json
from uuid import uuid4

import pytest

from tests.bad_input import COMMANDS, envelope, note, post, rating, sentence
from tests.server_fixtures import MAPLE, Server

pytest_plugins = ["tests.bad_input_room"]
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
