"""The boundaries of plans cover what their rules read, and are narrow where many work on one plan at once."""

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.events.core import Event
from daybook.events.plan import PartAssigned, PriorityReflected
from daybook.events.plan_commands import (
    AddAction,
    AgreeToRefinement,
    AnswerSupport,
    CiteEvidence,
    FundStrategy,
    HoldCheckIn,
    PlanCommand,
    ProposeChange,
    ReportAction,
    ScheduleAction,
    SetTarget,
    TakeReading,
    WithdrawReading,
)
from daybook.events.plan_values import Citation
from daybook.events.streams import boundary, stream_of
from tests.every_plan_command import ASKED, EVERY_PLAN_COMMAND, step
from tests.plan_world import (
    ADOPTED,
    AT_THE_END,
    CHECKED_IN,
    DRAFT,
    OUTCOMES,
    PLACE,
    READING,
    REFINING,
    REFLECTED,
    action,
    add_strategy,
    begun,
    move,
    priority,
    propose,
    proposed,
    retired,
    strategy,
    word,
    worded,
)
from tests.review_world import CLOSED as REVIEW_CLOSED
from tests.review_world import OPENED as REVIEW_OPENED
from tests.review_world import agreed as consensus
from tests.review_world import noted, rated, revealed, scheduled
from tests.stories import History, happened
from tests.test_review_rules_boundaries import decided, within

REVIEW = (scheduled(), REVIEW_OPENED, noted(), rated("ana", 2), revealed("ben", "chiyo"), consensus(2))
TWO: tuple[Event, ...] = (priority("talk"), strategy("talkers", after="strategy:readers"), action("clubs"))
BEGINNINGS: dict[str, tuple[Event, ...]] = {
    "a school": PLACE,
    "a plan begun": (*PLACE, *OUTCOMES, begun()),
    "a draft": (*DRAFT, *TWO),
    "a draft with something retired": (*DRAFT, *TWO, retired("strategy:readers"), proposed(passage="vision")),
    "adopted": (*ADOPTED, READING, CHECKED_IN, proposed(under="strategy:readers")),
    "refining": (*REVIEW, *REFINING, *TWO, READING, CHECKED_IN, proposed(passage="vision", replaces="v1")),
    "refining after a review": (*REVIEW, REVIEW_CLOSED, *REFINING, READING, CHECKED_IN),
    "the end": (*AT_THE_END, REFLECTED),
}


def test_every_kind_of_command_is_asked_for() -> None:
    assert {type(command) for command in EVERY_PLAN_COMMAND} >= set(get_args(PlanCommand))


def check(history: History) -> None:
    """Record whatever could be done now, and see that it changes no decision whose boundary leaves it out."""
    now = {}
    for asked in ASKED:
        events = decided(history, asked)
        if events is not None:
            now[repr((asked[0], events))] = (asked, events)
    changes = {repr(events): (events, actor) for (_, actor), events in now.values() if events}
    for events, actor in changes.values():
        later = history.copy()
        recorded = [later.record(event, actor) for event in events]
        for asked, before in now.values():
            rests_on = boundary(*asked, history.state(stream_of(asked[0])))
            if not any(within(rests_on, one) for one in recorded):
                assert decided(later, asked) == before, f"{asked} rests on {events}"


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_would_change_a_decision_falls_within_its_boundary(beginning: str) -> None:
    check(happened(BEGINNINGS[beginning]))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(BEGINNINGS)), st.lists(st.integers(0, len(ASKED) - 1), max_size=12))
def test_so_it_is_after_any_history(beginning: str, begin_at: list[int]) -> None:
    history = happened(BEGINNINGS[beginning])
    for start in begin_at:
        step(history, start)
    check(history)


# Many at once


AT_ONCE: tuple[PlanCommand, ...] = (
    word("vision", "w1", replaces="v1"),
    word("family:en", "w1"),
    word("family:es", "w1"),
    *(word(f"strategy:readers:{text}", "w1", replaces="readers") for text in ("title", "if", "then")),
    word("priority:reading", "w1", replaces="reading"),
    word("action:shelves", "w1", replaces="shelves"),
    word("measure:fluent", "w1", replaces="fluent"),
    word("support:coach", "w1", replaces="coach"),
    word("refinement:q3:changed", "w1"),
    word("refinement:q3:why", "w1"),
    add_strategy("listeners"),
    AddAction(plan="p1", action="pairs", strategy="readers", text="Words"),
    AddAction(plan="p1", action="lamps", strategy="readers", text="Words"),
    ScheduleAction(plan="p1", action="shelves", due=READING.on),
    ScheduleAction(plan="p1", action="clubs", due=READING.on),
    ReportAction(plan="p1", action="shelves", status="done"),
    ReportAction(plan="p1", action="clubs", status="done"),
    SetTarget(plan="p1", measure="fluent", baseline=40.0, target=61.0),
    TakeReading(plan="p1", measure="fluent", reading="r2", on=READING.on, value=1.0),
    TakeReading(plan="p1", measure="fluent", reading="r3", on=READING.on, value=1.0),
    WithdrawReading(plan="p1", measure="fluent", reading="r1", reason="Words"),
    HoldCheckIn(plan="p1", check_in="k2", strategy="readers", on=READING.on, status="done", note="Words"),
    FundStrategy(plan="p1", strategy="readers", amount=1, source="Title I"),
    AnswerSupport(plan="p1", support="coach", answer="agreed", text="Words"),
    propose("c2", passage="vision"),
    propose("c3", passage="vision"),
    CiteEvidence(plan="p1", refinement="q3", citation=Citation(kind="check-in", item="k1")),
    AgreeToRefinement(plan="p1", refinement="q3"),
)


def asker(command: PlanCommand) -> str:
    match command:
        case AnswerSupport():
            return "daniel"
        case ProposeChange():
            return "flor"
        case _:
            return "patricia"


@pytest.mark.parametrize("theirs", range(len(AT_ONCE)))
def test_what_is_done_at_different_places_never_waits(theirs: int) -> None:
    history = happened(BEGINNINGS["refining"])
    actor = asker(AT_ONCE[theirs])
    events = history.decide(AT_ONCE[theirs], actor)
    assert events
    recorded = [history.record(event, actor) for event in events]
    for mine, command in enumerate(AT_ONCE):
        if mine != theirs:
            assert not any(within(boundary(command, "tomas"), one) for one in recorded), command


def test_what_is_done_at_the_same_place_is_decided_again() -> None:
    history = happened(BEGINNINGS["refining"])
    for event, command in (
        (worded("vision", "w9", replaces="v1"), AT_ONCE[0]),
        (retired("priority:talk"), AT_ONCE[0]),
        (
            PartAssigned(plan="p1", part="action:shelves", owner="gil"),
            ReportAction(plan="p1", action="shelves", status="done"),
        ),
        (strategy("listeners"), add_strategy("listeners")),
        (strategy("listeners"), move("strategy:talkers", "priority:reading")),
    ):
        recorded = history.copy().record(event)
        assert within(boundary(command, "patricia"), recorded), command
    end = happened(AT_THE_END)
    reflected = PriorityReflected(plan="p1", priority="reading", wording="f9", text=REFLECTED.text, carries="finished")
    assert within(boundary(word("reflection:reading", "f2", replaces="f1"), "patricia"), end.record(reflected))


def test_one_plans_events_hold_up_no_other_plan_nor_review() -> None:
    history = happened(BEGINNINGS["refining"])
    recorded = history.record(worded("vision", "w1", replaces="v1"))
    other = word("vision", "w1", replaces="v1")
    assert within(boundary(other, "patricia"), recorded)
    elsewhere = type(other)(plan="p2", passage="vision", wording="w1", text="Words", replaces="v1")
    assert not within(boundary(elsewhere, "patricia"), recorded)
