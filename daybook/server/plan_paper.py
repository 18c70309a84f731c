"""A plan's document as data for the press: texts as blocks, and every line in characters that can be printed."""

from typing import Any

from msgspec import Struct, structs

from daybook.server.document_parts import Document, Words
from daybook.server.paper_words import Data, lacking, line, passage
from daybook.server.templates import N_, Language, translations

TEMPLATE = "plan.typ"


def paper_said(document: Document, paper: str) -> Data:
    """Return the document as data for its template."""
    said = translations(document.lang).gettext
    data: Data = _for_paper(document, document.lang)
    data["paper"] = paper
    labels = {"contents": N_("Contents"), "page": N_("Page {n} of {all}"), "readings": N_("Readings")}
    data["labels"] = {name: said(label) for name, label in labels.items()}
    data["erased"] = said(N_("These words were erased."))
    data["note"] = said(N_("□ stands for a character that cannot be printed here.")) if _lacks(document) else None
    return data


def _for_paper(value: Any, lang: Language) -> Any:
    match value:
        case Words():
            return passage(value.text, value.lang or lang) if value.text is not None else None
        case Struct():
            return {field: _for_paper(inner, lang) for field, inner in structs.asdict(value).items()}
        case tuple():
            return [_for_paper(inner, lang) for inner in value]
        case str():
            return line(value)
        case _:
            return value


def _lacks(value: Any) -> bool:
    match value:
        case Struct():
            return any(map(_lacks, structs.asdict(value).values()))
        case tuple():
            return any(map(_lacks, value))
        case str():
            return lacking(value) > 0
        case _:
            return False
