"""Who may do what in a plan, when its text may change, and what is common to its rules.

The fact a newcomer would get wrong: who asks is looked at before anything else, so that a refusal tells
nobody more of a school's plan than they may read.
"""

from datetime import date, datetime, timedelta

from daybook.events.core import NotAllowed, Refused
from daybook.events.people import Context
from daybook.events.plan_state import PLAN, PartState, Plan, Refinement
from daybook.events.plan_values import Part

LIVING = ("action", "support")
"""The kinds of parts that change all year; the others change while the plan's text may."""


def kind_of(part: str) -> str:
    """Return the kind of a part, or the first word of a passage."""
    return part.partition(":")[0]


# Who


def leads(plan: Plan, context: Context) -> bool:
    """Tell whether the actor is a leader of the plan's school."""
    return context.people.leads(context.actor, plan.school)


def administers(context: Context) -> bool:
    """Tell whether the actor is an administrator of the network."""
    return context.people.holds(context.actor, "network-administrator")


def of_home_office(plan: Plan, context: Context) -> bool:
    """Tell whether the actor is a network leader for the plan's school."""
    return context.people.holds(context.actor, "network-leader", plan.school)


def works_there(plan: Plan, context: Context) -> bool:
    """Tell whether the actor leads the school, or is one of its team members."""
    return context.people.works_at(context.actor, plan.school)


def of_family_team(plan: Plan, context: Context) -> bool:
    """Tell whether the actor is on a family-action team of the school."""
    return any(
        team.kind == "family-action" and team.school == plan.school and context.actor in team.members
        for team in context.people.teams.values()
    )


def owns(plan: Plan, part: str, context: Context) -> bool:
    """Tell whether a part is the actor's."""
    return part in plan.parts and plan.parts[part].owner == context.actor


def carries(plan: Plan, part: str, context: Context) -> bool:
    """Tell whether the actor owns a part or one that it stands under."""
    while part in plan.parts:
        if owns(plan, part, context):
            return True
        part = plan.parts[part].under
    return False


def check_owner(plan: Plan, part: str, owner: str | None, context: Context) -> None:
    """Refuse an owner who could do nothing about the part; a request for support is the home office's."""
    if owner is None:
        return
    people = context.people
    helps = people.holds(owner, "network-leader", plan.school) or people.holds(owner, "network-administrator")
    if kind_of(part) == "support":
        if not helps:
            raise Refused("{person} is not of the home office for this school. Choose someone who is.", person=owner)
        return
    if not (helps or people.works_at(owner, plan.school)):
        raise Refused("{person} has no part in this school's work. Choose someone else as owner.", person=owner)


def readers_only(plan: Plan, context: Context) -> None:
    """Refuse whoever may not see the plan; an auditor sees it, and changes nothing."""
    if not (
        works_there(plan, context)
        or context.people.holds(context.actor, "observer", plan.school)
        or of_home_office(plan, context)
        or administers(context)
    ):
        if context.people.holds(context.actor, "auditor"):
            raise NotAllowed("Auditors read this plan and change nothing in it. Ask one of the school's leaders.")
        raise NotAllowed("This is another school's plan. Ask one of its leaders to do it for you.")


def leaders_only(plan: Plan, context: Context) -> None:
    """Refuse anyone but the school's leaders."""
    readers_only(plan, context)
    if not leads(plan, context):
        raise NotAllowed("Only the school's leaders do this. Ask one of them, or propose the change.")


def year_workers_only(plan: Plan, part: str, context: Context) -> None:
    """Refuse whoever neither carries a part nor leads the school nor is of the home office."""
    readers_only(plan, context)
    if not (leads(plan, context) or of_home_office(plan, context) or carries(plan, part, context)):
        raise NotAllowed("Only who carries this, the school's leaders and the home office do this. Ask one of them.")


# When


def not_closed(plan: Plan) -> None:
    """Refuse what comes after the plan's year."""
    if plan.phase == "closed":
        raise Refused("This plan is closed and takes nothing more. Look for the plan of the year after.")


def text_may_change(plan: Plan) -> None:
    """Refuse a change of an adopted plan's text between refinements, unless the network has text free all year."""
    not_closed(plan)
    if plan.phase == "adopted" and plan.rewording == "in-refinements" and plan.open_refinement() is None:
        raise Refused(
            "This plan is adopted, and this part of it changes in a refinement. "
            "A leader of the school opens one; others propose the change."
        )


def may_change(plan: Plan, kind: str) -> None:
    """Refuse a change of a part of this kind while it may not change."""
    if kind in LIVING:
        not_closed(plan)
    else:
        text_may_change(plan)


def within_year(plan: Plan, day: date) -> None:
    """Refuse a day that is not of the plan's year."""
    if not plan.starts <= day <= plan.ends:
        raise Refused(
            "{date} is not a day of this plan's year. Choose one from {first} to {last}.",
            date=day.isoformat(),
            first=plan.starts.isoformat(),
            last=plan.ends.isoformat(),
        )


def has_come(day: date, at: datetime) -> None:
    """Refuse a day that lies ahead, wherever on Earth the clock is read: what is told of a day has been seen on it."""
    if day > at.date() + timedelta(days=1):
        raise Refused("{date} has not come yet. Choose a day that has been.", date=day.isoformat())


# What


def known(plan: Plan, part: Part) -> PartState:
    """Return a part of the plan, pursued or not."""
    if part not in plan.parts:
        raise Refused("This part is not in the plan. What adds it may not have arrived yet.")
    return plan.parts[part]


def standing(plan: Plan, part: Part) -> PartState:
    """Return a part that is pursued."""
    state = known(plan, part)
    if plan.is_retired(part):
        raise Refused(
            "This part of the plan was retired since. Restore it first, or ask a leader of the school to do so.",
        )
    return state


def new(plan: Plan, part: Part) -> None:
    """Refuse an id that another part of the kind has."""
    if part in plan.parts:
        raise Refused("There is already a part {part} in this plan. Send it under a new id.", part=part)


def last_under(plan: Plan, parent: Part) -> Part | None:
    """Return the last of a part's children, to put another after it."""
    children = plan.children.get(parent, [])
    return children[-1] if children else None


def place_for(plan: Plan, under: str, after: Part | None) -> Part | None:
    """Return after what a new part goes: where that has gone elsewhere, after the last, where forms put what is new."""
    if after is None or after in plan.children.get(under, []):
        return after
    return last_under(plan, under)


def sibling(plan: Plan, under: str, after: Part | None) -> None:
    """Refuse to move a part after one that is not among its parent's children."""
    if after is not None and after not in plan.children.get(under, []):
        raise Refused("What this was to stand after is no longer there. Choose where it goes once more.")


def refinement_of(plan: Plan, refinement: str) -> Refinement:
    """Return a refinement of the plan."""
    if refinement not in plan.refinements:
        raise Refused("There is no refinement with the id {refinement} in this plan.", refinement=refinement)
    return plan.refinements[refinement]


def open_refinement(plan: Plan, refinement: str) -> Refinement:
    """Return a refinement that is open."""
    this = refinement_of(plan, refinement)
    not_closed(plan)
    if not this.is_open:
        raise Refused("This refinement is closed and stays as it was. Open another one to go on.")
    return this


PARENTS = {"priority": PLAN, "strategy": "priority", "action": "strategy", "measure": "strategy", "support": "strategy"}
"""Under what kind of part each kind stands."""
