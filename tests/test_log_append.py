"""Appending: positions, idempotency, boundaries, and proposals that meet in one batch."""

import asyncio
import contextlib
from uuid import uuid4

import psycopg
import pytest

from daybook.server import append
from daybook.server.log import Appended, CommandIdReused, Conflict, Log, LogUnavailable, NewEvent
from tests.proposals import event, proposal, within


async def test_positions_count_from_one_in_the_order_of_appends(log: Log) -> None:
    assert await log.head() == 0
    assert await log.append(proposal(event(), event())) == Appended((1, 2), repeated=False)
    assert await log.append(proposal(event())) == Appended((3,), repeated=False)
    assert await log.head() == 3
    assert [stored.position for stored in await log.read()] == [1, 2, 3]


async def test_what_was_written_is_read_back_as_it_was(log: Log) -> None:
    data = '{"b":1,  "a":"é\\u0000 \\"\\\\ \U0001f600"}'
    given = proposal(NewEvent("rating-given", ("review:maple", "school:maple", "ci,{}\"'"), data))
    await log.append(given)
    [stored] = await log.read()
    assert stored == (1, given.at, "rating-given", given.events[0].tags, data, given.command, "ana", None)


async def test_the_same_id_again_is_answered_as_the_first_time(log: Log) -> None:
    given = proposal(event(), event(), boundary=within("review:maple"))
    first = await log.append(given)
    assert await log.append(given) == Appended(first.positions, repeated=True)
    assert await log.find_command(given.command) == first.positions
    assert await log.find_command(uuid4()) is None
    assert await log.head() == 2


async def test_a_command_without_events_is_remembered(log: Log) -> None:
    given = proposal()
    assert await log.append(given) == Appended((), repeated=False)
    assert await log.append(given) == Appended((), repeated=True)
    assert await log.find_command(given.command) == ()


async def test_an_id_cannot_be_used_for_another_command(log: Log) -> None:
    given = proposal(event())
    await log.append(given)
    with pytest.raises(CommandIdReused):
        await log.append(given._replace(fingerprint=b"other"))
    with pytest.raises(CommandIdReused):
        await log.find_command(given.command, b"other")
    assert await log.find_command(given.command, given.fingerprint) == (1,)
    assert await log.head() == 1


async def test_a_crossed_boundary_is_a_conflict(log: Log) -> None:
    await log.append(proposal(event(type="ratings-revealed")))
    late = proposal(event(), boundary=within("review:maple", "ratings-revealed"))
    with pytest.raises(Conflict):
        await log.append(late)
    assert await log.append(late._replace(after=1)) == Appended((2,), repeated=False)


async def test_what_lies_outside_the_boundary_does_not_conflict(log: Log) -> None:
    await log.append(proposal(event(), event("review:oak", "ratings-revealed")))
    await log.append(proposal(event(), boundary=within("review:maple", "ratings-revealed", "review-closed")))
    assert await log.head() == 3


async def test_a_state_from_beyond_the_head_is_a_conflict(log: Log) -> None:
    with pytest.raises(Conflict):
        await log.append(proposal(event(), boundary=within("review:maple"), after=7))


async def test_proposals_of_one_moment_see_each_other(log: Log) -> None:
    rivals = [proposal(event(), boundary=within("review:maple")) for _ in range(5)]
    answers = await asyncio.gather(*map(log.append, rivals), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Appended, Conflict, Conflict, Conflict, Conflict]


async def test_rivals_are_answered_in_the_order_they_came(log: Log) -> None:
    order: list[int] = []

    async def compete(number: int) -> None:
        with contextlib.suppress(Conflict):
            await log.append(proposal(event(), boundary=within("review:maple")))
        order.append(number)

    await asyncio.gather(*map(compete, range(5)))
    assert order == [0, 1, 2, 3, 4]


async def test_more_than_can_wait_are_sent_away(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(append, "_LONGEST_QUEUE", 2)
    answers = await asyncio.gather(*(log.append(proposal(event())) for _ in range(4)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Appended, Appended, LogUnavailable, LogUnavailable]


async def test_one_command_sent_twice_in_one_moment_is_recorded_once(log: Log) -> None:
    given = proposal(event())
    other = proposal(event())
    answers = await asyncio.gather(*map(log.append, [given, other, given]))
    assert answers == [Appended((1,), False), Appended((2,), False), Appended((1,), True)]


async def test_one_that_cannot_be_stored_does_not_take_others_with_it(log: Log) -> None:
    fine, broken = proposal(event()), proposal(event(data="\0"))
    answers = await asyncio.gather(*map(log.append, [fine, broken, proposal(event())]), return_exceptions=True)
    assert answers[0] == Appended((1,), False)
    assert isinstance(answers[1], psycopg.DataError)
    assert answers[2] == Appended((2,), False)


async def test_networks_do_not_see_each_other(log: Log, database: str) -> None:
    given = proposal(event(), boundary=within("review:maple"))
    await log.append(given)
    async with Log(database, "another") as another:
        assert await another.append(given) == Appended((1,), repeated=False)
        assert await another.epoch() != await log.epoch()


async def test_a_stream_is_read_with_the_position_it_is_complete_to(log: Log) -> None:
    await log.append(proposal(event("review:maple"), event("review:oak"), event("review:maple"), event("review:oak")))
    events, complete_to = await log.read_stream("review:maple")
    assert ([stored.position for stored in events], complete_to) == ([1, 3], 4)
    assert await log.read_stream("review:elm") == ([], 4)
    events, complete_to = await log.read_stream("review:maple", after=1, upto=2)
    assert (events, complete_to) == ([], 2)
