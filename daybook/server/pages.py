"""The pages: what each template is given, for whom, in which language."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from daybook.projections.network import ReviewListed, RubricListed, SchoolListed, StandingRating
from daybook.projections.room import MemberShown, ReviewShown
from daybook.projections.rubric import IndicatorText, RubricShown, SystemShown
from daybook.projections.view import View, seen
from daybook.server.guard import Need, may_schedule, sees_network, services_of, signed_in
from daybook.server.identity import Person
from daybook.server.services import Services
from daybook.server.templates import (
    LANGUAGES,
    Language,
    initials,
    render,
)

Page = Request[Any, Any, Any]


def language_of(request: Page) -> Language:
    """Return the reader's language: as asked in the address, as chosen before, or as the browser prefers."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    preferred = [part.partition(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((language for want in (asked, *preferred) for language in LANGUAGES if want == language), "en")


def page(request: Page, template: str, code: int = 200, /, **context: object) -> Response[str]:
    """Render a template with what every page has."""
    person = request.state.get("person")
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    html = render(
        template,
        language_of(request),
        me={"id": person.id, "name": person.name, "initials": initials(person.name)} if person else None,
        path=path,
        demo=services_of(request).settings.demo,
        **context,
    )
    response = Response(html, status_code=code, media_type="text/html")
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie("lang", language_of(request), max_age=31_536_000, samesite="lax", path="/")
    return response


async def visible_schools(services: Services, person: Person) -> list[SchoolListed]:
    """List the schools that someone may see, by name: all, or those where they have a part."""
    people = await services.door.people()
    schools = await services.stored.find(SchoolListed, ("list:schools",))
    if not sees_network(people, person.id):
        mine = people.schools_of(person.id)
        mine |= {r.school for r in await services.stored.find(ReviewListed, (f"person:{person.id}",))}
        schools = [school for school in schools if school.school in mine]
    return sorted(schools, key=lambda school: school.name)


@get("/", opt={"need": Need.SIGNED_IN})
async def home(request: Page) -> Response[str]:
    """My work: my reviews and my schools."""
    services, person = services_of(request), signed_in(request)
    await services.stored.catch_up()
    people = await services.door.people()
    names = {school.school: school.name for school in await services.stored.find(SchoolListed, ("list:schools",))}
    reviews = {r.review: r for r in await services.stored.find(ReviewListed, (f"person:{person.id}",))}
    for school in people.schools_of(person.id):
        reviews |= {r.review: r for r in await services.stored.find(ReviewListed, (f"school:{school}",))}
    return page(
        request,
        "home.html",
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
        schools=await _school_rows(services, await visible_schools(services, person)),
        may_schedule=may_schedule(people, person.id),
    )


async def _school_rows(services: Services, schools: Iterable[SchoolListed]) -> list[dict[str, Any]]:
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
            "reviews": _review_rows(reviews[s.school]),
        }
        for s in schools
    ]


def _review_rows(reviews: Iterable[ReviewListed]) -> list[dict[str, Any]]:
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
        schools=await _school_rows(services, await visible_schools(services, person)),
        may_schedule=may_schedule(await services.door.people(), person.id),
    )


@get("/schools/{school:str}", opt={"need": Need.SCHOOL})
async def school(request: Page, school: FromPath[str]) -> Response[str]:
    """A school's current PIF state, by system."""
    services, lang = services_of(request), language_of(request)
    listed = await services.stored.get(f"school:{school}", SchoolListed)
    assert listed is not None
    standing = {r.indicator: r for r in await services.stored.find(StandingRating, (f"school:{school}",))}
    reviews = await services.stored.find(ReviewListed, (f"school:{school}",))
    versions = {v.rubric: v for v in await services.stored.find(RubricListed, ("list:rubrics",)) if v.published}
    latest = max(reviews, key=lambda r: r.date).rubric if reviews else next(iter(sorted(versions)), None)
    shown: dict[str, Any] = {"systems": [], "levels": [], "note": ""}
    if latest:
        shown = await rubric_in(services, latest, lang)
    known = {i["code"] for system in shown["systems"] for i in system["indicators"]}
    for system in shown["systems"]:
        for indicator in system["indicators"]:
            indicator["standing"] = _standing(standing.get(indicator["code"]), versions, lang)
    # A rating on an indicator of another version still stands, and is not left out for having no place here.
    others = [
        {"code": code, "statement": code, "standing": _standing(rating, versions, lang)}
        for code, rating in sorted(standing.items())
        if code not in known
    ]
    return page(
        request,
        "school.html",
        school={"school": listed.school, "name": listed.name, "grades": listed.grades},
        systems=shown["systems"],
        others=others,
        levels=shown["levels"],
        reviews=_review_rows(reviews),
        rubric_note=shown["note"],
    )


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
    room, position, audiences = await services.hub.view(f"review:{review}", person.id)
    shown = room.view["review"].value
    assert isinstance(shown, ReviewShown)
    people = await services.door.people()
    member = room.view.get(f"member:{person.id}")
    role = member.value.role if member and isinstance(member.value, MemberShown) else None
    school = await services.stored.get(f"school:{shown.school}", SchoolListed)
    view = seen(room.view, audiences)
    ids = {value.person for value in view.values() if hasattr(value, "person")}
    leads = people.leads(person.id, shown.school)
    return page(
        request,
        "review.html",
        status,
        room={
            "stream": room.stream,
            "position": position,
            "epoch": str(await services.log.epoch()),
            "view": msgspec.to_builtins(view),
        },
        rubric=await rubric_in(services, shown.rubric, language_of(request)),
        names=await services.identity.names(ids | {person.id}),
        may={
            "rate": role == "reviewer" and (shown.ilt_rates or not leads),
            "note": role in ("facilitator", "reviewer"),
            "facilitate": role == "facilitator",
        },
        school_name=school.name if school else shown.school,
        chosen=indicator if indicator in shown.focus else None,
        problem=problem,
    )
