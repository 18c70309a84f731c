"""Rebuilding the stored views from 200,000 events, against merely reading the same rows.

read: every row of the events through a binary server-side cursor in pages of 5,000, and nothing done with them.
rebuild: what `daybook rebuild` does: read, fold, write beside, index, swap, durably.
The log holds reviews of 40 schools, with the mixture of events that a day makes; it is written to the table in bulk.
Turns alternate; figures are medians in thousands of events a second. The ratio should stay at or above 0.15.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import psycopg

from benchmarks import table
from daybook.events.core import Event, Prose
from daybook.events.review import (
    ConsensusReached,
    EvidenceAdded,
    Member,
    RatingGiven,
    RatingsRevealed,
    ReviewClosed,
    ReviewOpened,
    ReviewScheduled,
)
from daybook.events.rubric import RubricDrafted, RubricPublished, Said
from daybook.events.school import SchoolAdded
from daybook.events.streams import State, evolve, initial
from daybook.server.codec import Codec
from daybook.server.embedded import start_postgres, stop_postgres
from daybook.server.log import NewEvent
from daybook.server.postgres import migrate
from daybook.server.rebuild import rebuild

EVENTS = 200_000
TURNS = 3
NETWORK = "sample"
SCHOOLS = 40
FOCUS = tuple(f"CI.{n}" for n in range(1, 13))
REVIEWERS = tuple(f"reviewer-{n}" for n in range(1, 9))
SELECT = "SELECT position, recorded_at, type, tags, data, command_id, actor FROM events ORDER BY position"


def said(text: str) -> Said:
    return Said(en=text, es=text)


def a_review(number: int) -> Iterator[Event]:
    """Tell one review: evidence, ratings, reveals, consensus."""
    review, school = f"review-{number}", f"school-{number % SCHOOLS}"
    team = (Member(person="fay", role="facilitator"), *(Member(person=p, role="reviewer") for p in REVIEWERS))
    day = date(2026, 3, 1) + timedelta(days=number % 90)
    yield ReviewScheduled(review=review, school=school, date=day, rubric="r", levels=4, focus=FOCUS, team=team)
    yield ReviewOpened(review=review)
    for place, code in enumerate(FOCUS):
        for n, person in enumerate(REVIEWERS):
            yield EvidenceAdded(
                review=review,
                evidence=f"e-{place}-{n}",
                person=person,
                source="observation",
                stance="supports",
                indicators=(code,),
                text=Prose("Students explained their answers to a partner and wrote a claim."),
            )
            yield RatingGiven(review=review, indicator=code, person=person, answer=1 + (number + n + place) % 4)
        yield RatingsRevealed(review=review, indicator=code, missing=())
        yield ConsensusReached(review=review, indicator=code, level=1 + number % 4, rationale=Prose("Agreed."))
    yield ReviewClosed(review=review)


def history() -> Iterator[NewEvent]:
    """Tell a network's years, event by event, as the log would hold them."""
    codec = Codec()
    levels = tuple(said(name) for name in ("Not Yet Begun", "Beginning", "Partial", "Full"))
    rubric = initial("rubric:r")
    yield codec.encode(RubricDrafted(rubric="r", title=said("R"), note=said("R"), levels=levels), rubric)
    yield codec.encode(RubricPublished(rubric="r"), rubric)
    for n in range(SCHOOLS):
        yield codec.encode(SchoolAdded(school=f"school-{n}", name=f"School {n}", grades="high"), initial("school:x"))
    number = 0
    while True:
        state: State = initial("review:x")
        for event in a_review(number):
            yield codec.encode(event, state)
            state = evolve(state, event)
        number += 1


def fill(connection: psycopg.Connection[Any]) -> None:
    connection.execute("INSERT INTO networks (id) VALUES (%s)", (NETWORK,))
    at = datetime(2026, 3, 1, tzinfo=UTC)
    columns = "network, position, recorded_at, type, tags, data, command_id, actor"
    with connection.cursor().copy(f"COPY events ({columns}) FROM STDIN") as copy:
        for position, event in zip(range(1, EVENTS + 1), history(), strict=False):
            when = at + timedelta(seconds=position)
            row = (NETWORK, position, when, event.type, list(event.tags), event.data, UUID(int=position), "fay")
            copy.write_row(row)
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE events")


def read(conninfo: str) -> float:
    start = time.perf_counter()
    with psycopg.connect(conninfo) as connection, connection.cursor("read", binary=True) as cursor:
        cursor.itersize = 5_000
        cursor.execute(SELECT)
        count = sum(1 for _ in cursor)
    assert count == EVENTS
    return time.perf_counter() - start


def timed_rebuild(conninfo: str) -> float:
    start = time.perf_counter()
    assert rebuild(conninfo, NETWORK, lambda _done, _of: None) == EVENTS
    return time.perf_counter() - start


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="daybook-rebuild-"))
    conninfo = start_postgres(folder)
    migrate(conninfo)
    with psycopg.connect(conninfo) as connection:
        fill(connection)
    reads, rebuilds = [], []
    for _ in range(TURNS):
        reads.append(read(conninfo))
        rebuilds.append(timed_rebuild(conninfo))
    stop_postgres(folder)
    fast, ours = median(reads), median(rebuilds)
    row = [f"{EVENTS:,}", f"{EVENTS / fast / 1e3:.0f}", f"{EVENTS / ours / 1e3:.0f}", f"{fast / ours:.2f}"]
    table(["events", "read k/s", "rebuild k/s", "ratio"], [row])
