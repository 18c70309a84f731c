"""The reader's time zone, in which pages tell times and days: their device says it by a cookie.

Until it did, and for programs, it is that of the process. Scripts tell times by the device's own clock as well.
"""

from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from litestar import Request

COOKIE = "zone"
_reader: ContextVar[ZoneInfo | None] = ContextVar("zone", default=None)


async def read_by(request: Request[Any, Any, Any]) -> None:
    """Tell times in the zone of whoever asks, as long as this request is answered."""
    _reader.set(_zone(request.cookies.get(COOKIE)))


def local(moment: datetime) -> datetime:
    """Return the same instant by the reader's clock."""
    return moment.astimezone(_reader.get())


def at(day: date, clock: time) -> datetime:
    """Return the instant at which the reader's clock shows this, on that day."""
    zone = _reader.get()
    return datetime.combine(day, clock, tzinfo=zone) if zone else datetime.combine(day, clock).astimezone()


def today() -> date:
    """Return the day that it is where the reader is."""
    return local(datetime.now(UTC)).date()


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # of a folder's name, the last
        return None
