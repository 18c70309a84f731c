"""Plain HTML forms: the same commands through the same door, for those whose scripts do not run."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from daybook.events.core import Refused
from daybook.projections.network import RubricListed
from daybook.server.api import decline
from daybook.server.door import COMMANDS, Malformed, parse_command
from daybook.server.form_data import NOT_OURS, command_data, id_of
from daybook.server.guard import Need, check_stream, services_of, signed_in
from daybook.server.log import CommandIdReused, LogUnavailable
from daybook.server.outcomes_forms import form_of
from daybook.server.outcomes_page import outcomes_page
from daybook.server.pages import Page, language_of, page, review_page, rubric_in, visible_schools
from daybook.server.plan_page import plan_page
from daybook.server.sign_in import own_path


@post("/commands", opt={"need": Need.SIGNED_IN})
async def command_form(request: Request[Any, Any, Any]) -> Response[Any]:
    """Carry out one command from a form, and go back to the page it came from."""
    form, services = await request.form(), services_of(request)
    kind, data = str(form.get("type", "")), command_data(form)
    if kind not in COMMANDS:
        raise Malformed(NOT_OURS)
    stream = next((stream for stream in _AGAIN if isinstance(data.get(stream), str)), None)
    typed = {name: form.getall(name) if name == "indicators" else str(value) for name, value in form.items()}
    problem = {"sentence": "", "form": str(form.get("form", "")), "type": kind, "data": data, "typed": typed}
    try:
        if "take" in form and stream is not None:  # nothing is sent yet: the author goes on with another text
            status = 200
        else:
            command = parse_command(kind, data, strict=False)
            await services.door.carry_out(signed_in(request).id, id_of(form), command)
            return Redirect(own_path(str(form.get("back", "/"))), status_code=303)
    except (Refused, Malformed, CommandIdReused, LogUnavailable) as error:
        if stream is None or isinstance(error, LogUnavailable):
            raise
        declined = await decline(services, error, language_of(request))
        problem["sentence"], status = declined.message, declined.status
    await check_stream(f"{stream}:{data[stream]}", services, await services.door.people(), signed_in(request))
    return await _AGAIN[stream](request, data[stream], problem, status)


async def _review_again(request: Page, review: str, problem: dict[str, Any], status: int) -> Response[str]:
    indicator = problem["data"].get("indicator")
    return await review_page(request, review, str(indicator) if indicator else None, problem, status)


async def _outcomes_again(request: Page, outcomes: str, problem: dict[str, Any], status: int) -> Response[str]:
    form = form_of(problem["type"], problem["data"]) or ""
    return await outcomes_page(request, outcomes, problem=problem | {"form": form}, status=status)


_AGAIN: dict[str, Callable[[Page, str, dict[str, Any], int], Awaitable[Response[Any]]]] = {
    "review": _review_again,
    "plan": plan_page,
    "outcomes": _outcomes_again,
}
"""By the command's field that names its stream: the page that shows a refused form again, with what was typed."""


@get("/reviews/new", opt={"need": Need.SCHEDULE})
async def schedule_page(request: Page) -> Response[str]:
    """Offer the form that schedules a review."""
    return await _schedule_page(request)


async def _schedule_page(
    request: Page, status: int = 200, error: str | None = None, form: dict[str, Any] | None = None
) -> Response[str]:
    services = services_of(request)
    await services.stored.catch_up()
    versions = [v for v in await services.stored.find(RubricListed, ("list:rubrics",)) if v.published]
    names = await services.identity.names()
    return page(
        request,
        "schedule.html",
        status,
        schools=[{"school": s.school, "name": s.name} for s in await visible_schools(services, signed_in(request))],
        rubrics=[await rubric_in(services, v.rubric, language_of(request)) for v in versions],
        people=[{"person": person, "name": name} for person, name in names.items()],
        error=error,
        form=form or {"school": "", "date": "", "rubric": "", "focus": [], "team": {}, "review": ""},
    )


@post("/reviews/new", opt={"need": Need.SCHEDULE})
async def schedule(request: Page) -> Response[Any]:
    """Schedule a review from the form, and go to its page."""
    form = await request.form()
    team = {name.removeprefix("team_"): str(form[name]) for name in dict.fromkeys(form) if name.startswith("team_")}
    data = command_data(form)
    data.setdefault("focus", [])
    data["team"] = [{"person": person, "role": role} for person, role in team.items() if role]
    # An address people can read; the date sets one review of a school apart from the next.
    data.setdefault("review", f"{data.get('school', 'school')}-{data.get('date', 'day')}")
    try:
        command = parse_command("schedule-review", data)
        await services_of(request).door.carry_out(signed_in(request).id, id_of(form), command)
    except (Refused, Malformed, CommandIdReused) as error:
        declined = await decline(services_of(request), error, language_of(request))
        typed = {"school": "", "date": "", "rubric": "", **data, "team": team}
        return await _schedule_page(request, declined.status, declined.message, typed)
    return Redirect(f"/reviews/{data['review']}", status_code=303)
