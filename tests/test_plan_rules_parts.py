"""The rules of a plan's parts as stories: where they come from, adding and moving them."""

from datetime import date

import pytest

from daybook.events.plan import (
    MeasureAdded,
    PartMoved,
    PriorityAdded,
    SupportRequested,
)
from daybook.events.plan_commands import (
    AddAction,
    AddMeasure,
    AddPriority,
    MovePart,
    RequestSupport,
)
from daybook.events.rubric import RubricDrafted
from tests.plan_world import (
    ADOPTED,
    CLOSED,
    DRAFT,
    ELSEWHERE,
    FREE,
    IN_A_REFINEMENT,
    IS_CLOSED,
    IS_RETIRED,
    LEADERS_ONLY,
    REFINING,
    WORDS,
    action,
    add_strategy,
    move,
    priority,
    retired,
    strategy,
)
from tests.review_world import said
from tests.stories import given

ADD_PRIORITY = AddPriority(plan="p1", priority="talk", text="Words", outcome="readers-all")
ADD_ACTION = AddAction(plan="p1", action="clubs", strategy="readers", text="Words")
REQUEST = RequestSupport(plan="p1", support="books", strategy="readers", need="budget", text="Words")
BELOW = "The target is below the baseline, though higher is better for this measure. Check both numbers."
ABOVE = "The target is above the baseline, though lower is better for this measure. Check both numbers."


def add_measure(*, baseline: float = 40.0, target: float = 55.0, lower_is_better: bool = False) -> AddMeasure:
    return AddMeasure(
        plan="p1",
        measure="absent",
        strategy="readers",
        text="Words",
        unit="days",
        baseline=baseline,
        target=target,
        lower_is_better=lower_is_better,
    )


# Adding


def test_leaders_add_parts_to_a_draft() -> None:
    (
        given(*DRAFT)
        .when(ADD_PRIORITY, "patricia")
        .then(priority("talk"))
        .when(add_strategy("talkers", under="talk"), "tomas")
        .then(strategy("talkers", under="talk"))
        .when(
            AddAction(
                plan="p1",
                action="clubs",
                strategy="talkers",
                text="Words",
                owner="gil",
                due=date(2026, 5, 4),
            ),
            "patricia",
        )
        .then(action("clubs", under="talkers", owner="gil", due=date(2026, 5, 4)))
        .when(add_measure(), "patricia")
        .then(
            MeasureAdded(
                plan="p1", measure="absent", strategy="readers", text=WORDS, unit="days", baseline=40.0, target=55.0
            )
        )
        .when(REQUEST, "patricia")
        .then(SupportRequested(plan="p1", support="books", strategy="readers", need="budget", text=WORDS))
    )


@pytest.mark.parametrize("person", ["nadia", "gil", "elena", "flor", "daniel", "amara"])
def test_others_propose_parts_rather_than_add_them(person: str) -> None:
    for command in (ADD_PRIORITY, add_strategy(), ADD_ACTION, add_measure()):
        given(*DRAFT).when(command, person).then_not_allowed(LEADERS_ONLY)


def test_support_is_asked_for_by_leaders_and_by_who_carries_the_strategy() -> None:
    asked = SupportRequested(plan="p1", support="books", strategy="readers", need="budget", text=WORDS)
    given(*ADOPTED).when(REQUEST, "nadia").then(asked)
    for person in ("gil", "daniel", "flor"):
        given(*ADOPTED).when(REQUEST, person).then_not_allowed(
            "Only the school's leaders and who carries the strategy ask for support. Ask one of them."
        )
    given(*ADOPTED).when(REQUEST, "sam").then_not_allowed(ELSEWHERE)


def test_after_its_adoption_a_plan_grows_in_refinements_but_for_action_steps_and_requests() -> None:
    for command in (ADD_PRIORITY, add_strategy(), add_measure()):
        given(*ADOPTED).when(command, "patricia").then_refused(IN_A_REFINEMENT)
    given(*REFINING).when(add_strategy(), "patricia").then(strategy("talkers"))
    given(*FREE).when(add_strategy(), "patricia").then(strategy("talkers"))
    given(*ADOPTED).when(ADD_ACTION, "patricia").then(action("clubs"))
    for later in (ADD_PRIORITY, add_strategy(), ADD_ACTION, add_measure(), REQUEST):
        given(*CLOSED).when(later, "patricia").then_refused(IS_CLOSED)


def test_a_part_has_an_id_of_its_own_among_those_of_its_kind() -> None:
    given(*DRAFT).when(add_strategy("readers"), "patricia").then_refused(
        "There is already a part strategy:readers in this plan. Send it under a new id."
    )
    given(*DRAFT).when(
        AddPriority(plan="p1", priority="reading", text="Words", outcome="readers-all"), "patricia"
    ).then_refused("There is already a part priority:reading in this plan. Send it under a new id.")
    same = AddAction(plan="p1", action="readers", strategy="readers", text="Words")
    given(*DRAFT).when(same, "patricia").then(action("readers"))


def test_a_part_is_added_under_one_that_is_there_and_pursued() -> None:
    given(*DRAFT).when(add_strategy(under="none"), "patricia").then_refused(
        "This part is not in the plan. What adds it may not have arrived yet."
    )
    given(*DRAFT, retired("priority:reading")).when(ADD_ACTION, "patricia").then_refused(IS_RETIRED)


def test_a_part_is_added_after_a_sibling() -> None:
    after = add_strategy(after="strategy:readers")
    given(*DRAFT).when(after, "patricia").then(strategy("talkers", after="strategy:readers"))


def test_a_part_whose_sibling_has_gone_elsewhere_meanwhile_is_added_as_the_last() -> None:
    elsewhere = (*DRAFT, priority("talk"), strategy("speakers", under="talk"))
    last = strategy("talkers", after="strategy:readers")
    given(*elsewhere).when(add_strategy(after="strategy:speakers"), "patricia").then(last)
    first = strategy("talkers", under="empty")
    given(*elsewhere, priority("empty")).when(add_strategy(under="empty", after="strategy:speakers"), "patricia").then(
        first
    )
    added = AddPriority(plan="p1", priority="talk", text="Words", outcome="readers-all", after="none")
    given(*DRAFT).when(added, "patricia").then(priority("talk", after="reading"))


def test_a_due_day_is_one_of_the_plans_year() -> None:
    for day in (date(2025, 6, 30), date(2026, 7, 1)):
        late = AddAction(plan="p1", action="clubs", strategy="readers", text="Words", due=day)
        given(*DRAFT).when(late, "patricia").then_refused(
            f"{day.isoformat()} is not a day of this plan's year. Choose one from 2025-07-01 to 2026-06-30."
        )
    for day in (date(2025, 7, 1), date(2026, 6, 30)):
        in_time = AddAction(plan="p1", action="clubs", strategy="readers", text="Words", due=day)
        given(*DRAFT).when(in_time, "patricia").then(action("clubs", due=day))


def test_a_target_lies_on_the_better_side_of_the_baseline_or_on_it() -> None:
    given(*DRAFT).when(add_measure(target=39.9), "patricia").then_refused(BELOW)
    given(*DRAFT).when(add_measure(target=40.1, lower_is_better=True), "patricia").then_refused(ABOVE)
    for lower in (True, False):
        kept = MeasureAdded(
            plan="p1",
            measure="absent",
            strategy="readers",
            text=WORDS,
            unit="days",
            baseline=40.0,
            target=40.0,
            lower_is_better=lower,
        )
        given(*DRAFT).when(add_measure(target=40.0, lower_is_better=lower), "patricia").then(kept)


# Where a priority comes from


def from_rubric(*indicators: str, rubric: str | None = "pif-1", outcome: str | None = None) -> AddPriority:
    return AddPriority(plan="p1", priority="talk", text="Words", outcome=outcome, rubric=rubric, indicators=indicators)


def test_a_priority_comes_from_a_june_outcome_whole_or_in_part() -> None:
    part = AddPriority(plan="p1", priority="talk", text="Words", outcome="readers-all", indicators=("CI.2",))
    narrower = PriorityAdded(plan="p1", priority="talk", text=WORDS, indicators=("CI.2",), outcome="readers-all")
    given(*DRAFT).when(part, "patricia").then(narrower)
    given(*DRAFT).when(from_rubric("CI.3", rubric=None, outcome="readers-all"), "patricia").then_refused(
        "CI.3: not in this June Outcome. Leave them out."
    )


def test_or_it_names_indicators_of_a_published_rubric_version() -> None:
    named = PriorityAdded(plan="p1", priority="talk", text=WORDS, indicators=("CI.3", "CI.1"), rubric="pif-1")
    given(*DRAFT).when(from_rubric("CI.3", "CI.1", "CI.3"), "patricia").then(named)
    given(*DRAFT).when(from_rubric("CI.8", "CI.9"), "patricia").then_refused(
        "CI.8, CI.9: not in the rubric version pif-1. Check the indicators."
    )
    given(*DRAFT).when(from_rubric("CI.1", rubric="pif-9"), "patricia").then_refused(
        "The rubric version pif-9 is not published. Choose one that is."
    )
    for nothing in (from_rubric(), from_rubric("CI.1", rubric=None)):
        given(*DRAFT).when(nothing, "patricia").then_refused(
            "Say which June Outcome this priority comes from, or which indicators of a rubric version."
        )
    given(*DRAFT).when(from_rubric("CI.1", outcome="readers-all"), "patricia").then_refused(
        "A priority comes from a June Outcome or from a rubric version, not from both. Leave one out."
    )
    given(*DRAFT).when(from_rubric(rubric=None, outcome="none"), "patricia").then_refused(
        "none is not one of this plan's June Outcomes. Choose one of them, or name indicators."
    )


def test_a_draft_of_a_rubric_is_nothing_to_plan_by() -> None:
    draft = RubricDrafted(rubric="pif-2", title=said("PIF"), note=said("Made up"), levels=(said("Low"), said("High")))
    given(*DRAFT, draft).when(from_rubric("CI.1", rubric="pif-2"), "patricia").then_refused(
        "The rubric version pif-2 is not published. Choose one that is."
    )


# Moving


TWO = (*DRAFT, priority("talk", after="reading"), strategy("talkers", after="strategy:readers"))
"""Two priorities, and two strategies under the first."""


def moved(part: str, under: str | None = None, after: str | None = None) -> PartMoved:
    return PartMoved(plan="p1", part=part, under=under, after=after)


def test_parts_are_put_elsewhere() -> None:
    (
        given(*TWO)
        .when(move("strategy:talkers", "priority:talk"), "patricia")
        .then(moved("strategy:talkers", "priority:talk"))
        .when(move("action:shelves", "strategy:talkers"), "tomas")
        .then(moved("action:shelves", "strategy:talkers"))
        .when(move("priority:talk"), "patricia")
        .then(moved("priority:talk"))
        .when(move("priority:talk", after="priority:reading"), "patricia")
        .then(moved("priority:talk", after="priority:reading"))
    )


def test_a_part_that_is_there_already_stays() -> None:
    for same in (
        move("strategy:readers", "priority:reading"),
        move("strategy:talkers", "priority:reading", "strategy:readers"),
        move("priority:reading"),
        move("priority:talk", after="priority:reading"),
    ):
        given(*TWO).when(same, "patricia").then_nothing()
    given(*TWO).when(move("strategy:talkers", "priority:reading"), "patricia").then(
        moved("strategy:talkers", "priority:reading")
    )


def test_parts_stand_under_what_can_hold_them() -> None:
    itself = "A part cannot stand under itself or after itself. Choose another place."
    given(*TWO).when(move("strategy:readers", "strategy:readers"), "patricia").then_refused(itself)
    given(*TWO).when(move("strategy:readers", "priority:reading", "strategy:readers"), "patricia").then_refused(itself)
    for under in ("strategy:talkers", "action:shelves", None):
        given(*TWO).when(move("strategy:readers", under), "patricia").then_refused(
            "A strategy stands under a priority. Choose one of the plan's priorities."
        )
    for part in ("action:shelves", "measure:fluent", "support:coach"):
        for under in ("priority:reading", "action:none", None):
            given(*TWO).when(move(part, under), "patricia").then_refused(
                "An action step, a measure or a request for support stands under a strategy. Choose one of them."
            )
    given(*TWO).when(move("priority:talk", "priority:reading"), "patricia").then_refused(
        "A priority stands under no other part. Leave out what it should stand under."
    )


def test_a_part_is_moved_to_a_place_that_is_there() -> None:
    given(*TWO).when(move("strategy:none", "priority:talk"), "patricia").then_refused(
        "This part is not in the plan. What adds it may not have arrived yet."
    )
    given(*TWO).when(move("strategy:readers", "priority:none"), "patricia").then_refused(
        "This part is not in the plan. What adds it may not have arrived yet."
    )
    given(*TWO).when(move("strategy:readers", "priority:talk", "strategy:talkers"), "patricia").then_refused(
        "What this was to stand after is no longer there. Choose where it goes once more."
    )
    for part in ("priority:talk", "strategy:readers"):
        given(*TWO, retired(part)).when(move("strategy:readers", "priority:talk"), "patricia").then_refused(IS_RETIRED)


def test_after_the_adoption_action_steps_move_within_their_strategy_and_all_else_in_a_refinement() -> None:
    two = (*TWO, action("clubs", after="action:shelves"), *ADOPTED[-1:])
    given(*two).when(move("action:clubs", "strategy:readers"), "patricia").then(
        moved("action:clubs", "strategy:readers")
    )
    for frozen in (
        move("action:clubs", "strategy:talkers"),
        move("strategy:talkers", "priority:reading"),
        move("priority:talk"),
    ):
        given(*two).when(frozen, "patricia").then_refused(IN_A_REFINEMENT)
        given(*two, *REFINING[-1:]).when(frozen, "patricia").then(moved(frozen.part, frozen.under, frozen.after))
        given(*two).when(frozen, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*CLOSED).when(MovePart(plan="p1", part="priority:reading"), "patricia").then_refused(IS_CLOSED)
