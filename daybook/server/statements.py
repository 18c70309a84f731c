"""What the June Outcomes say that a plan's priorities come from: now, or as it stood at a moment.

They are a stream of their own, so a plan's own events do not tell when their words were amended. A past that
showed today's words would tell what nobody had agreed on then.
"""

from datetime import datetime

from msgspec import Struct

from daybook.projections.outcomes_page import Lang, outcomes_page
from daybook.projections.view import Shown, apply, seen
from daybook.server.history import looking_back, room_at
from daybook.server.live import patches_for
from daybook.server.services import Services


class Stated(Struct, frozen=True):
    """The statement of each outcome by its id, from a position of the log on."""

    position: int
    outcomes: dict[str, str]


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
    services: Services, outcomes: str | None, person: str, lang: Lang, first: int
) -> list[Stated]:
    """List what the outcomes said at a position and each time that it changed since, earliest first."""
    if outcomes is None:
        return []
    stream = f"outcomes:{outcomes}"
    room, _, audiences = await services.hub.view(stream, person)
    _, steps, _ = await room_at(services.log, services.codec, stream, None)
    view: dict[str, Shown] = {}
    since: list[Stated] = []
    for patched in patches_for(steps, 0, looking_back(room, audiences, steps)):
        apply(view, patched.patch)
        stated = _stated(view, lang)
        if patched.position <= first:
            since = [Stated(patched.position, stated)]
        elif stated != (since[-1].outcomes if since else {}):
            since.append(Stated(patched.position, stated))
    return since


def _stated(view: dict[str, Shown], lang: Lang) -> dict[str, str]:
    if "outcomes" not in view:
        return {}
    texts = {one.shown.outcome: one.statement.text for one in outcomes_page(view, lang).outcomes}
    return {outcome: text for outcome, text in texts.items() if text is not None}
