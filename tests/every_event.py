"""An example of every shape in which an event can be recorded: each type, with and without what is optional."""

from datetime import date

from daybook.events.core import Event, Prose
from daybook.events.people import RoleGranted, RoleRevoked, TeamFormed, TeamJoined, TeamLeft
from daybook.events.review import (
    ConsensusReached,
    ConsensusRedacted,
    DissentKept,
    EvidenceAdded,
    EvidenceRedacted,
    EvidenceRevised,
    EvidenceWithdrawn,
    Member,
    MemberAdded,
    MemberRemoved,
    RatingGiven,
    RatingsRevealed,
    RatingWithdrawn,
    ReviewClosed,
    ReviewJoined,
    ReviewOpened,
    ReviewScheduled,
)
from daybook.events.rubric import IndicatorAdded, RubricDrafted, RubricPublished, Said, SystemAdded
from daybook.events.school import SchoolAdded, SchoolRenamed

WORDS = "Words that only their author may read"
"""The text of every prose field below."""

_LEVELS = (Said("Low", "Bajo"), Said("High", "Alto"))

EVERY_EVENT: tuple[Event, ...] = (
    RoleGranted(person="amara", role="network-administrator"),
    RoleGranted(person="patricia", role="school-leader", school="maple"),
    RoleRevoked(person="daniel", role="network-leader"),
    RoleRevoked(person="patricia", role="school-leader", school="maple"),
    TeamFormed(team="maple-ilt", school="maple", kind="ilt", name="Leadership Team"),
    TeamJoined(team="maple-ilt", person="patricia"),
    TeamLeft(team="maple-ilt", person="patricia"),
    SchoolAdded(school="maple", name="Maple Street", grades="elementary"),
    SchoolRenamed(school="maple", name="Maple Hill"),
    RubricDrafted(rubric="pif-1", title=Said("PIF", "PIF"), note=Said("Made up", "Inventado"), levels=_LEVELS),
    SystemAdded(rubric="pif-1", code="CI", name=Said("Curriculum & Instruction", "Plan de estudios y enseñanza")),
    IndicatorAdded(
        rubric="pif-1",
        system="CI",
        code="CI.2",
        statement=Said("Teams plan together", "Los equipos planean juntos"),
        acts=Said("Teams", "Equipos"),
        look_fors=(Said("A calendar", "Un calendario"),),
        descriptors=_LEVELS,
    ),
    RubricPublished(rubric="pif-1"),
    ReviewScheduled(
        review="m1",
        school="maple",
        date=date(2026, 3, 9),
        rubric="pif-1",
        levels=2,
        focus=("CI.1", "CI.2"),
        team=(Member("ruth", "facilitator"), Member("ana", "reviewer"), Member("flor", "observer")),
    ),
    ReviewScheduled(
        review="m1",
        school="maple",
        date=date(2026, 3, 9),
        rubric="pif-1",
        levels=2,
        focus=("CI.2",),
        team=(Member("ruth", "facilitator"),),
        ilt_rates=True,
    ),
    MemberAdded(review="m1", person="ben", role="reviewer"),
    MemberRemoved(review="m1", person="ben"),
    ReviewOpened(review="m1"),
    ReviewJoined(review="m1", person="ana"),
    RatingGiven(review="m1", indicator="CI.2", person="ana", answer=2),
    RatingGiven(review="m1", indicator="CI.2", person="ana", answer="insufficient-evidence"),
    RatingGiven(review="m1", indicator="CI.2", person="ana", answer="abstain", late=True),
    RatingWithdrawn(review="m1", indicator="CI.2", person="ana"),
    EvidenceAdded(
        review="m1",
        evidence="e1",
        person="ana",
        source="observation",
        stance="supports",
        indicators=("CI.1", "CI.2"),
        text=Prose(WORDS),
        setting=Prose(WORDS),
    ),
    EvidenceAdded(
        review="m1",
        evidence="e2",
        person="ana",
        source="data",
        stance="challenges",
        indicators=("CI.2",),
        text=Prose(WORDS),
    ),
    EvidenceRevised(
        review="m1",
        evidence="e1",
        source="interview",
        stance="challenges",
        indicators=("CI.2",),
        text=Prose(WORDS),
        setting=Prose(WORDS),
    ),
    EvidenceRevised(
        review="m1", evidence="e1", source="survey", stance="supports", indicators=("CI.2",), text=Prose(WORDS)
    ),
    EvidenceWithdrawn(review="m1", evidence="e1"),
    EvidenceRedacted(review="m1", evidence="e1", reason=Prose(WORDS)),
    RatingsRevealed(review="m1", indicator="CI.2", missing=()),
    RatingsRevealed(review="m1", indicator="CI.2", missing=("ana", "ben")),
    ConsensusReached(review="m1", indicator="CI.2", level=2, rationale=Prose(WORDS)),
    ConsensusReached(
        review="m1",
        indicator="CI.2",
        level=2,
        rationale=Prose(WORDS),
        evidence=("e1", "e2"),
        dissent=(DissentKept(text=Prose(WORDS), person="ana"), DissentKept(text=Prose(WORDS))),
    ),
    ConsensusRedacted(review="m1", indicator="CI.2", reason=Prose(WORDS)),
    ReviewClosed(review="m1"),
)
