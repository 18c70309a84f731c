"""A plan's goals in the shape of California's School Plan for Student Achievement (SPSA): rows for a table.

One row for each measure of each strategy; a strategy without measures has one row, and so has a goal without
strategies, so that nothing of the plan is missing. What the template says once for a strategy stands on each of
its rows, so that rows can be sorted and filtered. The fact a newcomer would get wrong: the amount stands
on a strategy's first row alone, or a sum over the column would count it once for each measure.
"""

from datetime import date

from msgspec import Struct

from daybook.projections.passages import TextShown
from daybook.projections.plan_tree import Action, Measure, PlanTree, Priority, Strategy


class ActionStep(Struct, frozen=True):
    """An action step as a line within a cell."""

    text: str | None
    owner: str | None
    due: date | None
    status: str


class SpsaRow(Struct, frozen=True, kw_only=True):
    """One row. Texts are as people typed them; None where there is nothing, or where words were erased.

    `amount` is in whole dollars, on the first row of its strategy; `outcome` is the June Outcome that the
    goal comes from. `note` and `barriers` are those of the latest check-in, which only the team sees.
    """

    goal: str
    goal_text: str | None
    outcome: str | None
    indicators: tuple[str, ...]
    metric: str | None = None
    unit: str | None = None
    baseline: float | None = None
    expected: float | None = None
    actual: float | None = None
    actual_on: date | None = None
    strategy: str | None = None
    title: str | None = None
    if_: str | None = None
    then: str | None = None
    status: str | None = None
    actions: tuple[ActionStep, ...] = ()
    responsible: str | None = None
    amount: int | None = None
    source: str | None = None
    note: str | None = None
    barriers: str | None = None


def spsa_rows(tree: PlanTree) -> list[SpsaRow]:
    """Turn a plan into rows, in its own order; what is retired is left out."""
    return [row for priority in tree.priorities for row in _goal(priority)]


def _goal(priority: Priority) -> list[SpsaRow]:
    rows = [row for strategy in priority.strategies for row in _strategy(priority, strategy)]
    return rows or [_row(priority)]


def _strategy(priority: Priority, strategy: Strategy) -> list[SpsaRow]:
    measures = strategy.measures or (None,)
    return [_row(priority, strategy, measure, first=n == 0) for n, measure in enumerate(measures)]


def _row(
    priority: Priority, strategy: Strategy | None = None, measure: Measure | None = None, *, first: bool = True
) -> SpsaRow:
    latest = measure.readings[-1] if measure and measure.readings else None
    check_in = strategy.check_ins[-1] if strategy and strategy.check_ins else None
    return SpsaRow(
        goal=priority.number,
        goal_text=_said(priority.words),
        outcome=priority.shown.outcome,
        indicators=priority.shown.indicators,
        metric=_said(measure.words) if measure else None,
        unit=measure.shown.unit if measure else None,
        baseline=measure.shown.baseline if measure else None,
        expected=measure.shown.target if measure else None,
        actual=latest.value if latest else None,
        actual_on=latest.on if latest else None,
        strategy=strategy.number if strategy else None,
        title=_said(strategy.title) if strategy else None,
        if_=_said(strategy.if_) if strategy else None,
        then=_said(strategy.then) if strategy else None,
        status=strategy.status.status if strategy and strategy.status else None,
        actions=tuple(map(_step, strategy.actions)) if strategy else (),
        responsible=strategy.shown.owner if strategy else None,
        amount=strategy.shown.funding if strategy and first else None,
        source=strategy.shown.funding_source if strategy else None,
        note=check_in.note if check_in else None,
        barriers=check_in.barriers if check_in else None,
    )


def _step(action: Action) -> ActionStep:
    return ActionStep(_said(action.words), action.shown.owner, action.shown.due, action.shown.status)


def _said(words: TextShown | None) -> str | None:
    return words.text if words else None
