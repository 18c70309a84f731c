"""Appends to the log against raw inserts of the same rows, on the embedded PostgreSQL, in commands a second.

pgbench: raw single-row INSERTs by PostgreSQL's own load generator, a C program, prepared, one connection for each
in flight but at most 32. The table has one key, and no order, boundary, idempotency or wake-up. This is the floor.
raw: the same INSERTs from Python, one psycopg connection for each in flight but at most 32.
log: Log.append of one event within a boundary of two types and a stream, decided at the sender's last position.
All three commit durably before they answer, and take turns; figures are medians of the turns. The ratio is log to
pgbench: what order, boundaries, idempotency and Python cost together. It should stay above 0.5 with 32 in flight.
p50 and p99 are the milliseconds of one append, its wait for the others of its batch included.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from uuid import uuid4

from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict

from benchmarks import table
from daybook.events.core import Match
from daybook.server.embedded import programs, start_postgres, stop_postgres
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
COLUMNS = "INSERT INTO raw (recorded_at, type, tags, data, command_id, actor) VALUES"
INSERT_RAW = f"{COLUMNS} (%s, %s, %s, %s, %s, %s)"
# pgbench takes a colon before a letter for a variable, in literals too; it needs data of the same length, not the same.
PGBENCH = f"""
\\set review random(1, 200)
{COLUMNS} (
    now(), 'rating-given', ARRAY['review-' || :review, 'school-maple'], '{DATA.replace(":", "-")}',
    gen_random_uuid(), 'reviewer-1'
);
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


async def pgbench(conninfo: str, script: Path, in_flight: int) -> float:
    where = conninfo_to_dict(conninfo)
    clients = min(in_flight, CONNECTIONS)
    process = await asyncio.create_subprocess_exec(
        programs() / "pgbench",
        *("--no-vacuum", "--protocol=prepared", f"--client={clients}", f"--jobs={min(clients, 2)}", "--time=1"),
        *(f"--file={script}", f"--host={where['host']}", f"--username={where['user']}", str(where["dbname"])),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    if process.returncode or not (found := re.search(rb"tps = ([0-9.]+)", output)):
        raise RuntimeError(errors.decode())
    return float(found[1])


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


class Turn(NamedTuple):
    pgbench: float
    raw: Figures
    log: Figures


async def compare(conninfo: str, script: Path) -> None:
    connections = [await AsyncConnection.connect(conninfo, autocommit=True) for _ in range(CONNECTIONS)]
    await connections[0].execute(CREATE_RAW)
    turns: dict[int, list[Turn]] = {in_flight: [] for in_flight in IN_FLIGHT}
    async with Log(conninfo, "benchmark") as log:
        for _ in range(TURNS):
            for in_flight in IN_FLIGHT:
                turn = Turn(
                    await pgbench(conninfo, script, in_flight),
                    await raw(connections, in_flight),
                    await appends(log, in_flight),
                )
                turns[in_flight].append(turn)
    for connection in connections:
        await connection.close()
    rows = []
    for in_flight, taken in turns.items():
        figures = [
            f"{median(turn.pgbench for turn in taken):,.0f}",
            f"{median(turn.raw.per_second for turn in taken):,.0f}",
            f"{median(turn.log.per_second for turn in taken):,.0f}",
            f"{median(turn.log.per_second / turn.pgbench for turn in taken):.2f}",
            f"{median(turn.log.p50 for turn in taken):.2f}",
            f"{median(turn.log.p99 for turn in taken):.2f}",
        ]
        rows.append([str(in_flight), *figures])
    table(["in flight", "pgbench/s", "raw/s", "log/s", "log:pgbench", "p50 ms", "p99 ms"], rows)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        conninfo = start_postgres(Path(folder))
        try:
            migrate(conninfo)
            script = Path(folder, "insert.sql")
            script.write_text(PGBENCH)
            asyncio.run(compare(conninfo, script))
        finally:
            stop_postgres(Path(folder))
