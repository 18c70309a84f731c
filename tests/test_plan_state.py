"""A plan's state after any history: every part stands in one place, and every passage has its words."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.events.core import Event
from daybook.events.plan import PlanEvent, ReadingTaken
from daybook.events.plan_rules_who import PARENTS, kind_of
from daybook.events.plan_state import PLAN, Plan
from tests.every_plan_command import ASKED, step
from tests.plan_world import ADOPTED, DRAFT, OUTCOMES, PLACE, REFINING, begun
from tests.stories import History, happened

BEGINNINGS: dict[str, tuple[Event, ...]] = {
    "begun": (*PLACE, *OUTCOMES, begun()),
    "a draft": DRAFT,
    "adopted": ADOPTED,
    "refining": REFINING,
    "free": (*PLACE, *OUTCOMES, begun(rewording="any-time")),
}
TEXTS = {"strategy": (":title", ":if", ":then")}


def plan_of(history: History) -> Plan:
    state = history.state("plan:p1")
    assert isinstance(state, Plan)
    return state


def check(plan: Plan, events: list[Event]) -> None:
    placed = [(under, part) for under, children in plan.children.items() for part in children]
    assert sorted(part for _, part in placed) == sorted(plan.parts)
    for under, part in placed:
        assert plan.parts[part].under == under
        assert kind_of(under) == PARENTS[kind_of(part)]
        assert under == PLAN or under in plan.parts
        plan.is_retired(part)  # comes to an end, since nothing stands under itself
    for part in plan.parts:
        for text in TEXTS.get(kind_of(part), ("",)):
            assert plan.wordings[f"{part}{text}"] not in plan.earlier.get(f"{part}{text}", set())
    assert len([name for name, refinement in plan.refinements.items() if refinement.is_open]) <= 1
    assert plan.withdrawn_readings <= plan.readings.keys()
    assert set(plan.readings) == {event.reading for event in events if isinstance(event, ReadingTaken)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(BEGINNINGS)), st.lists(st.integers(0, len(ASKED) - 1), max_size=40))
def test_whatever_is_done_every_part_stands_in_one_place(beginning: str, begin_at: list[int]) -> None:
    history = happened(BEGINNINGS[beginning])
    for start in begin_at:
        step(history, start)
        check(plan_of(history), [r.event for r in history.recorded if isinstance(r.event, PlanEvent)])
