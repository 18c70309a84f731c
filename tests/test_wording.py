"""Two wordings compared, and two people's changes put together; `tests/js/text-merge.test.mjs` tells the same."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.projections.wording import Piece, merged, words_between

BASE = "We read together every morning.\n\nThen we talk about it."
TEXTS = st.text(alphabet="ab \n.é", max_size=60)


def test_changes_that_do_not_touch_are_put_together() -> None:
    mine = "We read aloud together every morning.\n\nThen we talk about it."
    theirs = "We read together every morning.\n\nThen we talk and write about it."
    assert merged(mine, BASE, theirs) == "We read aloud together every morning.\n\nThen we talk and write about it."


def test_what_was_put_before_and_what_was_put_after_both_stay() -> None:
    assert merged("We read. More.", "We read.", "Now We read.") == "Now We read. More."
    assert merged("- one\n- two", "- one", "- zero\n- one") == "- zero\n- one\n- two"


def test_the_same_change_by_both_is_one_change() -> None:
    assert merged("We sing.", "We read.", "We sing.") == "We sing."


@pytest.mark.parametrize("mine", ["We sing.", "We sing aloud.", ""])
def test_where_both_changed_the_same_words_somebody_has_to_decide(mine: str) -> None:
    assert merged(mine, "We read.", "We dance.") is None


@given(TEXTS, TEXTS)
def test_whoever_changed_nothing_gets_what_the_other_wrote(base: str, other: str) -> None:
    assert merged(base, base, other) == merged(other, base, base) == (other if other == base else other.strip())


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_whose_changes_come_first(mine: str, base: str, theirs: str) -> None:
    assert merged(mine, base, theirs) == merged(theirs, base, mine)


def test_what_changed_is_told_word_by_word() -> None:
    assert words_between("We read together.", "We sing together today.") == (
        Piece("same", "We "),
        Piece("gone", "read"),
        Piece("new", "sing"),
        Piece("same", " together"),
        Piece("new", " today"),
        Piece("same", "."),
    )


@given(TEXTS, TEXTS)
def test_pieces_hold_both_texts(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_texts_that_repeat_one_word_for_pages_are_compared_as_a_whole_and_at_once() -> None:
    began = time.process_time()
    assert merged("a " * 5_000, "a b " * 2_500, "b a " * 2_400) is None
    assert words_between("a " * 4_000, "a " * 4_001)[0].kind == "gone"
    assert time.process_time() - began < 1
