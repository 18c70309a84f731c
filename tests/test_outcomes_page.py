"""June Outcomes as a page in one language: which wording stands there, and what the page says of it."""

from daybook.projections.outcomes_entries import (
    ConclusionShown,
    OutcomeShown,
    SignatureShown,
)
from daybook.projections.outcomes_page import Said, outcomes_page
from tests.paper_world import JUNE, SPRING, june, text


def test_outcomes_stand_in_their_order_without_those_that_were_withdrawn() -> None:
    view = june("readers", "families", "safety")
    view["outcome:families"] = OutcomeShown("families", "principal", (), 3, None, withdrawn=True, reason="Too many.")
    page = outcomes_page(view, "en")
    assert [(one.number, one.shown.outcome) for one in page.outcomes] == [(1, "readers"), (2, "safety")]
    assert page.outcomes[0].home_office == Said("readers home-office", "en")


def test_without_a_translation_the_english_stands_in_and_is_marked() -> None:
    view = june("readers") | text("readers:measure:es", "Lectura", "t1", of="readers")
    page = outcomes_page(view, "es")
    assert page.outcomes[0].measure == Said("Lectura", "es")
    assert page.outcomes[0].school == Said("readers school", "en", stands_in=True)
    assert (page.standing_in(), page.older()) == (3, 0)


def test_a_translation_of_an_earlier_wording_is_older() -> None:
    view = june("readers") | text("readers:measure:es", "Lectura", "t1", of="before")
    page = outcomes_page(view, "es")
    assert page.outcomes[0].measure == Said("Lectura", "es", older=True)
    assert page.older() == 1
    assert outcomes_page(view, "en").older() == 0


def test_erased_words_stay_erased_in_both_languages() -> None:
    view = june("readers") | text("readers:measure:en", None) | text("readers:measure:es", None, "t1", of="w1")
    assert outcomes_page(view, "en").outcomes[0].measure == Said(None, "en")
    assert outcomes_page(view, "es").outcomes[0].measure == Said(None, "es")


def test_it_says_what_came_of_an_outcome_and_who_signed() -> None:
    ended = ConclusionShown("readers", "met", "61 of 90.", "principal", JUNE)
    signed = SignatureShown("school", "principal", JUNE)
    for_home = SignatureShown("home-office", "coach", SPRING)
    view = june("readers") | {"conclusion:readers": ended, "signature:school:principal": signed, "s:h:c": for_home}
    page = outcomes_page(view, "en")
    assert page.outcomes[0].conclusion == ended
    assert page.signatures == (for_home, signed)
    assert page.people() == {"teacher", "principal", "coach"}


def test_what_came_of_an_outcome_is_a_text_in_both_languages() -> None:
    ended = {"conclusion:readers": ConclusionShown("readers", "met", "61 of 90.", "principal", JUNE)}
    view = june("readers") | ended | text("readers:conclusion:en", "61 of 90.", "conclusion-2")
    assert outcomes_page(view, "en").outcomes[0].concluded == Said("61 of 90.", "en")
    assert outcomes_page(view, "es").outcomes[0].concluded == Said("61 of 90.", "en", stands_in=True)
    assert outcomes_page(june("readers"), "en").outcomes[0].concluded is None
    for of, older in (("conclusion-1", True), ("conclusion-2", False)):
        both = view | text("readers:conclusion:es", "61 de 90.", "s1", of=of)
        page = outcomes_page(both, "es")
        assert page.outcomes[0].concluded == Said("61 de 90.", "es", older=older)
        assert page.older() == older


def test_outcomes_that_were_only_begun_are_an_empty_page() -> None:
    view = june()
    del view["order:outcomes"]
    assert outcomes_page(view, "es").outcomes == ()
