"""What an event of a review is about: the tags by which boundaries, timelines and redactions find it."""

from typing import assert_never

from daybook.events.core import Event, Match
from daybook.events.review import (
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
    ReviewScheduled,
)
from daybook.events.review_state import Review


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
