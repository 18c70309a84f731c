"""Rating in a review: blind until the reveal, late after it, and the consensus at the end."""

import pytest

from daybook.events.core import Prose
from daybook.events.people import RoleGranted, TeamJoined
from daybook.events.review import (
    Answer,
    ConsensusReached,
    Dissent,
    DissentKept,
    EvidenceWithdrawn,
    Member,
    MemberAdded,
    MemberRemoved,
    RatingGiven,
    RatingsRevealed,
    RatingWithdrawn,
)
from daybook.events.review_commands import AddMember, GiveRating, RecordConsensus, RevealRatings, WithdrawRating
from daybook.events.review_state import Review
from tests.review_world import (
    CLOSED,
    NETWORK,
    OPEN,
    OPENED,
    PEOPLE,
    SCHEDULED,
    SCHOOL,
    TEAM,
    agreed,
    give,
    noted,
    rated,
    revealed,
    rubric_version,
    scheduled,
)
from tests.stories import given, happened

FACILITATOR_ONLY = "Only this review's facilitator does this."
NOT_ON_TEAM = "You are not on this review's team. Its facilitator can add you."
NOT_OPEN = "This review is not open yet. Its facilitator opens it on the day."
REVIEWERS_ONLY = "Only this review's reviewers rate."
LEADER_DOES_NOT = "You lead this school: its self-review stands beside the team's ratings, and you do not rate."

TAKE_BACK = WithdrawRating(review="m1", indicator="CI.2")
REVEAL = RevealRatings(review="m1", indicator="CI.2")


def agree(
    level: int = 3,
    code: str = "CI.2",
    rationale: str = "Most of us saw it",
    evidence: tuple[str, ...] = (),
    dissent: tuple[Dissent, ...] = (),
) -> RecordConsensus:
    return RecordConsensus(
        review="m1", indicator=code, level=level, rationale=rationale, evidence=evidence, dissent=dissent
    )


# Rating


@pytest.mark.parametrize("answer", [1, 4, "insufficient-evidence", "abstain"])
def test_a_reviewer_answers(answer: Answer) -> None:
    given(*OPEN).when(GiveRating(review="m1", indicator="CI.2", answer=answer), "ana").then(
        RatingGiven(review="m1", indicator="CI.2", person="ana", answer=answer)
    )


def test_pressed_twice_it_is_said_once() -> None:
    given(*OPEN).when(give(3), "ana").then(rated("ana", 3)).when(give(3), "ana").then_nothing()


def test_a_reviewer_thinks_again_before_the_reveal() -> None:
    given(*OPEN, rated("ana", 3)).when(give(2), "ana").then(rated("ana", 2)).when(give(3), "ana").then(rated("ana", 3))


def test_reviewers_and_indicators_stand_apart() -> None:
    (
        given(*OPEN, rated("ana", 3))
        .when(give(3), "ben")
        .then(rated("ben", 3))
        .when(give(3, "CI.1"), "ana")
        .then(rated("ana", 3, "CI.1"))
    )


def test_a_reviewer_rates_without_having_said_that_they_arrived() -> None:
    given(*OPEN).when(give(3), "chiyo").then(rated("chiyo", 3))


@pytest.mark.parametrize("levels", [2, 3, 7])
def test_the_levels_are_those_of_the_rubric_version(levels: int) -> None:
    story = given(*PEOPLE, SCHOOL, *rubric_version(levels), scheduled(levels), OPENED)
    story.when(give(levels), "ana").then(rated("ana", levels))
    if levels < 7:  # the type of the field says that no rubric has more than seven
        story.when(give(levels + 1), "ana").then_refused(
            f"This review's rubric has {levels} levels; there is no level {levels + 1}."
        )


def test_only_focus_indicators_are_rated() -> None:
    given(*OPEN).when(give(3, "CI.3"), "ana").then_refused("CI.3 is not one of this review's focus indicators.")
    given(*OPEN).when(WithdrawRating(review="m1", indicator="CI.3"), "ana").then_refused(
        "CI.3 is not one of this review's focus indicators."
    )


@pytest.mark.parametrize("actor", ["ruth", "flor"])
def test_facilitator_and_observers_do_not_rate(actor: str) -> None:
    given(*OPEN).when(give(3), actor).then_not_allowed(REVIEWERS_ONLY)
    given(*OPEN).when(TAKE_BACK, actor).then_not_allowed(REVIEWERS_ONLY)


@pytest.mark.parametrize("actor", ["patricia", "daniel", "amara", "olivia"])
def test_nobody_off_the_team_rates(actor: str) -> None:
    given(*OPEN).when(give(3), actor).then_not_allowed(NOT_ON_TEAM)
    given(*OPEN).when(TAKE_BACK, actor).then_not_allowed(NOT_ON_TEAM)


def test_a_reviewer_who_was_taken_off_the_team_rates_no_more() -> None:
    given(*OPEN, rated("ana", 3), MemberRemoved(review="m1", person="ana")).when(give(2), "ana").then_not_allowed(
        NOT_ON_TEAM
    )


def test_nobody_rates_before_the_day_or_after_it() -> None:
    given(*SCHEDULED).when(give(3), "ana").then_refused(NOT_OPEN)
    given(*OPEN, CLOSED).when(give(3), "ana").then_refused("This review is closed and takes no ratings.")


# Leaders of the school


def test_who_came_to_lead_the_school_after_scheduling_does_not_rate_it() -> None:
    story = given(*OPEN, rated("ana", 3), RoleGranted(person="ana", role="school-leader", school="maple"))
    story.when(give(2), "ana").then_not_allowed(LEADER_DOES_NOT)
    story.when(TAKE_BACK, "ana").then_not_allowed(LEADER_DOES_NOT)
    given(*OPEN, TeamJoined(team="maple-ilt", person="ben")).when(give(2), "ben").then_not_allowed(LEADER_DOES_NOT)


def test_leaders_of_another_school_rate() -> None:
    given(*OPEN, RoleGranted(person="ana", role="school-leader", school="oak")).when(give(2), "ana").then(
        rated("ana", 2)
    )


def test_leaders_of_the_school_rate_where_the_network_wants_that() -> None:
    team = (*TEAM, Member(person="patricia", role="reviewer"))
    given(*NETWORK, scheduled(ilt_rates=True, team=team), OPENED).when(give(2), "patricia").then(rated("patricia", 2))


# Taking back


def test_a_reviewer_takes_a_blind_rating_back() -> None:
    (
        given(*OPEN, rated("ana", 3))
        .when(TAKE_BACK, "ana")
        .then(RatingWithdrawn(review="m1", indicator="CI.2", person="ana"))
        .when(TAKE_BACK, "ana")
        .then_nothing()
        .when(give(3), "ana")
        .then(rated("ana", 3))
    )


def test_taking_back_leaves_the_ratings_of_others() -> None:
    given(*OPEN, rated("ana", 3)).when(TAKE_BACK, "ben").then_nothing()


def test_a_revealed_rating_is_not_taken_back() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo")).when(TAKE_BACK, "ana").then_refused(
        "The ratings of CI.2 are revealed and stay on the record."
    )


def test_nothing_is_taken_back_before_the_day_or_after_it() -> None:
    given(*SCHEDULED).when(TAKE_BACK, "ana").then_refused(NOT_OPEN)
    given(*OPEN, CLOSED).when(TAKE_BACK, "ana").then_refused("This review is closed and keeps its ratings as they are.")


# The reveal


def test_the_facilitator_reveals_an_indicator_when_all_have_answered() -> None:
    (
        given(*OPEN, rated("ana", 3), rated("ben", "abstain"), rated("chiyo", 2))
        .when(REVEAL, "ruth")
        .then(RatingsRevealed(review="m1", indicator="CI.2", missing=()))
        .when(REVEAL, "ruth")
        .then_nothing()
    )


def test_a_reveal_says_who_had_not_answered_in_the_order_of_the_team() -> None:
    given(*OPEN, rated("ben", 3)).when(REVEAL, "ruth").then(revealed("ana", "chiyo"))


def test_a_rating_that_was_taken_back_is_missing() -> None:
    given(*OPEN, rated("ana", 3), rated("ben", 3), RatingWithdrawn(review="m1", indicator="CI.2", person="ana")).when(
        REVEAL, "ruth"
    ).then(revealed("ana", "chiyo"))


def test_only_reviewers_of_now_are_missed() -> None:
    given(
        *OPEN,
        rated("ben", 3),
        MemberRemoved(review="m1", person="ana"),
        MemberAdded(review="m1", person="chiyo", role="observer"),
        MemberAdded(review="m1", person="dolores", role="reviewer"),
    ).when(REVEAL, "ruth").then(revealed("dolores"))


def test_with_no_rating_there_is_nothing_to_reveal() -> None:
    given(*OPEN, rated("ana", 3, "CI.1")).when(REVEAL, "ruth").then_refused(
        "Nobody has rated CI.2 yet, so there is nothing to reveal."
    )


def test_only_focus_indicators_are_revealed() -> None:
    given(*OPEN).when(RevealRatings(review="m1", indicator="CI.3"), "ruth").then_refused(
        "CI.3 is not one of this review's focus indicators."
    )


@pytest.mark.parametrize("actor", ["ana", "flor", "daniel", "patricia", "amara"])
def test_nobody_but_the_facilitator_reveals(actor: str) -> None:
    given(*OPEN, rated("ana", 3)).when(REVEAL, actor).then_not_allowed(FACILITATOR_ONLY)


def test_nothing_is_revealed_before_the_day_or_after_it() -> None:
    given(*SCHEDULED).when(REVEAL, "ruth").then_refused(NOT_OPEN)
    given(*OPEN, CLOSED).when(REVEAL, "ruth").then_refused(
        "This review is closed and shows its ratings as they were revealed."
    )


# After the reveal


def test_a_rating_after_the_reveal_is_kept_as_late() -> None:
    (
        given(*OPEN, rated("ana", 3), revealed("ben", "chiyo"))
        .when(give(2), "ben")
        .then(RatingGiven(review="m1", indicator="CI.2", person="ben", answer=2, late=True))
        .when(give(2), "ben")
        .then_nothing()
        .when(give(3), "ben")
        .then(rated("ben", 3, late=True))
    )


def test_the_same_answer_again_after_the_reveal_is_nothing_new() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo")).when(give(3), "ana").then_nothing()


def test_another_answer_after_the_reveal_stands_beside_the_first() -> None:
    (
        given(*OPEN, rated("ana", 3), revealed("ben", "chiyo"))
        .when(give(2), "ana")
        .then(rated("ana", 2, late=True))
        .when(give(2), "ana")
        .then_nothing()
        .when(give(3), "ana")
        .then(rated("ana", 3, late=True))
    )
    history = happened([*OPEN, rated("ana", 3), revealed("ben", "chiyo"), rated("ana", 2, late=True)])
    review = history.state("review:m1")
    assert isinstance(review, Review)
    assert (review.rounds["CI.2"].answers, review.rounds["CI.2"].late) == ({"ana": 3}, {"ana": 2})


def test_an_indicator_that_is_not_revealed_is_still_blind() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo")).when(give(2, "CI.1"), "ana").then(rated("ana", 2, "CI.1"))


# The consensus


def test_the_facilitator_records_the_consensus() -> None:
    dissent = (Dissent(text="I saw less", person="ben"), Dissent(text="So did I"))
    given(*OPEN, rated("ana", 3), rated("ben", 1), revealed("chiyo"), noted("e1")).when(
        agree(evidence=("e1",), dissent=dissent), "ruth"
    ).then(
        ConsensusReached(
            review="m1",
            indicator="CI.2",
            level=3,
            rationale=Prose("Most of us saw it"),
            evidence=("e1",),
            dissent=(
                DissentKept(text=Prose("I saw less"), person="ben"),
                DissentKept(text=Prose("So did I"), person=None),
            ),
        )
    )


def test_a_second_consensus_takes_the_place_of_the_first() -> None:
    story = (
        given(*OPEN, rated("ana", 3), revealed("ben", "chiyo"))
        .when(agree(3), "ruth")
        .then(agreed(3))
        .when(agree(3), "ruth")
        .then_nothing()
        .when(agree(2), "ruth")
        .then(agreed(2))
        .when(agree(2, rationale="We read it again"), "ruth")
        .then(agreed(2, rationale="We read it again"))
    )
    story.when(agree(2), "ruth").then(agreed(2))


def test_a_consensus_may_lie_outside_what_was_rated() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo")).when(agree(1), "ruth").then(agreed(1))


def test_there_is_no_consensus_before_the_reveal() -> None:
    given(*OPEN, rated("ana", 3)).when(agree(), "ruth").then_refused(
        "Reveal the ratings of CI.2 before recording a consensus."
    )


@pytest.mark.parametrize("levels", [2, 3])
def test_a_consensus_is_on_a_level_of_the_rubric_version(levels: int) -> None:
    story = given(
        *PEOPLE, SCHOOL, *rubric_version(levels), scheduled(levels), OPENED, rated("ana", 1), revealed("ben", "chiyo")
    )
    story.when(agree(levels), "ruth").then(agreed(levels))
    story.when(agree(levels + 1), "ruth").then_refused(
        f"This review's rubric has {levels} levels; there is no level {levels + 1}."
    )


def test_a_seven_level_rubric_is_agreed_on_up_to_seven() -> None:
    given(*PEOPLE, SCHOOL, *rubric_version(7), scheduled(7), OPENED, rated("ana", 7), revealed("ben", "chiyo")).when(
        agree(7), "ruth"
    ).then(agreed(7))


def test_a_consensus_is_on_a_focus_indicator() -> None:
    given(*OPEN).when(agree(code="CI.3"), "ruth").then_refused("CI.3 is not one of this review's focus indicators.")


def test_a_consensus_cites_evidence_of_the_review() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo"), noted("e1")).when(
        agree(evidence=("e1", "e2", "e3")), "ruth"
    ).then_refused("There is no evidence with the id e2 in this review.")


def test_a_consensus_may_cite_evidence_that_was_withdrawn_since() -> None:
    withdrawn = EvidenceWithdrawn(review="m1", evidence="e1")
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo"), noted("e1"), withdrawn).when(
        agree(evidence=("e1",)), "ruth"
    ).then(
        ConsensusReached(review="m1", indicator="CI.2", level=3, rationale=Prose("Most of us saw it"), evidence=("e1",))
    )


def test_dissent_by_name_is_a_team_members() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo")).when(
        agree(dissent=(Dissent(text="No"), Dissent(text="No", person="patricia"))), "ruth"
    ).then_refused("patricia is not on this review's team, so the dissent cannot be theirs.")


@pytest.mark.parametrize("actor", ["ana", "flor", "daniel", "patricia"])
def test_nobody_but_the_facilitator_records_a_consensus(actor: str) -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo")).when(agree(), actor).then_not_allowed(FACILITATOR_ONLY)


def test_no_consensus_is_recorded_before_the_day_or_after_it() -> None:
    given(*SCHEDULED).when(agree(), "ruth").then_refused(NOT_OPEN)
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo"), CLOSED).when(agree(), "ruth").then_refused(
        "This review is closed and keeps the consensus it reached."
    )


def test_a_facilitator_who_handed_over_reveals_no_more() -> None:
    (
        given(*OPEN, rated("ana", 3), MemberAdded(review="m1", person="ben", role="facilitator"))
        .when(AddMember(review="m1", person="ruth", role="observer"), "ben")
        .then(MemberAdded(review="m1", person="ruth", role="observer"))
        .when(REVEAL, "ruth")
        .then_not_allowed(FACILITATOR_ONLY)
        .when(REVEAL, "ben")
        .then(revealed("chiyo"))
    )
