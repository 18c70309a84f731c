"""Entries of a plan's view, as its tests expect them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from daybook.events import plan_state
from daybook.events.core import Event, Prose, Recorded
from daybook.events.plan import (
    ActionAdded,
    CheckInHeld,
    MeasureAdded,
    PartMoved,
    PassageWorded,
    PlanAdopted,
    PlanBegun,
    PlanEvent,
    PriorityAdded,
    StrategyAdded,
    SupportRequested,
)
from daybook.events.plan_talk import ChangeProposed, RefinementOpened
from daybook.events.plan_values import Aim
from daybook.projections.passages import TextShown
from daybook.projections.plan import project
from daybook.projections.plan_entries import ActionShown, OrderShown, PlanShown, PriorityShown, StrategyShown
from daybook.projections.view import Entry, Shown, View, apply, changed

QUARTERS = (date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1))
ENDS = date(2027, 6, 30)
BEGUN = PlanBegun(
    plan="p1",
    school="maple",
    year=2026,
    quarters=QUARTERS,
    ends=ENDS,
    rewording="in-refinements",
    check_in_days=45,
    outcomes="o1",
    aims=(Aim("reading", ("CI.1",)),),
)
PLAN = PlanShown(
    plan="p1",
    school="maple",
    year=2026,
    quarters=QUARTERS,
    ends=ENDS,
    rewording="in-refinements",
    check_in_days=45,
    outcomes="o1",
    phase="draft",
    begun_at=datetime(2026, 8, 3, 15, 0, tzinfo=UTC),
)
PRIORITY = PriorityAdded(
    plan="p1", priority="reading", text=Prose("Everyone reads"), indicators=("CI.1",), outcome="reading"
)
STRATEGY = StrategyAdded(
    plan="p1",
    strategy="readers",
    priority="reading",
    title=Prose("Reading groups"),
    if_=Prose("we group by need"),
    then=Prose("all grow"),
    owner="tomas",
)
ACTION = ActionAdded(plan="p1", action="groups", strategy="readers", text=Prose("Form groups"), due=date(2026, 9, 15))
MEASURE = MeasureAdded(
    plan="p1", measure="fluency", strategy="readers", text=Prose("Words a minute"), unit="words", baseline=60, target=90
)
SUPPORT = SupportRequested(
    plan="p1", support="coach", strategy="readers", need="coaching", text=Prose("A reading coach")
)
ADOPTED = PlanAdopted(plan="p1", version="September 2026")
OPENED = RefinementOpened(plan="p1", refinement="q1", quarter=1)


def minute(position: int) -> datetime:
    """When the event at a position is recorded."""
    return datetime(2026, 8, 3, 15, position - 1, tzinfo=UTC)


def told(events: Iterable[Event], actor: str = "pat") -> list[Recorded]:
    """Record events of a plan in order, all by one person."""
    state, history = plan_state.Plan(), list[Recorded]()
    for position, event in enumerate(events, start=1):
        assert isinstance(event, PlanEvent)
        tags = plan_state.tags(event, state)
        history.append(
            Recorded(position=position, at=minute(position), actor=actor, command=UUID(int=0), tags=tags, event=event)
        )
        state = plan_state.evolve(state, event)
    return history


def folded(*events: Event) -> View:
    view: View = {}
    for recorded in told(events):
        apply(view, changed(view, project(view, recorded)))
    return view


def room(value: Shown) -> Entry:
    return Entry(value, "room")


def text(passage: str, words: str | None, position: int, wording: str | None = None) -> View:
    """Show the first wording of a passage, made at a position; its id is the part's."""
    wording = wording or passage.split(":")[1]
    return {f"text:{passage}": room(TextShown(passage, wording, words, "pat", minute(position)))}


def order(under: str, *parts: str) -> View:
    return {f"order:{under}": room(OrderShown(under, parts))}


AT_FIRST: View = {"plan": room(PLAN)}
WITH_PRIORITY: View = {
    **AT_FIRST,
    **order("plan", "priority:reading"),
    "priority:reading": room(PriorityShown("reading", "reading", None, ("CI.1",), 2)),
    **text("priority:reading", "Everyone reads", 2),
}
GROUPS = StrategyShown("readers", "reading", "tomas", minute(3))
WITH_STRATEGY: View = {
    **WITH_PRIORITY,
    **order("priority:reading", "strategy:readers"),
    "strategy:readers": room(GROUPS),
    **text("strategy:readers:title", "Reading groups", 3),
    **text("strategy:readers:if", "we group by need", 3),
    **text("strategy:readers:then", "all grow", 3),
}
STEP = ActionShown("groups", "readers", None, date(2026, 9, 15))
WITH_ACTION: View = {
    **WITH_STRATEGY,
    **order("strategy:readers", "action:groups"),
    "action:groups": room(STEP),
    **text("action:groups", "Form groups", 4),
}
PARTS: tuple[Event, ...] = (BEGUN, PRIORITY, STRATEGY, ACTION)
OTHER = StrategyAdded(
    plan="p1",
    strategy="talk",
    priority="reading",
    title=Prose("Talk"),
    if_=Prose("we talk"),
    then=Prose("we grow"),
    after="strategy:readers",
)


def checked(check_in: str, on: date, status: str = "on-track") -> CheckInHeld:
    return CheckInHeld(
        plan="p1",
        check_in=check_in,
        strategy="readers",
        on=on,
        status=status,  # type: ignore[arg-type]
        note=Prose("Groups meet"),
        barriers=Prose("No room"),
    )


PROPOSED = ChangeProposed(
    plan="p1",
    proposal="a1",
    person="flor",
    text=Prose("all read at home"),
    why=Prose("Families ask"),
    passage="strategy:readers:then",
    replaces="readers",
)
WHY = PassageWorded(plan="p1", passage="refinement:q1:why", wording="w1", text=Prose("Readings stand still"))
SECOND = PriorityAdded(
    plan="p1", priority="math", text=Prose("Everyone counts"), indicators=("CI.2",), rubric="pif-1", after="reading"
)


def moved(part: str, under: str | None, after: str | None = None) -> PartMoved:
    return PartMoved(plan="p1", part=part, under=under, after=after)
