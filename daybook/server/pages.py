"""The pages: what each template is given, for whom, in which language."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from daybook.projections.network import ReviewListed, SchoolListed, StandingRating
from daybook.projections.network_plans import PlanListed, current
from daybook.projections.plan import audiences_at
from daybook.projections.room import MemberShown, ReviewShown
from daybook.projections.rubric import IndicatorText, RubricShown, SystemShown
from daybook.projections.view import Shown, View, seen
from daybook.server.guard import Need, entered, may_schedule, sees_network, services_of, signed_in
from daybook.server.identity import Person
from daybook.server.packing import packed
from daybook.server.services import Services
from daybook.server.templates import LANGUAGES, Language, initials, render
from daybook.server.zones import today

Page = Request[Any, Any, Any]
_HTML = "text/html"


def language_of(request: Page) -> Language:
    """Return the reader's language: as asked in the address, as chosen before, or as the browser prefers."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    preferred = [part.partition(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((language for want in (asked, *preferred) for language in LANGUAGES if want == language), "en")


def page(request: Page, template: str, code: int = 200, /, **context: object) -> Response[str]:
    """Render a template with what every page has."""
    html = _drawn(request, template, context)
    answer = Response(html, status_code=code, media_type=_HTML, headers=_said_in(request))
    _remember_language(request, answer)
    return answer


async def long_page(request: Page, template: str, code: int = 200, /, **context: object) -> Response[bytes]:
    """Render a page that may be megabytes: in a thread, so that everyone else is served meanwhile, and packed."""
    html = await asyncio.to_thread(_drawn, request, template, context)
    answer = await packed(request, html.encode(), _HTML, status=code, headers=_said_in(request))
    _remember_language(request, answer)
    return answer


def _drawn(request: Page, template: str, context: Mapping[str, object]) -> str:
    person = request.state.get("person")
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return render(
        template,
        language_of(request),
        me={"id": person.id, "name": person.name, "initials": initials(person.name)} if person else None,
        path=path,
        demo=services_of(request).settings.demo,
        **context,
    )


def _said_in(request: Page) -> dict[str, str]:
    return {"content-language": language_of(request)}


def _remember_language(request: Page, answer: Response[Any]) -> None:
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie("lang", language_of(request), max_age=31_536_000, samesite="lax", path="/")


async def visible_schools(services: Services, person: Person) -> list[SchoolListed]:
    """List the schools that someone may see, by name: all, or those where they have a part."""
    people = await services.door.people()
    schools = await services.stored.find(SchoolListed, ("list:schools",))
    if not sees_network(people, person.id):
        mine = people.schools_of(person.id)
        mine |= {r.school for r in await services.stored.find(ReviewListed, (f"person:{person.id}",))}
        schools = [school for school in schools if school.school in mine]
    return sorted(schools, key=lambda school: school.name)


async def school_rows(services: Services, schools: Iterable[SchoolListed], person: Person) -> list[dict[str, Any]]:
    """Lay schools out as lists show them: what is rated, their reviews, and the plan they live by."""
    people = await services.door.people()
    plans: dict[str, list[PlanListed]] = defaultdict(list)
    for plan in await services.stored.find(PlanListed, ("list:plans",)):
        if audiences_at(plan.school, person.id, people):
            plans[plan.school].append(plan)
    standing: dict[str, list[StandingRating]] = defaultdict(list)
    for rating in await services.stored.find(StandingRating, ("list:standing",)):
        standing[rating.school].append(rating)
    reviews: dict[str, list[ReviewListed]] = defaultdict(list)
    for review in await services.stored.find(ReviewListed, ("list:reviews",)):
        reviews[review.school].append(review)
    return [
        {
            "school": s.school,
            "name": s.name,
            "grades": s.grades,
            "rated": len(standing[s.school]),
            "agreed_at": max((rating.at for rating in standing[s.school]), default=None),
            "reviews": review_rows(reviews[s.school]),
            "plan": current(plans[s.school], today()),
        }
        for s in schools
    ]


def review_rows(reviews: Iterable[ReviewListed]) -> list[dict[str, Any]]:
    """Lay reviews out as lists show them, the latest first."""
    latest_first = sorted(reviews, key=lambda r: (r.date, r.review), reverse=True)
    return [{"review": r.review, "date": r.date, "phase": r.phase} for r in latest_first]


@get("/network", opt={"need": Need.SIGNED_IN})
async def network(request: Page) -> Response[str]:
    """The network's schools, as far as the reader may see them."""
    services, person = services_of(request), signed_in(request)
    await services.stored.catch_up()
    return page(
        request,
        "network.html",
        schools=await school_rows(services, await visible_schools(services, person), person),
        may_schedule=may_schedule(await services.door.people(), person.id),
    )


async def rubric_in(services: Services, rubric: str, lang: Language) -> dict[str, Any]:
    """Return a rubric version's texts in one language: levels, and systems with their indicators."""
    room, _, _ = await services.hub.view(f"rubric:{rubric}", "")
    view: View = room.view
    version = view["rubric"].value
    assert isinstance(version, RubricShown)

    def system(code: str) -> dict[str, Any]:
        found = view[f"system:{code}"].value
        assert isinstance(found, SystemShown)
        return {
            "code": code,
            "name": getattr(found.name, lang),
            "indicators": [indicator(i) for i in found.indicators],
        }

    def indicator(code: str) -> dict[str, Any]:
        found = view[f"indicator:{code}"].value
        assert isinstance(found, IndicatorText)
        return {
            "code": code,
            "statement": getattr(found.statement, lang),
            "acts": getattr(found.acts, lang),
            "look_fors": [getattr(said, lang) for said in found.look_fors],
            "descriptors": [getattr(said, lang) for said in found.descriptors],
        }

    return {
        "rubric": rubric,
        "title": getattr(version.title, lang),
        "note": getattr(version.note, lang),
        "levels": [getattr(said, lang) for said in version.levels],
        "systems": [system(code) for code in version.systems],
    }


@get("/reviews/{review:str}", opt={"need": Need.REVIEW})
async def review(request: Page, review: FromPath[str], indicator: FromQuery[str | None] = None) -> Response[str]:
    """The review room."""
    return await review_page(request, review, indicator)


async def review_page(
    request: Page, review: str, indicator: str | None = None, problem: dict[str, Any] | None = None, status: int = 200
) -> Response[str]:
    """Render the review room; `problem` is a form that was not accepted, with its sentence and what was typed."""
    services, person = services_of(request), signed_in(request)
    room, position, audiences = await entered(f"review:{review}", services, person.id)
    view = seen(room.view, audiences)
    shown = view["review"]
    assert isinstance(shown, ReviewShown)
    member = view.get(f"member:{person.id}")
    role = member.role if isinstance(member, MemberShown) else None
    leads = (await services.door.people()).leads(person.id, shown.school)
    return page(
        request,
        "review.html",
        status,
        **await review_context(request, view),
        room={
            "stream": room.stream,
            "position": position,
            "epoch": str(await services.log.epoch()),
            "view": msgspec.to_builtins(view),
        },
        may={
            "rate": role == "reviewer" and (shown.ilt_rates or not leads),
            "note": role in ("facilitator", "reviewer"),
            "facilitate": role == "facilitator",
            "erase": role == "facilitator",
            "team": "team" in audiences,
        },
        link=f"/reviews/{review}?indicator=",
        chosen=indicator if indicator in shown.focus else None,
        problem=problem,
    )


async def review_context(request: Page, view: Mapping[str, Shown]) -> dict[str, Any]:
    """Return what is said around a review's entries, now or at an earlier moment: rubric, names, school."""
    services, person = services_of(request), signed_in(request)
    shown = view["review"]
    assert isinstance(shown, ReviewShown)
    school = await services.stored.get(f"school:{shown.school}", SchoolListed)
    ids = {value.person for value in view.values() if hasattr(value, "person")}
    return {
        "rubric": await rubric_in(services, shown.rubric, language_of(request)),
        "names": await services.identity.names(ids | {person.id}),
        "school_name": school.name if school else shown.school,
    }
