"""Live rooms: warm views of streams, and the sockets that follow them.

The follower brings each event once; the room projects it once, and each audience's frame is encoded
once. A socket has a bounded outbox and one writer, so a stalled tablet costs the others nothing: when
its outbox is full it is told to come back, and resumes from the last position it saw.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol

import msgspec
from msgspec import Struct

from daybook.events.core import Recorded
from daybook.events.people import STREAM as PEOPLE
from daybook.events.people import People
from daybook.events.streams import REDACTIONS
from daybook.projections import outcomes as outcomes_view
from daybook.projections import plan as plan_view
from daybook.projections import room as review_room
from daybook.projections import rubric as rubric_view
from daybook.projections.view import Audiences, Entry, Patch, Projection, View, apply, changed, frame, seen
from daybook.server import protocol
from daybook.server.codec import Codec
from daybook.server.log import Log
from daybook.server.protocol import Patched, Patches, PatchFrame, Presence, Present, Resync, Snapshot
from daybook.server.tabs import by_person
from daybook.server.warm import Warm

OUTBOX_FRAMES = 256
_RECENT_STEPS = 400
_PRESENCE_EVERY = 0.25  # seconds; presence is a convenience and must not crowd out facts

AudiencesOf = Callable[[str, Mapping[str, Entry], People], Audiences]
Hindsight = Callable[[Mapping[str, Entry], Audiences, Audiences], Audiences]


def no_hindsight(_now: Mapping[str, Entry], mine: Audiences, _ever: Audiences) -> Audiences:
    """Show the past to each reader as it would have been shown to them then."""
    return mine


class Watchable(Struct, frozen=True):
    """How a kind of stream is shown: what its events change, who belongs to which audience, and who may look back.

    `hindsight` takes the view as it is now, a reader's audiences, and every audience that an entry of the
    stream ever had; it returns the audiences that the reader has for what is past.
    """

    project: Projection
    audiences: AudiencesOf
    hindsight: Hindsight = no_hindsight


PROJECTIONS: dict[str, Watchable] = {
    "review": Watchable(review_room.project, review_room.audiences, review_room.hindsight),
    "rubric": Watchable(rubric_view.project, rubric_view.audiences),
    "plan": Watchable(plan_view.project, plan_view.audiences),
    "outcomes": Watchable(outcomes_view.project, outcomes_view.audiences),
}
"""The streams that can be watched, by the first word of their name."""


class Step(Struct, frozen=True):
    """One event's patch, and the entries it replaced, from which any audience's frame can be cut."""

    recorded: Recorded
    patch: Patch
    before: dict[str, Entry]

    def touches(self) -> frozenset[str]:
        """The audiences for whom this step changes anything."""
        after = {entry.audience for entry in self.patch.values() if entry is not None}
        return frozenset(after | {entry.audience for entry in self.before.values()})


class Change(Struct, frozen=True):
    """When an entry changed last, and how often it has."""

    at: datetime
    times: int


class Room:
    """A watched stream: its view, its latest steps, and who follows it."""

    def __init__(self, stream: str) -> None:
        """Begin with an empty view; it is filled by folding."""
        self.stream = stream
        shown = PROJECTIONS[stream.partition(":")[0]]
        self.project, self.audiences_of, self.hindsight = shown.project, shown.audiences, shown.hindsight
        self.view: View = {}
        self.changes: dict[str, Change] = {}
        self.recent: deque[Step] = deque(maxlen=_RECENT_STEPS)
        self.forgotten_until = 0
        self.followers: dict[Socket, Follower] = {}
        self.presence_due: asyncio.TimerHandle | None = None
        self.announced: list[Present] | None = None
        """Who is here by this process, as other processes were last told; None before the first time."""
        self.elsewhere: dict[str, list[Present]] = {}
        """Who is here by other processes, by the process."""
        self.coming = asyncio.Event()
        """Set, and replaced, by the next step: what a long poll waits for."""

    def step(self, recorded: Recorded) -> Step:
        """Fold one event, and return what it changed."""
        patch = changed(self.view, self.project(self.view, recorded))
        step = Step(recorded, patch, {key: self.view[key] for key in patch if key in self.view})
        apply(self.view, patch)
        for key in patch:
            before = self.changes.get(key)
            self.changes[key] = Change(recorded.at, before.times + 1 if before else 1)
        if recorded.type in REDACTIONS:  # no step that is kept for catching up may still hold the words
            self.recent.clear()
            self.forgotten_until = recorded.position
        self.recent.append(step)
        self.coming.set()
        self.coming = asyncio.Event()
        return step

    def missed(self, after: int, person: str, audiences: Audiences) -> list[Patched] | None:
        """Return what a viewer missed since a position; None when only a snapshot can tell.

        That is so when it is too long ago, or when their own part in the room changed since.
        """
        forgotten = after < self.forgotten_until or (
            len(self.recent) == _RECENT_STEPS and self.recent[0].recorded.position > after + 1
        )
        steps = [step for step in self.recent if step.recorded.position > after]
        if forgotten or any(f"member:{person}" in step.patch for step in steps):
            return None
        return patches_for(steps, after, audiences)


def patches_for(steps: Iterable[Step], after: int, audiences: Audiences) -> list[Patched]:
    """Cut steps to what these audiences may know, leaving out those that tell them nothing."""
    patches: list[Patched] = []
    for step in steps:
        told = frame(step.before, step.patch, audiences)
        if told:
            recorded, previous = step.recorded, patches[-1].position if patches else after
            patches.append(Patched(recorded.position, previous, recorded.at, recorded.actor, recorded.type, told))
    return patches


class Follower:
    """One socket's place in one room: what it may see, the last position it was told of, what it is doing."""

    __slots__ = ("audiences", "last", "present")

    def __init__(self, audiences: Audiences, last: int, present: Present) -> None:
        """Join at a position."""
        self.audiences = audiences
        self.last = last
        self.present = present


class Socket:
    """One client: a bounded outbox that its connection empties at its own speed."""

    __slots__ = ("closing", "outbox", "person", "token", "until_closed", "waiting")

    def __init__(self, person: str, token: str) -> None:
        """Belong to a person, by a session that is looked at again now and then."""
        self.person = person
        self.token = token
        # A list and a future where a queue would do: a thousand idle sockets pay for every deque.
        self.outbox: list[str] = []
        self.waiting: asyncio.Future[None] | None = None
        self.closing: tuple[int, str] | None = None
        self.until_closed: asyncio.Timeout | None = None

    def send(self, text: str) -> None:
        """Put a frame in the outbox; one too many and the client is told to come back."""
        if self.closing is not None:
            return
        if len(self.outbox) >= OUTBOX_FRAMES:
            self.close(protocol.TOO_SLOW, "You are too far behind. Connect again to catch up.")
            return
        self.outbox.append(text)
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(None)

    async def take(self) -> list[str]:
        """Wait until there is something to send, and take all of it, in order."""
        while not self.outbox:
            self.waiting = asyncio.get_running_loop().create_future()
            await self.waiting
        taken, self.outbox = self.outbox, []
        return taken

    def close(self, code: int, reason: str) -> None:
        """End the conversation: what was waiting is dropped, and a writer that is stuck is interrupted."""
        if self.closing is None:
            self.closing = (code, reason)
            self.outbox.clear()
            if self.until_closed is not None:
                self.until_closed.reschedule(asyncio.get_running_loop().time())


_encoder = msgspec.json.Encoder()


def encode(message: protocol.FromServer) -> str:
    """Write a message as the text of a frame."""
    return _encoder.encode(message).decode()


class Announce(Protocol):
    """Passes on who is in a room by this process; `first` asks the others to say so too."""

    def __call__(self, stream: str, people: list[Present], *, first: bool) -> None:
        """Pass it on, without waiting."""


def _announce_to_nobody(stream: str, people: list[Present], *, first: bool) -> None:
    """Stand in where there is one process only."""


class Hub:
    """All rooms of this process. It is fed by the follower and never waits for a socket."""

    def __init__(self, log: Log, codec: Codec, people_now: Callable[[], Awaitable[People]]) -> None:
        """Read views from this log; `people_now` gives the roles as they stand."""
        self._people_now = people_now
        self._views: Warm[Room] = Warm(log, codec, Room, self._step)
        self._watched: dict[str, Room] = {}
        self._roles_known_since = 0
        self._roles_changed: dict[str, int] = {}
        self.sockets: set[Socket] = set()
        self.deliveries = 0
        self.announce: Announce = _announce_to_nobody
        """Told when the people of a room change by this process; `presence.Relay` passes it on."""

    def start(self, head: int) -> None:
        """Note where following begins: of roles that changed before, nothing is known."""
        self._roles_known_since = head

    async def view(self, stream: str, person: str) -> tuple[Room, int, Audiences]:
        """Return a stream's room, current to the head of the log, and what a person may see of it.

        The audiences are empty when there is no such stream, or none that they may enter.
        """
        if stream.partition(":")[0] not in PROJECTIONS:
            return Room(next(iter(PROJECTIONS))), 0, frozenset()
        held = await self._views.refresh(stream)
        people_now = await self._people_now()
        return held.value, held.position, held.value.audiences_of(person, held.value.view, people_now)

    def _step(self, _stream: str, room: Room, recorded: Recorded) -> Room:
        step = room.step(recorded)
        if room.followers and step.patch:
            self._tell(room, step)
        return room

    def _tell(self, room: Room, step: Step) -> None:
        """Send a step to everyone whom it concerns, each audience's frame encoded once."""
        touches = step.touches()
        frames: dict[tuple[Audiences, int], str] = {}
        recorded = step.recorded
        for socket, follower in room.followers.items():
            mine = touches & follower.audiences
            if not mine:
                continue
            key = (mine, follower.last)
            if key not in frames:
                told = frame(step.before, step.patch, mine)
                about = (recorded.position, follower.last, recorded.at, recorded.actor, recorded.type)
                frames[key] = encode(PatchFrame(room.stream, *about, told))
            follower.last = recorded.position
            socket.send(frames[key])
            self.deliveries += 1

    async def observe(self, page: list[Recorded]) -> None:
        """Take in a page from the follower: tell the rooms, then look again at who may be in them."""
        self._views.observe(page)
        look_again = False
        for recorded in page:
            if recorded.stream == PEOPLE:
                look_again = True
                for tag in recorded.tags:
                    if tag.startswith("person:"):
                        self._roles_changed[tag.removeprefix("person:")] = recorded.position
            look_again = look_again or recorded.type.startswith("member-")
        if look_again:
            await self._look_again()

    async def _look_again(self) -> None:
        """Give every follower the audiences that their roles give them now."""
        people_now = await self._people_now()
        for room in list(self._watched.values()):
            for socket, follower in list(room.followers.items()):
                now = room.audiences_of(socket.person, room.view, people_now)
                if not now:
                    socket.close(protocol.NOT_ALLOWED, "This is no longer open to you.")
                elif now != follower.audiences:
                    follower.audiences = now
                    socket.send(encode(Resync(room.stream)))
                    self._send_snapshot(socket, room)

    async def join(self, socket: Socket, stream: str, after: int | None) -> None:
        """Let a socket follow a stream: what it missed or a snapshot, and from then on every patch."""
        room, position, audiences = await self.view(stream, socket.person)
        if not audiences:
            socket.close(protocol.NOT_ALLOWED, "This is not open to you, or there is nothing at this address.")
            return
        # Nothing waits from here on, so that no event can slip between what is sent now and what follows.
        self._watched[stream] = room
        self._views.pin(stream)
        before = room.followers.get(socket)
        present = before.present if before else Present(socket.person)
        follower = room.followers[socket] = Follower(audiences, 0, present)
        missed = None if after is None else self.missed(room, after, position, socket.person, audiences)
        if missed is None:
            self._send_snapshot(socket, room)
        else:
            follower.last = missed[-1].position if missed else after or 0
            if missed:
                socket.send(encode(Patches(stream, missed)))
        self._presence_changed(room)

    def missed(self, room: Room, after: int, position: int, person: str, audiences: Audiences) -> list[Patched] | None:
        """Return what a person missed since a position; None when only a snapshot can tell, see `Room.missed`."""
        roles_changed = max(self._roles_known_since, self._roles_changed.get(person, 0))
        return room.missed(after, person, audiences) if roles_changed <= after <= position else None

    def _send_snapshot(self, socket: Socket, room: Room) -> None:
        position = self._views.position(room.stream)
        follower = room.followers[socket]
        follower.last = position
        socket.send(encode(Snapshot(room.stream, position, seen(room.view, follower.audiences))))

    def leave(self, socket: Socket) -> None:
        """Forget a socket."""
        self.sockets.discard(socket)
        for stream, room in list(self._watched.items()):
            if room.followers.pop(socket, None) is not None:
                self._presence_changed(room)
                if not room.followers:
                    if room.announced:
                        self.announce(stream, [], first=False)
                    room.announced = None
                    room.elsewhere.clear()
                    del self._watched[stream]
                    self._views.unpin(stream)

    def signal(self, socket: Socket, signal: protocol.Signal) -> None:
        """Tell the room what someone is looking at."""
        room = self._watched.get(signal.stream)
        if room is not None and socket in room.followers:
            follower = room.followers[socket]
            if signal.typing or signal.looking_at != follower.present.looking_at:
                room.followers[socket] = room.followers.pop(socket)  # last, as this tab is the one in use
            follower.present = Present(socket.person, signal.looking_at, signal.typing, signal.unsaved)
            self._presence_changed(room)

    def _presence_changed(self, room: Room) -> None:
        if room.presence_due is None:
            loop = asyncio.get_running_loop()
            room.presence_due = loop.call_later(_PRESENCE_EVERY, self._tell_presence, room)

    def _tell_presence(self, room: Room) -> None:
        room.presence_due = None
        here = by_person(follower.present for follower in room.followers.values())
        if here != room.announced:
            self.announce(room.stream, here, first=room.announced is None)
            room.announced = here
        everyone = by_person([*(present for there in room.elsewhere.values() for present in there), *here])
        text = encode(Presence(room.stream, everyone))
        for socket in room.followers:
            socket.send(text)

    def heard(self, process: str, stream: str, people: list[Present], *, first: bool) -> None:
        """Take in who is in a room by another process; one that is new to the room wants to hear of us."""
        room = self._watched.get(stream)
        if room is None:
            return
        if people:
            room.elsewhere[process] = people
        else:
            room.elsewhere.pop(process, None)
        if first and room.announced is not None:
            self.announce(stream, room.announced, first=False)
        self._presence_changed(room)

    def announce_all(self, gone: Collection[str]) -> None:
        """Tell other processes again who is here, and forget those of them that fell silent."""
        for stream, room in self._watched.items():
            if room.announced is not None:
                self.announce(stream, room.announced, first=False)
            if [room.elsewhere.pop(process) for process in gone if process in room.elsewhere]:
                self._presence_changed(room)

    def close_all(self, code: int, reason: str) -> None:
        """Say goodbye to everyone, at shutdown."""
        for socket in self.sockets:
            socket.close(code, reason)
