"""Comparing two moments of a plan: a page with a permanent link, and the same as JSON.

A moment is a position of the log, an ISO time, or an ISO day, whose end is meant. What both moments hold is cut
to what the reader may see today, so nothing comes to light by comparing that is not on the plan's own page.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath, QueryParameter
from msgspec import Struct
from msgspec.structs import replace

from daybook.projections.compare import Difference, compare, is_erased, words_of
from daybook.projections.compare_sentences import sentence
from daybook.projections.network import SchoolListed
from daybook.projections.plan_entries import (
    PlanShown,
    RefinementShown,
    VersionShown,
)
from daybook.projections.view import Shown, seen
from daybook.server import history
from daybook.server.guard import Need, entered, services_of, signed_in
from daybook.server.history import DAY, looking_back, moment
from daybook.server.pages import Page, language_of, long_page
from daybook.server.plan_can import may_of, part_of
from daybook.server.plan_page import plan_context
from daybook.server.plan_sheet import PlanSheet, citation_named
from daybook.server.prose_text import plain
from daybook.server.services import Services
from daybook.server.templates import N_, Language, clock, in_words, number, plain_day, translations
from daybook.server.zones import today

_FROM = Annotated[
    str, QueryParameter(name="from", max_length=40, description="The first moment; empty: the beginning.")
]
_TO = Annotated[str, QueryParameter(name="to", max_length=40, description="The second moment; empty: now.")]


class Told(Struct, frozen=True):
    """A difference with its sentence in the reader's language."""

    sentence: str
    difference: Difference


class Comparison(Struct, frozen=True):
    """Two moments of a plan, as positions of the log, and what differs, in the order in which the plan is read."""

    plan: str
    from_position: int
    to_position: int
    differences: list[Told]


class _Moment(Struct, frozen=True):
    """The plan at a position, and what the reader asked for, empty for what stands when nothing is asked for."""

    asked: str
    position: int
    view: dict[str, Shown]

    @property
    def day(self) -> date | None:
        """The day whose end is meant, where the reader asked for a day."""
        return date.fromisoformat(self.asked) if DAY.fullmatch(self.asked) else None


async def _at(services: Services, stream: str, person: str, asked: str, at: int | datetime | None) -> _Moment:
    """Fold the plan to a moment, as this person may see it."""
    now, _, mine = await entered(stream, services, person)
    room, steps, position = await history.room_at(services.log, services.codec, stream, at)
    return _Moment(asked, position, seen(room.view, looking_back(now, mine, steps)))


async def _compared(services: Services, plan: str, person: str, first: str, second: str) -> tuple[_Moment, _Moment]:
    stream = f"plan:{plan}"
    now, _, _ = await services.hub.view(stream, person)
    earlier = moment(first) if first else None
    if earlier is None:
        earlier = min((v.value.position for v in now.view.values() if isinstance(v.value, VersionShown)), default=0)
    before = await _at(services, stream, person, first, earlier)
    after = await _at(services, stream, person, second, moment(second) if second else None)
    return (before, after) if before.position <= after.position else (after, before)


async def _tell(request: Page, before: _Moment, after: _Moment, names: Mapping[str, str]) -> list[Told]:
    both = {**before.view, **after.view}
    found = compare(before.view, after.view)
    cited = await _cited(request, both, {one.after or one.before or "" for one in found if one.field == "citations"})

    def told(one: Difference) -> Told:
        said = sentence(_sayable(one, cited, language_of(request)), _name(both, one, language_of(request)))
        return Told(in_words(said, language_of(request), names), one)

    return [told(one) for one in found]


async def _cited(request: Page, view: Mapping[str, Shown], citations: set[str]) -> dict[str, str]:
    """Say what refinements rest on, which is named as text, in the words of the plan's own page."""
    if not citations:
        return {}
    services, person = services_of(request), signed_in(request).id
    shown = view["plan"]
    assert isinstance(shown, PlanShown)
    now, _, audiences = await entered(f"plan:{shown.plan}", services, person)
    may = may_of(await services.door.people(), person, shown.school, team="team" in audiences)
    current = msgspec.to_builtins(seen(now.view, audiences))
    context = await plan_context(request, shown, current, msgspec.to_builtins(view), may, on=today(), works_on={})
    sheet: PlanSheet = context["sheet"]
    return {name: sheet.cited(citation_named(name)) for name in citations}


def _sayable(difference: Difference, cited: Mapping[str, str], lang: Language) -> Difference:
    """Return a difference whose values can stand in a sentence: citations in words, long texts without their marks."""
    match difference:
        case Difference(field="baseline" | "target", before=str(was), after=str(set_to)):
            return replace(difference, before=number(float(was), lang), after=number(float(set_to), lang))
        case Difference(kind="reading", after=str(taken)):
            value, _, unit = taken.partition(" ")
            return replace(difference, after=" ".join(filter(None, (number(float(value), lang), unit))))
        case Difference(field="citations"):
            before, after = (cited[name] if name else None for name in (difference.before, difference.after))
            return replace(difference, before=before, after=after)
        case (
            Difference(field="note" | "words", after=str(text))
            | Difference(what="happened", kind="proposal", after=str(text))
        ):
            return replace(difference, after=plain(text))
        case _:
            return difference


def _name(view: Mapping[str, Shown], difference: Difference, lang: Language) -> str:
    """Return the words by which people know what a difference is about."""
    key, kind = difference.key, difference.kind
    if difference.about is not None:
        key = part_of(difference.about.removeprefix("under:"))
    elif kind == "reading":
        key = f"measure:{key.split(':')[1]}"
    elif kind in ("check-in", "status"):
        key = f"strategy:{difference.where.strategy}"
    elif kind == "reflection":
        key = f"priority:{difference.where.priority}"
    elif isinstance(refinement := view.get(key), RefinementShown):
        return str(refinement.quarter)
    return _called(view, key, lang) or key


def _called(view: Mapping[str, Shown], key: str, lang: Language) -> str | None:
    """Return the words by which people know a part, without marks; a strategy's title is one line and has none.

    Of words that were erased, that they were: a reader knows no part by its id.
    """
    if is_erased(view, key):
        return translations(lang).gettext(N_("words erased"))
    words = words_of(view, key)
    return words if words is None or key.startswith("strategy:") else plain(words)


@get("/api/v1/plans/{plan:str}/compare", opt={"need": Need.PLAN})
async def compare_json(request: Page, plan: FromPath[str], first: _FROM = "", second: _TO = "") -> Comparison:
    """Compare two moments of a plan: positions, ISO times or ISO days."""
    services, person = services_of(request), signed_in(request).id
    before, after = await _compared(services, plan, person, first, second)
    names = await services.identity.names()
    return Comparison(plan, before.position, after.position, await _tell(request, before, after, names))


@get("/plans/{plan:str}/compare", opt={"need": Need.PLAN})
async def compare_page(request: Page, plan: FromPath[str], first: _FROM = "", second: _TO = "") -> Response[bytes]:
    """Show two moments of a plan side by side."""
    services, person, lang = services_of(request), signed_in(request).id, language_of(request)
    before, after = await _compared(services, plan, person, first, second)
    now, head, _ = await services.hub.view(f"plan:{plan}", person)
    shown = now.view["plan"].value
    assert isinstance(shown, PlanShown)
    school = await services.stored.get(f"school:{shown.school}", SchoolListed)
    names = await services.identity.names()
    told = await _tell(request, before, after, names)
    both = {**before.view, **after.view}
    moments = _moments({key: entry.value for key, entry in now.view.items()}, lang)

    async def titled(one: _Moment) -> str:
        return _title(one, moments, head, await _said(services, plan, one.position, shown), lang)

    return await long_page(
        request,
        "compare.html",
        plan={"plan": plan, "school": shown.school, "year": shown.year},
        school_name=school.name if school else shown.school,
        groups=_groups(both, told, lang),
        moments=moments,
        first={"asked": before.asked, "day": before.day, "title": await titled(before)},
        second={"asked": after.asked, "day": after.day, "title": await titled(after)},
        reversed=(before.asked, after.asked) != (first, second),
        begun="plan" in before.view,
        to_come=[one.day for one in (before, after) if one.day is not None and one.day > today()],
        link=f"/plans/{plan}/compare?from={before.position}&to={after.position}",
    )


def _title(one: _Moment, moments: list[dict[str, Any]], head: int, said: datetime, lang: Language) -> str:
    """Call a moment by its day, its name, or when the last event up to it was recorded."""
    known = translations(lang)
    if one.day is not None and one.day <= today():
        return known.gettext(N_("the end of {day}")).format(day=plain_day(one.day, lang))
    named = next((choice["title"] for choice in moments if choice["value"] == str(one.position)), None)
    if named is not None:
        return str(named)
    if one.position < head or one.asked.isdecimal():
        return _day_and_time(said, lang)
    return known.gettext(N_("now ({when})")).format(when=_day_and_time(datetime.now(UTC), lang))


def _day_and_time(moment: datetime, lang: Language) -> str:
    """Say a moment with its day even if that is today: the page is printed, and its link is opened on another day."""
    return f"{plain_day(moment, lang)}, {clock(moment, lang)}"


async def _said(services: Services, plan: str, position: int, shown: PlanShown) -> datetime:
    """Return when the plan's last event up to a position was recorded."""
    stored, _ = await services.log.read_stream(f"plan:{plan}", upto=position)
    return stored[-1].at if stored else shown.begun_at


def _groups(view: Mapping[str, Shown], told: list[Told], lang: Language) -> list[dict[str, Any]]:
    """Group differences by the strategy, priority or plan that they stand in, in the order in which they come."""
    groups: dict[str, dict[str, Any]] = {}
    for one in told:
        where = one.difference.where.key
        if where not in groups:
            title = None if where == "plan" else _called(view, where, lang) or where
            groups[where] = {"key": where, "title": title, "lines": []}
        groups[where]["lines"].append(_line(view, one, lang))
    return list(groups.values())


def _line(view: Mapping[str, Shown], told: Told, lang: Language) -> dict[str, Any]:
    difference = told.difference
    pieces = difference.pieces
    moved = None
    if difference.what == "moved":
        before, after = (_called(view, part or "", lang) for part in (difference.before, difference.after))
        moved = {"before": before, "after": after}
    whole = pieces[0] if len(pieces) == 1 and not difference.field.endswith(":title") else None
    return {
        "what": difference.what,
        "kind": difference.kind,
        "sentence": told.sentence,
        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in pieces],
        "whole": whole,
        "moved": moved,
        "note": difference.note,
        "barriers": difference.barriers,
        "reason": difference.reason,
    }


def _moments(view: Mapping[str, Shown], lang: Language) -> list[dict[str, Any]]:
    """List the moments that matter, oldest first: the beginning, openings of refinements, named versions."""
    known = translations(lang)
    plan = view["plan"]
    assert isinstance(plan, PlanShown)
    found: list[tuple[datetime, str, int]] = []
    for entry in view.values():
        match entry:
            case VersionShown():
                found.append((entry.at, entry.name, entry.position))
            case RefinementShown():
                title = known.gettext(N_("Before the refinement of quarter {quarter}")).format(quarter=entry.quarter)
                found.append((entry.opened_at, title, entry.from_position))
            case _:
                continue
    return [
        {"value": str(position), "title": f"{title}, {plain_day(at, lang)}"} for at, title, position in sorted(found)
    ]
