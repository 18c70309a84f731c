"""The form that begins a school's June Outcomes for a year, with what the year before carried forward.

The address of the outcomes is made of the school and the year, so that a school has one page for a year.
"""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from daybook.events.core import NotAllowed, Refused
from daybook.events.outcomes_rights import rights_of
from daybook.events.practice import Practice
from daybook.projections.network import RubricListed
from daybook.server.api import decline
from daybook.server.door import Malformed, parse_command
from daybook.server.guard import Need, services_of, signed_in
from daybook.server.log import CommandIdReused
from daybook.server.outcomes_page import practice
from daybook.server.outcomes_years import carried_forward, outcomes_of
from daybook.server.pages import Page, language_of, page, visible_schools

_SPRING = 1  # the month from which outcomes are usually begun for the following year


@get("/outcomes/new", opt={"need": Need.SIGNED_IN})
async def begin_page(request: Page, school: FromQuery[str] = "", seed: FromQuery[str] = "") -> Response[str]:
    """Offer the form that begins June Outcomes."""
    return await _page(request, {"school": school, "seed": seed})


async def _page(request: Page, form: dict[str, Any], status: int = 200, error: str | None = None) -> Response[str]:
    services, me, lang = services_of(request), signed_in(request), language_of(request)
    await services.stored.catch_up()
    people = await services.door.people()
    schools = [s for s in await visible_schools(services, me) if rights_of(me.id, s.school, people).begin]
    if not schools or (form["school"] and form["school"] not in {s.school for s in schools}):
        raise NotAllowed("Only the school's leaders and the home office begin its June Outcomes and adopt them.")
    versions = [v for v in await services.stored.find(RubricListed, ("list:rubrics",)) if v.published]
    known = (
        await outcomes_of(services, form["school"] or schools[0].school) if len(schools) == 1 or form["school"] else []
    )
    this_year = year_of(services.clock().date(), await practice(services))
    seed = next((one for one in known if one.outcomes == form.get("seed")), None)
    years = sorted({this_year, this_year + 1, *((seed.year + 1,) if seed else ())})
    taken = {one.year for one in known}
    usual = seed.year + 1 if seed else _usual_year(services.clock().date(), this_year)
    free = [year for year in years if year not in taken]
    carried = {one.year: await carried_forward(services, one, me.id, lang) for one in known if one.year + 1 in free}
    return page(
        request,
        "outcomes_new.html",
        status,
        schools=[{"school": s.school, "name": s.name} for s in schools],
        years=years,
        free=free,
        rubrics=[{"rubric": v.rubric, "title": getattr(v.title, lang)} for v in versions],
        known=[{"outcomes": o.outcomes, "year": o.year, "carried": _count(carried.get(o.year))} for o in known],
        error=error,
        form={"year": str(next((year for year in free if year >= usual), next(iter(free), ""))), **form},
    )


def _count(carried: list[Any] | None) -> int | None:
    return None if carried is None else len(carried)


def year_of(day: date, ways: Practice) -> int:
    """Return the school year that a day is in, by the calendar year in which it begins."""
    return day.year if day >= ways.quarters_of(day.year)[0] else day.year - 1


def _usual_year(day: date, this_year: int) -> int:
    """The following year from the turn of the calendar year on, and the current one before."""
    return this_year + 1 if day.year > this_year and day.month >= _SPRING else this_year


@post("/outcomes/new", opt={"need": Need.SIGNED_IN})
async def begin(request: Page) -> Response[Any]:
    """Begin June Outcomes from the form, and go to their page."""
    services, sent = services_of(request), await request.form()
    form = {name: str(sent.get(name, "")) for name in ("school", "year", "rubric", "seed")}
    outcomes = f"{form['school']}-{form['year']}"
    data: dict[str, Any] = {"outcomes": outcomes, "school": form["school"], "rubric": form["rubric"]}
    data |= {"year": int(form["year"])} if form["year"].isdecimal() else {"year": form["year"]}
    data |= {"seed": form["seed"]} if form["seed"] else {}
    try:
        if not form["year"]:
            raise Malformed("Choose a school year. Those with June Outcomes already are not offered.")
        command = parse_command("begin-outcomes", data)
        await services.door.carry_out(signed_in(request).id, _id_of(sent.get("id", "")), command)
    except (Refused, Malformed, CommandIdReused) as error:
        if isinstance(error, NotAllowed):
            raise
        declined = await decline(services, error, language_of(request))
        return await _page(request, form, declined.status, declined.message)
    return Redirect(f"/outcomes/{outcomes}", status_code=303)


def _id_of(sent: object) -> UUID:
    try:
        return UUID(str(sent))
    except ValueError as error:
        raise Malformed(
            "This form is not one of Daybook's, or came in part. Load the page again and send it from there."
        ) from error
