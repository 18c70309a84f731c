"""Fifty people editing one plan at once, against a plain server that writes one prepared frame to each of them.

Each of fifty leaders has a socket in the plan and words a strategy of their own, again and again; every wording
reaches all fifty. The time of a wording is taken from writing the request until the last socket has it. floor: the
same people send a line to a plain asyncio server (uvloop, as ours), which writes one prepared frame of about the
same size to each socket; it stores nothing, decides nothing and checks nobody. Both are fed at the same rate, and
then, flat out, by people who send again as soon as they have been answered. Figures are medians and 99th percentiles
of all wordings; one client process, the same for both, holds the sockets, so its own work is in both.
"""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast
from uuid import uuid4

import httpx
import uvloop

from benchmarks import table
from benchmarks.fanout import free_port, running, sign_in, wait_for
from daybook.server.database import Database
from daybook.server.embedded import start_postgres, stop_postgres
from daybook.server.identity import Identity, Person

PEOPLE = 50
RATES = (50, 200)
SECONDS = 10
WARM_UP = 1
PLAN = "bench"
SCHOOL = "elm"
FRAME = "640"
WORDS = "then students read new words alone by spring, and say what helped them to, "
_MARK = re.compile(rb"#(\d{7})#")
_LONGEST_MARK = 9
_ANSWER = re.compile(rb"HTTP/1.1 (\d\d\d)[^\r]*\r\n(?:[^\r]+\r\n)*?content-length: (\d+)\r\n", re.IGNORECASE)


class Wordings:
    """When each wording was sent, and when the last socket had it."""

    def __init__(self) -> None:
        self.sent: dict[int, float] = {}
        self.left: dict[int, int] = {}
        self.took: dict[int, float] = {}
        self.number = 0
        self.none_left = asyncio.Event()

    def next(self) -> int:
        self.number += 1
        self.left[self.number] = PEOPLE
        self.none_left.clear()
        self.sent[self.number] = time.perf_counter()
        return self.number

    def seen(self, number: int) -> None:
        if number not in self.left:
            return
        self.left[number] -= 1
        if self.left[number] == 0:
            del self.left[number]
            self.took[number] = time.perf_counter() - self.sent[number]
            if not self.left:
                self.none_left.set()


class Reader(asyncio.Protocol):
    """One person's socket. It looks for marks in the bytes and parses nothing."""

    def __init__(self, wordings: Wordings, request: bytes) -> None:
        self.wordings, self.request = wordings, request
        self.rest = b""
        self.mine: dict[int, asyncio.Future[None]] = {}
        self.open = asyncio.get_running_loop().create_future()
        self.joined = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.open.done():
            self.open.set_result(None)
        if not self.joined.is_set() and b'"type":"snapshot"' in data:
            self.joined.set()
        data = self.rest + data
        end = 0
        for found in _MARK.finditer(data):
            end = found.end()
            number = int(found[1])
            self.wordings.seen(number)
            if number in self.mine:
                self.mine.pop(number).set_result(None)
        self.rest = data[max(end, len(data) - _LONGEST_MARK + 1) :]


class Someone(NamedTuple):
    """A person at work: their number, their socket, and the connection they send on."""

    number: int
    reader: Reader
    answers: asyncio.StreamReader
    requests: asyncio.StreamWriter


Say = Callable[[Someone, int], Awaitable[None]]
"""Send a wording, and wait until it is answered."""


class Ours:
    """The people of a Daybook: each words their own strategy, naming the wording they have read."""

    def __init__(self, port: int, cookies: list[str]) -> None:
        self.port, self.cookies = port, cookies
        self.read = [f"s{n}" for n in range(PEOPLE)]

    def handshake(self, number: int) -> bytes:
        return handshake(self.port, f"Cookie: {self.cookies[number]}\r\n")

    def joins(self, reader: Reader) -> None:
        text = f'{{"type":"hello","client":"b","streams":[{{"stream":"plan:{PLAN}"}}]}}'.encode()
        reader.transport.write(bytes([0x81, 0x80 | len(text)]) + b"\0\0\0\0" + text)

    async def say(self, who: Someone, mark: int) -> None:
        made = f"w-{uuid4().hex}"
        data = (
            f'"plan":"{PLAN}","passage":"strategy:s{who.number}:then","wording":"{made}",'
            f'"text":"{WORDS}#{mark:07}#","replaces":"{self.read[who.number]}"'
        )
        body = f'{{"id":"{uuid4()}","type":"word-passage","data":{{{data}}}}}'
        who.requests.write(
            f"POST /api/v1/commands HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookies[who.number]}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = await who.answers.readuntil(b"\r\n\r\n")
        found = _ANSWER.match(head)
        assert found, head
        answer = await who.answers.readexactly(int(found[2]))
        assert found[1] == b"200", answer
        self.read[who.number] = made


class Plain:
    """The people of the floor."""

    def __init__(self, port: int) -> None:
        self.port = port

    def handshake(self, _number: int) -> bytes:
        return handshake(self.port, "")

    def joins(self, reader: Reader) -> None:
        reader.joined.set()

    async def say(self, who: Someone, mark: int) -> None:
        had = who.reader.mine[mark] = asyncio.get_running_loop().create_future()
        who.requests.write(f"go #{mark:07}#\n".encode())
        await had


def handshake(port: int, headers: str) -> bytes:
    return (
        f"GET /live/v1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n"
    ).encode()


async def gather_people(side: Ours | Plain, wordings: Wordings) -> list[Someone]:
    people = []
    for number in range(PEOPLE):
        made = partial(Reader, wordings, side.handshake(number))
        _, reader = await asyncio.get_running_loop().create_connection(made, "127.0.0.1", side.port)
        await asyncio.wait_for(reader.open, 30)
        side.joins(reader)
        await asyncio.wait_for(reader.joined.wait(), 30)
        people.append(Someone(number, reader, *await asyncio.open_connection("127.0.0.1", side.port)))
    await asyncio.sleep(1)  # presence settles
    return people


async def paced(people: list[Someone], wordings: Wordings, say: Say, rate: int) -> None:
    """Have everyone word something in turn, so many a second; who is not answered yet is late with the next."""
    due: list[asyncio.Task[None] | None] = [None] * PEOPLE
    start = time.perf_counter()

    async def one(who: Someone, before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await before
        await say(who, wordings.next())

    for count in range(rate * (SECONDS + WARM_UP)):
        await asyncio.sleep(max(0.0, start + count / rate - time.perf_counter()))
        place = count % PEOPLE
        due[place] = asyncio.create_task(one(people[place], due[place]))
    await asyncio.gather(*filter(None, due))


async def flat_out(people: list[Someone], wordings: Wordings, say: Say) -> None:
    """Have everyone word something again as soon as they are answered."""
    end = time.perf_counter() + SECONDS + WARM_UP

    async def keep_on(who: Someone) -> None:
        while time.perf_counter() < end:
            await say(who, wordings.next())

    await asyncio.gather(*map(keep_on, people))


class Figures(NamedTuple):
    per_second: float
    p50: float
    p99: float


async def measure(side: Ours | Plain, rate: int | None) -> Figures:
    """Return the wordings a second that reached everyone, and how long they took, in milliseconds."""
    wordings = Wordings()
    people = await gather_people(side, wordings)
    if rate is None:
        await flat_out(people, wordings, side.say)
    else:
        await paced(people, wordings, side.say, rate)
    await asyncio.wait_for(wordings.none_left.wait(), 30)
    for one in people:
        one.reader.transport.close()
        one.requests.close()
    begun = min(wordings.sent.values()) + WARM_UP
    counted = [mark for mark, at in wordings.sent.items() if at >= begun]
    took = sorted(wordings.took[mark] for mark in counted)
    ended = max(wordings.sent[mark] + wordings.took[mark] for mark in counted)
    per_second = len(took) / (ended - begun)
    return Figures(per_second, took[len(took) // 2] * 1e3, took[len(took) * 99 // 100] * 1e3)


async def leaders(conninfo: str) -> list[str]:
    """Make fifty people, and return the cookies of their sessions."""
    database = Database(conninfo)
    await database.open()
    identity = Identity(database, "sample")
    cookies = []
    for number in range(PEOPLE):
        await identity.add_person(Person(f"leader-{number}", f"Leader {number}"))
        cookies.append(f"daybook_session={await identity.start_session(f'leader-{number}', datetime.now(UTC))}")
    await database.close()
    return cookies


def prepare(port: int) -> None:
    """Give the fifty their role, and begin the plan that they write."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"cookie": sign_in(port, "admin")}) as admin:

        def send(client: httpx.Client, kind: str, data: dict[str, object]) -> None:
            answer = client.post("/api/v1/commands", json={"id": str(uuid4()), "type": kind, "data": data})
            assert answer.status_code == 200, answer.text

        for number in range(PEOPLE):
            send(admin, "grant-role", {"person": f"leader-{number}", "role": "school-leader", "school": SCHOOL})
        send(admin, "grant-role", {"person": "principal", "role": "school-leader", "school": SCHOOL})
        admin.headers["cookie"] = sign_in(port, "principal")
        send(admin, "begin-plan", {"plan": PLAN, "school": SCHOOL, "year": datetime.now(UTC).year})
        about = {"rubric": "pif-illustrative-1", "indicators": ["CI.2"], "text": "Readers"}
        send(admin, "add-priority", {"plan": PLAN, "priority": "p", **about})
        for number in range(PEOPLE):
            words = {"title": f"Strategy {number}", "if_": "If we read,", "then": WORDS}
            send(admin, "add-strategy", {"plan": PLAN, "strategy": f"s{number}", "priority": "p", **words})


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="daybook-editing-"))
    port, floor_port = free_port(), free_port()
    os.environ["DATABASE_URL"] = conninfo = start_postgres(folder)
    rows = []
    with (
        running("-m", "daybook.server.cli", "demo", "--port", str(port)),
        running("-m", "benchmarks._floor", str(floor_port), FRAME),
    ):
        wait_for(port)
        wait_for(floor_port)
        prepare(port)
        cookies = asyncio.run(leaders(conninfo))
        plain, daybook = Plain(floor_port), Ours(port, cookies)
        for rate in (*RATES, None):
            floor = uvloop.run(measure(plain, rate))
            ours = uvloop.run(measure(daybook, rate))
            rows.append(
                [
                    "flat out" if rate is None else f"{rate} a second",
                    f"{floor.per_second:,.0f}",
                    f"{ours.per_second:,.0f}",
                    f"{floor.p50:.1f}",
                    f"{ours.p50:.1f}",
                    f"{floor.p99:.1f}",
                    f"{ours.p99:.1f}",
                    f"{ours.p99 / floor.p99:.1f}",
                ]
            )
    stop_postgres(folder)
    headings = ["rate", "floor/s", "daybook/s", "floor p50 ms", "p50 ms", "floor p99 ms", "p99 ms", "p99 ratio"]
    table(headings, rows)
