"""A boundary covers what its rule reads: whatever would change a decision that was taken falls within it.

Only what was decided to happen is appended, so only that can be overtaken. A refusal is decided again by the door
before anyone hears of it.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.events.core import Boundary, Event, Recorded, Refused
from daybook.events.people import FormTeam, GrantRole, JoinTeam, LeaveTeam, RevokeRole, Role
from daybook.events.review import Dissent, Member, ReviewRole
from daybook.events.review_commands import (
    AddEvidence,
    AddMember,
    CloseReview,
    JoinReview,
    OpenReview,
    RecordConsensus,
    RemoveMember,
    RevealRatings,
    ReviseEvidence,
    WithdrawEvidence,
    WithdrawRating,
)
from daybook.events.rubric import AddIndicator, AddSystem, DraftRubric, PublishRubric
from daybook.events.school import AddSchool, RenameSchool
from daybook.events.streams import AnyCommand, boundary
from tests.review_world import NETWORK, OPEN, SCHEDULED, give, noted, rated, revealed, said, schedule
from tests.stories import History, happened

ACTORS = ("amara", "daniel", "ruth", "ana", "ben")
CODES = ("CI.1", "CI.2")
ROLES: tuple[Role, ...] = ("network-administrator", "network-leader", "school-leader", "observer")
PARTS: tuple[ReviewRole, ...] = ("facilitator", "reviewer", "observer")
SMALL_TEAM = (
    Member(person="ruth", role="facilitator"),
    Member(person="ana", role="reviewer"),
    Member(person="ben", role="reviewer"),
)


def _commands() -> Iterator[AnyCommand]:
    for person, role in product(ACTORS, ROLES):
        school = "maple" if role in ("school-leader", "observer") else None
        yield GrantRole(person=person, role=role, school=school)
        yield RevokeRole(person=person, role=role, school=school)
    for team in ("maple-ilt", "another"):
        yield FormTeam(team=team, school="maple", kind="ilt", name="Leadership Team")
        yield from (kind(team=team, person=person) for kind in (JoinTeam, LeaveTeam) for person in ACTORS)
    yield AddSchool(school="maple", name="Maple", grades="elementary")
    yield RenameSchool(school="maple", name="Maple")
    yield RenameSchool(school="maple", name="Maple Street")
    two = (said("Low"), said("High"))
    for version in ("pif-1", "pif-2"):
        yield DraftRubric(rubric=version, title=said("PIF"), note=said("Made up"), levels=two)
        yield AddSystem(rubric=version, code="CI", name=said("Curriculum"))
        for code in CODES:
            yield AddIndicator(
                rubric=version, system="CI", code=code, statement=two[0], acts=two[0], look_fors=(), descriptors=two
            )
        yield PublishRubric(rubric=version)
    yield schedule(team=SMALL_TEAM)
    yield schedule(team=SMALL_TEAM, ilt_rates=True)
    for person in ACTORS:
        yield RemoveMember(review="m1", person=person)
        yield from (AddMember(review="m1", person=person, role=part) for part in PARTS)
    yield from (OpenReview(review="m1"), JoinReview(review="m1"), CloseReview(review="m1"))
    for code in CODES:
        yield from (give(2, code), give("abstain", code), WithdrawRating(review="m1", indicator=code))
        yield RevealRatings(review="m1", indicator=code)
        yield RecordConsensus(review="m1", indicator=code, level=2, rationale="Seen")
        yield RecordConsensus(
            review="m1",
            indicator=code,
            level=1,
            rationale="Heard",
            evidence=("e1",),
            dissent=(Dissent(text="Not I", person="ana"),),
        )
    for evidence in ("e1", "e2"):
        for kind in (AddEvidence, ReviseEvidence):
            yield kind(
                review="m1",
                evidence=evidence,
                source="data",
                stance="supports",
                indicators=("CI.2",),
                text="Seen",
            )
        yield WithdrawEvidence(review="m1", evidence=evidence)


ASKED = [(command, actor) for command in _commands() for actor in ACTORS]
BEGINNINGS: dict[str, tuple[Event, ...]] = {
    "nothing": (),
    "one administrator": NETWORK[:1],
    "a network": NETWORK,
    "a review scheduled": SCHEDULED,
    "a review open": OPEN,
    "blind ratings": (*OPEN, rated("ana", 2), rated("ana", 2, "CI.1"), noted()),
    "revealed ratings": (*OPEN, rated("ana", 2), revealed("ben", "chiyo"), noted()),
}

Asked = tuple[AnyCommand, str]


def decided(history: History, asked: Asked) -> list[Event] | None:
    """What a command comes to, None when it is refused."""
    try:
        return history.decide(*asked)
    except Refused:
        return None


def within(boundary: Boundary, recorded: Recorded) -> bool:
    return any(
        (not match.types or recorded.type in match.types) and set(match.tags) <= set(recorded.tags)
        for match in boundary
    )


def taken(history: History) -> list[tuple[Asked, list[Event]]]:
    """Everything that could be done now, and what it would come to."""
    found = ((asked, decided(history, asked)) for asked in ASKED)
    return [(asked, events) for asked, events in found if events is not None]


def check(history: History) -> None:
    now = taken(history)
    for (_, actor), events in now:
        for event in events:
            later = history.copy()
            recorded = later.record(event, actor)
            for asked, before in now:
                if decided(later, asked) != before:
                    assert within(boundary(*asked), recorded), (
                        f"{asked} rests on {event}, which its boundary leaves out"
                    )


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_would_change_a_decision_falls_within_its_boundary(beginning: str) -> None:
    check(happened(BEGINNINGS[beginning]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(BEGINNINGS)), st.data())
def test_so_it_is_after_any_history(beginning: str, data: st.DataObject) -> None:
    history = happened(BEGINNINGS[beginning])
    for _ in range(data.draw(st.integers(1, 8), label="steps")):
        steps = [(events, actor) for (_, actor), events in taken(history) if events]
        events, actor = data.draw(st.sampled_from(steps))
        for event in events:
            history.record(event, actor)
    check(history)


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.booleans())
def test_two_people_rating_never_wait_for_each_other(mine: str, theirs: str, late: bool) -> None:
    history = happened([*OPEN, rated("chiyo", 1, theirs), *([revealed(code=theirs)] if late else [])])
    recorded = history.record(rated("ben", 3, theirs, late=late), "ben")
    for command in (give(2, mine), WithdrawRating(review="m1", indicator=mine)):
        assert not within(boundary(command, "ana"), recorded)


def test_a_rating_waits_for_no_evidence_and_evidence_for_no_rating() -> None:
    history = happened(OPEN)
    rating, evidence = history.record(rated("ben", 3), "ben"), history.record(noted("e1", "ben"), "ben")
    mine = AddEvidence(review="m1", evidence="e2", source="data", stance="supports", indicators=("CI.2",), text="Seen")
    assert not within(boundary(give(2), "ana"), evidence)
    assert not within(boundary(mine, "ana"), rating)
    assert not within(boundary(mine, "ana"), evidence)


def test_what_happens_in_a_review_holds_up_neither_its_school_nor_the_next_review() -> None:
    history = happened(OPEN)
    recorded = history.record(rated("ben", 3), "ben")
    assert not within(boundary(RenameSchool(school="maple", name="Maple"), "amara"), recorded)
    assert not within(boundary(schedule(review="m2"), "daniel"), recorded)
