"""The network's view across streams: schools, rubric versions, reviews, plans, and each school's PIF state.

Stored in Postgres, entry by entry. `facets` are what entries are found by: the school or the person
they concern. A standing rating is one entry for each school and indicator; the latest consensus
takes the place of the one before it, which becomes its trend.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from daybook.events.core import Recorded, stored_name
from daybook.events.review import (
    ConsensusReached,
    MemberAdded,
    MemberRemoved,
    ReviewClosed,
    ReviewOpened,
    ReviewRole,
    ReviewScheduled,
)
from daybook.events.rubric import RubricDrafted, RubricPublished, Said
from daybook.events.school import Grades, SchoolAdded, SchoolRenamed
from daybook.projections import network_plans
from daybook.projections.view import Found, Shown


class SchoolListed(Shown, frozen=True, tag="school"):
    """A school of the network."""

    school: str
    name: str
    grades: Grades


class RubricListed(Shown, frozen=True, tag="rubric"):
    """A rubric version, with the names of its levels from lowest to highest."""

    rubric: str
    title: Said
    levels: tuple[Said, ...]
    published: bool = False


class ReviewListed(Shown, frozen=True, tag="review"):
    """A review as lists show it: who takes part, and how many of its indicators have a consensus."""

    review: str
    school: str
    date: date
    rubric: str
    levels: int
    phase: Literal["scheduled", "open", "closed"]
    focus: tuple[str, ...]
    team: dict[str, ReviewRole]
    agreed: tuple[str, ...] = ()


class Earlier(Struct, frozen=True):
    """A standing rating that a later one replaced, on the scale it was given on."""

    level: int
    levels: int
    rubric: str
    review: str
    at: datetime


class StandingRating(Shown, frozen=True, tag="standing"):
    """A school's latest standing rating of an indicator, where it came from, and what stood before, oldest first."""

    school: str
    indicator: str
    level: int
    levels: int
    rubric: str
    review: str
    at: datetime
    before: tuple[Earlier, ...] = ()


HANDLED = network_plans.HANDLED | frozenset(
    stored_name(kind)
    for kind in (
        SchoolAdded,
        SchoolRenamed,
        RubricDrafted,
        RubricPublished,
        ReviewScheduled,
        ReviewOpened,
        ReviewClosed,
        MemberAdded,
        MemberRemoved,
        ConsensusReached,
    )
)
"""The stored names of the events that change this view; no other needs to be read for it."""


def reads(recorded: Recorded) -> tuple[str, ...]:
    """Name the entries that `project` looks at for this event."""
    event = recorded.event
    if isinstance(event, network_plans.PlanChange | network_plans.OutcomesChange):
        return network_plans.reads(event)
    match event:
        case SchoolRenamed():
            return (f"school:{event.school}",)
        case RubricPublished():
            return (f"rubric:{event.rubric}",)
        case ConsensusReached():
            school = school_of(recorded)
            return (f"review:{event.review}", f"standing:{school}:{event.indicator}")
        case ReviewOpened() | ReviewClosed() | MemberAdded() | MemberRemoved():
            return (f"review:{event.review}",)
        case _:
            return ()


def school_of(recorded: Recorded) -> str:
    """Return the school that an event concerns, from its tags."""
    return next(tag.removeprefix("school:") for tag in recorded.tags if tag.startswith("school:"))


def project(view: Mapping[str, Found], recorded: Recorded) -> dict[str, Found]:
    """Turn one event into the entries that it changes; most events change none."""
    event = recorded.event
    if isinstance(event, network_plans.PlanChange | network_plans.OutcomesChange):
        return network_plans.project(view, event)
    match event:
        case SchoolAdded():
            school = SchoolListed(school=event.school, name=event.name, grades=event.grades)
            return {f"school:{event.school}": Found(school, ("list:schools",))}
        case SchoolRenamed():
            return _replaced(view, f"school:{event.school}", SchoolListed, name=event.name)
        case RubricDrafted():
            rubric = RubricListed(rubric=event.rubric, title=event.title, levels=event.levels)
            return {f"rubric:{event.rubric}": Found(rubric, ("list:rubrics",))}
        case RubricPublished():
            return _replaced(view, f"rubric:{event.rubric}", RubricListed, published=True)
        case ReviewScheduled():
            return _scheduled(event)
        case ReviewOpened():
            return _replaced(view, f"review:{event.review}", ReviewListed, phase="open")
        case ReviewClosed():
            return _replaced(view, f"review:{event.review}", ReviewListed, phase="closed")
        case MemberAdded():
            return _with_team(view, event.review, lambda team: {**team, event.person: event.role})
        case MemberRemoved():
            return _with_team(view, event.review, lambda team: {p: r for p, r in team.items() if p != event.person})
        case ConsensusReached():
            return _consensus(view, event, recorded)
        case _:
            return {}


def _replaced(view: Mapping[str, Found], key: str, kind: type[Shown], **changes: Any) -> dict[str, Found]:
    found = view[key]
    assert isinstance(found.value, kind)
    return {key: Found(replace(found.value, **changes), found.facets)}


def _facets(school: str, team: Mapping[str, ReviewRole]) -> tuple[str, ...]:
    return ("list:reviews", f"school:{school}", *(f"person:{person}" for person in team))


def _scheduled(event: ReviewScheduled) -> dict[str, Found]:
    team = {member.person: member.role for member in event.team}
    review = ReviewListed(
        review=event.review,
        school=event.school,
        date=event.date,
        rubric=event.rubric,
        levels=event.levels,
        phase="scheduled",
        focus=event.focus,
        team=team,
    )
    return {f"review:{event.review}": Found(review, _facets(event.school, team))}


def _listed(view: Mapping[str, Found], review: str) -> ReviewListed:
    value = view[f"review:{review}"].value
    assert isinstance(value, ReviewListed)
    return value


def _with_team(
    view: Mapping[str, Found], review: str, change: Callable[[dict[str, ReviewRole]], dict[str, ReviewRole]]
) -> dict[str, Found]:
    listed = _listed(view, review)
    team = change(listed.team)
    return {f"review:{review}": Found(replace(listed, team=team), _facets(listed.school, team))}


def _consensus(view: Mapping[str, Found], event: ConsensusReached, recorded: Recorded) -> dict[str, Found]:
    review = _listed(view, event.review)
    key = f"standing:{review.school}:{event.indicator}"
    before: tuple[Earlier, ...] = ()
    if key in view:
        last = view[key].value
        assert isinstance(last, StandingRating)
        before = last.before
        if last.review != event.review:  # a consensus put right in the same review is no step of a trend
            before = (*before, Earlier(last.level, last.levels, last.rubric, last.review, last.at))
    standing = StandingRating(
        school=review.school,
        indicator=event.indicator,
        level=event.level,
        levels=review.levels,
        rubric=review.rubric,
        review=event.review,
        at=recorded.at,
        before=before,
    )
    agreed = (*(code for code in review.agreed if code != event.indicator), event.indicator)
    return {
        key: Found(standing, ("list:standing", f"school:{review.school}")),
        f"review:{event.review}": Found(replace(review, agreed=agreed), _facets(review.school, review.team)),
    }
