"""The days of a plan, for calendars: action steps, check-ins that fall due, the quarters' refinements, the year's end.

Every date has a `key`, the same for as long as what it is about lasts, so that a calendar moves what moved
instead of showing it twice. `about` names the view's entries that it is made of: when one of them
changes, so may the date.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from daybook.projections.check_ins import DayOf, check_in_due
from daybook.projections.plan_tree import Action, PlanTree, Strategy

Kind = Literal["action", "check-in", "refinement", "end"]


class PlanDate(Struct, frozen=True):
    """A day: of an action step or a strategy with its words and owner, of a quarter by its number, or of the end.

    `place` is where on the plan's page it is, empty for the plan itself.
    """

    key: str
    kind: Kind
    on: date
    about: tuple[str, ...]
    place: str = ""
    text: str | None = None
    under: str | None = None
    owner: str | None = None
    status: str | None = None
    quarter: int | None = None


def plan_dates(tree: PlanTree, day_of: DayOf) -> list[PlanDate]:
    """List the days of a plan in order, given on which day an instant fell for the reader.

    What is retired has none, and a plan that is a draft has no check-ins.
    """
    found = [*_actions(tree), *_check_ins(tree, day_of), *_quarters(tree)]
    found.append(PlanDate(key="end", kind="end", on=tree.plan.ends, about=("plan",)))
    return sorted(found, key=lambda one: (one.on, one.key))


def owned_by(dates: list[PlanDate], person: str) -> list[PlanDate]:
    """Keep the days of what someone owns, and those of the whole plan."""
    return [one for one in dates if one.kind in ("refinement", "end") or one.owner == person]


def _actions(tree: PlanTree) -> Iterator[PlanDate]:
    for strategy in tree.strategies():
        for action in strategy.actions:
            if action.shown.due is not None:
                yield _action(strategy, action, action.shown.due)


def _action(strategy: Strategy, action: Action, due: date) -> PlanDate:
    name, under = action.shown.action, action.shown.strategy
    return PlanDate(
        key=f"action-{name}",
        kind="action",
        on=due,
        about=(f"action:{name}", f"text:action:{name}", f"text:strategy:{under}:title"),
        place=f"action-{name}",
        text=action.words.text if action.words else None,
        under=strategy.title.text if strategy.title else None,
        owner=action.shown.owner,
        status=action.shown.status,
    )


def _check_ins(tree: PlanTree, day_of: DayOf) -> Iterator[PlanDate]:
    for strategy in tree.strategies():
        name, status = strategy.shown.strategy, strategy.status
        due = check_in_due(tree.plan, strategy, day_of)
        if due is not None:
            yield PlanDate(
                key=f"check-in-{name}",
                kind="check-in",
                on=due,
                about=("plan", f"strategy:{name}", f"status:{name}", f"text:strategy:{name}:title"),
                place=f"strategy-{name}",
                text=strategy.title.text if strategy.title else None,
                owner=strategy.shown.owner,
                status=status.status if status else None,
            )


def _quarters(tree: PlanTree) -> Iterator[PlanDate]:
    """A quarter is refined when it is over, so on the day on which the next one begins; the last one with the plan."""
    closed: dict[int, str] = {
        one.shown.quarter: one.shown.refinement for one in tree.refinements if one.shown.closed_at is not None
    }
    for quarter, begins in enumerate(tree.plan.quarters[1:], start=1):
        done = closed.get(quarter)
        about = ("plan",) if done is None else ("plan", f"refinement:{done}")
        status = None if done is None else "done"
        yield PlanDate(f"refinement-{quarter}", "refinement", begins, about, quarter=quarter, status=status)
