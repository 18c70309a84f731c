"""A stream's past over HTTP: patches with their sentences, and any moment of it, as each reader may know it."""

import gzip
import re
from typing import Any

import httpx
import msgspec
import pytest

from daybook.projections.view import seen
from daybook.server.codec import Codec
from daybook.server.history import room_at
from daybook.server.log import Log
from tests.server_fixtures import CEDAR, MAPLE, Server
from tests.small_network import REVIEW, Sender, found
from tests.small_network import STREAM as STREAM_OF_ONE

STREAM = f"review:{CEDAR}"


def history(server: Server, person: str, stream: str = STREAM, **query: str) -> dict[str, Any]:
    answer: dict[str, Any] = server.ask("GET", f"/api/v1/history/{stream}", person, params=query).json()
    return answer


def applied(view: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in (view | patch).items() if value is not None}


def of(told: dict[str, Any], event: str) -> list[dict[str, Any]]:
    return [step for step in told["patches"] if step["event"] == event]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Ruth Lindqvist recorded the consensus on CI.1: level 3, Partial Implementation"),
        ("es", "Ruth Lindqvist registró el consenso sobre CI.1: nivel 3, Implementación parcial"),
    ],
)
def test_each_step_is_told_in_the_readers_language(standing_demo: Server, lang: str, said: str) -> None:
    told = history(standing_demo, "reviewer-1", lang=lang)
    assert of(told, "consensus-reached")[0]["sentence"] == said
    assert all(step["sentence"].startswith(told["names"][step["actor"]]) for step in told["patches"])


def test_names_are_those_of_the_people_in_it(standing_demo: Server) -> None:
    told = history(standing_demo, "reviewer-1")
    assert told["names"]["reviewer-8"] == "Hannah Cole"
    assert not {"teacher", "principal", "family"} & told["names"].keys()


@pytest.mark.parametrize("person", ["reviewer-1", "auditor", "coach"])
def test_patches_lead_to_what_each_moment_shows(standing_demo: Server, person: str) -> None:
    view: dict[str, Any] = {}
    told = history(standing_demo, person)
    client = standing_demo.client(person)
    assert len(told["patches"]) > 20
    for step in told["patches"]:
        view = applied(view, step["patch"])
        then = client.get(f"/api/v1/views/{STREAM}", params={"at": step["position"]}).json()
        assert (then["position"], then["view"]) == (step["position"], view)
    assert view == client.get(f"/api/v1/views/{STREAM}").json()["view"]


def test_the_team_of_a_closed_review_learns_what_was_replaced_before_the_reveal(standing_demo: Server) -> None:
    for person in ("reviewer-1", "facilitator", "auditor"):
        given = [
            step["patch"].get("rating:CI.2:reviewer-4") for step in of(history(standing_demo, person), "rating-given")
        ]
        assert [rating["answer"] for rating in given if rating] == [3, 2], person


def test_those_outside_the_team_learn_nobodys_rating(standing_demo: Server) -> None:
    for person in ("coach", "admin"):
        told = history(standing_demo, person)
        kinds = {value["kind"] for step in told["patches"] for value in step["patch"].values() if value}
        assert kinds == {"review", "member", "indicator", "consensus"}, person
        assert of(told, "rating-given") == []


def test_until_the_end_the_past_shows_what_it_showed(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    for answer in (1, 4):
        demo.do("reviewer-1", "give-rating", review=MAPLE, indicator="CI.1", answer=answer)
    demo.do("facilitator", "reveal-ratings", review=MAPLE, indicator="CI.1")
    told = history(demo, "facilitator", f"review:{MAPLE}")
    [given] = of(told, "rating-given")
    assert set(given["patch"]) == {"rated:CI.1:reviewer-1"}
    [revealed] = of(told, "ratings-revealed")
    assert revealed["patch"]["rating:CI.1:reviewer-1"]["answer"] == 4
    before = demo.ask("GET", f"/api/v1/views/review:{MAPLE}?at={revealed['position'] - 1}", "facilitator").json()
    assert not any(key.startswith("rating:") for key in before["view"])
    demo.do("facilitator", "close-review", review=MAPLE)
    answers = [
        step["patch"]["rating:CI.1:reviewer-1"]["answer"]
        for step in of(history(demo, "facilitator", f"review:{MAPLE}"), "rating-given")
    ]
    assert answers == [1, 4]


def test_words_that_were_erased_are_in_no_moment(demo: Server) -> None:
    said = "A name that must not stand here."
    note = {"source": "data", "stance": "supports", "indicators": ["CI.1"], "text": said}
    demo.do("facilitator", "open-review", review=MAPLE)
    demo.do("reviewer-1", "add-evidence", review=MAPLE, evidence="e-1", **note)
    assert said in demo.ask("GET", f"/api/v1/history/review:{MAPLE}", "facilitator").text
    demo.do("facilitator", "redact-evidence", review=MAPLE, evidence="e-1", reason="It names a child.")
    assert said not in demo.ask("GET", f"/api/v1/history/review:{MAPLE}", "facilitator").text


async def test_words_are_gone_from_the_past_as_soon_as_that_is_recorded(database: str) -> None:
    """Nobody erases here: what does so for a running network may come a moment later."""
    async with Log(database, "network") as log:
        sender = Sender(log, Codec())
        await found(sender)
        note = {"source": "data", "stance": "supports", "indicators": ["CI.1"], "text": "A name."}
        [noted] = await sender.send("ana", "add-evidence", review=REVIEW, evidence="e-1", setting="A place.", **note)
        await sender.send("ben", "add-evidence", review=REVIEW, evidence="e-2", **note | {"text": "Another."})
        await sender.send("ana", "revise-evidence", review=REVIEW, evidence="e-1", **note | {"text": "A second name."})
        await sender.send("fay", "redact-evidence", review=REVIEW, evidence="e-1", reason="It names a child.")
        for moment in (noted, None):
            room, steps, _ = await room_at(log, Codec(), STREAM_OF_ONE, moment)
            told = msgspec.json.encode((seen(room.view, {"team"}), [step.patch for step in steps]))
            assert not re.search(rb"A name|A second name|A place", told)
        assert b"Another." in told


def test_it_is_packed_for_those_who_take_that(standing_demo: Server) -> None:
    path, headers = f"{standing_demo.url}/api/v1/history/{STREAM}", standing_demo.headers("reviewer-1")

    def raw(**more: str) -> tuple[httpx.Headers, bytes]:
        with httpx.stream("GET", path, headers=headers | more) as answer:
            return answer.headers, b"".join(answer.iter_raw())

    plainly, plain = raw(**{"accept-encoding": "identity"})
    packed_as, packed = raw(**{"accept-encoding": "br, gzip"})
    assert "content-encoding" not in plainly
    assert packed_as["content-encoding"] == "gzip"
    assert packed_as["vary"] == plainly["vary"]
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 4
