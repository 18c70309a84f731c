"""Views: dictionaries of small entries, changed by patches, each entry with its own audience.

An entry's value never depends on who looks. Who may see it is its audience, decided by the
projection and changed by events such as a reveal. So one fold serves the page, the live frames, the
replay and the export, and what is hidden from someone is hidden in all of them.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from msgspec import Struct

from daybook.events.core import Recorded

Audience = str
"""`room`, `team`, or `person:<id>`. A viewer belongs to several at once."""

Audiences = frozenset[Audience]


class Shown(Struct, frozen=True, tag_field="kind"):
    """The value of an entry. Each subclass writes out its kind, by which screens choose a renderer."""


class Entry(Struct, frozen=True):
    """A value and who may see it."""

    value: Shown
    audience: Audience


ShownT = TypeVar("ShownT", bound=Shown)
ValueT = TypeVar("ValueT")


def for_room(value: Shown) -> Entry:
    """Show a value to everyone who may enter."""
    return Entry(value, "room")


def for_team(value: Shown) -> Entry:
    """Show a value to the team."""
    return Entry(value, "team")


def shown(view: Mapping[str, Entry], key: str, kind: type[ShownT]) -> ShownT:
    """Return the value of an entry that is there, and of this kind."""
    value = view[key].value
    assert isinstance(value, kind)
    return value


class Found(Struct, frozen=True):
    """An entry of a stored view and the facets it is found by."""

    value: Shown
    facets: tuple[str, ...]


View = dict[str, Entry]
Patch = dict[str, Entry | None]
Projection = Callable[[Mapping[str, Entry], Recorded], Patch]


def apply(view: dict[str, ValueT], patch: Mapping[str, ValueT | None]) -> None:
    """Change a view in place by a patch: entries replaced whole, or gone."""
    for key, entry in patch.items():
        if entry is None:
            view.pop(key, None)
        else:
            view[key] = entry


def changed(view: Mapping[str, Entry], patch: Patch) -> Patch:
    """Leave out of a patch what the view shows already, so that nobody hears of a change that is none."""
    return {key: entry for key, entry in patch.items() if view.get(key) != entry}


Frame = dict[str, Shown | None]
"""What one viewer is told of a patch: values, and `None` for what is gone or no longer theirs."""


def frame(view: Mapping[str, Entry], patch: Patch, audiences: Collection[Audience]) -> Frame:
    """Cut a patch to what these audiences may know, given the view as it was before.

    An entry that leaves the viewer's sight, because it is gone or because its audience changed, is
    `None`; one that was never in their sight is not mentioned at all.
    """
    told: Frame = {}
    for key, entry in patch.items():
        if entry is not None and entry.audience in audiences:
            told[key] = entry.value
        elif key in view and view[key].audience in audiences:
            told[key] = None
    return told


def seen(view: Mapping[str, Entry], audiences: Collection[Audience]) -> dict[str, Shown]:
    """Return the part of a view that these audiences may see."""
    return {key: entry.value for key, entry in view.items() if entry.audience in audiences}
