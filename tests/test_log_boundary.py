"""Random commands sent in bursts, against the plain meaning of a boundary."""

import asyncio
from itertools import count
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.events.core import Boundary, Match
from daybook.server.log import Appended, Conflict, Log, StoredEvent
from tests.proposals import event, proposal

TYPES = ("rating-given", "ratings-revealed", "review-closed")
STREAMS = ("review:maple", "review:oak")
MORE = ("school:a", "school:b")
network = count(1)


class Attempt(NamedTuple):
    events: list[tuple[str, str, str]]
    boundary: Boundary
    behind: int


matches = st.builds(
    Match,
    st.lists(st.sampled_from(TYPES), max_size=2).map(tuple),
    st.lists(st.sampled_from(STREAMS + MORE), max_size=2).map(tuple),
)
attempts = st.builds(
    Attempt,
    st.lists(st.tuples(st.sampled_from(STREAMS), st.sampled_from(TYPES), st.sampled_from(MORE)), max_size=3),
    st.lists(matches, max_size=2).map(tuple),
    st.integers(0, 3),
)


def crossed(boundary: Boundary, log: list[StoredEvent]) -> bool:
    return any(
        (not match.types or stored.type in match.types) and set(match.tags) <= set(stored.tags)
        for match in boundary
        for stored in log
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(attempts, min_size=1, max_size=6), min_size=1, max_size=5))
async def test_a_command_is_recorded_unless_its_boundary_was_crossed(
    database: str, bursts: list[list[Attempt]]
) -> None:
    async with Log(database, f"network-{next(network)}") as log:
        size = 0
        for burst in bursts:
            proposals = [
                proposal(
                    *(event(stream, type, more) for stream, type, more in attempt.events),
                    boundary=attempt.boundary,
                    after=max(0, size - attempt.behind),
                )
                for attempt in burst
            ]
            answers = await asyncio.gather(*map(log.append, proposals), return_exceptions=True)
            recorded = await log.read()
            for given, answer in zip(proposals, answers, strict=True):
                since = recorded[given.after :]
                match answer:
                    case Appended(positions, False):
                        assert [
                            (stored.type, stored.tags) for stored in recorded if stored.command == given.command
                        ] == [(new.type, new.tags) for new in given.events]
                        assert list(positions) == [p.position for p in recorded if p.command == given.command]
                        if positions:
                            assert not crossed(given.boundary, recorded[given.after : positions[0] - 1])
                    case Conflict():
                        assert crossed(given.boundary, since)
                    case _:
                        raise AssertionError(answer)
                assert await log.read(given.boundary, after=given.after) == [
                    stored for stored in since if not given.boundary or crossed(given.boundary, [stored])
                ]
            # A burst of one leaves no choice of order.
            if len(burst) == 1:
                assert isinstance(answers[0], Conflict) == crossed(
                    burst[0].boundary, recorded[proposals[0].after : size]
                )
            assert [stored.position for stored in recorded] == list(range(1, len(recorded) + 1))
            size = len(recorded)
