"""A school's June Outcomes from year to year: what one and its plan carry forward, and whether the next took it in."""

from typing import Any

from daybook.projections.network_plans import OutcomesListed, PlanListed
from daybook.projections.outcomes_entries import ConclusionShown, OutcomeShown, OutcomesShown
from daybook.projections.passages import TextShown
from daybook.projections.plan_tree import plan_tree
from daybook.projections.view import Shown, seen
from daybook.server.services import Services
from daybook.server.statements import with_aims
from daybook.server.templates import Language


async def outcomes_of(services: Services, school: str) -> list[OutcomesListed]:
    """List a school's June Outcomes, the latest year first."""
    found = await services.stored.find(OutcomesListed, (f"school:{school}",))
    return sorted(found, key=lambda one: one.year, reverse=True)


async def carried_forward(
    services: Services, outcomes: OutcomesListed, person: str, lang: Language
) -> list[dict[str, Any]] | None:
    """List what a year carried forward, each with its statement as someone reads it; None where nothing was adopted."""
    if outcomes.phase != "adopted":
        return None
    view = await _view(services, outcomes, person)
    concluded = [value for value in view.values() if isinstance(value, ConclusionShown)]
    names = [one.outcome for one in concluded if one.result == "carried-forward"]
    return [{"outcome": name, "statement": _statement(view, name, lang)} for name in names]


async def year_before(services: Services, shown: OutcomesShown, person: str, lang: Language) -> dict[str, Any] | None:
    """Return what the year before carried forward, for a draft; None where nothing can come from there."""
    before = await _of_year(services, shown.school, shown.year - 1)
    if before is None or shown.phase != "draft":
        return None
    carried = await carried_forward(services, before, person, lang)
    return {"outcomes": before.outcomes, "year": before.year, "carried": carried} if carried else None


async def plan_before(services: Services, shown: OutcomesShown, person: str) -> dict[str, Any] | None:
    """Return the priorities that the plan of the year before carries forward, for a draft, with what was said of each.

    None where there are none, or none that this person may see.
    """
    plans = await services.stored.find(PlanListed, (f"school:{shown.school}",))
    before = next((one for one in plans if one.year == shown.year - 1), None)
    if before is None or shown.phase != "draft":
        return None
    room, _, audiences = await services.hub.view(f"plan:{before.plan}", person)
    view = seen(room.view, audiences)
    if "plan" not in view:
        return None
    carried = [
        {
            "priority": one.shown.priority,
            "outcome": one.shown.outcome,
            "indicators": one.shown.indicators,
            "text": one.words.text if one.words else None,
            "reflected": one.reflected.text if one.reflected else None,
        }
        for one in plan_tree(await with_aims(services, view)).priorities
        if one.reflection and one.reflection.carries == "carries-forward"
    ]
    return {"plan": before.plan, "year": before.year, "carried": carried} if carried else None


async def year_after(services: Services, shown: OutcomesShown, person: str) -> dict[str, Any] | None:
    """Return the outcomes of the following year, with the ids of those in it; None where there are none yet."""
    after = await _of_year(services, shown.school, shown.year + 1)
    if after is None or shown.phase == "draft":
        return None
    view = await _view(services, after, person)
    taken = [one.outcome for one in view.values() if isinstance(one, OutcomeShown) and not one.withdrawn]
    return {"outcomes": after.outcomes, "draft": after.phase == "draft", "taken": taken}


async def _of_year(services: Services, school: str, year: int) -> OutcomesListed | None:
    return next((one for one in await outcomes_of(services, school) if one.year == year), None)


async def _view(services: Services, outcomes: OutcomesListed, person: str) -> dict[str, Shown]:
    room, _, audiences = await services.hub.view(f"outcomes:{outcomes.outcomes}", person)
    return seen(room.view, audiences)


def _statement(view: dict[str, Shown], outcome: str, lang: Language) -> str | None:
    texts = [view.get(f"text:{outcome}:statement:{language}") for language in (lang, "en")]
    return next((text.text for text in texts if isinstance(text, TextShown)), None)
