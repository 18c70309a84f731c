"""Plain HTML forms: the same commands through the same door, for those whose scripts do not run."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.response import Redirect

from daybook.events.core import Refused
from daybook.projections.network import RubricListed
from daybook.server.api import decline
from daybook.server.door import COMMANDS, Malformed, parse_command
from daybook.server.guard import Need, check_stream, services_of, signed_in
from daybook.server.log import CommandIdReused, LogUnavailable
from daybook.server.outcomes_forms import form_of
from daybook.server.outcomes_page import outcomes_page
from daybook.server.pages import Page, language_of, page, review_page, rubric_in, visible_schools
from daybook.server.sign_in import own_path
from daybook.server.templates import N_

_LISTS = {"indicators", "evidence_cited", "focus"}
_NUMBERS = {"level", "target", "version"}


def command_data(form: FormMultiDict) -> dict[str, Any]:
    """Read a command's data from a form: repeated fields as lists, blank optional ones left out, levels as numbers."""
    data: dict[str, Any] = {}
    for name in dict.fromkeys(form):
        values = [str(value) for value in form.getall(name)]
        if name in ("id", "type", "back", "form", "standing") or name.startswith(("dissent_", "team_")):
            continue
        if name in _LISTS:
            data["evidence" if name == "evidence_cited" else name] = [value for value in values if value]
        elif values[-1].strip():
            number = name in _NUMBERS or (name == "answer" and values[-1].isdecimal())
            # A browser sends line breaks as CR LF; the log keeps them as the writer typed them.
            data[name] = int(values[-1]) if number and values[-1].isdecimal() else values[-1].replace("\r\n", "\n")
    if "standing" in form and "indicators" in data:
        data["indicators"] = _standing(str(form["standing"]), data["indicators"])
    dissent = _dissent(form)
    return data | ({"dissent": dissent} if dissent else {})


def _standing(standing: str, codes: list[str]) -> list[dict[str, str]]:
    """Name beside each chosen indicator the review that says where the school stands on it, as in `CI.2@maple-2026`."""
    reviews = dict(pair.split("@", 1) for pair in standing.split() if "@" in pair)
    return [{"indicator": code} | ({"review": reviews[code]} if code in reviews else {}) for code in codes]


def _dissent(form: FormMultiDict) -> list[dict[str, Any]]:
    texts, people = form.getall("dissent_text", []), form.getall("dissent_person", [])
    kept = []
    for place, text in enumerate(texts):
        if str(text).strip():
            person = str(people[place]) if place < len(people) else ""
            kept.append({"text": str(text).replace("\r\n", "\n"), "person": person or None})
    return kept


_NOT_OURS = N_("This form is not one of Daybook's, or came in part. Load the page again and send it from there.")


def _id_of(form: Mapping[str, Any]) -> UUID:
    try:
        return UUID(str(form.get("id", "")))
    except ValueError as error:
        raise Malformed(_NOT_OURS) from error


@post("/commands", opt={"need": Need.SIGNED_IN})
async def command_form(request: Request[Any, Any, Any]) -> Response[Any]:
    """Carry out one command from a form, and go back to the page it came from."""
    form = await request.form()
    kind, data = str(form.get("type", "")), command_data(form)
    if kind not in COMMANDS:
        raise Malformed(_NOT_OURS)
    try:
        command = parse_command(kind, data)
        await services_of(request).door.carry_out(signed_in(request).id, _id_of(form), command)
    except (Refused, Malformed, CommandIdReused, LogUnavailable) as error:
        declined = await decline(services_of(request), error, language_of(request))
        review, outcomes = data.get("review"), data.get("outcomes")
        if isinstance(outcomes, str) and not isinstance(error, LogUnavailable):
            back = {"sentence": declined.message, "form": form_of(kind, data) or "", "type": kind, "data": data}
            await check_stream(
                f"outcomes:{outcomes}",
                services_of(request),
                await services_of(request).door.people(),
                signed_in(request),
            )
            return await outcomes_page(request, outcomes, problem=back, status=declined.status)
        if not isinstance(review, str) or isinstance(error, LogUnavailable):
            raise
        problem = {"sentence": declined.message, "type": kind, "data": data}
        indicator = data.get("indicator")
        return await review_form_again(request, review, str(indicator) if indicator else None, problem, declined.status)
    return Redirect(own_path(str(form.get("back", "/"))), status_code=303)


async def review_form_again(
    request: Page, review: str, indicator: str | None, problem: dict[str, Any], status: int
) -> Response[str]:
    """Show the room again with what was typed, to those who may be there."""
    services = services_of(request)
    await check_stream(f"review:{review}", services, await services.door.people(), signed_in(request))
    return await review_page(request, review, indicator, problem, status)


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
        await services_of(request).door.carry_out(signed_in(request).id, _id_of(form), command)
    except (Refused, Malformed, CommandIdReused) as error:
        declined = await decline(services_of(request), error, language_of(request))
        typed = {"school": "", "date": "", "rubric": "", **data, "team": team}
        return await _schedule_page(request, declined.status, declined.message, typed)
    return Redirect(f"/reviews/{data['review']}", status_code=303)
