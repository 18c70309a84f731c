"""A Call-to-Action plan: one stream's view, from which its page, live frames, replay and paper are drawn.

What the entries are is in `plan_entries`. The fact a newcomer would get wrong: almost everything here is for
the room, families and guests among them, and a draft too. Only what people say to one another on the way is
the team's: check-ins with their words, proposals, and a refinement's words until it closes. What everyone
learns of a check-in is its status; what an author outside the team learns of their proposal is `mine:<id>`.
"""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from daybook.events.core import Recorded
from daybook.events.people import People
from daybook.events.plan import (
    ActionAdded,
    MeasureAdded,
    PartMoved,
    PartRestored,
    PartRetired,
    PassageWorded,
    PlanAdopted,
    PlanBegun,
    PlanClosed,
    PlanEvent,
    PriorityAdded,
    StrategyAdded,
    TargetSet,
)
from daybook.events.plan_talk import CitationRemoved, EvidenceCited
from daybook.projections.plan_entries import PlanShown, VersionShown
from daybook.projections.plan_parts import PartEvent, project_part
from daybook.projections.plan_talk import TalkEvent, overtake, project_talk
from daybook.projections.plan_words import WordsEvent, project_words
from daybook.projections.plan_year import YearEvent, project_year
from daybook.projections.view import Audiences, Entry, Patch, for_room, shown

_Changing = (
    PassageWorded
    | PriorityAdded
    | StrategyAdded
    | ActionAdded
    | MeasureAdded
    | PartMoved
    | PartRetired
    | PartRestored
    | TargetSet
    | EvidenceCited
    | CitationRemoved
)
"""What makes an open refinement another one than those had read who agreed to it. The year's work goes on beside it."""


def audiences(person: str, view: Mapping[str, Entry], people: People) -> Audiences:
    """Say to which audiences of a plan a person belongs; empty when it is not open to them."""
    return audiences_at(shown(view, "plan", PlanShown).school, person, people) if "plan" in view else frozenset()


def audiences_at(school: str, person: str, people: People) -> Audiences:
    """Say to which audiences of the plans of a school a person belongs.

    The school's leaders and team members, the home office and auditors are the team. The school's
    observers see the room, and everyone what is their own.
    """
    team = (
        people.works_at(person, school)
        or people.holds(person, "network-leader", school)
        or people.holds(person, "network-administrator")
        or people.holds(person, "auditor")
    )
    if team:
        return frozenset({"room", "team", f"person:{person}"})
    return frozenset({"room", f"person:{person}"} if people.holds(person, "observer", school) else ())


def project(view: Mapping[str, Entry], recorded: Recorded) -> Patch:
    """Turn one event of a plan into the entries that it changes."""
    event = recorded.event
    assert isinstance(event, PlanEvent)
    patch = _patch(view, event, recorded)
    return overtake(view, patch) if isinstance(event, _Changing) else patch


def _patch(view: Mapping[str, Entry], event: PlanEvent, recorded: Recorded) -> Patch:
    if isinstance(event, PartEvent):
        return project_part(view, event, recorded)
    if isinstance(event, YearEvent):
        return project_year(view, event, recorded)
    if isinstance(event, TalkEvent):
        return project_talk(view, event, recorded)
    if isinstance(event, WordsEvent):
        return project_words(view, event, recorded)
    match event:
        case PlanBegun():
            return {"plan": for_room(_begun(event, recorded))}
        case PlanAdopted():
            plan = replace(shown(view, "plan", PlanShown), phase="adopted", adopted_at=recorded.at)
            version = VersionShown(event.version, recorded.position, recorded.at, recorded.actor)
            return {"plan": for_room(plan), f"version:{recorded.position}": for_room(version)}
        case PlanClosed():
            return {"plan": for_room(replace(shown(view, "plan", PlanShown), phase="closed", closed_at=recorded.at))}
        case _:
            assert_never(event)


def _begun(event: PlanBegun, recorded: Recorded) -> PlanShown:
    return PlanShown(
        plan=event.plan,
        school=event.school,
        year=event.year,
        quarters=event.quarters,
        ends=event.ends,
        rewording=event.rewording,
        check_in_days=event.check_in_days,
        outcomes=event.outcomes,
        phase="draft",
        begun_at=recorded.at,
    )
