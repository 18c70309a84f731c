"""The rules of a Call-to-Action plan: which command is decided where.

`plan_rules_who` says who may do what and when, `plan_boundary` what each decision rests on.
"""

from typing import assert_never

from daybook.events import plan_rules_parts as parts
from daybook.events import plan_rules_talk as talk
from daybook.events import plan_rules_year as year
from daybook.events.core import Event, Refused
from daybook.events.people import Context
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
from daybook.events.plan_state import Plan
from daybook.events.practice import STREAM as PRACTICE
from daybook.events.years import years_of


def stream_of(command: PlanCommand) -> str:
    """Each plan is a stream."""
    return f"plan:{command.plan}"


def reads(command: PlanCommand, plan: Plan | None) -> tuple[str, ...]:
    """Name the other streams that a decision looks at: what a plan begins with, and what it refers to."""
    match command:
        case BeginPlan():
            outcomes = () if command.outcomes is None else (f"outcomes:{command.outcomes}",)
            return (PRACTICE, f"school:{command.school}", years_of(command.school), *outcomes)
        case AddPriority():
            rubric = () if command.rubric is None else (f"rubric:{command.rubric}",)
            return (*rubric, *_outcomes_of(command, plan))
        case CiteEvidence() if command.citation.review is not None:
            return (f"review:{command.citation.review}",)
        case _:
            return ()


def _outcomes_of(command: AddPriority, plan: Plan | None) -> tuple[str, ...]:
    """Which June Outcomes a priority comes from stands in the plan; the command names one of them."""
    if command.outcome is None or plan is None or plan.outcomes is None:
        return ()
    return (f"outcomes:{plan.outcomes}",)


def decide(command: PlanCommand, plan: Plan, context: Context) -> list[Event]:
    """Decide one command of a plan. An empty list means that it had already happened."""
    if plan.phase == "unknown" and not isinstance(command, BeginPlan):
        raise Refused("There is no plan with the id {plan}.", plan=command.plan)
    match command:
        case WordPassage():
            return parts.word(command, plan, context)
        case AddPriority() | AddStrategy() | AddAction() | AddMeasure() | RequestSupport():
            return parts.add(command, plan, context)
        case MovePart():
            return parts.move(command, plan, context)
        case RetirePart():
            return parts.retire(command, plan, context)
        case RestorePart():
            return parts.restore(command, plan, context)
        case AssignPart():
            return parts.assign(command, plan, context)
        case FundStrategy():
            return parts.fund(command, plan, context)
        case (
            ProposeChange()
            | AcceptProposal()
            | DeclineProposal()
            | WithdrawProposal()
            | OpenRefinement()
            | CiteEvidence()
            | RemoveCitation()
            | AgreeToRefinement()
            | WithdrawAgreement()
            | CloseRefinement()
        ):
            return _decide_talk(command, plan, context)
        case _:
            return _decide_year(command, plan, context)


_Year = (
    BeginPlan
    | AdoptPlan
    | ClosePlan
    | RedactPlanWords
    | ScheduleAction
    | ReportAction
    | SetTarget
    | TakeReading
    | WithdrawReading
    | AnswerSupport
    | HoldCheckIn
    | ReflectOnPriority
)
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


def _decide_year(command: _Year, plan: Plan, context: Context) -> list[Event]:
    match command:
        case BeginPlan():
            return year.begin(command, plan, context)
        case AdoptPlan():
            return year.adopt(command, plan, context)
        case ClosePlan():
            return year.close(command, plan, context)
        case RedactPlanWords():
            return year.redact(command, plan, context)
        case ScheduleAction():
            return year.schedule(command, plan, context)
        case ReportAction():
            return year.report(command, plan, context)
        case SetTarget():
            return year.set_target(command, plan, context)
        case TakeReading():
            return year.take_reading(command, plan, context)
        case WithdrawReading():
            return year.withdraw_reading(command, plan, context)
        case AnswerSupport():
            return year.answer_support(command, plan, context)
        case HoldCheckIn():
            return year.hold_check_in(command, plan, context)
        case ReflectOnPriority():
            return year.reflect(command, plan, context)
        case _:
            assert_never(command)


def _decide_talk(command: _Talk, plan: Plan, context: Context) -> list[Event]:
    match command:
        case ProposeChange():
            return talk.propose(command, plan, context)
        case AcceptProposal() | DeclineProposal() | WithdrawProposal():
            return talk.answer(command, plan, context)
        case OpenRefinement():
            return talk.open_(command, plan, context)
        case CiteEvidence() | RemoveCitation():
            return talk.cite(command, plan, context)
        case AgreeToRefinement() | WithdrawAgreement():
            return talk.agree(command, plan, context)
        case CloseRefinement():
            return talk.close_refinement(command, plan, context)
        case _:
            assert_never(command)
