"""Where a school stands on each indicator: the latest consensus on it, in whichever of the school's reviews.

`standing:<school>` is no stream: nothing is written to it. It is folded from what the school's reviews agreed on, so
that June Outcomes begin from there, whatever their author had seen of it.
"""

from typing import assert_never

from msgspec import Struct, field

from daybook.events.core import Match, stored_name
from daybook.events.outcomes import Baseline
from daybook.events.review import ConsensusReached, ReviewScheduled

KIND = "standing"
_AGREED = stored_name(ConsensusReached)
GATHERED = frozenset((_AGREED, stored_name(ReviewScheduled)))
StandingEvent = ConsensusReached | ReviewScheduled


class Standing(Struct):
    """The levels of each review's scale, and by indicator the latest consensus with its review."""

    scales: dict[str, int] = field(default_factory=dict)
    ratings: dict[str, Baseline] = field(default_factory=dict)


def standing_of(school: str) -> str:
    """Name the fold of where a school stands."""
    return f"{KIND}:{school}"


def rests_on(school: str, indicator: str | None = None) -> Match:
    """Name what would change a decision that rests on where a school stands, on one indicator or on any."""
    return Match((_AGREED,), (f"school:{school}", *((f"indicator:{indicator}",) if indicator else ())))


def evolve(standing: Standing, event: StandingEvent) -> Standing:
    """Fold one event into the state, in place."""
    match event:
        case ReviewScheduled():
            standing.scales[event.review] = event.levels
        case ConsensusReached():
            standing.ratings[event.indicator] = Baseline(
                indicator=event.indicator,
                level=event.level,
                levels=standing.scales[event.review],
                review=event.review,
            )
        case _:
            assert_never(event)
    return standing
