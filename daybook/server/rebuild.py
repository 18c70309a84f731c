"""Rebuild the stored views from the log, beside the ones in use, and swap.

Readers see the old views until the very moment of the swap, which happens in one transaction at the
position that the running views have reached. The running projector then notices that its position
moved under it, and goes on from the new one. Run by the operator as the owner of the database.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import psycopg
from psycopg import Connection, sql

from daybook.projections import network as network_view
from daybook.server.codec import Codec
from daybook.server.log import StoredEvent
from daybook.server.postgres import settings
from daybook.server.stored import Batch, entry_row

_PAGE = 5_000
_KEYS = {"view_entries": "(network, key)", "view_timeline": "(network, position)"}
_EVENTS = """
    SELECT position, recorded_at, type, tags, data, command_id, actor FROM events
    WHERE network = %s AND position > %s AND position <= %s ORDER BY position
"""

Progress = Callable[[int, int], None]


def rebuild(conninfo: str, network: str, progress: Progress) -> int:
    """Rebuild a network's stored views, and return the position they are complete to.

    `progress` is told now and then how many events of how many are done. Prose is not read: no stored view holds any.
    """
    with (
        psycopg.connect(settings(conninfo), application_name="daybook rebuild: read") as reading,
        psycopg.connect(settings(conninfo), application_name="daybook rebuild: write") as writing,
    ):
        # Times come in the session's zone, and a rebuilt entry must say them as the running projector does.
        reading.execute("SET TIME ZONE 'UTC'")
        # Two rebuilds at once would take each other's tables.
        writing.execute("SELECT pg_advisory_xact_lock(hashtextextended('rebuild', 0))")
        head = _head(reading, network)
        for table in _KEYS:
            _execute(writing, "CREATE TABLE {new} (LIKE {table} INCLUDING DEFAULTS)", table)
        batch = Batch({})
        for reached in _fold(writing, network, batch, _pages(reading, network, 0, head)):
            progress(reached, head)
        for table, key in _KEYS.items():
            _execute(writing, "INSERT INTO {new} SELECT * FROM {table} WHERE network <> %s", table, network)
            _execute(writing, f"ALTER TABLE {{new}} ADD CONSTRAINT {{new_key}} PRIMARY KEY {key}", table)
            _execute(writing, "CREATE INDEX {new_facets} ON {new} USING gin (facets)", table)
        # Hold the running projector where it is, and take in what came meanwhile.
        held = writing.execute(
            "SELECT position FROM view_positions WHERE network = %s FOR UPDATE", (network,)
        ).fetchone()
        position = max(head, held[0] if held else 0)
        for reached in _fold(writing, network, batch, _pages(reading, network, head, position)):
            progress(reached, position)
        _copy_entries(writing, network, batch)
        for table in _KEYS:
            _swap(writing, table)
        writing.execute(
            """
            INSERT INTO view_positions (network, position) VALUES (%s, %s)
            ON CONFLICT (network) DO UPDATE SET position = excluded.position
            """,
            (network, position),
        )
    return position


def _execute(connection: Connection[Any], statement: str, table: str, *values: object) -> None:
    names = {
        "table": table,
        "key": f"{table}_key",
        "facets": f"{table}_facets",
        "new": f"{table}_new",
        "new_key": f"{table}_new_key",
        "new_facets": f"{table}_new_facets",
    }
    query = sql.SQL(statement).format(**{name: sql.Identifier(value) for name, value in names.items()})
    connection.execute(query, values)


def _head(connection: Connection[Any], network: str) -> int:
    row = connection.execute("SELECT coalesce(max(position), 0) FROM events WHERE network = %s", (network,)).fetchone()
    assert row is not None
    return int(row[0])


def _fold(writing: Connection[Any], network: str, batch: Batch, pages: Iterator[list[StoredEvent]]) -> Iterator[int]:
    """Fold pages of events; timeline lines go to the new table as they come. Yield the position reached."""
    codec = Codec()
    for page in pages:
        batch.lines.clear()
        for stored in page:
            batch.take(stored, codec.decode(stored) if stored.type in network_view.HANDLED else None)
        # Facets are made of ids and codes, in which nothing needs escaping.
        with writing.cursor().copy("COPY view_timeline_new (network, position, facets) FROM STDIN") as copy:
            copy.write("".join(f"{network}\t{position}\t{{{','.join(found)}}}\n" for position, found in batch.lines))
        yield page[-1].position


def _pages(connection: Connection[Any], network: str, after: int, upto: int) -> Iterator[list[StoredEvent]]:
    with connection.cursor("rebuild", binary=True) as cursor:
        cursor.itersize = _PAGE
        cursor.execute(_EVENTS, (network, after, upto))
        rows = iter(cursor)
        while page := [StoredEvent._make((*row, None)) for row in islice(rows, _PAGE)]:
            yield page


def _copy_entries(writing: Connection[Any], network: str, batch: Batch) -> None:
    with writing.cursor().copy("COPY view_entries_new (network, key, value, facets) FROM STDIN") as copy:
        for key, found in batch.entries.items():
            copy.write_row(entry_row(network, key, found))


def _swap(writing: Connection[Any], table: str) -> None:
    """Put the new table in the old one's place. Readers wait for the end of this transaction, which is near."""
    _execute(writing, "DROP TABLE {table}", table)
    _execute(writing, "ALTER TABLE {new} RENAME TO {table}", table)
    _execute(writing, "ALTER INDEX {new_key} RENAME TO {key}", table)
    _execute(writing, "ALTER INDEX {new_facets} RENAME TO {facets}", table)
    _execute(writing, "GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO daybook_app", table)
