"""What a priority works on follows its June Outcome's aim, now and at each moment; what is added goes by it as well."""

from datetime import UTC, datetime, timedelta

import pytest

from daybook.events.core import Event, Prose
from daybook.events.outcomes import Baseline, OutcomeAimed
from daybook.events.plan import PriorityAdded
from daybook.events.plan_commands import AddPriority
from daybook.events.plan_state import Plan
from daybook.events.streams import boundary
from daybook.projections.outcomes_entries import AmendmentShown, OutcomeShown
from daybook.projections.plan_aims import aim_amendments, as_aimed, works_on
from daybook.projections.plan_entries import PriorityShown
from daybook.projections.view import Shown
from tests.outcomes_world import proposed as outcome_proposed
from tests.plan_world import DRAFT, WORDS
from tests.stories import given, happened
from tests.test_review_rules_boundaries import within

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)


def codes(said: str) -> tuple[str, ...]:
    return tuple(said.split())


def baselines(said: str) -> tuple[Baseline, ...]:
    return tuple(Baseline(indicator=code) for code in codes(said))


def minute(position: int) -> datetime:
    return NOON + timedelta(minutes=position)


def outcomes(first: str, **amended: str) -> dict[str, Shown]:
    """An outcome's view: what it aimed at when it was adopted, and from each position `at_<n>` on."""
    aims = [first, *amended.values()]
    view: dict[str, Shown] = {"outcome:calm": OutcomeShown("calm", "patricia", baselines(aims[-1]), 3, None)}
    for before, key in zip(aims, amended, strict=False):
        position = int(key.partition("_")[2])
        this = AmendmentShown("calm", "aim", "So", "patricia", minute(position), baselines=baselines(before), target=3)
        view[f"amendment:calm:{position}"] = this
    view["amendment:calm:3"] = AmendmentShown("calm", "statement", "So", "patricia", minute(3), before="Words")
    return view


def added(said: str, position: int = 10, outcome: str | None = "calm") -> dict[str, Shown]:
    rubric = None if outcome else "pif-1"
    return {"priority:yard": PriorityShown("yard", outcome, rubric, codes(said), position)}


@pytest.mark.parametrize(
    ("named", "aims", "now"),
    [
        ("SC.1", {"first": "SC.1"}, "SC.1"),
        ("SC.1", {"first": "SC.1", "at_20": "SC.2 CI.5"}, "SC.2 CI.5"),
        ("SC.2 SC.1", {"first": "SC.1 SC.2", "at_20": "SC.1 SC.2 CI.5"}, "SC.1 SC.2 CI.5"),
        # Added with fewer: it keeps those that are still aimed at, and follows when none is left.
        ("SC.1", {"first": "SC.1 SC.2", "at_20": "SC.1 CI.5"}, "SC.1"),
        ("SC.1 SC.2", {"first": "SC.1 SC.2 SC.3", "at_20": "SC.2 SC.3"}, "SC.2"),
        ("SC.1", {"first": "SC.1 SC.2", "at_20": "SC.2 CI.5"}, "SC.2 CI.5"),
        ("SC.1", {"first": "SC.1 SC.2", "at_20": "SC.2 CI.5", "at_21": "SC.1 SC.2"}, "SC.1"),
        # Fewer than what was aimed at when it was added, whatever was aimed at before or since.
        ("SC.1", {"first": "SC.1", "at_5": "SC.1 SC.2", "at_20": "SC.1 CI.5"}, "SC.1"),
        ("SC.1", {"first": "SC.1 SC.2", "at_5": "SC.1", "at_20": "SC.1 CI.5"}, "SC.1 CI.5"),
        # It was copied from what had been aimed at earlier: nobody chose it.
        ("SC.1", {"first": "SC.1", "at_5": "SC.2 CI.5"}, "SC.2 CI.5"),
        ("SC.1 SC.2", {"first": "SC.1 SC.2", "at_5": "SC.2 CI.5"}, "SC.2 CI.5"),
    ],
)
def test_a_priority_works_on_what_its_outcome_aims_at(named: str, aims: dict[str, str], now: str) -> None:
    assert works_on(added(named), outcomes(**aims)) == {"yard": codes(now)}


def test_at_a_moment_it_worked_on_what_was_aimed_at_then() -> None:
    aims = outcomes("SC.1", at_20="SC.2", at_30="SC.2 CI.5")
    for moment, said in ((19, "SC.1"), (20, "SC.2"), (29, "SC.2"), (30, "SC.2 CI.5"), (99, "SC.2 CI.5")):
        assert works_on(added("SC.1"), aims, moment) == {"yard": codes(said)}
        assert works_on(added("SC.1"), aims, minute(moment)) == {"yard": codes(said)}
    assert aim_amendments(aims) == [20, 30]


def test_indicators_of_a_rubric_stay_and_so_do_those_of_an_outcome_that_is_not_there() -> None:
    assert works_on(added("SC.1", outcome=None), outcomes("SC.2")) == {}
    assert works_on(added("SC.1", outcome="other"), outcomes("SC.2")) == {}
    assert works_on(added("SC.1"), {}) == {}
    assert aim_amendments({}) == []


def test_a_plan_is_read_with_what_its_priorities_work_on() -> None:
    view = added("SC.1") | {"priority:home": PriorityShown("home", None, "pif-1", ("FE.1",), 11)}
    read = as_aimed(view, {"yard": ("SC.2",)})
    assert read == added("SC.2") | {"priority:home": view["priority:home"]}


# What is added


ADD = AddPriority(plan="p1", priority="talk", text="Words", outcome="readers-all")
AIMED = OutcomeAimed(outcomes="o1", outcome="readers-all", baselines=baselines("CI.2 CI.3"), target=3, reason=WORDS)
AMENDED: tuple[Event, ...] = (*DRAFT, AIMED)


def from_outcome(*indicators: str) -> AddPriority:
    return AddPriority(plan="p1", priority="talk", text="Words", outcome="readers-all", indicators=indicators)


def talk(*indicators: str) -> PriorityAdded:
    return PriorityAdded(plan="p1", priority="talk", text=Prose("Words"), indicators=indicators, outcome="readers-all")


def test_a_new_priority_comes_from_the_outcome_as_it_stands() -> None:
    given(*DRAFT).when(ADD, "patricia").then(talk("CI.1", "CI.2"))
    given(*AMENDED).when(ADD, "patricia").then(talk("CI.2", "CI.3"))
    given(*AMENDED).when(from_outcome("CI.3"), "patricia").then(talk("CI.3"))
    given(*AMENDED).when(from_outcome("CI.3", "CI.1"), "patricia").then_refused(
        "CI.1: not in this June Outcome. Leave them out."
    )


def test_it_is_decided_again_when_its_own_outcome_is_aimed_meanwhile() -> None:
    other = outcome_proposed("talkers")
    history = happened((*DRAFT, other))
    plan = history.state("plan:p1")
    assert isinstance(plan, Plan)
    elsewhere = OutcomeAimed(outcomes="o1", outcome="talkers", baselines=AIMED.baselines, target=3, reason=WORDS)
    assert within(boundary(ADD, "patricia", plan), history.copy().record(AIMED))
    assert not within(boundary(ADD, "patricia", plan), history.copy().record(elsewhere))
    of_rubric = AddPriority(plan="p1", priority="talk", text="Words", rubric="pif-1", indicators=("CI.1",))
    assert not within(boundary(of_rubric, "patricia", plan), history.copy().record(AIMED))
