"""The page of June Outcomes as it is answered: to whom, in which language, with which words."""

from tests.outcomes_demo import ADDRESS, TRIAL, adopted, draft
from tests.server_fixtures import Server
from tests.test_pages import text


def test_a_draft_is_for_those_who_are_asked_and_so_are_the_lines_about_it(demo: Server) -> None:
    draft(demo)
    demo.do("family", "endorse-outcome", **TRIAL, outcome="readers")
    may = {"principal", "teacher", "family", "coach", "admin", "auditor"}
    for person in (*may, "reviewer-1", "facilitator"):
        assert demo.ask("GET", ADDRESS, person).status_code == (200 if person in may else 403), person
        lines = text(demo.ask("GET", "/timeline?school=cedar", person).text)
        assert "began the June Outcomes for 2022–23" in lines, person
        assert ("endorsed an outcome" in lines) == (person in may), person
    assert demo.ask("GET", "/outcomes/none", "principal").status_code == 404
    assert demo.ask("GET", "/outcomes/new?school=elm", "principal").status_code == 403


def test_what_people_typed_is_shown_as_text(demo: Server) -> None:
    draft(demo)
    evil = "<script>alert(1)</script> <b>bold</b> [link](javascript:alert(1))"
    wording = {"passage": "readers:measure:en", "wording": "w1", "text": evil, "replaces": "readers"}
    demo.do("teacher", "word-outcome", **TRIAL, **wording)
    demo.do("family", "comment-on-outcome", **TRIAL, outcome="readers", comment="c1", text=evil)
    html = demo.ask("GET", ADDRESS, "teacher").text
    assert "<b>" not in html
    assert "<script>alert" not in html
    assert "&lt;b&gt;bold" in html
    assert 'href="javascript' not in html


def test_a_form_that_is_not_one_and_a_place_that_is_not_there_unfold_nothing(demo: Server) -> None:
    draft(demo)
    for key in ("nonsense", "word-outcome", "word-outcome@none:measure:en", "assign-outcome@none", "aim-outcome@"):
        answer = demo.ask("GET", f"{ADDRESS}?open={key}", "principal")
        assert answer.status_code == 200, key
        assert '<form class="fields"' not in answer.text, key


def test_what_came_of_an_outcome_is_read_in_spanish_and_marked_when_it_is_older(demo: Server) -> None:
    adopted(demo)

    def conclude(evidence: str, **replaces: str) -> None:
        about = {"outcome": "readers", "result": "met", "evidence": evidence} | replaces
        demo.do("coach", "conclude-outcome", **TRIAL, **about)

    def said(lang: str) -> str:
        html = demo.ask("GET", f"{ADDRESS}?lang={lang}", "family").text
        return text(html[html.index('<section class="conclusion') :].partition("</section>")[0])

    conclude("Sixty of ninety.")
    assert "Sixty of ninety. Sin traducir todavía" in said("es")
    spanish = {"passage": "readers:conclusion:es", "wording": "s1", "text": "Sesenta de noventa."}
    demo.do("teacher", "word-outcome", **TRIAL, **spanish, of="conclusion-1")
    assert "Sesenta de noventa." in said("es")
    assert "Sixty" not in said("es")
    older = "El español es más antiguo que el inglés"
    assert older not in said("es")
    conclude("Sixty-one of ninety.", replaces="conclusion-1")
    assert older in said("es")
    assert "Sixty-one of ninety." in said("en")


def test_whoever_erases_words_is_told_where_copies_of_them_are_erased(demo: Server) -> None:
    draft(demo)
    form = f"{ADDRESS}?open=redact-outcome-words@outcome:readers"
    said = "What was carried over into another year’s page keeps its words there, and is erased there."
    assert said in text(demo.ask("GET", form, "principal").text)
    said = "Lo que se trasladó a la página de otro año conserva allí sus palabras, y se borra allí."
    assert said in text(demo.ask("GET", f"{form}&lang=es", "principal").text)
