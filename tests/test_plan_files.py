"""A plan's files and paper from a running server: tables, the page to print, the PDF; each cut to its reader."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from tests.elm_plan import FIRST, PLAN, do, plan_at_elm
from tests.server_fixtures import Server, running_copy

TEAM = ("admin", "coach", "principal", "teacher", "auditor")
FILES = ("spsa.csv", "spsa.xlsx", "print", "pdf")


@pytest.fixture(scope="module")
def elm(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server with Elm's plan, whose vision was worded again after a first moment."""
    with running_copy(server, sample_template, tmp_path_factory.mktemp("elm")) as running:
        plan_at_elm(running)
        do(running, "principal", "open-refinement", refinement="q1", quarter=1)
        do(running, "principal", "word-passage", passage="vision", wording="v2", text="*Better.*", replaces="v1")
        yield running


def adopted_at(server: Server) -> str:
    """Return the position at which the plan was adopted."""
    view = server.ask("GET", f"/api/v1/views/plan:{PLAN}", "principal").json()["view"]
    [version] = [entry for key, entry in view.items() if key.startswith("version:")]
    return str(version["position"])


def rows(server: Server, person: str, **params: str) -> list[dict[str, str]]:
    answer = server.ask("GET", f"/plans/{PLAN}/spsa.csv", person, params=params)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


def pdf(server: Server, person: str, **params: str) -> PdfReader:
    answer = server.ask("GET", f"/plans/{PLAN}/pdf", person, params=params)
    assert f'filename="plan-{PLAN}-' in answer.headers["content-disposition"]
    assert answer.status_code == 200, answer.text
    return PdfReader(BytesIO(answer.content))


def words(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("file", FILES)
def test_those_who_may_see_the_plan_get_it(elm: Server, file: str) -> None:
    answered = {
        person: elm.ask("GET", f"/plans/{PLAN}/{file}", person).status_code
        for person in (*TEAM, "family", "reviewer-1", None)
    }
    assert answered == dict.fromkeys((*TEAM, "family"), 200) | {"reviewer-1": 403, None: 303}


def test_what_check_ins_say_is_the_teams(elm: Server) -> None:
    said = "Going well among ourselves"
    assert rows(elm, "teacher")[0]["Note of the latest check-in"] == said
    assert "Note of the latest check-in" not in rows(elm, "family")[0]
    for person, there in {"teacher": True, "family": False}.items():
        assert (said in elm.ask("GET", f"/plans/{PLAN}/print", person).text) == there
        assert (said in words(pdf(elm, person))) == there


def test_the_csv_is_a_file_to_keep_that_runs_nothing(elm: Server) -> None:
    answer = elm.ask("GET", f"/plans/{PLAN}/spsa.csv", "principal")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{PLAN}-spsa-en.csv"'
    [row] = rows(elm, "principal")
    assert (row["Goal"], row["Actual outcome to date"], row["Unit"]) == ("Pupils read well", "44", "%")
    assert "\n• =HYPERLINK" in row["Action steps"]


def test_the_workbook_opens(elm: Server) -> None:
    answer = elm.ask("GET", f"/plans/{PLAN}/spsa.xlsx", "principal", params={"lang": "es"})
    assert answer.headers["content-disposition"] == f'attachment; filename="{PLAN}-spsa-es.xlsx"'
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert [sheet.title for sheet in book.worksheets] == ["SPSA", "Sobre"]
    assert book.worksheets[0]["H1"].value == "Resultado esperado"
    assert book.worksheets[0]["H2"].value == 60


def test_every_file_shows_the_plan_as_it_stood(elm: Server) -> None:
    at = adopted_at(elm)
    assert "Better" in words(pdf(elm, "principal"))
    then = words(pdf(elm, "principal", at=at))
    assert "Every child reads." in then
    assert "Better" not in then
    assert "Every child" in elm.ask("GET", f"/plans/{PLAN}/print", "principal", params={"at": at}).text
    assert rows(elm, "principal", at=at)[0]["Actual outcome to date"] == ""
    for path in FILES:
        assert elm.ask("GET", f"/plans/{PLAN}/{path}", "principal", params={"at": "1"}).status_code == 404
        assert elm.ask("GET", f"/plans/{PLAN}/{path}", "principal", params={"at": "soon"}).status_code == 400


def test_the_page_keeps_the_moment_in_what_it_links_to(elm: Server) -> None:
    at = adopted_at(elm)
    page = elm.ask("GET", f"/plans/{PLAN}/print", "principal", params={"at": at, "lang": "es"}).text
    assert f'href="/plans/{PLAN}/pdf?at={at}&amp;lang=es"' in page
    assert f'href="/plans/{PLAN}/spsa.csv?at={at}&amp;lang=es"' in page


def test_the_page_has_a_table_of_contents_that_leads_to_every_section(elm: Server) -> None:
    page = elm.ask("GET", f"/plans/{PLAN}/print", "principal").text
    [contents] = re.findall(r'<nav class="paper-contents".*?</nav>', page, re.S)
    targets = re.findall(r'href="#([^"]+)"', contents)
    assert targets == [
        "vision",
        "priority-reading",
        "strategy-aloud",
        "families",
        "families-es",
        "refinements",
        "refinement-q1",
        "versions",
    ]
    assert all(page.count(f'id="{target}"') == 1 for target in targets)
    assert '<h3 id="families-es" lang="es">Español</h3>' in page


def test_the_pdf_has_a_table_of_contents_with_the_pages(elm: Server) -> None:
    reader = pdf(elm, "principal")
    assert re.search(r"Contents Vision [. ]*3 Priority 1: Pupils read well [. ]*3", words(reader))
    notes: Any = reader.pages[1]["/Annots"]
    assert len(notes) == 8
    outline = [str(item["/Title"]) for item in reader.outline if isinstance(item, dict)]
    assert "Vision" in outline


def test_the_pdf_is_tagged_and_says_its_language(elm: Server) -> None:
    catalogue: Any = pdf(elm, "principal", lang="es", paper="a4").root_object
    assert catalogue["/MarkInfo"]["/Marked"].value is True
    assert catalogue["/Lang"] == "es"
    assert "/StructTreeRoot" in catalogue
    assert round(pdf(elm, "principal", paper="a4").pages[0].mediabox.width) == 595
    assert elm.ask("GET", f"/plans/{PLAN}/pdf", "principal", params={"paper": "b5"}).status_code == 400


def test_both_say_the_measure_in_numbers(elm: Server) -> None:
    for said in (words(pdf(elm, "family")), elm.ask("GET", f"/plans/{PLAN}/print", "family").text):
        assert "from 41.5 to 60 %" in said
        assert f"1 Jul {FIRST.year}" in said
