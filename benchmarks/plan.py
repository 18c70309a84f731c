"""Opening a plan of 20,000 events and 200 strategies, and comparing two of its versions.

read: the plan's rows are read from the log, decoded, and nothing is done with them. This is the floor.
open: what the first reader after a start waits for: the same rows are read, decoded and folded into the plan's
view, of which a leader's part is encoded as the snapshot that a page or socket gets. Again: what the next one
waits for, when the view is warm. page and page again: the same two by HTTP, as the whole page of the plan, for the
first reader after a start of the server and for the next; MB and MB packed are what it weighs. health and meanwhile:
the longest that a short request waits, with nothing else going on and while the page is made for somebody else.
encode: the views of both versions, written as JSON and nothing more; the floor of comparing them.
compare: what differs between two versions, words by words and what is linked included. Once between
the versions of two quarters, once between the first version and the year's end.
Turns alternate; figures are medians in milliseconds. Opening should stay at or below 4 times the floor.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

import httpx
import msgspec
import psycopg

from benchmarks import table
from benchmarks._year import PLAN, a_year
from benchmarks.fanout import free_port, running, sign_in, wait_for
from daybook.events.people import People
from daybook.events.streams import evolve, initial
from daybook.projections.compare import compare
from daybook.projections.plan_entries import VersionShown
from daybook.projections.view import Entry, Shown, seen
from daybook.server.cli import SAMPLE, ensure_sample
from daybook.server.codec import Codec
from daybook.server.embedded import start_postgres, stop_postgres
from daybook.server.history import room_at
from daybook.server.live import Hub, encode
from daybook.server.log import Log
from daybook.server.postgres import migrate
from daybook.server.protocol import Snapshot

EVENTS = 20_000
STRATEGIES = 200
TURNS = 7
STREAM = f"plan:{PLAN}"
LEADER = "principal"


def fill(conninfo: str) -> None:
    """Write the plan's events and their words in bulk, after those of the sample network."""
    codec, state = Codec(), initial(STREAM)
    with psycopg.connect(conninfo) as connection:
        found = connection.execute("SELECT max(position), max(recorded_at) FROM events").fetchone()
        assert found is not None
        head, at = found
    events = "network, position, recorded_at, type, tags, data, command_id, actor"
    rows, prose = [], []
    for position, event in enumerate(a_year("maple", STRATEGIES, EVENTS), start=head + 1):
        new = codec.encode(event, state)
        state = evolve(state, event)
        when = at + timedelta(milliseconds=position)
        row = (SAMPLE, position, when, new.type, list(new.tags), new.data, UUID(int=position), LEADER)
        rows.append(row)
        prose += [(SAMPLE, kept.commitment, position, kept.salt, kept.text) for kept in new.prose]
    with psycopg.connect(conninfo) as connection:
        with connection.cursor().copy(f"COPY events ({events}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        with connection.cursor().copy("COPY prose (network, commitment, position, salt, text) FROM STDIN") as copy:
            for kept in prose:
                copy.write_row(kept)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE events")


async def people() -> People:
    return People(roles={LEADER: {("school-leader", "maple")}})


async def read(log: Log) -> None:
    codec = Codec()
    stored, _ = await log.read_stream(STREAM)
    assert sum(1 for _ in map(codec.decode, stored)) == EVENTS


async def snapshot(hub: Hub) -> int:
    room, position, audiences = await hub.view(STREAM, LEADER)
    return len(encode(Snapshot(STREAM, position, seen(room.view, audiences))))


def shown(view: Mapping[str, Entry]) -> dict[str, Shown]:
    return {key: entry.value for key, entry in view.items()}


async def openings(log: Log) -> list[str]:
    floor, first, again = [], [], []
    size = 0
    for _ in range(TURNS):
        start = time.perf_counter()
        await read(log)
        floor.append(time.perf_counter() - start)
        hub = Hub(log, Codec(), people)
        start = time.perf_counter()
        size = await snapshot(hub)
        first.append(time.perf_counter() - start)
        start = time.perf_counter()
        await snapshot(hub)
        again.append(time.perf_counter() - start)
    slow, fast = median(first), median(floor)
    figures = [f"{each * 1e3:.0f}" for each in (fast, slow, median(again))]
    return [f"{EVENTS:,}", *figures, f"{slow / fast:.1f}", f"{size / 1e6:.1f}"]


async def comparisons(log: Log) -> list[list[str]]:
    now, _, _ = await room_at(log, Codec(), STREAM, None)
    versions = sorted(e.value.position for e in now.view.values() if isinstance(e.value, VersionShown))
    views = [shown((await room_at(log, Codec(), STREAM, position))[0].view) for position in versions]
    pairs = {"one quarter": (views[2], views[3]), "the year": (views[0], shown(now.view))}
    rows = []
    for name, (before, after) in pairs.items():
        floor, ours = [], []
        differences = 0
        for _ in range(TURNS):
            start = time.perf_counter()
            msgspec.json.encode(before)
            msgspec.json.encode(after)
            floor.append(time.perf_counter() - start)
            start = time.perf_counter()
            differences = len(compare(before, after))
            ours.append(time.perf_counter() - start)
        fast, slow = median(floor), median(ours)
        entries = f"{len(before):,} and {len(after):,}"
        figures = [f"{fast * 1e3:.0f}", f"{slow * 1e3:.0f}", f"{slow / fast:.1f}"]
        rows.append([name, entries, f"{differences:,}", *figures])
    return rows


async def measure(conninfo: str) -> None:
    async with Log(conninfo, SAMPLE) as log:
        row = await openings(log)
        table(["events", "read ms", "open ms", "again ms", "open:read", "snapshot MB"], [row])
        print()
        rows = await comparisons(log)
        table(["between", "entries", "differences", "encode ms", "compare ms", "compare:encode"], rows)


def page(port: int, encoding: str = "gzip") -> tuple[float, int]:
    """Load the plan's page: how long it takes, and how many bytes come."""
    headers = {"cookie": sign_in(port, LEADER), "accept-encoding": encoding}
    start = time.perf_counter()
    with httpx.stream("GET", f"http://127.0.0.1:{port}/plans/{PLAN}", headers=headers, timeout=60) as answer:
        size = sum(map(len, answer.iter_raw()))
        assert answer.status_code == 200
    return time.perf_counter() - start, size


def longest_wait(port: int, until: Callable[[], bool]) -> float:
    """Ask something short again and again, and return the longest time that it took."""
    waits: list[float] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        client.get("/health/live")
        while not waits or not until():
            start = time.perf_counter()
            client.get("/health/live")
            waits.append(time.perf_counter() - start)
    return max(waits)


def pages() -> list[str]:
    first, again, alone, meanwhile = [], [], [], []
    size = packed = 0
    for _ in range(TURNS):
        port = free_port()
        with (
            running("-m", "daybook.server.cli", "demo", "--port", str(port)),
            ThreadPoolExecutor() as beside,
        ):
            wait_for(port)
            time.sleep(2)  # the follower has told the stored views of the plan
            took, packed = page(port)
            first.append(took)
            took, size = page(port, "identity")
            again.append(took)
            made = beside.submit(page, port)
            meanwhile.append(longest_wait(port, made.done))
            quiet = beside.submit(time.sleep, made.result()[0])
            alone.append(longest_wait(port, quiet.done))
    times = [f"{median(each) * 1e3:.0f}" for each in (first, again)]
    waits = [f"{median(each) * 1e3:.1f}" for each in (alone, meanwhile)]
    return [f"{EVENTS:,}", *times, f"{size / 1e6:.1f}", f"{packed / 1e6:.2f}", *waits]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="daybook-plan-"))
    os.environ["DATABASE_URL"] = conninfo = start_postgres(folder)
    migrate(conninfo)
    asyncio.run(ensure_sample(conninfo, datetime.now(UTC).date()))
    fill(conninfo)
    asyncio.run(measure(conninfo))
    print()
    columns = ["events", "page ms", "page again ms", "MB", "MB packed", "health ms", "meanwhile ms"]
    table(columns, [pages()])
    stop_postgres(folder)
