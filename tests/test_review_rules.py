"""A review from its scheduling to its end: who is on the team, and when the day begins and ends."""

import pytest

from daybook.events.people import RoleGranted, TeamJoined
from daybook.events.review import Member, MemberAdded, MemberRemoved, ReviewJoined, ReviewScheduled
from daybook.events.review_commands import AddMember, CloseReview, JoinReview, OpenReview, RemoveMember
from tests.review_world import (
    CLOSED,
    DAY,
    FOCUS,
    NETWORK,
    OPEN,
    OPENED,
    PEOPLE,
    SCHEDULED,
    SCHOOL,
    TEAM,
    noted,
    rated,
    revealed,
    rubric_version,
    schedule,
    scheduled,
)
from tests.stories import given

LEADERS_SCHEDULE = "Only the network's administrators and leaders schedule reviews."
FACILITATOR_ONLY = "Only this review's facilitator does this."
NOT_ON_TEAM = "You are not on this review's team. Its facilitator can add you."
NOT_OPEN = "This review is not open yet. Its facilitator opens it on the day."

OPEN_IT = OpenReview(review="m1")
JOIN = JoinReview(review="m1")
CLOSE = CloseReview(review="m1")


# Scheduling


@pytest.mark.parametrize("actor", ["daniel", "amara"])
def test_a_leader_of_the_network_schedules_a_review(actor: str) -> None:
    given(*NETWORK).when(schedule(), actor).then(
        ReviewScheduled(review="m1", school="maple", date=DAY, rubric="pif-1", levels=4, focus=FOCUS, team=TEAM)
    )


@pytest.mark.parametrize("levels", [2, 3, 7])
def test_a_review_has_as_many_levels_as_its_rubric_version(levels: int) -> None:
    given(*PEOPLE, SCHOOL, *rubric_version(levels)).when(schedule(), "daniel").then(scheduled(levels))


def test_a_leader_of_one_school_schedules_there_and_nowhere_else() -> None:
    story = given(*NETWORK, RoleGranted(person="carla", role="network-leader", school="maple"))
    story.when(schedule(), "carla").then(scheduled())
    story.when(schedule(school="oak"), "carla").then_not_allowed(LEADERS_SCHEDULE)


@pytest.mark.parametrize("actor", ["ruth", "ana", "patricia", "olivia", "flor"])
def test_nobody_else_schedules(actor: str) -> None:
    given(*NETWORK).when(schedule(), actor).then_not_allowed(LEADERS_SCHEDULE)


def test_two_reviews_do_not_share_an_id() -> None:
    given(*SCHEDULED).when(schedule(), "daniel").then_refused(
        "There is already a review with the id m1. Choose another."
    )


def test_a_review_is_of_a_school_that_is_there() -> None:
    given(*NETWORK).when(schedule(school="oak"), "daniel").then_refused("There is no school with the id oak.")


def test_a_review_needs_a_published_rubric_version() -> None:
    sentence = "The rubric version pif-1 is not published, so nobody can rate on it yet."
    given(*PEOPLE, SCHOOL, *rubric_version(published=False)).when(schedule(), "daniel").then_refused(sentence)
    given(*PEOPLE, SCHOOL).when(schedule(), "daniel").then_refused(sentence)


def test_the_focus_is_on_indicators_of_the_version() -> None:
    given(*NETWORK).when(schedule(focus=("CI.2", "CI.9", "FE.1")), "daniel").then_refused(
        "CI.9, FE.1: not in the rubric version pif-1. Check the focus indicators."
    )


def test_a_focus_indicator_is_named_once() -> None:
    given(*NETWORK).when(schedule(focus=("CI.2", "CI.2")), "daniel").then_refused(
        "A focus indicator is named twice. Name each once."
    )


def test_a_person_is_named_once() -> None:
    twice = (*TEAM, Member(person="ana", role="observer"))
    given(*NETWORK).when(schedule(team=twice), "daniel").then_refused(
        "Someone is on the team twice. Name each person once."
    )


def test_a_team_has_a_facilitator() -> None:
    given(*NETWORK).when(schedule(team=TEAM[1:]), "daniel").then_refused("The team has no facilitator. Name one.")


@pytest.mark.parametrize("leader", ["patricia", "tomas"])
def test_leaders_of_the_school_are_no_reviewers_of_it(leader: str) -> None:
    team = (*TEAM, Member(person=leader, role="reviewer"))
    given(*NETWORK).when(schedule(team=team), "daniel").then_refused(
        f"{leader} leads this school and does not rate it in the team round. Choose another reviewer."
    )


@pytest.mark.parametrize("leader", ["patricia", "tomas"])
def test_leaders_of_the_school_review_it_where_the_network_wants_that(leader: str) -> None:
    team = (*TEAM, Member(person=leader, role="reviewer"))
    given(*NETWORK).when(schedule(team=team, ilt_rates=True), "daniel").then(scheduled(ilt_rates=True, team=team))


def test_leaders_of_the_school_may_have_another_part() -> None:
    team = (*TEAM, Member(person="patricia", role="observer"), Member(person="tomas", role="facilitator"))
    given(*NETWORK).when(schedule(team=team), "daniel").then(scheduled(team=team))


# The team


@pytest.mark.parametrize("actor", ["ruth", "daniel", "amara"])
def test_the_facilitator_and_leaders_of_the_network_change_the_team(actor: str) -> None:
    (
        given(*SCHEDULED)
        .when(AddMember(review="m1", person="dolores", role="reviewer"), actor)
        .then(MemberAdded(review="m1", person="dolores", role="reviewer"))
        .when(AddMember(review="m1", person="dolores", role="reviewer"), actor)
        .then_nothing()
        .when(RemoveMember(review="m1", person="dolores"), actor)
        .then(MemberRemoved(review="m1", person="dolores"))
        .when(RemoveMember(review="m1", person="dolores"), actor)
        .then_nothing()
    )


def test_nobody_else_changes_the_team() -> None:
    story = given(*SCHEDULED)
    for actor in ("ana", "flor", "patricia", "olivia"):
        story.when(AddMember(review="m1", person="eve", role="reviewer"), actor).then_not_allowed(LEADERS_SCHEDULE)
        story.when(RemoveMember(review="m1", person="ben"), actor).then_not_allowed(LEADERS_SCHEDULE)


def test_a_member_gets_another_part() -> None:
    given(*OPEN).when(AddMember(review="m1", person="ana", role="observer"), "ruth").then(
        MemberAdded(review="m1", person="ana", role="observer")
    )


def test_leaders_of_the_school_do_not_become_reviewers_later() -> None:
    given(*OPEN).when(AddMember(review="m1", person="tomas", role="reviewer"), "ruth").then_refused(
        "tomas leads this school and does not rate it in the team round. Choose another reviewer."
    )


@pytest.mark.parametrize(
    "command",
    [
        RemoveMember(review="m1", person="ruth"),
        AddMember(review="m1", person="ruth", role="reviewer"),
    ],
)
def test_a_review_keeps_a_facilitator(command: RemoveMember | AddMember) -> None:
    given(*OPEN).when(command, "ruth").then_refused("A review needs a facilitator. Give someone else that part first.")


def test_the_facilitators_part_is_handed_over() -> None:
    (
        given(*OPEN)
        .when(AddMember(review="m1", person="ben", role="facilitator"), "ruth")
        .then(MemberAdded(review="m1", person="ben", role="facilitator"))
        .when(RemoveMember(review="m1", person="ruth"), "ruth")
        .then(MemberRemoved(review="m1", person="ruth"))
        .when(AddMember(review="m1", person="ruth", role="reviewer"), "ruth")
        .then_not_allowed(LEADERS_SCHEDULE)
    )


def test_the_team_of_a_closed_review_stays() -> None:
    sentence = "This review is closed; its team stays as it was."
    story = given(*OPEN, CLOSED)
    story.when(AddMember(review="m1", person="dolores", role="reviewer"), "ruth").then_refused(sentence)
    story.when(RemoveMember(review="m1", person="ana"), "daniel").then_refused(sentence)


# The day


def test_the_facilitator_opens_the_review_once() -> None:
    given(*SCHEDULED).when(OPEN_IT, "ruth").then(OPENED).when(OPEN_IT, "ruth").then_nothing()


@pytest.mark.parametrize("actor", ["ana", "flor", "daniel", "amara", "patricia"])
def test_nobody_else_opens_or_closes_it(actor: str) -> None:
    given(*SCHEDULED).when(OPEN_IT, actor).then_not_allowed(FACILITATOR_ONLY)
    given(*OPEN).when(CLOSE, actor).then_not_allowed(FACILITATOR_ONLY)


def test_a_closed_review_is_not_opened_again() -> None:
    given(*OPEN, CLOSED).when(OPEN_IT, "ruth").then_refused("This review is closed and cannot be opened again.")


@pytest.mark.parametrize("person", ["ruth", "ana", "flor"])
def test_the_team_arrives(person: str) -> None:
    given(*OPEN).when(JOIN, person).then(ReviewJoined(review="m1", person=person)).when(JOIN, person).then_nothing()


def test_only_the_team_arrives() -> None:
    given(*OPEN).when(JOIN, "patricia").then_not_allowed(NOT_ON_TEAM)


def test_nobody_arrives_before_the_day_or_after_it() -> None:
    given(*SCHEDULED).when(JOIN, "ana").then_refused(NOT_OPEN)
    given(*OPEN, CLOSED).when(JOIN, "ana").then_refused("This review is closed and takes nobody in.")


def test_who_was_off_the_team_arrives_anew() -> None:
    (
        given(*OPEN, ReviewJoined(review="m1", person="ana"))
        .when(RemoveMember(review="m1", person="ana"), "ruth")
        .then(MemberRemoved(review="m1", person="ana"))
        .when(AddMember(review="m1", person="ana", role="reviewer"), "ruth")
        .then(MemberAdded(review="m1", person="ana", role="reviewer"))
        .when(JOIN, "ana")
        .then(ReviewJoined(review="m1", person="ana"))
    )


def test_another_part_is_no_new_arrival() -> None:
    (
        given(*OPEN, ReviewJoined(review="m1", person="ana"))
        .when(AddMember(review="m1", person="ana", role="observer"), "ruth")
        .then(MemberAdded(review="m1", person="ana", role="observer"))
        .when(JOIN, "ana")
        .then_nothing()
    )


def test_the_facilitator_closes_the_review_once() -> None:
    given(*OPEN).when(CLOSE, "ruth").then(CLOSED).when(CLOSE, "ruth").then_nothing()


def test_a_review_that_was_never_open_is_not_closed() -> None:
    given(*SCHEDULED).when(CLOSE, "ruth").then_refused(NOT_OPEN)


def test_a_review_with_blind_ratings_is_not_closed() -> None:
    story = given(*OPEN, rated("ana", 2, "CI.1"), rated("ana", 3, "CI.2"))
    story.when(CLOSE, "ruth").then_refused(
        "There are ratings that nobody has seen yet: CI.1, CI.2. Reveal them before closing."
    )
    given(*OPEN, rated("ana", 2, "CI.1"), rated("ana", 3, "CI.2"), revealed("ben", "chiyo")).when(
        CLOSE, "ruth"
    ).then_refused("There are ratings that nobody has seen yet: CI.1. Reveal them before closing.")


def test_a_review_is_closed_without_a_consensus_on_every_indicator() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo"), noted()).when(CLOSE, "ruth").then(CLOSED)


def test_a_review_that_is_not_there_takes_no_command() -> None:
    story = given(*NETWORK)
    for command in (OPEN_IT, JOIN, CLOSE, AddMember(review="m1", person="ana", role="reviewer")):
        story.when(command, "ruth").then_refused("There is no review with the id m1.")


def test_who_joins_the_ilt_is_not_put_on_the_team_as_reviewer() -> None:
    given(*SCHEDULED, TeamJoined(team="maple-ilt", person="dolores")).when(
        AddMember(review="m1", person="dolores", role="reviewer"), "ruth"
    ).then_refused("dolores leads this school and does not rate it in the team round. Choose another reviewer.")
