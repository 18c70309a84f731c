"""One network for the stories of a review: a school, a rubric version, a review and its people.

Ruth facilitates; Ana, Ben and Chiyo review; Flor observes. Amara is the network's administrator, Daniel one of
its leaders, Patricia leads the school, Tomás is on its ILT, and Olivia is the auditor.
"""

from datetime import date

from daybook.events.core import Event, Prose
from daybook.events.people import RoleGranted, TeamFormed, TeamJoined
from daybook.events.review import (
    Answer,
    ConsensusReached,
    EvidenceAdded,
    Member,
    RatingGiven,
    RatingsRevealed,
    ReviewClosed,
    ReviewOpened,
    ReviewScheduled,
)
from daybook.events.review_commands import GiveRating, ScheduleReview
from daybook.events.rubric import IndicatorAdded, RubricDrafted, RubricPublished, Said, SystemAdded
from daybook.events.school import SchoolAdded

PEOPLE: tuple[Event, ...] = (
    RoleGranted(person="amara", role="network-administrator"),
    RoleGranted(person="daniel", role="network-leader"),
    RoleGranted(person="olivia", role="auditor"),
    RoleGranted(person="patricia", role="school-leader", school="maple"),
    TeamFormed(team="maple-ilt", school="maple", kind="ilt", name="Leadership Team"),
    TeamJoined(team="maple-ilt", person="tomas"),
)
SCHOOL = SchoolAdded(school="maple", name="Maple Street", grades="elementary")
DAY = date(2026, 3, 9)
FOCUS = ("CI.1", "CI.2")
TEAM = (
    Member(person="ruth", role="facilitator"),
    Member(person="ana", role="reviewer"),
    Member(person="ben", role="reviewer"),
    Member(person="chiyo", role="reviewer"),
    Member(person="flor", role="observer"),
)


def said(words: str) -> Said:
    return Said(en=words, es=words)


def rubric_version(levels: int = 4, *, published: bool = True) -> tuple[Event, ...]:
    names = tuple(said(f"Level {level}") for level in range(1, levels + 1))
    begun = (
        RubricDrafted(rubric="pif-1", title=said("PIF"), note=said("Made up"), levels=names),
        SystemAdded(rubric="pif-1", code="CI", name=said("Curriculum & Instruction")),
        *(
            IndicatorAdded(
                rubric="pif-1",
                system="CI",
                code=code,
                statement=said("Teams plan together"),
                acts=said("Teams"),
                look_fors=(),
                descriptors=names,
            )
            for code in (*FOCUS, "CI.3")
        ),
    )
    return (*begun, RubricPublished(rubric="pif-1")) if published else begun


def scheduled(levels: int = 4, *, ilt_rates: bool = False, team: tuple[Member, ...] = TEAM) -> ReviewScheduled:
    return ReviewScheduled(
        review="m1",
        school="maple",
        date=DAY,
        rubric="pif-1",
        levels=levels,
        focus=FOCUS,
        team=team,
        ilt_rates=ilt_rates,
    )


def schedule(
    *,
    review: str = "m1",
    school: str = "maple",
    rubric: str = "pif-1",
    focus: tuple[str, ...] = FOCUS,
    team: tuple[Member, ...] = TEAM,
    ilt_rates: bool = False,
) -> ScheduleReview:
    return ScheduleReview(
        review=review, school=school, date=DAY, rubric=rubric, focus=focus, team=team, ilt_rates=ilt_rates
    )


def give(answer: Answer, code: str = "CI.2") -> GiveRating:
    return GiveRating(review="m1", indicator=code, answer=answer)


def rated(person: str, answer: Answer, code: str = "CI.2", *, late: bool = False) -> RatingGiven:
    return RatingGiven(review="m1", indicator=code, person=person, answer=answer, late=late)


def noted(evidence: str = "e1", person: str = "ana", text: str = "Plans on the wall") -> EvidenceAdded:
    return EvidenceAdded(
        review="m1",
        evidence=evidence,
        person=person,
        source="observation",
        stance="supports",
        indicators=("CI.2",),
        text=Prose(text),
    )


def revealed(*missing: str, code: str = "CI.2") -> RatingsRevealed:
    return RatingsRevealed(review="m1", indicator=code, missing=missing)


def agreed(level: int, code: str = "CI.2", rationale: str = "Most of us saw it") -> ConsensusReached:
    return ConsensusReached(review="m1", indicator=code, level=level, rationale=Prose(rationale))


NETWORK = (*PEOPLE, SCHOOL, *rubric_version())
SCHEDULED = (*NETWORK, scheduled())
OPENED = ReviewOpened(review="m1")
CLOSED = ReviewClosed(review="m1")
OPEN = (*SCHEDULED, OPENED)
