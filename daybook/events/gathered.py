"""Folds that are no streams: what is gathered under a name from events of several streams."""

from daybook.events import standing, years
from daybook.events.core import Match


def gathers(stream: str) -> Match | None:
    """Say which events of other streams are folded under this name; None for a stream, which has events of its own."""
    return years.gathers(stream) or standing.gathers(stream)


def gathered_by(type: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Name the folds that an event belongs to, beside its own stream."""
    return (*years.gathered_by(type, tags), *standing.gathered_by(type, tags))
