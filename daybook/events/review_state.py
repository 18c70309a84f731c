"""A School Support Review as its rules see it, folded from its events."""

from typing import Literal, assert_never

from msgspec import Struct, field

from daybook.events.review import (
    Answer,
    ConsensusReached,
    ConsensusRedacted,
    EvidenceAdded,
    EvidenceRedacted,
    EvidenceRevised,
    EvidenceWithdrawn,
    MemberAdded,
    MemberRemoved,
    RatingGiven,
    RatingsRevealed,
    RatingWithdrawn,
    ReviewClosed,
    ReviewEvent,
    ReviewJoined,
    ReviewOpened,
    ReviewRole,
    ReviewScheduled,
)

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
