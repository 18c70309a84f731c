"""Short ways to write proposals in the tests of the log."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from daybook.events.core import Boundary, Match
from daybook.server.log import NewEvent, Proposal


def event(stream: str = "review:maple", type: str = "rating-given", *more: str, data: str = "{}") -> NewEvent:
    return NewEvent(type, (stream, *more), data)


def proposal(
    *events: NewEvent, boundary: Boundary = (), after: int = 0, id: UUID | None = None, fingerprint: bytes = b"f"
) -> Proposal:
    return Proposal(id or uuid4(), fingerprint, "ana", datetime.now(UTC), events, boundary, after)


def within(stream: str, *types: str) -> Boundary:
    return (Match(types, (stream,)),)
