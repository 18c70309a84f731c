"""The indicators that a plan's priorities work on: those of their June Outcomes, as these are aimed.

The fact a newcomer would get wrong: a priority's own entry tells what it was added with. The aim that it came from may
be amended since, in a stream of its own, and then the priority works on what is aimed at now.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from daybook.projections.outcomes_entries import AmendmentShown, OutcomeShown
from daybook.projections.plan_entries import PriorityShown
from daybook.projections.view import Shown


def works_on(
    plan: Mapping[str, Shown], outcomes: Mapping[str, Shown], moment: int | datetime | None = None
) -> dict[str, tuple[str, ...]]:
    """Say by priority which indicators it works on, at a position of the log or a time, or now.

    Those of its June Outcome, unless it was added with fewer than the outcome had then: of those it keeps the ones that
    are still aimed at, and when none is left it follows the outcome's. A priority that names indicators of a rubric
    itself is not in the result.
    """
    found = {}
    for priority in plan.values():
        if isinstance(priority, PriorityShown) and priority.outcome is not None:
            aimed = _aimed(outcomes, priority.outcome, moment)
            if aimed:
                named = priority.indicators
                fewer = set(named) < set(_aimed(outcomes, priority.outcome, priority.from_position))
                kept = tuple(code for code in named if code in aimed) if fewer else ()
                found[priority.priority] = kept or aimed
    return found


def as_aimed(plan: Mapping[str, Shown], works: Mapping[str, tuple[str, ...]]) -> dict[str, Shown]:
    """Read a plan's view with the indicators that its priorities work on in place of those they were added with."""
    priorities = {
        key: replace(one, indicators=works[one.priority])
        for key, one in plan.items()
        if isinstance(one, PriorityShown) and one.priority in works
    }
    return {**plan, **priorities}


def aim_amendments(outcomes: Mapping[str, Shown]) -> list[int]:
    """List the positions of the log at which an adopted aim was amended, earliest first."""
    return sorted(_position(key) for key, one in outcomes.items() if isinstance(one, AmendmentShown) and _of_aim(one))


def _aimed(outcomes: Mapping[str, Shown], outcome: str, moment: int | datetime | None) -> tuple[str, ...]:
    """Return what an outcome aims at: what the first amendment after the moment replaced, or else what stands."""
    shown = outcomes.get(f"outcome:{outcome}")
    if not isinstance(shown, OutcomeShown):
        return ()
    later = {
        _position(key): one.baselines
        for key, one in outcomes.items()
        if isinstance(one, AmendmentShown) and _of_aim(one) and one.outcome == outcome and _after(key, one, moment)
    }
    baselines = later[min(later)] if later else shown.baselines
    return tuple(baseline.indicator for baseline in baselines)


def _of_aim(amendment: AmendmentShown) -> bool:
    return amendment.text == "aim"


def _after(key: str, amendment: AmendmentShown, moment: int | datetime | None) -> bool:
    if moment is None:
        return False
    return amendment.at > moment if isinstance(moment, datetime) else _position(key) > moment


def _position(key: str) -> int:
    return int(key.rpartition(":")[2])
