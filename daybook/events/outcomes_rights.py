"""Who may do what with a school's June Outcomes.

The sides are the school, which its leaders speak for, and the home office: the network's leaders for the
school and the network's administrators.
"""

from typing import assert_never

from msgspec import Struct

from daybook.events.core import NotAllowed, Refused
from daybook.events.outcomes import Side
from daybook.events.people import Context, People


class Rights(Struct, frozen=True):
    """What someone may do with a school's June Outcomes, as far as it is a matter of who they are.

    `begin`: begin and adopt. `steer`: withdraw, restore, move, assign, aim, amend, conclude. `write`: propose,
    word, translate. `speak`: comment and endorse. `sign_school` and `sign_home`: sign for that side. `erase`: words.
    """

    begin: bool
    steer: bool
    write: bool
    speak: bool
    sign_school: bool
    sign_home: bool
    erase: bool


NO_RIGHTS = Rights(begin=False, steer=False, write=False, speak=False, sign_school=False, sign_home=False, erase=False)
"""What anyone may do with what is past."""


def rights_of(person: str, school: str, people: People) -> Rights:
    """Say what someone may do."""
    leads, works = people.leads(person, school), people.works_at(person, school)
    coaches = people.holds(person, "network-leader", school)
    administers = people.holds(person, "network-administrator")
    return Rights(
        begin=leads or coaches or administers,
        steer=leads or coaches,
        write=works or coaches,
        speak=works or coaches or people.holds(person, "observer", school),
        sign_school=leads,
        sign_home=coaches or administers,
        erase=leads or administers,
    )


def _rights(school: str, context: Context) -> Rights:
    return rights_of(context.actor, school, context.people)


def both_sides(school: str, context: Context) -> None:
    """Refuse beginning and adopting to all but leaders of either side."""
    if not _rights(school, context).begin:
        raise NotAllowed("Only the school's leaders and the home office begin its June Outcomes and adopt them.")


def steering(school: str, context: Context) -> None:
    """Refuse what only the school's leaders and the network's leaders for it do."""
    if not _rights(school, context).steer:
        raise NotAllowed("Only the school's leaders and the network's leaders for it do this. You can comment.")


def writers(school: str, context: Context) -> None:
    """Refuse writing to all but the school's leaders and teams, and the network's leaders for it."""
    if not _rights(school, context).write:
        raise NotAllowed("Only the school's leaders and teams and the network's leaders for it write this.")


def voices(school: str, context: Context) -> None:
    """Refuse comments and endorsements of all but those who write, and the school's observers."""
    if not _rights(school, context).speak:
        raise NotAllowed("Only people of this school and its home office comment and endorse here.")


def signers(side: Side, school: str, context: Context) -> None:
    """Refuse a signature by anyone but a leader of that side."""
    rights = _rights(school, context)
    match side:
        case "school":
            if not rights.sign_school:
                raise NotAllowed("Only a leader of the school signs for the school.")
        case "home-office":
            if not rights.sign_home:
                raise NotAllowed("Only the home office signs for the home office.")
        case _:
            assert_never(side)


def erasers(school: str, context: Context) -> None:
    """Refuse erasing to all but the school's leaders and the network's administrators."""
    if not _rights(school, context).erase:
        raise NotAllowed("Only the school's leaders and the network's administrators erase words from the record.")


def owns(person: str, school: str, people: People) -> bool:
    """Tell whether someone may own an outcome: whoever works at the school or leads the network there."""
    return people.works_at(person, school) or people.holds(person, "network-leader", school)


def check_owner(person: str | None, school: str, context: Context) -> None:
    """Refuse an owner who has no part in the school's work."""
    if person is not None and not owns(person, school, context.people):
        raise Refused("{person} has no part in this school's work. Choose someone else as owner.", person=person)
