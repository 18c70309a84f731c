"""Connect to PostgreSQL, and bring a database up to date.

Migrations are numbered SQL files beside this module. A file that was applied somewhere is never edited:
a change is a new file. Migrations run as the owner of the database; everything else acts as `daybook_app`,
the role that can append and read and has no way to change what was recorded.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

APP_ROLE = "daybook_app"
_MIGRATIONS = Path(__file__).parent / "migrations"

# A server whose host vanished answers nothing at all; these notice within about 15 seconds, idle or in flight.
_NOTICE_DEATH = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}


class MigrationChanged(Exception):
    """A migration that this database already applied is no longer the file it was."""


def settings(conninfo: str) -> str:
    """Return the connection string with what every connection of ours needs and it does not say itself."""
    return make_conninfo(conninfo, **(_NOTICE_DEATH | conninfo_to_dict(conninfo)))


async def become_app(connection: AsyncConnection[Any]) -> None:
    """Give up the login's rights for those of the application, for the rest of this connection."""
    await connection.set_autocommit(True)
    await connection.execute(f"SET ROLE {APP_ROLE}")
    await connection.execute("SET TIME ZONE 'UTC'")


async def connect(conninfo: str, purpose: str) -> AsyncConnection[Any]:
    """Open a connection of one's own, in autocommit, acting as the application. `purpose` shows in pg_stat_activity."""
    connection = await AsyncConnection.connect(settings(conninfo), application_name=f"daybook {purpose}")
    try:
        await become_app(connection)
    except BaseException:
        await connection.close()
        raise
    return connection


def migrate(conninfo: str) -> list[str]:
    """Apply the migrations that the database lacks, in order, all or none. Return their names.

    Several processes may ask at once: one works, the others wait and then find nothing to do.
    """
    files = sorted(_MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    applied_now = []
    with psycopg.connect(settings(conninfo), application_name="daybook migrate") as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('daybook migrations', 0))")
        connection.execute(
            """
            CREATE TABLE IF NOT EXISTS migrations (
                name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
            )
            """
        )
        applied: dict[str, str] = dict(connection.execute("SELECT name, sha256 FROM migrations").fetchall())
        for file in files:
            text = file.read_bytes()
            digest = sha256(text).hexdigest()
            if file.stem not in applied:
                connection.execute(text)
                connection.execute("INSERT INTO migrations (name, sha256) VALUES (%s, %s)", (file.stem, digest))
                applied_now.append(file.stem)
            elif applied[file.stem] != digest:
                raise MigrationChanged(f"{file.name} was changed after it was applied; put the change in a new file.")
    return applied_now
