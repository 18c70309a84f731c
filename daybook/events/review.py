"""A School Support Review, one stream each: `review:<id>`.

A team judges a school together on one version of the rubric: evidence, a blind rating by each
reviewer for each focus indicator, the reveal, and a consensus. The fact a newcomer would get wrong:
a rating that loses the race against the reveal is not refused. It is kept, as late, and stays out of
the figures; so a rating conflicts with the reveal of its indicator and with nobody else's rating.

This module has the events and the words they are written in.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from daybook.events.core import Event, Id, IndicatorCode, Level, PersonId, Prose, Text

ReviewRole = Literal["facilitator", "reviewer", "observer"]
Source = Literal["document", "data", "observation", "interview", "focus-group", "survey", "self-review"]
Stance = Literal["supports", "challenges"]
Answer = Level | Literal["insufficient-evidence", "abstain"]
Indicators = Annotated[tuple[IndicatorCode, ...], Meta(min_length=1, max_length=20)]


class Member(Struct, frozen=True):
    """Someone on the review's team and what they do there."""

    person: PersonId
    role: ReviewRole


class Dissent(Struct, frozen=True, forbid_unknown_fields=True):
    """A view that a consensus does not carry: by name, or anonymous when `person` is None."""

    text: Text
    person: PersonId | None = None


class DissentKept(Struct, frozen=True):
    """A dissent as it is recorded, in words that can be erased."""

    text: Prose
    person: PersonId | None = None


class ReviewScheduled(Event, frozen=True, tag="review-scheduled"):
    """A review of a school was set: when, on which rubric version, on which indicators, by whom.

    `levels` is the rubric's number of levels, so that the review's own rules need no other stream.
    `ilt_rates` lets the school's own leaders rate in the team round, where a network wants that.
    """

    review: Id
    school: Id
    date: date
    rubric: Id
    levels: int
    focus: tuple[IndicatorCode, ...]
    team: tuple[Member, ...]
    ilt_rates: bool = False


class MemberAdded(Event, frozen=True, tag="member-added"):
    """Someone joined the team after it was set, or got another part in it."""

    review: Id
    person: PersonId
    role: ReviewRole


class MemberRemoved(Event, frozen=True, tag="member-removed"):
    """Someone is no longer on the team; what they said and rated stays."""

    review: Id
    person: PersonId


class ReviewOpened(Event, frozen=True, tag="review-opened"):
    """The day began: evidence and ratings are taken from now on."""

    review: Id


class ReviewJoined(Event, frozen=True, tag="review-joined"):
    """A member of the team arrived."""

    review: Id
    person: PersonId


class RatingGiven(Event, frozen=True, tag="rating-given"):
    """A reviewer answered for an indicator; a later answer by the same reviewer takes its place.

    A `late` one arrived after the reveal: it stands beside the others and counts in no figure.
    """

    review: Id
    indicator: IndicatorCode
    person: PersonId
    answer: Answer
    late: bool = False


class RatingWithdrawn(Event, frozen=True, tag="rating-withdrawn"):
    """A reviewer took a blind rating back."""

    review: Id
    indicator: IndicatorCode
    person: PersonId


class EvidenceAdded(Event, frozen=True, tag="evidence-added"):
    """Something seen, heard or read was noted for one or more indicators."""

    review: Id
    evidence: Id
    person: PersonId
    source: Source
    stance: Stance
    indicators: tuple[IndicatorCode, ...]
    text: Prose
    setting: Prose | None = None


class EvidenceRevised(Event, frozen=True, tag="evidence-revised"):
    """Its author put the evidence differently; the old wording stays on the record."""

    review: Id
    evidence: Id
    source: Source
    stance: Stance
    indicators: tuple[IndicatorCode, ...]
    text: Prose
    setting: Prose | None = None


class EvidenceWithdrawn(Event, frozen=True, tag="evidence-withdrawn"):
    """Its author no longer stands by the evidence."""

    review: Id
    evidence: Id


class EvidenceRedacted(Event, frozen=True, tag="evidence-redacted"):
    """Every wording of an item of evidence was erased; that it was there, and whose it was, stays."""

    review: Id
    evidence: Id
    reason: Prose


class RatingsRevealed(Event, frozen=True, tag="ratings-revealed"):
    """The facilitator showed everybody's ratings of an indicator; `missing` are the reviewers without one."""

    review: Id
    indicator: IndicatorCode
    missing: tuple[PersonId, ...]


class ConsensusReached(Event, frozen=True, tag="consensus-reached"):
    """The team agreed on a level; a later consensus on the indicator takes its place."""

    review: Id
    indicator: IndicatorCode
    level: int
    rationale: Prose
    evidence: tuple[Id, ...] = ()
    dissent: tuple[DissentKept, ...] = ()


class ConsensusRedacted(Event, frozen=True, tag="consensus-redacted"):
    """The words of an indicator's consensus were erased; its level stands."""

    review: Id
    indicator: IndicatorCode
    reason: Prose


class ReviewClosed(Event, frozen=True, tag="review-closed"):
    """The review ended and takes nothing more."""

    review: Id


ReviewEvent = (
    ReviewScheduled
    | MemberAdded
    | MemberRemoved
    | ReviewOpened
    | ReviewJoined
    | RatingGiven
    | RatingWithdrawn
    | EvidenceAdded
    | EvidenceRevised
    | EvidenceWithdrawn
    | EvidenceRedacted
    | RatingsRevealed
    | ConsensusReached
    | ConsensusRedacted
    | ReviewClosed
)
