"""Roles and teams: who may change them, and what keeps a network from losing its last administrator."""

from daybook.events.people import (
    FormTeam,
    GrantRole,
    JoinTeam,
    LeaveTeam,
    People,
    RevokeRole,
    RoleGranted,
    RoleRevoked,
    TeamFormed,
    TeamJoined,
    TeamLeft,
)
from tests.stories import given, happened

FOUNDED = RoleGranted(person="amara", role="network-administrator")
SECOND = RoleGranted(person="boris", role="network-administrator")
ILT = TeamFormed(team="maple-ilt", school="maple", kind="ilt", name="Leadership Team")
GRADE_4 = TeamFormed(team="maple-grade-4", school="maple", kind="grade-level", name="Grade 4")
ADMINISTRATORS_ONLY = "Only a network administrator may do this. Ask yours to do it for you."


def test_the_first_administrator_needs_nobodys_leave() -> None:
    given().when(GrantRole(person="amara", role="network-administrator"), "amara").then(FOUNDED)


def test_the_first_role_can_be_no_other() -> None:
    given().when(GrantRole(person="amara", role="network-leader"), "amara").then_not_allowed(ADMINISTRATORS_ONLY)


def test_once_there_is_an_administrator_nobody_makes_themselves_one() -> None:
    given(FOUNDED).when(GrantRole(person="eve", role="network-administrator"), "eve").then_not_allowed(
        ADMINISTRATORS_ONLY
    )


def test_the_first_administrator_is_of_the_whole_network() -> None:
    given().when(GrantRole(person="amara", role="network-administrator", school="maple"), "amara").then_refused(
        "The role network-administrator is held at the whole network. Leave the school out."
    )


def test_an_administrator_gives_a_role_at_the_network_and_at_a_school() -> None:
    (
        given(FOUNDED)
        .when(GrantRole(person="daniel", role="network-leader"), "amara")
        .then(RoleGranted(person="daniel", role="network-leader"))
        .when(GrantRole(person="patricia", role="school-leader", school="maple"), "amara")
        .then(RoleGranted(person="patricia", role="school-leader", school="maple"))
    )


def test_a_role_given_twice_is_given_once() -> None:
    leader = RoleGranted(person="daniel", role="network-leader", school="maple")
    given(FOUNDED, leader).when(
        GrantRole(person="daniel", role="network-leader", school="maple"), "amara"
    ).then_nothing()


def test_one_role_at_two_schools_is_two_roles() -> None:
    (
        given(FOUNDED, RoleGranted(person="daniel", role="network-leader", school="maple"))
        .when(GrantRole(person="daniel", role="network-leader", school="oak"), "amara")
        .then(RoleGranted(person="daniel", role="network-leader", school="oak"))
    )


def test_a_school_leader_leads_a_school_that_is_named() -> None:
    given(FOUNDED).when(GrantRole(person="patricia", role="school-leader"), "amara").then_refused(
        "The role school-leader is held at a school. Say which school."
    )
    given(FOUNDED).when(GrantRole(person="tomas", role="team-member"), "amara").then_refused(
        "The role team-member is held at a school. Say which school."
    )


def test_an_auditor_is_an_auditor_of_the_whole_network() -> None:
    given(FOUNDED).when(GrantRole(person="olivia", role="auditor", school="maple"), "amara").then_refused(
        "The role auditor is held at the whole network. Leave the school out."
    )


def test_an_administrator_ends_a_role() -> None:
    leader = RoleGranted(person="patricia", role="school-leader", school="maple")
    (
        given(FOUNDED, leader)
        .when(RevokeRole(person="patricia", role="school-leader", school="maple"), "amara")
        .then(RoleRevoked(person="patricia", role="school-leader", school="maple"))
        .when(RevokeRole(person="patricia", role="school-leader", school="maple"), "amara")
        .then_nothing()
    )


def test_a_role_at_another_school_is_not_ended() -> None:
    leader = RoleGranted(person="patricia", role="school-leader", school="maple")
    given(FOUNDED, leader).when(
        RevokeRole(person="patricia", role="school-leader", school="oak"), "amara"
    ).then_nothing()


def test_a_network_keeps_its_last_administrator() -> None:
    given(FOUNDED).when(RevokeRole(person="amara", role="network-administrator"), "amara").then_refused(
        "This is the network's last administrator. Make someone else one first."
    )


def test_with_another_administrator_there_the_first_may_go() -> None:
    (
        given(FOUNDED, SECOND)
        .when(RevokeRole(person="amara", role="network-administrator"), "amara")
        .then(RoleRevoked(person="amara", role="network-administrator"))
        .when(RevokeRole(person="boris", role="network-administrator"), "amara")
        .then_not_allowed(ADMINISTRATORS_ONLY)
        .when(RevokeRole(person="boris", role="network-administrator"), "boris")
        .then_refused("This is the network's last administrator. Make someone else one first.")
    )


def test_an_administrator_forms_a_team_and_people_join_and_leave_it() -> None:
    (
        given(FOUNDED)
        .when(FormTeam(team="maple-ilt", school="maple", kind="ilt", name="Leadership Team"), "amara")
        .then(ILT)
        .when(JoinTeam(team="maple-ilt", person="patricia"), "amara")
        .then(TeamJoined(team="maple-ilt", person="patricia"))
        .when(JoinTeam(team="maple-ilt", person="patricia"), "amara")
        .then_nothing()
        .when(LeaveTeam(team="maple-ilt", person="patricia"), "amara")
        .then(TeamLeft(team="maple-ilt", person="patricia"))
        .when(LeaveTeam(team="maple-ilt", person="patricia"), "amara")
        .then_nothing()
    )


def test_two_teams_do_not_share_an_id() -> None:
    given(FOUNDED, ILT).when(
        FormTeam(team="maple-ilt", school="oak", kind="department", name="Science"), "amara"
    ).then_refused("There is already a team with the id maple-ilt. Choose another.")


def test_nobody_joins_or_leaves_a_team_that_is_not_there() -> None:
    story = given(FOUNDED)
    story.when(JoinTeam(team="ghosts", person="ana"), "amara").then_refused("There is no team with the id ghosts.")
    story.when(LeaveTeam(team="ghosts", person="ana"), "amara").then_refused("There is no team with the id ghosts.")


def test_whoever_is_no_administrator_changes_no_role_and_no_team() -> None:
    story = given(FOUNDED, ILT, RoleGranted(person="patricia", role="school-leader", school="maple"))
    for command in (
        GrantRole(person="patricia", role="auditor"),
        RevokeRole(person="amara", role="network-administrator"),
        FormTeam(team="new", school="maple", kind="department", name="Science"),
        JoinTeam(team="maple-ilt", person="patricia"),
        LeaveTeam(team="maple-ilt", person="patricia"),
    ):
        story.when(command, "patricia").then_not_allowed(ADMINISTRATORS_ONLY)


def people_after(*events: RoleGranted | RoleRevoked | TeamFormed | TeamJoined | TeamLeft) -> People:
    return happened(events).people()


def test_a_school_is_led_by_its_leader_and_by_the_members_of_its_ilt() -> None:
    people = people_after(
        ILT,
        GRADE_4,
        RoleGranted(person="patricia", role="school-leader", school="maple"),
        TeamJoined(team="maple-ilt", person="tomas"),
        TeamJoined(team="maple-grade-4", person="ana"),
    )
    assert people.leads("patricia", "maple")
    assert people.leads("tomas", "maple")
    assert not people.leads("ana", "maple")
    assert not people.leads("patricia", "oak")
    assert not people.leads("tomas", "oak")


def test_who_left_the_ilt_leads_no_more() -> None:
    people = people_after(ILT, TeamJoined(team="maple-ilt", person="tomas"), TeamLeft(team="maple-ilt", person="tomas"))
    assert not people.leads("tomas", "maple")


def test_a_role_at_the_network_holds_at_every_school_and_not_the_other_way_round() -> None:
    people = people_after(
        RoleGranted(person="daniel", role="network-leader"),
        RoleGranted(person="carla", role="network-leader", school="maple"),
    )
    assert people.holds("daniel", "network-leader", "maple")
    assert people.holds("carla", "network-leader", "maple")
    assert not people.holds("carla", "network-leader", "oak")
    assert not people.holds("carla", "network-leader")


def test_a_persons_schools_are_those_of_their_roles_and_teams() -> None:
    people = people_after(
        ILT,
        TeamJoined(team="maple-ilt", person="tomas"),
        RoleGranted(person="tomas", role="observer", school="oak"),
        RoleGranted(person="tomas", role="auditor"),
    )
    assert people.schools_of("tomas") == {"maple", "oak"}
    assert people.schools_of("ana") == set()


def test_a_part_at_some_schools_is_a_role_or_a_team_there_or_a_role_at_all_schools() -> None:
    cedar_ilt = TeamFormed(team="cedar-ilt", school="cedar", kind="ilt", name="Leadership Team")
    people = happened(
        [
            FOUNDED,
            RoleGranted(person="lena", role="network-leader"),
            RoleGranted(person="otto", role="network-leader", school="cedar"),
            RoleGranted(person="aud", role="auditor"),
            RoleGranted(person="pat", role="school-leader", school="maple"),
            ILT,
            TeamJoined(team="maple-ilt", person="tess"),
            cedar_ilt,
            TeamJoined(team="cedar-ilt", person="cem"),
        ]
    ).people()
    assert people.with_a_part_at({"maple"}) == {"amara", "lena", "pat", "tess"}
    assert people.with_a_part_at({"cedar"}) == {"amara", "lena", "otto", "cem"}
    assert people.with_a_part_at(set()) == set()
