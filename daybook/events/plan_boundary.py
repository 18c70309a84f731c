"""What a plan's decisions rest on, and no more: two people at different places never wait for each other.

The fact a newcomer would get wrong: what retires, restores, moves or assigns any part of the plan is in
nearly every boundary, since a part's parents are not known from a command alone. These are rare. Words,
readings, reports and check-ins are not, and each is in the boundary of its own place only.
"""

from typing import assert_never

from daybook.events.core import Boundary, Match
from daybook.events.people import STANDING
from daybook.events.people import STREAM as PEOPLE
from daybook.events.plan_commands import (
    AcceptProposal,
    AddAction,
    AddMeasure,
    AddPriority,
    AddStrategy,
    AdoptPlan,
    AgreeToRefinement,
    AnswerSupport,
    AssignPart,
    BeginPlan,
    CiteEvidence,
    ClosePlan,
    CloseRefinement,
    DeclineProposal,
    FundStrategy,
    HoldCheckIn,
    MovePart,
    OpenRefinement,
    PlanCommand,
    ProposeChange,
    RedactPlanWords,
    ReflectOnPriority,
    RemoveCitation,
    ReportAction,
    RequestSupport,
    RestorePart,
    RetirePart,
    ScheduleAction,
    SetTarget,
    TakeReading,
    WithdrawAgreement,
    WithdrawProposal,
    WithdrawReading,
    WordPassage,
)
from daybook.events.plan_state import PLAN, Plan
from daybook.events.plan_tags import place_of
from daybook.events.plan_values import Citation
from daybook.events.practice import STREAM as PRACTICE
from daybook.events.years import OF_PLANS, within

ADDED = {
    "priority": "priority-added",
    "strategy": "strategy-added",
    "action": "action-added",
    "measure": "measure-added",
    "support": "support-requested",
}
"""The event by which a part of each kind becomes part of a plan."""
_WHEN = ("plan-begun", "plan-adopted", "plan-closed", "refinement-opened", "refinement-closed")
_WHERE = ("part-retired", "part-restored", "part-moved", "part-assigned")
_ANSWERS = ("change-proposed", "proposal-accepted", "proposal-declined", "proposal-withdrawn", "plan-words-redacted")


def boundary(command: PlanCommand, actor: str, state: Plan | None) -> Boundary:
    """Name the events that would change a decision on a plan's state."""
    plan = f"plan:{command.plan}"
    aim = _of_aim(command, state) if isinstance(command, AddPriority) and state else ()
    last = _of_last(command, state) if isinstance(command, _Adding) and state else ()
    return (Match(_WHEN, (plan,)), *_of_place(command, plan, actor), *aim, *last)


def _of_beginning(command: BeginPlan) -> Boundary:
    listed = Match(("school-added",), (f"school:{command.school}",))
    outcomes = () if command.outcomes is None else (Match((), (f"outcomes:{command.outcomes}",)),)
    years = within(command.school, OF_PLANS)
    return (Match((), (f"plan:{command.plan}",)), Match((), (PRACTICE,)), listed, years, *outcomes)


def _of_aim(command: AddPriority, state: Plan) -> Boundary:
    """A priority from a June Outcome rests on the outcome's aim; adopted outcomes are not left out any more."""
    if command.outcome is None or state.outcomes is None:
        return ()
    return (Match(("outcome-aimed",), (f"outcomes:{state.outcomes}", f"outcome:{command.outcome}")),)


_Adding = AddPriority | AddStrategy | AddAction | AddMeasure | RequestSupport


def _of_last(command: _Adding, state: Plan) -> Boundary:
    """A new part whose sibling has gone elsewhere goes after the last, so it rests on which that is."""
    match command:
        case AddPriority():
            under, after = PLAN, None if command.after is None else f"priority:{command.after}"
            added = Match((ADDED["priority"],), (f"plan:{command.plan}",))
        case AddStrategy():
            under, after = f"priority:{command.priority}", command.after
            added = Match((ADDED["strategy"],), (f"plan:{command.plan}", f"under:{under}"))
        case AddAction() | AddMeasure() | RequestSupport():
            under, after = f"strategy:{command.strategy}", command.after
            kinds = tuple(ADDED[kind] for kind in ("action", "measure", "support"))
            added = Match(kinds, (f"plan:{command.plan}", f"under:{under}"))
        case _:
            assert_never(command)
    return () if after is None or after in state.children.get(under, []) else (added,)


def _of_place(command: PlanCommand, plan: str, actor: str) -> Boundary:
    where = Match(_WHERE, (plan,))
    match command:
        case BeginPlan():
            return _of_beginning(command)
        case WordPassage():
            return (where, *_words(plan, command.passage))
        case AdoptPlan():
            added = (Match((ADDED[kind],), (plan,)) for kind in ("priority", "strategy"))
            return (where, *_words(plan, "vision"), *added)
        case ClosePlan():
            return (where, Match(("priority-added", "change-proposed"), (plan,)))
        case RedactPlanWords():
            return (Match((), (plan, command.about)),)
        case AddPriority() | AddStrategy() | AddAction() | AddMeasure() | RequestSupport():
            return (where, *_of_adding(command, plan))
        case MovePart():
            under = "plan" if command.under is None else command.under
            siblings = Match(tuple(ADDED.values()), (plan, f"under:{under}"))
            return (where, siblings, Match(("priority-added",), (plan,)))
        case RetirePart() | RestorePart():
            return (where,)
        case AssignPart():
            return (where, *_holds(command.owner))
        case FundStrategy():
            return (where, Match(("strategy-funded",), (plan, f"strategy:{command.strategy}")))
        case ScheduleAction():
            return (where, Match(("action-scheduled",), (plan, f"action:{command.action}")))
        case ReportAction():
            return (where, Match(("action-reported",), (plan, f"action:{command.action}")))
        case SetTarget():
            return (where, Match(("target-set",), (plan, f"measure:{command.measure}")))
        case TakeReading() | WithdrawReading():
            return (where, Match((), (plan, f"reading:{command.reading}")))
        case AnswerSupport():
            return (where, Match(("support-answered", "plan-words-redacted"), (plan, f"support:{command.support}")))
        case HoldCheckIn():
            return (where, Match((), (plan, f"check-in:{command.check_in}")))
        case ReflectOnPriority():
            return (where, *_words(plan, f"reflection:{command.priority}"))
        case _:
            return _of_talk(command, plan, actor)


def _words(plan: str, passage: str) -> Boundary:
    worded = Match(("passage-worded", "priority-reflected"), (plan, f"passage:{passage}"))
    return (worded, Match(("plan-words-redacted",), (plan, place_of(passage))))


def _of_adding(command: _Adding, plan: str) -> Boundary:
    """A new part rests on its id being free; its siblings stay where they are unless one of them moves."""
    match command:
        case AddPriority():
            rubric = () if command.rubric is None else (Match((), (f"rubric:{command.rubric}",)),)
            return (Match((ADDED["priority"],), (plan, f"priority:{command.priority}")), *rubric)
        case AddStrategy():
            return (Match((ADDED["strategy"],), (plan, f"strategy:{command.strategy}")), *_holds(command.owner))
        case AddAction():
            return (Match((ADDED["action"],), (plan, f"action:{command.action}")), *_holds(command.owner))
        case AddMeasure():
            return (Match((ADDED["measure"],), (plan, f"measure:{command.measure}")),)
        case RequestSupport():
            return (Match((ADDED["support"],), (plan, f"support:{command.support}")),)
        case _:
            assert_never(command)


def _holds(owner: str | None) -> Boundary:
    """An owner has to have a part in the school's work."""
    return (Match(STANDING, (PEOPLE, f"person:{owner}")),) if owner else ()


_Talk = (
    ProposeChange
    | AcceptProposal
    | DeclineProposal
    | WithdrawProposal
    | OpenRefinement
    | CiteEvidence
    | RemoveCitation
    | AgreeToRefinement
    | WithdrawAgreement
    | CloseRefinement
)


def _of_talk(command: _Talk, plan: str, actor: str) -> Boundary:
    where = Match(_WHERE, (plan,))
    match command:
        case ProposeChange():
            proposal = Match((), (plan, f"proposal:{command.proposal}"))
            if command.passage is None or not command.passage.startswith("reflection:"):
                return (where, proposal)
            # Whether there is a reflection to reword decides whether a leader may do so without a proposal.
            return (where, proposal, Match(("priority-reflected",), (plan, command.passage)))
        case AcceptProposal():
            # Which place it is about stands in the proposal, so any wording of that place is a matter of its passage's
            # current one, and any part added under the same parent of who is last.
            changes = Match(("passage-worded", "priority-reflected", "plan-words-redacted", *ADDED.values()), (plan,))
            return (where, Match(_ANSWERS, (plan, f"proposal:{command.proposal}")), changes)
        case DeclineProposal() | WithdrawProposal():
            return (Match(_ANSWERS, (plan, f"proposal:{command.proposal}")),)
        case OpenRefinement():
            return ()
        case CiteEvidence() | RemoveCitation():
            refinement = f"refinement:{command.refinement}"
            cited = Match(("evidence-cited", "citation-removed"), (plan, refinement))
            return (cited, *_of_citation(command.citation, plan))
        case AgreeToRefinement() | WithdrawAgreement():
            mine = (plan, f"refinement:{command.refinement}", f"person:{actor}")
            return (Match(("refinement-agreed", "agreement-withdrawn"), mine),)
        case CloseRefinement():
            refinement = f"refinement:{command.refinement}"
            return (Match(("passage-worded", "refinement-agreed", "agreement-withdrawn"), (plan, refinement)),)
        case _:
            assert_never(command)


def _of_citation(citation: Citation, plan: str) -> Boundary:
    match citation.kind:
        case "consensus" | "evidence":
            return ()  # only a closed review is cited, and that stays as it is
        case "reading":
            return (Match((), (plan, f"reading:{citation.item}")),)
        case "check-in":
            return ()
        case _:
            assert_never(citation.kind)
