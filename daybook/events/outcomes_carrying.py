"""What June Outcomes carried forward, proposed again for the year after: as its draft begins, or later.

A draft begins in spring, and many an outcome is concluded in June.
"""

from collections.abc import Iterable

from daybook.events.core import Event, Refused
from daybook.events.outcomes import Baseline, OutcomeProposed, OutcomeTranslated
from daybook.events.outcomes_commands import CarryOverOutcome
from daybook.events.outcomes_rights import owns, writers
from daybook.events.outcomes_state import Outcomes, OutcomeState
from daybook.events.people import Context
from daybook.events.standing import Standing, standing_of


def year_before(seed: str, school: str, year: int, context: Context) -> Outcomes:
    """Return the school's outcomes of the year before, which were adopted, or refuse."""
    before = context.others[f"outcomes:{seed}"]
    assert isinstance(before, Outcomes)
    if before.phase == "unknown":
        raise Refused("There are no June Outcomes with the id {outcomes}.", outcomes=seed)
    if before.school != school:
        raise Refused("The outcomes to carry on from are of another school. Choose this school's.")
    if before.year != year - 1:
        raise Refused("Outcomes carry on from those of the year before. Choose that year's, or none.")
    if before.phase == "draft":
        raise Refused("The outcomes of the year before were never adopted, so nothing carries on from them.")
    return before


def carried_forward(before: Outcomes) -> list[str]:
    """List what a year carried forward, but for outcomes whose words were erased."""
    return [name for name in before.standing() if _carried(before.outcomes[name]) and _worded(before.outcomes[name])]


def fits(before: Outcomes, names: Iterable[str], levels: int, indicators: frozenset[str]) -> bool:
    """Tell whether what was aimed by the rubric version of one year can be aimed by that of the next."""
    carried = [before.outcomes[name] for name in names]
    codes = {baseline.indicator for outcome in carried for baseline in outcome.baselines}
    return not carried or (before.levels == levels and codes <= indicators)


def stands_at(indicator: str, school: str, context: Context) -> Baseline:
    """Return where a school stands on an indicator, and which review says so; nothing but its code where none does."""
    standing = context.others[standing_of(school)]
    assert isinstance(standing, Standing)
    return standing.ratings.get(indicator) or Baseline(indicator=indicator)


def proposed_again(
    outcomes: str, school: str, name: str, before: Outcomes, context: Context, *, levels: int
) -> list[Event]:
    """Propose an outcome of the year before in its current words, under its old id, by whoever carries it over.

    It begins from where the school stands by now, and aims no lower than that. Spanish that is up to date comes along.
    """
    outcome = before.outcomes[name]
    baselines = tuple(stands_at(baseline.indicator, school, context) for baseline in outcome.baselines)
    reached = [one.level for one in baselines if one.level is not None and one.levels == levels]
    proposed = OutcomeProposed(
        outcomes=outcomes,
        outcome=name,
        person=context.actor,
        baselines=baselines,
        target=max([outcome.target, *reached]),
        statement=outcome.texts["statement"],
        measure=outcome.texts["measure"],
        school_commitment=outcome.texts["school"],
        home_commitment=outcome.texts["home-office"],
        owner=outcome.owner if outcome.owner and owns(outcome.owner, school, context.people) else None,
        carried_from=name,
    )
    passages = {f"{name}:{text}:es": text for text in outcome.texts}
    return [
        proposed,
        *(
            OutcomeTranslated(
                outcomes=outcomes,
                passage=passage,
                wording=before.wordings[passage],
                text=outcome.spanish[text],
                of=name,  # the English that is proposed goes by the outcome's id
            )
            for passage, text in passages.items()
            if before.up_to_date(passage)
        ),
    ]


def carry_over(command: CarryOverOutcome, state: Outcomes, context: Context) -> list[Event]:
    """Decide to propose again, in a draft, what the year before carried forward."""
    writers(state.school, context)
    before = year_before(command.seed, state.school, state.year, context)
    this = before.outcomes.get(command.outcome)
    if this is None or not _carried(this):
        raise Refused("That outcome was not carried forward. Propose it anew if it is to go on.")
    here = state.outcomes.get(command.outcome)
    if here and here.withdrawn:
        raise Refused("This outcome is withdrawn. Restore it first.")
    if here:
        return []
    if state.phase == "adopted":
        raise Refused("These outcomes are adopted. No outcome can join them any more.")
    if not _worded(this):
        raise Refused("Words of that outcome were erased, so it cannot be carried over. Propose it anew.")
    if not fits(before, [command.outcome], state.levels, state.indicators):
        raise Refused(
            "That outcome was aimed by the rubric version {old}, which does not fit {rubric}. Propose it anew.",
            old=before.rubric,
            rubric=state.rubric,
        )
    return proposed_again(command.outcomes, state.school, command.outcome, before, context, levels=state.levels)


def _carried(outcome: OutcomeState) -> bool:
    return outcome.result == "carried-forward" and not outcome.withdrawn


def _worded(outcome: OutcomeState) -> bool:
    return all(text.text is not None for text in outcome.texts.values())
