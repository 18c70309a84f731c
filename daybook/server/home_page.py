"""My work: what someone has to do in plans and June Outcomes, their reviews, and their schools."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from litestar import Response, get

from daybook.events.outcomes_rights import rights_of
from daybook.events.people import People
from daybook.projections.duties import RECENT, Duties, Part, duties
from daybook.projections.network import ReviewListed, SchoolListed
from daybook.projections.network_plans import DRAFTS, WAITING, OutcomesListed, PlanListed
from daybook.projections.outcomes_duties import AdoptionWaits, ConclusionsDue, SignatureWaits, outcomes_duties
from daybook.projections.view import seen
from daybook.server.guard import Need, may_schedule, services_of, signed_in
from daybook.server.identity import Person
from daybook.server.outcomes_page import practice
from daybook.server.pages import Page, page, school_rows, visible_schools
from daybook.server.services import Services
from daybook.server.zones import day_of, today

_LATER = date.max
_Line = tuple[date, dict[str, Any]]
"""What is to be done, after the day by which it is sorted."""


@get("/", opt={"need": Need.SIGNED_IN})
async def home(request: Page) -> Response[str]:
    """My work: what is due, my reviews and my schools."""
    services, person = services_of(request), signed_in(request)
    await services.stored.catch_up()
    people = await services.door.people()
    names = {school.school: school.name for school in await services.stored.find(SchoolListed, ("list:schools",))}
    reviews = {r.review: r for r in await services.stored.find(ReviewListed, (f"person:{person.id}",))}
    for school in people.schools_of(person.id):
        reviews |= {r.review: r for r in await services.stored.find(ReviewListed, (f"school:{school}",))}
    todo, proposed = await _in_plans(services, person, people, names)
    waiting = await _in_outcomes(services, person, people, names)
    mentioned = {line["duty"].person for _, line in todo if line["kind"] == "proposal"}
    mentioned |= {line["duty"].answered_by for line in proposed}
    return page(
        request,
        "home.html",
        todo=[line for _, line in sorted([*waiting, *todo], key=lambda one: one[0])],
        proposed=proposed,
        names=await services.identity.names(mentioned - {None}),
        reviews=[
            {
                "review": r.review,
                "school": r.school,
                "school_name": names.get(r.school, r.school),
                "date": r.date,
                "phase": r.phase,
                "role": r.team.get(person.id),
                "focus": len(r.focus),
                "agreed": len(r.agreed),
            }
            for r in sorted(reviews.values(), key=lambda r: (r.date, r.review), reverse=True)
        ],
        schools=await school_rows(services, await visible_schools(services, person), person),
        may_schedule=may_schedule(people, person.id),
    )


async def _in_plans(
    services: Services, me: Person, people: People, names: dict[str, str]
) -> tuple[list[_Line], list[dict[str, Any]]]:
    """Return what someone has to do in all plans, with what it is sorted by, and what became of their proposals."""
    todo: list[_Line] = []
    proposed: list[dict[str, Any]] = []
    for plan in await _plans_of(services, me.id, people):
        room, _, audiences = await services.hub.view(f"plan:{plan.plan}", me.id)
        if not audiences:
            continue
        part = part_in(plan, me.id, people)
        found = duties(seen(room.view, audiences), me.id, part, today(), day_of)
        about = {"plan": plan.plan, "school_name": names.get(plan.school, plan.school)}
        todo += [(urgency, {**about, "kind": kind, "duty": duty}) for kind, urgency, duty in _by_kind(found)]
        proposed += [{**about, "duty": duty} for duty in found.proposed]
    proposed.sort(key=lambda line: (line["duty"].outcome == "waiting", today() - line["duty"].on))
    return todo, proposed


async def _in_outcomes(services: Services, me: Person, people: People, names: dict[str, str]) -> list[_Line]:
    """Return what June Outcomes ask of someone: drafts until their year is over, others from its last quarter on."""
    ways = await practice(services)
    facets = [f"school:{school}" for school in sorted(people.schools_of(me.id))]
    if _answers_somewhere(me.id, people):
        facets.append(DRAFTS)
    found = {one.outcomes: one for facet in facets for one in await services.stored.find(OutcomesListed, (facet,))}
    lines: list[_Line] = []
    for one in sorted(found.values(), key=lambda one: (one.year, names.get(one.school, one.school))):
        rights = rights_of(me.id, one.school, people)
        last_day = ways.last_day_of(one.year)
        drafted = one.phase == "draft" and rights.begin and today() <= last_day
        ends = one.phase == "adopted" and rights.steer and ways.quarters_of(one.year)[3] <= today()
        if not (drafted or (ends and today() <= ways.last_day_of(one.year + 1))):
            continue
        room, _, audiences = await services.hub.view(f"outcomes:{one.outcomes}", me.id)
        about = {"outcomes": one.outcomes, "year": one.year, "school_name": names.get(one.school, one.school)}
        for duty in outcomes_duties(seen(room.view, audiences), rights, last_day, today()) if audiences else ():
            kind = {SignatureWaits: "signature", AdoptionWaits: "adoption", ConclusionsDue: "conclusions"}[type(duty)]
            urgency = duty.due if isinstance(duty, ConclusionsDue) else _LATER
            lines.append((urgency, {**about, "kind": kind, "duty": duty}))
    return lines


async def _plans_of(services: Services, me: str, people: People) -> list[PlanListed]:
    """Find the plans in which someone may have something to do or to hear of; not those that closed long ago."""
    facets = [f"person:{me}", f"proposed:{me}", *(f"school:{school}" for school in sorted(people.schools_of(me)))]
    if _answers_somewhere(me, people):
        facets.append(WAITING)
    found = {plan.plan: plan for facet in facets for plan in await services.stored.find(PlanListed, (facet,))}
    return [plan for plan in found.values() if plan.phase != "closed" or today() - plan.ends <= RECENT]


def _answers_somewhere(me: str, people: People) -> bool:
    return any(role in ("network-leader", "network-administrator") for role, _ in people.roles.get(me, set()))


def part_in(plan: PlanListed, me: str, people: People) -> Part:
    """Say what someone is asked for in a plan. Who leads the whole network is asked to agree where they own a part."""
    coaches = people.holds(me, "network-leader", plan.school)
    by_school = ("network-leader", plan.school) in people.roles.get(me, set())
    owns = any(one.owner == me for one in plan.standing().values())
    return Part(
        leads=people.leads(me, plan.school),
        supports=coaches or people.holds(me, "network-administrator"),
        agrees=people.works_at(me, plan.school) or by_school or (coaches and owns),
    )


def _by_kind(found: Duties) -> Iterator[tuple[str, date, Any]]:
    """Yield each duty with its kind and what it is sorted by: what has a day by that day, then what waits."""
    for due in found.check_ins:
        yield "check-in", due.due, due
    for step in found.steps:
        yield "step", step.due, step
    for reflection in found.reflections:
        yield "reflection", reflection.due, reflection
    for refinement in found.refinements:
        yield "refinement", _LATER, refinement
    for waits in found.proposals:
        yield "proposal", _LATER, waits
    for support in found.supports:
        yield "support", _LATER, support
