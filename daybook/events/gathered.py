"""Folds that are no streams: what is gathered under a name, such as `years:maple`, from a school's streams."""

from daybook.events import standing, years
from daybook.events.core import Match

_BY_KIND = {years.KIND: years.GATHERED, standing.KIND: standing.GATHERED}


def gathers(stream: str) -> Match | None:
    """Say which events of other streams are folded under this name; None for a stream, which has events of its own."""
    kind, _, school = stream.partition(":")
    return Match(tuple(sorted(_BY_KIND[kind])), (f"school:{school}",)) if kind in _BY_KIND else None


def gathered_by(type: str, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Name the folds that an event belongs to, beside its own stream."""
    schools = [tag.partition(":")[2] for tag in tags if tag.startswith("school:")]
    return tuple(f"{kind}:{school}" for kind, types in _BY_KIND.items() if type in types for school in schools)
