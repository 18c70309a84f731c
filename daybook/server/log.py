"""The log of one network: append under a boundary, read, and follow.

Beneath the codec: it knows tags, JSON text and prose, and no event classes. Positions count from 1 without gaps in
the order of commits, so a reader that has seen position n has seen everything up to n. The fact a newcomer would
get wrong: a stream is an index over the log, the events whose first tag is its name, not a thing of its own.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

import msgspec
import psycopg
from psycopg import AsyncConnection, sql
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from daybook.events.core import Boundary, Match
from daybook.server.append import (
    Appended,
    CommandIdReused,
    Conflict,
    LogUnavailable,
    NewEvent,
    Proposal,
    ProseRow,
    Writer,
    commit_prose,
    positions_between,
)
from daybook.server.postgres import become_app, connect, settings

__all__ = [
    "Appended",
    "CommandIdReused",
    "Conflict",
    "Log",
    "LogUnavailable",
    "NewEvent",
    "Proposal",
    "ProseRow",
    "StoredEvent",
    "commit_prose",
]

PAGE = 1_000  # events of one page of a follower
WAIT = 2.0  # seconds a follower waits for a wake-up before it looks for itself
_LONGEST_PAUSE = 5.0  # seconds between attempts to reach a lost database
_LOG = logging.getLogger(__name__)

# The statements below are put together from constants alone.
_COLUMNS = """
    e.position, e.recorded_at, e.type, e.tags, e.data, e.command_id, e.actor, (
        SELECT jsonb_object_agg(p.commitment, p.text) FROM prose AS p
        WHERE p.network = e.network AND p.position = e.position
    )
"""
_READ = f"""
    SELECT {_COLUMNS} FROM events AS e
    WHERE e.network = %(network)s AND e.position > %(after)s AND e.position <= %(upto)s
    ORDER BY e.position LIMIT %(limit)s
"""  # noqa: S608
_READ_WITHIN = f"""
    SELECT {_COLUMNS} FROM events AS e
    WHERE e.network = %(network)s AND e.position > %(after)s AND e.position <= %(upto)s AND EXISTS (
        SELECT FROM json_to_recordset(%(boundary)s) AS m (types text[], tags text[])
        WHERE falls_within(e.type, e.tags, m.types, m.tags)
    )
    ORDER BY e.position LIMIT %(limit)s
"""  # noqa: S608
# One statement, hence one snapshot: nothing can come between the events and the head they are complete to.
_READ_STREAM = f"""
    WITH head AS MATERIALIZED (
        SELECT least(coalesce(max(position), 0), %(upto)s) AS position FROM events WHERE network = %(network)s
    )
    SELECT head.position, {_COLUMNS}
    FROM head LEFT JOIN events AS e
        ON e.network = %(network)s AND e.tags[1] = %(stream)s
        AND e.position > %(after)s AND e.position <= head.position
    ORDER BY e.position
"""  # noqa: S608
_READ_GATHERED = f"""
    WITH head AS MATERIALIZED (
        SELECT coalesce(max(position), 0) AS position FROM events WHERE network = %(network)s
    )
    SELECT head.position, {_COLUMNS}
    FROM head LEFT JOIN events AS e
        ON e.network = %(network)s AND e.tags[2] = %(tag)s AND e.type IN ({{types}})
        AND e.position > %(after)s AND e.position <= head.position
    ORDER BY e.position
"""  # noqa: S608
_READ_POSITIONS = f"""
    SELECT {_COLUMNS} FROM unnest(%(positions)s::bigint[]) WITH ORDINALITY AS wanted (position, place)
    JOIN events AS e ON e.network = %(network)s AND e.position = wanted.position
    ORDER BY wanted.place
"""  # noqa: S608
_END = 2**63 - 1


class StoredEvent(NamedTuple):
    """An event as the tables hold it. `prose`: the texts that are still there, by commitment; None when none is."""

    position: int
    at: datetime
    type: str
    tags: tuple[str, ...]
    data: str
    command: UUID
    actor: str
    prose: dict[str, str] | None


class Log:
    """One network's log. Open it before use; any number of tasks may share it."""

    def __init__(self, conninfo: str, network: str) -> None:
        self._conninfo = conninfo
        self._network = network
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
            settings(conninfo),
            min_size=1,
            max_size=8,
            timeout=3,  # seconds until a request is told that the database is away
            kwargs={"application_name": "daybook reader"},
            configure=become_app,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )
        self._writer: Writer | None = None

    async def open(self) -> None:
        """Connect, and found the network if this is its first use. Needs a migrated database."""
        try:
            connection = await connect(self._conninfo, "opening")
        except psycopg.OperationalError as error:
            raise LogUnavailable("the database is not answering") from error
        async with connection:
            await connection.execute("INSERT INTO networks (id) VALUES (%s) ON CONFLICT DO NOTHING", (self._network,))
        await self._pool.open()
        self._writer = Writer(self._conninfo, self._network)

    async def close(self) -> None:
        """Write what is waiting, then disconnect. Followers are closed by whoever runs them."""
        if self._writer is not None:
            await self._writer.close()
        await self._pool.close()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def append(self, proposal: Proposal) -> Appended:
        """Record what a command came to, durably, and return its positions.

        A known id with the same fingerprint is answered as the first time, and its boundary is not looked at.
        Raises Conflict, CommandIdReused or LogUnavailable; and psycopg.DataError for text that cannot be stored.
        """
        if self._writer is None:
            raise LogUnavailable("the log is not open")
        return await self._writer.append(proposal)

    async def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        [(head,)] = await self._fetch("SELECT coalesce(max(position), 0) FROM events WHERE network = %(network)s")
        return int(head)

    async def read(
        self, boundary: Boundary = (), *, after: int = 0, upto: int | None = None, limit: int | None = None
    ) -> list[StoredEvent]:
        """Return the events within the boundary in order; all, when it is empty.

        With a boundary, every event between `after` and `upto` is looked at.
        """
        rows = await self._fetch(
            _READ_WITHIN if boundary else _READ,
            boundary=msgspec.json.encode(boundary).decode(),
            after=after,
            upto=_END if upto is None else upto,
            limit=limit,
        )
        return [_stored(row) for row in rows]

    async def read_stream(
        self, stream: str, *, after: int = 0, upto: int | None = None
    ) -> tuple[list[StoredEvent], int]:
        """Return a stream's events in order, and the position up to which they are complete: the head, or `upto`."""
        rows = await self._fetch(_READ_STREAM, stream=stream, after=after, upto=_END if upto is None else upto)
        return [_stored(row[1:]) for row in rows if row[1] is not None], rows[0][0]

    async def read_gathered(self, match: Match, *, after: int = 0) -> tuple[list[StoredEvent], int]:
        """Return the events of these types that have a tag in second place, and the position they are complete to.

        The types are written out in the statement, as an index over a few types serves no other statement.
        """
        [tag] = match.tags
        types = sql.SQL(", ").join(map(sql.Literal, match.types))
        rows = await self._fetch(sql.SQL(_READ_GATHERED).format(types=types), tag=tag, after=after)
        return [_stored(row[1:]) for row in rows if row[1] is not None], rows[0][0]

    async def read_positions(self, positions: Sequence[int]) -> list[StoredEvent]:
        """Return the events at these positions, in the order given."""
        rows = await self._fetch(_READ_POSITIONS, positions=list(positions))
        return [_stored(row) for row in rows]

    async def follow(self, after: int) -> AsyncGenerator[list[StoredEvent], None]:
        """Yield every event after `after` in pages, in order and without gaps, for ever.

        Listen first, read second: an event between the two wakes us for nothing; in the other order it would lie
        unseen until the next. A wake-up that never arrives costs at most `WAIT` seconds, as does none at all
        from a lost connection, which is made anew. Close the generator to stop.
        """
        failures = 0
        while True:
            try:
                connection = await connect(self._conninfo, "follower")
                try:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(f"log:{self._network}")))
                    while True:
                        page = await self._page(connection, after)
                        failures = 0
                        if page:
                            after = page[-1].position
                            yield page
                        if len(page) < PAGE:
                            async for _ in connection.notifies(timeout=WAIT, stop_after=1):
                                pass
                finally:
                    await connection.close()
            except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError) as error:
                pause = min(_LONGEST_PAUSE, 0.1 * 2**failures)
                failures = min(failures + 1, 10)
                _LOG.warning(
                    "a follower of %s lost the database, trying again in %.1f s: %s", self._network, pause, error
                )
                await asyncio.sleep(pause)

    async def find_command(self, id: UUID, fingerprint: bytes | None = None) -> tuple[int, ...] | None:
        """Return the positions that a known command made, None for an unknown one.

        Raises CommandIdReused when the id belongs to a command with another fingerprint than this one.
        """
        rows = await self._fetch(
            """
            SELECT first_position, last_position, fingerprint FROM commands
            WHERE network = %(network)s AND command_id = %(id)s
            """,
            id=id,
        )
        if not rows:
            return None
        first, last, known = rows[0]
        if fingerprint is not None and known not in (None, fingerprint):  # None: it went with prose that was erased
            raise CommandIdReused
        return positions_between(first, last)

    async def erase(self, commitments: Sequence[str]) -> None:
        """Delete texts and salts, for good. Append the fact of it first: doing this again is harmless."""
        await self._fetch("SELECT erase_prose(%(network)s, %(commitments)s)", commitments=list(commitments))

    async def epoch(self) -> UUID:
        """Return which life of the database this is. Positions of another epoch mean nothing here."""
        [(epoch,)] = await self._fetch("SELECT epoch FROM networks WHERE id = %(network)s")
        return UUID(str(epoch))

    async def _page(self, connection: AsyncConnection[Any], after: int) -> list[StoredEvent]:
        cursor = connection.cursor(binary=True)
        await cursor.execute(
            _READ, {"network": self._network, "after": after, "upto": _END, "limit": PAGE}, prepare=True
        )
        return [_stored(row) for row in await cursor.fetchall()]

    async def _fetch(self, query: str | sql.Composed, **params: object) -> list[tuple[Any, ...]]:
        async with self._reader() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(query, {"network": self._network, **params})
            return await cursor.fetchall()

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[AsyncConnection[Any]]:
        try:
            async with self._pool.connection() as connection:
                yield connection
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
            raise LogUnavailable("the database is not answering") from error


def _stored(row: Sequence[Any]) -> StoredEvent:
    position, at, type_, tags, data, command, actor, prose = row
    return StoredEvent(position, at, type_, tuple(tags), data, command, actor, prose)
