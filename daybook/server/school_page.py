"""A school's page: where it stands on each indicator, what its plan does about it, and its years."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from daybook.events.outcomes_rights import rights_of
from daybook.projections.forward import Doing, doing
from daybook.projections.network import ReviewListed, RubricListed, SchoolListed, StandingRating
from daybook.projections.network_plans import OutcomesListed, PlanListed, current
from daybook.projections.plan import audiences_at
from daybook.projections.view import seen
from daybook.server.guard import Need, services_of, signed_in
from daybook.server.identity import Person
from daybook.server.pages import Page, language_of, page, review_rows, rubric_in
from daybook.server.services import Services
from daybook.server.statements import with_aims
from daybook.server.templates import Language
from daybook.server.zones import today


@get("/schools/{school:str}", opt={"need": Need.SCHOOL})
async def school(request: Page, school: FromPath[str]) -> Response[str]:
    """A school's current PIF state, by system, with what is being done about it."""
    services, lang, me = services_of(request), language_of(request), signed_in(request)
    listed = await services.stored.get(f"school:{school}", SchoolListed)
    assert listed is not None
    standing = {r.indicator: r for r in await services.stored.find(StandingRating, (f"school:{school}",))}
    reviews = await services.stored.find(ReviewListed, (f"school:{school}",))
    versions = {v.rubric: v for v in await services.stored.find(RubricListed, ("list:rubrics",)) if v.published}
    latest = max(reviews, key=lambda r: r.date).rubric if reviews else next(iter(sorted(versions)), None)
    plans, outcomes = await _planned(services, school, me)
    plan = current(plans, today())
    done = await _done_about(services, plan, me)
    shown: dict[str, Any] = {"systems": [], "levels": [], "note": ""}
    if latest:
        shown = await rubric_in(services, latest, lang)
    known = {i["code"] for system in shown["systems"] for i in system["indicators"]}
    for system in shown["systems"]:
        for indicator in system["indicators"]:
            indicator["standing"] = _standing(standing.get(indicator["code"]), versions, lang)
            indicator["doing"] = done.get(indicator["code"], [])
    # What is on an indicator of another version still stands, and is not left out for having no place here.
    others = [
        {
            "code": code,
            "statement": code,
            "standing": _standing(standing.get(code), versions, lang),
            "doing": done.get(code, []),
        }
        for code in sorted(standing.keys() | done.keys())
        if code not in known
    ]
    return page(
        request,
        "school.html",
        school={"school": listed.school, "name": listed.name, "grades": listed.grades},
        systems=shown["systems"],
        others=others,
        levels=shown["levels"],
        reviews=review_rows(reviews),
        rubric_note=shown["note"],
        plan=plan,
        begins=await _begins(services, school, me),
        latest=_latest(plan, plans, outcomes),
        years=_years(plans, outcomes),
    )


async def _begins(services: Services, school: str, me: Person) -> dict[str, bool]:
    """Say what someone may begin for a school."""
    people = await services.door.people()
    return {
        "outcomes": rights_of(me.id, school, people).begin,
        "plan": people.leads(me.id, school) or people.holds(me.id, "network-administrator"),
    }


async def _planned(services: Services, school: str, me: Person) -> tuple[list[PlanListed], list[OutcomesListed]]:
    """List a school's plans and June Outcomes; none for someone who may see the school and not what it plans."""
    if not audiences_at(school, me.id, await services.door.people()):
        return [], []
    facets = (f"school:{school}",)
    return await services.stored.find(PlanListed, facets), await services.stored.find(OutcomesListed, facets)


async def _done_about(services: Services, plan: PlanListed | None, me: Person) -> dict[str, list[Doing]]:
    if plan is None:
        return {}
    room, _, audiences = await services.hub.view(f"plan:{plan.plan}", me.id)
    return doing(await with_aims(services, seen(room.view, audiences))) if audiences else {}


def _latest(
    plan: PlanListed | None, plans: list[PlanListed], outcomes: list[OutcomesListed]
) -> dict[str, list[PlanListed] | list[OutcomesListed]]:
    """Choose what to lead with: the plan that the school lives by, and what is agreed or planned for later."""
    since = plan.year if plan else -1
    later = sorted((one for one in plans if one.year > since and one.phase != "closed"), key=lambda one: one.year)
    pages = sorted(outcomes, key=lambda one: one.year)
    return {"plans": [*([plan] if plan else []), *later], "outcomes": pages[-1:]}


def _years(plans: Iterable[PlanListed], outcomes: Iterable[OutcomesListed]) -> list[dict[str, Any]]:
    """Lay out what was agreed and planned for each school year, the latest year first."""
    years: dict[int, dict[str, Any]] = defaultdict(lambda: {"plans": [], "outcomes": []})
    for plan in plans:
        years[plan.year]["plans"].append(plan)
    for page_of in outcomes:
        years[page_of.year]["outcomes"].append(page_of)
    return [{"year": year, **years[year]} for year in sorted(years, reverse=True)]


def _standing(
    rating: StandingRating | None, versions: dict[str, RubricListed], lang: Language
) -> dict[str, Any] | None:
    if rating is None:
        return None

    def level_name(version: str, level: int) -> str:
        return str(getattr(versions[version].levels[level - 1], lang))

    return {
        "level": rating.level,
        "levels": rating.levels,
        "level_name": level_name(rating.rubric, rating.level),
        "at": rating.at,
        "review": rating.review,
        "rubric": rating.rubric,
        "before": [
            {
                "level": earlier.level,
                "levels": earlier.levels,
                "level_name": level_name(earlier.rubric, earlier.level),
                "at": earlier.at,
                "review": earlier.review,
            }
            for earlier in rating.before
        ],
    }
