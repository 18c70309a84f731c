"""Figures about ratings: counts, the middle and the spread, on rubrics of any number of levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.events.review import Answer
from daybook.projections.figures import Distribution, distribution


def test_an_odd_number_of_ratings_has_one_middle() -> None:
    assert distribution([3, 2, 3, 1, 3], 4) == Distribution(
        counts=(1, 1, 3, 0), insufficient=0, abstained=0, median=(3, 3), spread=2
    )


def test_an_even_number_of_ratings_may_have_its_middle_between_two_levels() -> None:
    assert distribution([4, 1, 2, 4], 4) == Distribution(
        counts=(1, 1, 0, 2), insufficient=0, abstained=0, median=(2, 4), spread=3
    )


def test_answers_without_a_level_are_counted_and_move_nothing() -> None:
    answers: list[Answer] = ["abstain", 2, "insufficient-evidence", 2, "abstain"]
    assert distribution(answers, 3) == Distribution(
        counts=(0, 2, 0), insufficient=1, abstained=2, median=(2, 2), spread=0
    )


@pytest.mark.parametrize("answers", [[], ["abstain", "insufficient-evidence"]])
def test_where_nobody_gave_a_level_there_is_neither_middle_nor_spread(answers: list[Answer]) -> None:
    found = distribution(answers, 4)
    assert (found.counts, found.median, found.spread) == ((0, 0, 0, 0), None, None)


@pytest.mark.parametrize("levels", [2, 3, 7])
def test_there_is_a_count_for_each_level_of_the_rubric(levels: int) -> None:
    assert distribution([levels, 1], levels) == Distribution(
        counts=(1, *(0,) * (levels - 2), 1), insufficient=0, abstained=0, median=(1, levels), spread=levels - 1
    )


def _answers(levels: int) -> st.SearchStrategy[list[Answer]]:
    one: st.SearchStrategy[Answer] = st.one_of(
        st.integers(1, levels), st.just("insufficient-evidence"), st.just("abstain")
    )
    return st.lists(one, max_size=12)


@given(st.integers(2, 7).flatmap(lambda levels: st.tuples(st.just(levels), _answers(levels))))
def test_every_answer_is_counted_once_and_half_lie_on_either_side_of_the_middle(
    drawn: tuple[int, list[Answer]],
) -> None:
    levels, answers = drawn
    found = distribution(answers, levels)
    assert sum(found.counts) + found.insufficient + found.abstained == len(answers)
    assert found == distribution(reversed(answers), levels)
    rated = [answer for answer in answers if isinstance(answer, int)]
    if found.median:
        lower, upper = found.median
        assert sum(level <= lower for level in rated) * 2 >= len(rated)
        assert sum(level >= upper for level in rated) * 2 >= len(rated)
        assert lower <= upper
        assert found.spread == max(rated) - min(rated)
