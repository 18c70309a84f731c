"""All that the templates of a plan draw from: its entries read as a document, and its forms.

`static/plan-view.js` and `static/plan-forms.js` read the same entries where scripts run. Without them at most
one form is unfolded, the one that the address names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import msgspec

from daybook.projections.wording import Piece, words_between
from daybook.server.measure_chart import chart_of
from daybook.server.plan_can import Rights, parent_of, part_of, retired_at, split
from daybook.server.plan_forms import FORMS
from daybook.server.prose_text import plain
from daybook.server.templates import N_, Language, name_of, number, plain_day, translations

View = Mapping[str, Any]
Choices = list[dict[str, Any]]


class PlanSheet:
    """A plan's view, as someone may see it, with what they may do."""

    def __init__(self, view: View, rights: Rights, lang: Language, around: Mapping[str, Any]) -> None:
        """Read a view; `around` is what the page carries beside it, see `plan_page`."""
        self.view, self.rights, self._lang, self._around = view, rights, lang, around
        self.open: str | None = around["open"]
        self.numbers = self._numbers()

    # The document

    def parts(self, under: str, kind: str) -> list[str]:
        """List the parts of a kind under another, in their order, retired ones among them."""
        order = self.view.get(f"order:{under}")
        return [part for part in (order["parts"] if order else ()) if part.startswith(f"{kind}:") and part in self.view]

    def _numbers(self) -> dict[str, str]:
        numbers: dict[str, str] = {}
        for at, priority in enumerate(self.pursued("plan", "priority"), 1):
            numbers[priority] = str(at)
            for place, strategy in enumerate(self.pursued(priority, "strategy"), 1):
                numbers[strategy] = f"{at}.{place}"
        return numbers

    def pursued(self, under: str, kind: str) -> list[str]:
        """List the parts of a kind under another that are pursued."""
        return [part for part in self.parts(under, kind) if not self.view[part]["retired_at"]]

    def has_strategies(self) -> bool:
        """Tell whether anything can be checked in on."""
        return any(self.parts(priority, "strategy") for priority in self.parts("plan", "priority"))

    def retired(self, part: str) -> str | None:
        """Return the part that keeps this one from being pursued."""
        return retired_at(self.view, part)

    def folded(self, part: str) -> bool:
        """Tell whether a part is retired and nothing of it is being written."""
        return bool(self.view[part]["retired_at"]) and not self.open_within(part)

    def words(self, passage: str) -> Any:
        """Return a passage's words, or None."""
        return self.view.get(f"text:{passage}")

    def line(self, part: str) -> str:
        """Return a part's words as one line; empty where they were erased."""
        is_strategy = part.startswith("strategy:")
        words = self.words(f"{part}:title" if is_strategy else part)
        text: str = (words["text"] or "") if words else ""
        first = (text if is_strategy else plain(text)).split("\n")[0]
        return f"{first[:119]}…" if len(first) > 120 else first

    def called(self, part: str) -> str:
        """Return what a list calls a part: its words as one line, or that they were erased."""
        words = self.words(f"{part}:title" if part.startswith("strategy:") else part)
        erased = words is not None and words["text"] is None
        return translations(self._lang).gettext(N_("words erased")) if erased else self.line(part)

    @cached_property
    def _by_measure(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for entry in self._all("reading"):
            found.setdefault(entry["measure"], []).append(entry)
        return {name: sorted(those, key=lambda r: (r["on"], r["reading"])) for name, those in found.items()}

    def readings(self, measure: str) -> list[Any]:
        """List a measure's readings, oldest first, withdrawn ones among them."""
        return self._by_measure.get(measure, [])

    def shows_readings(self, measure: str) -> bool:
        """Tell whether a measure's readings are unfolded: the address asks for them, or for a form among them."""
        writing = (self.open or "").startswith(f"withdraw-reading@reading:{measure}:")
        return writing or self._around["readings"] == measure

    def chart(self, measure: Any) -> dict[str, Any]:
        """Return where a measure's readings lie in its picture."""
        plan = self.view["plan"]
        standing = [(r["on"], r["value"]) for r in self.readings(measure["measure"]) if not r["withdrawn"]]
        return chart_of(measure["baseline"], measure["target"], standing, plan["quarters"], plan["ends"])

    @cached_property
    def _by_strategy(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for entry in self._all("check-in"):
            found.setdefault(entry["strategy"], []).append(entry)
        return {name: sorted(those, key=lambda c: (c["on"], c["at"]), reverse=True) for name, those in found.items()}

    def check_ins(self, strategy: str) -> list[Any]:
        """List a strategy's check-ins, newest first."""
        return self._by_strategy.get(strategy, [])

    def proposals(self) -> list[Any]:
        """List proposals, those that wait first, then the newest: all, or mine where I am not of the team."""
        kind = "proposal" if self.rights.may.team else "my-proposal"
        newest = sorted(self._all(kind), key=lambda p: p["at"], reverse=True)
        blank = {"person": self.rights.me, "why": None, "replaces": None}
        return [blank | one for one in sorted(newest, key=lambda p: p["outcome"] != "waiting")]

    @cached_property
    def waiting(self) -> Counter[str]:
        """How many proposals wait, by the passage or part they are for."""
        return Counter(p["passage"] or p["under"] for p in self._all("proposal") if p["outcome"] == "waiting")

    def refinements(self) -> list[Any]:
        """List refinements, newest first."""
        return sorted(self._all("refinement"), key=lambda r: r["from_position"], reverse=True)

    def versions(self) -> list[Any]:
        """List frozen versions, newest first."""
        return sorted(self._all("version"), key=lambda v: v["position"], reverse=True)

    def statuses(self) -> Counter[str]:
        """Count the pursued strategies by how they go."""
        return Counter(
            entry["status"] for entry in self._all("status") if f"strategy:{entry['strategy']}" in self.numbers
        )

    def _all(self, kind: str) -> list[Any]:
        return [entry for entry in self.view.values() if entry["kind"] == kind]

    def part_of(self, passage: str) -> str:
        """Return the part that a passage belongs to."""
        return part_of(passage)

    def changes(self, before: str, after: str) -> Iterable[Piece]:
        """Return what of a text another one changes, in the order of reading."""
        return words_between(before, after)

    def cited(self, citation: Any) -> str:
        """Say what a citation names: in its own words where the reader may see those, else what it is."""
        item, said = citation["item"], translations(self._lang).gettext
        match citation["kind"]:
            case "check-in":
                entry = self.view.get(f"check-in:{item}")
                return self.check_in_line(entry) if entry else said(N_("A check-in"))
            case "reading":
                found = next((r for r in self._all("reading") if r["reading"] == item), None)
                return self.reading_line(found) if found else said(N_("A reading"))
            case _:
                for group in self._around["citable"]:
                    for one in group["items"]:
                        if one["citation"] == citation:
                            return f"{one['words']} ({group['label']})"
                kind = said(N_("Consensus on {code}") if citation["kind"] == "consensus" else N_("Evidence"))
                review = self._around["texts"]["reviews"].get(citation["review"], "")
                return f"{kind.format(code=item)} ({review})"

    def reading_line(self, reading: Any) -> str:
        """Say a reading in one line."""
        measure = f"measure:{reading['measure']}"
        value = f"{number(reading['value'], self._lang)} {self.view[measure]['unit']}"
        line = f"{self.called(measure)}: {value}, {self._day(reading['on'])}"
        return f"{translations(self._lang).gettext(N_('Withdrawn'))}: {line}" if reading["withdrawn"] else line

    def check_in_line(self, check_in: Any) -> str:
        """Say a check-in in one line."""
        status = name_of(check_in["status"], self._lang)
        return f"{self.called('strategy:' + check_in['strategy'])}: {status}, {self._day(check_in['on'])}"

    def _day(self, iso: str) -> str:
        return plain_day(date.fromisoformat(iso), self._lang)

    def places(self, part: str) -> tuple[str | None, str | None]:
        """Return after which part this one stands when it goes up, or down: "" for first, None where it cannot."""
        under = parent_of(self.view, part)
        siblings = [one for one in self.parts(under, split(part)[0]) if not self.view[one]["retired_at"] or one == part]
        others = [one for one in self.view[f"order:{under}"]["parts"] if one != part]
        at = siblings.index(part)
        up = None
        if at > 0:
            before = others.index(siblings[at - 1])
            up = others[before - 1] if before else ""
        return up, siblings[at + 1] if at + 1 < len(siblings) else None

    def parent(self, part: str) -> str:
        """Return what a part stands under."""
        return parent_of(self.view, part)

    # Forms

    def open_within(self, part: str) -> bool:
        """Tell whether the form that is unfolded is in a part, or in something that stands under it."""
        if self.open is None:
            return False
        at = part_of(self.open.partition("@")[2])
        if at.startswith("reading:"):
            at = f"measure:{at.removeprefix('reading:')}"
        while at != "plan" and at in self.view:
            if at == part:
                return True
            at = parent_of(self.view, at)
        return False

    def form(self, key: str) -> dict[str, Any]:
        """Return a form as it is described; one that asks for numbers of a measure says what they count."""
        kind, _, place = key.partition("@")
        form: dict[str, Any] = self._around["forms"][kind]
        unit = (self.view.get(place) or {}).get("unit")
        if not unit:
            return form
        hint = translations(self._lang).gettext(N_("In {unit}")).format(unit=unit)
        return form | {"fields": [one | {"hint": hint} if one["kind"] == "number" else one for one in form["fields"]]}

    def hidden(self, key: str) -> dict[str, str]:
        """Return the fields of a form that are not asked for."""
        kind, _, place = key.partition("@")
        form = FORMS[kind]
        hidden = {"type": form.type, "plan": self.view["plan"]["plan"], **fields_at(form.at, place)}
        if form.replaces:
            passage = f"reflection:{split(place)[1]}" if kind == "reflect-on-priority" else place
            words = self.words(passage)
            current = self.view[place]["answered"] if kind == "answer-support" else words and words["wording"]
            if current:
                hidden["replaces"] = current
        if form.sets:
            hidden["replaces"] = msgspec.json.encode(value_at(kind, self.view[place])).decode()
        if kind == "add-priority-of" and self._around["rubric"]:
            hidden["rubric"] = self._around["rubric"]["rubric"]
        if form.after and (last := self._last(place)):
            hidden["after"] = split(last)[1] if place == "plan" else last
        return hidden

    def _last(self, under: str) -> str | None:
        order = self.view.get(f"order:{under}")
        return order["parts"][-1] if order and order["parts"] else None

    def values(self, key: str) -> dict[str, Any]:
        """Return what stands in a form: what was typed when it was refused, or what is in the plan."""
        problem = self._around["problem"]
        if problem and problem["form"] == key:
            typed: dict[str, Any] = problem["typed"]
            return typed
        kind, _, place = key.partition("@")
        entry = self.view.get(place) or {}
        today = self._around["today"]
        match kind:
            case "word-passage" | "word-title" | "propose-change":
                return {"text": self._text(place)}
            case "reflect-on-priority":
                passage = f"reflection:{split(place)[1]}"
                return {"text": self._text(passage), "carries": (self.view.get(passage) or {}).get("carries", "")}
            case "fund-strategy":
                return {"amount": _typed(entry.get("funding")), "source": entry.get("funding_source") or ""}
            case "take-reading" | "hold-check-in":
                return {"on": today}
            case "open-refinement":
                quarters = self.view["plan"]["quarters"]
                return {"quarter": str(max(1, sum(first <= today for first in quarters)))}
            case _:
                held = ("owner", "due", "status", "answer", "baseline", "target")
                return {name: _typed(entry[name]) for name in held if name in entry}

    def _text(self, passage: str) -> str:
        words = self.words(passage)
        return (words["text"] or "") if words else ""

    def choices(self, key: str) -> dict[str, Choices]:
        """Return what the fields of a form offer, in groups, by field."""
        kind, _, place = key.partition("@")
        return {field.name: self._choices(field.kind, place) for field in FORMS[kind].fields}

    def _choices(self, kind: str, place: str) -> Choices:
        match kind:
            case "people":
                return _alone([(p["person"], p["name"]) for p in self._around["owners"]])
            case "helpers":
                return _alone([(p["person"], p["name"]) for p in self._around["helpers"]])
            case "priorities":
                return _alone(self._priorities_for(place))
            case "aims":
                return _alone(list(self._around["texts"]["outcomes"].items()))
            case "indicators":
                rubric = self._around["rubric"]
                return [
                    {"label": s["name"], "options": [(i["code"], i["statement"]) for i in s["indicators"]]}
                    for s in (rubric["systems"] if rubric else ())
                ]
            case "citations":
                return self._citations(place)
            case _:
                return []

    def _priorities_for(self, part: str) -> list[tuple[str, str]]:
        here = parent_of(self.view, part)
        return [
            (f"{p}>{self._last(p) or ''}", f"{self.numbers[p]}. {self.called(p)}")
            for p in self.pursued("plan", "priority")
            if p != here
        ]

    def _citations(self, refinement: str) -> Choices:
        """List what a refinement can rest on and does not yet, in groups, the newest first."""
        said = translations(self._lang).gettext
        newest = sorted((r for r in self._all("reading") if not r["withdrawn"]), key=lambda r: r["on"], reverse=True)
        held = sorted(self._all("check-in"), key=lambda c: (c["on"], c["at"]), reverse=True)
        groups = [
            (said(N_("Readings")), [(f"reading:{r['reading']}", self.reading_line(r)) for r in newest]),
            (said(N_("Check-ins")), [(f"check-in:{c['check_in']}", self.check_in_line(c)) for c in held]),
            *self._of_reviews("consensus", said(N_("Consensus"))),
            *self._of_reviews("evidence", said(N_("Evidence"))),
        ]
        cited = {citation_word(c) for c in self.view.get(refinement, {"citations": []})["citations"]}
        left = [(label, [one for one in options if one[0] not in cited]) for label, options in groups]
        return [{"label": label, "options": options} for label, options in left if options]

    def _of_reviews(self, kind: str, label: str) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                f"{label}, {review['label']}",
                [(citation_word(i["citation"]), i["words"]) for i in review["items"] if i["citation"]["kind"] == kind],
            )
            for review in self._around["citable"]
        ]


def _alone(options: list[tuple[str, str]]) -> Choices:
    return [{"label": "", "options": options}]


def value_at(kind: str, entry: Mapping[str, Any]) -> Any:
    """Return the value that a form is to take the place of, as its command names it."""
    match kind:
        case "fund-strategy":
            return None if entry["funding"] is None else {"amount": entry["funding"], "source": entry["funding_source"]}
        case "set-target":
            return {"baseline": entry["baseline"], "target": entry["target"]}
        case "schedule-action":
            return entry["due"]
        case "report-action":
            return entry["status"]
        case _:
            return entry["owner"]


def _typed(value: object) -> str:
    """Write a value as people type it; nothing for None, and a whole number without its fraction."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return "" if value is None else str(value)


def fields_at(pattern: str, place: str) -> dict[str, str]:
    """Read a command's fields out of a place: `strategy:{strategy}` and `strategy:readers` give the strategy."""
    names = re.findall(r"\{(\w+)\}", pattern)
    matched = re.fullmatch(re.sub(r"\{\w+\}", "(.+)" if pattern.startswith("{") else "([^:]+)", pattern), place)
    return dict(zip(names, matched.groups(), strict=True)) if matched else dict.fromkeys(names, "")


def citation_word(citation: Any) -> str:
    """Write a citation as the value of a form's field."""
    return ":".join(part for part in (citation["kind"], citation["item"], citation["review"]) if part)


def citation_named(word: str) -> dict[str, str | None]:
    """Read a citation as `citation_word` writes it."""
    kind, item, *review = word.split(":", 2)
    return {"kind": kind, "item": item, "review": review[0] if review else None}
