"""A made-up plan with as many strategies and events as one likes, for benchmarks."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from daybook.events.core import Event, Prose
from daybook.events.plan import (
    ActionAdded,
    ActionReported,
    CheckInHeld,
    MeasureAdded,
    PassageWorded,
    PlanAdopted,
    PlanBegun,
    PriorityAdded,
    ReadingTaken,
    StrategyAdded,
)
from daybook.events.plan_talk import RefinementClosed, RefinementOpened
from daybook.events.plan_values import ActionStatus, StrategyStatus

PLAN = "long"
RUBRIC = "pif-illustrative-1"
QUARTERS = (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
_PRIORITIES = 5
_STATUSES: tuple[StrategyStatus, ...] = ("on-track", "needs-attention", "off-track", "done")
_STEPS: tuple[ActionStatus, ...] = ("not-started", "under-way", "stuck", "done")
_EACH_QUARTER = 4


def a_year(school: str, strategies: int, events: int) -> Iterator[Event]:
    """Tell a plan's year: its parts, then reports, readings, check-ins and other words, and four refinements."""
    told = count(1)
    for number, event in enumerate(_told(school, strategies, events, told), start=1):
        yield event
        if number == events:
            return


def _told(school: str, strategies: int, events: int, told: "count[int]") -> Iterator[Event]:
    yield PlanBegun(
        plan=PLAN,
        school=school,
        year=2025,
        quarters=QUARTERS,
        ends=date(2026, 6, 30),
        rewording="in-refinements",
        check_in_days=45,
    )
    vision = Prose("Every student reads, writes, speaks up, and is missed by name when away.")
    yield PassageWorded(plan=PLAN, passage="vision", wording="w", text=vision)
    for n in range(_PRIORITIES):
        yield PriorityAdded(
            plan=PLAN, priority=f"p{n}", text=Prose(f"Priority {n}"), indicators=("CI.2",), rubric=RUBRIC
        )
    for n in range(strategies):
        yield from _a_strategy(n)
    yield PlanAdopted(plan=PLAN, version="Start of the year")
    parts = strategies * 4 + _PRIORITIES + 3
    for quarter in (1, 2, 3, 4):
        for _ in range((events - parts) // (4 * _EACH_QUARTER) - 1):
            yield from _a_round(quarter, next(told) % strategies, next(told))
        yield RefinementOpened(plan=PLAN, refinement=f"r{quarter}", quarter=quarter)
        for text in ("changed", "why"):
            words = Prose("What the check-ins told us, and what follows from it for the quarter that comes.")
            yield PassageWorded(plan=PLAN, passage=f"refinement:r{quarter}:{text}", wording=f"{text}-1", text=words)
        yield RefinementClosed(plan=PLAN, refinement=f"r{quarter}", version=f"Quarter {quarter}")
    while True:
        yield from _a_round(4, next(told) % strategies, next(told))


def _a_strategy(n: int) -> Iterator[Event]:
    yield StrategyAdded(
        plan=PLAN,
        strategy=f"s{n}",
        priority=f"p{n % _PRIORITIES}",
        title=Prose(f"Strategy {n}"),
        if_=Prose("If each team brings student work every six weeks, plans two lessons and looks again,"),
        then=Prose("then what we decide reaches the students that it was meant for."),
        owner="teacher",
    )
    yield ActionAdded(plan=PLAN, action=f"a{n}", strategy=f"s{n}", text=Prose("Put the six cycles on the calendar."))
    yield ActionAdded(plan=PLAN, action=f"b{n}", strategy=f"s{n}", text=Prose("Agree on one page for the notes."))
    text = Prose("Students who meet the check")
    yield MeasureAdded(plan=PLAN, measure=f"m{n}", strategy=f"s{n}", text=text, unit="%", baseline=40, target=70)


def _a_round(quarter: int, n: int, number: int) -> Iterator[Event]:
    """Tell of one strategy: a reading, a check-in, a report and a rewording."""
    on = QUARTERS[quarter - 1] + timedelta(days=number % 80)
    yield ReadingTaken(plan=PLAN, measure=f"m{n}", reading=f"e{number}", on=on, value=float(number % 100))
    note = Prose("Groups ran daily in six rooms of eight; the last one loses its time before the bell.")
    status = _STATUSES[number % 4]
    yield CheckInHeld(plan=PLAN, check_in=f"c{number}", strategy=f"s{n}", on=on, status=status, note=note)
    yield ActionReported(plan=PLAN, action=f"a{n}", status=_STEPS[number % 4], note=Prose("Seven of ten."))
    words = Prose(f"Put the six cycles on the calendar of every team, as agreed in round {number}.")
    yield PassageWorded(plan=PLAN, passage=f"action:b{n}", wording=f"w{number}", text=words, replaces=f"b{n}")
