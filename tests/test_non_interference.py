"""Blind means blind: two histories that differ only in hidden answers look the same to everybody else, byte for byte.

The two are made by the same commands at the same times under the same ids, on two copies of the sample
network; only what three reviewers answer before the reveal differs. Then everything that anyone can fetch is
fetched from both: sockets, views, history, replay of any moment, the log, pages, refusals. Once the review is
closed its team looks back at what was hidden, and to everyone else the two stay the same.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from daybook.server.cli import SAMPLE
from daybook.server.codec import Codec
from daybook.server.door import Door, Envelope
from daybook.server.log import Log
from tests.server_fixtures import MAPLE, Live, Server, _create, _drop

Answers = dict[str, tuple[Any, Any]]

HIDDEN = {"reviewer-1", "reviewer-2", "reviewer-3"}
OTHERS = ("facilitator", "reviewer-4", "coach", "admin", "principal", "family", "auditor")
OUTSIDE = ("coach", "admin", "principal", "family")
"""Who sees the room, and never the team's work."""
TEAM = ("facilitator", "reviewer-4", "auditor")
STREAM = f"review:{MAPLE}"
ONE: Answers = {"reviewer-1": (3, 2), "reviewer-2": (1, "abstain"), "reviewer-3": (2, 4)}
OTHER: Answers = {"reviewer-1": (1, 4), "reviewer-2": ("insufficient-evidence", 4), "reviewer-3": (4, 1)}
_COMMITMENT = re.compile(r'"sha256":"[0-9a-f]{64}"')
_FORM_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")

JSON = (
    f"/api/v1/views/{STREAM}",
    f"/api/v1/views/{STREAM}?at=2026-11-24T10:00:00Z",
    f"/api/v1/history/{STREAM}",
    f"/api/v1/history/{STREAM}?lang=es",
    f"/api/v1/live?stream={STREAM}&after=0",
    "/api/v1/views/school:maple",
    "/api/v1/events?limit=1000",
    "/api/v1/people?ids=reviewer-1,reviewer-2",
)
PAGES = (
    f"/reviews/{MAPLE}",
    f"/reviews/{MAPLE}?indicator=CI.2",
    f"/reviews/{MAPLE}?indicator=CI.1&lang=es",
    f"/reviews/{MAPLE}/replay",
    f"/reviews/{MAPLE}/replay?at=100000",
    f"/reviews/{MAPLE}/replay?at=100000&indicator=CI.2&lang=es",
    "/timeline",
    f"/timeline?stream={STREAM}",
    "/timeline?person=reviewer-1",
    "/timeline?school=maple",
    "/schools/maple",
    "/",
    "/network",
)


async def _tell(conninfo: str, answers: dict[str, tuple[Any, Any]], *, close: bool) -> None:
    """Send a review in which three reviewers answer as told, first one thing, then another; up to its end or not."""
    at = datetime(2026, 3, 17, 16, tzinfo=UTC)
    count = 0

    def clock() -> datetime:
        return at + timedelta(seconds=count)

    async with Log(conninfo, SAMPLE) as log:
        door = Door(log, Codec(), clock)

        async def send(actor: str, kind: str, **data: Any) -> None:
            nonlocal count
            count += 1
            await door.handle(actor, Envelope(uuid5(NAMESPACE_URL, f"same:{count}"), kind, {"review": MAPLE, **data}))

        await send("facilitator", "open-review")
        for person in ("reviewer-1", "reviewer-4"):
            await send(person, "join-review")
        note = {"source": "data", "stance": "supports", "indicators": ["CI.2"], "text": "Seen and written down."}
        await send("reviewer-1", "add-evidence", evidence="e-1", **note)
        for code in ("CI.1", "CI.2"):
            for person in sorted(HIDDEN):
                for answer in answers[person]:
                    await send(person, "give-rating", indicator=code, answer=answer)
        await send("reviewer-2", "withdraw-rating", indicator="CI.2")
        # What everyone may see is the same in both: an indicator that is revealed and agreed on.
        for person in ("reviewer-3", "reviewer-4"):
            await send(person, "give-rating", indicator="SC.1", answer=2)
        await send("facilitator", "reveal-ratings", indicator="SC.1")
        await send("facilitator", "record-consensus", indicator="SC.1", level=2, rationale="As we all saw.")
        if close:
            for code in ("CI.1", "CI.2"):
                await send("facilitator", "reveal-ratings", indicator=code)
                await send("facilitator", "record-consensus", indicator=code, level=2, rationale="As we all saw.")
            await send("facilitator", "close-review")


@pytest.fixture(scope="module")
def two_servers(
    server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Server]]:
    """Yield two servers whose histories differ in hidden answers only."""
    yield from _two(server, sample_template, tmp_path_factory, close=False)


@pytest.fixture(scope="module")
def two_ends(
    server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Server]]:
    """Yield two servers on which the same two reviews have been revealed, agreed on and closed."""
    yield from _two(server, sample_template, tmp_path_factory, close=True)


def _two(
    server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory, *, close: bool
) -> Iterator[tuple[Server, Server]]:
    running = []
    end = "closed" if close else "open"
    names = (f"daybook_{end}_one", f"daybook_{end}_other")
    try:
        for name, answers in zip(names, (ONE, OTHER), strict=True):
            _create(server, name, sample_template)
            conninfo = make_conninfo(server, dbname=name)
            with ThreadPoolExecutor(1) as aside:
                aside.submit(asyncio.run, _tell(conninfo, answers, close=close)).result()
            running.append(Server("demo", conninfo=conninfo, folder=tmp_path_factory.mktemp(name)))
        yield running[0], running[1]
        for one in running:
            one.stop()
    finally:
        for one in running:
            one.kill()
        for name in names:
            _drop(server, name)


def _fetched(server: Server, person: str, path: str) -> tuple[int, str]:
    """Return what someone gets, without what is drawn at random: a form's command id, a commitment's salt."""
    answer = server.client(person).get(path)
    drawn = _FORM_ID if path in PAGES else _COMMITMENT
    return answer.status_code, drawn.sub("…", answer.text)


@pytest.mark.parametrize("path", [*JSON, *PAGES])
def test_nobody_else_sees_a_difference(two_servers: tuple[Server, Server], path: str) -> None:
    one, other = two_servers
    for person in OTHERS:
        assert _fetched(one, person, path) == _fetched(other, person, path), f"{person} sees a difference"


def _moments(server: Server) -> list[int]:
    """List the positions of all that happened on the day, hidden or not."""
    with psycopg.connect(server.conninfo) as connection:
        rows = connection.execute("SELECT position FROM events WHERE tags[1] = %s", (STREAM,)).fetchall()
    return sorted(row[0] for row in rows)


def test_no_moment_shows_a_difference_to_anyone_else(two_servers: tuple[Server, Server]) -> None:
    one, other = two_servers
    moments = _moments(one)
    assert moments == _moments(other)
    for person in OTHERS:
        for moment in moments:
            for path in (f"/api/v1/views/{STREAM}?at={moment}", f"/reviews/{MAPLE}/replay?at={moment}"):
                assert _fetched(one, person, path) == _fetched(other, person, path), f"{person} at {moment}"


@pytest.mark.parametrize("path", [*JSON[:4], *PAGES])
def test_after_the_end_those_outside_the_team_see_no_difference(two_ends: tuple[Server, Server], path: str) -> None:
    one, other = two_ends
    for person in OUTSIDE:
        assert _fetched(one, person, path) == _fetched(other, person, path), f"{person} sees a difference"


def test_after_the_end_no_moment_shows_a_difference_to_those_outside_the_team(two_ends: tuple[Server, Server]) -> None:
    one, other = two_ends
    for person in OUTSIDE:
        for moment in _moments(one):
            path = f"/api/v1/views/{STREAM}?at={moment}"
            assert _fetched(one, person, path) == _fetched(other, person, path), f"{person} at {moment}"


def test_after_the_end_the_team_sees_each_answer_from_the_moment_it_was_given(two_ends: tuple[Server, Server]) -> None:
    for server, answers in zip(two_ends, (ONE, OTHER), strict=True):
        moments = _moments(server)
        for person in TEAM:
            seen = [server.ask("GET", f"/api/v1/views/{STREAM}?at={m}", person).json()["view"] for m in moments]
            for author in sorted(HIDDEN):
                shown = [view.get(f"rating:CI.2:{author}") for view in seen]
                given = [one["answer"] if one else None for one in shown]
                withdrawn = [None] if author == "reviewer-2" else []
                assert [answer for answer, _ in groupby(given)] == [None, *answers[author], *withdrawn]


def test_the_raters_themselves_see_their_answers(two_servers: tuple[Server, Server]) -> None:
    one, other = two_servers
    for person in sorted(HIDDEN):
        path = f"/api/v1/views/{STREAM}"
        assert _fetched(one, person, path) != _fetched(other, person, path)
    # A rater's own difference is theirs alone: without their entries the rest is the same.
    mine = [msgspec.json.decode(_fetched(s, "reviewer-1", f"/api/v1/views/{STREAM}")[1])["view"] for s in two_servers]
    rest = [{key: value for key, value in view.items() if not key.endswith(":reviewer-1")} for view in mine]
    assert rest[0] == rest[1]


@asynccontextmanager
async def _hello(server: Server, person: str, after: int | None = None) -> AsyncIterator[tuple[Live, list[str]]]:
    """Join the room; yield the conversation and the frames that came of it, up to the first that has entries."""
    async with server.socket(person) as live:
        subscription = {"stream": STREAM} | ({} if after is None else {"after": after})
        await live.send(msgspec.json.encode({"type": "hello", "client": "t", "streams": [subscription]}).decode())
        frames: list[str] = []
        async with asyncio.timeout(30):
            while not any('"type":"snapshot"' in text or '"type":"patches"' in text for text in frames):
                frames.append(str(await live.recv()))
        yield live, frames


@pytest.mark.parametrize("after", [None, 150])
async def test_sockets_carry_the_same_bytes(two_servers: tuple[Server, Server], after: int | None) -> None:
    for person in OTHERS:
        seen = []
        for server in two_servers:
            async with _hello(server, person, after) as (_, frames):
                seen.append(frames)
        assert seen[0] == seen[1], f"{person} hears a difference"


async def test_live_frames_carry_the_same_bytes(two_servers: tuple[Server, Server]) -> None:
    """While someone answers, the frames that others get differ in the time of day only."""
    answers = ({"answer": 1}, {"answer": 4})
    for person in ("facilitator", "principal", "auditor"):
        frames = []
        for server, answer in zip(two_servers, answers, strict=True):
            async with _hello(server, person) as (live, _):
                server.do("reviewer-3", "give-rating", review=MAPLE, indicator="FE.1", **answer)
                server.do("reviewer-3", "give-rating", review=MAPLE, indicator="FE.1", answer="abstain")
                server.do("reviewer-4", "join-review", review=MAPLE)
                server.do("facilitator", "add-member", review=MAPLE, person="teacher", role="observer")
                heard: list[dict[str, Any]] = []
                async with asyncio.timeout(30):
                    while not (heard and heard[-1].get("event") == "member-added"):
                        message = msgspec.json.decode(await live.recv())
                        if message["type"] == "patch":
                            heard.append(message)
                frames.append([{**message, "at": ""} for message in heard])
                server.do("facilitator", "remove-member", review=MAPLE, person="teacher")
                server.do("reviewer-3", "withdraw-rating", review=MAPLE, indicator="FE.1")
        assert frames[0] == frames[1]


@pytest.mark.parametrize(
    ("person", "kind", "data"),
    [
        ("facilitator", "close-review", {}),
        ("facilitator", "record-consensus", {"indicator": "CI.1", "level": 2, "rationale": "Not yet."}),
        ("reviewer-4", "withdraw-rating", {"indicator": "CI.1"}),
        ("principal", "give-rating", {"indicator": "CI.1", "answer": 1}),
        ("auditor", "reveal-ratings", {"indicator": "CI.1"}),
    ],
)
def test_a_refusal_says_the_same(two_servers: tuple[Server, Server], person: str, kind: str, data: Any) -> None:
    one, other = (server.send(person, kind, review=MAPLE, **data) for server in two_servers)
    assert (one.status_code, one.json() | {"id": ""}) == (other.status_code, other.json() | {"id": ""})
    assert one.status_code in (200, 403, 409)


def test_the_two_histories_do_differ(two_servers: tuple[Server, Server]) -> None:
    """Otherwise the rest would prove nothing."""
    stored = []
    for server in two_servers:
        with psycopg.connect(server.conninfo) as connection:
            rows = connection.execute(
                "SELECT data FROM events WHERE type = 'rating-given' AND position > 199"
            ).fetchall()
            stored.append([row[0] for row in rows])
    assert len(stored[0]) == len(stored[1])
    assert stored[0] != stored[1]
