"""What people ask of a School Support Review. Ids of new things are made on the sender's device."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from daybook.events.core import Command, Id, IndicatorCode, Level, Note, PersonId, Text
from daybook.events.review import Answer, Dissent, Indicators, Member, ReviewRole, Source, Stance


class ScheduleReview(Command, frozen=True, tag="schedule-review"):
    """Set a review: school, date, published rubric version, focus indicators and team."""

    review: Id
    school: Id
    date: date
    rubric: Id
    focus: Annotated[tuple[IndicatorCode, ...], Meta(min_length=1, max_length=100)]
    team: Annotated[tuple[Member, ...], Meta(min_length=1, max_length=200)]
    ilt_rates: bool = False


class AddMember(Command, frozen=True, tag="add-member"):
    """Add someone to the team, or give them another part in it."""

    review: Id
    person: PersonId
    role: ReviewRole


class RemoveMember(Command, frozen=True, tag="remove-member"):
    """Take someone off the team."""

    review: Id
    person: PersonId


class OpenReview(Command, frozen=True, tag="open-review"):
    """Begin the day."""

    review: Id


class JoinReview(Command, frozen=True, tag="join-review"):
    """Say that I have arrived."""

    review: Id


class GiveRating(Command, frozen=True, tag="give-rating"):
    """Answer for an indicator: a level, `insufficient-evidence` or `abstain`."""

    review: Id
    indicator: IndicatorCode
    answer: Answer


class WithdrawRating(Command, frozen=True, tag="withdraw-rating"):
    """Take my blind rating back."""

    review: Id
    indicator: IndicatorCode


class AddEvidence(Command, frozen=True, tag="add-evidence"):
    """Note what was seen, heard or read; `evidence` is an id made by the sender."""

    review: Id
    evidence: Id
    source: Source
    stance: Stance
    indicators: Indicators
    text: Text
    setting: Note | None = None


class ReviseEvidence(Command, frozen=True, tag="revise-evidence"):
    """Put my own evidence differently."""

    review: Id
    evidence: Id
    source: Source
    stance: Stance
    indicators: Indicators
    text: Text
    setting: Note | None = None


class WithdrawEvidence(Command, frozen=True, tag="withdraw-evidence"):
    """Say that I no longer stand by my evidence."""

    review: Id
    evidence: Id


class RedactEvidence(Command, frozen=True, tag="redact-evidence"):
    """Erase every wording of an item of evidence, for good, because it holds what must not be kept."""

    review: Id
    evidence: Id
    reason: Note


class RevealRatings(Command, frozen=True, tag="reveal-ratings"):
    """Show everybody's ratings of an indicator."""

    review: Id
    indicator: IndicatorCode


class RecordConsensus(Command, frozen=True, tag="record-consensus"):
    """Record the level the team agreed on, why, on which evidence, and who saw it differently."""

    review: Id
    indicator: IndicatorCode
    level: Level
    rationale: Text
    evidence: Annotated[tuple[Id, ...], Meta(max_length=200)] = ()
    dissent: Annotated[tuple[Dissent, ...], Meta(max_length=50)] = ()


class RedactConsensus(Command, frozen=True, tag="redact-consensus"):
    """Erase the rationale and dissent of a consensus, for good, because they hold what must not be kept."""

    review: Id
    indicator: IndicatorCode
    reason: Note


class CloseReview(Command, frozen=True, tag="close-review"):
    """End the review."""

    review: Id


ReviewCommand = (
    ScheduleReview
    | AddMember
    | RemoveMember
    | OpenReview
    | JoinReview
    | GiveRating
    | WithdrawRating
    | AddEvidence
    | ReviseEvidence
    | WithdrawEvidence
    | RedactEvidence
    | RevealRatings
    | RecordConsensus
    | RedactConsensus
    | CloseReview
)
