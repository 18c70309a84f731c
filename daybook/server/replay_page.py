"""Pages of the past: a stream as it stood at a moment, with the way to the moments around it.

Without scripts each moment is a page. With them the whole past is fetched once, and this page is the frame.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery

from daybook.events.core import Recorded
from daybook.projections.marks import mark
from daybook.projections.room import ReviewShown
from daybook.projections.view import Shown, apply
from daybook.server.guard import Need, NotFound, entered, services_of, signed_in
from daybook.server.history import Past, moment, past_of
from daybook.server.pages import Page, language_of, page, review_context
from daybook.server.protocol import Patched
from daybook.server.zones import local

_AROUND = 12  # lines of the log before the moment and after it, on a page without scripts
_REASONS = ("reason", "rationale", "why")


class Then:
    """A stream as one viewer may know it at a moment: the entries, and what stands around the moment."""

    def __init__(self, past: Past, at: str | None) -> None:
        """Take the last step at or before a position or an ISO time; the first step when nothing was asked for.

        Raises Malformed for what is neither, and NotFound when nothing has happened.
        """
        if not past.patches:
            raise NotFound("Nothing has happened here yet.")
        self.past = past
        self.index = _index(past.patches, at)
        self.view: dict[str, Shown] = {}
        for patched in past.patches[: self.index]:
            apply(self.view, patched.patch)

    @property
    def position(self) -> int:
        """The position of the last step taken."""
        return self.past.patches[self.index - 1].position

    @property
    def at(self) -> datetime:
        """When the last step was taken."""
        return self.past.patches[self.index - 1].at

    @property
    def patch(self) -> dict[str, Shown | None]:
        """What the last step changed."""
        return self.past.patches[self.index - 1].patch

    def context(self) -> dict[str, Any]:
        """Return what the templates of the player and the log are given as `past`."""
        patches, remember = self.past.patches, self.past.remember
        now = self.index - 1
        marks = [place for place, one in enumerate(patches) if mark(self._event(one).event)]
        lines = patches[max(0, now - _AROUND) : now + _AROUND + 1]
        return {
            "step": remember(patches[now]),
            "index": self.index,
            "all": len(patches),
            "why": _why(self.patch),
            "earlier": patches[now - 1].position if now else None,
            "later": patches[now + 1].position if self.index < len(patches) else None,
            "earlier_mark": next((patches[place].position for place in reversed(marks) if place < now), None),
            "later_mark": next((patches[place].position for place in marks if place > now), None),
            "marks": [self._mark(patches[place]) for place in marks],
            "days": len({local(patches[place].at).date() for place in marks}),
            "lines": [remember(one) for one in lines],
        }

    def _event(self, one: Patched) -> Recorded:
        return self.past.events[one.position]

    def _mark(self, one: Patched) -> dict[str, Any]:
        matters = mark(self._event(one).event)
        assert matters is not None
        label, about = self.past.telling.label(matters.label), self.past.about.get(one.position)
        return {"position": one.position, "at": one.at, "label": f"{label}: {about}" if about else label}


def _index(patches: Sequence[Patched], at: str | None) -> int:
    """Return how many steps had been taken at a moment, at least one."""
    if at is None:
        return 1
    asked = moment(at)
    past = [one for one in patches if (one.position if isinstance(asked, int) else one.at) <= asked]  # type: ignore[operator]
    return max(1, len(past))


def _why(patch: Mapping[str, Shown | None]) -> str | None:
    """Return why it was done, in the words of whoever did it: a reason that stands in one of the changed entries."""
    for shown in patch.values():
        entry = msgspec.to_builtins(shown) if shown is not None else {}
        said = next((entry[field] for field in _REASONS if entry.get(field)), None)
        if isinstance(said, str):
            return said
    return None


@get("/reviews/{review:str}/replay", opt={"need": Need.REVIEW})
async def review_replay(
    request: Page, review: FromPath[str], at: FromQuery[str | None] = None, indicator: FromQuery[str | None] = None
) -> Response[str]:
    """The day of a review, at a moment of it."""
    services, person = services_of(request), signed_in(request)
    stream = f"review:{review}"
    now, _, audiences = await entered(stream, services, person.id)
    past = await past_of(services, stream, person.id, language_of(request))
    then = Then(past, at)
    shown, ended = then.view["review"], now.view["review"].value
    assert isinstance(shown, ReviewShown)
    assert isinstance(ended, ReviewShown)
    return page(
        request,
        "review_replay.html",
        **await review_context(request, then.view),
        room={"stream": stream, "view": msgspec.to_builtins(then.view)},
        may=dict.fromkeys(("rate", "note", "facilitate", "erase"), False) | {"team": "team" in audiences},
        link=f"/reviews/{review}/replay?at={then.position}&indicator=",
        chosen=indicator if indicator in shown.focus else _about(then.patch, shown.focus),
        problem=None,
        past=then.context() | {"not_over": ended.phase != "closed"},
    )


def _about(patch: Mapping[str, Shown | None], focus: tuple[str, ...]) -> str | None:
    """Return the indicator that a step is about, if it is about one."""
    for shown in patch.values():
        entry = msgspec.to_builtins(shown) if shown is not None else {}
        for code in [entry.get("code"), *entry.get("indicators", ())]:
            if code in focus:
                return str(code)
    return None


ROUTES = [review_replay]
