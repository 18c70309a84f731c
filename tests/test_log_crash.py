"""Killed processes, cut connections and lost acknowledgements: nothing is lost, nothing is recorded twice."""

import asyncio
import random
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from daybook.server.log import Appended, Log, LogUnavailable, StoredEvent
from tests.proposals import event, proposal

WORKERS = 3
BLOWS = 12
EVENTS_BETWEEN_BLOWS = 200


class Proxy:
    """Stands between a client and the server. While `deaf`, it swallows the server's next answer and hangs up."""

    deaf = False

    def __init__(self, server: str) -> None:
        where = conninfo_to_dict(server)
        self._host, self._port = str(where["host"]), where.get("port") or "5432"

    @asynccontextmanager
    async def listening(self, folder: Path) -> AsyncIterator[None]:
        server = await asyncio.start_unix_server(self._accept, folder / ".s.PGSQL.5432")
        yield
        server.close()
        await server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._host.startswith("/"):
            up_reader, up_writer = await asyncio.open_unix_connection(f"{self._host}/.s.PGSQL.{self._port}")
        else:
            up_reader, up_writer = await asyncio.open_connection(self._host, int(self._port))
        await asyncio.gather(self._pass(reader, up_writer), self._pass(up_reader, writer, answers=True))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers: bool = False) -> None:
        with suppress(ConnectionError):
            while (data := await reader.read(65536)) and not (answers and self.deaf):
                writer.write(data)
                await writer.drain()
        writer.close()


async def test_a_lost_acknowledgement_is_found_again_by_sending_again(
    database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("p")
    proxy = Proxy(database)
    async with proxy.listening(folder), Log(make_conninfo(database, host=str(folder), port=5432), "network") as log:
        await log.append(proposal(event()))
        given = proposal(event(), event())
        proxy.deaf = True
        with pytest.raises(LogUnavailable):
            await log.append(given)
        proxy.deaf = False
        with psycopg.connect(database) as connection:
            row = connection.execute("SELECT count(*) FROM events WHERE command_id = %s", (given.command,)).fetchone()
        assert row == (2,)
        assert await log.append(given) == Appended((2, 3), repeated=True)


async def test_when_the_writer_is_cut_off_its_batch_fails_and_the_next_is_written(log: Log, database: str) -> None:
    given = [proposal(event()), proposal(event())]
    holder = await psycopg.AsyncConnection.connect(database)
    async with holder:
        await holder.execute("SELECT pg_advisory_xact_lock(hashtextextended('log:network', 0))")
        sent = [asyncio.create_task(log.append(one)) for one in given]
        waiting = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'daybook writer' AND wait_event_type = 'Lock'"
        )
        async with asyncio.timeout(10):
            while not await (await holder.execute(waiting)).fetchall():
                await holder.execute("SELECT pg_stat_clear_snapshot()")
        answers = await asyncio.gather(*sent, return_exceptions=True)
        assert [type(answer) for answer in answers] == [LogUnavailable, LogUnavailable]
        assert await log.head() == 0
    assert await log.append(given[0]) == Appended((1,), repeated=False)


async def test_a_caller_that_gives_up_does_not_disturb_others(log: Log, database: str) -> None:
    async with await psycopg.AsyncConnection.connect(database) as holder:
        await holder.execute("SELECT pg_advisory_xact_lock(hashtextextended('log:network', 0))")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(log.append(given := proposal(event())), 0.01)
        others = [asyncio.create_task(log.append(proposal(event()))) for _ in range(2)]
        await asyncio.sleep(0)
        others[0].cancel()
    assert await others[1] == Appended((2,), repeated=False)
    assert await log.append(given) == Appended((1,), repeated=True)


async def test_closing_writes_what_is_waiting(database: str) -> None:
    async with Log(database, "network") as log:
        sent = [asyncio.create_task(log.append(proposal(event()))) for _ in range(3)]
        await asyncio.sleep(0)
    assert [await one for one in sent] == [Appended((position,), repeated=False) for position in (1, 2, 3)]
    with pytest.raises(LogUnavailable):
        await log.append(proposal(event()))


async def test_no_database_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable):
        await Log(make_conninfo("", host=str(tmp_path), dbname="daybook"), "network").open()


async def test_killed_writers_lose_nothing_and_record_nothing_twice(log: Log, database: str, tmp_path: Path) -> None:
    chance = random.Random(7)
    files: list[Path] = []
    workers: list[tuple[subprocess.Popen[bytes], Path]] = []

    def start() -> None:
        files.append(file := tmp_path / str(len(files)))
        file.touch()
        workers.append((subprocess.Popen([sys.executable, "-m", "tests.log_worker", database, str(file)]), file))

    def kill() -> None:
        process, _ = workers.pop(chance.randrange(len(workers)))
        process.kill()
        process.wait()

    seen: list[StoredEvent] = []
    try:
        for _ in range(WORKERS):
            start()
        async with asyncio.timeout(60), aclosing(log.follow(0)) as pages:
            for blow in range(BLOWS):
                goal = len(seen) + EVENTS_BETWEEN_BLOWS
                while len(seen) < goal or not all(file.stat().st_size for _, file in workers):
                    seen += await anext(pages)
                    assert all(process.poll() is None for process, _ in workers), "a worker has failed"
                if blow % 3 == 0:
                    kill()
                    start()
                else:
                    await cut_some(database, chance)
    finally:
        while workers:
            kill()
    await log.append(proposal(event(type="last")))  # after whatever the server was still writing for the dead
    recorded = await log.read()

    assert [stored.position for stored in recorded] == list(range(1, len(recorded) + 1))
    assert seen == recorded[: len(seen)]
    by_command = Counter(stored.command for stored in recorded)
    acknowledged = [line.split() for file in files for line in file.read_text().splitlines()]
    assert len(acknowledged) > EVENTS_BETWEEN_BLOWS
    for command, first, last in acknowledged:
        own = recorded[int(first) - 1 : int(last)]
        assert {stored.command for stored in own} == {UUID(command)}
        assert by_command[UUID(command)] == len(own)
    claims = Counter(stored.tags for stored in recorded if stored.type == "claimed")
    assert claims
    assert set(claims.values()) == {1}


async def cut_some(database: str, chance: random.Random) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        found = await connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name IN ('daybook writer', 'daybook follower') ORDER BY pid"
        )
        pids = [pid for (pid,) in await found.fetchall()]
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", (chance.sample(pids, min(2, len(pids))),)
        )
