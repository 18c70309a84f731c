"""Appending to the log: what is proposed, how it is answered, and the one task that writes.

Group commit: while one transaction is on its way to the disk, further proposals gather and go together in the
next, so a busy process pays for one commit and one round trip where it would have paid for thirty. The fact a
newcomer would get wrong: `LogUnavailable` does not mean that nothing was written. The connection may have died
between the commit and its acknowledgement; sending the same command id again finds out, and is always safe.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg
from msgspec import Struct
from psycopg import AsyncConnection

from daybook.events.core import Boundary, Match
from daybook.server.postgres import connect

_LARGEST_BATCH = 256
_LONGEST_QUEUE = 10_000
_LOG = logging.getLogger(__name__)


class ProseRow(NamedTuple):
    """A text that can be erased, kept beside the log; `commitment` is what the event itself holds."""

    commitment: str
    salt: bytes
    text: str


class NewEvent(NamedTuple):
    """An event before it has a position. `data` is JSON text and is kept byte for byte."""

    type: str
    tags: tuple[str, ...]
    data: str
    prose: tuple[ProseRow, ...] = ()


class Proposal(NamedTuple):
    """What one command came to, to be recorded unless the boundary has been crossed since it was decided.

    `after` is the position of the state that it was decided on. No events: the command alone is remembered.
    An empty boundary appends whatever happened.
    """

    command: UUID
    fingerprint: bytes
    actor: str
    at: datetime
    events: tuple[NewEvent, ...]
    boundary: Boundary
    after: int


class Appended(NamedTuple):
    """The positions of a command's events; `repeated` when they were recorded by an earlier sending."""

    positions: tuple[int, ...]
    repeated: bool


class Conflict(Exception):
    """Something within the boundary was recorded since: decide again."""


class CommandIdReused(Exception):
    """This id belongs to another command."""


class LogUnavailable(Exception):
    """No database, or no word from it. What was sent may have been recorded; sending it again is safe."""


def commit_prose(text: str, salt: bytes) -> str:
    """Return the commitment to a text: SHA-256 over the salt and then the text in UTF-8, as lower-case hex.

    The salt is 16 random bytes for each field, so that an erased text cannot be guessed from its commitment.
    """
    return sha256(salt + text.encode()).hexdigest()


def falls_within(match: Match, type: str, tags: Sequence[str]) -> bool:
    """Tell whether an event falls within one match of a boundary; the SQL function of this name says the same."""
    return (not match.types or type in match.types) and all(tag in tags for tag in match.tags)


def positions_between(first: int | None, last: int | None) -> tuple[int, ...]:
    """Return the positions of one command's events, which always stand together; none for a command without any."""
    return () if first is None or last is None else tuple(range(first, last + 1))


class _Waiting(Struct):
    proposal: Proposal
    answer: asyncio.Future[Appended]


class _Batch:
    """Proposals that can be decided on side by side, because none falls within the boundary of a later one."""

    def __init__(self) -> None:
        self.waiting: list[_Waiting] = []
        self._ids: set[UUID] = set()
        self._events: list[NewEvent] = []
        self._events_by_tag: defaultdict[str, list[NewEvent]] = defaultdict(list)

    def takes(self, one: _Waiting) -> bool:
        """Take in a proposal, unless it must see first how an earlier one of this batch fares."""
        proposal = one.proposal
        if proposal.command in self._ids or any(map(self._reaches, proposal.boundary)):
            return False
        self.waiting.append(one)
        self._ids.add(proposal.command)
        self._events.extend(proposal.events)
        for event in proposal.events:
            for tag in event.tags:
                self._events_by_tag[tag].append(event)
        return True

    def _reaches(self, match: Match) -> bool:
        near = self._events_by_tag.get(match.tags[0], ()) if match.tags else self._events
        return any(falls_within(match, event.type, event.tags) for event in near)


class Writer:
    """The one task of this process that appends to one network's log."""

    def __init__(self, conninfo: str, network: str) -> None:
        self._conninfo = conninfo
        self._network = network
        self._connection: AsyncConnection[Any] | None = None
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._task = asyncio.create_task(self._write(), name=f"log writer of {network}")

    async def append(self, proposal: Proposal) -> Appended:
        """Wait for the proposal's turn and for the disk."""
        if self._closing or self._task.done():
            raise LogUnavailable("the log is closed")
        if len(self._waiting) >= _LONGEST_QUEUE:
            raise LogUnavailable("too many commands are waiting")
        answer: asyncio.Future[Appended] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(proposal, answer))
        self._wake.set()
        return await answer

    async def close(self) -> None:
        """Write what is waiting, then stop."""
        self._closing = True
        self._wake.set()
        await self._task

    async def _write(self) -> None:
        try:
            while True:
                while not self._waiting and not self._closing:
                    self._wake.clear()
                    await self._wake.wait()
                batch = self._next_batch()
                if batch:
                    await self._send(batch)
                elif self._closing:
                    return
        finally:
            await self._drop_connection()
            _fail(self._waiting, LogUnavailable("the log's writer has stopped"))

    def _next_batch(self) -> list[_Waiting]:
        """Take from the queue in order. What must wait for this batch keeps its place at the front."""
        batch = _Batch()
        left: list[_Waiting] = []
        while self._waiting and len(batch.waiting) < _LARGEST_BATCH and len(left) < _LARGEST_BATCH:
            one = self._waiting.popleft()
            if not one.answer.cancelled() and not batch.takes(one):
                left.append(one)
        self._waiting.extendleft(reversed(left))
        return batch.waiting

    async def _send(self, batch: list[_Waiting]) -> None:
        try:
            if self._connection is None:
                self._connection = await self._connect()
            cursor = await self._connection.execute(
                "SELECT outcome, first_position, last_position FROM append_batch(%s, %s, %s, %s, %s)",
                (self._network, *_encode([one.proposal for one in batch])),
                prepare=True,
            )
            outcomes = await cursor.fetchall()
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            # One proposal holds what cannot be stored, such as a NUL character; it must not take the others with it.
            if len(batch) == 1:
                _fail(batch, error)
            else:
                for one in batch:
                    await self._send([one])
        except (psycopg.OperationalError, psycopg.InternalError, psycopg.InterfaceError) as error:
            _LOG.warning("the log of %s is unavailable: %s", self._network, error)
            await self._drop_connection()
            _fail(batch, LogUnavailable("the database is not answering"))
        except psycopg.Error as error:
            await self._drop_connection()
            _fail(batch, error)
        except BaseException:
            _fail(batch, LogUnavailable("the log's writer has stopped"))
            raise
        else:
            for one, outcome in zip(batch, outcomes, strict=True):
                _answer(one, *outcome)

    async def _connect(self) -> AsyncConnection[Any]:
        connection = await connect(self._conninfo, "writer")
        await connection.execute("SET statement_timeout = '30s'")
        # An acknowledgement promises durability, even where the server's own default does not.
        await connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )
        return connection

    async def _drop_connection(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.close()


def _encode(proposals: list[Proposal]) -> tuple[str, str, str, str]:
    """Lay the batch out flat, as `append_batch` wants it: commands, matches, events, prose."""
    commands, matches, events, prose = [], [], [], []
    for n, proposal in enumerate(proposals, 1):
        commands.append(
            {
                "n": n,
                "id": proposal.command,
                "fingerprint": proposal.fingerprint,
                "events": len(proposal.events),
            }
        )
        for match in proposal.boundary:
            matches.append({"n": n, "after": proposal.after, "types": match.types, "tags": match.tags})
        for i, event in enumerate(proposal.events):
            events.append(
                {
                    "n": n,
                    "i": i,
                    "at": proposal.at,
                    "type": event.type,
                    "tags": event.tags,
                    "data": event.data,
                    "command": proposal.command,
                    "actor": proposal.actor,
                }
            )
            for row in event.prose:
                prose.append({"n": n, "i": i, "commitment": row.commitment, "salt": row.salt, "text": row.text})
    encode = msgspec.json.encode
    return encode(commands).decode(), encode(matches).decode(), encode(events).decode(), encode(prose).decode()


def _answer(one: _Waiting, outcome: str, first: int | None, last: int | None) -> None:
    if one.answer.done():  # whoever asked has left
        return
    match outcome:
        case "appended" | "repeated":
            one.answer.set_result(Appended(positions_between(first, last), outcome == "repeated"))
        case "conflict":
            one.answer.set_exception(Conflict())
        case "reused":
            one.answer.set_exception(CommandIdReused())
        case _:
            raise AssertionError(outcome)


def _fail(waiting: Iterable[_Waiting], error: Exception) -> None:
    for one in waiting:
        if not one.answer.done():
            one.answer.set_exception(error)
