"""Many clients on bad networks, and a server that dies: nothing diverges, each command has one effect."""

import asyncio
import random
import socket as sockets
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import psycopg
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from daybook.server.protocol import TOO_SLOW
from tests.live_client import Believed
from tests.server_fixtures import MAPLE, Server, Start

STREAM = f"review:{MAPLE}"
FOCUS = ("CI.1", "CI.2", "CI.3", "SC.1")
TEXT = "Students explained their answers to a partner. " * 200
"""Long enough that 700 of them fill every buffer between a server and a client that has stopped reading."""
NOTE = {"source": "data", "stance": "supports", "indicators": ["CI.1"], "text": "Seen."}
LOST = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, EOFError)


def hello(after: int | None) -> str:
    """Say hello, from nothing or from a position."""
    subscription = {"stream": STREAM, "after": after}
    return msgspec.json.encode({"type": "hello", "client": uuid4().hex, "streams": [subscription]}).decode()


class Viewer:
    """Someone who follows the room over connections that break."""

    def __init__(self, server: Server, person: str, seed: int) -> None:
        self.server, self.person = server, person
        self.choice = random.Random(seed)
        self.believed = Believed(STREAM)
        self.reached = asyncio.Event()
        self.until: int | None = None

    def _check(self) -> None:
        if self.until is not None and self.believed.position is not None and self.believed.position >= self.until:
            self.reached.set()

    def wait_for(self, position: int) -> None:
        """Stop breaking connections, and tell when this position is reached."""
        self.until = position
        self._check()

    async def follow(self) -> None:
        """Connect, read for a while, break off, and come back, for ever."""
        while True:
            with suppress(*LOST):
                async with self.server.socket(self.person, open_timeout=10, close_timeout=1) as live:
                    await live.send(hello(self.believed.position))
                    await self._read(live)
            await asyncio.sleep(self.choice.uniform(0, 0.05))

    async def _read(self, live: Any) -> None:
        while True:
            patience = None if self.until is not None else self.choice.uniform(0.05, 1.5)
            async with asyncio.timeout(patience):
                text = await live.recv()
            self.believed.take(str(text))
            self._check()
            if self.believed.gap:
                await live.send(hello(self.believed.position))
            if self.until is None and self.choice.random() < 0.02:
                live.transport.abort()


async def insist(server: Server, person: str, choice: random.Random, envelope: dict[str, Any]) -> int:
    """Send a command until it is answered, now and then hanging up before the answer, or sending it twice."""
    while True:
        try:
            async with server.async_client(person) as client:
                patience = choice.choice([0.005, 0.02, 10, 10])
                answer = await asyncio.wait_for(client.post("/api/v1/commands", json=envelope), patience)
                if choice.random() < 0.1:
                    answer = await client.post("/api/v1/commands", json=envelope)
            if answer.status_code != 503:
                return answer.status_code
        except (httpx.TransportError, TimeoutError):
            pass
        await asyncio.sleep(0.05)


async def work(server: Server, person: str, seed: int, sent: list[str]) -> None:
    """Rate, change one's mind, and note evidence."""
    choice = random.Random(seed)
    for number in range(12):
        code = choice.choice(FOCUS)
        data: dict[str, Any] = {"review": MAPLE}
        if choice.random() < 0.5:
            kind = "give-rating"
            data |= {"indicator": code, "answer": choice.randint(1, 4)}
        else:
            kind = "add-evidence"
            data |= {"evidence": f"e-{person}-{number}", "indicators": [code], "text": f"Seen by {person}, {number}."}
            data |= {"source": "observation", "stance": "supports"}
        id = str(uuid4())
        assert await insist(server, person, choice, {"id": id, "type": kind, "data": data}) == 200
        sent.append(id)


@pytest.mark.parametrize("workers", [1, 2])
async def test_fifty_clients_on_bad_networks_agree_in_the_end(sample: str, start: Start, workers: int) -> None:
    server = start("demo", "--workers", str(workers), conninfo=sample)
    server.do("facilitator", "open-review", review=MAPLE)
    reviewers = [f"reviewer-{n}" for n in range(1, 9)]
    people = [*reviewers, "facilitator", "auditor", "principal", "family"]
    viewers = [Viewer(server, people[n % len(people)], n) for n in range(50)]
    for person in people:
        server.token(person)
    following = [asyncio.create_task(viewer.follow()) for viewer in viewers]
    sent: list[str] = []
    try:
        await asyncio.gather(*(work(server, person, seed, sent) for seed, person in enumerate(reviewers)))
        server.do("facilitator", "join-review", review=MAPLE)  # the last patch, for everybody
        head = server.client("facilitator").get(f"/api/v1/views/{STREAM}").json()["position"]
        for viewer in viewers:
            viewer.wait_for(head)
        async with asyncio.timeout(60):
            await asyncio.gather(*(viewer.reached.wait() for viewer in viewers))
    finally:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    for viewer in viewers:
        fresh = server.client(viewer.person).get(f"/api/v1/views/{STREAM}").json()["view"]
        assert viewer.believed.view == fresh, viewer.person
    with psycopg.connect(sample) as connection:
        made = connection.execute(
            "SELECT command_id::text, count(*) FROM events WHERE command_id::text = ANY (%s) GROUP BY 1", (sent,)
        ).fetchall()
        places = connection.execute("SELECT count(*), max(position) FROM events").fetchone()
    assert all(count == 1 for _, count in made)
    assert places is not None
    assert places[0] == places[1], "positions have gaps"


async def test_a_server_that_is_killed_loses_nothing_that_it_acknowledged(sample: str, start: Start) -> None:
    server = start("demo", conninfo=sample)
    server.do("facilitator", "open-review", review=MAPLE)
    acknowledged: list[str] = []
    enough = asyncio.Event()
    for round_ in range(3):
        kept = f"e-round-{round_}"
        tasks = [
            asyncio.create_task(_keep_noting(server, f"reviewer-{n}", f"{kept}-{n}", acknowledged, enough))
            for n in range(1, 5)
        ]
        enough.clear()
        await asyncio.wait_for(enough.wait(), 60)
        server.kill()
        await asyncio.gather(*tasks)
        server.start_again()
    view = server.client("facilitator").get(f"/api/v1/views/{STREAM}").json()["view"]
    assert [item for item in acknowledged if f"evidence:{item}" not in view] == []


async def _keep_noting(server: Server, person: str, item: str, acknowledged: list[str], enough: asyncio.Event) -> None:
    """Note evidence until the server is gone; keep what it acknowledged. Forty by one person are enough."""
    with suppress(httpx.TransportError):
        async with server.async_client(person) as client:
            for number in range(10_000):
                evidence = f"{item}-{number}"
                data = {"review": MAPLE, "evidence": evidence, **NOTE}
                envelope = {"id": str(uuid4()), "type": "add-evidence", "data": data}
                answer = await client.post("/api/v1/commands", json=envelope)
                if answer.status_code == 200:
                    acknowledged.append(evidence)
                if number == 40:
                    enough.set()


async def _stalled(server: Server) -> ClientConnection:
    """Join the room and then read nothing, with small buffers to fill."""
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4_096)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", server.port))
    live = await server.socket("reviewer-1", sock=raw, max_queue=1, ping_interval=None)
    await live.send(hello(None))
    live.transport.pause_reading()
    return live


async def _read_to_the_end(live: ClientConnection) -> None:
    async with asyncio.timeout(30):
        while True:
            await live.recv()


async def test_three_stalled_sockets_cost_the_others_nothing(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    stalled = [await _stalled(demo) for _ in range(3)]
    good = [Viewer(demo, f"reviewer-{n}", n) for n in range(2, 8)]
    for viewer in good:
        viewer.wait_for(1 << 40)
    following = [asyncio.create_task(viewer.follow()) for viewer in good]
    try:
        async with demo.async_client("reviewer-8") as client:
            for number in range(700):
                data = {"review": MAPLE, "evidence": f"e-{number}", **NOTE, "text": TEXT}
                envelope = {"id": str(uuid4()), "type": "add-evidence", "data": data}
                answer = await client.post("/api/v1/commands", json=envelope)
                assert answer.status_code == 200
        head = answer.json()["positions"][-1]
        for viewer in good:
            viewer.wait_for(head)
        async with asyncio.timeout(30):
            await asyncio.gather(*(viewer.reached.wait() for viewer in good))
    finally:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    fresh = demo.client("reviewer-2").get(f"/api/v1/views/{STREAM}").json()["view"]
    for viewer in good:
        notes = {key: value for key, value in viewer.believed.view.items() if key.startswith("evidence:")}
        assert notes == {key: value for key, value in fresh.items() if key.startswith("evidence:")}
        # None of them had to be sent a second snapshot: they kept up all the while.
        assert sum('"type":"snapshot"' in text for text in viewer.believed.frames) == 1
    for live in stalled:
        live.transport.resume_reading()
        with pytest.raises(ConnectionClosed) as closed:
            await _read_to_the_end(live)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == TOO_SLOW
