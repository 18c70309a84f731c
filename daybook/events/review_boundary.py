"""What a review's decisions rest on, and no more: two people who rate never wait for each other."""

from typing import assert_never

from daybook.events.core import Boundary, Match
from daybook.events.people import STANDING
from daybook.events.people import STREAM as PEOPLE
from daybook.events.review_commands import (
    AddEvidence,
    AddMember,
    CloseReview,
    GiveRating,
    JoinReview,
    OpenReview,
    RecordConsensus,
    RedactConsensus,
    RedactEvidence,
    RemoveMember,
    RevealRatings,
    ReviewCommand,
    ReviseEvidence,
    ScheduleReview,
    WithdrawEvidence,
    WithdrawRating,
)


def stream_of(command: ReviewCommand) -> str:
    """Each review is a stream."""
    return f"review:{command.review}"


def reads(command: ReviewCommand) -> tuple[str, ...]:
    """Name the other streams that a decision looks at: only scheduling does."""
    if isinstance(command, ScheduleReview):
        return (f"school:{command.school}", f"rubric:{command.rubric}")
    return ()


def boundary(command: ReviewCommand, actor: str) -> Boundary:
    """Name what would change the decision, and no more: two people rating never wait for each other."""
    review = f"review:{command.review}"
    closing = Match(("review-closed", "review-opened"), (review,))
    team = Match(("member-added", "member-removed"), (review,))
    my_part = Match(("member-added", "member-removed"), (review, f"person:{actor}"))
    match command:
        case ScheduleReview():
            school = f"school:{command.school}"
            leaders = Match(STANDING, (PEOPLE, school))
            listed = Match(("school-added",), (school,))
            return (Match((), (review,)), leaders, listed, Match((), (f"rubric:{command.rubric}",)))
        case OpenReview():
            return (Match((), (review,)),)
        case AddMember() | RemoveMember():
            return (closing, team, Match(STANDING, (PEOPLE, f"person:{command.person}")))
        case JoinReview():
            return (closing, my_part, Match(("review-joined",), (review, f"person:{actor}")))
        case GiveRating() | WithdrawRating():
            indicator = f"indicator:{command.indicator}"
            mine = Match(("rating-given", "rating-withdrawn"), (review, indicator, f"person:{actor}"))
            return (closing, my_part, mine, Match(("ratings-revealed",), (review, indicator)))
        case AddEvidence() | ReviseEvidence() | WithdrawEvidence():
            return (closing, my_part, Match((), (review, f"evidence:{command.evidence}")))
        case RevealRatings():
            indicator = f"indicator:{command.indicator}"
            round_ = Match(("rating-given", "rating-withdrawn", "ratings-revealed"), (review, indicator))
            return (closing, team, round_)
        case RecordConsensus():
            agreed = Match(("ratings-revealed", "consensus-reached"), (review, f"indicator:{command.indicator}"))
            return (closing, team, agreed)
        case RedactEvidence():
            return (my_part, Match((), (review, f"evidence:{command.evidence}")))
        case RedactConsensus():
            agreed = Match(("consensus-reached", "consensus-redacted"), (review, f"indicator:{command.indicator}"))
            return (my_part, agreed)
        case CloseReview():
            ratings = Match(("rating-given", "rating-withdrawn", "ratings-revealed"), (review,))
            return (closing, my_part, ratings)
        case _:
            assert_never(command)
