"""A database that goes away and comes back: refused with a sentence, safe to send again, nothing missed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from daybook.server.cli import ensure_sample
from daybook.server.embedded import start_postgres, stop_postgres
from daybook.server.postgres import migrate
from tests.server_fixtures import MAPLE, SAMPLE_DAY, Server, Start, enter

STREAM = f"review:{MAPLE}"


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[Path]:
    """Yield the folder of a database server that only this test uses, and may stop."""
    folder = tmp_path / "own"
    folder.mkdir()
    conninfo = start_postgres(folder)
    migrate(conninfo)
    yield folder
    stop_postgres(folder)


async def test_commands_are_refused_while_the_database_is_away_and_may_be_sent_again(
    own_postgres: Path, start: Start
) -> None:
    conninfo = start_postgres(own_postgres)
    await ensure_sample(conninfo, SAMPLE_DAY)
    server = start("demo", conninfo=conninfo)
    server.do("facilitator", "open-review", review=MAPLE)
    rating = {"review": MAPLE, "indicator": "CI.1", "answer": 3}
    envelope = {"id": str(uuid4()), "type": "give-rating", "data": rating}
    async with server.socket("facilitator") as live, server.async_client("reviewer-1") as client:
        await enter(live, STREAM)
        stop_postgres(own_postgres)
        answer = await client.post("/api/v1/commands", json=envelope)
        assert answer.status_code == 503
        assert answer.json()["message"].endswith(".")
        assert (await client.get("/health/ready")).status_code == 503
        assert (await client.get("/health/live")).status_code == 200
        start_postgres(own_postgres)
        async with asyncio.timeout(60):
            while (answer := await client.post("/api/v1/commands", json=envelope)).status_code == 503:
                pass
        assert answer.json()["positions"]
        # The socket was open all the while, and hears of it once the follower is back.
        async with asyncio.timeout(60):
            while '"event":"rating-given"' not in str(await live.recv()):
                pass


def test_cut_connections_are_made_anew(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    with psycopg.connect(demo.conninfo, autocommit=True) as connection:
        for answer in range(1, 5):
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            envelope = {
                "id": str(uuid4()),
                "type": "give-rating",
                "data": {"review": MAPLE, "indicator": "CI.1", "answer": answer},
            }
            statuses = [503]
            while statuses[-1] == 503 and len(statuses) < 100:
                statuses.append(demo.client("reviewer-1").post("/api/v1/commands", json=envelope).status_code)
            assert statuses[-1] == 200
    view = demo.client("reviewer-1").get(f"/api/v1/views/{STREAM}").json()["view"]
    assert view["rating:CI.1:reviewer-1"]["answer"] == 4
