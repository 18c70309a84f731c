"""What people ask of a school's June Outcomes. Ids of new things are made on the sender's device."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from daybook.events.core import Command, Id, IndicatorCode, Level, Note, PersonId, Text
from daybook.events.outcomes import OutcomePassage, Result, Side
from daybook.events.practice import SchoolYear


class StandsAt(Struct, frozen=True, forbid_unknown_fields=True):
    """An indicator, and the review by which its author saw where the school stands on it; None when there was none.

    What the outcome begins from is read from the latest consensus of the school's reviews, whatever stood here.
    """

    indicator: IndicatorCode
    review: Id | None = None


Indicators = Annotated[tuple[StandsAt, ...], Meta(min_length=1, max_length=10)]


class BeginOutcomes(Command, frozen=True, tag="begin-outcomes"):
    """Begin a school's June Outcomes for a year; what the `seed`, the year before, carried forward comes along."""

    outcomes: Id
    school: Id
    year: SchoolYear
    rubric: Id
    seed: Id | None = None


class ProposeOutcome(Command, frozen=True, tag="propose-outcome"):
    """Propose an outcome."""

    outcomes: Id
    outcome: Id
    indicators: Indicators
    target: Level
    statement: Text
    measure: Text
    school_commitment: Text
    home_commitment: Text
    owner: PersonId | None = None


class CarryOverOutcome(Command, frozen=True, tag="carry-over-outcome"):
    """Propose again what the `seed`, the year before, carried forward since this draft began."""

    outcomes: Id
    seed: Id
    outcome: Id


class WithdrawOutcome(Command, frozen=True, tag="withdraw-outcome"):
    """Leave an outcome out of those to adopt, and say why."""

    outcomes: Id
    outcome: Id
    reason: Text


class RestoreOutcome(Command, frozen=True, tag="restore-outcome"):
    """Take a withdrawn outcome in again."""

    outcomes: Id
    outcome: Id


class MoveOutcome(Command, frozen=True, tag="move-outcome"):
    """Put an outcome after another one, or first."""

    outcomes: Id
    outcome: Id
    after: Id | None = None


class WordOutcome(Command, frozen=True, tag="word-outcome"):
    """Put a passage into words: of a draft in English, or its Spanish at any time.

    `replaces` is the wording that I have read, None when there was none; `of`, for the Spanish, the English wording
    that it translates.
    """

    outcomes: Id
    passage: OutcomePassage
    wording: Id
    text: Text
    replaces: Id | None = None
    of: Id | None = None


class AmendOutcome(Command, frozen=True, tag="amend-outcome"):
    """Change the English of an adopted outcome, and say why."""

    outcomes: Id
    passage: OutcomePassage
    wording: Id
    text: Text
    replaces: Id
    reason: Text


class AimOutcome(Command, frozen=True, tag="aim-outcome"):
    """Set an outcome's indicators and the level to reach; once adopted, say why.

    `replaces` is the aim that I have read, as its view says; None for the one that the outcome was proposed with.
    """

    outcomes: Id
    outcome: Id
    indicators: Indicators
    target: Level
    reason: Text | None = None
    replaces: Id | None = None


class AssignOutcome(Command, frozen=True, tag="assign-outcome"):
    """Name the owner of an outcome, or nobody.

    `replaces` is the owner that I have read, None for nobody: where another one carries it by now, the command is
    refused. Without it the owner is named whoever it was.
    """

    outcomes: Id
    outcome: Id
    owner: PersonId | None = None
    replaces: PersonId | UnsetType | None = UNSET


class CommentOnOutcome(Command, frozen=True, tag="comment-on-outcome"):
    """Say something about an outcome."""

    outcomes: Id
    outcome: Id
    comment: Id
    text: Text


class EndorseOutcome(Command, frozen=True, tag="endorse-outcome"):
    """Say that I stand behind an outcome."""

    outcomes: Id
    outcome: Id


class WithdrawEndorsement(Command, frozen=True, tag="withdraw-endorsement"):
    """Say that I no longer stand behind an outcome."""

    outcomes: Id
    outcome: Id


class SignOutcomes(Command, frozen=True, tag="sign-outcomes"):
    """Sign the draft as it stands, for the school or for the home office.

    `version` is the draft that I have read, as its view says. Of another one than stands, no signature is taken.
    """

    outcomes: Id
    side: Side
    version: Annotated[int, Meta(ge=0, description="The version of the draft that was read, as its view says.")]


class AdoptOutcomes(Command, frozen=True, tag="adopt-outcomes"):
    """Adopt the outcomes that both sides have signed."""

    outcomes: Id


class ConcludeOutcome(Command, frozen=True, tag="conclude-outcome"):
    """Say at the year's end what came of an outcome, and on which evidence.

    `replaces` is the wording of the conclusion that I have read; None when there was none.
    """

    outcomes: Id
    outcome: Id
    result: Result
    evidence: Text
    replaces: Id | None = None


class RedactOutcomeWords(Command, frozen=True, tag="redact-outcome-words"):
    """Erase every wording of an outcome, or a comment, for good, because it holds what must not be kept."""

    outcomes: Id
    about: Annotated[
        str,
        Meta(
            pattern=r"^(outcome|comment):[a-z0-9][a-z0-9-]{0,62}(?![\s\S])",
            description="outcome:<id> or comment:<id>.",
        ),
    ]
    reason: Note


OutcomesCommand = (
    BeginOutcomes
    | ProposeOutcome
    | CarryOverOutcome
    | WithdrawOutcome
    | RestoreOutcome
    | MoveOutcome
    | WordOutcome
    | AmendOutcome
    | AimOutcome
    | AssignOutcome
    | CommentOnOutcome
    | EndorseOutcome
    | WithdrawEndorsement
    | SignOutcomes
    | AdoptOutcomes
    | ConcludeOutcome
    | RedactOutcomeWords
)
