"""The form that begins a school's plan for a year, from the June Outcomes that were adopted for it."""

import re
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from daybook.events.core import Refused
from daybook.projections.network_plans import OutcomesListed, PlanListed
from daybook.server.api import decline
from daybook.server.door import Malformed, parse_command
from daybook.server.form_data import command_data, id_of
from daybook.server.guard import Need, services_of, signed_in
from daybook.server.log import CommandIdReused
from daybook.server.pages import Page, language_of, page, visible_schools
from daybook.server.services import Services
from daybook.server.zones import today

OF_THAT_YEAR = "of-that-year"
"""In the form that begins a plan: the adopted June Outcomes of the school and year that are chosen there."""


@get("/plans/new", opt={"need": Need.SIGNED_IN})
async def begin_page(
    request: Page, school: FromQuery[str | None] = None, year: FromQuery[int | None] = None
) -> Response[str]:
    """Offer the form that begins a plan, to those who lead a school or administer the network."""
    return await _begin_page(request, {"school": school or ""} | ({"year": str(year)} if year else {}))


async def _begin_page(
    request: Page, form: dict[str, Any], error: str | None = None, status: int = 200
) -> Response[str]:
    services = services_of(request)
    await services.stored.catch_up()
    schools = await _schools_to_plan_for(request)
    first = today().year if today().month >= 4 else today().year - 1
    asked = [int(form["year"])] if re.fullmatch("[0-9]{4}", str(form.get("year", ""))) else []
    years = sorted({first - 1, first, first + 1, *asked})
    known = [s["school"] for s in schools]
    school = form.get("school") or (known[0] if len(known) == 1 else "")
    plans = await services.stored.find(PlanListed, (f"school:{school}",)) if school in known else []
    begun = {one.year: one.plan for one in plans}
    year = next((one for one in (first, first + 1) if one not in begun), None)
    adopted = [one for s in known if school in ("", s) for one in await _adopted(services, s)]
    fitting = [one for one in adopted if one.year in years and one.year not in begun]
    return page(
        request,
        "plan_begin.html",
        status,
        schools=schools,
        of_that_year=OF_THAT_YEAR,
        years=years,
        begun=begun,
        form={"school": "", "year": str(year), "outcomes": OF_THAT_YEAR if fitting else ""} | form,
        error=error,
    )


async def _schools_to_plan_for(request: Page) -> list[dict[str, str]]:
    """List the schools for which this person may begin a plan."""
    services, person = services_of(request), signed_in(request)
    people = await services.door.people()
    return [
        {"school": s.school, "name": s.name}
        for s in await visible_schools(services, person)
        if people.leads(person.id, s.school) or people.holds(person.id, "network-administrator")
    ]


async def _adopted(services: Services, school: str) -> list[OutcomesListed]:
    """List the adopted June Outcomes of a school."""
    return [o for o in await services.stored.find(OutcomesListed, (f"school:{school}",)) if o.phase == "adopted"]


@post("/plans/new", opt={"need": Need.SIGNED_IN})
async def begin(request: Request[Any, Any, Any]) -> Response[Any]:
    """Begin a plan from the form, and go to its page."""
    form = await request.form()
    data = command_data(form)
    # An address people can read; the year sets one plan of a school apart from the next.
    data.setdefault("plan", f"{data.get('school', 'school')}-{data.get('year', 'year')}")
    try:
        command = parse_command("begin-plan", data | await _outcomes_chosen(request, data), strict=False)
        await services_of(request).door.carry_out(signed_in(request).id, id_of(form), command)
    except (Refused, Malformed, CommandIdReused) as error:
        declined = await decline(services_of(request), error, language_of(request))
        return await _begin_page(request, {"outcomes": ""} | data, declined.message, declined.status)
    return Redirect(f"/plans/{data['plan']}", status_code=303)


async def _outcomes_chosen(request: Page, data: dict[str, Any]) -> dict[str, str]:
    """Find the June Outcomes of the school and year that a form is about, where it asks for those. Raises Refused."""
    if data.get("outcomes") != OF_THAT_YEAR:
        return {}
    school, year = data.get("school"), str(data.get("year"))
    if school not in {one["school"] for one in await _schools_to_plan_for(request)}:
        return {}  # which the rules refuse, and nobody learns what another school has
    services = services_of(request)
    await services.stored.catch_up()
    found = [one.outcomes for one in await _adopted(services, school) if str(one.year) == year]
    if not found:
        raise Refused("That year has no adopted June Outcomes yet. Adopt them first, or choose “None”.")
    return {"outcomes": found[0]}
