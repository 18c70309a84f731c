"""Views across streams, stored in Postgres: the network's lists and standing ratings, and the timeline.

One process leads, by advisory lock, and the others stand by. A batch of events becomes one
transaction that changes entries, timeline lines and the position together, so a reader never sees
half of it and a crash repeats nothing. The leader also erases the words that redactions name.
`rebuild` folds the whole log into tables beside these and swaps them; the result is the same, entry
for entry.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import msgspec
import psycopg
from psycopg import AsyncConnection

from daybook.events.core import Recorded, stored_name
from daybook.events.streams import REDACTIONS, redacts
from daybook.projections import network as network_view
from daybook.projections import timeline
from daybook.projections.network import ReviewListed, RubricListed, SchoolListed, StandingRating
from daybook.projections.network_plans import OutcomesListed, PlanListed
from daybook.projections.view import Found
from daybook.server.codec import Codec
from daybook.server.database import Database
from daybook.server.log import Log, LogUnavailable, StoredEvent
from daybook.server.postgres import connect

_LOG = logging.getLogger(__name__)
_STAND_BY = 2.0  # seconds between attempts to lead
_CATCH_UP = 2.0  # seconds a reader waits for the view to reach the head before it takes what there is

Listed = SchoolListed | RubricListed | ReviewListed | StandingRating | PlanListed | OutcomesListed
ListedT = TypeVar("ListedT", bound=Listed)

_decoder = msgspec.json.Decoder(Listed)
_encoder = msgspec.json.Encoder()


class Batch:
    """What a run of events changes: entries by key, replaced whole, and timeline lines."""

    def __init__(self, known: Mapping[str, Found]) -> None:
        """Start from the entries that these events will look at."""
        self._view = dict(known)
        self.entries: dict[str, Found] = {}
        self.lines: list[tuple[int, tuple[str, ...]]] = []

    def take(self, stored: StoredEvent, recorded: Recorded | None) -> None:
        """Fold one event; it needs to be decoded only when the network's view handles it."""
        if recorded is not None:
            patch = network_view.project(self._view, recorded)
            self._view.update(patch)
            self.entries.update(patch)
        self.lines.append((stored.position, timeline.facets(stored.type, stored.tags, stored.actor)))


def entry_row(network: str, key: str, found: Found) -> tuple[str, str, str, list[str]]:
    """Lay an entry out as a row of `view_entries`."""
    return network, key, _encoder.encode(found.value).decode(), list(found.facets)


class Projector:
    """Keeps the stored views of one network current, while it leads."""

    def __init__(self, conninfo: str, network: str, log: Log, codec: Codec) -> None:
        """Follow this log and write to this database."""
        self._conninfo, self._network, self._log, self._codec = conninfo, network, log, codec

    async def run(self) -> None:
        """Lead whenever nobody else does, for ever. A lost database is waited for."""
        while True:
            try:
                connection = await connect(self._conninfo, "projector")
                try:
                    if await self._leads(connection):
                        await self._lead(connection)
                finally:
                    await connection.close()
            except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError, LogUnavailable) as error:
                _LOG.warning("the stored views of %s lost the database: %s", self._network, error)
            await asyncio.sleep(_STAND_BY)

    async def _leads(self, connection: AsyncConnection[Any]) -> bool:
        # The lock belongs to this connection, so it goes when the connection does, however that ends.
        cursor = await connection.execute(
            "SELECT pg_try_advisory_lock(hashtextextended('views:' || %s, 0))", (self._network,)
        )
        row = await cursor.fetchone()
        return bool(row and row[0])

    async def _lead(self, connection: AsyncConnection[Any]) -> None:
        position = await view_position(connection, self._network)
        pages = self._log.follow(position)
        try:
            async for page in pages:
                await self._erase(page)
                await self._write(connection, position, page)
                position = page[-1].position
        finally:
            await pages.aclose()

    async def _erase(self, page: list[StoredEvent]) -> None:
        """Erase the words that redactions of this page name; done again after a crash, it finds nothing more."""
        for stored in page:
            named = redacts(self._codec.decode(stored).event) if stored.type in REDACTIONS else None
            if named is not None:
                earlier, _ = await self._log.read_stream(stored.tags[0], upto=stored.position)
                doomed = [e for e in earlier if e.type in named.types and set(named.tags) <= set(e.tags)]
                await self._log.erase([commitment for e in doomed for commitment in e.prose or ()])

    async def _write(self, connection: AsyncConnection[Any], position: int, page: list[StoredEvent]) -> None:
        handled = {e.position: self._codec.decode(e) for e in page if e.type in network_view.HANDLED}
        keys = sorted({key for recorded in handled.values() for key in network_view.reads(recorded)})
        cursor = await connection.execute(
            "SELECT key, value, facets FROM view_entries WHERE network = %s AND key = ANY (%s)", (self._network, keys)
        )
        batch = Batch({key: Found(_decoder.decode(value), tuple(facets)) async for key, value, facets in cursor})
        for stored in page:
            batch.take(stored, handled.get(stored.position))
        async with connection.transaction(), connection.cursor() as cursor:
            await cursor.execute(
                """
                INSERT INTO view_positions (network, position) VALUES (%(network)s, %(to)s)
                ON CONFLICT (network) DO UPDATE SET position = excluded.position
                WHERE view_positions.position = %(from)s RETURNING position
                """,
                {"network": self._network, "from": position, "to": page[-1].position},
            )
            if cursor.rowcount != 1:
                raise psycopg.OperationalError("the stored views were rebuilt meanwhile")
            await cursor.executemany(
                """
                INSERT INTO view_entries (network, key, value, facets) VALUES (%s, %s, %s, %s)
                ON CONFLICT (network, key) DO UPDATE SET value = excluded.value, facets = excluded.facets
                """,
                [entry_row(self._network, key, found) for key, found in batch.entries.items()],
            )
            async with cursor.copy("COPY view_timeline (network, position, facets) FROM STDIN") as copy:
                for at, facets in batch.lines:
                    await copy.write_row((self._network, at, list(facets)))


async def view_position(connection: AsyncConnection[Any], network: str) -> int:
    """Return the position that the stored views are complete to."""
    cursor = await connection.execute("SELECT position FROM view_positions WHERE network = %s", (network,))
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


class Stored:
    """Reads the stored views of one network."""

    def __init__(self, database: Database, network: str, log: Log) -> None:
        """Read the views that a projector keeps in this database."""
        self._database, self._network, self._log = database, network, log

    async def _run(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        return await self._database.run(query, network=self._network, **values)

    async def position(self) -> int:
        """Return the position that the views are complete to."""
        rows = await self._run("SELECT position FROM view_positions WHERE network = %(network)s")
        return int(rows[0][0]) if rows else 0

    async def catch_up(self) -> None:
        """Wait, a little while, until the views have what the log had when this was called."""
        head = await self._log.head()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CATCH_UP):
                # The leader may be another process, which tells nobody when it is done.
                while await self.position() < head:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)

    async def get(self, key: str, kind: type[ListedT]) -> ListedT | None:
        """Return an entry by its key, such as `school:maple`, None when there is none."""
        rows = await self._run("SELECT value FROM view_entries WHERE network = %(network)s AND key = %(key)s", key=key)
        return msgspec.json.decode(rows[0][0], type=kind) if rows else None

    async def school_name(self, school: str) -> str:
        """Return a school's name, or its id where it is not listed yet."""
        listed = await self.get(f"school:{school}", SchoolListed)
        return listed.name if listed else school

    async def find(self, kind: type[ListedT], facets: Iterable[str]) -> list[ListedT]:
        """Return the entries of a kind that have all these facets, by key. The kind is the start of the key."""
        rows = await self._run(
            """
            SELECT value FROM view_entries
            WHERE network = %(network)s AND facets @> %(facets)s::text[] AND starts_with(key, %(start)s) ORDER BY key
            """,
            facets=list(facets),
            start=f"{stored_name(kind)}:",
        )
        decoder = msgspec.json.Decoder(kind)
        return [decoder.decode(row[0]) for row in rows]

    async def lines(
        self,
        facets: Iterable[str],
        any_of: Iterable[str] | None,
        team_streams: Iterable[str],
        before: int,
        limit: int,
    ) -> list[StoredEvent]:
        """Return the events of the latest timeline lines before a position, latest first.

        All of `facets` must fit. `any_of` limits what the reader may see to lines for the room with one
        of these facets (None: anywhere); `team_streams` are the facets whose team lines are theirs too.
        """
        rows = await self._run(
            """
            SELECT position FROM view_timeline
            WHERE network = %(network)s AND position < %(before)s AND facets @> %(facets)s::text[] AND (
                facets && %(team)s::text[]
                OR (facets @> ARRAY['audience:room'] AND (%(any)s::text[] IS NULL OR facets && %(any)s::text[]))
            )
            ORDER BY position DESC LIMIT %(limit)s
            """,
            facets=list(facets),
            any=None if any_of is None else list(any_of),
            team=list(team_streams),
            before=before,
            limit=limit,
        )
        return await self._log.read_positions([row[0] for row in rows])
