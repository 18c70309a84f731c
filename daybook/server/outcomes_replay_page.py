"""The replay of June Outcomes: the page as it stood at a moment, from its beginning to what came of it."""

from datetime import time
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from daybook.events.outcomes_rights import NO_RIGHTS
from daybook.projections.network import ReviewListed
from daybook.projections.outcomes_entries import CommentShown, OutcomesShown
from daybook.server import zones
from daybook.server.guard import Need, services_of, signed_in
from daybook.server.history import past_of
from daybook.server.outcomes_page import outcomes_context, practice
from daybook.server.pages import Page, language_of, page
from daybook.server.replay_page import Then
from daybook.server.services import Services
from daybook.server.templates import N_, Language, translations


@get("/outcomes/{outcomes:str}/replay", opt={"need": Need.OUTCOMES})
async def outcomes_replay(
    request: Page, outcomes: FromPath[str], at: FromQuery[str | None] = None, beside: FromQuery[str] = ""
) -> Response[str]:
    """June Outcomes at a moment; `beside` shows both languages."""
    services, person, lang = services_of(request), signed_in(request), language_of(request)
    await services.stored.catch_up()
    stream = f"outcomes:{outcomes}"
    then = Then(await past_of(services, stream, person.id, lang), at)
    shown = then.view["outcomes"]
    assert isinstance(shown, OutcomesShown)
    context = await outcomes_context(request, then.view, NO_RIGHTS)  # nothing can be done to the past
    ways = await practice(services)
    state = context["state"] | {
        "stream": stream,
        "at": then.position,
        "beside": bool(beside) or _in_other(then, lang),
        "moments": await _reviews(services, shown, then, lang),
        "quarters": [day.isoformat() for day in ways.quarters_of(shown.year)],
        "ends": ways.quarters_of(shown.year + 1)[0].isoformat(),
    }
    commented = {value.outcome for value in then.patch.values() if isinstance(value, CommentShown)}
    past = then.context() | {"commented": commented}
    return page(request, "outcomes_replay.html", **context | {"state": state}, form=None, past=past)


def _in_other(then: Then, lang: Language) -> bool:
    """Tell whether the step changed words in the language that the page does not show: then it shows both."""
    texts = [key for key in then.patch if key.startswith("text:")]
    if lang == "en":
        return any(key.endswith(":es") for key in texts)
    return any(key.endswith(":en") and key.removesuffix(":en") + ":es" in then.view for key in texts)


async def _reviews(services: Services, shown: OutcomesShown, then: Then, lang: Language) -> list[dict[str, Any]]:
    """List the reviews of the school between the first step and the last, as moments on the ruler."""
    label = translations(lang).gettext(N_("School Support Review"))
    first, last = then.past.patches[0].at, then.past.patches[-1].at
    days = [
        zones.at(one.date, time(12)) for one in await services.stored.find(ReviewListed, (f"school:{shown.school}",))
    ]
    return [{"at": day.isoformat(), "kind": "review", "label": label} for day in days if first <= day <= last]


ROUTES = [outcomes_replay]
