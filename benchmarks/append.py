"""Appends to the log against raw inserts of the same rows, on the embedded PostgreSQL, in commands a second.

raw: one prepared single-row INSERT at a time on each of as many connections as there are in flight, at most 32,
from this same process; the table has one key, and there is no order, no boundary, no idempotency and no wake-up.
log: Log.append of one event within a boundary of two types and a stream, decided at the sender's last position.
Both commit durably before they answer. The two take turns; figures are medians of the turns. The ratio is what
counts, and should stay above 0.5 with 32 in flight. p50 and p99 are one append's milliseconds, waiting included.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from uuid import uuid4

from psycopg import AsyncConnection

from benchmarks import table
from daybook.events.core import Match
from daybook.server.embedded import start_postgres, stop_postgres
from daybook.server.log import Log, NewEvent, Proposal
from daybook.server.postgres import migrate

IN_FLIGHT = (1, 8, 32, 200)
CONNECTIONS = 32
TURNS = 5
SECONDS = 0.8
DATA = (
    '{"type":"rating-given","indicator":"CI.2","answer":{"type":"level","level":3},'
    '"rationale":"5f0c3d1a9b7e4c2f8a6d1e3b5c7f9a0b2d4e6f8a1c3e5b7d9f0a2c4e6b8d0f1a"}'
)
CREATE_RAW = """
    CREATE TABLE raw (
        position bigserial PRIMARY KEY, recorded_at timestamptz, type text, tags text[], data text,
        command_id uuid, actor text
    )
"""
INSERT_RAW = """
    INSERT INTO raw (recorded_at, type, tags, data, command_id, actor) VALUES (%s, %s, %s, %s, %s, %s)
"""


class Figures(NamedTuple):
    per_second: float
    p50: float
    p99: float


async def load(senders: int, start: Callable[[int], Awaitable[Callable[[], Awaitable[None]]]]) -> Figures:
    """Let each sender send again as soon as it is answered."""
    sends = [await start(number) for number in range(senders)]
    took: list[float] = []
    end = time.perf_counter() + SECONDS

    async def keep_sending(send: Callable[[], Awaitable[None]]) -> None:
        before = time.perf_counter()
        while before < end:
            await send()
            now = time.perf_counter()
            took.append(now - before)
            before = now

    await asyncio.gather(*map(keep_sending, sends))
    took.sort()
    return Figures(len(took) / SECONDS, took[len(took) // 2] * 1e3, took[len(took) * 99 // 100] * 1e3)


async def raw(connections: list[AsyncConnection[Any]], in_flight: int) -> Figures:
    async def start(number: int) -> Callable[[], Awaitable[None]]:
        connection = connections[number]
        tags = [f"review:{number}", "school:maple"]

        async def send() -> None:
            values = (datetime.now(UTC), "rating-given", tags, DATA, uuid4(), "reviewer-1")
            await connection.execute(INSERT_RAW, values, prepare=True)

        return send

    return await load(min(in_flight, len(connections)), start)


async def appends(log: Log, in_flight: int) -> Figures:
    async def start(number: int) -> Callable[[], Awaitable[None]]:
        stream = f"review:{number}"
        events = (NewEvent("rating-given", (stream, "school:maple"), DATA),)
        boundary = (Match(("ratings-revealed", "review-closed"), (stream,)),)
        after = await log.head()

        async def send() -> None:
            nonlocal after
            proposal = Proposal(uuid4(), bytes(32), "reviewer-1", datetime.now(UTC), events, boundary, after)
            [after] = (await log.append(proposal)).positions

        return send

    return await load(in_flight, start)


async def compare(conninfo: str) -> None:
    connections = [await AsyncConnection.connect(conninfo, autocommit=True) for _ in range(CONNECTIONS)]
    await connections[0].execute(CREATE_RAW)
    turns: dict[int, list[tuple[Figures, Figures]]] = {in_flight: [] for in_flight in IN_FLIGHT}
    async with Log(conninfo, "benchmark") as log:
        for _ in range(TURNS):
            for in_flight in IN_FLIGHT:
                turns[in_flight].append((await raw(connections, in_flight), await appends(log, in_flight)))
    for connection in connections:
        await connection.close()
    rows = []
    for in_flight, pairs in turns.items():
        floor, ours = median(pair[0].per_second for pair in pairs), median(pair[1].per_second for pair in pairs)
        ratio = median(pair[1].per_second / pair[0].per_second for pair in pairs)
        p50, p99 = median(pair[1].p50 for pair in pairs), median(pair[1].p99 for pair in pairs)
        rows.append([str(in_flight), f"{floor:,.0f}", f"{ours:,.0f}", f"{ratio:.2f}", f"{p50:.2f}", f"{p99:.2f}"])
    table(["in flight", "raw/s", "log/s", "ratio", "p50 ms", "p99 ms"], rows)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        conninfo = start_postgres(Path(folder))
        try:
            migrate(conninfo)
            asyncio.run(compare(conninfo))
        finally:
            stop_postgres(Path(folder))
