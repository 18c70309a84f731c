"""Folds of single streams, kept in memory and current: states for decisions, views for rooms.

Join first, read second: a stream that is being loaded already collects what the follower brings, so
an event between the two arrives twice and is skipped by its position; in the other order it would
be lost.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from daybook.events.core import Recorded
from daybook.events.gathered import gathered_by, gathers
from daybook.server.codec import Codec
from daybook.server.log import Log, StoredEvent

T = TypeVar("T")


class Held(Generic[T]):
    """A fold and the position that it is complete to."""

    __slots__ = ("pinned", "position", "value")

    def __init__(self, value: T, position: int) -> None:
        """Hold a fold as it was at a position."""
        self.value = value
        self.position = position
        self.pinned = False


class Warm(Generic[T]):
    """Holds the folds of streams in use. `step` folds one event into a value and returns the new value.

    A fold that is pinned (a room with people in it) stays; of the others the least recently used go.
    """

    def __init__(
        self,
        log: Log,
        codec: Codec,
        start: Callable[[str], T],
        step: Callable[[str, T, Recorded], T],
        capacity: int = 500,
    ) -> None:
        """Hold up to `capacity` folds, beside those that are pinned."""
        self._log, self._codec, self._start, self._step = log, codec, start, step
        self._capacity = capacity
        self._held: OrderedDict[str, Held[T]] = OrderedDict()
        self._arriving: dict[str, list[list[Recorded]]] = {}

    async def get(self, stream: str) -> Held[T]:
        """Return the fold of a stream, reading it from the log when it is not held."""
        held = self._held.get(stream)
        if held is not None:
            self._held.move_to_end(stream)
            return held
        return await self._load(stream)

    async def _load(self, stream: str) -> Held[T]:
        mine: list[Recorded] = []
        self._arriving.setdefault(stream, []).append(mine)
        try:
            stored, position = await self._read(stream)
        finally:
            # By identity: what two loads have collected is often the same, and each must keep its own.
            others = [arriving for arriving in self._arriving.pop(stream) if arriving is not mine]
            if others:
                self._arriving[stream] = others
        if stream in self._held:  # another task was faster, and its fold may have moved on
            return self._held[stream]
        held = Held(self._start(stream), 0)
        self._advance(stream, held, map(self._codec.decode, stored))
        held.position = position
        self._advance(stream, held, mine)
        self._held[stream] = held
        self._evict()
        return held

    async def refresh(self, stream: str) -> Held[T]:
        """Bring a fold up to the head of the log, without waiting for the follower."""
        held = await self.get(stream)
        stored, position = await self._read(stream, after=held.position)
        self._advance(stream, held, map(self._codec.decode, stored))
        held.position = max(held.position, position)
        return held

    async def _read(self, stream: str, after: int = 0) -> tuple[list[StoredEvent], int]:
        """Read what is folded under a name: a stream's own events, or those gathered from others."""
        match = gathers(stream)
        if match is None:
            return await self._log.read_stream(stream, after=after)
        return await self._log.read_gathered(match, after=after)

    def observe(self, page: list[Recorded]) -> None:
        """Take in a page of the whole log from the follower, in order."""
        for recorded in page:
            for stream in (recorded.stream, *gathered_by(recorded.type, recorded.tags)):
                for arriving in self._arriving.get(stream, ()):
                    arriving.append(recorded)
                if stream in self._held:
                    self._advance(stream, self._held[stream], (recorded,))
        if page:
            last = page[-1].position
            for held in self._held.values():
                held.position = max(held.position, last)

    def pin(self, stream: str) -> None:
        """Keep a fold that is held, however long it goes unused."""
        self._held[stream].pinned = True

    def unpin(self, stream: str) -> None:
        """Let a fold go again when others need its place."""
        self._held[stream].pinned = False

    def position(self, stream: str) -> int:
        """Return the position that a held fold is complete to."""
        return self._held[stream].position

    def _advance(self, stream: str, held: Held[T], events: Iterable[Recorded]) -> None:
        for recorded in events:
            if recorded.position > held.position:
                held.value = self._step(stream, held.value, recorded)
                held.position = recorded.position

    def _evict(self) -> None:
        spare = [stream for stream, held in self._held.items() if not held.pinned]
        for stream in spare[: max(0, len(spare) - self._capacity)]:
            del self._held[stream]
