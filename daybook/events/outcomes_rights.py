"""Who may do what with a school's June Outcomes. Each function refuses whoever may not.

The sides are the school, which its leaders speak for, and the home office: the network's leaders for the
school and the network's administrators.
"""

from typing import assert_never

from daybook.events.core import NotAllowed, Refused
from daybook.events.outcomes import Side
from daybook.events.people import Context


def _coaches(context: Context, school: str) -> bool:
    return context.people.holds(context.actor, "network-leader", school)


def _administers(context: Context) -> bool:
    return context.people.holds(context.actor, "network-administrator")


def _leads(context: Context, school: str) -> bool:
    return context.people.leads(context.actor, school)


def both_sides(school: str, context: Context) -> None:
    """Begin and adopt: leaders of either side."""
    if not (_leads(context, school) or _coaches(context, school) or _administers(context)):
        raise NotAllowed("Only the school's leaders and the home office begin its June Outcomes and adopt them.")


def steering(school: str, context: Context) -> None:
    """Withdraw, restore, move, assign, aim, amend, conclude: the school's leaders and the network's leaders."""
    if not (_leads(context, school) or _coaches(context, school)):
        raise NotAllowed("Only the school's leaders and the network's leaders for it do this. You can comment.")


def writers(school: str, context: Context) -> None:
    """Propose, word, translate: leaders, members of the school's teams, the network's leaders for it."""
    if not (context.people.works_at(context.actor, school) or _coaches(context, school)):
        raise NotAllowed("Only the school's leaders and teams and the network's leaders for it write this.")


def voices(school: str, context: Context) -> None:
    """Comment and endorse: those who write, and the school's observers."""
    people, actor = context.people, context.actor
    if not (people.works_at(actor, school) or _coaches(context, school) or people.holds(actor, "observer", school)):
        raise NotAllowed("Only people of this school and its home office comment and endorse here.")


def leads_for(side: Side, school: str, context: Context) -> None:
    """Sign for a side: its leaders."""
    match side:
        case "school":
            if not _leads(context, school):
                raise NotAllowed("Only a leader of the school signs for the school.")
        case "home-office":
            if not (_coaches(context, school) or _administers(context)):
                raise NotAllowed("Only the home office signs for the home office.")
        case _:
            assert_never(side)


def erasers(school: str, context: Context) -> None:
    """Erase words: the school's leaders and the network's administrators."""
    if not (_leads(context, school) or _administers(context)):
        raise NotAllowed("Only the school's leaders and the network's administrators erase words from the record.")


def owns(person: str, school: str, context: Context) -> bool:
    """Tell whether someone may own an outcome: whoever works at the school or leads the network there."""
    return context.people.works_at(person, school) or context.people.holds(person, "network-leader", school)


def check_owner(person: str | None, school: str, context: Context) -> None:
    """Refuse an owner who has no part in the school's work."""
    if person is not None and not owns(person, school, context):
        raise Refused("{person} has no part in this school's work. Choose someone else as owner.", person=person)
