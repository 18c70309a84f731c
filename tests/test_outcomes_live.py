"""June Outcomes over the wire: patches lead to the fresh view, strangers get nothing, erased words are nowhere."""

import json
import random
from typing import Any

import psycopg
import pytest
from msgspec.json import decode
from websockets.exceptions import ConnectionClosed

from tests.live_client import Believed
from tests.outcomes_demo import ADDRESS, OUTCOMES, TRIAL, draft
from tests.server_fixtures import CEDAR, Live, Server, closed

STREAM = "outcomes:cedar-trial"
PEOPLE = ("principal", "teacher", "family", "coach", "admin")
TEXTS = ("statement", "measure", "school", "home-office")


def random_command(server: Server, choice: random.Random, number: int) -> None:
    """Send something that may or may not be allowed."""
    pick = choice.choice
    outcome, text = pick(list(OUTCOMES)), pick(TEXTS)
    passage = f"{outcome}:{text}:en"
    view = server.ask("GET", f"/api/v1/views/{STREAM}", "coach").json()["view"]
    english = view[f"text:{passage}"]["wording"]
    spanish = view.get(f"text:{outcome}:{text}:es", {}).get("wording")
    conclusion = view.get(f"text:{outcome}:conclusion:en", {}).get("wording")
    concluded = {"replaces": conclusion} if conclusion else {}
    to_spanish = {"passage": f"{outcome}:{text}:es", "of": english} | ({"replaces": spanish} if spanish else {})
    kind, data = pick(
        [
            ("word-outcome", {"passage": passage, "replaces": english, "wording": f"w{number}", "text": f"T{number}"}),
            ("word-outcome", to_spanish | {"wording": f"s{number}", "text": f"E{number}"}),
            ("comment-on-outcome", {"outcome": outcome, "comment": f"c{number}", "text": "Why?"}),
            (pick(["endorse-outcome", "withdraw-endorsement", "restore-outcome"]), {"outcome": outcome}),
            ("withdraw-outcome", {"outcome": outcome, "reason": "Too many"}),
            ("move-outcome", {"outcome": outcome}),
            ("assign-outcome", {"outcome": outcome, "owner": pick(["teacher", "coach"])}),
            ("sign-outcomes", {"side": pick(["school", "home-office"]), "version": view["outcomes"]["version"]}),
            ("adopt-outcomes", {}),
            (
                "amend-outcome",
                {"passage": passage, "replaces": english, "wording": f"a{number}", "text": "A", "reason": "B"},
            ),
            ("conclude-outcome", {"outcome": outcome, "result": "met", "evidence": f"E{number}"} | concluded),
            ("redact-outcome-words", {"about": f"outcome:{outcome}", "reason": "A name"}),
        ]
    )
    server.send(pick(PEOPLE), kind, **TRIAL, **data)


async def read_to(live: Live, believed: Believed, position: int) -> None:
    while believed.position is None or believed.position < position:
        believed.take(str(await live.recv()))


def happen(server: Server, choice: random.Random, numbers: range) -> dict[str, Any]:
    """Let things happen, the last of which everybody hears of, and return the view that a fresh fold shows then."""
    for number in numbers:
        random_command(server, choice, number)
    last = {"outcome": "readers", "comment": f"last-{numbers.stop}", "text": "The last"}
    server.do("family", "comment-on-outcome", **TRIAL, **last)
    view: dict[str, Any] = server.ask("GET", f"/api/v1/views/{STREAM}", "family").json()
    return view


@pytest.mark.parametrize("seed", range(4))
async def test_patches_lead_to_the_fresh_view_also_after_coming_back(demo: Server, seed: int) -> None:
    draft(demo)
    choice, believed = random.Random(seed), Believed(STREAM)
    for times in (range(60), range(60, 90)):
        happened_before = believed.position
        async with demo.socket("family") as live:
            since = {"stream": STREAM, "after": happened_before}
            await live.send(json.dumps({"type": "hello", "client": "t", "streams": [since]}))
            fresh = happen(demo, choice, times)
            await read_to(live, believed, fresh["position"])
            assert believed.view == fresh["view"]
            assert not believed.gap
        for number in range(200, 210):  # while nobody listens
            random_command(demo, choice, times.stop + number)


async def test_a_stranger_hears_nothing_of_a_draft(demo: Server) -> None:
    draft(demo)
    async with demo.socket("reviewer-1") as live:
        await live.send(json.dumps({"type": "hello", "client": "t", "streams": [{"stream": STREAM}]}))
        code, reason = await closed(live)
        assert (code, reason) == (4403, "This is not open to you, or there is nothing at this address.")
        heard = []
        try:
            async for frame in live:
                heard.append(decode(frame)["type"])
        except ConnectionClosed:
            pass
        assert set(heard) <= {"welcome", "bye"}
    for path in (f"/api/v1/views/{STREAM}", f"/api/v1/history/{STREAM}", f"/api/v1/live?stream={STREAM}", ADDRESS):
        answer = demo.ask("GET", path, "reviewer-1")
        assert answer.status_code == 403
        assert "What is true" not in answer.text


def test_erased_words_are_nowhere(demo: Server) -> None:
    draft(demo)
    secret = "It is Ramona who cannot read"
    english = {"passage": "readers:measure:en", "replaces": "readers", "wording": "w1", "text": secret}
    demo.do("teacher", "word-outcome", **TRIAL, **english)
    spanish = {"passage": "readers:measure:es", "wording": "s1", "text": secret, "of": "w1"}
    demo.do("teacher", "word-outcome", **TRIAL, **spanish)
    demo.do("family", "comment-on-outcome", **TRIAL, outcome="readers", comment="c1", text=secret)
    paths = (f"/api/v1/views/{STREAM}", f"/api/v1/history/{STREAM}", ADDRESS, f"{ADDRESS}?lang=es")
    assert all(secret in demo.ask("GET", path, "coach").text for path in paths[:3])
    demo.do("principal", "redact-outcome-words", **TRIAL, about="outcome:readers", reason="It names a child.")
    demo.do("admin", "redact-outcome-words", **TRIAL, about="comment:c1", reason="It names a child.")
    for path in (*paths, f"/api/v1/views/{STREAM}?at=100000", "/timeline", "/api/v1/events?limit=1000"):
        assert "Ramona" not in demo.ask("GET", path, "auditor").text, path
    view = demo.ask("GET", f"/api/v1/views/{STREAM}", "coach").json()["view"]
    assert view["text:readers:measure:en"]["text"] is None
    assert view["comment:c1"]["text"] is None
    assert view["text:families:measure:en"]["text"] == "How we know of families."

    def still_kept(connection: psycopg.Connection[tuple[str]]) -> bool:
        rows = connection.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        return any("Ramona" in str(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in rows)

    with psycopg.connect(demo.conninfo) as connection:
        assert not still_kept(connection)


def test_what_was_begun_with_a_seed_carries_the_tags_of_its_school(demo: Server) -> None:
    draft(demo)
    for side, person in (("school", "principal"), ("home-office", "coach")):
        demo.do(person, "sign-outcomes", **TRIAL, side=side, version=3)
    demo.do("coach", "adopt-outcomes", **TRIAL)
    about = {"outcome": "readers", "result": "carried-forward", "evidence": f"See {CEDAR}"}
    page = "/outcomes/new?school=cedar&seed=cedar-trial"
    assert "Nothing of 2022–23 is carried forward yet." in demo.ask("GET", page, "coach").text
    assert "Carry on from" not in demo.ask("GET", page, "coach").text
    demo.do("coach", "conclude-outcome", **TRIAL, **about)
    assert 'Carry on from 2022–23 <span class="muted">1 outcome<' in demo.ask("GET", page, "coach").text
    seeded = {"outcomes": "cedar-next", "school": "cedar", "year": 2023, "rubric": "pif-illustrative-1"}
    demo.do("coach", "begin-outcomes", **seeded, seed="cedar-trial")
    with psycopg.connect(demo.conninfo) as connection:
        rows = connection.execute(
            "SELECT type, tags FROM events WHERE tags[1] = 'outcomes:cedar-next' ORDER BY position"
        )
        assert [(kind, tags[1]) for kind, tags in rows] == [
            ("outcomes-begun", "school:cedar"),
            ("outcome-proposed", "school:cedar"),
        ]
