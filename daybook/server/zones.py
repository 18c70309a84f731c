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
    tell_in(request.cookies.get(COOKIE))


def tell_in(zone: str | None) -> None:
    """Tell times in the zone of this name, as long as the request that runs is answered."""
    _reader.set(_zone(zone))


def local(moment: datetime) -> datetime:
    """Return the same instant by the reader's clock."""
    return moment.astimezone(_reader.get())


def day_of(moment: datetime) -> date:
    """Return the day on which an instant fell for the reader."""
    return local(moment).date()


def at(day: date, clock: time) -> datetime:
    """Return the instant at which the reader's clock shows this, on that day."""
    zone = _reader.get()
    return datetime.combine(day, clock, tzinfo=zone) if zone else datetime.combine(day, clock).astimezone()


def today() -> date:
    """Return the day that it is where the reader is."""
    return day_of(datetime.now(UTC))


def readers() -> str | None:
    """Name the reader's zone, None where their device did not say."""
    zone = _reader.get()
    return zone.key if zone else None


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # of a folder's name, the last
        return None
