"""June Outcomes on paper from a running server: for those who may see them, in both languages, on both papers."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.server_fixtures import Server, running_copy

SEEN_BY = {"admin", "coach", "principal", "teacher", "family", "auditor"}
PDF = "/outcomes/maple-june/pdf"
FIT = "/api/v1/outcomes/maple-june/fit"


@pytest.fixture(scope="module")
def june(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server with June Outcomes of Maple Street, a draft with one outcome, half of it in Spanish."""
    with running_copy(server, sample_template, tmp_path_factory.mktemp("june")) as running:
        of = {"outcomes": "maple-june"}
        running.do("principal", "begin-outcomes", **of, school="maple", year=2027, rubric="pif-illustrative-1")
        running.do(
            "principal",
            "propose-outcome",
            **of,
            outcome="readers",
            indicators=[{"indicator": "CI.1"}],
            target=3,
            statement='More pupils read *well*. #read("/etc/passwd")',
            measure="Reading records",
            school_commitment="A block every morning",
            home_commitment="Two coaching days a month",
            owner="teacher",
        )
        running.do(
            "principal",
            "word-outcome",
            **of,
            passage="readers:measure:es",
            wording="t-one",
            text="Registros de lectura",
            of="readers",
        )
        yield running


def words(content: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_those_who_may_see_the_outcomes_get_the_page(june: Server) -> None:
    answered = {
        person: june.ask("GET", PDF, person).status_code
        for person in ("admin", "coach", "principal", "teacher", "family", "auditor", "reviewer-1", None)
    }
    assert answered == dict.fromkeys(SEEN_BY, 200) | {"reviewer-1": 403, None: 303}


def test_it_is_a_pdf_that_the_browser_shows_under_a_name(june: Server) -> None:
    answer = june.ask("GET", PDF, "principal")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="june-outcomes-maple-june-en.pdf"'
    said = words(answer.content)
    assert 'More pupils read well. #read("/etc/passwd")' in said
    assert "Maple Street Elementary" in said
    assert "Draft, not adopted" in said


def test_in_spanish_with_the_english_where_nothing_is_translated(june: Server) -> None:
    said = words(june.ask("GET", PDF, "family", params={"lang": "es"}).content)
    assert "Resultados de Junio 2027–28" in said
    assert "Registros de lectura" in said
    assert "3 textos todavía no tienen traducción" in said


def test_an_indicator_is_said_in_words_with_its_levels(june: Server) -> None:
    rubric = june.ask("GET", "/api/v1/views/rubric:pif-illustrative-1", "principal").json()["view"]
    for lang in ("en", "es"):
        said = words(june.ask("GET", PDF, "principal", params={"lang": lang}).content)
        assert rubric["rubric"]["levels"][2][lang] in said
        assert rubric["indicator:CI.1"]["statement"][lang][:30] in said


def test_on_a4_and_on_nothing_else_but_letter(june: Server) -> None:
    [page] = PdfReader(BytesIO(june.ask("GET", PDF, "principal", params={"paper": "a4"}).content)).pages
    assert round(page.mediabox.height) == 842
    assert june.ask("GET", PDF, "principal", params={"paper": "a3"}).status_code == 400


def test_whether_it_fits_is_told_in_the_readers_language(june: Server) -> None:
    found = june.ask("GET", FIT, "principal", params={"lang": "es"}).json()
    assert (found["fits"], found["points"], found["outcome"]) == (True, 11.0, "readers")
    assert found["message"] == "Cabe en una página, con letra de 11 puntos."
    assert june.ask("GET", FIT, "reviewer-1").status_code == 403
    assert june.ask("GET", FIT).status_code == 401


def test_the_page_of_the_outcomes_leads_to_both_and_says_whether_they_fit(june: Server) -> None:
    said = june.ask("GET", "/outcomes/maple-june", "principal", params={"lang": "es"}).text
    assert f'href="{PDF}?lang=en"' in said
    assert f'href="{PDF}?lang=es"' in said
    assert said.count("Cabe en una página, con letra de 11 puntos.") == 2


def test_there_is_no_page_of_outcomes_that_are_none(june: Server) -> None:
    assert june.ask("GET", "/outcomes/none/pdf", "principal").status_code == 404
