"""Looking forward from where a school stands: what its plan does about each indicator."""

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from daybook.events.plan_values import SupportAnswer, SupportKind
from daybook.projections.plan_entries import StatusShown
from daybook.projections.plan_tree import Strategy, plan_tree
from daybook.projections.view import Shown


class SupportGiven(Struct, frozen=True):
    """What the home office was asked for, and its latest answer."""

    support: str
    need: SupportKind
    answer: SupportAnswer | None


class Doing(Struct, frozen=True):
    """A strategy that is pursued. `title` is None when its words were erased."""

    strategy: str
    title: str | None
    owner: str | None
    status: StatusShown | None
    supports: tuple[SupportGiven, ...]


def doing(view: Mapping[str, Shown]) -> dict[str, list[Doing]]:
    """Say by indicator which strategies of a plan are about it, in reading order.

    A strategy is about the indicators of its priority. An indicator that has none is not in the result.
    """
    found: dict[str, list[Doing]] = defaultdict(list)
    for priority in plan_tree(view).priorities:
        strategies = [_doing(strategy) for strategy in priority.strategies]
        for indicator in priority.shown.indicators:
            found[indicator] += strategies
    return {indicator: strategies for indicator, strategies in found.items() if strategies}


def _doing(strategy: Strategy) -> Doing:
    return Doing(
        strategy=strategy.shown.strategy,
        title=strategy.title.text if strategy.title else None,
        owner=strategy.shown.owner,
        status=strategy.status,
        supports=tuple(SupportGiven(s.shown.support, s.shown.need, s.shown.answer) for s in strategy.supports),
    )
