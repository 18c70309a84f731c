"""A Call-to-Action plan as its rules see it, folded from its events."""

from datetime import date
from typing import Literal, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from daybook.events.core import Prose, counted, erased
from daybook.events.plan import (
    ActionAdded,
    ActionReported,
    ActionScheduled,
    CheckInHeld,
    MeasureAdded,
    PartAssigned,
    PartMoved,
    PartRestored,
    PartRetired,
    PassageWorded,
    PlanAdopted,
    PlanBegun,
    PlanClosed,
    PlanEvent,
    PlanWordsRedacted,
    PriorityAdded,
    PriorityReflected,
    ReadingTaken,
    ReadingWithdrawn,
    StrategyAdded,
    StrategyFunded,
    SupportAnswered,
    SupportRequested,
    TargetSet,
)
from daybook.events.plan_tags import about, place_of
from daybook.events.plan_talk import (
    AgreementWithdrawn,
    ChangeProposed,
    CitationRemoved,
    EvidenceCited,
    ProposalAccepted,
    ProposalDeclined,
    ProposalWithdrawn,
    RefinementAgreed,
    RefinementClosed,
    RefinementOpened,
    Talk,
)
from daybook.events.plan_values import ActionStatus, Aim, Citation, Funding, SupportAnswer

Phase = Literal["unknown", "draft", "adopted", "closed"]
PLAN = "plan"
"""The parent of priorities."""


class PartState(Struct):
    """A part: its parent (`plan` for a priority), whether it is pursued, and whose it is.

    `answered` is the id of the words with which a request was answered.
    """

    under: str
    retired: bool = False
    owner: str | None = None
    due: date | None = None
    status: ActionStatus = "not-started"
    baseline: float = 0.0
    target: float = 0.0
    lower_is_better: bool = False
    answer: SupportAnswer | None = None
    answered: str | None = None
    funding: Funding | None = None


class Refinement(Struct):
    """A refinement: what it rests on and who agreed."""

    quarter: int
    is_open: bool = True
    citations: list[Citation] = field(default_factory=list)
    agreed: set[str] = field(default_factory=set)


class Proposal(Struct):
    """A proposal and what became of it; None while it waits for an answer."""

    person: str
    said: ChangeProposed
    became: Literal["accepted", "declined", "withdrawn"] | None = None


class Plan(Struct):
    """A plan as its rules see it. `wordings` has the current wording's id by passage; `children` the order of parts.

    `earlier` has the ids of a passage's wordings that were replaced, `versions` the names that are taken.
    """

    phase: Phase = "unknown"
    school: str = ""
    starts: date = date.min
    last_quarter: date = date.max
    ends: date = date.max
    rewording: Literal["in-refinements", "any-time"] = "in-refinements"
    outcomes: str | None = None
    aims: dict[str, Aim] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, set[str]] = field(default_factory=dict)
    versions: set[str] = field(default_factory=set)
    parts: dict[str, PartState] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    withdrawn_readings: set[str] = field(default_factory=set)
    check_ins: set[str] = field(default_factory=set)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    refinements: dict[str, Refinement] = field(default_factory=dict)
    reflected: dict[str, str] = field(default_factory=dict)
    redacted: set[str] = field(default_factory=set)

    def word(self, passage: str, wording: str) -> None:
        """Give a passage its current wording; the one before becomes an earlier one."""
        if passage in self.wordings:
            self.earlier.setdefault(passage, set()).add(self.wordings[passage])
        self.wordings[passage] = wording

    def open_refinement(self) -> str | None:
        """Return the id of the refinement that is open, of which there is at most one."""
        return next((name for name, refinement in self.refinements.items() if refinement.is_open), None)

    def is_retired(self, part: str) -> bool:
        """Tell whether a part, or one that it stands under, is no longer pursued."""
        return self.retired_at(part) is not None

    def retired_at(self, part: str) -> str | None:
        """Return what was retired: the part itself, or else the nearest that it stands under; None when neither was."""
        while part != PLAN:
            state = self.parts[part]
            if state.retired:
                return part
            part = state.under
        return None

    def place(self, part: str, under: str, after: str | None) -> None:
        """Put a part among its parent's children: after a sibling, or first."""
        old = self.parts.get(part)
        if old is not None and part in self.children.get(old.under, []):
            self.children[old.under].remove(part)
        siblings = self.children.setdefault(under, [])
        siblings.insert(0 if after is None else siblings.index(after) + 1, part)
        if old is None:
            self.parts[part] = PartState(under=under)
        else:
            old.under = under


def evolve(plan: Plan, event: PlanEvent) -> Plan:
    """Fold one event into the state, in place: whoever folds owns it."""
    for place in about(event):
        if not isinstance(event, PlanWordsRedacted):
            plan.redacted.discard(place)
    match event:
        case PlanBegun():
            plan.phase, plan.school = "draft", event.school
            plan.starts, plan.last_quarter, plan.ends = event.quarters[0], event.quarters[-1], event.ends
            plan.rewording, plan.outcomes = event.rewording, event.outcomes
            plan.aims = {aim.outcome: aim for aim in event.aims}
        case PlanAdopted():
            plan.phase = "adopted"
            plan.versions.add(event.version)
        case PlanClosed():
            plan.phase = "closed"
        case PassageWorded():
            plan.word(event.passage, event.wording)
        case PlanWordsRedacted():
            plan.redacted.add(event.about)
            for passage in [one for one in plan.wordings if place_of(one) == event.about]:
                plan.word(passage, erased(plan.wordings[passage]))
            part = plan.parts.get(event.about)
            if part is not None and part.answered is not None:
                part.answered = erased(part.answered)
            if event.about.startswith("proposal:"):
                proposal = plan.proposals[event.about.removeprefix("proposal:")]
                proposal.said = replace(proposal.said, text=Prose(None), why=None)
        case PriorityReflected():
            plan.reflected[event.priority] = event.carries
            plan.word(f"reflection:{event.priority}", event.wording)
        case PriorityAdded() | StrategyAdded() | ActionAdded() | MeasureAdded() | SupportRequested():
            _add(plan, event)
        case PartMoved():
            plan.place(event.part, event.under or PLAN, event.after)
        case PartRetired() | PartRestored():
            plan.parts[event.part].retired = isinstance(event, PartRetired)
        case PartAssigned():
            plan.parts[event.part].owner = event.owner
        case StrategyFunded():
            plan.parts[f"strategy:{event.strategy}"].funding = Funding(event.amount, event.source)
        case _:
            _evolve_year(plan, event)
    return plan


_Year = ActionScheduled | ActionReported | TargetSet | ReadingTaken | ReadingWithdrawn | SupportAnswered | CheckInHeld


def _evolve_year(plan: Plan, event: _Year | Talk) -> None:
    """Fold the year's work."""
    match event:
        case ActionScheduled():
            plan.parts[f"action:{event.action}"].due = event.due
        case ActionReported():
            plan.parts[f"action:{event.action}"].status = event.status
        case TargetSet():
            measure = plan.parts[f"measure:{event.measure}"]
            measure.baseline, measure.target = event.baseline, event.target
        case ReadingTaken():
            plan.readings[event.reading] = event.measure
        case ReadingWithdrawn():
            plan.withdrawn_readings.add(event.reading)
        case SupportAnswered():
            request = plan.parts[f"support:{event.support}"]
            request.answer, request.answered = event.answer, counted("answer", request.answered)
        case CheckInHeld():
            plan.check_ins.add(event.check_in)
        case _:
            _evolve_talk(plan, event)


def _add(plan: Plan, event: PriorityAdded | StrategyAdded | ActionAdded | MeasureAdded | SupportRequested) -> None:
    match event:
        case PriorityAdded():
            after = None if event.after is None else f"priority:{event.after}"
            plan.place(f"priority:{event.priority}", PLAN, after)
            plan.wordings[f"priority:{event.priority}"] = event.priority
        case StrategyAdded():
            part = f"strategy:{event.strategy}"
            plan.place(part, f"priority:{event.priority}", event.after)
            plan.parts[part].owner = event.owner
            plan.wordings |= {f"{part}:{text}": event.strategy for text in ("title", "if", "then")}
        case ActionAdded():
            part = f"action:{event.action}"
            plan.place(part, f"strategy:{event.strategy}", event.after)
            plan.parts[part].owner, plan.parts[part].due = event.owner, event.due
            plan.wordings[part] = event.action
        case MeasureAdded():
            part = f"measure:{event.measure}"
            plan.place(part, f"strategy:{event.strategy}", event.after)
            state = plan.parts[part]
            state.baseline, state.target, state.lower_is_better = event.baseline, event.target, event.lower_is_better
            plan.wordings[part] = event.measure
        case SupportRequested():
            part = f"support:{event.support}"
            plan.place(part, f"strategy:{event.strategy}", event.after)
            plan.wordings[part] = event.support
        case _:
            assert_never(event)


def _evolve_talk(plan: Plan, event: Talk) -> None:
    """Fold what is said about the plan: proposals and refinements."""
    match event:
        case ChangeProposed():
            plan.proposals[event.proposal] = Proposal(person=event.person, said=event)
        case ProposalAccepted():
            plan.proposals[event.proposal].became = "accepted"
        case ProposalDeclined():
            plan.proposals[event.proposal].became = "declined"
        case ProposalWithdrawn():
            plan.proposals[event.proposal].became = "withdrawn"
        case RefinementOpened():
            plan.refinements[event.refinement] = Refinement(quarter=event.quarter)
        case EvidenceCited():
            plan.refinements[event.refinement].citations.append(event.citation)
        case CitationRemoved():
            plan.refinements[event.refinement].citations.remove(event.citation)
        case RefinementAgreed():
            plan.refinements[event.refinement].agreed.add(event.person)
        case AgreementWithdrawn():
            plan.refinements[event.refinement].agreed.discard(event.person)
        case RefinementClosed():
            plan.refinements[event.refinement].is_open = False
            plan.versions.add(event.version)
        case _:
            assert_never(event)


def tags(event: PlanEvent, plan: Plan) -> tuple[str, ...]:
    """The stream, then the school, then what the event is about."""
    school = event.school if isinstance(event, PlanBegun) else plan.school
    return (f"plan:{event.plan}", f"school:{school}", *about(event))
