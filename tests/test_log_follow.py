"""Followers: every event once and in order, whatever becomes of wake-ups and connections."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import psycopg
import pytest

from daybook.server import log as log_module
from daybook.server.log import Log, StoredEvent
from tests.proposals import event, proposal


async def take(pages: AsyncGenerator[list[StoredEvent], None], count: int) -> list[int]:
    positions: list[int] = []
    async with asyncio.timeout(10):
        while len(positions) < count:
            positions += [stored.position for stored in await anext(pages)]
    return positions


def cut(database: str, purpose: str) -> int:
    """Cut the connections of this purpose, and return how many there were."""
    with psycopg.connect(database, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            (f"daybook {purpose}",),
        ).fetchall()
    return len(rows)


async def until(database: str, state: str, count: int) -> None:
    """Wait until so many followers are in this state."""
    question = (
        "SELECT count(*) FROM pg_stat_activity"
        f" WHERE datname = current_database() AND application_name = 'daybook follower' AND {state}"
    )
    async with asyncio.timeout(10), await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        while await (await connection.execute(question)).fetchone() != (count,):
            pass


async def test_what_was_recorded_comes_first_in_pages(log: Log) -> None:
    count = 2 * log_module.PAGE + 1
    await log.append(proposal(*[event()] * count))
    async with aclosing(log.follow(0)) as pages:
        assert [len(await anext(pages)) for _ in range(3)] == [log_module.PAGE, log_module.PAGE, 1]
    async with aclosing(log.follow(count - 2)) as pages:
        assert await take(pages, 2) == [count - 1, count]


async def test_an_append_wakes_a_follower_at_once(log: Log, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "WAIT", 3600.0)
    await log.append(proposal(event()))
    async with aclosing(log.follow(0)) as pages:
        assert await take(pages, 1) == [1]
        waiting = asyncio.create_task(take(pages, 1))
        await until(database, "state = 'idle' AND query NOT LIKE 'LISTEN%'", 1)
        await log.append(proposal(event()))
        assert await waiting == [2]


async def test_an_append_between_two_pages_is_not_slept_through(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "WAIT", 3600.0)
    await log.append(proposal(event()))
    async with aclosing(log.follow(0)) as pages:
        assert await take(pages, 1) == [1]
        await log.append(proposal(event()))
        assert await take(pages, 1) == [2]


async def test_a_lost_wake_up_costs_no_more_than_the_wait(log: Log, database: str) -> None:
    await log.append(proposal(event()))
    async with aclosing(log.follow(0)) as pages:
        assert await take(pages, 1) == [1]
        waiting = asyncio.create_task(take(pages, 1))
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO events SELECT network, 2, recorded_at, type, tags, data, command_id, actor FROM events"
            )
        async with asyncio.timeout(log_module.WAIT + 2):
            assert await waiting == [2]


async def test_a_follower_goes_on_where_its_connection_was_cut(log: Log, database: str) -> None:
    await log.append(proposal(event()))
    async with aclosing(log.follow(0)) as pages:
        assert await take(pages, 1) == [1]
        assert cut(database, "follower") == 1
        await log.append(proposal(event(), event()))
        assert await take(pages, 2) == [2, 3]
        waiting = asyncio.create_task(take(pages, 1))
        await until(database, "state = 'idle'", 1)
        assert cut(database, "follower") == 1
        await log.append(proposal(event()))
        assert await waiting == [4]


async def test_reads_go_on_after_every_connection_was_cut(log: Log, database: str) -> None:
    await log.append(proposal(event()))
    assert await log.head() == 1  # opens a connection, which the pool else does when it comes to it
    assert cut(database, "reader") > 0
    assert await log.head() == 1
    assert len(await log.read()) == 1


async def test_a_follower_that_is_closed_leaves_no_connection(log: Log, database: str) -> None:
    await log.append(proposal(event()))
    async with aclosing(log.follow(0)) as pages:
        await take(pages, 1)
    await until(database, "true", 0)
    waiting = asyncio.create_task(take(log.follow(1), 1))
    await until(database, "state = 'idle'", 1)
    waiting.cancel()
    await asyncio.wait([waiting])
    await until(database, "true", 0)
