"""A school's June Outcomes for a year, one stream each: `outcomes:<id>`.

In spring a school and its home office agree on a few outcomes for the following year. Every text
stands in English and may stand in Spanish; each is a *passage*, such as `readers:measure:es`, edited
by naming the wording one has read, as in a plan. The fact a newcomer would get wrong: signatures are for
the words as they stood. While it is a draft, a change of words takes every signature back; once adopted,
words change only by an amendment with a reason, and signatures stay with what was signed.

What people ask for and the state are in `outcomes_commands` and `outcomes_state`, the rules in `outcomes_rules`.
"""

from typing import Annotated, Literal, assert_never

from msgspec import Meta, Struct

from daybook.events.core import Event, Id, IndicatorCode, Match, PersonId, Prose, counted

_ID = "[a-z0-9][a-z0-9-]{0,62}"

OutcomePassage = Annotated[
    str,
    Meta(
        pattern=rf"^{_ID}:(statement|measure|school|home-office|conclusion):(en|es)(?![\s\S])",
        description="A text of an outcome in a language, such as readers:home-office:es.",
    ),
]
"""What came of an outcome is a text too, `readers:conclusion:en`; its English is worded by concluding alone."""
Side = Literal["school", "home-office"]
Result = Literal["met", "partly-met", "not-met", "carried-forward"]


class Baseline(Struct, frozen=True):
    """Where the school stood on an indicator: the level agreed in a review; None when it has not been rated."""

    indicator: IndicatorCode
    level: int | None = None
    levels: int | None = None
    review: Id | None = None


class OutcomesBegun(Event, frozen=True, tag="outcomes-begun"):
    """A school's June Outcomes for a year were begun, under the network's practice as it was then.

    `year` is the calendar year in which the school year begins; `least` and `most` bound how many
    outcomes are adopted; `seeded_from` is the year before, whose carried-forward outcomes follow as proposed.
    The rubric's number of levels and its indicators are here so that the outcomes' own rules need no other stream.
    """

    outcomes: Id
    school: Id
    year: int
    rubric: Id
    levels: int
    indicators: tuple[IndicatorCode, ...]
    least: int
    most: int
    seeded_from: Id | None = None


class OutcomeProposed(Event, frozen=True, tag="outcome-proposed"):
    """Someone proposed an outcome: indicators with their baselines, and the level to reach. Texts in English.

    The first wording of each text has the outcome's own id.
    """

    outcomes: Id
    outcome: Id
    person: PersonId
    baselines: tuple[Baseline, ...]
    target: int
    statement: Prose
    measure: Prose
    school_commitment: Prose
    home_commitment: Prose
    owner: PersonId | None = None
    carried_from: Id | None = None


class OutcomeWithdrawn(Event, frozen=True, tag="outcome-withdrawn"):
    """An outcome is not among those to adopt; it can be restored."""

    outcomes: Id
    outcome: Id
    reason: Prose


class OutcomeRestored(Event, frozen=True, tag="outcome-restored"):
    """A withdrawn outcome is among those to adopt again."""

    outcomes: Id
    outcome: Id


class OutcomeMoved(Event, frozen=True, tag="outcome-moved"):
    """An outcome stands after another one, or first (None)."""

    outcomes: Id
    outcome: Id
    after: Id | None = None


class OutcomeWorded(Event, frozen=True, tag="outcome-worded"):
    """A passage of a draft got its words; `replaces` is the wording that was there."""

    outcomes: Id
    passage: OutcomePassage
    wording: Id
    text: Prose
    replaces: Id | None = None


class OutcomeTranslated(Event, frozen=True, tag="outcome-translated"):
    """The Spanish of a passage was put into words, for the English wording `of`; no change of what was agreed."""

    outcomes: Id
    passage: OutcomePassage
    wording: Id
    text: Prose
    of: Id
    replaces: Id | None = None


class OutcomeAmended(Event, frozen=True, tag="outcome-amended"):
    """A passage of adopted outcomes got other words, and why."""

    outcomes: Id
    passage: OutcomePassage
    wording: Id
    text: Prose
    replaces: Id
    reason: Prose


class OutcomeAimed(Event, frozen=True, tag="outcome-aimed"):
    """An outcome has other baselines or another level to reach; with a reason once adopted."""

    outcomes: Id
    outcome: Id
    baselines: tuple[Baseline, ...]
    target: int
    reason: Prose | None = None


class OutcomeAssigned(Event, frozen=True, tag="outcome-assigned"):
    """Someone became the owner of an outcome, or nobody (None)."""

    outcomes: Id
    outcome: Id
    owner: PersonId | None


class OutcomeCommented(Event, frozen=True, tag="outcome-commented"):
    """Someone said something about an outcome."""

    outcomes: Id
    outcome: Id
    comment: Id
    person: PersonId
    text: Prose


class OutcomeEndorsed(Event, frozen=True, tag="outcome-endorsed"):
    """Someone stands behind an outcome."""

    outcomes: Id
    outcome: Id
    person: PersonId


class EndorsementWithdrawn(Event, frozen=True, tag="endorsement-withdrawn"):
    """Someone no longer stands behind an outcome."""

    outcomes: Id
    outcome: Id
    person: PersonId


class OutcomesSigned(Event, frozen=True, tag="outcomes-signed"):
    """A leader signed the draft as it stood, for the school or for the home office."""

    outcomes: Id
    side: Side
    person: PersonId


class OutcomesAdopted(Event, frozen=True, tag="outcomes-adopted"):
    """Both sides had signed, and the outcomes were adopted."""

    outcomes: Id


class OutcomeConcluded(Event, frozen=True, tag="outcome-concluded"):
    """At the year's end: what came of an outcome, and the evidence for it; a later conclusion takes its place."""

    outcomes: Id
    outcome: Id
    result: Result
    evidence: Prose


class OutcomeWordsRedacted(Event, frozen=True, tag="outcome-words-redacted"):
    """Every wording of an outcome, or a comment, was erased; that it was there, and whose it was, stays.

    `about` is `outcome:<id>` or `comment:<id>`.
    """

    outcomes: Id
    about: str
    reason: Prose


OutcomesEvent = (
    OutcomesBegun
    | OutcomeProposed
    | OutcomeWithdrawn
    | OutcomeRestored
    | OutcomeMoved
    | OutcomeWorded
    | OutcomeTranslated
    | OutcomeAmended
    | OutcomeAimed
    | OutcomeAssigned
    | OutcomeCommented
    | OutcomeEndorsed
    | EndorsementWithdrawn
    | OutcomesSigned
    | OutcomesAdopted
    | OutcomeConcluded
    | OutcomeWordsRedacted
)


def conclusion_after(wording: str | None) -> str:
    """Return the id of a conclusion's wording, given the one before it: they are counted from 1 in each outcome."""
    return counted("conclusion", wording)


def aim_after(aim: str | None) -> str:
    """Return the id of an aim, given the one before it, None for the one that was proposed with the outcome."""
    return counted("aim", aim)


def about(event: OutcomesEvent) -> tuple[str, ...]:
    """Name what an event is about; these are its tags after the outcomes and the school."""
    match event:
        case OutcomesBegun() | OutcomesAdopted():
            return ()
        case OutcomeProposed() | OutcomeAimed():
            return (f"outcome:{event.outcome}", *(f"indicator:{b.indicator}" for b in event.baselines))
        case OutcomeWorded() | OutcomeTranslated() | OutcomeAmended():
            return (f"passage:{event.passage}", f"outcome:{event.passage.partition(':')[0]}")
        case OutcomeWithdrawn() | OutcomeRestored() | OutcomeMoved() | OutcomeConcluded():
            return (f"outcome:{event.outcome}",)
        case OutcomeAssigned():
            return (f"outcome:{event.outcome}", *((f"person:{event.owner}",) if event.owner else ()))
        case OutcomeCommented():
            return (f"comment:{event.comment}", f"outcome:{event.outcome}", f"person:{event.person}")
        case OutcomeEndorsed() | EndorsementWithdrawn():
            return (f"outcome:{event.outcome}", f"person:{event.person}")
        case OutcomesSigned():
            return (f"person:{event.person}",)
        case OutcomeWordsRedacted():
            return (event.about,)
        case _:
            assert_never(event)


_WORDED = {
    "outcome": (
        "outcome-proposed",
        "outcome-worded",
        "outcome-translated",
        "outcome-amended",
        "outcome-aimed",
        "outcome-withdrawn",
        "outcome-concluded",
    ),
    "comment": ("outcome-commented",),
}


def redacts(event: Event) -> Match | None:
    """Name the earlier events of the stream whose words an event erases; None for one that erases nothing."""
    if not isinstance(event, OutcomeWordsRedacted):
        return None
    return Match(_WORDED[event.about.partition(":")[0]], (event.about,))
