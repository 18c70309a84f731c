"""How a network works where it may choose: set by its administrators, the same words again change nothing."""

from datetime import date

from daybook.events.practice import Practice, PracticeSet, SetPractice
from tests.review_world import NETWORK
from tests.stories import given

QUARTERS = ("08-01", "11-01", "02-01", "05-01")


def set_practice(least: int = 2, most: int = 4, quarters: tuple[str, str, str, str] = QUARTERS) -> SetPractice:
    return SetPractice(
        quarters=quarters, least_outcomes=least, most_outcomes=most, rewording="any-time", check_in_days=30
    )


SET = PracticeSet(quarters=QUARTERS, least_outcomes=2, most_outcomes=4, rewording="any-time", check_in_days=30)


def test_an_administrator_sets_it_once() -> None:
    given(*NETWORK).when(set_practice(), "amara").then(SET).when(set_practice(), "amara").then_nothing()


def test_nobody_else_does() -> None:
    given(*NETWORK).when(set_practice(), "daniel").then_not_allowed(
        "Only a network administrator may do this. Ask yours to do it for you."
    )


def test_the_least_is_not_above_the_most() -> None:
    given(*NETWORK).when(set_practice(5, 4), "amara").then_refused(
        "The least number of outcomes is above the most. Swap them."
    )


def test_quarters_follow_one_another_within_a_year() -> None:
    for quarters in (("07-01", "01-01", "10-01", "04-01"), ("07-01", "07-01", "10-01", "04-01")):
        given(*NETWORK).when(set_practice(quarters=quarters), "amara").then_refused(
            "The quarters do not follow one another within a year. Check the days on which they begin."
        )


def test_what_most_networks_do_holds_until_something_is_said() -> None:
    assert Practice().quarters_of(2025) == (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
    assert Practice().last_day_of(2025) == date(2026, 6, 30)
