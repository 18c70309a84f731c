"""The stored views: what runs and what is rebuilt are the same, whoever leads, whatever is cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg

from daybook.server.cli import SAMPLE
from daybook.server.codec import Codec
from daybook.server.database import Database
from daybook.server.log import Log
from daybook.server.rebuild import rebuild
from daybook.server.stored import Projector, Stored
from tests.small_network import Sender

Tables = tuple[list[Any], list[Any], list[Any]]


def tables(conninfo: str) -> Tables:
    """Return all that is stored."""
    with psycopg.connect(conninfo) as connection:
        return (
            connection.execute("SELECT * FROM view_entries ORDER BY network, key").fetchall(),
            connection.execute("SELECT * FROM view_timeline ORDER BY network, position").fetchall(),
            connection.execute("SELECT * FROM view_positions ORDER BY network").fetchall(),
        )


@asynccontextmanager
async def projected(conninfo: str, leaders: int = 1) -> AsyncIterator[tuple[Log, Stored]]:
    """Run projectors on the sample network until they have caught up, and while the block runs."""
    database = Database(conninfo)
    await database.open()
    async with Log(conninfo, SAMPLE) as log:
        stored = Stored(database, SAMPLE, log)
        tasks = [asyncio.create_task(Projector(conninfo, SAMPLE, log, Codec()).run()) for _ in range(leaders)]
        try:
            await reach(stored, await log.head())
            yield log, stored
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await database.close()


async def reach(stored: Stored, position: int) -> None:
    """Wait until the views are complete to a position."""
    async with asyncio.timeout(30):
        while await stored.position() < position:
            await stored.catch_up()


async def rename(sender: Sender, names: list[str]) -> None:
    """Change something that the views show."""
    for name in names:
        await sender.send("admin", "rename-school", school="maple", name=name)


async def test_a_rebuilt_view_equals_the_running_one(sample: str) -> None:
    async with projected(sample):
        pass
    running = tables(sample)
    told: list[tuple[int, int]] = []
    reached = rebuild(sample, SAMPLE, lambda done, of: told.append((done, of)))
    assert tables(sample) == running
    assert told[-1] == (reached, reached)
    assert len(running[1]) == reached


async def test_a_rebuild_leaves_other_networks_alone_and_comes_back_again(sample: str) -> None:
    async with projected(sample):
        pass
    with psycopg.connect(sample) as connection:
        connection.execute("INSERT INTO view_entries VALUES ('other', 'school:x', '{}', '{list:schools}')")
        connection.execute("INSERT INTO view_timeline VALUES ('other', 1, '{audience:room}')")
    before = tables(sample)
    for _ in range(2):
        rebuild(sample, SAMPLE, lambda _done, _of: None)
        assert tables(sample) == before


async def test_a_rebuild_beside_a_running_projector_loses_and_repeats_nothing(sample: str) -> None:
    async with projected(sample) as (log, stored):
        renames = asyncio.create_task(rename(Sender(log, Codec()), [f"Maple {n}" for n in range(60)]))
        await asyncio.to_thread(rebuild, sample, SAMPLE, lambda _done, _of: None)
        await renames
        await reach(stored, await log.head())
        running = tables(sample)
        assert [row[1] for row in running[1]] == list(range(1, await log.head() + 1))
    rebuild(sample, SAMPLE, lambda _done, _of: None)
    assert tables(sample) == running


async def test_when_the_leader_is_cut_off_another_goes_on(sample: str) -> None:
    async with projected(sample, leaders=2) as (log, stored):
        sender = Sender(log, Codec())
        with psycopg.connect(sample, autocommit=True) as connection:
            for number in range(5):
                with suppress(psycopg.Error):
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE application_name = 'daybook projector' AND datname = current_database()"
                    )
                await rename(sender, [f"Maple {number}"])
        await reach(stored, await log.head())
        running = tables(sample)
    assert [row[1] for row in running[1]] == list(range(1, running[2][0][1] + 1))
    rebuild(sample, SAMPLE, lambda _done, _of: None)
    assert tables(sample) == running
