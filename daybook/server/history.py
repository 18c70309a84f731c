"""Looking back at one stream: its view at a moment, and the patches that led there, each told in a sentence.

The same folds as the live room, from storage. What a viewer is told of the past is cut by audiences as
everything is: those they have today, and in hindsight perhaps more, see `Watchable.hindsight`. So a value
that was hidden then and never shown since stays hidden in a replay.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

import msgspec
from msgspec import Struct

from daybook.events.core import Recorded
from daybook.events.streams import REDACTIONS, redacts
from daybook.projections.marks import MarkKind, mark
from daybook.projections.outcomes_entries import OutcomesShown
from daybook.projections.room import ReviewShown
from daybook.projections.rubric import RubricShown
from daybook.projections.view import Audiences, Entry, Shown, apply
from daybook.server import zones
from daybook.server.about import words_about
from daybook.server.append import falls_within
from daybook.server.codec import Codec
from daybook.server.door import Malformed
from daybook.server.guard import entered
from daybook.server.live import Hub, Room, Step, patches_for
from daybook.server.log import Log, StoredEvent
from daybook.server.protocol import Patched
from daybook.server.services import Services
from daybook.server.telling import Telling
from daybook.server.templates import Language

_AT_A_STRETCH = 200  # events; then others on this process have a turn
DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ID = re.compile(rb'"([a-z0-9][a-z0-9-]{0,62})"')


class Moment(Struct, frozen=True):
    """Says that a step is a moment that matters: its kind, and what to call it in the reader's language."""

    kind: MarkKind
    label: str


class Remembered(Patched, frozen=True, omit_defaults=True):
    """What one event changed for this viewer, as in `patches` of the live protocol, and the event in a sentence.

    `about` are the words by which people know the part of a plan or the outcome that it is about, as they were then;
    `mark` is there when it is a moment that matters.
    """

    sentence: str
    about: str = ""
    mark: Moment | None = None


class Past(Struct, frozen=True):
    """A stream's past as one viewer may know it. Its steps are told in words when they are asked for."""

    position: int
    patches: list[Patched]
    events: dict[int, Recorded]
    telling: Telling
    about: dict[int, str]

    def remember(self, one: Patched) -> Remembered:
        """Put a step into words."""
        recorded = self.events[one.position]
        said = self.telling.sentence(recorded)
        matters = mark(recorded.event)
        moment = Moment(matters.kind, self.telling.label(matters.label)) if matters else None
        return Remembered(
            one.position,
            one.previous,
            one.at,
            one.actor,
            one.event,
            one.patch,
            said,
            self.about.get(one.position, ""),
            moment,
        )

    def names(self) -> dict[str, str]:
        """Return the names of people whose ids stand somewhere in it."""
        ids = {found.decode() for found in _ID.findall(msgspec.json.encode(self.patches))}
        return {person: name for person, name in self.telling.people.items() if person in ids}


def moment(at: str) -> int | datetime:
    """Read a position, an ISO time, or an ISO day, which stands for its end. Raises Malformed."""
    if at.isdecimal() and len(at) <= 18:
        return int(at)
    try:
        if DAY.fullmatch(at):
            return zones.at(date.fromisoformat(at), time.max)
        when = datetime.fromisoformat(at)
    except ValueError as error:
        raise Malformed(
            "Say when as a position, such as 120, as a day, such as 2026-03-14, "
            "or as a time, such as 2026-03-14T09:30:00Z."
        ) from error
    if when.tzinfo is None:
        raise Malformed("Say which time zone the time is in, for example with a Z at its end.")
    return when


async def room_at(log: Log, codec: Codec, stream: str, moment: int | datetime | None) -> tuple[Room, list[Step], int]:
    """Fold a stream up to a position or a time (all of it for None): the room, its steps, the position reached."""
    # Read to the end whatever the moment: words that are erased since must not stand in what was before.
    stored, position = await log.read_stream(stream)
    if isinstance(moment, int):
        position = min(position, moment)
    room = Room(stream)
    steps: list[Step] = []
    for event in _without_redacted(codec, stored):
        if event.position > position:
            break
        if isinstance(moment, datetime) and event.at > moment:
            position = event.position - 1
            break
        steps.append(room.step(codec.decode(event)))
        if len(steps) % _AT_A_STRETCH == 0:
            await asyncio.sleep(0)
    return room, steps, position


def _without_redacted(codec: Codec, stored: list[StoredEvent]) -> list[StoredEvent]:
    """Leave out words that a later event of the stream redacts: they are erased a moment after it, not with it."""
    named = [(event.position, redacts(codec.decode(event).event)) for event in stored if event.type in REDACTIONS]

    def redacted(event: StoredEvent) -> bool:
        return any(
            match is not None and event.position < position and falls_within(match, event.type, event.tags)
            for position, match in named
        )

    return [event._replace(prose=None) if redacted(event) else event for event in stored] if named else stored


def looking_back(now: Room, mine: Audiences, steps: Iterable[Step]) -> Audiences:
    """Say what someone with these audiences today may see of what these steps made, given the room as it is now."""
    ever = frozenset(entry.audience for step in steps for entry in step.patch.values() if entry is not None)
    return now.hindsight(now.view, mine, mine | ever)


async def past_of(services: Services, stream: str, person: str, lang: Language) -> Past:
    """Return all that a viewer may know of a stream's past, from its first event on, in their language."""
    now, _, audiences = await entered(stream, services, person)
    _, steps, position = await room_at(services.log, services.codec, stream, None)
    told = patches_for(steps, 0, looking_back(now, audiences, steps))
    telling = Telling(lang, await services.identity.names(), await _levels(services.hub, stream, now.view, lang))
    events = {step.recorded.position: step.recorded for step in steps}
    return Past(position, told, events, telling, _named(told, events, lang))


def _named(told: Iterable[Patched], events: Mapping[int, Recorded], lang: Language) -> dict[int, str]:
    """Name by position what each step is about, in the words that it had then for this viewer."""
    view: dict[str, Shown] = {}
    named: dict[int, str] = {}
    for one in told:
        apply(view, one.patch)
        named[one.position] = words_about(view, events[one.position].event, lang)
    return named


async def remembered(past: Past) -> list[Remembered]:
    """Put a whole past into words."""
    kept: list[Remembered] = []
    for one in past.patches:
        kept.append(past.remember(one))
        if len(kept) % _AT_A_STRETCH == 0:
            await asyncio.sleep(0)
    return kept


async def _levels(hub: Hub, stream: str, view: Mapping[str, Entry], lang: Language) -> dict[str, tuple[str, ...]]:
    """Name the levels of the rubric that a stream's view goes by; empty when it goes by none."""
    shown = next((view[key].value for key in ("review", "outcomes") if key in view), None)
    if not isinstance(shown, ReviewShown | OutcomesShown):
        return {}
    rubric, _, _ = await hub.view(f"rubric:{shown.rubric}", "")
    version = rubric.view["rubric"].value
    assert isinstance(version, RubricShown)
    return {stream: tuple(getattr(level, lang) for level in version.levels)}
