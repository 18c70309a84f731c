"""The messages of the live protocol, `daybook.live.v1`: JSON text frames told apart by `type`.

Commands go by HTTP and facts by socket, so a client sends little here: which streams it follows from
which position, and signals such as what it is looking at. The AsyncAPI document is made from these
types. Unknown fields are ignored in both directions, so that either side may be newer.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from daybook.events.core import PersonId
from daybook.projections.view import Shown

SUBPROTOCOL = "daybook.live.v1"
LONGEST_MESSAGE = 16 * 1024  # bytes from a client; nothing it says needs more

BAD_MESSAGE = 4400
SIGN_IN = 4401
NOT_ALLOWED = 4403
TOO_SLOW = 4408
RELOAD = 4409
RESTART = 1012

Stream = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{1,20}:[a-z0-9][a-z0-9-]{0,62}(?![\s\S])", description="A stream, such as `review:maple-2026`."
    ),
]
Place = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9.:-]{0,127}(?![\s\S])",
        description="A place on a page: an indicator, such as CI.2, or a passage, such as strategy:readers:then.",
    ),
]
Unsaved = Annotated[list[Place], Meta(max_length=4)]
Position = Annotated[int, Meta(ge=0, description="A position of the network's log; 0 is before its first event.")]


class FromClient(Struct, frozen=True, tag_field="type"):
    """What a client may send."""


class Subscription(Struct, frozen=True):
    """A stream to follow: `after` the last position seen of it in this epoch, or nothing for a fresh start."""

    stream: Stream
    after: Position | None = None


class Hello(FromClient, frozen=True, tag="hello"):
    """Opens the conversation, and may come again to add streams or to catch up after a gap.

    `client` names the tab. `epoch` is the one that `after` belongs to; in another epoch it means nothing. `person` is
    whose page it is: on a shared device the session may be another's by now.
    """

    client: Annotated[str, Meta(max_length=100)]
    streams: Annotated[list[Subscription], Meta(max_length=20)]
    epoch: UUID | None = None
    person: PersonId | None = None


class Signal(FromClient, frozen=True, tag="signal"):
    """What someone is doing now: never stored, and never anything about a blind choice.

    `unsaved` are the places where they have written what is not sent yet.
    """

    stream: Stream
    looking_at: Place | None = None
    typing: bool = False
    unsaved: Unsaved = []


class Ping(FromClient, frozen=True, tag="ping"):
    """Asks whether anyone is there."""


class FromServer(Struct, frozen=True, tag_field="type"):
    """What the server may send."""


class Welcome(FromServer, frozen=True, tag="welcome"):
    """Answers the first hello. A client that knew another epoch starts again from snapshots."""

    epoch: UUID
    heartbeat_ms: int


class Snapshot(FromServer, frozen=True, tag="snapshot"):
    """All that the viewer may see of a stream, as of a position; it replaces what the client had."""

    stream: str
    position: int
    view: dict[str, Shown]


class Patched(Struct, frozen=True):
    """What one event changed for this viewer: entries replaced whole, null when gone or no longer theirs.

    `previous` is the last position that changed anything for them: a client that has not seen it has a gap.
    """

    position: int
    previous: int
    at: datetime
    actor: PersonId
    event: str
    patch: dict[str, Shown | None]


class PatchFrame(FromServer, frozen=True, tag="patch"):
    """One event as it happens; see `Patched`."""

    stream: str
    position: int
    previous: int
    at: datetime
    actor: PersonId
    event: str
    patch: dict[str, Shown | None]


class Patches(FromServer, frozen=True, tag="patches"):
    """Several events, in order, to catch up."""

    stream: str
    patches: list[Patched]


class Present(Struct, frozen=True):
    """Someone who is in the room now, once for all of their tabs: where they write, or else where they looked last."""

    person: PersonId
    looking_at: Place | None = None
    typing: bool = False
    unsaved: Unsaved = []


class Presence(FromServer, frozen=True, tag="presence"):
    """Everyone who is in the room now."""

    stream: str
    people: list[Present]


class Resync(FromServer, frozen=True, tag="resync"):
    """What this viewer may see has changed as a whole: drop the stream's entries, a snapshot follows."""

    stream: str


class Pong(FromServer, frozen=True, tag="pong"):
    """Answers a ping."""


class Bye(FromServer, frozen=True, tag="bye"):
    """The last message before the server closes: why, and when to come back, if at all."""

    reason: str
    retry_ms: int | UnsetType = UNSET
