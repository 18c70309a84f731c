"""Viewers of one stream who come and go, and what they believe; the follower brings them what is recorded."""

import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from daybook.projections.view import Audiences, seen
from daybook.server import history
from daybook.server.codec import Codec
from daybook.server.live import Hub, Socket
from daybook.server.log import Log
from tests.live_client import Believed
from tests.small_network import Sender


class Watched:
    """A stream of a small network, its hub, and viewers who come and go."""

    def __init__(self, log: Log, choice: random.Random, stream: str) -> None:
        self.log, self.choice, self.stream = log, choice, stream
        self.codec = Codec()
        self.sender = Sender(log, self.codec)
        self.hub = Hub(log, self.codec, self.sender.door.people)
        self.sockets: dict[str, Socket] = {}
        self.believed: dict[str, Believed] = {}
        self.followed = 0

    async def bring(self) -> None:
        """Bring the hub what was recorded since, as the follower does."""
        page = [self.codec.decode(stored) for stored in await self.log.read(after=self.followed)]
        if page:
            self.sender.door.observe(page)
            await self.hub.observe(page)
            self.followed = page[-1].position

    async def join(self, person: str) -> None:
        """Connect a viewer, from where they were or from nothing."""
        socket = self.sockets[person] = Socket(person, "")
        self.hub.sockets.add(socket)
        known = self.believed.setdefault(person, Believed(self.stream))
        if self.choice.random() < 0.3:
            known = self.believed[person] = Believed(self.stream)
        await self.hub.join(socket, self.stream, known.position)
        self.read(person)

    def leave(self, person: str) -> None:
        """Cut a viewer's connection; what was in their outbox is lost with it."""
        socket = self.sockets.pop(person)
        self.hub.leave(socket)

    def read(self, person: str) -> None:
        """Let a viewer read what was sent to them."""
        socket = self.sockets[person]
        while socket.outbox:
            self.believed[person].take(socket.outbox.pop(0))
        if socket.closing is not None:
            self.leave(person)
            self.believed[person] = Believed(self.stream)

    async def fresh(self, person: str) -> tuple[dict[str, Any], Audiences]:
        """Return what a fold of the whole log shows this person now."""
        room, _, _ = await history.room_at(self.log, self.codec, self.stream, None)
        audiences = room.audiences_of(person, room.view, await self.sender.door.people())
        return msgspec.json.decode(msgspec.json.encode(seen(room.view, audiences))), audiences

    async def live_through(self, viewers: Sequence[str], act: Callable[[], Awaitable[None]], steps: int) -> None:
        """Let things happen, and viewers join, read and leave, in any order."""
        for _ in range(steps):
            roll = self.choice.random()
            person = self.choice.choice(viewers)
            if roll < 0.58:
                await act()
            elif roll < 0.78:
                await self.bring()
            elif person in self.sockets:
                if self.choice.random() < 0.4:
                    self.leave(person)
                else:
                    self.read(person)
            else:
                await self.join(person)
        await self.bring()

    async def compare(self) -> int:
        """Compare what each viewer who is here believes with the fresh view, and return how many were compared."""
        compared = 0
        for person in [*self.sockets]:
            self.read(person)
            fresh, audiences = await self.fresh(person)
            if audiences and person not in self.sockets:  # put out, and taken in again since
                await self.join(person)
            if audiences:
                assert not self.believed[person].gap
                assert self.believed[person].view == fresh, f"{person} as {sorted(audiences)}"
                compared += 1
            else:
                assert person not in self.sockets, f"{person} still follows what is closed to them"
        return compared
