"""What the June Outcomes say and aim at that a plan's priorities come from: now, or as it stood at a moment.

They are a stream of their own, so a plan's own events do not tell when their words or aims were amended. A past that
showed today's words would tell what nobody had agreed on then. Their words are for those who may see them; which
indicators a plan works on is for whoever may see the plan.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from daybook.projections.outcomes_page import Lang, outcomes_page
from daybook.projections.plan_aims import aim_amendments, as_aimed, works_on
from daybook.projections.plan_entries import PlanShown
from daybook.projections.view import Shown, apply, seen
from daybook.server.history import looking_back, room_at
from daybook.server.live import patches_for
from daybook.server.services import Services


class Stated(Struct, frozen=True):
    """From a position of the log on: the statement of each outcome, and what each priority works on, by their ids."""

    position: int
    outcomes: dict[str, str]
    works_on: dict[str, tuple[str, ...]]


async def statements(
    services: Services, outcomes: str | None, person: str, lang: Lang, moment: int | datetime | None = None
) -> dict[str, str]:
    """Return each outcome's statement by its id, as it stood at a moment or stands now.

    Empty where there are no outcomes, or none that this person may see. One that was erased is left out.
    """
    if outcomes is None:
        return {}
    room, _, audiences = await services.hub.view(f"outcomes:{outcomes}", person)
    if moment is None:
        return _stated(seen(room.view, audiences), lang)
    then, steps, _ = await room_at(services.log, services.codec, f"outcomes:{outcomes}", moment)
    return _stated(seen(then.view, looking_back(room, audiences, steps)), lang)


async def statements_since(
    services: Services, plan: Mapping[str, Shown], person: str, lang: Lang, first: int
) -> list[Stated]:
    """List what the outcomes of a plan said and aimed at, at a position and each time that it changed since.

    The earliest is first. There is nothing to list for a plan without June Outcomes.
    """
    outcomes = _outcomes_of(plan)
    if outcomes is None:
        return []
    stream = f"outcomes:{outcomes}"
    room, _, audiences = await services.hub.view(stream, person)
    _, steps, _ = await room_at(services.log, services.codec, stream, None)
    view: dict[str, Shown] = {}
    said: dict[int, dict[str, str]] = {first: {}}
    for patched in patches_for(steps, 0, looking_back(room, audiences, steps)):
        apply(view, patched.patch)
        stated, position = _stated(view, lang), max(first, patched.position)
        if position == first or stated != said[max(said)]:
            said[position] = stated
    everything = {key: entry.value for key, entry in room.view.items()}
    turns = sorted({*said, *(position for position in aim_amendments(everything) if position > first)})
    words = sorted(said)
    return [
        Stated(turn, said[words[bisect_right(words, turn) - 1]], works_on(plan, everything, turn)) for turn in turns
    ]


async def indicators(
    services: Services, plan: Mapping[str, Shown], moment: int | datetime | None = None
) -> dict[str, tuple[str, ...]]:
    """Say by priority which indicators it works on where it comes from a June Outcome, at a moment or now."""
    outcomes = _outcomes_of(plan)
    if outcomes is None:
        return {}
    room, _, _ = await services.hub.view(f"outcomes:{outcomes}", "")
    return works_on(plan, {key: entry.value for key, entry in room.view.items()}, moment)


async def with_aims(
    services: Services, plan: Mapping[str, Shown], moment: int | datetime | None = None
) -> dict[str, Shown]:
    """Read a plan's view with the indicators that its priorities work on, at a moment or now."""
    return as_aimed(plan, await indicators(services, plan, moment))


def _outcomes_of(plan: Mapping[str, Shown]) -> str | None:
    shown = plan.get("plan")
    return shown.outcomes if isinstance(shown, PlanShown) else None


def _stated(view: dict[str, Shown], lang: Lang) -> dict[str, str]:
    if "outcomes" not in view:
        return {}
    texts = {one.shown.outcome: one.statement.text for one in outcomes_page(view, lang).outcomes}
    return {outcome: text for outcome, text in texts.items() if text is not None}
