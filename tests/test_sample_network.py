"""The sample network comes out the same every time, even when its making was cut short."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from daybook.events.people import People
from daybook.events.review import ReviewScheduled
from daybook.events.review_state import Review
from daybook.events.streams import State, fold
from daybook.server.codec import Codec
from daybook.server.database import Database
from daybook.server.identity import Identity
from daybook.server.log import Appended, Log, Proposal, StoredEvent
from daybook.server.rebuild import rebuild
from daybook.server.sample import DEMO_PEOPLE, SCHOOLS, make_sample
from tests.server_fixtures import _create, _drop

TODAY = date(2026, 3, 9)
ANOTHER_DAY = date(2026, 3, 11)
COMMITMENT = re.compile(r'"sha256":"[0-9a-f]{64}"')
KEYS = [
    "admin",
    "coach",
    "facilitator",
    *(f"reviewer-{number}" for number in range(1, 9)),
    "principal",
    "teacher",
    "family",
    "auditor",
]
MORE_KEYS = ["cedar-principal", "olive-principal", "olive-parent", "redwood-principal"]


class Told(NamedTuple):
    """What an event of the sample network tells; its commitments are salted by chance, its words are not."""

    position: int
    at: datetime
    actor: str
    command: UUID
    type: str
    tags: tuple[str, ...]
    data: str
    words: list[str]


def told(events: list[StoredEvent]) -> list[Told]:
    return [
        Told(
            event.position,
            event.at,
            event.actor,
            event.command,
            event.type,
            event.tags,
            COMMITMENT.sub('"sha256":"…"', event.data),
            sorted((event.prose or {}).values()),
        )
        for event in events
    ]


class CutShort(Exception):
    """The power went."""


class FailingLog(Log):
    """A log that goes away after so many commands."""

    def __init__(self, conninfo: str, network: str, lasts: int) -> None:
        super().__init__(conninfo, network)
        self.lasts = lasts

    async def append(self, proposal: Proposal) -> Appended:
        if self.lasts == 0:
            raise CutShort
        appended = await super().append(proposal)
        self.lasts -= 1
        return appended


@asynccontextmanager
async def opened(conninfo: str) -> AsyncIterator[Database]:
    database = Database(conninfo)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


async def make(log: Log, conninfo: str, network: str, today: date = TODAY) -> None:
    """Make the sample network, or go on with it."""
    async with opened(conninfo) as database:
        await make_sample(log, Codec(), Identity(database, network), today)


async def made(conninfo: str, network: str) -> list[Told]:
    async with Log(conninfo, network) as log:
        await make(log, conninfo, network)
        return told(await log.read())


@pytest.fixture(scope="module")
def whole(server: str, migrated: str) -> Iterator[str]:
    """Yield the connection string of a database with the network made once, for tests that only read it."""
    name = f"daybook_whole_{uuid4().hex[:12]}"
    _create(server, name, migrated)
    conninfo = make_conninfo(server, dbname=name)
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, made(conninfo, "network")).result()
    yield conninfo
    _drop(server, name)


@pytest.fixture
async def sample_log(whole: str) -> AsyncIterator[Log]:
    async with Log(whole, "network") as log:
        yield log


async def state(log: Log, stream: str) -> State:
    events, _ = await log.read_stream(stream)
    return fold(stream, map(Codec().decode, events))


async def test_it_is_the_same_wherever_it_is_made(sample_log: Log, database: str) -> None:
    first, second = told(await sample_log.read()), await made(database, "second")
    assert len(first) > 1_500
    assert first == second


@pytest.mark.parametrize("after", [1, 1_200])
async def test_making_it_goes_on_where_it_was_cut_short(sample_log: Log, database: str, after: int) -> None:
    whole = told(await sample_log.read())
    with pytest.raises(CutShort):
        async with FailingLog(database, "cut", after) as log:
            await make(log, database, "cut")
    done = list(dict.fromkeys(event.command for event in whole))[:after]  # a command may come to several events
    async with Log(database, "cut") as log:
        assert await log.head() == len([event for event in whole if event.command in done])
        # A day or two later, it is still the network that was begun.
        await make(log, database, "cut", ANOTHER_DAY)
        assert told(await log.read()) == whole


async def test_made_again_it_stays_as_it_is(sample_log: Log, whole: str) -> None:
    head = await sample_log.head()
    await make(sample_log, whole, "network", ANOTHER_DAY)
    assert await sample_log.head() == head


async def test_everyone_who_can_sign_in_for_a_demonstration_is_there(whole: str) -> None:
    async with opened(whole) as database:
        names = await Identity(database, "network").names()
    assert [person.key for person in DEMO_PEOPLE] == [*KEYS, *MORE_KEYS]
    assert {person.key: names[person.key] for person in DEMO_PEOPLE} == {p.key: p.name for p in DEMO_PEOPLE}


async def test_its_people_have_the_parts_that_their_keys_say(sample_log: Log) -> None:
    people = await state(sample_log, "people")
    assert isinstance(people, People)
    assert people.holds("admin", "network-administrator")
    assert people.holds("coach", "network-leader")
    assert people.holds("auditor", "auditor")
    assert people.leads("principal", "maple")
    assert people.holds("teacher", "team-member", "maple")
    assert not people.leads("teacher", "maple")
    assert people.holds("family", "observer", "maple")


async def test_it_has_twenty_schools_one_review_ready_to_open_and_others_that_are_closed(
    sample_log: Log,
) -> None:
    recorded = [Codec().decode(event) for event in await sample_log.read()]
    assert len([r for r in recorded if r.type == "school-added"]) == len(SCHOOLS) == 20
    scheduled = {r.stream: r.event for r in recorded if isinstance(r.event, ReviewScheduled)}
    reviews = {stream: await state(sample_log, stream) for stream in scheduled}
    assert all(isinstance(review, Review) for review in reviews.values())
    phases = {stream: review.phase for stream, review in reviews.items() if isinstance(review, Review)}
    closed = ["cedar-fall", "cedar-spring", "maple-spring"]
    closed += ["olive-spring", "olive-winter", "redwood-spring", "redwood-winter"]
    assert phases == {"review:maple-2026-03-09": "scheduled", **{f"review:{review}": "closed" for review in closed}}
    assert scheduled["review:maple-2026-03-09"].date == TODAY
    team = {member.person: member.role for member in scheduled["review:maple-2026-03-09"].team}
    assert team == {
        "facilitator": "facilitator",
        **{f"reviewer-{number}": "reviewer" for number in range(1, 9)},
        "family": "observer",
    }


async def test_the_closed_review_has_a_consensus_on_every_focus_indicator(sample_log: Log) -> None:
    review = await state(sample_log, "review:cedar-fall")
    assert isinstance(review, Review)
    assert [code for code, this in review.rounds.items() if this.consensus is None] == []
    assert [code for code, this in review.rounds.items() if this.late] == ["FE.2"]
    assert [id for id, item in review.evidence.items() if item.withdrawn], "something was withdrawn, to be shown"


async def test_its_days_go_forward_and_end_before_today(sample_log: Log) -> None:
    times = [event.at for event in await sample_log.read()]
    assert times == sorted(times)
    assert times[-1] < datetime(2026, 3, 9, tzinfo=UTC)
    assert times[0] > datetime(2026, 3, 9, tzinfo=UTC) - timedelta(days=951)


async def test_its_views_are_rebuilt_the_same_whatever_time_the_database_keeps(log: Log, database: str) -> None:
    await make(log, database, "network")
    rebuilt = []
    for zone in ("UTC", "Pacific/Auckland"):
        with psycopg.connect(database, autocommit=True) as owner:
            name = sql.Identifier(owner.info.dbname)
            owner.execute(sql.SQL("ALTER DATABASE {} SET timezone TO {}").format(name, zone))
        rebuild(database, "network", lambda _done, _of: None)
        with psycopg.connect(database) as owner:
            rebuilt.append(owner.execute("SELECT key, value, facets FROM view_entries ORDER BY key").fetchall())
    assert len(rebuilt[0]) > 20
    assert rebuilt[0] == rebuilt[1]
