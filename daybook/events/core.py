"""The words every stream shares: event, command, refusal, prose, tag, boundary, recorded event.

A stream's module follows the decider pattern: `decide` turns a command and the current state
into new events or a refusal, `evolve` folds one event into the state. Both are plain functions.
The fact a newcomer would get wrong: a *stream* is a tag, not a table. The log is one ordered
sequence per network, and the first tag of an event names the stream it belongs to.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct

# Control characters and direction overrides can make one name read as another; line breaks and
# tabs are ordinary in prose and never in a name. The ranges are Unicode's C0, C1 and bidi controls.
_UNSEEN = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Characters that take part in other letters and show nothing by themselves: soft hyphens, joiners, fillers, the empty
# Braille pattern, variation selectors. They are ordinary within words; a text of nothing else is blank.
_SHOWS_NOTHING = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0"
)
_SEEN = rf"[^\s{_SHOWS_NOTHING}]"
# `$` would let a line break through at the end; this reads the same in Python and in JSON Schema.
_END = r"(?![\s\S])"

Id = Annotated[
    str, Meta(pattern=rf"^[a-z0-9][a-z0-9-]{{0,62}}{_END}", description="A short id, as it stands in an address.")
]
PersonId = Annotated[str, Meta(pattern=rf"^[a-z0-9][a-z0-9-]{{0,62}}{_END}", description="A person's id, not a name.")]
IndicatorCode = Annotated[
    str, Meta(pattern=rf"^[A-Z]{{1,4}}\.[0-9]{{1,3}}{_END}", description="An indicator's stable code, such as CI.2.")
]
Level = Annotated[int, Meta(ge=1, le=7, description="A level of the rubric, 1 for the lowest.")]
Name = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=rf"^(?![\s\S]*[\t\n\r\u2028\u2029{_UNSEEN}])[\s\S]*{_SEEN}",
        description="One line that people read, with no control or direction characters.",
    ),
]
_PROSE = rf"^(?![\s\S]*[{_UNSEEN}])[\s\S]*{_SEEN}"
Text = Annotated[
    str, Meta(min_length=1, max_length=10_000, pattern=_PROSE, description="Free text of up to 10,000 characters.")
]
Note = Annotated[str, Meta(min_length=1, max_length=200, pattern=_PROSE, description="A few words of free text.")]


def erased(wording: str) -> str:
    """Return the id of what stands where a wording was erased: whoever had read it is told before it returns."""
    return f"{wording[:56]}-erased"


def counted(kind: str, before: str | None) -> str:
    """Return the id of what takes the place of another one of its kind, where nobody makes ids: counted from 1."""
    return f"{kind}-{int(before.split('-')[1]) + 1 if before else 1}"  # what was erased has a word after its number


class Sentence(Struct, frozen=True):
    """A message in English with `{named}` places, and what goes there: words, a number, or a part of its own.

    The English is the key under which its other languages are found, once it is known who reads it.
    """

    message: str
    values: Mapping[str, "str | int | Sentence"] = {}

    def put(self, translated: Callable[[str], str], shown: Callable[[str, str | int], str]) -> str:
        """Fill in the places, with each message as it is `translated` and each value as it is `shown` at its place."""
        words = self._filled(translated, shown)
        return words[:1].upper() + words[1:] if translated(self.message).startswith("{field}") else words

    def _filled(self, translated: Callable[[str], str], shown: Callable[[str, str | int], str]) -> str:
        filled = {
            place: value._filled(translated, shown) if isinstance(value, Sentence) else shown(place, value)
            for place, value in self.values.items()
        }
        return translated(self.message).format_map(filled)


class SaidNo(Exception):
    """What someone asked for was not done. The message is for them, so it must say what to do."""

    def __init__(self, message: str, **values: str | int | Sentence) -> None:
        """Keep the message and what goes into its places; a place named `person` holds an id."""
        self.said = Sentence(message, values)
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The message in English, with ids for people."""
        return self.said.put(str, lambda _, value: f"{value:,}" if isinstance(value, int) else value)


class Refused(SaidNo):
    """A rule said no."""


class NotAllowed(Refused):
    """The person who asked may not do this here, whatever the state."""


def erased_meanwhile() -> Refused:
    """Return the refusal of words for a passage that was erased after their author had read it."""
    return Refused(
        "These words were erased after you read them, as they held what must not be kept. Look whether yours hold it, "
        "too, then save again."
    )


def as_read(read: object, stands: object) -> None:
    """Refuse to put a value in the place of one that its sender has not read; who names none takes the place of any."""
    if read is not UNSET and read != stands:
        raise Refused(
            "Someone changed this since you read it. Look at what stands there now, and send yours again to put it in "
            "its place."
        )


class Prose:
    """Free text of an event. Rules treat it as opaque; it can be erased, and the log still folds.

    `text` is None once erased. `commitment` is the salted SHA-256 (hex) that the log keeps in its
    place; it is None only for prose that has not been recorded yet.
    """

    __slots__ = ("commitment", "text")

    def __init__(self, text: str | None, commitment: str | None = None) -> None:
        """Wrap a text on its way to the log, or one read back from it."""
        self.text = text
        self.commitment = commitment

    def __eq__(self, other: object) -> bool:
        """Equal by the words; a commitment only says where they were stored."""
        return isinstance(other, Prose) and self.text == other.text

    def __hash__(self) -> int:
        """Hash by the words, as equality does."""
        return hash(self.text)

    def __repr__(self) -> str:
        """Show that there is text, never the text: a log line must not hold it."""
        return "Prose(erased)" if self.text is None else f"Prose({len(self.text)} characters)"


class Event(Struct, frozen=True, tag_field="type"):
    """A fact, named by a past participle. Each subclass writes out the tag it is stored under."""


class Command(Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """What a person asks for, named by an imperative."""


class Match(Struct, frozen=True):
    """Events of any of these types (all, when empty) that carry all of these tags."""

    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


Boundary = tuple[Match, ...]
"""What a decision rests on: if a matching event was recorded since, the decision is made again."""


class Recorded(Struct, frozen=True, kw_only=True):
    """An event as the log holds it: where, when, by whom, because of which command.

    Positions count from 1 without gaps within one network, in the order of commits.
    """

    position: int
    at: datetime
    actor: PersonId
    command: UUID
    tags: tuple[str, ...]
    event: Event

    @property
    def stream(self) -> str:
        """The stream it belongs to, such as `review:maple-2026`: its first tag."""
        return self.tags[0]

    @property
    def type(self) -> str:
        """The stored name of its kind, such as `rating-given`."""
        return stored_name(type(self.event))


def stored_name(kind: type[Struct]) -> str:
    """Return the tag under which an event or command type is written, such as `give-rating`."""
    tag: Any = kind.__struct_config__.tag
    return str(tag)
