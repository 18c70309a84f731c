"""A plan's goals in the shape of the SPSA, as CSV and as an Excel workbook, with headings in English or Spanish.

The columns follow the template of the California Department of Education: goal; metric or indicator, baseline,
expected outcome; strategy or activity, students to be served, proposed expenditures with their amount and
source. Whom a strategy serves is not kept here, so that column stands empty for the school to fill in.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from daybook.projections.plan_tree import PlanTree
from daybook.projections.spsa import ActionStep, SpsaRow, spsa_rows
from daybook.server.if_then import Half, says_itself
from daybook.server.prose_text import plain
from daybook.server.templates import N_, Language, name_of, plain_day, school_year, translations
from daybook.server.workbook import About, Cell, Column, as_csv, as_xlsx
from daybook.server.zones import local

_SHEET = "SPSA"
_COLUMNS = (
    Column(N_("Goal #"), 7),
    Column(N_("Goal"), 40),
    Column(N_("June Outcome"), 40),
    Column(N_("PIF indicators"), 12),
    Column(N_("Metric or indicator"), 30),
    Column(N_("Unit"), 14),
    Column(N_("Baseline"), 10, "number"),
    Column(N_("Expected outcome"), 10, "number"),
    Column(N_("Actual outcome to date"), 10, "number"),
    Column(N_("Date of the actual outcome"), 12, "date"),
    Column(N_("Strategy or activity #"), 9),
    Column(N_("Strategy or activity"), 50),
    Column(N_("Students to be served"), 20),
    Column(N_("Action steps"), 50),
    Column(N_("Person responsible"), 20),
    Column(N_("Proposed expenditures: amount"), 13, "money"),
    Column(N_("Proposed expenditures: funding source"), 22),
    Column(N_("Status"), 16),
)
_TEAMS_COLUMNS = (Column(N_("Note of the latest check-in"), 40), Column(N_("Barriers"), 40))


class Spsa(Struct, frozen=True):
    """What the files are made of: the plan as someone may see it, and names for what it holds as ids.

    `outcomes` has the statement of each June Outcome by its id; `team` adds the columns that only the team reads.
    """

    tree: PlanTree
    school: str
    names: Mapping[str, str]
    outcomes: Mapping[str, str]
    lang: Language
    team: bool


def spsa_csv(spsa: Spsa) -> bytes:
    """Write the table as CSV."""
    return as_csv(_columns(spsa), _cells(spsa))


def spsa_xlsx(spsa: Spsa, position: int, at: datetime) -> bytes:
    """Write the table as an Excel workbook, as of a position of the log and a time."""
    said = translations(spsa.lang).gettext
    title = said(N_("School Plan for Student Achievement, {school}, {year}")).format(
        school=spsa.school, year=school_year(spsa.tree.plan.year)
    )
    lines: list[tuple[str, Cell]] = [
        (said(N_("School")), spsa.school),
        (said(N_("School year")), school_year(spsa.tree.plan.year)),
        (said(N_("Plan")), spsa.tree.plan.plan),
        (said(N_("As of")), local(at).date()),
        (said(N_("Position in the log")), position),
        (
            said(N_("How to read it")),
            said(
                N_(
                    "One row for each measure of each strategy. The amount stands on the first row of its strategy "
                    "alone, so that the column can be added up. Retired parts are left out. Fill in the students to "
                    "be served."
                )
            ),
        ),
    ]
    about = About(title=title, sheet=_SHEET, about_sheet=said(N_("About")), lines=lines, made_at=at)
    return as_xlsx(_columns(spsa), _cells(spsa), about)


def _columns(spsa: Spsa) -> list[Column]:
    said = translations(spsa.lang).gettext
    columns = (*_COLUMNS, *(_TEAMS_COLUMNS if spsa.team else ()))
    return [Column(said(column.heading), column.width, column.holds) for column in columns]


def _cells(spsa: Spsa) -> list[list[Cell]]:
    return [_row(row, spsa) for row in spsa_rows(spsa.tree)]


def _row(row: SpsaRow, spsa: Spsa) -> list[Cell]:
    cells: list[Cell] = [
        row.goal,
        _said(row.goal_text),
        _said(spsa.outcomes.get(row.outcome)) if row.outcome else None,
        ", ".join(row.indicators),
        _said(row.metric),
        row.unit,
        row.baseline,
        row.expected,
        row.actual,
        row.actual_on,
        row.strategy,
        _strategy(row, spsa.lang),
        None,
        "\n".join(_step(step, spsa) for step in row.actions),
        spsa.names.get(row.responsible, row.responsible) if row.responsible else None,
        row.amount,
        row.source,
        name_of(row.status, spsa.lang) if row.status else None,
    ]
    return [*cells, _said(row.note), _said(row.barriers)] if spsa.team else cells


def _strategy(row: SpsaRow, lang: Language) -> str:
    known = translations(lang)
    parts = [_said(row.title)]
    if row.if_:
        parts.append(_half(_said(row.if_), "if", known.gettext(N_("If: {condition}"))))
    if row.then:  # of one that came from a proposal nothing may be known yet
        parts.append(_half(_said(row.then), "then", known.gettext(N_("Then: {consequence}"))))
    return "\n".join(part for part in parts if part)


def _half(said: str | None, half: Half, with_word: str) -> str:
    """Put its word in front of half a strategy, unless its author began with it."""
    text = said or ""
    return text if says_itself(text, half) else with_word.format(condition=text, consequence=text)


def _step(step: ActionStep, spsa: Spsa) -> str:
    about = [name_of(step.status, spsa.lang)]
    if step.owner:
        about.append(spsa.names.get(step.owner, step.owner))
    if step.due:
        due = plain_day(step.due, spsa.lang)
        about.append(translations(spsa.lang).gettext(N_("due {day}")).format(day=due))
    return f"• {_said(step.text) or '–'} ({', '.join(about)})"


def _said(text: str | None) -> str | None:
    return None if text is None else plain(text)
