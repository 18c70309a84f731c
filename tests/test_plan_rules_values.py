"""The rules of setting one value anew: whoever names the value that they have read is told where another stands."""

from datetime import date
from typing import Any

import pytest

from daybook.events.core import Event
from daybook.events.plan import ActionReported, ActionScheduled, PartAssigned, StrategyFunded, TargetSet
from daybook.events.plan_commands import (
    AssignPart,
    FundStrategy,
    PlanCommand,
    ReportAction,
    ScheduleAction,
    SetTarget,
)
from daybook.events.plan_values import Funding, Span
from tests.plan_world import CHANGED, REFINING
from tests.stories import given

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def assigned(owner: str | None) -> Event:
    return PartAssigned(plan="p1", part="strategy:readers", owner=owner)


def funded(amount: int) -> Event:
    return StrategyFunded(plan="p1", strategy="readers", amount=amount, source="Title I")


def scheduled(due: date | None) -> Event:
    return ActionScheduled(plan="p1", action="shelves", due=due)


def aimed(target: float) -> Event:
    return TargetSet(plan="p1", measure="fluent", baseline=41.0, target=target)


def assign(**read: Any) -> PlanCommand:
    return AssignPart(plan="p1", part="strategy:readers", owner="nadia", **read)


def fund(**read: Any) -> PlanCommand:
    return FundStrategy(plan="p1", strategy="readers", amount=900, source="Title I", **read)


def schedule(**read: Any) -> PlanCommand:
    return ScheduleAction(plan="p1", action="shelves", due=MAY, **read)


def report(**read: Any) -> PlanCommand:
    return ReportAction(plan="p1", action="shelves", status="done", **read)


def aim(**read: Any) -> PlanCommand:
    return SetTarget(plan="p1", measure="fluent", baseline=41.0, target=60.0, **read)


STUCK = ActionReported(plan="p1", action="shelves", status="stuck")
DONE = ActionReported(plan="p1", action="shelves", status="done")


@pytest.mark.parametrize(
    ("stands", "unread", "asked", "read", "then"),
    [
        (assigned("gil"), assign(replaces=None), assign(), assign(replaces="gil"), assigned("nadia")),
        (funded(500), fund(replaces=None), fund(), fund(replaces=Funding(500, "Title I")), funded(900)),
        (funded(500), fund(replaces=Funding(500, "LCFF")), fund(), fund(replaces=Funding(500, "Title I")), funded(900)),
        (scheduled(JUNE), schedule(replaces=None), schedule(), schedule(replaces=JUNE), scheduled(MAY)),
        (scheduled(None), schedule(replaces=JUNE), schedule(), schedule(replaces=None), scheduled(MAY)),
        (STUCK, report(replaces="not-started"), report(), report(replaces="stuck"), DONE),
        (aimed(50.0), aim(replaces=Span(40.0, 60.0)), aim(), aim(replaces=Span(41.0, 50.0)), aimed(60.0)),
    ],
)
def test_a_value_takes_the_place_of_the_one_that_its_sender_has_read(
    stands: Event, unread: PlanCommand, asked: PlanCommand, read: PlanCommand, then: Event
) -> None:
    given(*REFINING, stands).when(unread, "patricia").then_refused(CHANGED)
    for taken in (read, asked):
        given(*REFINING, stands).when(taken, "patricia").then(then).when(unread, "patricia").then_nothing()


def test_a_note_on_what_was_reported_already_is_taken_whatever_its_writer_had_read() -> None:
    noted = ReportAction(plan="p1", action="shelves", status="stuck", note="No wood", replaces="not-started")
    given(*REFINING, STUCK).when(noted, "patricia").then_something()
