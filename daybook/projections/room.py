"""The review room: one stream's view, from which its page, live frames and replay are drawn.

The fact a newcomer would get wrong: a blind rating is two entries. `rated:CI.2:ana` says to the team
that Ana has answered; `rating:CI.2:ana` holds the answer and is hers alone until the reveal hands it
to the team. Nothing else in the view may depend on a hidden answer.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from daybook.events import review as events
from daybook.events.core import Recorded
from daybook.events.people import People
from daybook.events.review import Answer, ReviewRole, Source, Stance
from daybook.projections.figures import distribution
from daybook.projections.view import Audiences, Entry, Patch, Shown, for_room, for_team, shown

Stage = Literal["blind", "revealed", "consensus"]


class ReviewShown(Shown, frozen=True, tag="review"):
    """The review itself. `rubric` names the view in which the indicators' texts are."""

    review: str
    school: str
    date: date
    rubric: str
    levels: int
    focus: tuple[str, ...]
    phase: Literal["scheduled", "open", "closed"]
    ilt_rates: bool
    opened_at: datetime | None = None
    closed_at: datetime | None = None


class MemberShown(Shown, frozen=True, tag="member"):
    """Someone on the team; `arrived_at` once they joined."""

    person: str
    role: ReviewRole
    arrived_at: datetime | None = None


class IndicatorShown(Shown, frozen=True, tag="indicator"):
    """How far an indicator is. `missing` are the reviewers who had not answered when it was revealed."""

    code: str
    stage: Stage
    missing: tuple[str, ...] = ()
    revealed_at: datetime | None = None


class RatedShown(Shown, frozen=True, tag="rated"):
    """That someone has answered, not what."""

    code: str
    person: str


class RatingShown(Shown, frozen=True, tag="rating"):
    """What someone answered, as it counts in the figures."""

    code: str
    person: str
    answer: Answer


class LateShown(Shown, frozen=True, tag="late"):
    """What someone answered after the reveal: kept, and left out of the figures."""

    code: str
    person: str
    answer: Answer


class EvidenceShown(Shown, frozen=True, tag="evidence"):
    """An item of evidence. A text is None once it has been redacted; `earlier` holds old wordings, oldest first."""

    evidence: str
    person: str
    source: Source
    stance: Stance
    indicators: tuple[str, ...]
    text: str | None
    setting: str | None
    at: datetime
    earlier: tuple[str | None, ...] = ()
    withdrawn: bool = False


class FiguresShown(Shown, frozen=True, tag="figures"):
    """The distribution of the answers that were in time: `counts` by level, lowest first.

    `median` is the lower and the upper middle level, equal unless the middle falls between two;
    `spread` is the highest less the lowest level. Both are None when nobody gave a level.
    """

    code: str
    counts: tuple[int, ...]
    insufficient: int
    abstained: int
    median: tuple[int, int] | None
    spread: int | None


class DissentShown(Struct, frozen=True):
    """A view the consensus does not carry; `person` is None when it is anonymous."""

    person: str | None
    text: str | None


class ConsensusShown(Shown, frozen=True, tag="consensus"):
    """The level the team agreed on, why, and who saw it differently."""

    code: str
    level: int
    rationale: str | None
    evidence: tuple[str, ...]
    dissent: tuple[DissentShown, ...]
    by: str
    at: datetime


def audiences(person: str, view: Mapping[str, Entry], people: People) -> Audiences:
    """Say to which audiences of a review a person belongs; empty when they may not enter.

    The team and auditors see the team's work. The school's leaders and the network's leaders see the
    room: who is there, how far it is, and each consensus. Nobody sees another's blind rating.
    """
    if "review" not in view:
        return frozenset()
    review = view["review"].value
    assert isinstance(review, ReviewShown)
    member = view.get(f"member:{person}")
    if member is not None and isinstance(member.value, MemberShown):
        mine = {"room", f"person:{person}"}
        return frozenset(mine if member.value.role == "observer" else mine | {"team"})
    if people.holds(person, "auditor"):
        return frozenset({"room", "team"})
    school = review.school
    may_enter = (
        people.leads(person, school)
        or people.holds(person, "network-administrator")
        or people.holds(person, "network-leader", school)
        or people.holds(person, "observer", school)
    )
    return frozenset({"room"}) if may_enter else frozenset()


def hindsight(now: Mapping[str, Entry], mine: Audiences, ever: Audiences) -> Audiences:
    """Say what a person may see of a review's past, who belongs to `mine` today.

    Once the review is closed its team sees who answered what from the moment it was given, also what was
    replaced or taken back. Until then, and to everyone else, the past shows what it showed.
    """
    return ever if _review(now).phase == "closed" and "team" in mine else mine


def project(view: Mapping[str, Entry], recorded: Recorded) -> Patch:
    """Turn one event of a review into the entries that it changes."""
    event, at = recorded.event, recorded.at
    assert isinstance(event, events.ReviewEvent)
    match event:
        case events.ReviewScheduled():
            return _scheduled(event)
        case events.MemberAdded():
            known = view.get(f"member:{event.person}")
            arrived = known.value.arrived_at if known and isinstance(known.value, MemberShown) else None
            return {f"member:{event.person}": for_room(MemberShown(event.person, event.role, arrived))}
        case events.MemberRemoved():
            return {f"member:{event.person}": None}
        case events.ReviewOpened():
            return {"review": for_room(replace(_review(view), phase="open", opened_at=at))}
        case events.ReviewJoined():
            member = shown(view, f"member:{event.person}", MemberShown)
            return {f"member:{event.person}": for_room(replace(member, arrived_at=at))}
        case events.RatingGiven():
            return _rating(event)
        case events.RatingWithdrawn():
            about = f"{event.indicator}:{event.person}"
            return {f"rated:{about}": None, f"rating:{about}": None}
        case events.EvidenceAdded():
            return {f"evidence:{event.evidence}": for_team(_evidence(event, event.person, at))}
        case events.EvidenceRevised():
            known_evidence = shown(view, f"evidence:{event.evidence}", EvidenceShown)
            revised = _evidence(event, known_evidence.person, known_evidence.at)
            earlier = (*known_evidence.earlier, known_evidence.text)
            return {f"evidence:{event.evidence}": for_team(replace(revised, earlier=earlier))}
        case events.EvidenceWithdrawn():
            key = f"evidence:{event.evidence}"
            return {key: for_team(replace(shown(view, key, EvidenceShown), withdrawn=True))}
        case events.EvidenceRedacted():
            key = f"evidence:{event.evidence}"
            item = shown(view, key, EvidenceShown)
            return {key: for_team(replace(item, text=None, setting=None, earlier=(None,) * len(item.earlier)))}
        case events.RatingsRevealed():
            return _revealed(view, event, at)
        case events.ConsensusReached():
            return _consensus(view, event, recorded)
        case events.ConsensusRedacted():
            key = f"consensus:{event.indicator}"
            agreed = shown(view, key, ConsensusShown)
            dissent = tuple(replace(kept, text=None) for kept in agreed.dissent)
            return {key: for_room(replace(agreed, rationale=None, dissent=dissent))}
        case events.ReviewClosed():
            return {"review": for_room(replace(_review(view), phase="closed", closed_at=at))}
        case _:
            assert_never(event)


def _review(view: Mapping[str, Entry]) -> ReviewShown:
    return shown(view, "review", ReviewShown)


def _scheduled(event: events.ReviewScheduled) -> Patch:
    review = ReviewShown(
        review=event.review,
        school=event.school,
        date=event.date,
        rubric=event.rubric,
        levels=event.levels,
        focus=event.focus,
        phase="scheduled",
        ilt_rates=event.ilt_rates,
    )
    patch: Patch = {"review": for_room(review)}
    patch |= {f"member:{m.person}": for_room(MemberShown(m.person, m.role)) for m in event.team}
    patch |= {f"indicator:{code}": for_room(IndicatorShown(code, "blind")) for code in event.focus}
    return patch


def _rating(event: events.RatingGiven) -> Patch:
    about = f"{event.indicator}:{event.person}"
    if event.late:
        return {f"late:{about}": for_team(LateShown(event.indicator, event.person, event.answer))}
    return {
        f"rated:{about}": for_team(RatedShown(event.indicator, event.person)),
        f"rating:{about}": Entry(RatingShown(event.indicator, event.person, event.answer), f"person:{event.person}"),
    }


def _evidence(event: events.EvidenceAdded | events.EvidenceRevised, person: str, at: datetime) -> EvidenceShown:
    return EvidenceShown(
        evidence=event.evidence,
        person=person,
        source=event.source,
        stance=event.stance,
        indicators=event.indicators,
        text=event.text.text,
        setting=event.setting.text if event.setting else None,
        at=at,
    )


def _revealed(view: Mapping[str, Entry], event: events.RatingsRevealed, at: datetime) -> Patch:
    code = event.indicator
    prefix = f"rating:{code}:"
    ratings = {key: entry.value for key, entry in view.items() if key.startswith(prefix)}
    found = distribution((r.answer for r in ratings.values() if isinstance(r, RatingShown)), _review(view).levels)
    figures = FiguresShown(code, found.counts, found.insufficient, found.abstained, found.median, found.spread)
    patch: Patch = {key: for_team(rating) for key, rating in ratings.items()}
    patch[f"figures:{code}"] = for_team(figures)
    patch[f"indicator:{code}"] = for_room(IndicatorShown(code, "revealed", event.missing, at))
    return patch


def _consensus(view: Mapping[str, Entry], event: events.ConsensusReached, recorded: Recorded) -> Patch:
    code = event.indicator
    agreed = ConsensusShown(
        code=code,
        level=event.level,
        rationale=event.rationale.text,
        evidence=event.evidence,
        dissent=tuple(DissentShown(d.person, d.text.text) for d in event.dissent),
        by=recorded.actor,
        at=recorded.at,
    )
    indicator = shown(view, f"indicator:{code}", IndicatorShown)
    return {
        f"consensus:{code}": for_room(agreed),
        f"indicator:{code}": for_room(replace(indicator, stage="consensus")),
    }
