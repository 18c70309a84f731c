"""A review's room as the events of a day leave it."""

from collections.abc import Iterable

from daybook.events.core import Recorded
from daybook.projections.room import project
from daybook.projections.view import View, apply, changed


def folded(history: Iterable[Recorded]) -> View:
    view: View = {}
    for recorded in history:
        apply(view, changed(view, project(view, recorded)))
    return view
