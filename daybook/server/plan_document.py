"""A whole plan as a document with a table of contents, for the page that is printed and for the PDF alike.

`plan_document` says once what the document says, in the reader's language; the page's template and the press
only set it. Texts are `Words`, so that each of the two reads their marks in its own way.
"""

from collections.abc import Iterator

from daybook.events.plan_values import Citation
from daybook.projections.measure_chart import measure_chart
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import CheckInShown, ReadingShown
from daybook.projections.plan_tree import Action, Measure, Priority, Refinement, Strategy, Support
from daybook.server.document_parts import Chart, Document, Row, Section, Table, Words
from daybook.server.if_then import Half, says_itself
from daybook.server.plan_reading import OpenPlan
from daybook.server.prose_text import plain
from daybook.server.templates import LANGUAGES, N_, Language, name_of, number, plain_day, school_year, translations

_LONGEST_HEADING = 120  # characters
_KINDS = {
    "priority": N_("priority"),
    "strategy": N_("strategy"),
    "action": N_("action step"),
    "measure": N_("measure"),
    "support": N_("support request"),
}


def plan_document(opened: OpenPlan, lang: Language) -> Document:
    """Say what the document of a plan says, to those who see what `opened` shows."""
    return _Writer(opened, lang).document()


class _Writer:
    """Writes one plan's document in one language."""

    def __init__(self, opened: OpenPlan, lang: Language) -> None:
        self.opened, self.tree, self.lang = opened, opened.tree, lang
        self.said = translations(lang).gettext

    def document(self) -> Document:
        plan = self.tree.plan
        return Document(
            lang=self.lang,
            title=self.said(N_("Call-to-Action plan {year}")).format(year=school_year(plan.year)),
            school=self.opened.school,
            status=self._status(),
            as_of=self.said(N_("As of {day}, position {n}")).format(
                day=plain_day(self.opened.at, self.lang), n=number(self.opened.position, self.lang)
            ),
            sections=tuple(self._sections()),
        )

    def _status(self) -> str:
        plan = self.tree.plan
        if plan.closed_at:
            return self.said(N_("Closed {day}")).format(day=plain_day(plan.closed_at, self.lang))
        if plan.adopted_at:
            return self.said(N_("Adopted {day}")).format(day=plain_day(plan.adopted_at, self.lang))
        return self.said(N_("Draft, not adopted"))

    def _sections(self) -> Iterator[Section]:
        tree = self.tree
        if tree.vision:
            yield Section("vision", 1, self.said(N_("Vision")), words=(_words(tree.vision),))
        for priority in tree.priorities:
            yield from self._priority(priority)
        if tree.family:
            yield Section("families", 1, self.said(N_("For families")))
            for lang in LANGUAGES:
                if lang in tree.family:
                    words = Words(tree.family[lang].text, lang)
                    yield Section(f"families-{lang}", 2, LANGUAGES[lang], words=(words,), lang=lang)
        if tree.refinements:
            yield Section("refinements", 1, self.said(N_("Refinements")))
            for refinement in tree.refinements:
                yield self._refinement(refinement)
        if tree.versions:
            yield Section("versions", 1, self.said(N_("Versions")), tables=(self._versions(),))
        if tree.retired:
            yield Section("retired", 1, self.said(N_("No longer pursued")), tables=(self._retired(),))

    # Priorities and what is under them

    def _priority(self, priority: Priority) -> Iterator[Section]:
        heading, rest = _heading(priority.words, self.said(N_("Words that were erased")))
        facts = []
        outcome = priority.shown.outcome
        if outcome and outcome in self.opened.outcomes:
            facts.append((self.said(N_("From the June Outcome")), plain(self.opened.outcomes[outcome])))
        if priority.shown.indicators:
            facts.append((self.said(N_("PIF indicators")), ", ".join(priority.shown.indicators)))
        if priority.reflection:
            facts.append((self.said(N_("At the year’s end")), name_of(priority.reflection.carries, self.lang)))
        reflected = priority.reflected
        yield Section(
            id=f"priority-{priority.shown.priority}",
            level=1,
            heading=self.said(N_("Priority {n}: {text}")).format(n=priority.number, text=heading),
            words=rest,
            facts=tuple(facts),
            labelled=((self.said(N_("Reflection")), _words(reflected)),) if reflected else (),
        )
        for strategy in priority.strategies:
            yield self._strategy(strategy)

    def _strategy(self, strategy: Strategy) -> Section:
        heading, rest = _heading(strategy.title, self.said(N_("Words that were erased")))
        shown = strategy.shown
        facts = [(self.said(N_("Owner")), self._name(shown.owner) or self.said(N_("Nobody yet")))]
        if strategy.status:
            on = plain_day(strategy.status.on, self.lang)
            facts.append((self.said(N_("Status")), f"{name_of(strategy.status.status, self.lang)} ({on})"))
        if shown.funding is not None:
            amount = f"${number(shown.funding, self.lang)}"
            source = shown.funding_source
            facts.append((self.said(N_("Funding")), f"{amount}, {source}" if source else amount))
        halves: tuple[tuple[Half, str, TextShown | None], ...] = (
            ("if", self.said(N_("If")), strategy.if_),
            ("then", self.said(N_("Then")), strategy.then),
        )
        tables = (
            self._actions(strategy.actions),
            self._supports(strategy.supports),
            self._check_ins(strategy.check_ins),
        )
        return Section(
            id=f"strategy-{shown.strategy}",
            level=2,
            heading=f"{strategy.number} {heading}",
            words=rest,
            facts=tuple(facts),
            labelled=tuple(
                ("" if says_itself(text.text, half) else label, _words(text))
                for half, label, text in halves
                if text and text.text != ""
            ),
            charts=tuple(map(self._measure, strategy.measures)),
            tables=tuple(table for table in tables if table.rows),
        )

    def _measure(self, measure: Measure) -> Chart:
        shown, plan = measure.shown, self.tree.plan
        heading, rest = _heading(measure.words, self.said(N_("Words that were erased")))
        goal = (
            N_("from {baseline} to {target} {unit}, less is better")
            if shown.lower_is_better
            else N_("from {baseline} to {target} {unit}")
        )
        said = self.said(goal).format(
            baseline=number(shown.baseline, self.lang), target=number(shown.target, self.lang), unit=shown.unit
        )
        return Chart(
            title=heading,
            words=rest[0] if rest else None,
            picture=measure_chart(measure, plan.quarters[0], plan.ends),
            baseline=number(shown.baseline, self.lang),
            target=number(shown.target, self.lang),
            said=said,
            table=Table(
                self.said(N_("Readings of “{measure}”")).format(measure=heading),
                (self.said(N_("Date")), shown.unit),
                tuple(map(self._reading, measure.readings)),
            ),
        )

    def _reading(self, reading: ReadingShown) -> Row:
        cells = (plain_day(reading.on, self.lang), number(reading.value, self.lang))
        return Row(cells, Words(reading.note) if reading.note else None)

    def _actions(self, actions: tuple[Action, ...]) -> Table:
        headings = (N_("Action step"), N_("Owner"), N_("Due"), N_("Status"))
        return self._table(
            N_("Action steps"),
            headings,
            [
                Row(
                    (
                        self._line(action.words),
                        self._name(action.shown.owner),
                        plain_day(action.shown.due, self.lang) if action.shown.due else "",
                        name_of(action.shown.status, self.lang),
                    ),
                    Words(action.shown.note) if action.shown.note else None,
                )
                for action in actions
            ],
        )

    def _supports(self, supports: tuple[Support, ...]) -> Table:
        headings = (N_("Request"), N_("Kind of support"), N_("Owner"), N_("Answer"))
        return self._table(
            N_("Support from the home office"),
            headings,
            [
                Row(
                    (
                        self._line(support.words),
                        name_of(support.shown.need, self.lang),
                        self._name(support.shown.owner),
                        name_of(support.shown.answer, self.lang)
                        if support.shown.answer
                        else self.said(N_("not answered yet")),
                    ),
                    Words(support.shown.words) if support.shown.words else None,
                )
                for support in supports
            ],
        )

    def _check_ins(self, check_ins: tuple[CheckInShown, ...]) -> Table:
        headings = (N_("Date"), N_("Status"), N_("By"), N_("What was said"))
        return self._table(
            N_("Check-ins"),
            headings,
            [
                Row(
                    (
                        plain_day(check_in.on, self.lang),
                        name_of(check_in.status, self.lang),
                        self._name(check_in.by),
                        "",
                    ),
                    self._told(check_in),
                )
                for check_in in check_ins
            ],
            wide=3,
        )

    def _told(self, check_in: CheckInShown) -> Words:
        if check_in.note is None or not check_in.barriers:
            return Words(check_in.note)
        barriers = self.said(N_("Barriers: {text}")).format(text=check_in.barriers)
        return Words(f"{check_in.note}\n\n{barriers}")

    # Looking back

    def _refinement(self, refinement: Refinement) -> Section:
        shown = refinement.shown
        heading = self.said(N_("Quarter {n}")).format(n=shown.quarter)
        facts = [(self.said(N_("Opened")), f"{plain_day(shown.opened_at, self.lang)}, {self._name(shown.opened_by)}")]
        if shown.closed_at:
            facts.append((self.said(N_("Closed")), f"{plain_day(shown.closed_at, self.lang)}, “{shown.version}”"))
        if shown.agreed:
            facts.append((self.said(N_("Agreed")), ", ".join(map(self._name, shown.agreed))))
        if shown.overtaken:
            overtaken = ", ".join(map(self._name, shown.overtaken))
            facts.append((self.said(N_("Agreed before it changed again")), overtaken))
        if shown.citations:
            cited = "; ".join(self._citation(citation) for citation in shown.citations)
            facts.append((self.said(N_("Rests on")), cited))
        labels = ((self.said(N_("What changed")), refinement.changed), (self.said(N_("Why")), refinement.why))
        return Section(
            id=f"refinement-{shown.refinement}",
            level=2,
            heading=heading,
            facts=tuple(facts),
            labelled=tuple((label, _words(text)) for label, text in labels if text),
        )

    def _citation(self, citation: Citation) -> str:
        match citation.kind:
            case "consensus":
                return self._cited_of(N_("the consensus on {indicator}, review of {day}"), citation)
            case "evidence":
                return self._cited_of(N_("evidence from the review of {day}"), citation)
            case "reading":
                return self._cited_reading(citation.item)
            case "check-in":
                return self._cited_check_in(citation.item)

    def _cited_of(self, message: str, citation: Citation) -> str:
        held = self.opened.reviews.get(citation.review or "")
        day = plain_day(held, self.lang) if held else citation.review
        return self.said(message).format(indicator=citation.item, day=day)

    def _cited_reading(self, name: str) -> str:
        for strategy in self.tree.strategies():
            for measure in strategy.measures:
                for reading in measure.readings:
                    if reading.reading == name:
                        return self.said(N_("{measure}: {value} {unit} on {day}")).format(
                            measure=self._line(measure.words),
                            value=number(reading.value, self.lang),
                            unit=measure.shown.unit,
                            day=plain_day(reading.on, self.lang),
                        )
        return self.said(N_("a reading"))

    def _cited_check_in(self, name: str) -> str:
        for strategy in self.tree.strategies():
            for check_in in strategy.check_ins:
                if check_in.check_in == name:
                    day = plain_day(check_in.on, self.lang)
                    return self.said(N_("the check-in on {strategy} of {day}")).format(
                        strategy=self._line(strategy.title), day=day
                    )
        return self.said(N_("a check-in"))

    def _versions(self) -> Table:
        headings = (N_("Version"), N_("Date"), N_("By"), N_("Position in the log"))
        return self._table(
            N_("Versions"),
            headings,
            [
                Row(
                    (
                        version.name,
                        plain_day(version.at, self.lang),
                        self._name(version.by),
                        number(version.position, self.lang),
                    )
                )
                for version in self.tree.versions
            ],
        )

    def _retired(self) -> Table:
        return self._table(
            N_("No longer pursued"),
            (N_("What"), N_("Kind")),
            [
                Row(
                    (self._line(part.words), self.said(_KINDS[part.part.partition(":")[0]])),
                    Words(part.reason) if part.reason else None,
                )
                for part in self.tree.retired
            ],
        )

    # In words

    def _table(self, caption: str, headings: tuple[str, ...], rows: list[Row], wide: int = 0) -> Table:
        return Table(self.said(caption), tuple(map(self.said, headings)), tuple(rows), wide)

    def _name(self, person: str | None) -> str:
        return self.opened.names.get(person, person) if person else ""

    def _line(self, words: TextShown | None) -> str:
        if words is None:
            return ""
        return self.said(N_("Words that were erased")) if words.text is None else plain(words.text)


def _words(shown: TextShown) -> Words:
    return Words(shown.text)


def _heading(shown: TextShown | None, erased: str) -> tuple[str, tuple[Words, ...]]:
    """Make a heading of a text's first line, and return the text as well where that is not all of it."""
    if shown is None or shown.text is None:
        return (erased if shown else "", ())
    whole = plain(shown.text)
    first = whole.partition("\n")[0]
    if len(first) > _LONGEST_HEADING:
        first = f"{first[: _LONGEST_HEADING - 1].rstrip()}…"
    return first, () if first == whole else (Words(shown.text),)
