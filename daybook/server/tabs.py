"""One person in several tabs is one person who is here: what the others are shown of them."""

from collections.abc import Iterable

from daybook.server.protocol import Present

_MOST_UNSAVED = 4  # as many as one tab may say


def by_person(tabs: Iterable[Present]) -> list[Present]:
    """Say each person once: where they write, else where they looked last. Tabs come in the order of their last use."""
    of: dict[str, list[Present]] = {}
    for tab in tabs:
        of.setdefault(tab.person, []).insert(0, tab)
    return [_as_one(of[person]) for person in sorted(of)]


def _as_one(tabs: list[Present]) -> Present:
    if len(tabs) == 1:
        return tabs[0]
    at = max(tabs, key=lambda tab: (tab.typing, tab.looking_at is not None))
    unsaved = list(dict.fromkeys(place for tab in tabs for place in tab.unsaved))[:_MOST_UNSAVED]
    return Present(at.person, at.looking_at, at.typing, unsaved)
