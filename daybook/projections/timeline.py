"""The audit: one sentence for each event, and the facets by which a line is found.

A sentence is a message and its parameters, so that each reader gets it in their own language. It
never holds prose, which can be erased, nor the answer of a blind rating. A parameter named `person`,
`actor` or `people` holds ids, whose names are put in when the line is shown.
"""

from collections.abc import Sequence
from typing import assert_never

from daybook.events import outcomes, people, plan, practice, review, rubric, school
from daybook.events.core import Event, Sentence, stored_name
from daybook.events.streams import AnyEvent
from daybook.projections import timeline_outcomes, timeline_plan


def N_(message: str) -> str:
    """Mark a message for translation; it is looked up when the reader's language is known."""
    return message


_TEAM_ONLY = frozenset(
    stored_name(kind)
    for kind in (
        review.RatingGiven,
        review.RatingWithdrawn,
        review.EvidenceAdded,
        review.EvidenceRevised,
        review.EvidenceWithdrawn,
        review.EvidenceRedacted,
    )
)


def facets(type_: str, tags: Sequence[str], actor: str) -> tuple[str, ...]:
    """Say by what an event's line is found, and to whom it may be shown.

    `audience:team` lines belong to the team of their review, and to auditors; `audience:room` lines
    to everyone who may see the school or the network. A team line that also has `voices:<school>` is for
    those who are asked for input there, one with `staff:<school>` for those who work on its plans. What an
    event says is not looked at.
    """
    of_school = "voices:" if type_ in timeline_outcomes.TEAM_ONLY else ""
    of_school = "staff:" if type_ in timeline_plan.TEAM_ONLY else of_school
    audience = "audience:team" if of_school or type_ in _TEAM_ONLY else "audience:room"
    about = [tag for tag in tags if tag.startswith(("school:", "person:"))]
    theirs = [tag.replace("school:", of_school) for tag in about if of_school and tag.startswith("school:")]
    return tuple(dict.fromkeys((audience, f"stream:{tags[0]}", f"person:{actor}", *about, *theirs)))


def sentence(event: Event) -> Sentence:
    """Tell one event in one sentence, whose subject is its actor."""
    assert isinstance(event, AnyEvent)
    if isinstance(event, review.ReviewEvent):
        return _of_review(event)
    if isinstance(event, people.PeopleEvent):
        return _of_people(event)
    if isinstance(event, rubric.RubricEvent):
        return _of_rubric(event)
    if isinstance(event, school.SchoolEvent):
        return _of_school(event)
    if isinstance(event, practice.PracticeSet):
        return Sentence(N_("{actor} set how the network plans its year"), {})
    if isinstance(event, outcomes.OutcomesEvent):
        return timeline_outcomes.sentence(event)
    if isinstance(event, plan.PlanEvent):
        return timeline_plan.sentence(event)
    assert_never(event)


def _of_review(event: review.ReviewEvent) -> Sentence:
    match event:
        case review.ReviewScheduled():
            return Sentence(
                N_("{actor} scheduled a School Support Review for {date} with {count} focus indicators"),
                {"date": event.date.isoformat(), "count": str(len(event.focus))},
            )
        case review.MemberAdded(role=role, person=person):
            return Sentence(N_("{actor} put {person} on the team as {role}"), {"person": person, "role": role})
        case review.MemberRemoved(person=person):
            return Sentence(N_("{actor} took {person} off the team"), {"person": person})
        case review.ReviewOpened():
            return Sentence(N_("{actor} opened the review"), {})
        case review.ReviewJoined():
            return Sentence(N_("{actor} joined the review"), {})
        case review.RatingGiven(late=True, indicator=code):
            return Sentence(N_("{actor} rated {code} after the reveal"), {"code": code})
        case review.RatingGiven(indicator=code):
            return Sentence(N_("{actor} rated {code}"), {"code": code})
        case review.RatingWithdrawn(indicator=code):
            return Sentence(N_("{actor} took back a rating of {code}"), {"code": code})
        case review.EvidenceAdded() | review.EvidenceRevised() | review.EvidenceWithdrawn() | review.EvidenceRedacted():
            return _of_evidence(event)
        case review.ConsensusRedacted(indicator=code):
            return Sentence(N_("{actor} erased the words of the consensus on {code}"), {"code": code})
        case review.RatingsRevealed(missing=(), indicator=code):
            return Sentence(N_("{actor} revealed the ratings of {code}"), {"code": code})
        case review.RatingsRevealed(missing=missing, indicator=code):
            return Sentence(
                N_("{actor} revealed the ratings of {code}; without a rating: {people}"),
                {"code": code, "people": " ".join(missing)},
            )
        case review.ConsensusReached(indicator=code, level=level):
            return Sentence(
                N_("{actor} recorded the consensus on {code}: level {level}"), {"code": code, "level": str(level)}
            )
        case review.ReviewClosed():
            return Sentence(N_("{actor} closed the review"), {})
        case _:
            assert_never(event)


_Evidence = review.EvidenceAdded | review.EvidenceRevised | review.EvidenceWithdrawn | review.EvidenceRedacted


def _of_evidence(event: _Evidence) -> Sentence:
    match event:
        case review.EvidenceAdded():
            return Sentence(
                N_("{actor} noted evidence on {codes} ({source})"),
                {"codes": ", ".join(event.indicators), "source": event.source},
            )
        case review.EvidenceRevised():
            return Sentence(N_("{actor} reworded evidence on {codes}"), {"codes": ", ".join(event.indicators)})
        case review.EvidenceWithdrawn():
            return Sentence(N_("{actor} withdrew evidence"), {})
        case review.EvidenceRedacted():
            return Sentence(N_("{actor} erased the words of an item of evidence"), {})
        case _:
            assert_never(event)


def _of_people(event: people.PeopleEvent) -> Sentence:
    match event:
        case people.RoleGranted(role=role, person=person):
            return Sentence(N_("{actor} gave {person} the role {role}"), {"person": person, "role": role})
        case people.RoleRevoked(role=role, person=person):
            return Sentence(N_("{actor} ended the role {role} of {person}"), {"person": person, "role": role})
        case people.TeamFormed(name=name):
            return Sentence(N_("{actor} formed the team {team}"), {"team": name})
        case people.TeamJoined(team=team, person=person):
            return Sentence(N_("{actor} made {person} a member of the team {team}"), {"person": person, "team": team})
        case people.TeamLeft(team=team, person=person):
            return Sentence(N_("{actor} took {person} off the team {team}"), {"person": person, "team": team})
        case _:
            assert_never(event)


def _of_rubric(event: rubric.RubricEvent) -> Sentence:
    match event:
        case rubric.RubricDrafted(rubric=version):
            return Sentence(N_("{actor} began the rubric version {rubric}"), {"rubric": version})
        case rubric.SystemAdded(code=code):
            return Sentence(N_("{actor} added the system {code} to the rubric"), {"code": code})
        case rubric.IndicatorAdded(code=code):
            return Sentence(N_("{actor} added the indicator {code} to the rubric"), {"code": code})
        case rubric.RubricPublished(rubric=version):
            return Sentence(N_("{actor} published the rubric version {rubric}"), {"rubric": version})
        case _:
            assert_never(event)


def _of_school(event: school.SchoolEvent) -> Sentence:
    match event:
        case school.SchoolAdded(name=name):
            return Sentence(N_("{actor} added the school {name}"), {"name": name})
        case school.SchoolRenamed(name=name):
            return Sentence(N_("{actor} renamed the school to {name}"), {"name": name})
        case _:
            assert_never(event)
