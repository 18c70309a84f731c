"""The rules of what becomes of a plan's parts as stories: retiring, restoring, assigning and funding them."""

import pytest

from daybook.events.core import Prose
from daybook.events.plan import PartAssigned, PartRestored, PartRetired, StrategyFunded
from daybook.events.plan_commands import AddAction, AssignPart, FundStrategy, RestorePart, RetirePart
from tests.plan_world import (
    ADOPTED,
    CLOSED,
    DRAFT,
    IN_A_REFINEMENT,
    IS_CLOSED,
    IS_RETIRED,
    LEADERS_ONLY,
    REFINING,
    add_strategy,
    retired,
)
from tests.stories import given

RETIRE = RetirePart(plan="p1", part="action:shelves", reason="Words")


# Retiring and restoring


def test_what_is_no_longer_pursued_is_retired_and_can_be_restored() -> None:
    restore = RestorePart(plan="p1", part="action:shelves")
    (
        given(*ADOPTED)
        .when(RETIRE, "patricia")
        .then(PartRetired(plan="p1", part="action:shelves", reason=Prose("Words")))
        .when(RETIRE, "patricia")
        .then_refused("This is retired already, and the plan says why. Restore it first if your reason is to stand.")
        .when(restore, "tomas")
        .then(PartRestored(plan="p1", part="action:shelves"))
        .when(restore, "tomas")
        .then_nothing()
    )


def test_what_stands_under_a_retired_part_comes_back_with_it_and_not_alone() -> None:
    both = (*REFINING, retired("strategy:readers"), retired("priority:reading"))
    given(*both).when(RestorePart(plan="p1", part="strategy:readers"), "patricia").then_refused(
        "The part that this stands in is retired. Restore that first."
    )
    (
        given(*both)
        .when(RestorePart(plan="p1", part="priority:reading"), "patricia")
        .then(PartRestored(plan="p1", part="priority:reading"))
        .when(RestorePart(plan="p1", part="strategy:readers"), "patricia")
        .then(PartRestored(plan="p1", part="strategy:readers"))
    )
    far_below = given(*REFINING, retired("action:shelves"), retired("priority:reading"))
    far_below.when(RestorePart(plan="p1", part="action:shelves"), "patricia").then_refused(
        "The part that this stands in is retired. Restore that first."
    )


@pytest.mark.parametrize("part", ["priority:reading", "strategy:readers", "measure:fluent"])
def test_what_was_adopted_is_retired_and_restored_in_a_refinement(part: str) -> None:
    retire, restore = RetirePart(plan="p1", part=part, reason="Words"), RestorePart(plan="p1", part=part)
    given(*ADOPTED).when(retire, "patricia").then_refused(IN_A_REFINEMENT)
    given(*ADOPTED).when(restore, "patricia").then_refused(IN_A_REFINEMENT)
    given(*REFINING).when(retire, "patricia").then(retired(part))
    given(*REFINING).when(retire, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*REFINING).when(restore, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*CLOSED).when(restore, "patricia").then_refused(IS_CLOSED)


def test_only_what_is_there_is_retired_or_restored() -> None:
    for command in (
        RetirePart(plan="p1", part="action:none", reason="Words"),
        RestorePart(plan="p1", part="action:none"),
    ):
        given(*DRAFT).when(command, "patricia").then_refused(
            "This part is not in the plan. What adds it may not have arrived yet."
        )


# Owners and money


def test_leaders_name_owners_all_year() -> None:
    assign = AssignPart(plan="p1", part="strategy:readers", owner="gil")
    (
        given(*ADOPTED)
        .when(assign, "patricia")
        .then(PartAssigned(plan="p1", part="strategy:readers", owner="gil"))
        .when(assign, "patricia")
        .then_nothing()
        .when(AssignPart(plan="p1", part="strategy:readers"), "patricia")
        .then(PartAssigned(plan="p1", part="strategy:readers", owner=None))
    )
    given(*ADOPTED).when(assign, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*ADOPTED, retired("strategy:readers")).when(assign, "patricia").then_refused(IS_RETIRED)
    given(*CLOSED).when(assign, "patricia").then_refused(IS_CLOSED)


def test_an_owner_is_of_the_school_or_its_home_office() -> None:
    stranger = "{person} has no part in this school's work. Choose someone else as owner."
    for person in ("nobody", "flor"):
        said = stranger.replace("{person}", person)
        for part in ("strategy:readers", "action:shelves"):
            given(*ADOPTED).when(AssignPart(plan="p1", part=part, owner=person), "patricia").then_refused(said)
        step = AddAction(plan="p1", action="new", strategy="readers", text="Words", owner=person)
        given(*DRAFT).when(step, "patricia").then_refused(said)
        given(*DRAFT).when(add_strategy(owner=person), "patricia").then_refused(said)
    for person in ("daniel", "amara", "tomas"):
        assign = AssignPart(plan="p1", part="strategy:readers", owner=person)
        given(*ADOPTED).when(assign, "patricia").then(PartAssigned(plan="p1", part="strategy:readers", owner=person))


def test_a_priority_belongs_to_the_whole_school() -> None:
    given(*ADOPTED).when(AssignPart(plan="p1", part="priority:reading", owner="gil"), "patricia").then_refused(
        "A priority has no owner. Name the owners of its strategies."
    )


def test_the_home_office_says_who_of_it_takes_up_a_request() -> None:
    assign = AssignPart(plan="p1", part="support:coach", owner="daniel")
    for person in ("daniel", "amara"):
        given(*ADOPTED).when(assign, person).then(PartAssigned(plan="p1", part="support:coach", owner="daniel"))
    for person in ("patricia", "nadia"):
        given(*ADOPTED).when(assign, person).then_not_allowed(
            "The home office says who of it takes up a request for support. Ask it to."
        )


def test_a_request_is_taken_up_by_someone_of_the_home_office() -> None:
    given(*ADOPTED).when(AssignPart(plan="p1", part="support:coach", owner="gil"), "daniel").then_refused(
        "gil is not of the home office for this school. Choose someone who is."
    )


def test_money_is_set_aside_all_year() -> None:
    fund = FundStrategy(plan="p1", strategy="readers", amount=4500, source="Title I")
    (
        given(*ADOPTED)
        .when(fund, "patricia")
        .then(StrategyFunded(plan="p1", strategy="readers", amount=4500, source="Title I"))
        .when(fund, "patricia")
        .then_nothing()
        .when(FundStrategy(plan="p1", strategy="readers", amount=0, source="Title I"), "patricia")
        .then(StrategyFunded(plan="p1", strategy="readers", amount=0, source="Title I"))
    )
    given(*ADOPTED).when(fund, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*ADOPTED, retired("strategy:readers")).when(fund, "patricia").then_refused(IS_RETIRED)
    given(*CLOSED).when(fund, "patricia").then_refused(IS_CLOSED)
