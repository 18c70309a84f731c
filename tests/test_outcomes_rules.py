"""June Outcomes: begun, proposed, aimed, signed by both sides, adopted, and concluded at the year's end."""

import pytest

from daybook.events.core import Event, Prose
from daybook.events.outcomes import (
    Baseline,
    OutcomeAimed,
    OutcomeAssigned,
    OutcomeMoved,
    OutcomeRestored,
)
from daybook.events.outcomes_commands import (
    AdoptOutcomes,
    AssignOutcome,
    MoveOutcome,
    RestoreOutcome,
    SignOutcomes,
    StandsAt,
    WithdrawOutcome,
)
from daybook.events.practice import PracticeSet
from daybook.events.review import ConsensusReached, Member, ReviewScheduled
from daybook.events.rubric import RubricDrafted
from daybook.events.school import SchoolAdded
from tests.outcomes_world import (
    ADOPTED,
    ADOPTION,
    BASELINES,
    BEGUN,
    DRAFT,
    PLACE,
    SIGNED,
    aim,
    begin,
    begun,
    conclude,
    concluded,
    propose,
    proposed,
    signed,
    withdrawn,
    worded,
)
from tests.review_world import DAY, said
from tests.stories import given

STEERING = "Only the school's leaders and the network's leaders for it do this. You can comment."
NO_OUTCOME = "There is no outcome with the id readers here."
IS_ADOPTED = "These outcomes are adopted. Change their words or their aim by an amendment, and say why."
IS_WITHDRAWN = "This outcome is withdrawn. Restore it first."


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


def test_an_owner_who_has_left_is_not_carried_over() -> None:
    before = (*PLACE, BEGUN, proposed(owner="gone"), *SIGNED, ADOPTION, concluded("carried-forward"))
    given(*before).when(NEXT, "daniel").then(
        begun(outcomes="o2", year=2025, least=3, seed="o1"), proposed(person="daniel", outcomes="o2", carried=True)
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


# Proposing and aiming


@pytest.mark.parametrize("actor", ["patricia", "tomas", "gil", "daniel"])
def test_people_of_the_school_and_its_home_office_propose(actor: str) -> None:
    given(*PLACE, BEGUN).when(propose(), actor).then(proposed(person=actor)).when(propose(), actor).then_nothing()


@pytest.mark.parametrize("actor", ["flor", "ruth", "olivia", "amara"])
def test_others_do_not_propose(actor: str) -> None:
    given(*PLACE, BEGUN).when(propose(), actor).then_not_allowed(
        "Only the school's leaders and teams and the network's leaders for it write this."
    )


def test_a_draft_may_hold_more_than_will_be_adopted() -> None:
    many = [proposed(f"outcome-{n}") for n in range(6)]
    given(*PLACE, BEGUN, *many, *SIGNED).when(AdoptOutcomes(outcomes="o1"), "daniel").then_refused(
        "There are 6 outcomes, and at most 5 are adopted. Withdraw some first."
    )


def test_two_outcomes_do_not_share_an_id() -> None:
    given(*DRAFT).when(propose(statement="Another"), "patricia").then_refused(
        "There is already an outcome with the id readers. Choose another."
    )


def test_where_the_school_stands_is_what_the_review_says() -> None:
    both = (StandsAt(indicator="CI.2", review="m1"), StandsAt(indicator="CI.3"))
    given(*PLACE, BEGUN).when(propose(indicators=both), "patricia").then(
        proposed(baselines=(*BASELINES, Baseline(indicator="CI.3")))
    )


def test_a_target_is_no_lower_than_where_the_school_stands() -> None:
    given(*PLACE, BEGUN).when(propose(target=2), "patricia").then(proposed(target=2))
    given(*PLACE, BEGUN).when(propose(target=1), "patricia").then_refused(
        "The target, level 1, is below where the school stands on CI.2, level 2. Aim at that level or higher."
    )


def test_a_target_is_a_level_of_the_rubric() -> None:
    given(*PLACE, BEGUN).when(propose(target=5), "patricia").then_refused("There is no level 5. Levels go from 1 to 4.")


def test_a_baseline_on_another_scale_is_kept_and_not_compared() -> None:
    old = ReviewScheduled(
        review="m0",
        school="maple",
        date=DAY,
        rubric="old",
        levels=7,
        focus=("CI.1",),
        team=(Member(person="ruth", role="facilitator"),),
    )
    stood = ConsensusReached(review="m0", indicator="CI.1", level=6, rationale=Prose("Seen"))
    on_seven = (Baseline(indicator="CI.1", level=6, levels=7, review="m0"),)
    given(*PLACE, old, stood, BEGUN).when(
        propose(indicators=(StandsAt(indicator="CI.1", review="m0"),)), "patricia"
    ).then(proposed(baselines=on_seven))


def test_indicators_are_the_rubrics_and_named_once() -> None:
    story = given(*PLACE, BEGUN)
    story.when(propose(indicators=(StandsAt(indicator="ZZ.1"),)), "patricia").then_refused(
        "ZZ.1: not in the rubric version pif-1. Check the indicators."
    )
    twice = (StandsAt(indicator="CI.1"), StandsAt(indicator="CI.1"))
    story.when(propose(indicators=twice), "patricia").then_refused("An indicator is named twice. Name each once.")


def test_the_review_named_must_say_where_this_school_stands() -> None:
    elsewhere = ReviewScheduled(
        review="e1",
        school="elm",
        date=DAY,
        rubric="pif-1",
        levels=4,
        focus=("CI.2",),
        team=(Member(person="ruth", role="facilitator"),),
    )
    story = given(*PLACE, elsewhere, BEGUN)

    def by(review: str, code: str = "CI.2") -> tuple[StandsAt, ...]:
        return (StandsAt(indicator=code, review=review),)

    story.when(propose(indicators=by("nowhere")), "patricia").then_refused("There is no review with the id nowhere.")
    story.when(propose(indicators=by("e1")), "patricia").then_refused(
        "The review e1 is of another school. Choose one of this school."
    )
    for code in ("CI.1", "CI.3"):
        story.when(propose(indicators=by("m1", code)), "patricia").then_refused(
            f"The review m1 has no consensus on {code}, so it does not say where the school stands on it."
        )


def test_an_aim_is_set_anew_and_once() -> None:
    aimed = OutcomeAimed(outcomes="o1", outcome="readers", baselines=BASELINES, target=4)
    (
        given(*DRAFT)
        .when(aim(4), "patricia")
        .then(aimed)
        .when(aim(4), "daniel")
        .then_nothing()
        .when(aim(1), "daniel")
        .then_refused(
            "The target, level 1, is below where the school stands on CI.2, level 2. Aim at that level or higher."
        )
    )


def test_an_adopted_aim_changes_with_a_reason() -> None:
    given(*ADOPTED).when(aim(4), "patricia").then_refused("These outcomes are adopted. Say why the aim changes.")
    given(*ADOPTED).when(aim(4, reason="We are there"), "patricia").then(
        OutcomeAimed(outcomes="o1", outcome="readers", baselines=BASELINES, target=4, reason=Prose("We are there"))
    )


# Withdrawing, moving, owning


WITHDRAW = WithdrawOutcome(outcomes="o1", outcome="readers", reason="Too many")
RESTORE = RestoreOutcome(outcomes="o1", outcome="readers")


def test_an_outcome_is_withdrawn_with_a_reason_and_taken_in_again() -> None:
    (
        given(*DRAFT)
        .when(WITHDRAW, "patricia")
        .then(withdrawn())
        .when(WITHDRAW, "daniel")
        .then_nothing()
        .when(aim(4), "daniel")
        .then_refused(IS_WITHDRAWN)
        .when(RESTORE, "daniel")
        .then(OutcomeRestored(outcomes="o1", outcome="readers"))
        .when(RESTORE, "tomas")
        .then_nothing()
    )


def test_adopted_outcomes_are_not_proposed_withdrawn_restored_or_moved() -> None:
    for command in (WITHDRAW, RESTORE, propose("writers"), MoveOutcome(outcomes="o1", outcome="readers")):
        given(*ADOPTED).when(command, "patricia").then_refused(IS_ADOPTED)


def test_an_outcome_stands_where_it_is_put() -> None:
    three = (*DRAFT, proposed("writers"), proposed("families"))
    first = OutcomeMoved(outcomes="o1", outcome="families")
    (
        given(*three)
        .when(MoveOutcome(outcomes="o1", outcome="families"), "patricia")
        .then(first)
        .when(MoveOutcome(outcomes="o1", outcome="families"), "patricia")
        .then_nothing()
        .when(MoveOutcome(outcomes="o1", outcome="readers", after="families"), "patricia")
        .then_nothing()
        .when(MoveOutcome(outcomes="o1", outcome="readers", after="writers"), "patricia")
        .then(OutcomeMoved(outcomes="o1", outcome="readers", after="writers"))
    )
    given(*three).when(MoveOutcome(outcomes="o1", outcome="readers", after="readers"), "patricia").then_refused(
        "An outcome cannot stand after itself. Choose another place."
    )
    given(*three).when(MoveOutcome(outcomes="o1", outcome="readers", after="nobody"), "patricia").then_refused(
        "There is no outcome with the id nobody here."
    )


def test_an_outcome_has_one_owner_or_none() -> None:
    gil = AssignOutcome(outcomes="o1", outcome="readers", owner="gil")
    nobody = AssignOutcome(outcomes="o1", outcome="readers")
    (
        given(*ADOPTED)
        .when(gil, "patricia")
        .then(OutcomeAssigned(outcomes="o1", outcome="readers", owner="gil"))
        .when(gil, "daniel")
        .then_nothing()
        .when(nobody, "daniel")
        .then(OutcomeAssigned(outcomes="o1", outcome="readers", owner=None))
    )


@pytest.mark.parametrize("owner", ["flor", "ruth", "nobody"])
def test_an_owner_has_a_part_in_the_schools_work(owner: str) -> None:
    refusal = f"{owner} has no part in this school's work. Choose someone else as owner."
    given(*DRAFT).when(AssignOutcome(outcomes="o1", outcome="readers", owner=owner), "patricia").then_refused(refusal)
    given(*DRAFT).when(propose("writers", owner=owner), "patricia").then_refused(refusal)


@pytest.mark.parametrize("actor", ["gil", "flor", "amara", "olivia", "ruth"])
def test_others_steer_nothing(actor: str) -> None:
    commands = (
        WITHDRAW,
        RESTORE,
        MoveOutcome(outcomes="o1", outcome="readers"),
        aim(4),
        AssignOutcome(outcomes="o1", outcome="readers"),
        conclude(),
    )
    for command in commands:
        given(*DRAFT).when(command, actor).then_not_allowed(STEERING)


def test_what_is_steered_is_there() -> None:
    commands = (WITHDRAW, MoveOutcome(outcomes="o1", outcome="readers"), aim(4))
    for command in commands:
        given(*PLACE, BEGUN).when(command, "patricia").then_refused(NO_OUTCOME)


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
