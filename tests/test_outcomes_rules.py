"""June Outcomes: begun, proposed, aimed, signed by both sides, adopted, and concluded at the year's end."""

import pytest
from msgspec.structs import replace

from daybook.events.core import Event, Prose
from daybook.events.outcomes import Baseline, OutcomesAdopted, OutcomeTranslated
from daybook.events.outcomes_commands import AdoptOutcomes, SignOutcomes
from daybook.events.practice import PracticeSet
from daybook.events.rubric import RubricDrafted
from daybook.events.school import SchoolAdded
from tests.outcomes_world import (
    ADOPTED,
    ADOPTION,
    BEGUN,
    DRAFT,
    PLACE,
    SIGNED,
    begin,
    begun,
    carry_over,
    concluded,
    propose,
    proposed,
    signed,
    translated,
    withdrawn,
    worded,
)
from tests.review_world import agreed, said
from tests.stories import given

# Beginning


def test_outcomes_are_begun_drafted_signed_by_both_sides_and_adopted() -> None:
    (
        given(*PLACE)
        .when(begin(), "patricia")
        .then(begun(least=3))
        .when(propose(), "gil")
        .then(proposed(person="gil"))
        .when(propose("writers"), "tomas")
        .then(proposed("writers", "tomas"))
        .when(propose("families"), "daniel")
        .then(proposed("families", "daniel"))
        .when(SignOutcomes(outcomes="o1", side="school", version=3), "patricia")
        .then(signed("school", "patricia"))
        .when(SignOutcomes(outcomes="o1", side="home-office", version=3), "daniel")
        .then(signed("home-office", "daniel"))
        .when(AdoptOutcomes(outcomes="o1"), "tomas")
        .then(ADOPTION)
        .when(AdoptOutcomes(outcomes="o1"), "amara")
        .then_nothing()
    )


@pytest.mark.parametrize("actor", ["patricia", "tomas", "daniel", "amara"])
def test_leaders_of_either_side_begin(actor: str) -> None:
    given(*PLACE).when(begin(), actor).then(begun(least=3)).when(begin(), actor).then_nothing()


@pytest.mark.parametrize("actor", ["gil", "flor", "ruth", "olivia"])
def test_others_do_not_begin(actor: str) -> None:
    given(*PLACE).when(begin(), actor).then_not_allowed(
        "Only the school's leaders and the home office begin its June Outcomes and adopt them."
    )


def test_the_number_of_outcomes_is_the_networks() -> None:
    ways = PracticeSet(
        quarters=("07-01", "10-01", "01-01", "04-01"),
        least_outcomes=1,
        most_outcomes=5,
        rewording="any-time",
        check_in_days=30,
    )
    given(*PLACE, ways).when(begin(), "patricia").then(begun(least=1))


def test_an_id_is_used_once() -> None:
    given(*DRAFT).when(begin(year=2025), "patricia").then_refused(
        "There are already June Outcomes with the id o1. Choose another."
    )


def test_a_school_has_one_page_for_a_year() -> None:
    second, next_year = begin(outcomes="o2"), begin(outcomes="o2", year=2025)
    for there in ((*PLACE, BEGUN), DRAFT, ADOPTED):
        given(*there).when(second, "daniel").then_refused(
            "This school has June Outcomes for 2024–25 already, under the id o1. Go on with those."
        )
        given(*there).when(next_year, "daniel").then_something()
    elm = SchoolAdded(school="elm", name="Elm", grades="high")
    given(*DRAFT, elm).when(begin(outcomes="o2", school="elm"), "daniel").then_something()


def test_what_is_begun_is_of_a_known_school_and_a_published_rubric() -> None:
    given(*PLACE).when(begin(school="elm"), "amara").then_refused("There is no school with the id elm.")
    two = (said("Low"), said("High"))
    drafted = RubricDrafted(rubric="pif-2", title=said("PIF"), note=said("New"), levels=two)
    for rubric in ("pif-2", "pif-3"):
        given(*PLACE, drafted).when(begin(rubric=rubric), "patricia").then_refused(
            f"The rubric version {rubric} is not published, so nobody can aim by it yet."
        )


def test_nothing_happens_on_outcomes_that_were_never_begun() -> None:
    given(*PLACE).when(propose(), "patricia").then_refused("There are no June Outcomes with the id o1.")


# Carrying on from the year before


NEXT = begin(outcomes="o2", year=2025, seed="o1")
YEAR: tuple[Event, ...] = (
    *PLACE,
    BEGUN,
    proposed(owner="gil"),
    proposed("writers"),
    *SIGNED,
    ADOPTION,
    concluded("carried-forward"),
    concluded("met", outcome="writers"),
)


def test_what_was_carried_forward_seeds_the_next_year() -> None:
    given(*YEAR).when(NEXT, "daniel").then(
        begun(outcomes="o2", year=2025, least=3, seed="o1"),
        proposed(person="daniel", outcomes="o2", owner="gil", carried=True),
    ).when(NEXT, "daniel").then_nothing()


def test_the_next_year_gets_the_words_as_they_stood_last() -> None:
    reworded = worded("Spring records", passage="readers:statement:en")
    before = (*PLACE, BEGUN, proposed(), reworded, *SIGNED, ADOPTION, concluded("carried-forward"))
    given(*before).when(NEXT, "daniel").then(
        begun(outcomes="o2", year=2025, least=3, seed="o1"),
        proposed(person="daniel", outcomes="o2", carried=True, statement="Spring records"),
    )


def test_spanish_that_is_up_to_date_is_carried_over() -> None:
    of_the_statement = OutcomeTranslated(
        outcomes="o1", passage="readers:statement:es", wording="s2", text=Prose("Todos leen"), of="readers"
    )
    put = (translated(), of_the_statement)
    again = replace(translated(), outcomes="o2")
    end = (*SIGNED, ADOPTION, concluded("carried-forward"))
    started = begun(outcomes="o2", year=2025, least=3, seed="o1")
    given(*DRAFT, *put, *end).when(NEXT, "daniel").then(
        started, proposed(person="daniel", outcomes="o2", carried=True), replace(of_the_statement, outcomes="o2"), again
    )
    behind = worded("All read well", passage="readers:statement:en")
    words = proposed(person="daniel", outcomes="o2", carried=True, statement="All read well")
    given(*DRAFT, *put, behind, *end).when(NEXT, "daniel").then(started, words, again)
    given(*DRAFT, *put, behind, *end, begun(outcomes="o2", year=2025)).when(carry_over(), "daniel").then(words, again)


def test_an_owner_who_has_left_is_not_carried_over() -> None:
    before = (*PLACE, BEGUN, proposed(owner="gone"), *SIGNED, ADOPTION, concluded("carried-forward"))
    given(*before).when(NEXT, "daniel").then(
        begun(outcomes="o2", year=2025, least=3, seed="o1"),
        proposed(person="daniel", outcomes="o2", carried=True, owner=None),
    )


def test_a_year_without_anything_carried_forward_seeds_nothing() -> None:
    given(*ADOPTED, concluded("not-met")).when(NEXT, "daniel").then(begun(outcomes="o2", year=2025, least=3, seed="o1"))


def test_the_seed_is_the_adopted_page_of_the_same_school_and_the_year_before() -> None:
    given(*PLACE).when(NEXT, "daniel").then_refused("There are no June Outcomes with the id o1.")
    given(*YEAR).when(begin(outcomes="o2", year=2026, seed="o1"), "daniel").then_refused(
        "Outcomes carry on from those of the year before. Choose that year's, or none."
    )
    given(*DRAFT).when(NEXT, "daniel").then_refused(
        "The outcomes of the year before were never adopted, so nothing carries on from them."
    )
    elm = SchoolAdded(school="elm", name="Elm", grades="high")
    given(*YEAR, elm).when(begin(outcomes="o2", school="elm", year=2025, seed="o1"), "daniel").then_refused(
        "The outcomes to carry on from are of another school. Choose this school's."
    )


def test_what_was_aimed_by_a_rubric_that_does_not_fit_is_not_carried_over() -> None:
    old = BEGUN.__class__(
        outcomes="o1", school="maple", year=2024, rubric="old", levels=5, indicators=("CI.2",), least=1, most=5
    )
    given(*PLACE, old, proposed(), *SIGNED, ADOPTION, concluded("carried-forward")).when(NEXT, "daniel").then_refused(
        "What is carried forward was aimed by the rubric version old, which does not fit pif-1. "
        "Begin by that version, or without the year before."
    )


LATER: tuple[Event, ...] = (*YEAR, begun(outcomes="o2", year=2025, least=3))
"""A draft that was begun before anything of the year before was concluded."""


@pytest.mark.parametrize("actor", ["patricia", "gil", "daniel"])
def test_whoever_writes_a_draft_takes_in_what_was_carried_forward_later(actor: str) -> None:
    again = proposed(person=actor, outcomes="o2", owner="gil", carried=True)
    given(*LATER).when(carry_over(), actor).then(again).when(carry_over(), "patricia").then_nothing()


def test_what_is_carried_over_begins_from_where_the_school_stands_by_then() -> None:
    baselines = (Baseline(indicator="CI.2", level=4, levels=4, review="m1"),)
    again = proposed("readers", "gil", outcomes="o2", baselines=baselines, target=4, owner="gil", carried=True)
    given(*LATER, agreed(4)).when(carry_over(), "gil").then(again)
    given(*YEAR, agreed(4)).when(NEXT, "gil").then_not_allowed(
        "Only the school's leaders and the home office begin its June Outcomes and adopt them."
    )
    seeded = proposed("readers", "daniel", outcomes="o2", baselines=baselines, target=4, owner="gil", carried=True)
    given(*YEAR, agreed(4)).when(NEXT, "daniel").then(begun(outcomes="o2", year=2025, least=3, seed="o1"), seeded)


@pytest.mark.parametrize("actor", ["amara", "flor", "ruth", "olivia"])
def test_others_carry_nothing_over(actor: str) -> None:
    given(*LATER).when(carry_over(), actor).then_not_allowed(
        "Only the school's leaders and teams and the network's leaders for it write this."
    )


def test_what_was_not_carried_forward_is_proposed_anew() -> None:
    for outcome in ("writers", "unheard-of"):
        given(*LATER).when(carry_over(outcome), "gil").then_refused(
            "That outcome was not carried forward. Propose it anew if it is to go on."
        )


def test_what_was_taken_in_and_left_out_is_restored() -> None:
    left_out = withdrawn(outcomes="o2")
    given(*LATER, proposed(outcomes="o2", carried=True), left_out).when(carry_over(), "gil").then_refused(
        "This outcome is withdrawn. Restore it first."
    )


def test_nothing_joins_outcomes_that_are_adopted() -> None:
    adopted = OutcomesAdopted(outcomes="o2")
    given(*LATER, adopted).when(carry_over(), "gil").then_refused(
        "These outcomes are adopted. No outcome can join them any more."
    )


def test_only_the_year_before_is_carried_over() -> None:
    given(*LATER).when(carry_over(seed="o3"), "gil").then_refused("There are no June Outcomes with the id o3.")
    given(*YEAR, begun(outcomes="o2", year=2026)).when(carry_over(), "gil").then_refused(
        "Outcomes carry on from those of the year before. Choose that year's, or none."
    )


def test_an_outcome_of_a_rubric_that_does_not_fit_is_proposed_anew() -> None:
    other = BEGUN.__class__(
        outcomes="o2", school="maple", year=2025, rubric="new", levels=5, indicators=("CI.2",), least=1, most=5
    )
    given(*YEAR, other).when(carry_over(), "gil").then_refused(
        "That outcome was aimed by the rubric version pif-1, which does not fit new. Propose it anew."
    )
