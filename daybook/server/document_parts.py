"""What a plan's document is made of: sections with words, facts, charts and tables, before anything is set."""

from msgspec import Struct

from daybook.projections.measure_chart import MeasureChart
from daybook.server.templates import Language


class Words(Struct, frozen=True):
    """A text as it was typed, None once erased, and the language it is in where that is known."""

    text: str | None
    lang: Language | None = None


class Row(Struct, frozen=True):
    """A line of a table, and what stands in its wide cell below the rest."""

    cells: tuple[str, ...]
    note: Words | None = None


class Table(Struct, frozen=True):
    """A table; the first cell of a row says what the row is about, and `wide` is the place of the longest texts."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    wide: int = 0


class Chart(Struct, frozen=True):
    """A measure: what it measures, its readings as a picture, and the same in numbers."""

    title: str
    words: Words | None
    picture: MeasureChart
    baseline: str
    target: str
    said: str
    table: Table


class Section(Struct, frozen=True):
    """A part of the document: its level in the table of contents from 1, and what it holds, in this order.

    Words that need no label, as they say themselves what they are, have an empty one.
    """

    id: str
    level: int
    heading: str
    words: tuple[Words, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    labelled: tuple[tuple[str, Words], ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    lang: Language | None = None


class Document(Struct, frozen=True):
    """The document. `sections` are in the order of reading; their levels make the table of contents."""

    lang: Language
    title: str
    school: str
    status: str
    as_of: str
    sections: tuple[Section, ...]
