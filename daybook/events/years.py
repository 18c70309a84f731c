"""What a school has for each school year: one plan, and one page of June Outcomes, whoever begins them.

`years:<school>` is no stream: nothing is written to it. It is folded from the few events of the school's plans and
June Outcomes that begin or end them, so that whoever begins one sees the others. Whatever of these comes between a
decision and its append makes it be decided again: of two that are begun at once the second is refused.
"""

from typing import assert_never

from msgspec import Struct, field

from daybook.events.core import Match, Refused, stored_name
from daybook.events.outcomes import OutcomesBegun
from daybook.events.plan import PlanBegun, PlanClosed

KIND = "years"
OF_PLANS = (stored_name(PlanBegun), stored_name(PlanClosed))
OF_OUTCOMES = (stored_name(OutcomesBegun),)
GATHERED = frozenset((*OF_PLANS, *OF_OUTCOMES))
YearsEvent = PlanBegun | PlanClosed | OutcomesBegun


class Years(Struct):
    """The plans that are not closed and the June Outcomes of a school: their school years, by their ids."""

    plans: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)


def years_of(school: str) -> str:
    """Name the fold of a school's years."""
    return f"{KIND}:{school}"


def within(school: str, types: tuple[str, ...]) -> Match:
    """Name what would change a decision that rests on a school's years."""
    return Match(types, (f"school:{school}",))


def evolve(years: Years, event: YearsEvent) -> Years:
    """Fold one event into the state, in place."""
    match event:
        case PlanBegun():
            years.plans[event.plan] = event.year
        case PlanClosed():
            years.plans.pop(event.plan, None)
        case OutcomesBegun():
            years.outcomes[event.outcomes] = event.year
        case _:
            assert_never(event)
    return years


def one_plan(years: Years, year: int) -> None:
    """Refuse a second plan for a year. One that is closed, unused or after its year, is in nobody's way."""
    there = next((plan for plan, of in years.plans.items() if of == year), None)
    if there is not None:
        raise Refused(
            "This school has a plan for {year} already, under the id {plan}. Go on with that one, or close it first.",
            year=_school_year(year),
            plan=there,
        )


def one_page(years: Years, year: int) -> None:
    """Refuse second June Outcomes for a year: a draft can be changed, and what is adopted can be amended."""
    there = next((outcomes for outcomes, of in years.outcomes.items() if of == year), None)
    if there is not None:
        raise Refused(
            "This school has June Outcomes for {year} already, under the id {outcomes}. Go on with those.",
            year=_school_year(year),
            outcomes=there,
        )


def _school_year(year: int) -> str:
    return f"{year}–{(year + 1) % 100:02}"
