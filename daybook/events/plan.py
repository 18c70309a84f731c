"""A Call-to-Action plan, one stream each: `plan:<id>`, a school's plan for one year.

Its *parts* are priorities, strategies under them, and under a strategy its action steps, progress
measures and support requests; a part is named with its kind, such as `strategy:readers`. Its *passages*
are the texts that people edit, such as `strategy:readers:then`. The fact a newcomer would get wrong: a
passage is edited by naming the wording that one has read. Each wording has an id, made on the device;
who names one that has been replaced since is refused, and is shown both. A part's first wording has
the part's own id. So two people who edit different passages never wait for each other, and two who
edit the same one never overwrite each other.

What people ask for is in `plan_commands`, what an event is about in `plan_tags`, the state in `plan_state`,
the rules in the `plan_rules` modules.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from daybook.events.core import Event, Id, IndicatorCode, Name, PersonId, Prose

_ID = "[a-z0-9][a-z0-9-]{0,62}"
_END = r"(?![\s\S])"

Part = Annotated[
    str,
    Meta(
        pattern=rf"^(priority|strategy|action|measure|support):{_ID}{_END}",
        description="A part of the plan with its kind, such as strategy:readers.",
    ),
]
Passage = Annotated[
    str,
    Meta(
        pattern=rf"^(vision|family:(en|es)|(priority|action|measure|support|reflection):{_ID}"
        rf"|strategy:{_ID}:(title|if|then)|refinement:{_ID}:(changed|why)){_END}",
        description="A text of the plan: vision, family:en, family:es, priority:…, strategy:…:title, :if or :then, "
        "action:…, measure:…, support:…, refinement:…:changed or :why, reflection:<priority>.",
    ),
]
ActionStatus = Literal["not-started", "under-way", "done", "stuck"]
StrategyStatus = Literal["on-track", "needs-attention", "off-track", "done"]
SupportKind = Literal["coaching", "professional-development", "operations", "staffing", "budget", "other"]
SupportAnswer = Literal["agreed", "declined", "delivered"]
Quarter = Literal[1, 2, 3, 4]
Carries = Literal["carries-forward", "finished", "let-go"]
Value = Annotated[float, Meta(ge=-1e9, le=1e9, description="A number in the measure's unit.")]


class Aim(Struct, frozen=True):
    """A June Outcome that priorities of the plan may serve, with its indicators."""

    outcome: Id
    indicators: tuple[IndicatorCode, ...]


class Citation(Struct, frozen=True, forbid_unknown_fields=True):
    """What a refinement rests on: a consensus or evidence of a review, a measure's reading, or a check-in.

    `item` is the indicator's code, the evidence's id, the reading's id or the check-in's id.
    """

    kind: Literal["consensus", "evidence", "reading", "check-in"]
    item: Annotated[str, Meta(min_length=1, max_length=63)]
    review: Id | None = None


# The plan itself


class PlanBegun(Event, frozen=True, tag="plan-begun"):
    """A school's plan for a year was begun, under the network's practice as it was then.

    `year` is the calendar year it starts in; `quarters` are their first days, the first being the
    plan's; `aims` are the adopted June Outcomes that its priorities come from.
    """

    plan: Id
    school: Id
    year: int
    quarters: tuple[date, date, date, date]
    ends: date
    rewording: Literal["in-refinements", "any-time"]
    check_in_days: int
    outcomes: Id | None = None
    aims: tuple[Aim, ...] = ()


class PassageWorded(Event, frozen=True, tag="passage-worded"):
    """A passage got its words; `replaces` is the wording that was there, None for its first.

    With a `proposal`, the words are those of the person who proposed them.
    """

    plan: Id
    passage: Passage
    wording: Id
    text: Prose
    replaces: Id | None = None
    proposal: Id | None = None


class PlanAdopted(Event, frozen=True, tag="plan-adopted"):
    """The school's leaders adopted the plan; as it stood then it is frozen under this name."""

    plan: Id
    version: Name


class PlanClosed(Event, frozen=True, tag="plan-closed"):
    """The year ended; the plan takes nothing more."""

    plan: Id


class PlanWordsRedacted(Event, frozen=True, tag="plan-words-redacted"):
    """Every wording of one place of the plan was erased; that it was there, and whose it was, stays.

    `about` is the tag of the place: a part, `vision`, `family`, or such as `check-in:<id>`.
    """

    plan: Id
    about: str
    reason: Prose


# Its parts


class PriorityAdded(Event, frozen=True, tag="priority-added"):
    """A priority became part of the plan, `after` another one (first, when None).

    It comes from a June Outcome, or names indicators of a rubric version itself.
    """

    plan: Id
    priority: Id
    text: Prose
    indicators: tuple[IndicatorCode, ...]
    outcome: Id | None = None
    rubric: Id | None = None
    after: Id | None = None


class StrategyAdded(Event, frozen=True, tag="strategy-added"):
    """A strategy became part of a priority: if we do this, then that follows."""

    plan: Id
    strategy: Id
    priority: Id
    title: Prose
    if_: Prose
    then: Prose
    owner: PersonId | None = None
    after: Part | None = None
    proposal: Id | None = None


class ActionAdded(Event, frozen=True, tag="action-added"):
    """An action step became part of a strategy."""

    plan: Id
    action: Id
    strategy: Id
    text: Prose
    owner: PersonId | None = None
    due: date | None = None
    after: Part | None = None
    proposal: Id | None = None


class MeasureAdded(Event, frozen=True, tag="measure-added"):
    """A progress measure became part of a strategy, with where it starts and where it shall be."""

    plan: Id
    measure: Id
    strategy: Id
    text: Prose
    unit: Name
    baseline: float
    target: float
    lower_is_better: bool = False
    after: Part | None = None


class SupportRequested(Event, frozen=True, tag="support-requested"):
    """The school asked the home office for support with a strategy."""

    plan: Id
    support: Id
    strategy: Id
    need: SupportKind
    text: Prose
    after: Part | None = None


class PartMoved(Event, frozen=True, tag="part-moved"):
    """A part went to another place: `under` its parent (None for a priority), `after` a sibling (first, when None)."""

    plan: Id
    part: Part
    under: Part | None
    after: Part | None


class PartRetired(Event, frozen=True, tag="part-retired"):
    """A part is no longer pursued, and why; it and what is under it can be restored."""

    plan: Id
    part: Part
    reason: Prose


class PartRestored(Event, frozen=True, tag="part-restored"):
    """A retired part is pursued again."""

    plan: Id
    part: Part


class PartAssigned(Event, frozen=True, tag="part-assigned"):
    """Someone became the owner of a part, or nobody (None)."""

    plan: Id
    part: Part
    owner: PersonId | None


class StrategyFunded(Event, frozen=True, tag="strategy-funded"):
    """Money was set aside for a strategy: whole dollars, and from which source."""

    plan: Id
    strategy: Id
    amount: int
    source: Name


# The year's work


class ActionScheduled(Event, frozen=True, tag="action-scheduled"):
    """An action step is due on another day, or on none."""

    plan: Id
    action: Id
    due: date | None


class ActionReported(Event, frozen=True, tag="action-reported"):
    """How far an action step is."""

    plan: Id
    action: Id
    status: ActionStatus
    note: Prose | None = None


class TargetSet(Event, frozen=True, tag="target-set"):
    """A measure starts or shall end elsewhere."""

    plan: Id
    measure: Id
    baseline: float
    target: float


class ReadingTaken(Event, frozen=True, tag="reading-taken"):
    """A measure was read on a day."""

    plan: Id
    measure: Id
    reading: Id
    on: date
    value: float
    note: Prose | None = None


class ReadingWithdrawn(Event, frozen=True, tag="reading-withdrawn"):
    """A reading was wrong; it stays on the record and is not drawn."""

    plan: Id
    measure: Id
    reading: Id
    reason: Prose


class SupportAnswered(Event, frozen=True, tag="support-answered"):
    """The home office answered a request for support."""

    plan: Id
    support: Id
    answer: SupportAnswer
    text: Prose


class CheckInHeld(Event, frozen=True, tag="check-in-held"):
    """Those who carry a strategy looked at how it goes: its status, a note, and what is in the way."""

    plan: Id
    check_in: Id
    strategy: Id
    on: date
    status: StrategyStatus
    note: Prose
    barriers: Prose | None = None


class PriorityReflected(Event, frozen=True, tag="priority-reflected"):
    """At the year's end: what came of a priority, and whether it carries forward.

    The text is the passage `reflection:<priority>`; `replaces` is the wording that was there.
    """

    plan: Id
    priority: Id
    wording: Id
    text: Prose
    carries: Carries
    replaces: Id | None = None


# What others propose


class ChangeProposed(Event, frozen=True, tag="change-proposed"):
    """Someone who may not edit it proposed a change: new words for a `passage`, or something new `under` a part.

    Under a priority that is a strategy, under a strategy an action step. `replaces` is the wording they had read.
    """

    plan: Id
    proposal: Id
    person: PersonId
    text: Prose
    why: Prose | None = None
    passage: Passage | None = None
    replaces: Id | None = None
    under: Part | None = None


class ProposalAccepted(Event, frozen=True, tag="proposal-accepted"):
    """A proposal became part of the plan; the change itself is the next event."""

    plan: Id
    proposal: Id


class ProposalDeclined(Event, frozen=True, tag="proposal-declined"):
    """A proposal did not become part of the plan, and why."""

    plan: Id
    proposal: Id
    reason: Prose


class ProposalWithdrawn(Event, frozen=True, tag="proposal-withdrawn"):
    """Who had proposed a change took it back."""

    plan: Id
    proposal: Id


# Its refinements


class RefinementOpened(Event, frozen=True, tag="refinement-opened"):
    """The plan was opened for a quarter's refinement."""

    plan: Id
    refinement: Id
    quarter: Quarter


class EvidenceCited(Event, frozen=True, tag="evidence-cited"):
    """A refinement named something that it rests on."""

    plan: Id
    refinement: Id
    citation: Citation


class CitationRemoved(Event, frozen=True, tag="citation-removed"):
    """A refinement no longer rests on it."""

    plan: Id
    refinement: Id
    citation: Citation


class RefinementAgreed(Event, frozen=True, tag="refinement-agreed"):
    """Someone agreed to a refinement."""

    plan: Id
    refinement: Id
    person: PersonId


class AgreementWithdrawn(Event, frozen=True, tag="agreement-withdrawn"):
    """Someone no longer agrees to a refinement."""

    plan: Id
    refinement: Id
    person: PersonId


class RefinementClosed(Event, frozen=True, tag="refinement-closed"):
    """A refinement ended; the plan as it stood then is frozen under this name."""

    plan: Id
    refinement: Id
    version: Name


PlanEvent = (
    PlanBegun
    | PassageWorded
    | PlanAdopted
    | PlanClosed
    | PlanWordsRedacted
    | PriorityAdded
    | StrategyAdded
    | ActionAdded
    | MeasureAdded
    | SupportRequested
    | PartMoved
    | PartRetired
    | PartRestored
    | PartAssigned
    | StrategyFunded
    | ActionScheduled
    | ActionReported
    | TargetSet
    | ReadingTaken
    | ReadingWithdrawn
    | SupportAnswered
    | CheckInHeld
    | PriorityReflected
    | ChangeProposed
    | ProposalAccepted
    | ProposalDeclined
    | ProposalWithdrawn
    | RefinementOpened
    | EvidenceCited
    | CitationRemoved
    | RefinementAgreed
    | AgreementWithdrawn
    | RefinementClosed
)
