"""What is sent to a review under way, and what its refusals must say."""

import re
from html import unescape
from uuid import uuid4

import httpx
import psycopg

from tests.server_fixtures import MAPLE, Server

COMMANDS = "/api/v1/commands"
JARGON = re.compile(
    r"`|\$|\bstr\b|\bint\b|NoneType|regex|decode|truncated|malformed|unknown field `|Expected|msgspec|Traceback|NUL|"
    r"query parameter|RFC3339|Exception|psycopg|SQL"
)


def rating(**changes: object) -> dict[str, object]:
    return {"review": MAPLE, "indicator": "CI.1", "answer": 2} | changes


def note(**changes: object) -> dict[str, object]:
    return {
        "review": MAPLE,
        "evidence": f"e-{uuid4().hex[:8]}",
        "source": "observation",
        "stance": "supports",
        "indicators": ["CI.1"],
        "text": "Students explain their thinking to each other.",
    } | changes


def envelope(data: object, kind: object = "give-rating", **changes: object) -> dict[str, object]:
    return {"id": str(uuid4()), "type": kind, "data": data} | changes


def post(server: Server, body: bytes, person: str = "reviewer-1", **headers: str) -> httpx.Response:
    return server.ask("POST", COMMANDS, person, content=body, headers={"content-type": "application/json"} | headers)


def head(server: Server) -> int:
    with psycopg.connect(server.conninfo) as connection:
        row = connection.execute("SELECT max(position) FROM events WHERE network = 'sample'").fetchone()
    assert row is not None
    return int(row[0])


def sentence(answer: httpx.Response) -> str:
    """Return what an answer says, which must read as a sentence for whoever sent it."""
    said = str(answer.json()["message"])
    assert answer.json()["status"] == answer.status_code
    assert said[0].isupper() or said[0] == "“", said
    assert said.endswith("."), said
    assert not JARGON.search(said), said
    return said


def shown(answer: httpx.Response) -> str:
    """Return the words of an error page, which must hold no jargon."""
    main = unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2].partition("</main>")[0]))
    assert not JARGON.search(main), main
    return main
