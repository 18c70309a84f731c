"""A rubric version as screens show it: its levels, its systems in order, and its indicators' texts."""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from daybook.events import rubric as events
from daybook.events.core import Recorded
from daybook.events.people import People
from daybook.events.rubric import Said
from daybook.projections.view import Audiences, Entry, Patch, Shown


class RubricShown(Shown, frozen=True, tag="rubric"):
    """The version: its level names from lowest to highest, and its systems' codes in order."""

    rubric: str
    title: Said
    note: Said
    levels: tuple[Said, ...]
    systems: tuple[str, ...] = ()
    published: bool = False


class SystemShown(Shown, frozen=True, tag="system"):
    """A focus system, and the codes of its indicators in order."""

    code: str
    name: Said
    indicators: tuple[str, ...] = ()


class IndicatorText(Shown, frozen=True, tag="indicator-text"):
    """What an indicator says, with one descriptor a level, lowest first."""

    code: str
    system: str
    statement: Said
    acts: Said
    look_fors: tuple[Said, ...]
    descriptors: tuple[Said, ...]


def audiences(_person: str, view: Mapping[str, Entry], _people: People) -> Audiences:
    """Everyone of the network reads its rubrics."""
    return frozenset({"room"} if view else ())


def project(view: Mapping[str, Entry], recorded: Recorded) -> Patch:
    """Turn one event of a rubric version into the entries that it changes."""
    event = recorded.event
    assert isinstance(event, events.RubricEvent)
    match event:
        case events.RubricDrafted():
            return {"rubric": _room(RubricShown(event.rubric, event.title, event.note, event.levels))}
        case events.SystemAdded():
            version = _version(view)
            return {
                "rubric": _room(replace(version, systems=(*version.systems, event.code))),
                f"system:{event.code}": _room(SystemShown(event.code, event.name)),
            }
        case events.IndicatorAdded():
            system = view[f"system:{event.system}"].value
            assert isinstance(system, SystemShown)
            text = IndicatorText(
                event.code, event.system, event.statement, event.acts, event.look_fors, event.descriptors
            )
            return {
                f"system:{event.system}": _room(replace(system, indicators=(*system.indicators, event.code))),
                f"indicator:{event.code}": _room(text),
            }
        case events.RubricPublished():
            return {"rubric": _room(replace(_version(view), published=True))}
        case _:
            assert_never(event)


def _version(view: Mapping[str, Entry]) -> RubricShown:
    value = view["rubric"].value
    assert isinstance(value, RubricShown)
    return value


def _room(value: Shown) -> Entry:
    return Entry(value, "room")
