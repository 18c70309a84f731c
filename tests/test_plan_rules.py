"""The rules of a plan as stories: beginning, adopting and closing it, and a year from one end to the other."""

from datetime import date

import pytest

from daybook.events.core import Event, Prose
from daybook.events.outcomes import OutcomesAdopted, OutcomeWithdrawn
from daybook.events.plan import PartRestored, PlanAdopted, PlanBegun, PlanClosed, PriorityReflected
from daybook.events.plan_commands import (
    AddPriority,
    AdoptPlan,
    AgreeToRefinement,
    BeginPlan,
    ClosePlan,
    CloseRefinement,
    OpenRefinement,
    ReflectOnPriority,
)
from daybook.events.plan_talk import ProposalDeclined, ProposalWithdrawn, RefinementAgreed, RefinementClosed
from daybook.events.plan_values import Aim
from daybook.events.practice import PracticeSet
from daybook.events.school import SchoolAdded
from tests.outcomes_world import begun as outcomes_begun
from tests.outcomes_world import proposed as outcome_proposed
from tests.plan_world import (
    ADOPTED,
    AT_THE_END,
    AUDITORS_READ,
    CLOSED,
    CLOSED_PLAN,
    DRAFT,
    ELSEWHERE,
    ENDS,
    FIRST,
    IS_CLOSED,
    LEADERS_ONLY,
    OPENED,
    OUTCOMES,
    PLACE,
    QUARTERS,
    REFINING,
    REFLECTED,
    VISION,
    add_strategy,
    begun,
    priority,
    proposed,
    retired,
    strategy,
    word,
    worded,
)
from tests.stories import given

BEGIN = BeginPlan(plan="p1", school="maple", year=2025)
ADOPT = AdoptPlan(plan="p1", version="As adopted")
CLOSE = ClosePlan(plan="p1")
BEGUN = PlanBegun(
    plan="p1",
    school="maple",
    year=2025,
    quarters=QUARTERS,
    ends=ENDS,
    rewording="in-refinements",
    check_in_days=45,
)


def test_a_year_of_a_plan() -> None:
    """Begun, put into words, adopted, refined, reflected on and closed."""
    (
        given(*PLACE, *OUTCOMES, begun(last_quarter=date(2026, 3, 1)))
        .when(word("vision", "v1"), "patricia")
        .then(VISION)
        .when(AddPriority(plan="p1", priority="reading", text="Words", outcome="readers-all"), "patricia")
        .then(priority())
        .when(add_strategy("readers"), "tomas")
        .then(strategy())
        .when(ADOPT, "patricia")
        .then(FIRST)
        .when(OpenRefinement(plan="p1", refinement="q3", quarter=3), "patricia")
        .then(OPENED)
        .when(word("strategy:readers:then", "w1", "More read", replaces="readers"), "tomas")
        .then(worded("strategy:readers:then", "w1", "More read", replaces="readers"))
        .when(word("refinement:q3:changed", "w2"), "nadia")
        .then(worded("refinement:q3:changed", "w2"))
        .when(word("refinement:q3:why", "w3"), "gil")
        .then(worded("refinement:q3:why", "w3"))
        .when(AgreeToRefinement(plan="p1", refinement="q3"), "gil")
        .then(RefinementAgreed(plan="p1", refinement="q3", person="gil"))
        .when(CloseRefinement(plan="p1", refinement="q3", version="Spring"), "patricia")
        .then(RefinementClosed(plan="p1", refinement="q3", version="Spring"))
        .when(
            ReflectOnPriority(plan="p1", priority="reading", wording="f1", text="Most read", carries="finished"),
            "patricia",
        )
        .then(
            PriorityReflected(plan="p1", priority="reading", wording="f1", text=Prose("Most read"), carries="finished")
        )
        .when(CLOSE, "patricia")
        .then(PlanClosed(plan="p1"))
    )


# Beginning


@pytest.mark.parametrize("person", ["patricia", "tomas", "amara"])
def test_a_schools_leaders_and_the_administrators_begin_its_plan(person: str) -> None:
    given(*PLACE).when(BEGIN, person).then(BEGUN)


@pytest.mark.parametrize("person", ["nadia", "flor", "daniel", "olivia", "sam"])
def test_nobody_else_begins_a_plan(person: str) -> None:
    given(*PLACE).when(BEGIN, person).then_not_allowed(
        "Only the school's leaders and the network's administrators begin its plan."
    )


def test_a_plan_is_begun_under_the_networks_practice_as_it_is_then() -> None:
    practice = PracticeSet(
        quarters=("08-01", "11-01", "02-01", "05-01"),
        least_outcomes=2,
        most_outcomes=4,
        rewording="any-time",
        check_in_days=30,
    )
    (
        given(*PLACE, practice)
        .when(BEGIN, "patricia")
        .then(
            PlanBegun(
                plan="p1",
                school="maple",
                year=2025,
                quarters=(date(2025, 8, 1), date(2025, 11, 1), date(2026, 2, 1), date(2026, 5, 1)),
                ends=date(2026, 7, 31),
                rewording="any-time",
                check_in_days=30,
            )
        )
    )


def test_a_plan_takes_its_aims_from_the_adopted_outcomes_that_were_not_withdrawn() -> None:
    outcomes: tuple[Event, ...] = (
        outcomes_begun(year=2025),
        outcome_proposed("readers"),
        outcome_proposed("talkers"),
        OutcomeWithdrawn(outcomes="o1", outcome="talkers", reason=Prose("Later")),
        OutcomesAdopted(outcomes="o1"),
    )
    events = (
        given(*PLACE, *outcomes)
        .when(BeginPlan(plan="p1", school="maple", year=2025, outcomes="o1"), "patricia")
        .then(
            PlanBegun(
                plan="p1",
                school="maple",
                year=2025,
                quarters=QUARTERS,
                ends=ENDS,
                rewording="in-refinements",
                check_in_days=45,
                outcomes="o1",
                aims=(Aim(outcome="readers", indicators=("CI.2",)),),
            )
        )
    )
    events.when(AddPriority(plan="p1", priority="one", text="Words", outcome="talkers"), "patricia").then_refused(
        "talkers is not one of this plan's June Outcomes. Choose one of them, or name indicators."
    )


def test_a_plan_begins_from_adopted_outcomes_of_its_own_school_and_year_alone() -> None:
    begin = BeginPlan(plan="p1", school="maple", year=2025, outcomes="o1")
    given(*PLACE).when(begin, "patricia").then_refused("This school has no June Outcomes with the id o1.")
    given(*PLACE, outcomes_begun(year=2025)).when(begin, "patricia").then_refused(
        "These June Outcomes are not adopted yet. Adopt them first, or begin without them."
    )
    given(*PLACE, outcomes_begun(year=2024), OutcomesAdopted(outcomes="o1")).when(begin, "patricia").then_refused(
        "These June Outcomes are for 2024–25. Begin the plan of that year, or leave them out."
    )
    elsewhere = BeginPlan(plan="p1", school="elm", year=2025, outcomes="o1")
    given(*PLACE, outcomes_begun(year=2025)).when(elsewhere, "sam").then_refused("There is no school with the id elm.")


def test_an_id_is_for_one_plan_and_a_plan_for_a_school_that_is_there() -> None:
    given(*DRAFT).when(BEGIN, "patricia").then_refused("There is already a plan with the id p1. Choose another.")
    given(*PLACE).when(BeginPlan(plan="p1", school="oak", year=2025), "amara").then_refused(
        "There is no school with the id oak."
    )


def test_a_school_has_one_plan_for_a_year() -> None:
    second, next_year = (BeginPlan(plan="p2", school="maple", year=year) for year in (2025, 2026))
    for there in (DRAFT, ADOPTED):
        given(*there).when(second, "patricia").then_refused(
            "This school has a plan for 2025–26 already, under the id p1. Go on with that one, or close it first."
        )
        given(*there).when(next_year, "patricia").then_something()
    elm = SchoolAdded(school="elm", name="Elm", grades="high")
    given(*DRAFT, elm).when(BeginPlan(plan="p2", school="elm", year=2025), "amara").then_something()


def test_a_plan_that_was_closed_is_in_nobodys_way() -> None:
    second = BeginPlan(plan="p2", school="maple", year=2025)
    given(*CLOSED).when(second, "patricia").then_something()
    unused = given(*PLACE, begun()).when(ClosePlan(plan="p1"), "patricia").then(CLOSED_PLAN)
    unused.when(second, "patricia").then_something()


def test_nothing_is_done_to_a_plan_that_is_not_there() -> None:
    given(*PLACE).when(ADOPT, "patricia").then_refused("There is no plan with the id p1.")


# Adopting


def test_a_plan_is_adopted_by_the_schools_leaders_once() -> None:
    adopted = given(*DRAFT).when(ADOPT, "tomas").then(PlanAdopted(plan="p1", version="As adopted"))
    adopted.when(AdoptPlan(plan="p1", version="Again"), "patricia").then_refused(
        "This plan is adopted already. Look for the name that its first version has."
    )


@pytest.mark.parametrize("person", ["nadia", "elena", "flor", "daniel", "amara"])
def test_those_who_see_a_plan_and_do_not_lead_the_school_do_not_adopt_it(person: str) -> None:
    given(*DRAFT).when(ADOPT, person).then_not_allowed(LEADERS_ONLY)


@pytest.mark.parametrize("person", ["sam", "ruth"])
def test_others_are_told_nothing_of_it(person: str) -> None:
    given(*DRAFT).when(ADOPT, person).then_not_allowed(ELSEWHERE)


def test_an_auditor_is_told_that_auditors_change_nothing() -> None:
    given(*DRAFT).when(ADOPT, "olivia").then_not_allowed(AUDITORS_READ)


def test_a_plan_needs_a_vision_a_priority_and_a_strategy_under_each() -> None:
    empty = (*PLACE, begun())
    given(*empty).when(ADOPT, "patricia").then_refused(
        "The plan has no vision yet. Put it into words before adopting the plan."
    )
    given(*empty, VISION).when(ADOPT, "patricia").then_refused(
        "The plan has no priority yet. Add one before adopting the plan."
    )
    given(*empty, VISION, priority(), retired("priority:reading")).when(ADOPT, "patricia").then_refused(
        "The plan has no priority yet. Add one before adopting the plan."
    )
    without = "Priority 1 has no strategy yet. Add one, or retire the priority."
    given(*DRAFT, priority("talk")).when(ADOPT, "patricia").then_refused(without)
    talkers = strategy("talkers", under="talk")
    given(*DRAFT, priority("talk"), talkers, retired("strategy:talkers")).when(ADOPT, "patricia").then_refused(without)
    given(*DRAFT, priority("talk"), retired("priority:talk")).when(ADOPT, "patricia").then(FIRST)


def test_a_version_has_a_name_of_its_own() -> None:
    ready: tuple[Event, ...] = (
        *REFINING,
        worded("refinement:q3:changed", "w1"),
        worded("refinement:q3:why", "w2"),
        RefinementAgreed(plan="p1", refinement="q3", person="gil"),
    )
    given(*ready).when(CloseRefinement(plan="p1", refinement="q3", version="As adopted"), "patricia").then_refused(
        "There is already a version named As adopted. Choose another name."
    )


# Closing


def test_a_year_is_closed_by_the_schools_leaders_once() -> None:
    given(*AT_THE_END, REFLECTED).when(CLOSE, "patricia").then(CLOSED_PLAN).when(CLOSE, "patricia").then_nothing()
    given(*AT_THE_END, REFLECTED).when(CLOSE, "nadia").then_not_allowed(LEADERS_ONLY)


def test_a_year_is_closed_once_every_priority_that_is_pursued_was_reflected_on() -> None:
    two = (*AT_THE_END, priority("talk"), REFLECTED)
    given(*two).when(CLOSE, "patricia").then_refused(
        "Nobody has reflected on one priority yet. Reflect on it where it stands in the plan, then close the plan."
    )
    given(*AT_THE_END, priority("talk")).when(CLOSE, "patricia").then_refused(
        "Nobody has reflected on 2 priorities yet. Reflect on each where it stands in the plan, then close the plan."
    )
    given(*two, retired("priority:talk")).when(CLOSE, "patricia").then(CLOSED_PLAN)


def test_a_year_is_not_closed_in_a_refinement() -> None:
    given(*AT_THE_END, REFLECTED, OPENED).when(CLOSE, "patricia").then_refused(
        "A refinement is still open. Close it before closing the plan."
    )


def test_a_year_is_closed_once_every_proposal_was_answered() -> None:
    asked = (*AT_THE_END, REFLECTED, proposed(under="priority:reading"))
    given(*asked).when(CLOSE, "patricia").then_refused(
        "Proposals that wait for an answer: 1. Accept or decline them before closing the plan."
    )
    for answer in (
        ProposalDeclined(plan="p1", proposal="c1", reason=Prose("Not this year")),
        ProposalWithdrawn(plan="p1", proposal="c1"),
    ):
        given(*asked, answer).when(CLOSE, "patricia").then(CLOSED_PLAN)


def test_a_draft_that_is_not_wanted_is_closed_without_its_priorities() -> None:
    given(*DRAFT).when(CLOSE, "patricia").then_refused(
        "This plan is still a draft. Adopt it first, or retire its priorities to close it unused."
    )
    unused = given(*DRAFT, retired("priority:reading"))
    unused.when(CLOSE, "patricia").then(CLOSED_PLAN).when(ADOPT, "patricia").then_refused(IS_CLOSED)


def test_a_closed_plan_takes_nothing() -> None:
    given(*CLOSED).when(word("vision", "v2", replaces="v1"), "patricia").then_refused(IS_CLOSED)
    given(*CLOSED, PartRestored(plan="p1", part="action:shelves")).when(
        OpenRefinement(plan="p1", refinement="q4", quarter=4), "patricia"
    ).then_refused(IS_CLOSED)
    given(*ADOPTED).when(CLOSE, "patricia").then_refused(
        "Nobody has reflected on one priority yet. Reflect on it where it stands in the plan, then close the plan."
    )
