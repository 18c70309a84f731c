"""The replay of a plan's year: the plan as it stood at a moment, with the reviews of its school on the ruler."""

from datetime import time
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery

from daybook.projections.network import ReviewListed
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import PlanShown
from daybook.projections.view import Shown, seen
from daybook.server import zones
from daybook.server.guard import Need, entered, services_of, signed_in
from daybook.server.history import past_of
from daybook.server.pages import Page, language_of, long_page
from daybook.server.plan_can import may_of
from daybook.server.plan_page import in_lines, plan_context
from daybook.server.prose_text import plain
from daybook.server.replay_page import Then
from daybook.server.services import Services
from daybook.server.statements import indicators, statements_since
from daybook.server.templates import N_, Language, translations
from daybook.server.zones import local


@get("/plans/{plan:str}/replay", opt={"need": Need.PLAN})
async def plan_replay(
    request: Page,
    plan: FromPath[str],
    at: FromQuery[str | None] = None,
    strategy: FromQuery[str | None] = None,
    readings: FromQuery[str | None] = None,
) -> Response[bytes]:
    """The year of a plan, at a moment of it."""
    services, person, lang = services_of(request), signed_in(request), language_of(request)
    stream = f"plan:{plan}"
    room, _, audiences = await entered(stream, services, person.id)
    shown = room.view["plan"].value
    assert isinstance(shown, PlanShown)
    past = await past_of(services, stream, person.id, lang)
    then = Then(past, at)
    visible = seen(room.view, audiences)
    mine = may_of(await services.door.people(), person.id, shown.school, team="team" in audiences)
    context = await plan_context(
        request,
        shown,
        msgspec.to_builtins(visible),
        msgspec.to_builtins(then.view),
        msgspec.structs.replace(mine, act=False, administer=False),  # nothing can be done to the past
        on=local(then.at).date(),
        works_on=await indicators(services, visible, then.position),
        chosen=strategy,
        readings=readings,
        moment=then.position,
    )
    state = context["state"] | {"stream": stream, "at": then.position, "forms": {}}
    stated = await statements_since(services, visible, person.id, lang, past.patches[0].position)
    state["stated"] = [
        {"position": one.position, "outcomes": in_lines(one.outcomes), "works_on": one.works_on} for one in stated
    ]
    state["moments"] = await _reviews(services, shown, lang)
    told = then.context()
    told["why"] = told["why"] or _why(then.view, then.patch)
    return await long_page(request, "plan_replay.html", **context | {"state": state}, past=told, links=[])


async def _reviews(services: Services, plan: PlanShown, lang: Language) -> list[dict[str, Any]]:
    """List the reviews of the plan's school within its year, as moments that are no events of the plan."""
    label = translations(lang).gettext(N_("School Support Review"))
    return [
        {"at": zones.at(one.date, time(12)).isoformat(), "kind": "review", "label": label}
        for one in await services.stored.find(ReviewListed, (f"school:{plan.school}",))
        if plan.quarters[0] <= one.date <= plan.ends
    ]


def _why(view: dict[str, Shown], patch: dict[str, Shown | None]) -> str | None:
    """Return why a refinement was made, where a step is about one."""
    for key in patch:
        kind, _, name = key.partition(":")
        words = view.get(f"text:refinement:{name}:why") if kind == "refinement" else None
        if isinstance(words, TextShown) and words.text:
            return plain(words.text)
    return None


ROUTES = [plan_replay]
