"""When the next check-in on a strategy falls due: the one rule, for first pages and calendars alike.

So many days, by the plan, after the latest of the plan's adoption, its year's first day, the strategy's own
beginning and its last check-in. The fact a newcomer would get wrong: a strategy begins again when it, or the
priority that it stands under, is taken up again after it was retired; nothing was owed in between.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from daybook.projections.plan_entries import PlanShown
from daybook.projections.plan_tree import Strategy

DayOf = Callable[[datetime], date]
"""Tells on which day an instant fell for the reader."""


def check_in_due(plan: PlanShown, strategy: Strategy, day_of: DayOf) -> date | None:
    """Say when the next check-in on a strategy is due; None when there is none before the year ends."""
    status = strategy.status
    if plan.phase != "adopted" or plan.adopted_at is None or (status and status.status == "done"):
        return None
    since = max(day_of(plan.adopted_at), plan.quarters[0], day_of(strategy.shown.begun_at))
    due = (max(since, status.on) if status else since) + timedelta(days=plan.check_in_days)
    return due if due <= plan.ends else None
