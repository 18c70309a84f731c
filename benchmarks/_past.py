"""Long pasts for the benchmarks: a stream of 20,000 events, written to the log in bulk before the server starts."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from benchmarks._year import PLAN, a_year
from daybook.events.core import Event, Prose
from daybook.events.review import (
    ConsensusReached,
    EvidenceAdded,
    EvidenceRevised,
    Member,
    RatingGiven,
    RatingsRevealed,
    RatingWithdrawn,
    ReviewClosed,
    ReviewJoined,
    ReviewOpened,
    ReviewScheduled,
)
from daybook.events.streams import evolve, initial
from daybook.server.codec import Codec

NETWORK = "sample"
_SYSTEMS = ("CI", "SC", "FE", "SL")
_ON_ONE = 6  # events, on average, before a day turns to another indicator
_WORDS = (
    "Students explained their answers to a partner and wrote a claim with a line from the text. "
    "In three of five rooms the common task was on the wall with dated work beside it, and the teacher "
    "asked two groups what they would change before they went on."
)


class Told(NamedTuple):
    """An event as it is to be recorded."""

    at: datetime
    actor: str
    event: Event


class Past(NamedTuple):
    """A long past: the stream, the address of its replay, who looks, and what happened, in order."""

    stream: str
    page: str
    person: str
    tell: Callable[[int], Iterator[Told]]


def _a_review(events: int) -> Iterator[Told]:
    """Tell a day on which eight people note, reword, rate and change their minds far more than people do."""
    chance = Random(7)
    review, at = "long", datetime(2026, 3, 17, 15, tzinfo=UTC)
    focus = tuple(f"{system}.{n}" for system in _SYSTEMS for n in (1, 2))
    people = [f"reviewer-{n}" for n in range(1, 9)]
    team = (Member(person="facilitator", role="facilitator"), *(Member(person=p, role="reviewer") for p in people))

    def told(actor: str, event: Event) -> Told:
        nonlocal at
        at += timedelta(seconds=2)
        return Told(at, actor, event)

    def words() -> Prose:
        start = chance.randrange(len(_WORDS) // 2)
        return Prose(_WORDS[start : start + chance.randrange(80, 220)])

    day = date(2026, 3, 17)
    yield told(
        "coach",
        ReviewScheduled(
            review=review, school="cedar", date=day, rubric="pif-illustrative-1", levels=4, focus=focus, team=team
        ),
    )
    yield told("facilitator", ReviewOpened(review=review))
    for person in ("facilitator", *people):
        yield told(person, ReviewJoined(review=review, person=person))
    left = events - 3 - len(people) - 1 - 2 * len(focus)
    noted: dict[str, tuple[str, str]] = {}
    rated: dict[tuple[str, str], int] = {}
    code = focus[0]
    for number in range(left):
        person = chance.choice(people)
        if chance.random() < 1 / _ON_ONE:
            code = chance.choice(focus)
        about: dict[str, Any] = {"review": review, "source": "observation", "stance": "supports", "indicators": (code,)}
        roll = chance.random()
        if roll < 0.015:
            noted[f"e-{number}"] = (person, code)
            yield told(person, EvidenceAdded(**about, evidence=f"e-{number}", person=person, text=words()))
        elif roll < 0.04 and noted:
            evidence, (author, of) = chance.choice(list(noted.items()))
            yield told(author, EvidenceRevised(**about | {"indicators": (of,)}, evidence=evidence, text=words()))
        elif roll < 0.05 and (code, person) in rated:
            del rated[code, person]
            yield told(person, RatingWithdrawn(review=review, indicator=code, person=person))
        else:
            answer = 1 + (rated.get((code, person), chance.randrange(4)) % 4)
            rated[code, person] = answer
            yield told(person, RatingGiven(review=review, indicator=code, person=person, answer=answer))
    for code in focus:
        missing = tuple(person for person in people if (code, person) not in rated)
        yield told("facilitator", RatingsRevealed(review=review, indicator=code, missing=missing))
        cited = tuple(evidence for evidence, (_, of) in noted.items() if of == code)[:5]
        agreed = ConsensusReached(review=review, indicator=code, level=2, rationale=words(), evidence=cited)
        yield told("facilitator", agreed)
    yield told("facilitator", ReviewClosed(review=review))


def _a_plan(events: int) -> Iterator[Told]:
    """Tell the year of a plan of 200 strategies on which more is reported than people would."""
    at = datetime(2025, 7, 1, 15, tzinfo=UTC)
    for number, event in enumerate(a_year("cedar", 200, events)):
        yield Told(at + timedelta(minutes=26 * number), "principal", event)


PASTS = {
    "review": Past("review:long", "/reviews/long/replay", "reviewer-1", _a_review),
    "plan": Past(f"plan:{PLAN}", f"/plans/{PLAN}/replay", "coach", _a_plan),
}
"""By the kind of stream."""


def fill(conninfo: str, past: Past, events: int) -> None:
    """Write a past behind everything that the sample network's log has."""
    codec, state = Codec(), initial(past.stream)
    columns = "network, position, recorded_at, type, tags, data, command_id, actor"
    prose: list[tuple[str, str, int, bytes, str]] = []
    with psycopg.connect(conninfo) as connection:
        found = connection.execute("SELECT max(position) FROM events WHERE network = %s", (NETWORK,)).fetchone()
        assert found is not None
        with connection.cursor().copy(f"COPY events ({columns}) FROM STDIN") as copy:
            for position, told in enumerate(past.tell(events), start=found[0] + 1):
                new = codec.encode(told.event, state)
                state = evolve(state, told.event)
                command = UUID(int=position)
                copy.write_row((NETWORK, position, told.at, new.type, list(new.tags), new.data, command, told.actor))
                prose += [(NETWORK, row.commitment, position, row.salt, row.text) for row in new.prose]
        with connection.cursor().copy("COPY prose (network, commitment, position, salt, text) FROM STDIN") as copy:
            for row in prose:
                copy.write_row(row)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE events, prose")
