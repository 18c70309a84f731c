"""What decisions on June Outcomes look at: other streams' states, and the events that would change them.

Boundaries are narrow: two people who word different passages, comment or endorse never wait for each other.
"""

from typing import assert_never

from daybook.events import practice, standing
from daybook.events.core import Boundary, Match, stored_name
from daybook.events.outcomes import OutcomeMoved
from daybook.events.outcomes_commands import (
    AdoptOutcomes,
    AimOutcome,
    AmendOutcome,
    AssignOutcome,
    BeginOutcomes,
    CarryOverOutcome,
    CommentOnOutcome,
    ConcludeOutcome,
    EndorseOutcome,
    MoveOutcome,
    OutcomesCommand,
    ProposeOutcome,
    RedactOutcomeWords,
    RestoreOutcome,
    SignOutcomes,
    WithdrawEndorsement,
    WithdrawOutcome,
    WordOutcome,
)
from daybook.events.outcomes_state import SIGNED_FOR, Outcomes
from daybook.events.people import STANDING
from daybook.events.people import STREAM as PEOPLE
from daybook.events.years import OF_OUTCOMES, within, years_of

_SIGNED = tuple(stored_name(kind) for kind in SIGNED_FOR)
_PHASE = ("outcomes-begun", "outcomes-adopted")
_STANDS = ("outcome-proposed", "outcome-withdrawn", "outcome-restored")
_ENDORSED = ("outcome-endorsed", "endorsement-withdrawn")


def stream_of(command: OutcomesCommand) -> str:
    """A school's June Outcomes of each year are a stream."""
    return f"outcomes:{command.outcomes}"


def reads(command: OutcomesCommand, state: Outcomes | None) -> tuple[str, ...]:
    """Name what else a decision looks at: the year before, reviews and what they agreed on, the network's practice."""
    stands = (standing.standing_of(state.school),) if state else ()
    match command:
        case BeginOutcomes():
            seed = (f"outcomes:{command.seed}", standing.standing_of(command.school)) if command.seed else ()
            school = (f"school:{command.school}", years_of(command.school))
            return (practice.STREAM, *school, f"rubric:{command.rubric}", *seed)
        case CarryOverOutcome():
            return (f"outcomes:{command.seed}", *stands)
        case ProposeOutcome() | AimOutcome():
            reviews = dict.fromkeys(f"review:{at.review}" for at in command.indicators if at.review)
            return (*reviews, *stands)
        case ConcludeOutcome():
            return (practice.STREAM,)
        case _:
            return ()


def boundary(command: OutcomesCommand, actor: str, state: Outcomes | None) -> Boundary:
    """Name what would change a decision on a state, beside the actor's own roles."""
    page = f"outcomes:{command.outcomes}"
    phase = Match(_PHASE, (page,))
    signatures = Match(("outcomes-signed", *_SIGNED, *_PHASE), (page,))
    match command:
        case BeginOutcomes():
            carried = (Match((), (f"outcomes:{command.seed}",)), Match(STANDING, (PEOPLE,)))
            year_before = (*carried, standing.rests_on(command.school)) if command.seed else ()
            listed = Match(("school-added",), (f"school:{command.school}",))
            rubric = Match((), (f"rubric:{command.rubric}",))
            years = within(command.school, OF_OUTCOMES)
            return (Match((), (page,)), listed, rubric, years, Match((), (practice.STREAM,)), *year_before)
        case ProposeOutcome():
            return (phase, _of(command), *_standing(command, state), *_holds(command.owner))
        case CarryOverOutcome():
            seed = f"outcomes:{command.seed}"
            before = (Match(_PHASE, (seed,)), Match((), (seed, f"outcome:{command.outcome}")))
            reached = (standing.rests_on(state.school),) if state else ()
            return (phase, _of(command), *before, *reached, Match(STANDING, (PEOPLE,)))
        case AimOutcome():
            return (phase, _of(command, *_STANDS, "outcome-aimed"), *_standing(command, state))
        case WithdrawOutcome() | RestoreOutcome():
            return (phase, _of(command, *_STANDS))
        case MoveOutcome():
            return (phase, Match(("outcome-proposed", stored_name(OutcomeMoved)), (page,)))
        case WordOutcome() | AmendOutcome():
            outcome = f"outcome:{command.passage.partition(':')[0]}"
            stands = Match((*_STANDS, "outcome-words-redacted"), (page, outcome))
            concluded = Match(("outcome-concluded",), (page, outcome))
            of_conclusion = (concluded,) if ":conclusion:" in command.passage else ()
            return (phase, stands, *_wordings(command, page), *of_conclusion)
        case AssignOutcome():
            return (phase, _of(command, *_STANDS, "outcome-assigned"), *_holds(command.owner))
        case CommentOnOutcome():
            return (phase, _of(command, *_STANDS), Match((), (page, f"comment:{command.comment}")))
        case EndorseOutcome() | WithdrawEndorsement():
            mine = Match(_ENDORSED, (page, f"outcome:{command.outcome}", f"person:{actor}"))
            return (phase, _of(command, *_STANDS), mine)
        case SignOutcomes():
            return (signatures, Match(("outcome-words-redacted",), (page,)))
        case AdoptOutcomes():
            return (signatures, Match(("outcome-words-redacted", "outcome-assigned"), (page,)))
        case ConcludeOutcome():
            concluded = _of(command, *_STANDS, "outcome-concluded", "outcome-words-redacted")
            return (phase, concluded, Match((), (practice.STREAM,)))
        case RedactOutcomeWords():
            return (Match((), (page, command.about)),)
        case _:
            assert_never(command)


_OfOutcome = (
    ProposeOutcome
    | CarryOverOutcome
    | AimOutcome
    | WithdrawOutcome
    | RestoreOutcome
    | AssignOutcome
    | CommentOnOutcome
    | EndorseOutcome
    | WithdrawEndorsement
    | ConcludeOutcome
)


def _of(command: _OfOutcome, *types: str) -> Match:
    return Match(types, (f"outcomes:{command.outcomes}", f"outcome:{command.outcome}"))


def _standing(command: ProposeOutcome | AimOutcome, state: Outcomes | None) -> Boundary:
    """Where the school stands on an indicator is a matter of the latest consensus on it."""
    named = [f"review:{at.review}" for at in command.indicators if at.review]
    of_reviews = tuple(Match(("review-scheduled", "consensus-reached"), (review,)) for review in named)
    return (*of_reviews, *(standing.rests_on(state.school, at.indicator) for at in command.indicators if state))


def _wordings(command: WordOutcome | AmendOutcome, page: str) -> Boundary:
    """A wording rests on the wordings of its passage, and a translation on those of the English as well."""
    passages = {command.passage, f"{command.passage.rpartition(':')[0]}:en"}
    return tuple(Match((), (page, f"passage:{passage}")) for passage in sorted(passages))


def _holds(owner: str | None) -> Boundary:
    return (Match(STANDING, (PEOPLE, f"person:{owner}")),) if owner else ()
