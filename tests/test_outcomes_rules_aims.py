"""June Outcomes: proposed, aimed, withdrawn, put in order and owned."""

import pytest

from daybook.events.core import Prose
from daybook.events.outcomes import Baseline, OutcomeAimed, OutcomeAssigned, OutcomeMoved, OutcomeRestored
from daybook.events.outcomes_commands import (
    AdoptOutcomes,
    AssignOutcome,
    MoveOutcome,
    RestoreOutcome,
    StandsAt,
    WithdrawOutcome,
)
from daybook.events.review import ConsensusReached, Member, ReviewScheduled
from tests.outcomes_world import (
    ADOPTED,
    ADOPTION,
    BASELINES,
    BEGUN,
    DRAFT,
    PLACE,
    SIGNED,
    aim,
    conclude,
    propose,
    proposed,
    withdrawn,
)
from tests.review_world import DAY
from tests.stories import given

STEERING = "Only the school's leaders and the network's leaders for it do this. You can comment."
NO_OUTCOME = "There is no outcome with the id readers here."
IS_ADOPTED = "These outcomes are adopted. Change their words or their aim by an amendment, and say why."
IS_WITHDRAWN = "This outcome is withdrawn. Restore it first."


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


def review_of(
    review: str, *focus: str, school: str = "maple", rubric: str = "pif-1", levels: int = 4
) -> ReviewScheduled:
    team = (Member(person="ruth", role="facilitator"),)
    return ReviewScheduled(review=review, school=school, date=DAY, rubric=rubric, levels=levels, focus=focus, team=team)


LATER = review_of("m2", "CI.2")
RISEN = ConsensusReached(review="m2", indicator="CI.2", level=3, rationale=Prose("Seen again"))
NOW = (Baseline(indicator="CI.2", level=3, levels=4, review="m2"),)


@pytest.mark.parametrize("seen", ["m1", None])
def test_an_outcome_begins_from_the_latest_consensus_whatever_its_author_had_seen(seen: str | None) -> None:
    at = (StandsAt(indicator="CI.2", review=seen),)
    given(*PLACE, LATER, RISEN, BEGUN).when(propose(indicators=at), "patricia").then(proposed(baselines=NOW))
    given(*PLACE, LATER, RISEN, BEGUN).when(propose(indicators=at, target=2), "patricia").then_refused(
        "The target, level 2, is below where the school stands on CI.2, level 3. Aim at that level or higher."
    )
    given(*DRAFT, LATER, RISEN).when(aim(3, indicators=at), "patricia").then(
        OutcomeAimed(outcomes="o1", outcome="readers", baselines=NOW, target=3)
    )


def test_what_was_adopted_keeps_what_it_began_from() -> None:
    given(*ADOPTED, LATER, RISEN).when(aim(4, reason="We are there"), "patricia").then(
        OutcomeAimed(outcomes="o1", outcome="readers", baselines=BASELINES, target=4, reason=Prose("We are there"))
    )


def test_what_was_left_out_of_an_adopted_aim_and_taken_in_again_begins_from_what_was_adopted() -> None:
    unrated = Baseline(indicator="CI.3")
    two = (*BASELINES, unrated)
    only = OutcomeAimed(outcomes="o1", outcome="readers", baselines=(unrated,), target=3, reason=Prose("Too much"))
    both = (StandsAt(indicator="CI.2", review="m2"), StandsAt(indicator="CI.3"))
    adopted = (*PLACE, BEGUN, proposed(baselines=two), *SIGNED, ADOPTION)
    given(*adopted, only, LATER, RISEN).when(
        aim(3, indicators=both, reason="After all", replaces="aim-1"), "patricia"
    ).then(OutcomeAimed(outcomes="o1", outcome="readers", baselines=two, target=3, reason=Prose("After all")))


def test_who_aims_has_read_the_aim_that_stands() -> None:
    aimed = OutcomeAimed(outcomes="o1", outcome="readers", baselines=BASELINES, target=4)
    changed = (
        "Someone changed this aim while you were choosing. Compare it with yours, and send yours again to put it "
        "in its place."
    )
    (
        given(*DRAFT, aimed)
        .when(aim(3), "daniel")
        .then_refused(changed)
        .when(aim(4), "daniel")
        .then_nothing()
        .when(aim(3, replaces="aim-1"), "daniel")
        .then(OutcomeAimed(outcomes="o1", outcome="readers", baselines=BASELINES, target=3))
        .when(aim(2, replaces="aim-1"), "patricia")
        .then_refused(changed)
    )


def test_a_consensus_of_another_school_says_nothing_here() -> None:
    other = review_of("m9", "CI.2", school="oak")
    stood = ConsensusReached(review="m9", indicator="CI.2", level=4, rationale=Prose("Elsewhere"))
    given(*PLACE, other, stood, BEGUN).when(propose(), "patricia").then(proposed())


def test_a_target_is_no_lower_than_where_the_school_stands() -> None:
    given(*PLACE, BEGUN).when(propose(target=2), "patricia").then(proposed(target=2))
    given(*PLACE, BEGUN).when(propose(target=1), "patricia").then_refused(
        "The target, level 1, is below where the school stands on CI.2, level 2. Aim at that level or higher."
    )


def test_a_target_is_a_level_of_the_rubric() -> None:
    given(*PLACE, BEGUN).when(propose(target=5), "patricia").then_refused("There is no level 5. Levels go from 1 to 4.")


def test_a_baseline_on_another_scale_is_kept_and_not_compared() -> None:
    old = review_of("m0", "CI.1", rubric="old", levels=7)
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


def test_a_reason_for_an_aim_that_stands_already_is_not_taken_and_dropped() -> None:
    aimed = OutcomeAimed(outcomes="o1", outcome="readers", baselines=BASELINES, target=4, reason=Prose("We are there"))
    given(*ADOPTED, aimed).when(aim(4, reason="They read more"), "daniel").then_refused(
        "The aim is this one already, so there is nothing to give a reason for."
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
        .then_refused(
            "This outcome is left out already, and the page says why. Take it in again first if your reason is to "
            "stand."
        )
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


def test_an_outcome_has_one_owner_and_in_a_draft_one_or_none() -> None:
    gil = AssignOutcome(outcomes="o1", outcome="readers", owner="gil")
    nobody = AssignOutcome(outcomes="o1", outcome="readers")
    (
        given(*DRAFT)
        .when(gil, "patricia")
        .then(OutcomeAssigned(outcomes="o1", outcome="readers", owner="gil"))
        .when(gil, "daniel")
        .then_nothing()
        .when(nobody, "daniel")
        .then(OutcomeAssigned(outcomes="o1", outcome="readers", owner=None))
    )
    (
        given(*ADOPTED)
        .when(gil, "daniel")
        .then(OutcomeAssigned(outcomes="o1", outcome="readers", owner="gil"))
        .when(nobody, "daniel")
        .then_refused("These outcomes are adopted, so somebody carries each of them. Choose who does from now on.")
    )


def test_an_owner_takes_the_place_of_the_one_that_was_read() -> None:
    gil = OutcomeAssigned(outcomes="o1", outcome="readers", owner="gil")
    daniel = AssignOutcome(outcomes="o1", outcome="readers", owner="daniel", replaces=None)
    given(*DRAFT, gil).when(daniel, "patricia").then_refused(
        "Someone changed this since you read it. Look at what stands there now, and send yours again to put it in its "
        "place."
    )
    read = AssignOutcome(outcomes="o1", outcome="readers", owner="daniel", replaces="gil")
    given(*DRAFT, gil).when(read, "patricia").then(OutcomeAssigned(outcomes="o1", outcome="readers", owner="daniel"))


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
