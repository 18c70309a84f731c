"""Beginning a school's June Outcomes for a year, with what the year before carried forward."""

from daybook.events import practice
from daybook.events.core import Event, Refused
from daybook.events.outcomes import OutcomesBegun
from daybook.events.outcomes_carrying import carried_forward, fits, proposed_again, year_before
from daybook.events.outcomes_commands import BeginOutcomes
from daybook.events.outcomes_rights import both_sides
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import Context
from daybook.events.practice import Practice
from daybook.events.rubric import Rubric
from daybook.events.school import School
from daybook.events.years import Years, one_page, years_of


def begin(command: BeginOutcomes, state: Outcomes, context: Context) -> list[Event]:
    """Decide the beginning. What is carried forward is proposed anew by whoever begins, under its old id."""
    both_sides(command.school, context)
    if state.phase != "unknown":
        if (state.school, state.year, state.rubric) == (command.school, command.year, command.rubric):
            return []
        raise Refused(
            "There are already June Outcomes with the id {outcomes}. Choose another.", outcomes=command.outcomes
        )
    school, rubric = context.others[f"school:{command.school}"], context.others[f"rubric:{command.rubric}"]
    ways = context.others[practice.STREAM]
    assert isinstance(school, School)
    assert isinstance(rubric, Rubric)
    assert isinstance(ways, Practice)
    if not school.name:
        raise Refused("There is no school with the id {school}.", school=command.school)
    years = context.others[years_of(command.school)]
    assert isinstance(years, Years)
    one_page(years, command.year)
    if not rubric.published:
        raise Refused(
            "The rubric version {rubric} is not published, so nobody can aim by it yet.", rubric=command.rubric
        )
    begun = OutcomesBegun(
        outcomes=command.outcomes,
        school=command.school,
        year=command.year,
        rubric=command.rubric,
        levels=rubric.levels,
        indicators=tuple(rubric.indicators),
        least=ways.least_outcomes,
        most=ways.most_outcomes,
        seeded_from=command.seed,
    )
    return [begun, *_carried_forward(command, begun, context)]


def _carried_forward(command: BeginOutcomes, begun: OutcomesBegun, context: Context) -> list[Event]:
    """Propose again what the year before carried forward, but for outcomes whose words were erased."""
    if command.seed is None:
        return []
    before = year_before(command.seed, command.school, command.year, context)
    carried = carried_forward(before)
    if not fits(before, carried, begun.levels, frozenset(begun.indicators)):
        raise Refused(
            "What is carried forward was aimed by the rubric version {old}, which does not fit {rubric}. "
            "Begin by that version, or without the year before.",
            old=before.rubric,
            rubric=command.rubric,
        )
    return [
        event
        for name in carried
        for event in proposed_again(command.outcomes, command.school, name, before, context, levels=begun.levels)
    ]
