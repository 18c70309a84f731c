"""Two moments of a Call-to-Action plan side by side: everything that differs, what is linked included.

It compares two views, each as one reader may see it, so nothing appears here that is hidden on the page.
The fact a newcomer would get wrong: a part that was added is one difference with its words, not one for
each of its passages; words of parts that stand at both moments are compared passage by passage. And what
came between the moments may be gone again by the second: what was withdrawn or retired by then is told as such.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from daybook.events.plan_values import Citation
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    OrderShown,
    PlanShown,
    PriorityShown,
    ProposalShown,
    ReadingShown,
    RefinementShown,
    ReflectionShown,
    StatusShown,
    StrategyShown,
    SupportShown,
    VersionShown,
)
from daybook.projections.view import Shown
from daybook.projections.wording import Piece, words_between

PartShown = PriorityShown | StrategyShown | ActionShown | MeasureShown | SupportShown
Views = Mapping[str, Shown]
What = Literal["added", "removed", "retired", "restored", "moved", "reordered", "worded", "reworded", "set", "happened"]

_FIELDS: dict[type[Shown], tuple[str, ...]] = {
    PlanShown: ("phase",),
    PriorityShown: (),
    StrategyShown: ("owner", "funding", "funding_source"),
    ActionShown: ("owner", "due", "status", "note"),
    MeasureShown: ("owner", "baseline", "target", "unit"),
    SupportShown: ("owner", "answer", "words"),
    StatusShown: ("status",),
    RefinementShown: ("version", "agreed"),
    ReflectionShown: ("carries",),
}
"""What is compared of an entry that stands at both moments; words and places are compared on their own."""


class Where(Struct, frozen=True):
    """Where in the document something stands; both are None for the plan as a whole."""

    priority: str | None = None
    strategy: str | None = None

    @property
    def key(self) -> str:
        """The part that it stands in, or `plan`."""
        if self.strategy is not None:
            return f"strategy:{self.strategy}"
        return "plan" if self.priority is None else f"priority:{self.priority}"


class Difference(Struct, frozen=True):
    """One thing that differs. `key` is its entry in the later view, or in the earlier one when it has gone.

    `field` is a passage or the name of an entry's field; `before` and `after` are its values as text, codes
    and ISO dates untranslated. `pieces` are there when words differ. `reason` was given with the change. Of a
    reading, `before` is its day and `after` its value; `note` came with it, or with a check-in, which also has
    `barriers`. A proposal was made by `person` and is `about` a passage, or about something new: `under:` and a part.
    """

    what: What
    kind: str
    key: str
    field: str = ""
    before: str | None = None
    after: str | None = None
    where: Where = Where()
    pieces: tuple[Piece, ...] = ()
    reason: str | None = None
    note: str | None = None
    barriers: str | None = None
    person: str | None = None
    about: str | None = None


def compare(before: Views, after: Views) -> list[Difference]:
    """List what differs between two views of one plan, in the order in which the plan is read."""
    found = [
        *_parts(before, after),
        *_texts(before, after),
        *_places(before, after),
        *_fields(before, after),
        *_proposals(before, after),
        *_citations(before, after),
        *_readings(before, after),
        *_happened(before, after),
    ]
    rank = {key: place for place, key in enumerate(reading_order(before, after))}
    for refinement in sorted((one for one in after.values() if isinstance(one, RefinementShown)), key=_opened):
        rank[f"refinement:{refinement.refinement}"] = len(rank)
    last = len(rank)

    def place(difference: Difference) -> tuple[int, int, bool]:
        """Put a refinement before what it says, and all of one refinement together."""
        at = rank.get(difference.key, last)
        return rank.get(difference.where.key, last), at, difference.what != "happened"

    return sorted(found, key=place)


def _opened(refinement: RefinementShown) -> datetime:
    return refinement.opened_at


def reading_order(before: Views, after: Views) -> Iterator[str]:
    """Yield the parts in the order in which they are read: as at the later moment, then those that have gone."""
    yield from ("plan", "vision", "family")
    seen: set[str] = set()
    for view in (after, before):
        for part in _read(view, "plan"):
            if part not in seen:
                seen.add(part)
                yield part


def _read(view: Views, under: str) -> Iterator[str]:
    order = view.get(f"order:{under}")
    for part in order.parts if isinstance(order, OrderShown) else ():
        yield part
        yield from _read(view, part)


def _where(view: Views, key: str) -> Where:
    """Say in which priority and strategy of a view an entry stands."""
    entry = view.get(key)
    strategy: str
    match entry:
        case PriorityShown(priority=priority) | ReflectionShown(priority=priority):
            return Where(priority)
        case StrategyShown() | ActionShown() | MeasureShown() | SupportShown() | StatusShown() | CheckInShown():
            strategy = entry.strategy
        case ReadingShown(measure=measure):
            return _where(view, f"measure:{measure}")
        case _:
            return Where()
    stands = view.get(f"strategy:{strategy}")
    return Where(stands.priority if isinstance(stands, StrategyShown) else None, strategy)


def _parts(before: Views, after: Views) -> Iterator[Difference]:
    """Compare which parts there are, and which of them are pursued."""
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if isinstance(old, PartShown) and isinstance(new, PartShown):
            if (old.retired_at is None) != (new.retired_at is None):
                retired = new.retired_at is not None
                what: What = "retired" if retired else "restored"
                reason = new.reason if retired else None
                yield Difference(what, _kind(key), key, reason=reason, where=_where(after, key))
        elif isinstance(new, PartShown):
            yield Difference("added", _kind(key), key, after=words_of(after, key), where=_where(after, key))
            if new.retired_at is not None:
                yield Difference("retired", _kind(key), key, reason=new.reason, where=_where(after, key))
        elif isinstance(old, PartShown):
            yield Difference("removed", _kind(key), key, before=words_of(before, key), where=_where(before, key))


def _kind(key: str) -> str:
    return key.partition(":")[0]


def words_of(view: Views, key: str) -> str | None:
    """Return the words by which people know a part: a strategy's title, any other part's own text."""
    text = _named_by(view, key)
    return text.text if text is not None else None


def is_erased(view: Views, key: str) -> bool:
    """Tell whether the words by which people know a part were erased; a part that has none yet has lost none."""
    text = _named_by(view, key)
    return text is not None and text.text is None


def _named_by(view: Views, key: str) -> TextShown | None:
    text = view.get(f"text:{key}:title" if key.startswith("strategy:") else f"text:{key}")
    return text if isinstance(text, TextShown) else None


def _texts(before: Views, after: Views) -> Iterator[Difference]:
    """Compare passages, but for those that came or went together with their part."""
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if not isinstance(old, TextShown | None) or not isinstance(new, TextShown | None):
            continue
        passage = key.removeprefix("text:")
        part = ":".join(passage.split(":")[:2])
        belongs = isinstance(before.get(part), PartShown) or isinstance(after.get(part), PartShown)
        if belongs and (part not in before or part not in after):
            continue
        was, now = old.text if old else None, new.text if new else None
        if was == now:
            continue
        where = _where(after if part in after else before, part)
        if _kind(passage) == "reflection":
            where = Where(passage.removeprefix("reflection:"))
        pieces = words_between(was or "", now or "")
        what: What = "worded" if was is None else "reworded"
        reason = new.reason if new else None
        kind = _kind(passage)
        place = part if belongs or kind == "refinement" else passage.partition(":")[0]
        yield Difference(what, kind, place, passage, was, now, pieces=pieces, reason=reason, where=where)


def _places(before: Views, after: Views) -> Iterator[Difference]:
    """Compare where parts stand: under another parent, or in another order among the same siblings."""
    for key, new in after.items():
        old = before.get(key)
        if isinstance(old, StrategyShown) and isinstance(new, StrategyShown):
            was, now = f"priority:{old.priority}", f"priority:{new.priority}"
        elif isinstance(old, ActionShown | MeasureShown | SupportShown) and isinstance(new, type(old)):
            was, now = f"strategy:{old.strategy}", f"strategy:{new.strategy}"
        else:
            continue
        if was != now:
            yield Difference("moved", _kind(key), key, before=was, after=now, where=_where(after, key))
    for key, new in after.items():
        old = before.get(key)
        if isinstance(old, OrderShown) and isinstance(new, OrderShown):
            both = set(old.parts) & set(new.parts)
            was_order = [part for part in old.parts if part in both]
            now_order = [part for part in new.parts if part in both]
            for part in _displaced(was_order, now_order):
                yield Difference("reordered", _kind(part), part, where=_where(after, part))


def _displaced(before: list[str], after: list[str]) -> list[str]:
    """Return the fewest parts that have to be moved to make one order of the other."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [part for tag, *_, k, m in matcher.get_opcodes() if tag in ("insert", "replace") for part in after[k:m]]


def _fields(before: Views, after: Views) -> Iterator[Difference]:
    """Compare the fields of entries that stand at both moments."""
    for key, new in after.items():
        old = before.get(key)
        if old is None or type(old) is not type(new):
            continue
        for name in _FIELDS.get(type(new), ()):
            was, now = getattr(old, name), getattr(new, name)
            if was != now:
                yield Difference("set", _kind(key), key, name, _as_text(was), _as_text(now), where=_where(after, key))


def _as_text(value: object) -> str | None:
    """Write a field's value as text: names and codes as they are, lists by what is in them."""
    match value:
        case None:
            return None
        case float():
            return _digits(value)
        case tuple():
            return ", ".join(value)
        case _:
            return str(value)


def _digits(value: float) -> str:
    """Write a number without an exponent, however large, to a millionth."""
    return f"{value:f}".rstrip("0").rstrip(".")


def _proposals(before: Views, after: Views) -> Iterator[Difference]:
    """List proposals that were made between the moments, and those that were answered or taken back."""
    for key, new in after.items():
        old = before.get(key)
        if not isinstance(new, ProposalShown):
            continue
        about = new.passage or f"under:{new.under}"
        if not isinstance(old, ProposalShown):
            made = Difference("happened", "proposal", key, new.outcome, after=new.text, person=new.person, about=about)
            yield replace(made, reason=new.reason)
        elif old.outcome != new.outcome:
            answered = Difference("set", "proposal", key, "outcome", old.outcome, new.outcome, reason=new.reason)
            yield replace(answered, person=new.person, about=about)


def _citations(before: Views, after: Views) -> Iterator[Difference]:
    """Say one by one what a refinement no longer rests on, and what it rests on now."""
    for key, new in after.items():
        old = before.get(key)
        if not isinstance(new, RefinementShown):
            continue
        cited = old.citations if isinstance(old, RefinementShown) else ()
        for citation in cited:
            if citation not in new.citations:
                yield Difference("set", "refinement", key, "citations", before=citation_name(citation))
        for citation in new.citations:
            if citation not in cited:
                yield Difference("set", "refinement", key, "citations", after=citation_name(citation))


def citation_name(citation: Citation) -> str:
    """Write what is cited as text: `reading:r1`, or `consensus:CI.2:maple-fall` for what is of a review."""
    return ":".join(part for part in (citation.kind, citation.item, citation.review) if part)


def _readings(before: Views, after: Views) -> Iterator[Difference]:
    """List readings that were taken between the moments, and those that were withdrawn."""
    for key, new in after.items():
        old = before.get(key)
        if not isinstance(new, ReadingShown) or old == new:
            continue
        if not isinstance(old, ReadingShown):
            what: What = "happened"
        elif new.withdrawn and not old.withdrawn:
            what = "set"
        else:
            continue
        measure = after.get(f"measure:{new.measure}")
        value = f"{_digits(new.value)} {measure.unit}" if isinstance(measure, MeasureShown) else _digits(new.value)
        field, reason = ("withdrawn", new.reason) if new.withdrawn else ("", None)
        where = _where(after, key)
        yield Difference(what, "reading", key, field, str(new.on), value, where, reason=reason, note=new.note)


def _happened(before: Views, after: Views) -> Iterator[Difference]:
    """List what else came between the moments and is no part: check-ins, refinements, versions, reflections."""
    for key, new in after.items():
        if key in before:
            continue
        where = _where(after, key)
        match new:
            case CheckInShown():
                held = Difference("happened", "check-in", key, new.status, str(new.on), where=where)
                yield replace(held, note=new.note, barriers=new.barriers)
            case RefinementShown():
                yield Difference("happened", "refinement", key, str(new.quarter), after=new.version, where=where)
            case VersionShown():
                yield Difference("happened", "version", key, after=new.name, where=where)
            case ReflectionShown():
                yield Difference("happened", "reflection", key, new.carries, where=where)
            case StatusShown():
                yield Difference("set", "status", key, "status", None, new.status, where=where)
            case _:
                continue
