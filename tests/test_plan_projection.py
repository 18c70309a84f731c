"""A plan's view: these events give this view, and what people say on the way is the team's alone."""

from msgspec.structs import replace

from daybook.events.core import Prose
from daybook.events.plan import (
    ActionScheduled,
    PartAssigned,
    PartRestored,
    PartRetired,
    PassageWorded,
    PlanClosed,
    StrategyFunded,
)
from daybook.projections.plan_entries import MeasureShown, SupportShown, VersionShown
from tests.plan_shown import (
    ADOPTED,
    AT_FIRST,
    BEGUN,
    GROUPS,
    MEASURE,
    OTHER,
    PARTS,
    PLAN,
    PRIORITY,
    SECOND,
    STEP,
    STRATEGY,
    SUPPORT,
    WITH_ACTION,
    WITH_PRIORITY,
    WITH_STRATEGY,
    folded,
    minute,
    moved,
    order,
    room,
    text,
)


def test_a_plan_that_was_begun_shows_its_year() -> None:
    assert folded(BEGUN) == AT_FIRST


def test_parts_stand_under_one_another_each_with_its_words() -> None:
    assert folded(BEGUN, PRIORITY) == WITH_PRIORITY
    assert folded(BEGUN, PRIORITY, STRATEGY) == WITH_STRATEGY
    assert folded(*PARTS) == WITH_ACTION


def test_measures_and_support_requests_stand_among_the_action_steps() -> None:
    support = replace(SUPPORT, after="action:groups")
    assert folded(*PARTS, MEASURE, support) == {
        **WITH_ACTION,
        **order("strategy:readers", "measure:fluency", "action:groups", "support:coach"),
        "measure:fluency": room(MeasureShown("fluency", "readers", "words", 60, 90, lower_is_better=False)),
        **text("measure:fluency", "Words a minute", 5),
        "support:coach": room(SupportShown("coach", "readers", "coaching", "pat", minute(6))),
        **text("support:coach", "A reading coach", 6),
    }


def test_a_passage_is_reworded_and_names_its_wording() -> None:
    events = (
        PassageWorded(plan="p1", passage="vision", wording="w1", text=Prose("All of us")),
        PassageWorded(plan="p1", passage="strategy:readers:then", wording="w2", text=Prose("all read"), replaces="w"),
        PassageWorded(plan="p1", passage="family:es", wording="w3", text=Prose("Lean juntos")),
    )
    assert folded(*PARTS, *events) == {
        **WITH_ACTION,
        **text("vision", "All of us", 5, "w1"),
        **text("strategy:readers:then", "all read", 6, "w2"),
        **text("family:es", "Lean juntos", 7, "w3"),
    }


def test_an_adopted_plan_is_frozen_under_a_name_and_a_closed_one_says_when() -> None:
    adopted = replace(PLAN, phase="adopted", adopted_at=minute(5))
    version = {"version:5": room(VersionShown("September 2026", 5, minute(5), "pat"))}
    assert folded(*PARTS, ADOPTED) == {**WITH_ACTION, "plan": room(adopted), **version}
    closed = replace(adopted, phase="closed", closed_at=minute(6))
    assert folded(*PARTS, ADOPTED, PlanClosed(plan="p1")) == {**WITH_ACTION, "plan": room(closed), **version}


# Moving, retiring, assigning


def test_a_part_that_moves_leaves_its_old_place() -> None:
    before = folded(*PARTS, SECOND, OTHER)
    assert folded(*PARTS, SECOND, OTHER, moved("strategy:readers", "priority:math")) == {
        **before,
        **order("priority:reading", "strategy:talk"),
        **order("priority:math", "strategy:readers"),
        "strategy:readers": room(replace(GROUPS, priority="math")),
    }
    assert folded(*PARTS, SECOND, OTHER, moved("action:groups", "strategy:talk")) == {
        **before,
        **order("strategy:readers"),
        **order("strategy:talk", "action:groups"),
        "action:groups": room(replace(STEP, strategy="talk")),
    }


def test_a_part_that_moves_among_its_siblings_is_there_once() -> None:
    before = folded(*PARTS, SECOND, OTHER)
    assert folded(*PARTS, SECOND, OTHER, moved("strategy:talk", "priority:reading")) == {
        **before,
        **order("priority:reading", "strategy:talk", "strategy:readers"),
    }
    assert folded(*PARTS, SECOND, OTHER, moved("priority:reading", None, "priority:math")) == {
        **before,
        **order("plan", "priority:math", "priority:reading"),
    }
    assert folded(*PARTS, SECOND, OTHER, moved("priority:math", None, "priority:reading")) == before


def test_a_retired_part_keeps_its_place_and_says_why_until_it_is_restored() -> None:
    retired = PartRetired(plan="p1", part="strategy:readers", reason=Prose("No time"))
    assert folded(*PARTS, retired) == {
        **WITH_ACTION,
        "strategy:readers": room(replace(GROUPS, retired_at=minute(5), reason="No time")),
    }
    assert folded(*PARTS, retired, PartRestored(plan="p1", part="strategy:readers")) == {
        **WITH_ACTION,
        "strategy:readers": room(replace(GROUPS, begun_at=minute(6))),
    }


def test_a_priority_that_is_restored_takes_up_those_of_its_strategies_that_were_not_retired_themselves() -> None:
    talk = PartRetired(plan="p1", part="strategy:talk", reason=Prose("No time"))
    retired = PartRetired(plan="p1", part="priority:reading", reason=Prose("Enough"))
    before = folded(*PARTS, OTHER, talk)
    assert folded(*PARTS, OTHER, talk, retired, PartRestored(plan="p1", part="priority:reading")) == {
        **before,
        "strategy:readers": room(replace(GROUPS, begun_at=minute(8))),
    }


def test_parts_get_owners_money_and_days() -> None:
    events = (
        PartAssigned(plan="p1", part="strategy:readers", owner=None),
        PartAssigned(plan="p1", part="action:groups", owner="ana"),
        StrategyFunded(plan="p1", strategy="readers", amount=1200, source="Title I"),
        ActionScheduled(plan="p1", action="groups", due=None),
    )
    assert folded(*PARTS, *events) == {
        **WITH_ACTION,
        "strategy:readers": room(replace(GROUPS, owner=None, funding=1200, funding_source="Title I")),
        "action:groups": room(replace(STEP, owner="ana", due=None)),
    }
