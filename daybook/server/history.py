"""Looking back at one stream: its view at a moment, and the patches that led there, each told in a sentence.

The same folds as the live room, from storage. What a viewer is told of the past is cut by audiences as
everything is: those they have today, and in hindsight perhaps more, see `Watchable.hindsight`. So a value
that was hidden then and never shown since stays hidden in a replay.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from daybook.events.core import Recorded
from daybook.projections.room import ReviewShown
from daybook.projections.rubric import RubricShown
from daybook.projections.view import Audiences, Entry
from daybook.server.codec import Codec
from daybook.server.live import Hub, Room, Step, patches_for
from daybook.server.log import Log
from daybook.server.protocol import Patched
from daybook.server.services import Services
from daybook.server.telling import Telling
from daybook.server.templates import Language

_AT_A_STRETCH = 200  # events; then others on this process have a turn
_ID = re.compile(rb'"([a-z0-9][a-z0-9-]{0,62})"')


class Remembered(Patched, frozen=True):
    """What one event changed for this viewer, as in `patches` of the live protocol, and the event in a sentence."""

    sentence: str


class Memory(Struct, frozen=True):
    """A stream's past as one viewer may know it, and the names of the people in it."""

    position: int
    names: dict[str, str]
    steps: list[Remembered]


async def room_at(log: Log, codec: Codec, stream: str, moment: int | datetime | None) -> tuple[Room, list[Step], int]:
    """Fold a stream up to a position or a time (all of it for None): the room, its steps, the position reached."""
    upto = moment if isinstance(moment, int) else None
    stored, position = await log.read_stream(stream, upto=upto)
    room = Room(stream)
    steps: list[Step] = []
    for event in stored:
        if isinstance(moment, datetime) and event.at > moment:
            position = event.position - 1
            break
        steps.append(room.step(codec.decode(event)))
        if len(steps) % _AT_A_STRETCH == 0:
            await asyncio.sleep(0)
    return room, steps, position


def looking_back(now: Room, mine: Audiences, steps: Iterable[Step]) -> Audiences:
    """Say what someone with these audiences today may see of what these steps made, given the room as it is now."""
    ever = frozenset(entry.audience for step in steps for entry in step.patch.values() if entry is not None)
    return now.hindsight(now.view, mine, mine | ever)


async def remembered(services: Services, stream: str, person: str, lang: Language) -> Memory:
    """Return all that a viewer may know of a stream's past, from its first event on, in their language."""
    now, _, audiences = await services.hub.view(stream, person)
    _, steps, position = await room_at(services.log, services.codec, stream, None)
    told = patches_for(steps, 0, looking_back(now, audiences, steps))
    names = await services.identity.names()
    telling = Telling(lang, names, await _levels(services.hub, now.view, lang))
    by_position: dict[int, Recorded] = {step.recorded.position: step.recorded for step in steps}
    kept: list[Remembered] = []
    for one in told:
        said = telling.sentence(by_position[one.position])
        kept.append(Remembered(one.position, one.previous, one.at, one.actor, one.event, one.patch, said))
        if len(kept) % _AT_A_STRETCH == 0:
            await asyncio.sleep(0)
    return Memory(position, _mentioned(kept, names), kept)


async def _levels(hub: Hub, view: Mapping[str, Entry], lang: Language) -> dict[str, tuple[str, ...]]:
    """Name the levels of the review that a view shows; empty when it shows none."""
    shown = view["review"].value if "review" in view else None
    if not isinstance(shown, ReviewShown):
        return {}
    rubric, _, _ = await hub.view(f"rubric:{shown.rubric}", "")
    version = rubric.view["rubric"].value
    assert isinstance(version, RubricShown)
    return {shown.review: tuple(getattr(level, lang) for level in version.levels)}


def _mentioned(steps: list[Remembered], names: Mapping[str, str]) -> dict[str, str]:
    """Keep the names of people whose ids stand somewhere in these steps."""
    ids = {found.decode() for found in _ID.findall(msgspec.json.encode(steps))}
    return {person: name for person, name in names.items() if person in ids}
