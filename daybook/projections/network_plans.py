"""Plans and June Outcomes as the network's view lists them: by school, and by whoever has something to do in them.

The fact a newcomer would get wrong: by whom a plan is found follows from its parts as they stand. Someone who
owns only what was retired, or stands under something retired, does not find it; once it is restored, they do.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, assert_never

from msgspec import Struct, field
from msgspec.structs import replace

from daybook.events.core import stored_name
from daybook.events.outcomes import OutcomesAdopted, OutcomesBegun
from daybook.events.plan import (
    ActionAdded,
    MeasureAdded,
    PartAssigned,
    PartMoved,
    PartRestored,
    PartRetired,
    PlanAdopted,
    PlanBegun,
    PlanClosed,
    PriorityAdded,
    StrategyAdded,
    SupportAnswered,
    SupportRequested,
)
from daybook.events.plan_talk import ChangeProposed
from daybook.projections.view import Found, Shown

DRAFTS = "outcomes:draft"
"""The facet of June Outcomes that are not adopted, by which whoever may sign somewhere finds them."""
WAITING = "support:waiting"
"""The facet of plans in which a request for support has not been answered."""


class ListedPart(Struct, frozen=True, omit_defaults=True):
    """A part, as far as lists need it: its parent (None for a priority) and whose it is.

    `waits` says of a request for support that it has not been answered.
    """

    under: str | None = None
    owner: str | None = None
    retired: bool = False
    waits: bool = False


class PlanListed(Shown, frozen=True, tag="plan"):
    """A plan as lists show it, with its parts by their keys."""

    plan: str
    school: str
    year: int
    phase: Literal["draft", "adopted", "closed"]
    starts: date
    ends: date
    outcomes: str | None
    parts: dict[str, ListedPart] = field(default_factory=dict)

    def standing(self) -> dict[str, ListedPart]:
        """Return the parts that are pursued: neither retired nor under something that is."""
        return {key: part for key, part in self.parts.items() if self._stands(part)}

    def _stands(self, part: ListedPart) -> bool:
        while not part.retired:
            if part.under is None:
                return True
            part = self.parts[part.under]
        return False


def current(plans: Iterable[PlanListed], today: date) -> PlanListed | None:
    """Choose the plan that a school lives by: adopted, of the year that it is; else the latest adopted; else none."""
    adopted = sorted((plan for plan in plans if plan.phase == "adopted"), key=lambda plan: (plan.starts, plan.plan))
    this_year = [plan for plan in adopted if plan.starts <= today <= plan.ends]
    return next(reversed(this_year or adopted), None)


class OutcomesListed(Shown, frozen=True, tag="outcomes"):
    """A school's June Outcomes as lists show them."""

    outcomes: str
    school: str
    year: int
    phase: Literal["draft", "adopted"]
    rubric: str = ""  # unknown until the lists are made anew, where an earlier release made them


_Added = PriorityAdded | StrategyAdded | ActionAdded | MeasureAdded | SupportRequested
PlanChange = (
    PlanBegun
    | PlanAdopted
    | PlanClosed
    | _Added
    | PartMoved
    | PartRetired
    | PartRestored
    | PartAssigned
    | SupportAnswered
    | ChangeProposed
)
"""The events of a plan that change how it is listed, or by whom it is found."""
OutcomesChange = OutcomesBegun | OutcomesAdopted

HANDLED = frozenset(stored_name(kind) for kind in (*PlanChange.__args__, *OutcomesChange.__args__))
"""The stored names of the events that change these entries."""


def reads(event: PlanChange | OutcomesChange) -> tuple[str, ...]:
    """Name the entry that this event changes, unless it makes it."""
    if isinstance(event, PlanBegun | OutcomesBegun):
        return ()
    return (f"outcomes:{event.outcomes}",) if isinstance(event, OutcomesAdopted) else (f"plan:{event.plan}",)


def project(view: Mapping[str, Found], event: PlanChange | OutcomesChange) -> dict[str, Found]:
    """Turn one event into the entry that it changes."""
    if isinstance(event, OutcomesBegun):
        begun = OutcomesListed(event.outcomes, event.school, event.year, "draft", event.rubric)
        return {f"outcomes:{event.outcomes}": Found(begun, ("list:outcomes", f"school:{event.school}", DRAFTS))}
    if isinstance(event, OutcomesAdopted):
        key = f"outcomes:{event.outcomes}"
        facets = tuple(facet for facet in view[key].facets if facet != DRAFTS)
        return {key: Found(replace(view[key].value, phase="adopted"), facets)}
    if isinstance(event, PlanBegun):
        plan = PlanListed(
            plan=event.plan,
            school=event.school,
            year=event.year,
            phase="draft",
            starts=event.quarters[0],
            ends=event.ends,
            outcomes=event.outcomes,
        )
        return {f"plan:{event.plan}": Found(plan, _facets(plan, ()))}
    key = f"plan:{event.plan}"
    found = view[key]
    listed = found.value
    assert isinstance(listed, PlanListed)
    proposers = [facet.removeprefix("proposed:") for facet in found.facets if facet.startswith("proposed:")]
    if isinstance(event, ChangeProposed) and event.person not in proposers:
        proposers.append(event.person)
    changed = _changed(listed, event)
    return {key: Found(changed, _facets(changed, proposers))}


def _changed(plan: PlanListed, event: PlanChange) -> PlanListed:
    match event:
        case PlanBegun() | ChangeProposed():
            return plan
        case PlanAdopted():
            return replace(plan, phase="adopted")
        case PlanClosed():
            return replace(plan, phase="closed")
        case PriorityAdded() | StrategyAdded() | ActionAdded() | MeasureAdded() | SupportRequested():
            key, part = _new(event)
            return replace(plan, parts={**plan.parts, key: part})
        case PartMoved():
            return _with(plan, event.part, under=event.under)
        case PartRetired() | PartRestored():
            return _with(plan, event.part, retired=isinstance(event, PartRetired))
        case PartAssigned():
            return _with(plan, event.part, owner=event.owner)
        case SupportAnswered():
            return _with(plan, f"support:{event.support}", waits=False)
        case _:
            assert_never(event)


def _with(plan: PlanListed, key: str, **changes: str | bool | None) -> PlanListed:
    return replace(plan, parts={**plan.parts, key: replace(plan.parts[key], **changes)})


def _new(event: _Added) -> tuple[str, ListedPart]:
    match event:
        case PriorityAdded():
            return f"priority:{event.priority}", ListedPart()
        case StrategyAdded():
            return f"strategy:{event.strategy}", ListedPart(f"priority:{event.priority}", event.owner)
        case ActionAdded():
            return f"action:{event.action}", ListedPart(f"strategy:{event.strategy}", event.owner)
        case MeasureAdded():
            return f"measure:{event.measure}", ListedPart(f"strategy:{event.strategy}")
        case SupportRequested():
            return f"support:{event.support}", ListedPart(f"strategy:{event.strategy}", waits=True)
        case _:
            assert_never(event)


def _facets(plan: PlanListed, proposers: list[str] | tuple[()]) -> tuple[str, ...]:
    standing = plan.standing().values()
    owners = sorted({part.owner for part in standing if part.owner})
    return (
        "list:plans",
        f"school:{plan.school}",
        *(f"person:{owner}" for owner in owners),
        *(f"proposed:{person}" for person in proposers),
        *((WAITING,) if any(part.waits for part in standing) else ()),
    )
