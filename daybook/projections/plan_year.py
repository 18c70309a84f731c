"""The year's work in a plan's view: readings, check-ins, and what came of each priority."""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from daybook.events.core import Recorded
from daybook.events.plan import CheckInHeld, PriorityReflected, ReadingTaken, ReadingWithdrawn
from daybook.projections.plan_entries import CheckInShown, ReadingShown, ReflectionShown, StatusShown
from daybook.projections.plan_words import worded
from daybook.projections.view import Entry, Patch, for_room, for_team, shown

YearEvent = ReadingTaken | ReadingWithdrawn | CheckInHeld | PriorityReflected


def project_year(view: Mapping[str, Entry], event: YearEvent, recorded: Recorded) -> Patch:
    """Turn what was read, said or concluded during the year into the entries that it changes."""
    match event:
        case ReadingTaken():
            note = event.note.text if event.note else None
            reading = ReadingShown(event.measure, event.reading, event.on, event.value, note, recorded.actor)
            return {f"reading:{event.measure}:{event.reading}": for_room(reading)}
        case ReadingWithdrawn():
            key = f"reading:{event.measure}:{event.reading}"
            taken = shown(view, key, ReadingShown)
            return {key: for_room(replace(taken, withdrawn=True, reason=event.reason.text))}
        case CheckInHeld():
            return _checked(view, event, recorded)
        case PriorityReflected():
            passage = f"reflection:{event.priority}"
            reflection = ReflectionShown(event.priority, event.carries, recorded.actor, recorded.at)
            return {
                passage: for_room(reflection),
                f"text:{passage}": for_room(worded(passage, event.wording, event.text, recorded)),
            }
        case _:
            assert_never(event)


def _checked(view: Mapping[str, Entry], event: CheckInHeld, recorded: Recorded) -> Patch:
    check_in = CheckInShown(
        check_in=event.check_in,
        strategy=event.strategy,
        on=event.on,
        status=event.status,
        note=event.note.text,
        barriers=event.barriers.text if event.barriers else None,
        by=recorded.actor,
        at=recorded.at,
    )
    patch: Patch = {f"check-in:{event.check_in}": for_team(check_in)}
    key = f"status:{event.strategy}"
    if key not in view or shown(view, key, StatusShown).on <= event.on:  # one of an earlier day came late
        patch[key] = for_room(StatusShown(event.strategy, event.status, event.on, event.check_in))
    return patch
