"""Beginning a school's June Outcomes for a year, with what the year before carried forward."""

from daybook.events import practice
from daybook.events.core import Event, Refused
from daybook.events.outcomes import OutcomeProposed, OutcomesBegun
from daybook.events.outcomes_commands import BeginOutcomes
from daybook.events.outcomes_rights import both_sides, owns
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


def _carried_forward(command: BeginOutcomes, begun: OutcomesBegun, context: Context) -> list[OutcomeProposed]:
    """Propose again what the year before carried forward, but for outcomes whose words were erased."""
    if command.seed is None:
        return []
    seed = context.others[f"outcomes:{command.seed}"]
    assert isinstance(seed, Outcomes)
    if seed.phase == "unknown":
        raise Refused("There are no June Outcomes with the id {outcomes}.", outcomes=command.seed)
    if seed.school != command.school:
        raise Refused("The outcomes to carry on from are of another school. Choose this school's.")
    if seed.year != command.year - 1:
        raise Refused("Outcomes carry on from those of the year before. Choose that year's, or none.")
    if seed.phase == "draft":
        raise Refused("The outcomes of the year before were never adopted, so nothing carries on from them.")
    carried = {
        name: seed.outcomes[name]
        for name in seed.standing()
        if seed.outcomes[name].result == "carried-forward"
        and all(text.text is not None for text in seed.outcomes[name].texts.values())
    }
    codes = {baseline.indicator for outcome in carried.values() for baseline in outcome.baselines}
    if carried and (seed.levels != begun.levels or not codes <= set(begun.indicators)):
        raise Refused(
            "What is carried forward was aimed by the rubric version {old}, which does not fit {rubric}. "
            "Begin by that version, or without the year before.",
            old=seed.rubric,
            rubric=command.rubric,
        )
    return [
        OutcomeProposed(
            outcomes=command.outcomes,
            outcome=name,
            person=context.actor,
            baselines=outcome.baselines,
            target=outcome.target,
            statement=outcome.texts["statement"],
            measure=outcome.texts["measure"],
            school_commitment=outcome.texts["school"],
            home_commitment=outcome.texts["home-office"],
            owner=outcome.owner if outcome.owner and owns(outcome.owner, command.school, context.people) else None,
            carried_from=name,
        )
        for name, outcome in carried.items()
    ]
