"""Redaction end to end: words go from the database, every view and every export, and the log stays verifiable."""

import asyncio
from typing import Any

import msgspec
import psycopg

from tests.server_fixtures import CEDAR, Server, enter

STREAM = f"review:{CEDAR}"
EVIDENCE = "cedar-10"  # it was reworded, so there are two wordings
OLD, NEW = "the other three supervisors", "three regular supervisors"
RATIONALE = "above all with substitutes"


def everything(server: Server, person: str) -> str:
    """Return all that someone can fetch about the review."""
    client = server.client(person)
    paths = (f"/reviews/{CEDAR}?indicator=SC.1", f"/api/v1/views/{STREAM}", f"/api/v1/history/{STREAM}", "/timeline")
    return "".join(client.get(path).text for path in paths)


def rows(server: Server, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(server.conninfo) as connection:
        return connection.execute(query).fetchall()


async def test_redacted_words_are_gone_everywhere_and_the_log_is_as_it_was(demo: Server) -> None:
    before = rows(demo, "SELECT position, data FROM events ORDER BY position")
    assert all(words in everything(demo, "auditor") for words in (OLD, NEW, RATIONALE))
    async with demo.socket("reviewer-1") as live:
        await enter(live, STREAM)
        demo.do("admin", "redact-evidence", review=CEDAR, evidence=EVIDENCE, reason="It points at one person.")
        demo.do("facilitator", "redact-consensus", review=CEDAR, indicator="SC.1", reason="So does this.")
        seen: dict[str, Any] = {}
        async with asyncio.timeout(30):
            while "consensus:SC.1" not in seen:
                message = msgspec.json.decode(await live.recv())
                seen |= message.get("patch", {})
    assert (seen[f"evidence:{EVIDENCE}"]["text"], seen[f"evidence:{EVIDENCE}"]["earlier"]) == (None, [None])
    assert (seen["consensus:SC.1"]["rationale"], seen["consensus:SC.1"]["level"]) == (None, 3)
    demo.client("auditor").get("/timeline")  # waits for the views; their leader erases before it moves on
    assert not any(OLD in text or RATIONALE in text for (text,) in rows(demo, "SELECT text FROM prose"))
    said = everything(demo, "auditor") + everything(demo, "reviewer-1")
    said += demo.client("auditor").get("/api/v1/events?limit=1000").text
    assert not any(words in said for words in (OLD, NEW, RATIONALE))
    after = rows(demo, "SELECT position, data FROM events ORDER BY position")
    assert after[: len(before)] == before
    assert len(after) == len(before) + 2
