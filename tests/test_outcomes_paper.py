"""June Outcomes as a PDF: one tagged page, whatever was typed, and a measure of what is too long."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from daybook.events.outcomes import Baseline
from daybook.projections.outcomes_entries import AmendmentShown, ConclusionShown, OutcomeShown
from daybook.projections.outcomes_page import Lang, outcomes_page
from daybook.projections.view import Shown
from daybook.server import press
from daybook.server.outcomes_paper import Fit, fit, page_said
from daybook.server.paper_words import lacking
from tests.paper_world import AROUND, JUNE, PRINTED, june, signed, text

OCTOBER = datetime(2026, 10, 1, 18, 0, tzinfo=UTC)
LONG = "Grade-level teams meet every week and look at what their pupils wrote, read and said. " * 12


def printed(view: dict[str, Shown], lang: Lang = "en", paper: str = "us-letter") -> PdfReader:
    said = page_said(outcomes_page(view, lang), AROUND, paper, PRINTED)
    return PdfReader(BytesIO(press.set_now("outcomes.typ", said)))


def words(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


async def fits(view: dict[str, Shown], lang: Lang = "en") -> Fit:
    return await fit(outcomes_page(view, lang), AROUND, "us-letter", PRINTED)


def in_order(said: str, *parts: str) -> bool:
    return re.search(".*".join(map(re.escape, parts)), said) is not None


def test_it_is_one_letter_page_that_says_everything_in_order() -> None:
    reader = printed(june("readers", "families", "safety") | signed("principal", "coach"))
    assert [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages] == [(612, 792)]
    said = words(reader)
    assert in_order(said, "Maple Street Elementary", "Adopted 5 Jun 2026", "June Outcomes 2026–27", "Outcome 1")
    assert in_order(
        said, "Outcome 1", "readers statement", "CI.2", "Teachers plan together", "Beginning", "review of 17 Mar"
    )
    assert in_order(said, "17 Mar 2026", "to", "Partial Implementation", "The school commits to", "readers school")
    assert in_order(said, "The home office commits to", "readers home-office", "How we will know", "readers measure")
    assert in_order(said, "Who carries it", "Óscar Núñez", "Outcome 2", "families statement", "Outcome 3")
    assert in_order(said, "Signed for the school: Dolores Peña (5 Jun 2026)", "home office: Grace Lee")


def test_it_says_what_was_amended_since_it_was_signed() -> None:
    amended = AmendmentShown("families", "school", "The post was declined.", "principal", OCTOBER, before="A post.")
    view = june("readers", "families", "safety") | signed("principal", "coach") | {"amendment:families:9": amended}
    reader = printed(view)
    assert len(reader.pages) == 1
    assert in_order(words(reader), "Grace Lee (5 Jun 2026)", "Amended since it was signed: Outcome 2 (1 Oct 2026)")
    assert "Amended" not in words(printed(june("readers") | signed("principal", "coach")))


def test_it_can_be_set_on_a4() -> None:
    [page] = printed(june("readers"), paper="a4").pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_it_is_tagged_and_says_its_language_and_title(lang: Lang) -> None:
    reader = printed(june("readers"), lang)
    catalogue: Any = reader.root_object
    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert catalogue["/Lang"] == lang
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == {"en": "June Outcomes 2026–27", "es": "Resultados de Junio 2026–27"}[lang]
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    roles = structure(catalogue["/StructTreeRoot"]["/K"])
    assert [role for role in roles if role.startswith("/H")] == ["/H1", "/H2", *["/H3"] * 4]


def structure(node: Any) -> list[str]:
    """List the roles of a structure tree in the order in which they are read."""
    found = node.get_object()
    if isinstance(found, list):
        return [role for child in found for role in structure(child)]
    if not isinstance(found, dict) or "/S" not in found:
        return []
    return [str(found["/S"]), *(structure(found["/K"]) if "/K" in found else [])]


def test_nothing_that_is_typed_is_markup() -> None:
    typed = (
        '#read("/etc/passwd") $x^2$ @fig \\ <script>alert(1)</script> `raw` = No heading #import "words.typ" {{n}} //'
    )
    said = words(printed(june("readers", statement=typed, measure=typed)))
    assert typed in said
    assert "root:" not in said


def test_the_press_reads_no_file_but_its_templates() -> None:
    with pytest.raises(RuntimeError, match="must be contained in project root"):
        press.set_now("../templates/base.html", {})


def test_marks_of_long_texts_are_set_as_what_they_mean() -> None:
    typed = "First *with weight*.\n\n- one\n- **two**\n\n1. three\n2. four [there](https://example.org/a?b=c)"
    reader = printed(june("readers", school=typed))
    catalogue: Any = reader.root_object
    roles = structure(catalogue["/StructTreeRoot"]["/K"])
    assert roles.count("/L") == 2
    assert roles.count("/LI") == 4
    assert roles.count("/Link") == 1
    assert "*" not in words(reader)
    notes: Any = reader.pages[0]["/Annots"]
    assert [note.get_object()["/A"]["/URI"] for note in notes] == ["https://example.org/a?b=c"]


def test_a_link_to_a_page_of_daybook_is_its_words_alone() -> None:
    reader = printed(june("readers", school="See [the plan](/plans/x) and [here](#y)."))
    assert "See the plan and here." in words(reader)
    assert "/Annots" not in reader.pages[0]


def test_a_character_that_no_font_has_becomes_a_square_and_is_told() -> None:
    said = words(printed(june("readers", school="Reading 😀 in 中文 y en español: ¡sí, señor! ½ ≥ 3 → ✓")))
    assert "Reading □ in □□ y en español: ¡sí, señor! ½ ≥ 3 → ✓" in said
    assert "□ stands for a character that cannot be printed here." in said
    assert "□ stands" not in words(printed(june("readers")))


def test_every_character_that_is_said_to_be_printable_is() -> None:
    every = "".join(chr(code) for code in range(0x21, 0x3000) if not lacking(chr(code)) and not chr(code).isspace())
    assert len(every) > 2_500
    a_text = [{"kind": "text", "text": " ".join(every)}]
    said = page_said(outcomes_page(june("readers"), "en"), AROUND, "us-letter", PRINTED)
    said["outcomes"][0]["school"]["blocks"] = [
        {"kind": "paragraph", "of": [*a_text, {"kind": "strong", "of": a_text}, {"kind": "emphasis", "of": a_text}]}
    ]
    press.set_now("outcomes.typ", said)  # PDF/UA-1 takes no character without a glyph


def test_the_spanish_page_marks_what_is_missing_and_what_is_older() -> None:
    view = june("readers") | text("readers:measure:es", "Lo que leen", "t1", of="before")
    view |= text("readers:school:es", "La escuela hará", "t2", of="readers")
    said = words(printed(view, "es"))
    assert in_order(said, "readers statement", "Sin traducir todavía", "La escuela hará", "Lo que leen")
    assert in_order(said, "Lo que leen", "Anterior al texto en inglés")
    assert "1 texto de esta página es anterior al texto en inglés" in said
    assert "2 textos todavía no tienen traducción" in said
    assert said.count("Sin traducir todavía") == 2


def test_erased_words_are_said_to_be_erased() -> None:
    said = words(printed(june("readers", measure=None)))
    assert in_order(said, "How we will know", "These words were erased.")


def test_a_draft_says_so_and_an_unrated_indicator_too() -> None:
    view = june("readers")
    view["outcomes"] = replace(view["outcomes"], phase="draft", adopted_at=None)
    view["outcome:readers"] = OutcomeShown("readers", "principal", (Baseline("CI.2"), Baseline("FE.1", 3, 7)), 4, None)
    said = words(printed(view))
    assert "Draft, not adopted" in said
    assert in_order(said, "CI.2", "not rated yet", "Full Implementation", "Nobody yet")


def test_at_the_years_end_it_says_what_came_of_it() -> None:
    view = june("readers") | {"conclusion:readers": ConclusionShown("readers", "met", "61 of 90.", "principal", JUNE)}
    view |= text("readers:conclusion:en", "61 of 90.", "conclusion-1")
    assert in_order(words(printed(view)), "At the year’s end", "met", "61 of 90.")


# How far it is from fitting


async def test_a_short_page_fits_in_large_letters() -> None:
    found = await fits(june("readers", "families", "safety"))
    assert (found.fits, found.points, found.over_lines, found.over_cm) == (True, 11, 0, 0)
    assert found.message == "Fits on one page, in letters of 11 points."


async def test_a_fuller_page_steps_down_before_it_overflows() -> None:
    view = june("readers", "families", "safety", school=LONG[:430], home_office=LONG[:430], measure=LONG[:250])
    found = await fits(view)
    assert found.fits
    assert 9 <= found.points < 11
    assert len(printed(view).pages) == 1


async def test_a_page_that_is_too_long_says_by_how_much_and_which_outcome_to_shorten() -> None:
    view = june("readers", "families", "safety", school=LONG, home_office=LONG) | text("safety:measure:en", LONG)
    found = await fits(view)
    assert not found.fits
    assert (found.points, found.outcome) == (9, "safety")
    assert found.over_lines > 3
    assert found.message.startswith(f"Does not fit on one page: {found.over_lines} lines ({found.over_cm} cm) too long")
    assert "Outcome 3 is the longest" in found.message
    reader = printed(view)
    assert len(reader.pages) == 2
    assert "Page 2 of 2" in words(reader)


async def test_what_is_measured_is_what_is_printed() -> None:
    """Adding a line at a time, the measure says that it is too long exactly when there is a second page."""
    for lines in range(40, 80, 3):
        view = june("readers", statement="\n".join(f"Line {n}" for n in range(lines)))
        assert (await fits(view)).fits == (len(printed(view).pages) == 1), lines


async def test_without_outcomes_there_is_nothing_too_long() -> None:
    found = await fits(june())
    assert (found.fits, found.outcome) == (True, None)
