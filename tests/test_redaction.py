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
        demo.do("facilitator", "redact-consensus", review=CEDAR, indicator="SC.1", reason="So does *this*.")
        seen: dict[str, Any] = {}
        async with asyncio.timeout(30):
            while "consensus:SC.1" not in seen:
                message = msgspec.json.decode(await live.recv())
                seen |= message.get("patch", {})
    assert (seen[f"evidence:{EVIDENCE}"]["text"], seen[f"evidence:{EVIDENCE}"]["earlier"]) == (None, [None])
    assert (seen["consensus:SC.1"]["rationale"], seen["consensus:SC.1"]["level"]) == (None, 3)
    demo.client("auditor").get("/timeline")  # waits for the views; their leader erases before it moves on
    assert not any(OLD in text or RATIONALE in text for (text,) in rows(demo, "SELECT text FROM prose"))
    timeline = demo.ask("GET", "/timeline", "auditor").text
    for why in ("It points at one person.", "So does this."):
        assert f'<span class="muted">Why:</span> {why}' in timeline
    said = everything(demo, "auditor") + everything(demo, "reviewer-1")
    said += demo.client("auditor").get("/api/v1/events?limit=1000").text
    assert not any(words in said for words in (OLD, NEW, RATIONALE))
    after = rows(demo, "SELECT position, data FROM events ORDER BY position")
    assert after[: len(before)] == before
    assert len(after) == len(before) + 2


PLAN = "maple-2025"
TITLE, PROPOSED, SAID = "Ten minutes after the talk", "A fifth corner at the laundry", "the ten minutes become six"


def everything_of_the_plan(server: Server, person: str) -> str:
    """Return all that someone can fetch in which words of the plan may stand."""
    stream = f"plan:{PLAN}"
    moment = rows(server, f"SELECT max(position) FROM events WHERE tags[1] = '{stream}'")[0][0] - 5
    paths = (
        f"/api/v1/views/{stream}",
        f"/api/v1/views/{stream}?at={moment}",
        f"/api/v1/history/{stream}",
        f"/api/v1/live?stream={stream}&after=0",
        f"/plans/{PLAN}",
        f"/plans/{PLAN}/print",
        f"/plans/{PLAN}/spsa.csv",
        f"/plans/{PLAN}/compare?from=0",
        "/schools/maple",
        "/timeline?school=maple",
        "/",
    )
    return "".join(server.ask("GET", path, person).text for path in paths)


async def test_redacted_words_of_a_plan_are_gone_everywhere_and_the_log_is_as_it_was(demo: Server) -> None:
    stream = f"plan:{PLAN}"
    view = demo.ask("GET", f"/api/v1/views/{stream}", "auditor").json()["view"]
    [held] = [one["check_in"] for one in view.values() if one["kind"] == "check-in" and SAID in (one["barriers"] or "")]
    before = rows(demo, "SELECT position, data FROM events ORDER BY position")
    assert all(words in everything_of_the_plan(demo, "principal") for words in (TITLE, PROPOSED, SAID))
    assert PROPOSED in everything_of_the_plan(demo, "family")
    async with demo.socket("teacher") as live:
        await enter(live, stream)
        for about in ("strategy:ten-minutes", "proposal:fifth-corner", f"check-in:{held}"):
            demo.do("principal", "redact-plan-words", plan=PLAN, about=about, reason="It points at one person.")
        seen: dict[str, Any] = {}
        async with asyncio.timeout(30):
            while f"check-in:{held}" not in seen:
                message = msgspec.json.decode(await live.recv())
                seen |= message.get("patch", {})
    assert {seen[f"text:strategy:ten-minutes:{text}"]["text"] for text in ("title", "if", "then")} == {None}
    assert (seen["proposal:fifth-corner"]["text"], seen["proposal:fifth-corner"]["outcome"]) == (None, "waiting")
    assert (seen[f"check-in:{held}"]["barriers"], seen[f"check-in:{held}"]["status"]) == (None, "on-track")
    timeline = demo.ask(
        "GET", "/timeline", "auditor"
    ).text  # waits for the views; their leader erases before it moves on
    assert timeline.count("Why:</span> It points at one person.") == 3
    erased = timeline[timeline.index("Why:") :]
    assert "As it stood then" not in erased[: erased.index("</li>")]
    kept = [text for (text,) in rows(demo, "SELECT text FROM prose")]
    for words in (TITLE, PROPOSED, SAID):
        assert not any(words in text for text in kept), words
        for person in ("principal", "teacher", "family", "auditor", "coach"):
            assert words not in everything_of_the_plan(demo, person), f"{person} reads {words}"
    after = rows(demo, "SELECT position, data FROM events ORDER BY position")
    assert after[: len(before)] == before
