"""The rules of June Outcomes: who may do what, and when.

A draft is written by many and signed by both sides; once adopted, its words change only by an amendment with a
reason, and Spanish that is missing or behind may follow. The year's end is the last quarter of the outcomes' own school
year, by the network's calendar as it stands when an outcome is concluded.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from daybook.events import practice
from daybook.events.core import Event, Prose, Refused, as_read
from daybook.events.outcomes import (
    Baseline,
    EndorsementWithdrawn,
    OutcomeAimed,
    OutcomeAssigned,
    OutcomeCommented,
    OutcomeConcluded,
    OutcomeEndorsed,
    OutcomeMoved,
    OutcomeProposed,
    OutcomeRestored,
    OutcomeWithdrawn,
    OutcomeWordsRedacted,
)
from daybook.events.outcomes_adopting import adopt, sign
from daybook.events.outcomes_beginning import begin
from daybook.events.outcomes_carrying import carry_over, stands_at
from daybook.events.outcomes_commands import (
    AdoptOutcomes,
    AimOutcome,
    AmendOutcome,
    AssignOutcome,
    BeginOutcomes,
    CarryOverOutcome,
    CommentOnOutcome,
    ConcludeOutcome,
    EndorseOutcome,
    MoveOutcome,
    OutcomesCommand,
    ProposeOutcome,
    RedactOutcomeWords,
    RestoreOutcome,
    SignOutcomes,
    StandsAt,
    WithdrawEndorsement,
    WithdrawOutcome,
    WordOutcome,
)
from daybook.events.outcomes_rights import (
    check_owner,
    erasers,
    steering,
    voices,
    writers,
)
from daybook.events.outcomes_state import Outcomes, OutcomeState
from daybook.events.outcomes_wording import amend, word
from daybook.events.people import Context
from daybook.events.practice import Practice
from daybook.events.review_state import Review


def decide(command: OutcomesCommand, state: Outcomes, context: Context) -> list[Event]:
    """Decide one command of June Outcomes. An empty list means that it had already happened."""
    if isinstance(command, BeginOutcomes):
        return begin(command, state, context)
    if state.phase == "unknown":
        raise Refused("There are no June Outcomes with the id {outcomes}.", outcomes=command.outcomes)
    match command:
        case ProposeOutcome():
            return _propose(command, state, context)
        case CarryOverOutcome():
            return carry_over(command, state, context)
        case WithdrawOutcome() | RestoreOutcome():
            return _stand(command, state, context)
        case MoveOutcome():
            return _move(command, state, context)
        case WordOutcome():
            return word(command, state, context)
        case AmendOutcome():
            return amend(command, state, context)
        case AimOutcome():
            return _aim(command, state, context)
        case AssignOutcome():
            return _assign(command, state, context)
        case CommentOnOutcome():
            return _comment(command, state, context)
        case EndorseOutcome() | WithdrawEndorsement():
            return _endorse(command, state, context)
        case SignOutcomes():
            return sign(command, state, context)
        case AdoptOutcomes():
            return adopt(command, state, context)
        case ConcludeOutcome():
            return _conclude(command, state, context)
        case RedactOutcomeWords():
            return _redact(command, state, context)
        case _:
            assert_never(command)


def _draft(state: Outcomes) -> None:
    if state.phase == "adopted":
        raise Refused("These outcomes are adopted. Change their words or their aim by an amendment, and say why.")


def _outcome(state: Outcomes, outcome: str) -> OutcomeState:
    if outcome not in state.outcomes:
        raise Refused("There is no outcome with the id {outcome} here.", outcome=outcome)
    return state.outcomes[outcome]


def _standing(state: Outcomes, outcome: str) -> OutcomeState:
    this = _outcome(state, outcome)
    if this.withdrawn:
        raise Refused("This outcome is withdrawn. Restore it first.")
    return this


def _propose(command: ProposeOutcome, state: Outcomes, context: Context) -> list[Event]:
    writers(state.school, context)
    _draft(state)
    baselines = _baselines(command.indicators, command.target, state, context)
    check_owner(command.owner, state.school, context)
    proposed = OutcomeProposed(
        outcomes=command.outcomes,
        outcome=command.outcome,
        person=context.actor,
        baselines=baselines,
        target=command.target,
        statement=Prose(command.statement),
        measure=Prose(command.measure),
        school_commitment=Prose(command.school_commitment),
        home_commitment=Prose(command.home_commitment),
        owner=command.owner,
    )
    known = state.outcomes.get(command.outcome)
    if known is None:
        return [proposed]
    texts = {
        "statement": proposed.statement,
        "measure": proposed.measure,
        "school": proposed.school_commitment,
        "home-office": proposed.home_commitment,
    }
    if (known.person, known.baselines, known.target, known.texts) == (context.actor, baselines, command.target, texts):
        return []
    raise Refused("There is already an outcome with the id {outcome}. Choose another.", outcome=command.outcome)


def _baselines(
    indicators: tuple[StandsAt, ...],
    target: int,
    state: Outcomes,
    context: Context,
    agreed: Mapping[str, Baseline] = MappingProxyType({}),
) -> tuple[Baseline, ...]:
    """Read where the school stands now, and refuse an aim that is below it or off the scale.

    `agreed` are baselines that were adopted, by indicator, which stay what they were. Levels are ordinal: a baseline on
    another scale than the outcomes' rubric is kept, and is not compared.
    """
    codes = [at.indicator for at in indicators]
    if len(set(codes)) < len(codes):
        raise Refused("An indicator is named twice. Name each once.")
    unknown = [code for code in codes if code not in state.indicators]
    if unknown:
        raise Refused(
            "{codes}: not in the rubric version {rubric}. Check the indicators.",
            codes=", ".join(unknown),
            rubric=state.rubric,
        )
    if target > state.levels:
        raise Refused("There is no level {level}. Levels go from 1 to {levels}.", level=target, levels=state.levels)
    baselines = tuple(agreed.get(at.indicator) or _baseline(at, state, context) for at in indicators)
    for baseline in baselines:
        if baseline.level is not None and baseline.levels == state.levels and target < baseline.level:
            raise Refused(
                "The target, level {target}, is below where the school stands on {code}, level {level}. "
                "Aim at that level or higher.",
                target=target,
                code=baseline.indicator,
                level=baseline.level,
            )
    return baselines


def _baseline(at: StandsAt, state: Outcomes, context: Context) -> Baseline:
    if at.review is not None:
        _agreed_in(at.review, at.indicator, state, context)
    return stands_at(at.indicator, state.school, context)


def _agreed_in(named: str, indicator: str, state: Outcomes, context: Context) -> None:
    """Refuse a review that does not say where the school stands."""
    review = context.others[f"review:{named}"]
    assert isinstance(review, Review)
    if review.phase == "unknown":
        raise Refused("There is no review with the id {review}.", review=named)
    if review.school != state.school:
        raise Refused("The review {review} is of another school. Choose one of this school.", review=named)
    this = review.rounds.get(indicator)
    if this is None or this.consensus is None:
        raise Refused(
            "The review {review} has no consensus on {code}, so it does not say where the school stands on it.",
            review=named,
            code=indicator,
        )


def _stand(command: WithdrawOutcome | RestoreOutcome, state: Outcomes, context: Context) -> list[Event]:
    steering(state.school, context)
    _draft(state)
    this = _outcome(state, command.outcome)
    match command:
        case WithdrawOutcome():
            if this.withdrawn:
                raise Refused(
                    "This outcome is left out already, and the page says why. Take it in again first if your reason is "
                    "to stand."
                )
            reason = Prose(command.reason)
            return [OutcomeWithdrawn(outcomes=command.outcomes, outcome=command.outcome, reason=reason)]
        case RestoreOutcome():
            restored = OutcomeRestored(outcomes=command.outcomes, outcome=command.outcome)
            return [restored] if this.withdrawn else []
        case _:
            assert_never(command)


def _move(command: MoveOutcome, state: Outcomes, context: Context) -> list[Event]:
    steering(state.school, context)
    _draft(state)
    _outcome(state, command.outcome)
    if command.after == command.outcome:
        raise Refused("An outcome cannot stand after itself. Choose another place.")
    if command.after is not None:
        _outcome(state, command.after)
    place = state.order.index(command.outcome)
    before = state.order[place - 1] if place else None
    if before == command.after:
        return []
    return [OutcomeMoved(outcomes=command.outcomes, outcome=command.outcome, after=command.after)]


def _aim(command: AimOutcome, state: Outcomes, context: Context) -> list[Event]:
    steering(state.school, context)
    this = _standing(state, command.outcome)
    if state.phase == "adopted" and command.reason is None:
        raise Refused("These outcomes are adopted. Say why the aim changes.")
    baselines = _baselines(command.indicators, command.target, state, context, this.agreed)
    if (this.baselines, this.target) == (baselines, command.target):
        if command.reason is None:
            return []
        raise Refused("The aim is this one already, so there is nothing to give a reason for.")
    if this.aim != command.replaces:
        raise Refused(
            "Someone changed this aim while you were choosing. Compare it with yours, and send yours again to put it "
            "in its place."
        )
    return [
        OutcomeAimed(
            outcomes=command.outcomes,
            outcome=command.outcome,
            baselines=baselines,
            target=command.target,
            reason=Prose(command.reason) if command.reason else None,
        )
    ]


def _assign(command: AssignOutcome, state: Outcomes, context: Context) -> list[Event]:
    steering(state.school, context)
    this = _standing(state, command.outcome)
    check_owner(command.owner, state.school, context)
    if this.owner == command.owner:
        return []
    as_read(command.replaces, this.owner)
    if state.phase == "adopted" and command.owner is None:
        raise Refused("These outcomes are adopted, so somebody carries each of them. Choose who does from now on.")
    return [OutcomeAssigned(outcomes=command.outcomes, outcome=command.outcome, owner=command.owner)]


def _comment(command: CommentOnOutcome, state: Outcomes, context: Context) -> list[Event]:
    voices(state.school, context)
    _outcome(state, command.outcome)
    if command.comment in state.comments:
        raise Refused("There is already a comment with the id {comment}. Choose another.", comment=command.comment)
    return [
        OutcomeCommented(
            outcomes=command.outcomes,
            outcome=command.outcome,
            comment=command.comment,
            person=context.actor,
            text=Prose(command.text),
        )
    ]


def _endorse(command: EndorseOutcome | WithdrawEndorsement, state: Outcomes, context: Context) -> list[Event]:
    voices(state.school, context)
    this = _standing(state, command.outcome)
    endorsed = context.actor in this.endorsed
    match command:
        case EndorseOutcome():
            endorsement = OutcomeEndorsed(outcomes=command.outcomes, outcome=command.outcome, person=context.actor)
            return [] if endorsed else [endorsement]
        case WithdrawEndorsement():
            taken_back = EndorsementWithdrawn(outcomes=command.outcomes, outcome=command.outcome, person=context.actor)
            return [taken_back] if endorsed else []
        case _:
            assert_never(command)


def _conclude(command: ConcludeOutcome, state: Outcomes, context: Context) -> list[Event]:
    steering(state.school, context)
    if state.phase == "draft":
        raise Refused("These outcomes are still a draft. Adopt them before saying what came of them.")
    this = _outcome(state, command.outcome)
    if this.withdrawn:
        raise Refused("This outcome was withdrawn before the others were adopted, so nothing came of it.")
    ways = context.others[practice.STREAM]
    assert isinstance(ways, Practice)
    last_quarter = ways.quarters_of(state.year)[3]
    if context.at.date() < last_quarter:
        raise Refused(
            "It is too early to say what came of this outcome. The year's last quarter begins on {date}.",
            date=last_quarter.isoformat(),
        )
    if (this.result, this.evidence) == (command.result, Prose(command.evidence)):
        return []
    if state.wordings.get(f"{command.outcome}:conclusion:en") != command.replaces:
        raise Refused(
            "Someone said what came of this outcome while you were writing. Compare their words with yours, and send "
            "yours again to put them in their place."
        )
    return [
        OutcomeConcluded(
            outcomes=command.outcomes,
            outcome=command.outcome,
            result=command.result,
            evidence=Prose(command.evidence),
        )
    ]


def _redact(command: RedactOutcomeWords, state: Outcomes, context: Context) -> list[Event]:
    """Decide an erasure. It is possible in every phase, since what must not be kept may be found years later."""
    erasers(state.school, context)
    kind, _, name = command.about.partition(":")
    if kind == "outcome":
        _outcome(state, name)
    elif name not in state.comments:
        raise Refused("There is no comment with the id {comment} here.", comment=name)
    if command.about in state.redacted:
        return []  # the words are gone, which is all that was asked for: this reason would be on record for nothing
    return [OutcomeWordsRedacted(outcomes=command.outcomes, about=command.about, reason=Prose(command.reason))]
