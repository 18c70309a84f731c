"""Stored words are for ever: whatever was ever written in `golden/stored_forms.jsonl` is read today.

The file holds one line for each shape of each event, its tags and its JSON as the log keeps them; salted commitments
are written as “…”. It only grows. A new event type or a new optional field adds lines at the end: run the tests, and
the failing one prints them. A line that no longer reads back needs an upcast, never a correction of the line.
"""

import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest
from msgspec.structs import fields

from daybook.events.core import Event, stored_name
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import People, Team
from daybook.events.plan_state import Plan
from daybook.events.review_state import Review
from daybook.events.streams import AnyEvent, State, initial
from daybook.server.codec import Codec
from daybook.server.log import StoredEvent
from tests.every_event import EVERY_EVENT, WORDS
from tests.stories import stream_of_event

GOLDEN = Path(__file__).parent / "golden" / "stored_forms.jsonl"
LINES = GOLDEN.read_text(encoding="utf-8").splitlines()
FIRST = 33
FIRST_SHA256 = "9769c8841bd8818e51054bd419bedbed7fd7330d02251391ecced418d7b3f789"
"""The lines of the first release, which no later one may touch. Seal more when a release adds some."""


def state_for(event: Event) -> State:
    """Return a state with what the tags of any example look up in it."""
    stream = stream_of_event(event)
    if stream == "people":
        return People(teams={"maple-ilt": Team(school="maple", kind="ilt", name="Leadership Team")})
    if stream.startswith("outcomes:"):
        return Outcomes(school="maple")
    if stream.startswith("plan:"):
        return Plan(school="maple")
    return Review(school="maple") if stream.startswith("review:") else initial(stream)


def written(event: Event) -> str:
    """The line for an event as it is stored today."""
    new = Codec().encode(event, state_for(event))
    data = re.sub(r'"sha256":"[0-9a-f]{64}"', '"sha256":"…"', new.data)
    return f'{{"tags":{json.dumps(new.tags, separators=(",", ":"))},"data":{data}}}'


def read(line: str) -> Event:
    """The event of a line, decoded as from the log."""
    at = line.index('"data":')
    stored = StoredEvent(
        position=1,
        at=datetime(2026, 3, 9, tzinfo=UTC),
        type=json.loads(line)["data"]["type"],
        tags=tuple(json.loads(line)["tags"]),
        data=line[at + len('"data":') : -1],
        command=UUID(int=0),
        actor="ana",
        prose={"…": WORDS},
    )
    return Codec().decode(stored).event


@pytest.mark.parametrize("number", range(len(LINES)))
def test_whatever_was_written_is_read_today_and_written_the_same(number: int) -> None:
    assert written(read(LINES[number])) == LINES[number]


def test_every_type_of_event_has_a_line() -> None:
    known = {json.loads(line)["data"]["type"] for line in LINES}
    assert known == {stored_name(kind) for kind in get_args(AnyEvent)}


def test_every_shape_that_is_written_today_has_a_line() -> None:
    missing = [line for line in map(written, EVERY_EVENT) if line not in LINES]
    assert missing == [], "add at the end of stored_forms.jsonl:\n" + "\n".join(missing)


def test_there_is_an_example_with_and_without_whatever_is_optional() -> None:
    for kind in get_args(AnyEvent):
        examples = [event for event in EVERY_EVENT if type(event) is kind]
        for field in fields(kind):
            if not field.required:
                plain = {getattr(event, field.name) == field.default for event in examples}
                assert plain == {True, False}, f"{kind.__name__}.{field.name}"


def test_every_line_tells_what_its_example_told() -> None:
    assert {repr(read(line)) for line in LINES} >= {repr(event) for event in EVERY_EVENT}
    by_line = {written(event): event for event in EVERY_EVENT}
    assert all(read(line) == by_line[line] for line in LINES if line in by_line)


def test_no_line_stands_twice() -> None:
    assert len(set(LINES)) == len(LINES)


def test_the_lines_of_the_first_release_are_as_they_were() -> None:
    text = "".join(f"{line}\n" for line in LINES[:FIRST])
    assert hashlib.sha256(text.encode()).hexdigest() == FIRST_SHA256
