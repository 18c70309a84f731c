"""June Outcomes: signed by both sides, adopted, and concluded at the year's end."""

import pytest

from daybook.events.core import Event
from daybook.events.outcomes import OutcomeAimed, OutcomeAssigned
from daybook.events.outcomes_commands import AdoptOutcomes, SignOutcomes
from daybook.events.people import RoleGranted
from daybook.events.practice import PracticeSet
from tests.outcomes_world import (
    ADOPTED,
    ADOPTION,
    BASELINES,
    BEGUN,
    DRAFT,
    PLACE,
    SIGNED,
    begun,
    conclude,
    concluded,
    proposed,
    signed,
    withdrawn,
    worded,
)
from tests.stories import given

# Signing and adopting

SIGN_SCHOOL = SignOutcomes(outcomes="o1", side="school", version=1)
SIGN_HOME_OFFICE = SignOutcomes(outcomes="o1", side="home-office", version=1)
ADOPT = AdoptOutcomes(outcomes="o1")


def test_each_side_signs_for_itself() -> None:
    for actor in ("patricia", "tomas"):
        given(*DRAFT).when(SIGN_SCHOOL, actor).then(signed("school", actor)).when(SIGN_SCHOOL, actor).then_nothing()
    for actor in ("daniel", "amara"):
        given(*DRAFT).when(SIGN_HOME_OFFICE, actor).then(signed("home-office", actor))
    for actor in ("daniel", "amara", "gil", "flor"):
        given(*DRAFT).when(SIGN_SCHOOL, actor).then_not_allowed("Only a leader of the school signs for the school.")
    for actor in ("patricia", "gil", "olivia"):
        given(*DRAFT).when(SIGN_HOME_OFFICE, actor).then_not_allowed("Only the home office signs for the home office.")


def test_whoever_speaks_for_both_sides_signs_for_one_of_them() -> None:
    both = RoleGranted(person="patricia", role="network-leader", school="maple")
    given(*DRAFT, both, SIGNED[0]).when(SIGN_HOME_OFFICE, "patricia").then_refused(
        "You have signed for the other side. Somebody else signs for this one."
    )
    given(*DRAFT, both, signed("home-office", "patricia")).when(SIGN_SCHOOL, "patricia").then_refused(
        "You have signed for the other side. Somebody else signs for this one."
    )
    given(*DRAFT, both).when(SIGN_HOME_OFFICE, "patricia").then(signed("home-office", "patricia"))


def test_somebody_carries_each_outcome_that_is_adopted() -> None:
    nobody = OutcomeAssigned(outcomes="o1", outcome="readers", owner=None)
    given(*DRAFT, nobody, *SIGNED).when(ADOPT, "patricia").then_refused(
        "Nobody carries outcome 1 yet. Choose who does, then adopt."
    )


def test_nobody_signs_what_they_have_not_read() -> None:
    given(*DRAFT).when(SIGN_SCHOOL, "patricia").then(signed("school", "patricia"))
    for change in (worded("Other records"), OutcomeAimed("o1", "readers", BASELINES, 4), proposed("writers")):
        given(*DRAFT, change).when(SIGN_SCHOOL, "patricia").then_refused(
            "The draft changed while you were reading. Read it again, then sign."
        )
    to_come = SignOutcomes(outcomes="o1", side="school", version=2)
    given(*DRAFT).when(to_come, "patricia").then_refused(
        "There is no version 2 of this draft. Read it as it stands, then sign."
    )


def test_there_is_something_to_sign() -> None:
    nothing = "There is nothing to sign yet. Propose an outcome first."
    given(*PLACE, BEGUN).when(SIGN_SCHOOL, "patricia").then_refused(nothing)
    given(*DRAFT, withdrawn()).when(SIGN_SCHOOL, "patricia").then_refused(nothing)
    given(*ADOPTED).when(SIGN_HOME_OFFICE, "amara").then_refused(
        "These outcomes are adopted already, so there is nothing to sign."
    )
    given(*ADOPTED).when(SIGN_HOME_OFFICE, "daniel").then_nothing()


@pytest.mark.parametrize("change", [worded("Other records"), withdrawn(), proposed("writers")])
def test_a_change_of_what_was_signed_takes_the_signatures_back(change: Event) -> None:
    rest = (proposed("families"),)
    given(*DRAFT, *rest, *SIGNED, change).when(ADOPT, "patricia").then_refused(
        "Neither the school nor the home office has signed the draft as it stands now."
    )


def test_adopting_says_whose_signature_is_missing() -> None:
    given(*DRAFT, SIGNED[1]).when(ADOPT, "patricia").then_refused(
        "The school has not signed the draft as it stands now. One of its leaders can."
    )
    given(*DRAFT, SIGNED[0]).when(ADOPT, "patricia").then_refused(
        "The home office has not signed the draft as it stands now. One of its leaders can."
    )


def test_too_few_are_not_adopted() -> None:
    given(*PLACE, begun(least=3), proposed(), *SIGNED).when(ADOPT, "daniel").then_refused(
        "There are 1 outcomes, and at least 3 are adopted. Propose more first."
    )


def test_only_leaders_of_a_side_adopt() -> None:
    given(*DRAFT, *SIGNED).when(ADOPT, "gil").then_not_allowed(
        "Only the school's leaders and the home office begin its June Outcomes and adopt them."
    )


# The year's end


def test_what_came_of_an_outcome_is_said_and_may_be_put_right() -> None:
    (
        given(*ADOPTED)
        .when(conclude("met"), "patricia")
        .then(concluded("met"))
        .when(conclude("met"), "daniel")
        .then_nothing()
        .when(conclude("partly-met", evidence="Half of them"), "daniel")
        .then_refused(
            "Someone said what came of this outcome while you were writing. Compare their words with yours, and send "
            "yours again to put them in their place."
        )
        .when(conclude("partly-met", evidence="Half of them", replaces="conclusion-1"), "daniel")
        .then(concluded("partly-met", evidence="Half of them"))
    )


def test_it_is_said_from_the_years_last_quarter_on() -> None:
    now = (*PLACE, begun(year=2025), proposed(), *SIGNED, ADOPTION)
    given(*now).when(conclude(), "patricia").then_refused(
        "It is too early to say what came of this outcome. The year's last quarter begins on 2026-04-01."
    )
    early = PracticeSet(
        quarters=("07-01", "09-01", "12-01", "03-01"),
        least_outcomes=3,
        most_outcomes=5,
        rewording="any-time",
        check_in_days=30,
    )
    given(*now, early).when(conclude(), "patricia").then(concluded("met"))


def test_only_what_was_adopted_comes_to_something() -> None:
    given(*DRAFT).when(conclude(), "patricia").then_refused(
        "These outcomes are still a draft. Adopt them before saying what came of them."
    )
    left_out = (*PLACE, BEGUN, proposed(), proposed("writers"), withdrawn(), *SIGNED, ADOPTION)
    given(*left_out).when(conclude(), "patricia").then_refused(
        "This outcome was withdrawn before the others were adopted, so nothing came of it."
    )
