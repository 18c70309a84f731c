"""June Outcomes for the stories: Maple Street's, for the school year that begins in 2024.

Patricia leads the school and Tomás is on its ILT; Gil teaches there; Flor observes; Daniel leads the network, Amara
administers it, Olivia is the auditor, and Ruth, Ana, Ben and Chiyo come from elsewhere.
"""

from daybook.events.core import Event, Prose
from daybook.events.outcomes import (
    Baseline,
    OutcomeAmended,
    OutcomeConcluded,
    OutcomeProposed,
    OutcomesAdopted,
    OutcomesBegun,
    OutcomesSigned,
    OutcomeTranslated,
    OutcomeWithdrawn,
    OutcomeWorded,
    Result,
    Side,
)
from daybook.events.outcomes_commands import (
    AimOutcome,
    BeginOutcomes,
    CarryOverOutcome,
    ConcludeOutcome,
    ProposeOutcome,
    StandsAt,
    WordOutcome,
)
from daybook.events.people import RoleGranted
from tests.review_world import FOCUS, OPEN, agreed, rated, revealed

PLACE: tuple[Event, ...] = (
    *OPEN,
    RoleGranted(person="gil", role="team-member", school="maple"),
    RoleGranted(person="flor", role="observer", school="maple"),
    rated("ana", 2),
    revealed("ben", "chiyo"),
    agreed(2),
)
"""Maple Street stands at level 2 of 4 on CI.2, by its review; nobody has agreed on CI.1."""
INDICATORS = (*FOCUS, "CI.3")
STANDS = (StandsAt(indicator="CI.2", review="m1"),)
BASELINES = (Baseline(indicator="CI.2", level=2, levels=4, review="m1"),)


def begin(
    *, outcomes: str = "o1", school: str = "maple", year: int = 2024, rubric: str = "pif-1", seed: str | None = None
) -> BeginOutcomes:
    return BeginOutcomes(outcomes=outcomes, school=school, year=year, rubric=rubric, seed=seed)


def begun(*, outcomes: str = "o1", year: int = 2024, least: int = 1, seed: str | None = None) -> OutcomesBegun:
    return OutcomesBegun(
        outcomes=outcomes,
        school="maple",
        year=year,
        rubric="pif-1",
        levels=4,
        indicators=INDICATORS,
        least=least,
        most=5,
        seeded_from=seed,
    )


def carry_over(outcome: str = "readers", *, outcomes: str = "o2", seed: str = "o1") -> CarryOverOutcome:
    return CarryOverOutcome(outcomes=outcomes, seed=seed, outcome=outcome)


def propose(
    outcome: str = "readers",
    *,
    indicators: tuple[StandsAt, ...] = STANDS,
    target: int = 3,
    owner: str | None = "patricia",
    statement: str = "All read",
) -> ProposeOutcome:
    return ProposeOutcome(
        outcomes="o1",
        outcome=outcome,
        indicators=indicators,
        target=target,
        statement=statement,
        measure="Running records",
        school_commitment="A reading block",
        home_commitment="A coach",
        owner=owner,
    )


def proposed(
    outcome: str = "readers",
    person: str = "patricia",
    *,
    outcomes: str = "o1",
    baselines: tuple[Baseline, ...] = BASELINES,
    target: int = 3,
    owner: str | None = "patricia",
    carried: bool = False,
    statement: str = "All read",
) -> OutcomeProposed:
    return OutcomeProposed(
        outcomes=outcomes,
        outcome=outcome,
        person=person,
        baselines=baselines,
        target=target,
        statement=Prose(statement),
        measure=Prose("Running records"),
        school_commitment=Prose("A reading block"),
        home_commitment=Prose("A coach"),
        owner=owner,
        carried_from=outcome if carried else None,
    )


def word(
    text: str, *, passage: str = "readers:measure:en", wording: str = "w1", replaces: str | None = "readers"
) -> WordOutcome:
    return WordOutcome(outcomes="o1", passage=passage, wording=wording, text=text, replaces=replaces)


def worded(
    text: str, *, passage: str = "readers:measure:en", wording: str = "w1", replaces: str | None = "readers"
) -> OutcomeWorded:
    return OutcomeWorded(outcomes="o1", passage=passage, wording=wording, text=Prose(text), replaces=replaces)


def translate(
    text: str = "Registros", *, wording: str = "s1", of: str | None = "readers", replaces: str | None = None
) -> WordOutcome:
    return WordOutcome(
        outcomes="o1", passage="readers:measure:es", wording=wording, text=text, of=of, replaces=replaces
    )


def translated(
    text: str = "Registros", *, wording: str = "s1", of: str = "readers", replaces: str | None = None
) -> OutcomeTranslated:
    return OutcomeTranslated(
        outcomes="o1", passage="readers:measure:es", wording=wording, text=Prose(text), of=of, replaces=replaces
    )


def amended(text: str = "Records", *, passage: str = "readers:measure:en", replaces: str = "readers") -> OutcomeAmended:
    return OutcomeAmended(
        outcomes="o1",
        passage=passage,
        wording="w1",
        text=Prose(text),
        replaces=replaces,
        reason=Prose("The test is gone"),
    )


def aim(
    target: int,
    *,
    indicators: tuple[StandsAt, ...] = STANDS,
    outcome: str = "readers",
    reason: str | None = None,
    replaces: str | None = None,
) -> AimOutcome:
    return AimOutcome(
        outcomes="o1", outcome=outcome, indicators=indicators, target=target, reason=reason, replaces=replaces
    )


def withdrawn(outcome: str = "readers", *, outcomes: str = "o1") -> OutcomeWithdrawn:
    return OutcomeWithdrawn(outcomes=outcomes, outcome=outcome, reason=Prose("Too many"))


def signed(side: Side, person: str) -> OutcomesSigned:
    return OutcomesSigned(outcomes="o1", side=side, person=person)


def conclude(
    result: Result = "met",
    *,
    outcome: str = "readers",
    evidence: str = "Records of May",
    replaces: str | None = None,
) -> ConcludeOutcome:
    return ConcludeOutcome(outcomes="o1", outcome=outcome, result=result, evidence=evidence, replaces=replaces)


def concluded(result: Result, *, outcome: str = "readers", evidence: str = "Records of May") -> OutcomeConcluded:
    return OutcomeConcluded(outcomes="o1", outcome=outcome, result=result, evidence=Prose(evidence))


BEGUN = begun()
DRAFT = (*PLACE, BEGUN, proposed())
SIGNED = (signed("school", "patricia"), signed("home-office", "daniel"))
ADOPTION = OutcomesAdopted(outcomes="o1")
ADOPTED = (*DRAFT, *SIGNED, ADOPTION)
