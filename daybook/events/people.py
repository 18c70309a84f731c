"""Who may do what: roles, and the teams of a school. One stream, `people`, for the whole network.

The stream holds ids only; names and ways to sign in live outside the log. A role is held at the
network or at one school; facilitator and reviewer are roles of one review and live in its stream.
Leaders of a school are those with the role `school-leader` there and the members of its ILT.
"""

from collections.abc import Mapping, Set
from datetime import datetime
from typing import Literal, assert_never

from msgspec import Struct, field

from daybook.events.core import Boundary, Command, Event, Id, Match, Name, NotAllowed, PersonId, Refused

Role = Literal[
    "network-administrator",
    "network-leader",
    "school-leader",
    "team-member",
    "observer",
    "auditor",
]
TeamKind = Literal["ilt", "grade-level", "department", "family-action"]

STREAM = "people"
STANDING = ("role-granted", "role-revoked", "team-joined", "team-left")
"""The events by which what a person may do changes."""


class RoleGranted(Event, frozen=True, tag="role-granted"):
    """Someone got a role, at the network (`school` is None) or at one school."""

    person: PersonId
    role: Role
    school: Id | None = None


class RoleRevoked(Event, frozen=True, tag="role-revoked"):
    """Someone's role ended."""

    person: PersonId
    role: Role
    school: Id | None = None


class TeamFormed(Event, frozen=True, tag="team-formed"):
    """A school's team was formed: its ILT, a grade level, a department, a Family Action Team."""

    team: Id
    school: Id
    kind: TeamKind
    name: Name


class TeamJoined(Event, frozen=True, tag="team-joined"):
    """Someone became a member of a school's team."""

    team: Id
    person: PersonId


class TeamLeft(Event, frozen=True, tag="team-left"):
    """Someone is no longer a member of a school's team."""

    team: Id
    person: PersonId


class GrantRole(Command, frozen=True, tag="grant-role"):
    """Give someone a role; network roles take no school, school roles need one."""

    person: PersonId
    role: Role
    school: Id | None = None


class RevokeRole(Command, frozen=True, tag="revoke-role"):
    """End someone's role."""

    person: PersonId
    role: Role
    school: Id | None = None


class FormTeam(Command, frozen=True, tag="form-team"):
    """Form a team at a school."""

    team: Id
    school: Id
    kind: TeamKind
    name: Name


class JoinTeam(Command, frozen=True, tag="join-team"):
    """Make someone a member of a team."""

    team: Id
    person: PersonId


class LeaveTeam(Command, frozen=True, tag="leave-team"):
    """End someone's membership of a team."""

    team: Id
    person: PersonId


PeopleEvent = RoleGranted | RoleRevoked | TeamFormed | TeamJoined | TeamLeft
PeopleCommand = GrantRole | RevokeRole | FormTeam | JoinTeam | LeaveTeam


class Team(Struct):
    """A school's team as it stands."""

    school: str
    kind: TeamKind
    name: str
    members: set[str] = field(default_factory=set)


class People(Struct):
    """Roles and teams as they stand, folded from the stream `people`."""

    roles: dict[str, set[tuple[Role, str | None]]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    def holds(self, person: str, role: Role, school: str | None = None) -> bool:
        """Tell whether a person holds a role at the network, or at this school when one is named."""
        held = self.roles.get(person, set())
        return (role, None) in held or (school is not None and (role, school) in held)

    def leads(self, person: str, school: str) -> bool:
        """Tell whether a person is a leader of this school: by role, or as a member of its ILT."""
        if ("school-leader", school) in self.roles.get(person, set()):
            return True
        return any(t.kind == "ilt" and t.school == school and person in t.members for t in self.teams.values())

    def works_at(self, person: str, school: str) -> bool:
        """Tell whether a person leads this school, is a team member there by role, or is on one of its teams."""
        if self.roles.get(person, set()) & {("school-leader", school), ("team-member", school)}:
            return True
        return any(t.school == school and person in t.members for t in self.teams.values())

    def schools_of(self, person: str) -> set[str]:
        """The schools where a person has a role or a team."""
        by_role = {school for _, school in self.roles.get(person, set()) if school is not None}
        return by_role | {t.school for t in self.teams.values() if person in t.members}

    def with_a_part_at(self, schools: Set[str]) -> set[str]:
        """Everybody with a role or a team at these schools, and who helps all schools; nobody when there are none."""
        if not schools:
            return set()
        helping: set[tuple[Role, str | None]] = {("network-leader", None), ("network-administrator", None)}
        by_role = {p for p, held in self.roles.items() if held & helping or any(s in schools for _, s in held)}
        return by_role.union(*(t.members for t in self.teams.values() if t.school in schools))


class Context(Struct, frozen=True):
    """What a rule may know beside its own stream: who asks, when, their roles, other streams' states."""

    actor: PersonId
    at: datetime
    people: People
    others: Mapping[str, object]


_SCHOOL_ROLES: frozenset[Role] = frozenset({"school-leader", "team-member"})
_NETWORK_ROLES: frozenset[Role] = frozenset({"network-administrator", "auditor"})


def administrators_only(context: Context) -> None:
    """Refuse anyone but a network administrator, whose work the whole stream is."""
    if not context.people.holds(context.actor, "network-administrator"):
        raise NotAllowed("Only a network administrator may do this. Ask yours to do it for you.")


def stream_of(_command: PeopleCommand) -> str:
    """All of a network's roles and teams are one stream."""
    return STREAM


def boundary(command: PeopleCommand) -> Boundary:
    """A grant rests on that person's other roles, a membership on that team; not on anyone else's.

    Only the first administrator and the last one are a matter of everybody's roles.
    """
    match command:
        case GrantRole(role="network-administrator") | RevokeRole(role="network-administrator"):
            return (Match(("role-granted", "role-revoked"), (STREAM,)),)
        case GrantRole() | RevokeRole():
            return (Match(("role-granted", "role-revoked"), (STREAM, f"person:{command.person}")),)
        case FormTeam() | JoinTeam() | LeaveTeam():
            return (Match(("team-formed", "team-joined", "team-left"), (STREAM, f"team:{command.team}")),)
        case _:
            assert_never(command)


def decide(command: PeopleCommand, people: People, context: Context) -> list[Event]:
    """Decide a change of roles or teams.

    The first role ever granted needs nobody's leave, since there is nobody to give it: it must
    make a network administrator.
    """
    founding = not people.roles and isinstance(command, GrantRole) and command.role == "network-administrator"
    if not founding:
        administrators_only(context)
    match command:
        case GrantRole(person=person, role=role, school=school):
            _check_scope(role, school)
            if (role, school) in people.roles.get(person, set()):
                return []
            return [RoleGranted(person=person, role=role, school=school)]
        case RevokeRole(person=person, role=role, school=school):
            return _revoke(people, person, role, school)
        case FormTeam(team=team, school=school, kind=kind, name=name):
            if team in people.teams:
                raise Refused("There is already a team with the id {team}. Choose another.", team=team)
            return [TeamFormed(team=team, school=school, kind=kind, name=name)]
        case JoinTeam(team=team, person=person):
            return [] if person in _team(people, team).members else [TeamJoined(team=team, person=person)]
        case LeaveTeam(team=team, person=person):
            return [TeamLeft(team=team, person=person)] if person in _team(people, team).members else []
        case _:
            assert_never(command)


def _check_scope(role: Role, school: str | None) -> None:
    if role in _SCHOOL_ROLES and school is None:
        raise Refused("The role {role} is held at a school. Say which school.", role=role)
    if role in _NETWORK_ROLES and school is not None:
        raise Refused("The role {role} is held at the whole network. Leave the school out.", role=role)


def _revoke(people: People, person: str, role: Role, school: str | None) -> list[Event]:
    if (role, school) not in people.roles.get(person, set()):
        return []
    administrators = [p for p, held in people.roles.items() if ("network-administrator", None) in held]
    if role == "network-administrator" and administrators == [person]:
        raise Refused("This is the network's last administrator. Make someone else one first.")
    return [RoleRevoked(person=person, role=role, school=school)]


def _team(people: People, team: str) -> Team:
    if team not in people.teams:
        raise Refused("There is no team with the id {team}.", team=team)
    return people.teams[team]


def evolve(people: People, event: PeopleEvent) -> People:
    """Fold one event into the state, in place: whoever folds owns it."""
    match event:
        case RoleGranted():
            people.roles.setdefault(event.person, set()).add((event.role, event.school))
        case RoleRevoked():
            held = people.roles[event.person]
            held.discard((event.role, event.school))
            if not held:
                del people.roles[event.person]
        case TeamFormed():
            people.teams[event.team] = Team(school=event.school, kind=event.kind, name=event.name)
        case TeamJoined():
            people.teams[event.team].members.add(event.person)
        case TeamLeft():
            people.teams[event.team].members.discard(event.person)
        case _:
            assert_never(event)
    return people


def tags(event: PeopleEvent, people: People) -> tuple[str, ...]:
    """The stream first, then the person or team that it is about, and the school."""
    match event:
        case RoleGranted() | RoleRevoked():
            about = (STREAM, f"person:{event.person}")
            return about if event.school is None else (*about, f"school:{event.school}")
        case TeamFormed():
            return (STREAM, f"team:{event.team}", f"school:{event.school}")
        case TeamJoined() | TeamLeft():
            school = people.teams[event.team].school
            return (STREAM, f"team:{event.team}", f"person:{event.person}", f"school:{school}")
        case _:
            assert_never(event)
