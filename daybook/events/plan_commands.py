"""What people ask of a Call-to-Action plan. Ids of new things are made on the sender's device.

Whoever sets a value anew (an owner, a day, a status, money, a target) may name in `replaces` the one that they have
read: then the command is refused where another stands by now. Without it the value is set whatever stands.
"""

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from daybook.events.core import Command, Id, IndicatorCode, Name, Note, PersonId, Text
from daybook.events.plan_values import (
    ActionStatus,
    Carries,
    Citation,
    Dollars,
    Funding,
    Part,
    Passage,
    Quarter,
    Span,
    StrategyStatus,
    SupportAnswer,
    SupportKind,
    Value,
)
from daybook.events.practice import SchoolYear


class BeginPlan(Command, frozen=True, tag="begin-plan"):
    """Begin a school's plan for a year, from its adopted June Outcomes where there are any."""

    plan: Id
    school: Id
    year: SchoolYear
    outcomes: Id | None = None


class WordPassage(Command, frozen=True, tag="word-passage"):
    """Put a passage into words; `replaces` is the wording that I have read, None when there was none."""

    plan: Id
    passage: Passage
    wording: Id
    text: Text
    replaces: Id | None = None


class AdoptPlan(Command, frozen=True, tag="adopt-plan"):
    """Adopt the plan, and freeze it under a name."""

    plan: Id
    version: Name


class ClosePlan(Command, frozen=True, tag="close-plan"):
    """End the plan's year."""

    plan: Id


class RedactPlanWords(Command, frozen=True, tag="redact-plan-words"):
    """Erase every wording of one place of the plan, for good, because it holds what must not be kept."""

    plan: Id
    about: Annotated[
        str,
        Meta(
            pattern=r"^(vision|family|(priority|strategy|action|measure|support|reflection|reading|check-in|proposal"
            r"|refinement):[a-z0-9][a-z0-9-]{0,62})(?![\s\S])",
            description="The place: vision, family, a part, or such as check-in:<id>.",
        ),
    ]
    reason: Note


class AddPriority(Command, frozen=True, tag="add-priority"):
    """Add a priority that comes from a June Outcome of the plan, or else from indicators of a rubric version."""

    plan: Id
    priority: Id
    text: Text
    outcome: Id | None = None
    rubric: Id | None = None
    indicators: Annotated[tuple[IndicatorCode, ...], Meta(max_length=20)] = ()
    after: Id | None = None


class AddStrategy(Command, frozen=True, tag="add-strategy"):
    """Add a strategy to a priority."""

    plan: Id
    strategy: Id
    priority: Id
    title: Note
    if_: Text
    then: Text
    owner: PersonId | None = None
    after: Part | None = None


class AddAction(Command, frozen=True, tag="add-action"):
    """Add an action step to a strategy."""

    plan: Id
    action: Id
    strategy: Id
    text: Text
    owner: PersonId | None = None
    due: date | None = None
    after: Part | None = None


class AddMeasure(Command, frozen=True, tag="add-measure"):
    """Add a progress measure to a strategy."""

    plan: Id
    measure: Id
    strategy: Id
    text: Text
    unit: Name
    baseline: Value
    target: Value
    lower_is_better: bool = False
    after: Part | None = None


class RequestSupport(Command, frozen=True, tag="request-support"):
    """Ask the home office for support with a strategy."""

    plan: Id
    support: Id
    strategy: Id
    need: SupportKind
    text: Text
    after: Part | None = None


class MovePart(Command, frozen=True, tag="move-part"):
    """Put a part at another place: under a parent (none for a priority), after a sibling (first, when none)."""

    plan: Id
    part: Part
    under: Part | None = None
    after: Part | None = None


class RetirePart(Command, frozen=True, tag="retire-part"):
    """Say that a part is no longer pursued, and why."""

    plan: Id
    part: Part
    reason: Text


class RestorePart(Command, frozen=True, tag="restore-part"):
    """Pursue a retired part again."""

    plan: Id
    part: Part


class AssignPart(Command, frozen=True, tag="assign-part"):
    """Name the owner of a strategy, an action step, a measure or a support request, or nobody."""

    plan: Id
    part: Part
    owner: PersonId | None = None
    replaces: PersonId | UnsetType | None = UNSET


class FundStrategy(Command, frozen=True, tag="fund-strategy"):
    """Set money aside for a strategy, in whole dollars."""

    plan: Id
    strategy: Id
    amount: Dollars
    source: Name
    replaces: Funding | UnsetType | None = UNSET


class ScheduleAction(Command, frozen=True, tag="schedule-action"):
    """Say when an action step is due, or that it has no day."""

    plan: Id
    action: Id
    due: date | None = None
    replaces: date | UnsetType | None = UNSET


class ReportAction(Command, frozen=True, tag="report-action"):
    """Say how far an action step is."""

    plan: Id
    action: Id
    status: ActionStatus
    note: Text | None = None
    replaces: ActionStatus | UnsetType = UNSET


class SetTarget(Command, frozen=True, tag="set-target"):
    """Say where a measure starts and where it shall be."""

    plan: Id
    measure: Id
    baseline: Value
    target: Value
    replaces: Span | UnsetType = UNSET


class TakeReading(Command, frozen=True, tag="take-reading"):
    """Record what a measure read on a day."""

    plan: Id
    measure: Id
    reading: Id
    on: date
    value: Value
    note: Text | None = None


class WithdrawReading(Command, frozen=True, tag="withdraw-reading"):
    """Say that a reading was wrong, and why."""

    plan: Id
    measure: Id
    reading: Id
    reason: Text


class AnswerSupport(Command, frozen=True, tag="answer-support"):
    """Answer a request for support, for the home office.

    `replaces` is the wording of the answer that I have read; None when there was none.
    """

    plan: Id
    support: Id
    answer: SupportAnswer
    text: Text
    replaces: Id | None = None


class HoldCheckIn(Command, frozen=True, tag="hold-check-in"):
    """Record how a strategy goes, and what is in the way."""

    plan: Id
    check_in: Id
    strategy: Id
    on: date
    status: StrategyStatus
    note: Text
    barriers: Text | None = None


class ReflectOnPriority(Command, frozen=True, tag="reflect-on-priority"):
    """Say what came of a priority, and whether it carries forward; `replaces` is the wording that I have read."""

    plan: Id
    priority: Id
    wording: Id
    text: Text
    carries: Carries
    replaces: Id | None = None


class ProposeChange(Command, frozen=True, tag="propose-change"):
    """Propose new words for a passage, or something new under a part, to those who may edit it."""

    plan: Id
    proposal: Id
    text: Text
    why: Text | None = None
    passage: Passage | None = None
    replaces: Id | None = None
    under: Part | None = None


class AcceptProposal(Command, frozen=True, tag="accept-proposal"):
    """Make a proposal part of the plan, as it was proposed.

    `made` is the id of the new wording, strategy or action step; `replaces` the wording that I have read.
    A new strategy needs a title, which the proposal does not have: what was proposed becomes its “if”, and
    why it was proposed becomes its “then”, which stays empty when no reason was given.
    """

    plan: Id
    proposal: Id
    made: Id
    replaces: Id | None = None
    title: Note | None = None


class DeclineProposal(Command, frozen=True, tag="decline-proposal"):
    """Say why a proposal does not become part of the plan."""

    plan: Id
    proposal: Id
    reason: Text


class WithdrawProposal(Command, frozen=True, tag="withdraw-proposal"):
    """Take my own proposal back."""

    plan: Id
    proposal: Id


class OpenRefinement(Command, frozen=True, tag="open-refinement"):
    """Open the plan for a quarter's refinement."""

    plan: Id
    refinement: Id
    quarter: Quarter


class CiteEvidence(Command, frozen=True, tag="cite-evidence"):
    """Name something that a refinement rests on."""

    plan: Id
    refinement: Id
    citation: Citation


class RemoveCitation(Command, frozen=True, tag="remove-citation"):
    """Say that a refinement does not rest on it."""

    plan: Id
    refinement: Id
    citation: Citation


class AgreeToRefinement(Command, frozen=True, tag="agree-to-refinement"):
    """Say that I agree to a refinement."""

    plan: Id
    refinement: Id


class WithdrawAgreement(Command, frozen=True, tag="withdraw-agreement"):
    """Say that I no longer agree to a refinement."""

    plan: Id
    refinement: Id


class CloseRefinement(Command, frozen=True, tag="close-refinement"):
    """End a refinement, and freeze the plan under a name."""

    plan: Id
    refinement: Id
    version: Name


PlanCommand = (
    BeginPlan
    | WordPassage
    | AdoptPlan
    | ClosePlan
    | RedactPlanWords
    | AddPriority
    | AddStrategy
    | AddAction
    | AddMeasure
    | RequestSupport
    | MovePart
    | RetirePart
    | RestorePart
    | AssignPart
    | FundStrategy
    | ScheduleAction
    | ReportAction
    | SetTarget
    | TakeReading
    | WithdrawReading
    | AnswerSupport
    | HoldCheckIn
    | ReflectOnPriority
    | ProposeChange
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
