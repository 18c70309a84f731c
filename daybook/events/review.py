"""A School Support Review, one stream each: `review:<id>`.

A team judges a school together on one version of the rubric: evidence, a blind rating by each
reviewer for each focus indicator, the reveal, and a consensus. The fact a newcomer would get wrong:
a rating that loses the race against the reveal is not refused. It is kept, as late, and stays out of
the figures; so a rating conflicts with the reveal of its indicator and with nobody else's rating.

The rules are in `review_rules`; this module has the words they are written in and the fold.
"""

from datetime import date
from typing import Annotated, Literal, assert_never

from msgspec import Meta, Struct, field

from daybook.events.core import Command, Event, Id, IndicatorCode, Level, Match, Note, PersonId, Prose, Text

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


# Events


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


# Commands


class ScheduleReview(Command, frozen=True, tag="schedule-review"):
    """Set a review: school, date, published rubric version, focus indicators and team."""

    review: Id
    school: Id
    date: date
    rubric: Id
    focus: Annotated[tuple[IndicatorCode, ...], Meta(min_length=1, max_length=100)]
    team: Annotated[tuple[Member, ...], Meta(min_length=1, max_length=200)]
    ilt_rates: bool = False


class AddMember(Command, frozen=True, tag="add-member"):
    """Add someone to the team, or give them another part in it."""

    review: Id
    person: PersonId
    role: ReviewRole


class RemoveMember(Command, frozen=True, tag="remove-member"):
    """Take someone off the team."""

    review: Id
    person: PersonId


class OpenReview(Command, frozen=True, tag="open-review"):
    """Begin the day."""

    review: Id


class JoinReview(Command, frozen=True, tag="join-review"):
    """Say that I have arrived."""

    review: Id


class GiveRating(Command, frozen=True, tag="give-rating"):
    """Answer for an indicator: a level, `insufficient-evidence` or `abstain`."""

    review: Id
    indicator: IndicatorCode
    answer: Answer


class WithdrawRating(Command, frozen=True, tag="withdraw-rating"):
    """Take my blind rating back."""

    review: Id
    indicator: IndicatorCode


class AddEvidence(Command, frozen=True, tag="add-evidence"):
    """Note what was seen, heard or read; `evidence` is an id made by the sender."""

    review: Id
    evidence: Id
    source: Source
    stance: Stance
    indicators: Indicators
    text: Text
    setting: Note | None = None


class ReviseEvidence(Command, frozen=True, tag="revise-evidence"):
    """Put my own evidence differently."""

    review: Id
    evidence: Id
    source: Source
    stance: Stance
    indicators: Indicators
    text: Text
    setting: Note | None = None


class WithdrawEvidence(Command, frozen=True, tag="withdraw-evidence"):
    """Say that I no longer stand by my evidence."""

    review: Id
    evidence: Id


class RedactEvidence(Command, frozen=True, tag="redact-evidence"):
    """Erase every wording of an item of evidence, for good, because it holds what must not be kept."""

    review: Id
    evidence: Id
    reason: Note


class RevealRatings(Command, frozen=True, tag="reveal-ratings"):
    """Show everybody's ratings of an indicator."""

    review: Id
    indicator: IndicatorCode


class RecordConsensus(Command, frozen=True, tag="record-consensus"):
    """Record the level the team agreed on, why, on which evidence, and who saw it differently."""

    review: Id
    indicator: IndicatorCode
    level: Level
    rationale: Text
    evidence: Annotated[tuple[Id, ...], Meta(max_length=200)] = ()
    dissent: Annotated[tuple[Dissent, ...], Meta(max_length=50)] = ()


class RedactConsensus(Command, frozen=True, tag="redact-consensus"):
    """Erase the rationale and dissent of a consensus, for good, because they hold what must not be kept."""

    review: Id
    indicator: IndicatorCode
    reason: Note


class CloseReview(Command, frozen=True, tag="close-review"):
    """End the review."""

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
ReviewCommand = (
    ScheduleReview
    | AddMember
    | RemoveMember
    | OpenReview
    | JoinReview
    | GiveRating
    | WithdrawRating
    | AddEvidence
    | ReviseEvidence
    | WithdrawEvidence
    | RedactEvidence
    | RevealRatings
    | RecordConsensus
    | RedactConsensus
    | CloseReview
)


# State

Phase = Literal["unknown", "scheduled", "open", "closed"]


class Evidence(Struct):
    """What the rules need of an item of evidence: whose it is and whether it still stands."""

    person: str
    withdrawn: bool = False
    redacted: bool = False


class Round(Struct):
    """The rating of one indicator: answers in time by person, late ones beside them, and the outcome."""

    answers: dict[str, Answer] = field(default_factory=dict)
    late: dict[str, Answer] = field(default_factory=dict)
    revealed: bool = False
    consensus: ConsensusReached | None = None
    redacted: bool = False


class Review(Struct):
    """A review as its rules see it."""

    phase: Phase = "unknown"
    school: str = ""
    levels: int = 0
    ilt_rates: bool = False
    rounds: dict[str, Round] = field(default_factory=dict)
    team: dict[str, ReviewRole] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def reviewers(self) -> list[str]:
        """List those who are asked for a rating, in the order in which they came to the team."""
        return [person for person, role in self.team.items() if role == "reviewer"]


def evolve(review: Review, event: ReviewEvent) -> Review:
    """Fold one event into the state, in place: whoever folds owns it."""
    match event:
        case ReviewScheduled():
            review.phase = "scheduled"
            review.school, review.levels, review.ilt_rates = event.school, event.levels, event.ilt_rates
            review.rounds = {code: Round() for code in event.focus}
            review.team = {member.person: member.role for member in event.team}
        case MemberAdded():
            review.team[event.person] = event.role
        case MemberRemoved():
            del review.team[event.person]
            review.joined.discard(event.person)
        case ReviewOpened():
            review.phase = "open"
        case ReviewJoined():
            review.joined.add(event.person)
        case RatingGiven():
            this = review.rounds[event.indicator]
            (this.late if event.late else this.answers)[event.person] = event.answer
        case RatingWithdrawn():
            del review.rounds[event.indicator].answers[event.person]
        case EvidenceAdded():
            review.evidence[event.evidence] = Evidence(person=event.person)
        case EvidenceRevised():
            review.evidence[event.evidence].redacted = False
        case EvidenceWithdrawn():
            review.evidence[event.evidence].withdrawn = True
        case EvidenceRedacted():
            review.evidence[event.evidence].redacted = True
        case RatingsRevealed():
            review.rounds[event.indicator].revealed = True
        case ConsensusReached():
            review.rounds[event.indicator].consensus = event
            review.rounds[event.indicator].redacted = False
        case ConsensusRedacted():
            review.rounds[event.indicator].redacted = True
        case ReviewClosed():
            review.phase = "closed"
        case _:
            assert_never(event)
    return review


def tags(event: ReviewEvent, review: Review) -> tuple[str, ...]:
    """The stream, then the school, then what the event is about."""
    about = (
        f"review:{event.review}",
        f"school:{event.school if isinstance(event, ReviewScheduled) else review.school}",
    )
    match event:
        case ReviewScheduled() | ReviewOpened() | ReviewClosed():
            return about
        case MemberAdded() | MemberRemoved() | ReviewJoined():
            return (*about, f"person:{event.person}")
        case RatingGiven() | RatingWithdrawn():
            return (*about, f"indicator:{event.indicator}", f"person:{event.person}")
        case EvidenceAdded() | EvidenceRevised():
            return (*about, f"evidence:{event.evidence}", *(f"indicator:{code}" for code in event.indicators))
        case EvidenceWithdrawn() | EvidenceRedacted():
            return (*about, f"evidence:{event.evidence}")
        case RatingsRevealed() | ConsensusReached() | ConsensusRedacted():
            return (*about, f"indicator:{event.indicator}")
        case _:
            assert_never(event)


def redacts(event: Event) -> Match | None:
    """Name the earlier events of the stream whose words an event erases; None for one that erases nothing."""
    match event:
        case EvidenceRedacted():
            return Match(("evidence-added", "evidence-revised"), (f"evidence:{event.evidence}",))
        case ConsensusRedacted():
            return Match(("consensus-reached",), (f"indicator:{event.indicator}",))
        case _:
            return None
