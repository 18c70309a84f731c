"""A plan read as a tree, and what its document says: once, for the page to print and for the PDF."""

from datetime import date
from io import BytesIO
from typing import Any

from msgspec.structs import replace
from pypdf import PdfReader

from daybook.events.plan_values import Citation
from daybook.projections.measure_chart import MeasureChart, measure_chart
from daybook.projections.plan_entries import OrderShown, ReflectionShown
from daybook.projections.plan_tree import plan_tree
from daybook.projections.view import Shown
from daybook.server import press
from daybook.server.document_parts import Chart, Document, Row, Section, Words
from daybook.server.plan_document import plan_document
from daybook.server.plan_paper import TEMPLATE, paper_said
from daybook.server.plan_reading import OpenPlan
from daybook.server.templates import Language
from tests.paper_world import AUTUMN, ENDS, QUARTERS, TREE_PEOPLE, measure, text, year

OUTCOMES = {"readers": "More pupils read **well**."}
REVIEWS = {"winter": date(2026, 1, 20)}


def document(view: dict[str, Shown], lang: Language = "en") -> Document:
    opened = OpenPlan(plan_tree(view), 1052, AUTUMN, True, "Maple Street Elementary", TREE_PEOPLE, OUTCOMES, REVIEWS)
    return plan_document(opened, lang)


def section(view: dict[str, Shown], name: str, lang: Language = "en") -> Section:
    [found] = [one for one in document(view, lang).sections if one.id == name]
    return found


def printed(view: dict[str, Shown], lang: Language = "en") -> PdfReader:
    return PdfReader(BytesIO(press.set_now(TEMPLATE, paper_said(document(view, lang), "us-letter"))))


def words(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


# The tree


def test_parts_are_numbered_in_their_order_and_kinds_are_kept_apart() -> None:
    tree = plan_tree(year())
    assert [(one.number, one.shown.priority) for one in tree.priorities] == [("1", "reading"), ("2", "families")]
    assert [(one.number, one.shown.strategy) for one in tree.strategies()] == [("1.1", "aloud"), ("1.2", "groups")]
    aloud = tree.strategies()[0]
    assert [one.shown.action for one in aloud.actions] == ["books", "train"]
    assert [one.shown.measure for one in aloud.measures] == ["fluency", "minutes"]
    assert [one.shown.support for one in aloud.supports] == ["coach"]


def test_what_was_retired_stands_apart_once() -> None:
    view = year()
    assert [(one.part, one.reason) for one in plan_tree(view).retired] == [("strategy:old", "Nobody used them.")]
    view["priority:reading"] = replace(view["priority:reading"], retired_at=AUTUMN, reason="Merged.")
    assert [one.part for one in plan_tree(view).retired] == ["priority:reading"]


def test_a_part_that_the_reader_may_not_see_is_not_missed() -> None:
    view = year()
    view["order:plan"] = OrderShown("plan", ("priority:reading", "priority:hidden", "priority:families"))
    assert [one.shown.priority for one in plan_tree(view).priorities] == ["reading", "families"]


def test_everyone_whom_it_mentions_is_named() -> None:
    assert plan_tree(year()).people() == {"principal", "teacher", "coach"}


# The chart


def test_a_chart_runs_over_the_plans_year_and_takes_in_baseline_and_target() -> None:
    view = year() | measure("m", "aloud", "M", (QUARTERS[0], 10), (ENDS, 40), (date(2020, 1, 1), 25), baseline=20)
    [*_, (_, last)] = [(one.number, one) for one in plan_tree(with_measure(view, "m")).strategies()[0].measures]
    assert measure_chart(last, QUARTERS[0], ENDS) == MeasureChart(((0, 0.3), (0, 0), (1, 0.6)), 0.2, 1)


def test_a_chart_of_one_value_lies_in_the_middle() -> None:
    view = with_measure(year() | measure("m", "aloud", "M", (ENDS, 5), baseline=5, target=5), "m")
    [*_, last] = plan_tree(view).strategies()[0].measures
    assert measure_chart(last, QUARTERS[0], ENDS) == MeasureChart(((1, 0.5),), 0.5, 0.5)


def with_measure(view: dict[str, Shown], name: str) -> dict[str, Shown]:
    order = view["order:strategy:aloud"]
    assert isinstance(order, OrderShown)
    return view | {"order:strategy:aloud": replace(order, parts=(*order.parts, f"measure:{name}"))}


# The document


def test_its_sections_are_the_plan_in_order() -> None:
    found = document(year())
    assert (found.title, found.school, found.status) == (
        "Call-to-Action plan 2026–27",
        "Maple Street Elementary",
        "Adopted 5 Jun 2026",
    )
    assert found.as_of == "As of 12 Oct 2026, position 1,052"
    assert [(one.level, one.heading) for one in found.sections] == [
        (1, "Vision"),
        (1, "Priority 1: Pupils read well by grade 3"),
        (2, "1.1 Read aloud"),
        (2, "1.2 Small groups"),
        (1, "Priority 2: Families are partners"),
        (1, "For families"),
        (2, "English"),
        (2, "Español"),
        (1, "Refinements"),
        (2, "Quarter 1"),
        (1, "Versions"),
        (1, "No longer pursued"),
    ]


def test_a_strategy_says_all_that_is_known_of_it() -> None:
    found = section(year(), "strategy-aloud")
    assert found.facts == (
        ("Owner", "Óscar Núñez"),
        ("Status", "on track (9 Oct 2026)"),
        ("Funding", "$12,500, Title I"),
    )
    assert found.labelled == (
        ("If", Words("every team reads aloud daily")),
        ("Then", Words("more pupils read at grade level")),
    )
    said = year() | text("strategy:aloud:if", "If we all read,") | text("strategy:aloud:then", "more pupils read.")
    assert section(said, "strategy-aloud").labelled == (
        ("", Words("If we all read,")),  # its author began with the word that would be its label
        ("Then", Words("more pupils read.")),
    )
    assert "more pupils read." in words(printed(said))
    assert "If If" not in words(printed(said))
    actions, supports, check_ins = found.tables
    assert actions.rows == (
        Row(("Buy 200 books", "Óscar Núñez", "15 Sep 2026", "done")),
        Row(("Train the teams", "Grace Lee", "20 Nov 2026", "under way")),
    )
    assert supports.rows == (Row(("Two coaching days a month", "coaching", "Grace Lee", "agreed"), Words("Yes.")),)
    assert check_ins.rows == (
        Row(
            ("9 Oct 2026", "on track", "Óscar Núñez", ""),
            Words("Going well\n\nBarriers: No time on Fridays"),
        ),
    )


def test_a_measure_is_a_picture_and_the_same_numbers() -> None:
    fluency, minutes = section(year(), "strategy-aloud").charts
    assert isinstance(fluency, Chart)
    assert (fluency.title, fluency.said) == ("Fluent readers", "from 41.5 to 60 %")
    assert [row.cells for row in fluency.table.rows] == [("10 Sep 2026", "44"), ("8 Oct 2026", "47.5")]
    assert len(fluency.picture.points) == 2
    assert minutes.table.rows == ()


def test_a_refinement_says_why_who_agreed_and_what_it_rests_on() -> None:
    found = section(year(), "refinement-q1")
    assert found.facts == (
        ("Opened", "12 Oct 2026, Dolores Peña"),
        ("Closed", "12 Oct 2026, “October”"),
        ("Agreed", "Dolores Peña, Óscar Núñez"),
        ("Agreed before it changed again", "Óscar Núñez"),
        ("Rests on", "Fluent readers: 47.5 % on 8 Oct 2026"),
    )
    assert found.labelled == (
        ("What changed", Words("Summer packets retired.")),
        ("Why", Words("Nobody used them.")),
    )


def test_what_is_cited_of_a_review_says_of_which_day() -> None:
    view = year()
    cited = (Citation("consensus", "CI.2", "winter"), Citation("evidence", "e7", "winter"))
    view["refinement:q1"] = replace(view["refinement:q1"], citations=cited)
    rests_on = dict(section(view, "refinement-q1").facts)["Rests on"]
    assert rests_on == "the consensus on CI.2, review of 20 Jan 2026; evidence from the review of 20 Jan 2026"
    assert "revisión del 20 ene 2026" in dict(section(view, "refinement-q1", "es").facts)["Se basa en"]


def test_a_priority_says_where_it_comes_from_and_what_came_of_it() -> None:
    view = year() | text("reflection:reading", "It worked.")
    view["reflection:reading"] = ReflectionShown("reading", "carries-forward", "principal", AUTUMN)
    found = section(view, "priority-reading")
    assert found.facts == (
        ("From the June Outcome", "More pupils read well."),
        ("PIF indicators", "CI.2, CI.4"),
        ("At the year’s end", "it carries forward"),
    )
    assert found.labelled == (("Reflection", Words("It worked.")),)
    assert "It worked." in words(printed(view))


def test_a_text_of_several_lines_has_its_first_as_heading_and_stands_whole_below() -> None:
    long = "A first line\n\n- and\n- more"
    found = section(year() | text("priority:families", long), "priority-families")
    assert found.heading == "Priority 2: A first line"
    assert found.words == (Words(long),)


def test_in_spanish() -> None:
    found = document(year(), "es")
    assert found.title == "Plan de acción 2026–27"
    assert section(year(), "strategy-aloud", "es").facts[1] == ("Estado", "va bien (9 oct 2026)")
    assert section(year(), "families-en", "es").lang == "en"


def test_erased_words_are_said_to_be_erased() -> None:
    view = year() | text("vision", None) | text("action:books", None) | text("strategy:aloud:title", None)
    assert section(view, "vision").words == (Words(None),)
    assert section(view, "strategy-aloud").heading == "1.1 Words that were erased"
    assert section(view, "strategy-aloud").tables[0].rows[0].cells[0] == "Words that were erased"
    assert "These words were erased." in words(printed(view))


# The PDF


def test_the_pdf_says_what_the_document_says() -> None:
    said = words(printed(year()))
    for part in (
        "Every child reads.",
        "Pupils read well by grade 3",
        "Óscar Núñez",
        "$12,500, Title I",
        "Lea con su hijo.",
    ):
        assert part in said
    for part in ("Going well", "Two coaching days a month", "Nobody used them.", "October", "Summer packets"):
        assert part in said


def test_each_family_text_is_in_its_own_language() -> None:
    catalogue: Any = printed(year()).root_object
    assert "es" in {str(lang) for lang in languages(catalogue["/StructTreeRoot"]["/K"])}


def languages(node: Any) -> list[Any]:
    found = node.get_object()
    if isinstance(found, list):
        return [lang for child in found for lang in languages(child)]
    if not isinstance(found, dict):
        return []
    mine = [found["/Lang"]] if "/Lang" in found else []
    return [*mine, *(languages(found["/K"]) if "/K" in found else [])]


def test_nothing_that_is_typed_is_markup_in_the_pdf() -> None:
    typed = '#read("/etc/passwd") $x$ @b <script> = No heading'
    view = year() | text("vision", typed) | text("strategy:aloud:title", typed) | text("action:books", typed)
    said = words(printed(view))
    assert said.count(typed) >= 3
    assert "root:" not in said


def test_what_cannot_be_printed_is_a_square_wherever_it_stands() -> None:
    view = year() | text("action:books", "Buy 📚") | text("vision", "读书")
    said = words(printed(view))
    assert "Buy □" in said
    assert "□□" in said
    assert "□ stands for a character that cannot be printed here." in said


def test_a_plan_that_was_only_begun_is_a_document_too() -> None:
    view: dict[str, Shown] = {"plan": replace(year()["plan"], phase="draft", adopted_at=None)}
    assert document(view).sections == ()
    assert "Draft, not adopted" in words(printed(view))
