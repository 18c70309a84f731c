"""The page of a school's June Outcomes: a draft that many write, and after adoption the page that goes to families."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery

from daybook.events.outcomes_rights import Rights, owns, rights_of
from daybook.events.people import People
from daybook.events.practice import STREAM as PRACTICE
from daybook.events.practice import Practice
from daybook.projections.network import ReviewListed, RubricListed, StandingRating
from daybook.projections.network_plans import PlanListed
from daybook.projections.outcomes_entries import OutcomesShown
from daybook.projections.view import Shown, seen
from daybook.server.clashes import Clash, clash_of
from daybook.server.described import in_language
from daybook.server.guard import Need, entered, services_of, signed_in
from daybook.server.outcomes_files import outcomes_fit
from daybook.server.outcomes_forms import FORMS, IN_ENGLISH, fields_at, hidden, initial, is_kept_as_english, typed
from daybook.server.outcomes_years import plan_before, year_after, year_before
from daybook.server.pages import Page, language_of, page, rubric_in
from daybook.server.services import Services
from daybook.server.templates import LANGUAGES, N_, Language, name_of, plain_day, sentence_case, translations

_WORDS = ("met", "partly-met", "not-met", "carried-forward")
_TEXTS = {
    "statement": N_("What will be true in June"),
    "measure": N_("How we will know"),
    "school": N_("The school commits to"),
    "home-office": N_("The home office commits to"),
    "aim": N_("Indicators and level"),
}
_PEOPLE = ("person", "by", "owner", "aimed_by")


@get("/outcomes/{outcomes:str}", opt={"need": Need.OUTCOMES})
async def outcomes(
    request: Page, outcomes: FromPath[str], open: FromQuery[str] = "", beside: FromQuery[str] = ""
) -> Response[str]:
    """June Outcomes; `open` is a form that is unfolded, `beside` shows both languages."""
    return await outcomes_page(request, outcomes, open=open, beside=bool(beside))


async def outcomes_page(
    request: Page,
    outcomes: str,
    *,
    open: str = "",
    beside: bool = False,
    problem: dict[str, Any] | None = None,
    status: int = 200,
) -> Response[str]:
    """Render June Outcomes; `problem` is a form that was not accepted, with its sentence and what was typed."""
    services, me, lang = services_of(request), signed_in(request), language_of(request)
    await services.stored.catch_up()
    room, position, audiences = await entered(f"outcomes:{outcomes}", services, me.id)
    view = seen(room.view, audiences)
    shown = view["outcomes"]
    assert isinstance(shown, OutcomesShown)
    people = await services.door.people()
    context = await outcomes_context(request, view, rights_of(me.id, shown.school, people))
    owners = await _owners(services, people, shown.school)
    opened = problem["form"] if problem else open if open.partition("@")[0] in FORMS else ""
    clash = await clash_of(services, room.stream, me.id, view, problem) if problem else None
    known = {"stream": room.stream, "position": position, "epoch": str(await services.log.epoch())}
    # The page's state is what its scripts draw from; the templates draw from the same.
    state = context["state"] | {
        "room": known | {"view": context["view"]},
        "standing": await _standing(services, shown, lang),
        "owners": owners,
        "forms": in_language(FORMS, lang),
        "open": opened,
        "beside": beside,
        "problem": problem,
        "plan": await _plan(services, people, me.id, shown),
        "before": await year_before(services, shown, me.id, lang),
        "after": await year_after(services, shown, me.id),
        "plan_before": await plan_before(services, shown, me.id),
    }
    return page(
        request,
        "outcomes.html",
        status,
        **context | {"state": state},
        past=None,
        form=_opened(view, opened, state, lang, clash),
        paper={
            language: await outcomes_fit(services, outcomes, me.id, language, told_in=lang) for language in LANGUAGES
        },
    )


async def _plan(services: Services, people: People, person: str, shown: OutcomesShown) -> dict[str, Any] | None:
    """Return where the plan of the same year is, or where it can be begun; None when neither is for this person."""
    plans = await services.stored.find(PlanListed, (f"school:{shown.school}",))
    found = next((one.plan for one in plans if one.year == shown.year), None)
    if found:
        return {"href": f"/plans/{found}", "begun": True}
    if people.leads(person, shown.school) or people.holds(person, "network-administrator"):
        return {"href": f"/plans/new?school={shown.school}&year={shown.year}", "begun": False}
    return None


async def outcomes_context(request: Page, view: Mapping[str, Shown], rights: Rights) -> dict[str, Any]:
    """Return what the templates of June Outcomes show of a view, now or at an earlier moment."""
    services, me, lang = services_of(request), signed_in(request), language_of(request)
    shown = view["outcomes"]
    assert isinstance(shown, OutcomesShown)
    rubric = await rubric_in(services, shown.rubric, lang)
    return {
        "view": msgspec.to_builtins(view),
        "school": {"school": shown.school, "name": await services.stored.school_name(shown.school)},
        "state": {
            "me": me.id,
            "names": await services.identity.names(_mentioned(view) | {me.id}),
            "words": {word: sentence_case(name_of(word, lang)) for word in _WORDS},
            "texts": {text: translations(lang).gettext(label) for text, label in _TEXTS.items()},
            "rubric": {"systems": rubric["systems"], "levels": rubric["levels"]},
            "reviews": await _reviews(services, shown, lang),
            "may": {
                **msgspec.to_builtins(rights),
                "conclude_from": (await practice(services)).quarters_of(shown.year)[3].isoformat(),
            },
            "today": services.clock().date().isoformat(),
            "plan": None,
            "before": None,
            "after": None,
            "plan_before": None,
        },
    }


def _opened(
    view: Mapping[str, Shown],
    key: str,
    state: Mapping[str, Any],
    lang: Language,
    clash: Clash | None,
) -> dict[str, Any] | None:
    """Return the form that is unfolded, for the templates: hidden fields, what stands in it, and its choices."""
    if not key:
        return None
    problem = state["problem"]
    kind = key.partition("@")[0]
    about = fields_at(key)
    there = f"outcome:{about.get('outcome') or about.get('passage', '').partition(':')[0]}"
    if about and not about.get("about") and there not in view:
        return None
    reviews = {code: one["review"] for code, one in state["standing"].items()}
    return {
        "key": key,
        "described": state["forms"][kind] | _intro(key, state, lang),
        "hidden": hidden(view, key, reviews),
        "values": (typed(problem["data"]) | ({"text": clash.text} if clash else {})) if problem else initial(view, key),
        "faults": {"": problem["sentence"]} if problem else {},
        "choices": _choices(state, lang),
        "clash": clash,
    }


def _intro(key: str, state: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """Return what stands above a form, with the language to write in where that is not the page's own."""
    intro = state["forms"][key.partition("@")[0]]["intro"]
    if not is_kept_as_english(key, lang):
        return {"intro": intro}
    return {"intro": " ".join(filter(None, (intro, translations(lang).gettext(IN_ENGLISH))))}


def _choices(state: Mapping[str, Any], lang: Language) -> dict[str, list[dict[str, Any]]]:
    def alone(options: list[tuple[str, str]]) -> list[dict[str, Any]]:
        return [{"label": "", "options": options}]

    def indicator(one: Mapping[str, Any]) -> tuple[str, str]:
        stands = state["standing"].get(one["code"])
        now = stands["now"] if stands else translations(lang).gettext(N_("not rated yet"))
        return one["code"], f"{one['statement']} ({now})"

    return {
        "indicators": [
            {"label": system["name"], "options": [indicator(one) for one in system["indicators"]]}
            for system in state["rubric"]["systems"]
        ],
        "target": alone([(str(level), name) for level, name in enumerate(state["rubric"]["levels"], 1)]),
        "owner": alone([(one["person"], one["name"]) for one in state["owners"]]),
    }


async def practice(services: Services) -> Practice:
    """Return how the network works."""
    state = (await services.door.states.refresh(PRACTICE)).value
    assert isinstance(state, Practice)
    return state


async def _owners(services: Services, people: People, school: str) -> list[dict[str, str]]:
    """List who may own an outcome, by name."""
    names = await services.identity.names()
    may = [{"person": person, "name": name} for person, name in names.items() if owns(person, school, people)]
    return sorted(may, key=lambda one: one["name"])


def _mentioned(view: Mapping[str, Shown]) -> set[str]:
    """The ids of everyone whom the view mentions."""
    return {
        getattr(value, name)
        for value in view.values()
        for name in _PEOPLE
        if name in value.__struct_fields__ and getattr(value, name)
    }


async def _standing(services: Services, shown: OutcomesShown, lang: Language) -> dict[str, dict[str, Any]]:
    """Say where the school stands now on each indicator that was rated, and by which review."""
    reviews = await _reviews(services, shown, lang)
    found = {}
    for rating in await services.stored.find(StandingRating, (f"school:{shown.school}",)):
        review = reviews[rating.review]
        found[rating.indicator] = {
            "review": rating.review,
            "level": rating.level,
            "levels": rating.levels,
            "now": translations(lang)
            .gettext(N_("now: {level}, review of {day}"))
            .format(level=review["levels"][rating.level - 1], day=review["day"]),
        }
    return found


async def _reviews(services: Services, shown: OutcomesShown, lang: Language) -> dict[str, dict[str, Any]]:
    """Return the day and the level names of each review of the school."""
    versions = {v.rubric: v for v in await services.stored.find(RubricListed, ("list:rubrics",))}
    return {
        review.review: {
            "day": plain_day(review.date, lang),
            "levels": [getattr(level, lang) for level in versions[review.rubric].levels],
        }
        for review in await services.stored.find(ReviewListed, (f"school:{shown.school}",))
    }
