"""The log behind the `eventsourcing` library's interface for Dynamic Consistency Boundaries.

The application does not go this way: it is here so that the library's conformance suite runs against our append
function, writer and follower, and as a door for tools written for that interface. It is the only module that
knows the library. The interface is synchronous, so the log runs on an event loop in a thread of its own.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Self, TypeVar
from uuid import uuid4

from eventsourcing.dcb.api import (
    DCBAppendCondition,
    DCBEvent,
    DCBQuery,
    DCBReadResponse,
    DCBRecorder,
    DCBSequencedEvent,
    DCBSubscription,
)
from eventsourcing.persistence import IntegrityError, ProgrammingError

from daybook.events.core import Boundary, Match
from daybook.server.append import falls_within
from daybook.server.log import Conflict, Log, NewEvent, Proposal, StoredEvent

_T = TypeVar("_T")


class LogRecorder(DCBRecorder):
    """A synchronous recorder over one network's log. Data must be UTF-8 text without NUL, as the log keeps text."""

    def __init__(self, conninfo: str, network: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="log recorder", daemon=True)
        self._thread.start()
        self.log = self.run(_opened(conninfo, network))

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Run on the log's own loop, and wait for the result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """Close the log and end the thread."""
        self.run(self.log.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(
        self, query: DCBQuery | None = None, *, after: int | None = None, limit: int | None = None
    ) -> DCBReadResponse:
        """Read as the interface says. With a limit, the head is the last event's position; else it is the log's."""
        upto = self.run(self.log.head()) if limit is None else None
        found = self.run(self.log.read(_boundary(query), after=after or 0, upto=upto, limit=limit))
        head = upto if limit is None else found[-1].position if found else None
        return _ReadResponse(found, head or None)

    def append(self, events: Sequence[DCBEvent], condition: DCBAppendCondition | None = None) -> int:
        """Append, and return the last position. Raises IntegrityError when the condition fails."""
        if not events:
            raise ProgrammingError("There is nothing to append.")
        boundary: Boundary = ()
        if condition is not None:
            boundary = _boundary(condition.fail_if_events_match) or (Match(),)
        proposal = Proposal(
            command=uuid4(),
            fingerprint=b"",
            actor="recorder",
            at=datetime.now(UTC),
            events=tuple(NewEvent(event.type, tuple(event.tags), event.data.decode()) for event in events),
            boundary=boundary,
            after=(condition.after or 0) if condition is not None else 0,
        )
        try:
            return self.run(self.log.append(proposal)).positions[-1]
        except Conflict:
            raise IntegrityError(condition) from None

    def subscribe(self, query: DCBQuery | None = None, *, after: int | None = None) -> "LogSubscription":
        """Follow the log."""
        return LogSubscription(self, query, after)


class LogSubscription(DCBSubscription[LogRecorder]):
    """Each event as it is recorded. Another thread may stop it while it waits."""

    def __init__(self, recorder: LogRecorder, query: DCBQuery | None, after: int | None) -> None:
        super().__init__(recorder, query, after)
        self._boundary = _boundary(query)
        self._pages = recorder.log.follow(self._last_position)
        self._page: Iterator[StoredEvent] = iter(())
        self._waits: asyncio.Task[Any] | None = None

    def __next__(self) -> DCBSequencedEvent:
        """Wait for the next event."""
        while not self._has_been_stopped:
            for stored in self._page:
                if not self._boundary or any(falls_within(match, stored.type, stored.tags) for match in self._boundary):
                    return _sequenced(stored)
            self._page = iter(self._recorder.run(self._next_page()))
        raise StopIteration

    def stop(self) -> None:
        """Stop it, and disconnect."""
        if not self._has_been_stopped:
            super().stop()
            self._recorder.run(self._close())

    async def _next_page(self) -> list[StoredEvent]:
        if self._has_been_stopped:
            return []
        self._waits = asyncio.create_task(self._read_page())
        await asyncio.wait([self._waits])
        return [] if self._waits.cancelled() else self._waits.result()

    async def _read_page(self) -> list[StoredEvent]:
        return await anext(self._pages)

    async def _close(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            await asyncio.wait([self._waits])
        await self._pages.aclose()


class _ReadResponse(DCBReadResponse):
    def __init__(self, found: Sequence[StoredEvent], head: int | None) -> None:
        self._found = iter(found)
        self._head = head

    @property
    def head(self) -> int | None:
        return self._head

    def __next__(self) -> DCBSequencedEvent:
        return _sequenced(next(self._found))


async def _opened(conninfo: str, network: str) -> Log:
    log = Log(conninfo, network)
    await log.open()
    return log


def _boundary(query: DCBQuery | None) -> Boundary:
    return tuple(Match(tuple(item.types), tuple(item.tags)) for item in query.items) if query is not None else ()


def _sequenced(stored: StoredEvent) -> DCBSequencedEvent:
    return DCBSequencedEvent(DCBEvent(stored.type, stored.data.encode(), list(stored.tags)), stored.position)
