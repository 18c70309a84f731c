"""June Outcomes on one page of paper, in English or Spanish, and how far they are from fitting on it.

The page steps down from 11 to 9 points and no further: smaller letters would hide that there is too
much to read. What is too long then goes on to a second page, and `fit` says by how many lines.
"""

import math
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from daybook.events.outcomes import Baseline
from daybook.projections.outcomes_page import OutcomesPage, PageOutcome, Said
from daybook.server import press
from daybook.server.paper_words import Data, lacking, line, passage
from daybook.server.templates import N_, Language, name_of, number, plain_day, school_year, translations

TEMPLATE = "outcomes.typ"
_CM = 72 / 2.54  # points
_INTRO = N_(
    "What the school and the home office mean to reach in the school year {year}, and what each of them commits to."
)
_LABELS = {
    "page": N_("Page {n} of {all}"),
    "unrated": N_("not rated yet"),
    "to": N_("to"),
    "school": N_("The school commits to"),
    "home": N_("The home office commits to"),
    "measure": N_("How we will know"),
    "owner": N_("Who carries it"),
    "result": N_("At the year’s end"),
}
_SIGNED = {"school": N_("Signed for the school: {people}"), "home-office": N_("Signed for the home office: {people}")}


class Around(Struct, frozen=True):
    """What the page says that is not in its own view: names by id, what indicators say, and level names of scales.

    `levels` are those of the page's rubric, lowest first; `reviews` has the day of a review and the level names
    that it was rated with.
    """

    school: str
    names: Mapping[str, str]
    indicators: Mapping[str, str]
    levels: tuple[str, ...]
    reviews: Mapping[str, tuple[date, tuple[str, ...]]]


class Fit(Struct, frozen=True):
    """Whether the page fits, at which size of letters, and if not, how much longer it is, and which outcome is longest.

    `over_cm` and `over_lines` are 0 when it fits; `outcome` is the longest one's id, None when there is none.
    """

    fits: bool
    points: float
    over_lines: int
    over_cm: float
    outcome: str | None
    message: str


def page_said(page: OutcomesPage, around: Around, paper: str, printed: date) -> Data:
    """Return the page as data for its template."""
    lang = page.lang
    known = translations(lang)
    title = known.gettext(N_("June Outcomes {year}")).format(year=school_year(page.shown.year))
    adopted = page.shown.adopted_at
    status = known.gettext(N_("Adopted {day}")).format(day=plain_day(adopted, lang)) if adopted else None
    footer = known.gettext(N_("{school} · as of {day}")).format(school=around.school, day=plain_day(printed, lang))
    return {
        "lang": lang,
        "paper": paper,
        "title": title,
        "school": line(around.school),
        "status": status or known.gettext(N_("Draft, not adopted")),
        "intro": known.gettext(_INTRO).format(year=school_year(page.shown.year)),
        "footer": line(footer),
        "labels": {name: known.gettext(said) for name, said in _LABELS.items()},
        "outcomes": [_outcome(outcome, around, lang) for outcome in page.outcomes],
        "signatures": list(_signatures(page, around)),
        "notes": list(_notes(page, around)),
    }


def _outcome(outcome: PageOutcome, around: Around, lang: Language) -> Data:
    said, conclusion = translations(lang).gettext, outcome.conclusion
    owner = outcome.shown.owner
    return {
        "label": said(N_("Outcome {n}")).format(n=outcome.number),
        "aims": [_aim(baseline, outcome.shown.target, around, lang) for baseline in outcome.shown.baselines],
        "statement": _words(outcome.statement, lang),
        "measure": _words(outcome.measure, lang),
        "school": _words(outcome.school, lang),
        "home": _words(outcome.home_office, lang),
        "owner": line(around.names.get(owner, owner)) if owner else said(N_("Nobody yet")),
        "result": name_of(conclusion.result, lang) if conclusion else None,
        "evidence": _words(outcome.concluded, lang) if outcome.concluded else None,
    }


def _aim(baseline: Baseline, target: int, around: Around, lang: Language) -> Data:
    code, source, names = baseline.indicator, "", around.levels
    if baseline.review is not None and baseline.review in around.reviews:
        day, names = around.reviews[baseline.review]
        source = translations(lang).gettext(N_("review of {day}")).format(day=plain_day(day, lang))
    start = None if baseline.level is None else _level(baseline.level, names)
    return {
        "code": code,
        "statement": line(around.indicators.get(code, "")),
        "from": start,
        "source": source,
        "to": _level(target, around.levels),
    }


def _level(level: int, names: tuple[str, ...]) -> Data:
    return {"n": level, "levels": len(names), "name": line(names[level - 1])}


def _words(said: Said, lang: Language) -> Data:
    known = translations(lang)
    if said.text is None:
        return passage(known.gettext(N_("These words were erased.")), lang)
    note = None
    if said.stands_in:
        note = known.gettext(N_("Not translated yet"))
    elif said.older:
        note = known.gettext(N_("Older than the English text"))
    return passage(said.text, said.lang, note)


def _signatures(page: OutcomesPage, around: Around) -> Iterator[str]:
    for side, sentence in _SIGNED.items():
        people = [
            f"{line(around.names.get(signature.person, signature.person))} ({plain_day(signature.at, page.lang)})"
            for signature in page.signatures
            if signature.side == side
        ]
        if people:
            yield translations(page.lang).gettext(sentence).format(people=", ".join(people))


def _notes(page: OutcomesPage, around: Around) -> Iterator[str]:
    known = translations(page.lang)
    amended = [
        f"{known.gettext(N_('Outcome {n}')).format(n=outcome.number)} ({plain_day(outcome.amended_at, page.lang)})"
        for outcome in page.outcomes
        if outcome.amended_at
    ]
    if amended:
        yield known.gettext(N_("Amended since it was signed: {outcomes}")).format(outcomes=", ".join(amended))
    if older := page.older():
        yield known.ngettext(
            "{n} text here is older than the English one, which was worded again since.",
            "{n} texts here are older than the English ones, which were worded again since.",
            older,
        ).format(n=older)
    if standing_in := page.standing_in():
        yield known.ngettext(
            "{n} text has no translation yet and stands in English.",
            "{n} texts have no translation yet and stand in English.",
            standing_in,
        ).format(n=standing_in)
    texts = [text.text or "" for outcome in page.outcomes for text in outcome.texts()]
    if any(map(lacking, (*texts, *around.names.values(), around.school))):
        yield known.gettext(N_("□ stands for a character that cannot be printed here."))


async def fit(page: OutcomesPage, around: Around, paper: str, printed: date, told_in: Language | None = None) -> Fit:
    """Lay the page out and measure it; the message is in the page's own language unless told otherwise."""
    found = await press.ask(TEMPLATE, "fit", page_said(page, around, paper, printed))
    over = max(0.0, found["height"] - found["available"])
    heights: list[float] = found["outcomes"]
    longest = max(range(len(heights)), key=heights.__getitem__) if heights else None
    lines = math.ceil(over / found["line"])
    message = _fit_message(told_in or page.lang, found["size"], lines, over, None if longest is None else longest + 1)
    return Fit(
        fits=over == 0,
        points=found["size"],
        over_lines=lines,
        over_cm=math.ceil(over / _CM * 10) / 10,
        outcome=None if longest is None else page.outcomes[longest].shown.outcome,
        message=message,
    )


def _fit_message(lang: Language, points: float, lines: int, over: float, longest: int | None) -> str:
    known = translations(lang)
    if longest is None or not lines:
        return known.gettext(N_("Fits on one page, in letters of {points} points.")).format(points=number(points, lang))
    return known.ngettext(
        "Does not fit on one page: {n} line ({cm} cm) too long, in letters of {points} points, the smallest that read "
        "well. Outcome {longest} is the longest: shorten it first.",
        "Does not fit on one page: {n} lines ({cm} cm) too long, in letters of {points} points, the smallest that read "
        "well. Outcome {longest} is the longest: shorten it first.",
        lines,
    ).format(n=lines, cm=number(math.ceil(over / _CM * 10) / 10, lang), points=number(points, lang), longest=longest)
