"""A pool of connections for everything beside the log: identity and stored views."""

from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from daybook.server.log import LogUnavailable
from daybook.server.postgres import become_app, settings


class Database:
    """Runs single statements, each in a transaction of its own, as the application's role."""

    def __init__(self, conninfo: str) -> None:
        """Connect with `open`."""
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
            settings(conninfo),
            min_size=1,
            max_size=6,
            timeout=3,  # seconds until a request is told that the database is away
            kwargs={"application_name": "daybook pages"},
            configure=become_app,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )

    async def open(self) -> None:
        """Connect. Needs a migrated database."""
        await self._pool.open()

    async def close(self) -> None:
        """Disconnect."""
        await self._pool.close()

    async def run(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows, if it has any. Raises LogUnavailable without a database."""
        try:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(query, values)
                return await cursor.fetchall() if cursor.description else []
        except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
            raise LogUnavailable("the database is not answering") from error
