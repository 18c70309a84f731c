"""What someone has to do in a plan, and what became of what they proposed: for their first page.

Made from the plan as they may see it, so nothing here is news to anyone. The fact a newcomer would get wrong: a
duty names the *place* where it is met, an entry of the plan's view, and never an address.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from daybook.events.plan_tags import place_of
from daybook.events.plan_values import ActionStatus, Quarter, SupportKind
from daybook.projections.check_ins import DayOf, check_in_due
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import ActionShown, MyProposalShown, ProposalShown, StrategyShown
from daybook.projections.plan_tree import PlanTree, plan_tree
from daybook.projections.view import Shown

SOON = timedelta(days=14)
"""What is due later than this from today is not told yet."""
RECENT = timedelta(days=45)
"""For so long after the answer an author is told what became of a proposal."""


class CheckInDue(Struct, frozen=True):
    """A check-in on a strategy of mine. `last` is the day of the last one."""

    place: str
    title: str | None
    due: date
    overdue: bool
    last: date | None


class StepDue(Struct, frozen=True):
    """An action step of mine that is not done."""

    place: str
    text: str | None
    due: date
    overdue: bool
    status: ActionStatus


class ProposalWaits(Struct, frozen=True):
    """A proposal that I may answer."""

    place: str
    text: str | None
    person: str
    at: date


class SupportWaits(Struct, frozen=True):
    """A request for support that the home office has not answered."""

    place: str
    text: str | None
    need: SupportKind
    title: str | None
    at: date


class RefinementWaits(Struct, frozen=True):
    """A refinement that is open and that I have not agreed to."""

    place: str
    quarter: Quarter
    agreed: int


class ReflectionDue(Struct, frozen=True):
    """A priority on which I have not said yet what came of it, in the year's last quarter or later."""

    place: str
    text: str | None
    due: date
    overdue: bool


class Proposed(Struct, frozen=True):
    """A proposal of mine: it waits, or was answered not long ago. `on` is the day of the answer, or of the proposal.

    `place` is the part that came of it, or that its words are in or were meant for.
    """

    place: str
    text: str | None
    outcome: str
    answered_by: str | None
    on: date
    reason: str | None


class Duties(Struct, frozen=True):
    """What someone has to do in one plan, each kind in the order of urgency."""

    check_ins: tuple[CheckInDue, ...] = ()
    steps: tuple[StepDue, ...] = ()
    proposals: tuple[ProposalWaits, ...] = ()
    supports: tuple[SupportWaits, ...] = ()
    refinements: tuple[RefinementWaits, ...] = ()
    reflections: tuple[ReflectionDue, ...] = ()
    proposed: tuple[Proposed, ...] = ()


class Part(Struct, frozen=True):
    """What someone may do in a plan, by the rules: answer proposals and reflect, answer for the home office, agree."""

    leads: bool = False
    supports: bool = False
    agrees: bool = False


def duties(view: Mapping[str, Shown], person: str, part: Part, today: date, day_of: DayOf) -> Duties:
    """Say what someone has to do in a plan that they see like this. `day_of` tells on which day an instant fell.

    A plan that was closed asks for nothing more; one that was not adopted yet, for answers to proposals only.
    """
    tree = plan_tree(view)
    proposed = tuple(sorted(_proposed(view, today, day_of), key=lambda one: (one.outcome == "waiting", today - one.on)))
    if tree.plan.phase == "closed":
        return Duties(proposed=proposed)
    waiting = tuple(_waiting(view, day_of)) if part.leads else ()
    if tree.plan.phase == "draft":
        return Duties(proposals=waiting, proposed=proposed)
    return Duties(
        check_ins=tuple(sorted(_check_ins(tree, person, today, day_of), key=lambda one: one.due)),
        steps=tuple(sorted(_steps(tree, person, today), key=lambda one: one.due)),
        proposals=waiting,
        supports=tuple(_supports(tree, day_of)) if part.supports else (),
        refinements=tuple(_refinements(tree, person)) if part.agrees else (),
        reflections=tuple(_reflections(tree, today)) if part.leads else (),
        proposed=proposed,
    )


def _check_ins(tree: PlanTree, person: str, today: date, day_of: DayOf) -> Iterator[CheckInDue]:
    for strategy in tree.strategies():
        due = check_in_due(tree.plan, strategy, day_of) if strategy.shown.owner == person else None
        if due is not None and due <= today + SOON:
            last = strategy.status.on if strategy.status else None
            yield CheckInDue(f"strategy:{strategy.shown.strategy}", _words(strategy.title), due, due < today, last)


def _steps(tree: PlanTree, person: str, today: date) -> Iterator[StepDue]:
    for strategy in tree.strategies():
        for action in strategy.actions:
            due, status = action.shown.due, action.shown.status
            if action.shown.owner == person and status != "done" and due is not None and due <= today + SOON:
                yield StepDue(f"action:{action.shown.action}", _words(action.words), due, due < today, status)


def _waiting(view: Mapping[str, Shown], day_of: DayOf) -> list[ProposalWaits]:
    waiting = (one for one in view.values() if isinstance(one, ProposalShown) and one.outcome == "waiting")
    return [
        ProposalWaits(f"proposal:{one.proposal}", one.text, one.person, day_of(one.at))
        for one in sorted(waiting, key=lambda one: one.at)
    ]


def _supports(tree: PlanTree, day_of: DayOf) -> list[SupportWaits]:
    waiting = [(s, request) for s in tree.strategies() for request in s.supports if request.shown.answer is None]
    return [
        SupportWaits(
            place=f"support:{request.shown.support}",
            text=_words(request.words),
            need=request.shown.need,
            title=_words(strategy.title),
            at=day_of(request.shown.at),
        )
        for strategy, request in sorted(waiting, key=lambda one: one[1].shown.at)
    ]


def _refinements(tree: PlanTree, person: str) -> Iterator[RefinementWaits]:
    for refinement in tree.refinements:
        shown = refinement.shown
        if shown.closed_at is None and person not in shown.agreed:
            yield RefinementWaits(f"refinement:{shown.refinement}", shown.quarter, len(shown.agreed))


def _reflections(tree: PlanTree, today: date) -> Iterator[ReflectionDue]:
    """What leaders owe is due when the year ends, and is asked for from its last quarter on."""
    ends = tree.plan.ends
    if today < tree.plan.quarters[3]:
        return
    for priority in tree.priorities:
        if priority.reflection is None:
            yield ReflectionDue(f"priority:{priority.shown.priority}", _words(priority.words), ends, ends < today)


def _proposed(view: Mapping[str, Shown], today: date, day_of: DayOf) -> Iterator[Proposed]:
    """What `mine:<id>` tells; a proposal that its author took back is no news to them."""
    became = {
        shown.proposal: key
        for key, shown in view.items()
        if isinstance(shown, StrategyShown | ActionShown) and shown.proposal is not None
    }
    for one in view.values():
        if not isinstance(one, MyProposalShown) or one.outcome == "withdrawn":
            continue
        on = day_of(one.answered_at or one.at)
        if one.outcome == "waiting" or today - on <= RECENT:
            place = became.get(one.proposal) or (place_of(one.passage) if one.passage else one.under or "plan")
            yield Proposed(place, one.text, one.outcome, one.answered_by, on, one.reason)


def _words(text: TextShown | None) -> str | None:
    return text.text if text else None
