"""The page of a school's plan, and the form that begins one."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from daybook.events.people import People
from daybook.projections.network import ReviewListed, RubricListed
from daybook.projections.plan_entries import PlanShown
from daybook.projections.room import ConsensusShown, EvidenceShown
from daybook.projections.view import seen
from daybook.server.clashes import clash_of
from daybook.server.described import in_language
from daybook.server.guard import Need, entered, services_of, signed_in
from daybook.server.pages import Page, language_of, long_page, rubric_in
from daybook.server.plan_can import May, may_of, rights_of
from daybook.server.plan_forms import FORMS
from daybook.server.plan_sheet import PlanSheet, citation_word
from daybook.server.prose_text import plain
from daybook.server.services import Services
from daybook.server.statements import indicators, statements
from daybook.server.templates import N_, Language, day, name_of, sentence_case, translations
from daybook.server.zones import today

_OPEN = re.compile(r"[a-z-]{3,30}@[a-z0-9:-]{1,200}")
_WORDS = (
    *("draft", "adopted", "closed", "priority", "strategy", "action", "measure", "support"),
    *("waiting", "accepted", "declined", "withdrawn", "agreed", "delivered"),
    *("not-started", "under-way", "done", "stuck", "on-track", "needs-attention", "off-track"),
    *("coaching", "professional-development", "operations", "staffing", "budget", "other"),
    *("carries-forward", "finished", "let-go"),
)
_LONGEST_LINE = 160
_LINKS = (
    (N_("Replay the year"), "/plans/{plan}/replay"),
    (N_("Compare"), "/plans/{plan}/compare"),
    (N_("Timeline"), "/timeline?stream=plan:{plan}"),
    (N_("Calendar"), "/plans/{plan}/calendar"),
    (N_("Print"), "/plans/{plan}/print"),
    (N_("PDF"), "/plans/{plan}/pdf"),
    (N_("Goals as a table"), "/plans/{plan}/spsa.xlsx"),
)
"""Where else one can look at a plan."""
_PEOPLE = ("by", "owner", "person", "reported_by", "answered_by", "opened_by", "proposed_by")


@get("/plans/{plan:str}", opt={"need": Need.PLAN})
async def plan(
    request: Page,
    plan: FromPath[str],
    *,
    open: FromQuery[str | None] = None,
    strategy: FromQuery[str | None] = None,
    readings: FromQuery[str | None] = None,
    at: FromQuery[str | None] = None,
) -> Response[bytes] | Redirect:
    """The plan; at an earlier moment, where the address names one, it is the replay that shows it."""
    if at is not None:
        return Redirect(f"/plans/{plan}/replay?{urlencode({'at': at})}")
    return await plan_page(request, plan, unfolded=open, chosen=strategy, readings=readings)


async def plan_page(
    request: Page,
    plan: str,
    problem: dict[str, Any] | None = None,
    status: int = 200,
    *,
    unfolded: str | None = None,
    chosen: str | None = None,
    readings: str | None = None,
) -> Response[bytes]:
    """Render a plan; `problem` is a form that was not accepted, with its sentence and what was typed."""
    services, person = services_of(request), signed_in(request)
    room, position, audiences = await entered(f"plan:{plan}", services, person.id)
    shown = room.view["plan"].value
    assert isinstance(shown, PlanShown)
    visible = seen(room.view, audiences)
    view = msgspec.to_builtins(visible)
    clash = await clash_of(services, room.stream, person.id, visible, problem) if problem else None
    may = may_of(await services.door.people(), person.id, shown.school, team="team" in audiences)
    known = {"stream": room.stream, "position": position, "epoch": str(await services.log.epoch()), "view": view}
    if problem and clash:
        problem["typed"]["text"] = clash.text
    wanted = problem["form"] if problem else unfolded
    opened = wanted if wanted and _OPEN.fullmatch(wanted) and wanted.partition("@")[0] in FORMS else None
    context = await plan_context(
        request,
        shown,
        view,
        view,
        may,
        on=today(),
        works_on=await indicators(services, visible),
        opened=opened,
        chosen=chosen,
        readings=readings,
        problem=problem,
    )
    context["state"]["room"] = known
    links = [(path.format(plan=plan), text) for text, path in _LINKS]
    return await long_page(request, "plan.html", status, **context, clash=clash, links=links)


async def plan_context(
    request: Page,
    shown: PlanShown,
    now: dict[str, Any],
    view: dict[str, Any],
    may: May,
    *,
    on: date,
    works_on: Mapping[str, tuple[str, ...]],
    opened: str | None = None,
    chosen: str | None = None,
    readings: str | None = None,
    problem: dict[str, Any] | None = None,
    moment: int | None = None,
) -> dict[str, Any]:
    """Return what a plan's template shows of `view`, on a day; what its scripts need to draw it stands in `state`.

    What is said around the entries is taken from the plan as it is `now`, but for the statements of June Outcomes:
    those are as they stood at the position `moment`, or stand now. `works_on` has the indicators of priorities that
    come from them, then or now.
    """
    services, person, lang = services_of(request), signed_in(request), language_of(request)
    people = await services.door.people()
    rights = rights_of(view, may, person.id, on)
    stated = await statements(services, shown.outcomes, person.id, lang, moment)
    rubric = await _rubric(services, now, lang)
    reviews = await services.stored.find(ReviewListed, (f"school:{shown.school}",))
    everybody = await services.identity.names(_working_with(people, shown.school) | _mentioned(view) | {person.id})
    around = {
        "texts": {
            "outcomes": in_lines(stated),
            "works_on": works_on,
            "indicators": _statements(rubric),
            "reviews": _called(reviews, lang),
        },
        "owners": _named(_working_with(people, shown.school), everybody),
        "helpers": _named(_helpers(people, shown.school), everybody),
        "citable": await _citable(services, reviews, person.id, lang) if may.team else [],
        "rubric": rubric if rights.free and may.lead else None,
        "today": on.isoformat(),
        "open": opened,
        "chosen": chosen if f"strategy:{chosen}" in view else None,
        "readings": readings if f"measure:{readings}" in view else None,
        "problem": problem,
        "forms": in_language(FORMS, lang),
    }
    sheet = PlanSheet(view, rights, lang, around)
    names = {one: everybody[one] for one in everybody if one in _mentioned(view) or one == person.id}
    return around | {
        "plan": view["plan"],
        "sheet": sheet,
        "can": rights,
        "names": everybody,
        "home": f"/plans/{shown.plan}",
        "school_name": await services.stored.school_name(shown.school),
        "citation_word": citation_word,
        "state": around
        | {"me": person.id, "names": names, "may": msgspec.to_builtins(may), "forms": around["forms"]}
        | {
            "words": {word: sentence_case(name_of(word, lang)) for word in _WORDS}
            | {"closed": name_of("year-closed", lang)}
        },
    }


def _mentioned(view: dict[str, Any]) -> set[str]:
    found = {entry[field] for entry in view.values() for field in _PEOPLE if entry.get(field)}
    return found.union(*(entry["agreed"] for entry in view.values() if "agreed" in entry))


def _working_with(people: People, school: str) -> set[str]:
    """Everybody who may carry a part of a school's plan: its leaders and teams, and its helpers at the home office."""
    roles = {("school-leader", school), ("team-member", school)}
    own = {person for person, held in people.roles.items() if held & roles}
    teams = {person for team in people.teams.values() if team.school == school for person in team.members}
    return own | teams | _helpers(people, school)


def _helpers(people: People, school: str) -> set[str]:
    """The network's leaders and administrators who work with a school."""
    return {
        person
        for person in people.roles
        if people.holds(person, "network-leader", school) or people.holds(person, "network-administrator")
    }


def _named(people: Iterable[str], names: dict[str, str]) -> list[dict[str, str]]:
    return sorted(({"person": p, "name": names.get(p, p)} for p in people), key=lambda one: one["name"])


def in_lines(stated: Mapping[str, str]) -> dict[str, str]:
    """Say statements of outcomes in one line each."""
    return {outcome: _line(text) or outcome for outcome, text in stated.items()}


def _line(text: str | None) -> str:
    first = plain(text or "").partition("\n")[0]
    return f"{first[: _LONGEST_LINE - 1]}…" if len(first) > _LONGEST_LINE else first


async def _rubric(services: Services, view: dict[str, Any], lang: Language) -> dict[str, Any] | None:
    """Return the rubric version whose indicators the plan names, or the latest published one."""
    await services.stored.catch_up()
    versions = [v.rubric for v in await services.stored.find(RubricListed, ("list:rubrics",)) if v.published]
    named = [entry["rubric"] for entry in view.values() if entry["kind"] == "priority" and entry["rubric"]]
    if not versions and not named:
        return None
    said = await rubric_in(services, named[-1] if named else sorted(versions)[-1], lang)
    systems = [
        system | {"indicators": [{"code": i["code"], "statement": i["statement"]} for i in system["indicators"]]}
        for system in said["systems"]
    ]
    return {"rubric": said["rubric"], "systems": systems}


def _statements(rubric: dict[str, Any] | None) -> dict[str, str]:
    return {i["code"]: i["statement"] for system in (rubric["systems"] if rubric else ()) for i in system["indicators"]}


def _called(reviews: Iterable[ReviewListed], lang: Language) -> dict[str, str]:
    """Return what reviews are called, by their ids: each has its day."""
    said = translations(lang).gettext(N_("Review of {date}"))
    return {review.review: said.format(date=day(review.date, lang)) for review in reviews}


async def _citable(
    services: Services, reviews: Iterable[ReviewListed], person: str, lang: Language
) -> list[dict[str, Any]]:
    """List what a refinement can rest on of a school's closed reviews, as far as someone may see it, latest first."""
    called = _called(reviews, lang)
    said = translations(lang).gettext
    groups = []
    for review in sorted((r for r in reviews if r.phase == "closed"), key=lambda r: r.date, reverse=True):
        room, _, audiences = await services.hub.view(f"review:{review.review}", person)
        items, evidence = [], []
        for value in seen(room.view, audiences).values():
            match value:
                case ConsensusShown():
                    words = said(N_("Consensus on {code}")).format(code=value.code)
                    items.append({"citation": _of_review("consensus", value.code, review.review), "words": words})
                case EvidenceShown(withdrawn=False):
                    words = f"{', '.join(value.indicators)}: {_line(value.text)}"
                    evidence.append({"citation": _of_review("evidence", value.evidence, review.review), "words": words})
                case _:
                    pass
        items += reversed(evidence)
        if items:
            groups.append({"label": called[review.review], "items": items})
    return groups


def _of_review(kind: str, item: str, review: str) -> dict[str, str]:
    return {"kind": kind, "item": item, "review": review}
