"""What a Call-to-Action plan's view is made of: its entries, by key.

    plan                        PlanShown
    text:<passage>              TextShown, see `passages`
    priority:<id>               PriorityShown
    strategy:<id>               StrategyShown
    action:<id>                 ActionShown
    measure:<id>                MeasureShown
    support:<id>                SupportShown
    order:<parent>              OrderShown; the parent is `plan`, a priority or a strategy
    reading:<measure>:<id>      ReadingShown
    status:<strategy>           StatusShown, the latest check-in as everyone may see it
    check-in:<id>               CheckInShown, with its words, for the team
    proposal:<id>               ProposalShown, for the team
    mine:<id>                   MyProposalShown, the same for who made it
    refinement:<id>             RefinementShown
    version:<position>          VersionShown
    reflection:<priority>       ReflectionShown; its words are text:reflection:<priority>

Audiences: `room` is whoever may see the plan, families and guests among them; `team` are the school's leaders
and team members, the home office and auditors. A refinement's words are the team's until it closes.
"""

from datetime import date, datetime

from daybook.events.plan_values import (
    ActionStatus,
    Carries,
    Citation,
    Quarter,
    StrategyStatus,
    SupportAnswer,
    SupportKind,
)
from daybook.projections.view import Shown


class PlanShown(Shown, frozen=True, tag="plan"):
    """The plan itself. `phase` is draft, adopted or closed; `refining` is the refinement that is open."""

    plan: str
    school: str
    year: int
    quarters: tuple[date, ...]
    ends: date
    rewording: str
    check_in_days: int
    outcomes: str | None
    phase: str
    begun_at: datetime
    adopted_at: datetime | None = None
    closed_at: datetime | None = None
    refining: str | None = None


class PriorityShown(Shown, frozen=True, tag="priority"):
    """A priority. `reason` says why it was retired, while it is.

    `indicators` are those that it was added with, at `from_position`; `plan_aims` says which ones it works on.
    """

    priority: str
    outcome: str | None
    rubric: str | None
    indicators: tuple[str, ...]
    from_position: int
    retired_at: datetime | None = None
    reason: str | None = None


class StrategyShown(Shown, frozen=True, tag="strategy"):
    """A strategy, added or last taken up again, itself or with its priority, at `begun_at`.

    Its words are the passages `strategy:<id>:title`, `:if` and `:then`.
    """

    strategy: str
    priority: str
    owner: str | None
    begun_at: datetime
    funding: int | None = None
    funding_source: str | None = None
    proposal: str | None = None
    retired_at: datetime | None = None
    reason: str | None = None


class ActionShown(Shown, frozen=True, tag="action"):
    """An action step. `note` came with its last report."""

    action: str
    strategy: str
    owner: str | None
    due: date | None
    status: ActionStatus = "not-started"
    note: str | None = None
    reported_by: str | None = None
    reported_at: datetime | None = None
    proposal: str | None = None
    retired_at: datetime | None = None
    reason: str | None = None


class MeasureShown(Shown, frozen=True, tag="measure"):
    """A progress measure."""

    measure: str
    strategy: str
    unit: str
    baseline: float
    target: float
    lower_is_better: bool
    owner: str | None = None
    retired_at: datetime | None = None
    reason: str | None = None


class SupportShown(Shown, frozen=True, tag="support"):
    """A request for support, and the home office's latest answer, whose words have the id `answered`."""

    support: str
    strategy: str
    need: SupportKind
    by: str
    at: datetime
    owner: str | None = None
    answer: SupportAnswer | None = None
    words: str | None = None
    answered: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    retired_at: datetime | None = None
    reason: str | None = None


class OrderShown(Shown, frozen=True, tag="order"):
    """The parts under a parent in their order, retired ones among them."""

    under: str
    parts: tuple[str, ...]


class ReadingShown(Shown, frozen=True, tag="reading"):
    """What a measure read on a day; `reason` says why it was withdrawn, once it is."""

    measure: str
    reading: str
    on: date
    value: float
    note: str | None
    by: str
    withdrawn: bool = False
    reason: str | None = None


class StatusShown(Shown, frozen=True, tag="status"):
    """How a strategy goes, by its latest check-in."""

    strategy: str
    status: StrategyStatus
    on: date
    check_in: str


class CheckInShown(Shown, frozen=True, tag="check-in"):
    """A check-in on a strategy, with its words."""

    check_in: str
    strategy: str
    on: date
    status: StrategyStatus
    note: str | None
    barriers: str | None
    by: str
    at: datetime


class ProposalShown(Shown, frozen=True, tag="proposal"):
    """A proposed change and what became of it. `outcome` is waiting, accepted, declined or withdrawn."""

    proposal: str
    person: str
    text: str | None
    why: str | None
    passage: str | None
    replaces: str | None
    under: str | None
    at: datetime
    outcome: str = "waiting"
    answered_by: str | None = None
    answered_at: datetime | None = None
    reason: str | None = None


class MyProposalShown(Shown, frozen=True, tag="my-proposal"):
    """A proposal as its own author sees it, wherever they stand; the same words as ProposalShown."""

    proposal: str
    text: str | None
    passage: str | None
    under: str | None
    at: datetime
    outcome: str = "waiting"
    answered_by: str | None = None
    answered_at: datetime | None = None
    reason: str | None = None
    why: str | None = None


class RefinementShown(Shown, frozen=True, tag="refinement"):
    """A quarter's refinement, opened at the log's position `from_position`; `version` is its name once it is closed.

    Its words are the passages `refinement:<id>:changed` and `refinement:<id>:why`. Of those who `agreed`, the plan
    changed again after those in `overtaken` had done so.
    """

    refinement: str
    quarter: Quarter
    opened_by: str
    opened_at: datetime
    from_position: int
    citations: tuple[Citation, ...] = ()
    agreed: tuple[str, ...] = ()
    overtaken: tuple[str, ...] = ()
    closed_at: datetime | None = None
    version: str | None = None
    to_position: int | None = None


class VersionShown(Shown, frozen=True, tag="version"):
    """A frozen version: the plan as it stood at a position of the log."""

    name: str
    position: int
    at: datetime
    by: str
    refinement: str | None = None


class ReflectionShown(Shown, frozen=True, tag="reflection"):
    """What came of a priority at the year's end."""

    priority: str
    carries: Carries
    by: str
    at: datetime


ENTRIES: tuple[type[Shown], ...] = (
    PlanShown,
    PriorityShown,
    StrategyShown,
    ActionShown,
    MeasureShown,
    SupportShown,
    OrderShown,
    ReadingShown,
    StatusShown,
    CheckInShown,
    ProposalShown,
    MyProposalShown,
    RefinementShown,
    VersionShown,
    ReflectionShown,
)
"""Every kind of entry of a plan's view beside its texts."""
