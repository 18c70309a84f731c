"""What a school's team says on the way stays with it: two plans that differ in nothing else look the same to others.

The two are made by the same commands at the same times under the same ids, on two copies of the sample network.
Only the words of check-ins, of proposals and their answers, and of a refinement that is open differ. Then
everything that an observer of the school, or someone from elsewhere, can fetch is fetched from both.
"""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec
import psycopg
import pytest

from daybook.server.cli import SAMPLE
from daybook.server.codec import Codec
from daybook.server.door import Door, Envelope
from daybook.server.log import Log
from tests.server_fixtures import Server, running_copy

PLAN = "maple-unseen"
STREAM = f"plan:{PLAN}"
OUTSIDE = ("family", "reviewer-1", "reviewer-8")
"""An observer of the school, and two who have no part at it; one of them is on the team of its review."""
TEAM = ("principal", "teacher", "coach", "admin", "auditor")
WORDS = ("Nadia is often late", "Gil has left us")

JSON = (
    f"/api/v1/views/{STREAM}",
    f"/api/v1/history/{STREAM}",
    f"/api/v1/history/{STREAM}?lang=es",
    f"/api/v1/live?stream={STREAM}&after=0",
    "/api/v1/views/school:maple",
    "/api/v1/events?limit=1000",
)
PAGES = (
    f"/plans/{PLAN}",
    f"/plans/{PLAN}?lang=es",
    f"/plans/{PLAN}/print",
    f"/plans/{PLAN}/spsa.csv",
    f"/plans/{PLAN}/compare?from=0",
    f"/plans/{PLAN}/replay",
    "/schools/maple",
    "/",
    "/network",
    "/timeline",
    "/timeline?school=maple",
    f"/timeline?stream={STREAM}",
    "/timeline?person=teacher",
)
_FORM_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


async def _tell(conninfo: str, words: str) -> None:
    """Send a plan's first months, in which the team says these words wherever nobody else hears them."""
    at = datetime(2024, 3, 17, 16, tzinfo=UTC)
    count = 0

    def clock() -> datetime:
        return at + timedelta(seconds=count)

    async with Log(conninfo, SAMPLE) as log:
        door = Door(log, Codec(), clock)

        async def do(actor: str, kind: str, **data: Any) -> None:
            nonlocal count
            count += 1
            about = data if kind == "grant-role" else {"plan": PLAN, **data}
            await door.handle(actor, Envelope(uuid5(NAMESPACE_URL, f"unseen:{count}"), kind, about))

        await do("admin", "grant-role", person="reviewer-2", role="observer", school="maple")
        await do("principal", "begin-plan", school="maple", year=2023)
        await do("principal", "word-passage", passage="vision", wording="v1", text="All of us read.")
        reading = {"rubric": "pif-illustrative-1", "indicators": ["CI.1"]}
        await do("principal", "add-priority", priority="reading", text="Reading", **reading)
        groups = {"title": "Groups", "if_": "We group", "then": "All grow", "owner": "teacher"}
        await do("principal", "add-strategy", strategy="groups", priority="reading", **groups)
        fluency = {"text": "Words", "unit": "words", "baseline": 1, "target": 9}
        await do("principal", "add-measure", measure="fluency", strategy="groups", **fluency)
        await do("principal", "adopt-plan", version="Start of the year")
        went = {"on": "2024-02-02", "status": "off-track", "note": words, "barriers": words}
        await do("teacher", "hold-check-in", check_in="c1", strategy="groups", **went)
        proposed = {"text": words, "why": words}
        await do("teacher", "propose-change", proposal="t1", passage="vision", replaces="v1", **proposed)
        await do("reviewer-2", "propose-change", proposal="o1", under="strategy:groups", **proposed)
        await do("family", "propose-change", proposal="f1", under="strategy:groups", text="Read at home")
        await do("principal", "decline-proposal", proposal="o1", reason=words)
        await do("principal", "decline-proposal", proposal="f1", reason="We do that already.")
        await do("principal", "open-refinement", refinement="q3", quarter=3)
        for text in ("changed", "why"):
            await do("teacher", "word-passage", passage=f"refinement:q3:{text}", wording=f"{text}-1", text=words)
        await do("teacher", "agree-to-refinement", refinement="q3")


@pytest.fixture(scope="module")
def two_servers(
    server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Server]]:
    """Yield two servers whose plans differ in what the team said among itself."""
    with ExitStack() as running:
        both = []
        for number, words in enumerate(WORDS):
            folder = tmp_path_factory.mktemp(f"unseen-{number}")
            one = running.enter_context(running_copy(server, sample_template, folder))
            with ThreadPoolExecutor(1) as aside:
                aside.submit(asyncio.run, _tell(one.conninfo, words)).result()
            both.append(one)
        yield both[0], both[1]


def _fetched(server: Server, person: str, path: str) -> tuple[int, str]:
    """Return what someone gets, without the command ids that forms draw at random."""
    answer = server.ask("GET", path, person)
    return answer.status_code, _FORM_ID.sub("…", answer.text) if path in PAGES else answer.text


@pytest.mark.parametrize("path", [*JSON, *PAGES])
def test_nobody_outside_the_team_sees_a_difference(two_servers: tuple[Server, Server], path: str) -> None:
    one, other = two_servers
    for person in OUTSIDE:
        assert _fetched(one, person, path) == _fetched(other, person, path), f"{person} sees a difference"


def _moments(server: Server) -> list[int]:
    with psycopg.connect(server.conninfo) as connection:
        rows = connection.execute("SELECT position FROM events WHERE tags[1] = %s", (STREAM,)).fetchall()
    return sorted(row[0] for row in rows)


def test_no_moment_of_the_past_shows_a_difference(two_servers: tuple[Server, Server]) -> None:
    one, other = two_servers
    moments = _moments(one)
    assert moments == _moments(other)
    for moment in moments:
        path = f"/api/v1/views/{STREAM}?at={moment}"
        seen = _fetched(one, "family", path)
        assert seen == _fetched(other, "family", path), moment
        assert seen[0] == 200


async def test_sockets_carry_the_same_bytes(two_servers: tuple[Server, Server]) -> None:
    heard = []
    for server in two_servers:
        async with server.socket("family") as live:
            hello = {"type": "hello", "client": "t", "streams": [{"stream": STREAM}]}
            await live.send(msgspec.json.encode(hello).decode())
            async with asyncio.timeout(30):
                while '"type":"snapshot"' not in (text := str(await live.recv())):
                    pass
            heard.append(text)
    assert heard[0] == heard[1]


def test_the_plan_is_open_to_its_observer_and_to_nobody_from_elsewhere(two_servers: tuple[Server, Server]) -> None:
    path = f"/api/v1/views/{STREAM}"
    answered = {person: two_servers[0].ask("GET", path, person).status_code for person in (*OUTSIDE, *TEAM)}
    assert answered == {"family": 200, "reviewer-1": 403, "reviewer-8": 403, **dict.fromkeys(TEAM, 200)}
    keys = two_servers[0].ask("GET", path, "family").json()["view"].keys()
    assert {"mine:f1", "refinement:q3", "status:groups"} <= keys
    assert not any(key.startswith(("mine:o1", "proposal:", "check-in:", "text:refinement:")) for key in keys)


def test_the_two_plans_do_differ(two_servers: tuple[Server, Server]) -> None:
    """Otherwise the rest would prove nothing."""
    where = [("principal", JSON[0]), ("principal", JSON[1]), ("principal", "/"), ("reviewer-2", JSON[0])]
    for person, path in where:  # who answers proposals, and who made one
        seen = [_fetched(server, person, path)[1] for server in two_servers]
        assert seen[0] != seen[1], f"{person} at {path}"
    for server, words in zip(two_servers, WORDS, strict=True):
        for person in TEAM:
            assert words in _fetched(server, person, JSON[0])[1], person
