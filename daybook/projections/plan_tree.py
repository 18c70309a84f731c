"""A plan's view read as a tree, in the order in which it is to be read: for paper, workbooks and calendars.

Made from what someone may see, so a check-in is here for the team and not for a family. The fact a
newcomer would get wrong: what is under a retired part is no longer pursued either, although nothing says
so of itself. `retired` parts stand apart, each once, the one that was retired and not what is under it.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec import Struct

from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    OrderShown,
    PlanShown,
    PriorityShown,
    ReadingShown,
    RefinementShown,
    ReflectionShown,
    StatusShown,
    StrategyShown,
    SupportShown,
    VersionShown,
)
from daybook.projections.view import Shown

S = TypeVar("S", bound=Shown)
PartShown = PriorityShown | StrategyShown | ActionShown | MeasureShown | SupportShown
T = TypeVar("T", bound=PartShown)
P = TypeVar("P")


class Action(Struct, frozen=True):
    """An action step with its words."""

    number: str
    shown: ActionShown
    words: TextShown | None


class Measure(Struct, frozen=True):
    """A measure with its words, and its standing readings, oldest first."""

    number: str
    shown: MeasureShown
    words: TextShown | None
    readings: tuple[ReadingShown, ...]


class Support(Struct, frozen=True):
    """A request for support with its words."""

    number: str
    shown: SupportShown
    words: TextShown | None


class Strategy(Struct, frozen=True):
    """A strategy with what is under it; its check-ins, oldest first, are empty for those outside the team."""

    number: str
    shown: StrategyShown
    title: TextShown | None
    if_: TextShown | None
    then: TextShown | None
    status: StatusShown | None
    actions: tuple[Action, ...]
    measures: tuple[Measure, ...]
    supports: tuple[Support, ...]
    check_ins: tuple[CheckInShown, ...]


class Priority(Struct, frozen=True):
    """A priority with its strategies, and what came of it."""

    number: str
    shown: PriorityShown
    words: TextShown | None
    strategies: tuple[Strategy, ...]
    reflection: ReflectionShown | None
    reflected: TextShown | None


class Refinement(Struct, frozen=True):
    """A refinement with its words, which are the team's while it is open."""

    shown: RefinementShown
    changed: TextShown | None
    why: TextShown | None


class RetiredPart(Struct, frozen=True):
    """A part that is no longer pursued, such as `strategy:readers`, its words, and why."""

    part: str
    words: TextShown | None
    reason: str | None


class PlanTree(Struct, frozen=True):
    """The whole plan, as far as someone may see it. Refinements and versions in the order of time."""

    plan: PlanShown
    vision: TextShown | None
    family: dict[str, TextShown]
    priorities: tuple[Priority, ...]
    refinements: tuple[Refinement, ...]
    versions: tuple[VersionShown, ...]
    retired: tuple[RetiredPart, ...]

    def strategies(self) -> tuple[Strategy, ...]:
        """All strategies in reading order."""
        return tuple(strategy for priority in self.priorities for strategy in priority.strategies)

    def people(self) -> set[str]:
        """The ids of everyone whom the tree mentions."""
        found: set[str | None] = set()
        for strategy in self.strategies():
            found.add(strategy.shown.owner)
            found |= {action.shown.owner for action in strategy.actions}
            found |= {measure.shown.owner for measure in strategy.measures}
            found |= {who for s in strategy.supports for who in (s.shown.by, s.shown.owner, s.shown.answered_by)}
            found |= {check_in.by for check_in in strategy.check_ins}
        for refinement in self.refinements:
            found |= {refinement.shown.opened_by, *refinement.shown.agreed}
        found |= {version.by for version in self.versions}
        found |= {priority.reflection.by for priority in self.priorities if priority.reflection}
        return {person for person in found if person}


def plan_tree(view: Mapping[str, Shown]) -> PlanTree:
    """Read a plan's view, as someone may see it, as a tree. The view has the entry `plan`."""
    return _Reader(view).tree()


class _Reader:
    """Finds entries of one view, whose readings and check-ins are sorted once."""

    def __init__(self, view: Mapping[str, Shown]) -> None:
        self.view = view
        self.readings: dict[str, list[ReadingShown]] = {}
        self.check_ins: dict[str, list[CheckInShown]] = {}
        self.refinements: list[RefinementShown] = []
        self.versions: list[VersionShown] = []
        self.retired: list[RetiredPart] = []
        for shown in view.values():
            match shown:
                case ReadingShown(withdrawn=False):
                    self.readings.setdefault(shown.measure, []).append(shown)
                case CheckInShown():
                    self.check_ins.setdefault(shown.strategy, []).append(shown)
                case RefinementShown():
                    self.refinements.append(shown)
                case VersionShown():
                    self.versions.append(shown)
                case _:
                    pass

    def tree(self) -> PlanTree:
        plan = self.find("plan", PlanShown)
        assert plan is not None
        priorities = tuple(
            self.priority(str(n), name) for n, name in enumerate(self.standing("plan", "priority", PriorityShown), 1)
        )
        family = {lang: text for lang in ("en", "es") if (text := self.text(f"family:{lang}"))}
        return PlanTree(
            plan=plan,
            vision=self.text("vision"),
            family=family,
            priorities=priorities,
            refinements=tuple(map(self.refinement, sorted(self.refinements, key=lambda r: r.from_position))),
            versions=tuple(sorted(self.versions, key=lambda version: version.position)),
            retired=tuple(self.retired),
        )

    def find(self, key: str, kind: type[S]) -> S | None:
        found = self.view.get(key)
        return found if isinstance(found, kind) else None

    def text(self, passage: str) -> TextShown | None:
        return self.find(f"text:{passage}", TextShown)

    def standing(self, under: str, kind: str, shown: type[T]) -> list[str]:
        """Name the parts of a kind under another that are pursued, in their order, and note those that are not."""
        order = self.find(f"order:{under}", OrderShown)
        parts = [part for part in (order.parts if order else ()) if part.startswith(f"{kind}:")]
        found = []
        for part in parts:
            value = self.find(part, shown)
            if value is None:
                continue
            if value.retired_at is None:
                found.append(part.partition(":")[2])
            else:
                words = self.text(f"{part}:title" if kind == "strategy" else part)
                self.retired.append(RetiredPart(part, words, value.reason))
        return found

    def priority(self, number: str, name: str) -> Priority:
        shown = self.find(f"priority:{name}", PriorityShown)
        assert shown is not None
        strategies = self.standing(f"priority:{name}", "strategy", StrategyShown)
        return Priority(
            number=number,
            shown=shown,
            words=self.text(f"priority:{name}"),
            strategies=tuple(self.strategy(f"{number}.{n}", strategy) for n, strategy in enumerate(strategies, 1)),
            reflection=self.find(f"reflection:{name}", ReflectionShown),
            reflected=self.text(f"reflection:{name}"),
        )

    def strategy(self, number: str, name: str) -> Strategy:
        shown, part = self.find(f"strategy:{name}", StrategyShown), f"strategy:{name}"
        assert shown is not None
        return Strategy(
            number=number,
            shown=shown,
            title=self.text(f"{part}:title"),
            if_=self.text(f"{part}:if"),
            then=self.text(f"{part}:then"),
            status=self.find(f"status:{name}", StatusShown),
            actions=self.parts(number, part, "action", ActionShown, Action),
            measures=self.parts(number, part, "measure", MeasureShown, self.measure),
            supports=self.parts(number, part, "support", SupportShown, Support),
            check_ins=tuple(sorted(self.check_ins.get(name, ()), key=lambda one: (one.on, one.at))),
        )

    def parts(
        self, number: str, under: str, kind: str, shown: type[T], made: Callable[[str, T, TextShown | None], P]
    ) -> tuple[P, ...]:
        found = []
        for n, name in enumerate(self.standing(under, kind, shown), 1):
            value = self.find(f"{kind}:{name}", shown)
            assert value is not None
            found.append(made(f"{number}.{n}", value, self.text(f"{kind}:{name}")))
        return tuple(found)

    def measure(self, number: str, shown: MeasureShown, words: TextShown | None) -> Measure:
        readings = sorted(self.readings.get(shown.measure, ()), key=lambda reading: (reading.on, reading.reading))
        return Measure(number, shown, words, tuple(readings))

    def refinement(self, shown: RefinementShown) -> Refinement:
        part = f"refinement:{shown.refinement}"
        return Refinement(shown, self.text(f"{part}:changed"), self.text(f"{part}:why"))
