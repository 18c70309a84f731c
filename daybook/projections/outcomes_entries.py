"""What the view of a school's June Outcomes is made of: its entries, by key.

    outcomes                            OutcomesShown
    order:outcomes                      OutcomeOrderShown
    outcome:<id>                        OutcomeShown
    text:<outcome>:<text>:<language>    TextShown, see `passages`
    comment:<id>                        CommentShown
    endorsement:<outcome>:<person>      EndorsementShown
    signature:<side>:<person>           SignatureShown
    amendment:<outcome>:<position>      AmendmentShown, oldest first by its position
    conclusion:<outcome>                ConclusionShown

Everything is for the room: the school's leaders, team members and observers, the home office and auditors.
All of them are asked for input, so all of them read the draft and what the others say about it.
"""

from datetime import datetime
from typing import Literal

from daybook.events.outcomes import Baseline, Result, Side
from daybook.projections.view import Shown


class OutcomesShown(Shown, frozen=True, tag="outcomes"):
    """The page of June Outcomes itself. `phase` is draft or adopted; `version` is what a signature is for."""

    outcomes: str
    school: str
    year: int
    rubric: str
    levels: int
    least: int
    most: int
    phase: str
    begun_at: datetime
    version: int = 0
    seeded_from: str | None = None
    adopted_at: datetime | None = None


class OutcomeOrderShown(Shown, frozen=True, tag="outcome-order"):
    """The outcomes in their order, withdrawn ones among them."""

    outcomes: tuple[str, ...]


class OutcomeShown(Shown, frozen=True, tag="outcome"):
    """An outcome. `person` proposed it; `reason` says why, where its latest change was given one.

    `aim` is the id of its aim and `aimed_by` who set it; None for the aim that it was proposed with.
    """

    outcome: str
    person: str
    baselines: tuple[Baseline, ...]
    target: int
    owner: str | None
    carried_from: str | None = None
    aim: str | None = None
    aimed_by: str | None = None
    withdrawn: bool = False
    reason: str | None = None


class CommentShown(Shown, frozen=True, tag="comment"):
    """What someone said about an outcome."""

    comment: str
    outcome: str
    person: str
    text: str | None
    at: datetime


class EndorsementShown(Shown, frozen=True, tag="endorsement"):
    """That someone stands behind an outcome."""

    outcome: str
    person: str
    at: datetime


class SignatureShown(Shown, frozen=True, tag="signature"):
    """That a leader signed."""

    side: Side
    person: str
    at: datetime


class AmendmentShown(Shown, frozen=True, tag="amendment"):
    """That something adopted was changed, and why: `before` is the `text` that was there.

    Of an aim, `baselines` and `target` are those that were there.

    `text` is statement, measure, school, home-office, or aim; `lang` the language of the words.

    `before` and `reason` are None once erased.
    """

    outcome: str
    text: str
    reason: str | None
    by: str
    at: datetime
    before: str | None = None
    baselines: tuple[Baseline, ...] = ()
    target: int | None = None
    lang: Literal["en", "es"] = "en"


class ConclusionShown(Shown, frozen=True, tag="conclusion"):
    """What came of an outcome at the year's end."""

    outcome: str
    result: Result
    evidence: str | None
    by: str
    at: datetime


ENTRIES: tuple[type[Shown], ...] = (
    OutcomesShown,
    OutcomeOrderShown,
    OutcomeShown,
    CommentShown,
    EndorsementShown,
    SignatureShown,
    AmendmentShown,
    ConclusionShown,
)
"""Every kind of entry that belongs to June Outcomes alone."""
