"""Databases for tests: one embedded PostgreSQL for the whole run, and a fresh migrated database for each test.

With TEST_DATABASE_URL, the tests of the log run a second time on that server. Its user must be allowed to
create databases and roles.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from daybook.server.embedded import start_postgres, stop_postgres
from daybook.server.log import Log
from daybook.server.postgres import migrate

pytest_plugins = ["tests.server_fixtures"]

ELSEWHERE = os.environ.get("TEST_DATABASE_URL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    of_the_log = metafunc.module.__name__.rpartition(".")[2].startswith(("test_log", "test_recorder"))
    if ELSEWHERE and of_the_log and "server" in metafunc.fixturenames:
        metafunc.parametrize("server", [None, ELSEWHERE], ids=["embedded", "elsewhere"], indirect=True, scope="session")


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the connection string of a server where databases may be made.

    Its folder is none of pytest's: another run closes those to other users as it begins, and where root runs the
    tests PostgreSQL is another user.
    """
    if elsewhere := getattr(request, "param", None):
        yield elsewhere
    else:
        with TemporaryDirectory(prefix="daybook-tests-") as folder:
            yield start_postgres(Path(folder))
            stop_postgres(Path(folder))


@pytest.fixture(scope="session")
def migrated(server: str) -> Iterator[str]:
    """Yield the name of a migrated database to make others from. Nothing may connect to it."""
    name = f"daybook_template_{uuid4().hex[:12]}"
    _create(server, name)
    migrate(make_conninfo(server, dbname=name))
    yield name
    _drop(server, name)


@pytest.fixture
def database(server: str, migrated: str) -> Iterator[str]:
    """Yield the connection string of a fresh, migrated database, as its owner."""
    name = f"daybook_test_{uuid4().hex[:12]}"
    _create(server, name, template=migrated)
    yield make_conninfo(server, dbname=name)
    _drop(server, name)


@pytest.fixture
async def log(database: str) -> AsyncIterator[Log]:
    async with Log(database, "network") as log:
        yield log


def _create(server: str, name: str, template: str = "template1") -> None:
    command = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command)


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
