"""A Call-to-Action plan, one stream each: `plan:<id>`, a school's plan for one year.

Its *parts* are priorities, strategies under them, and under a strategy its action steps, progress
measures and support requests; a part is named with its kind, such as `strategy:readers`. Its *passages*
are the texts that people edit, such as `strategy:readers:then`. The fact a newcomer would get wrong: a
passage is edited by naming the wording that one has read. Each wording has an id, made on the device;
who names one that has been replaced since is refused, and is shown both. A part's first wording has
the part's own id. So two people who edit different passages never wait for each other, and two who
edit the same one never overwrite each other.

Events are made of what is in `plan_values`; those of proposals and refinements are in `plan_talk`. What people ask for
is in `plan_commands`, what an event is about in `plan_tags`, the state in `plan_state`, the rules in the `plan_rules`
modules.
"""

from datetime import date
from typing import Literal

from daybook.events.core import Event, Id, IndicatorCode, Name, PersonId, Prose
from daybook.events.plan_talk import Talk
from daybook.events.plan_values import (
    ActionStatus,
    Aim,
    Carries,
    Part,
    Passage,
    StrategyStatus,
    SupportAnswer,
    SupportKind,
)

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
    | Talk
)
