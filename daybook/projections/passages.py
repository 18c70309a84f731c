"""A passage as screens show it: the words of a plan or of June Outcomes, and whose they are."""

from datetime import datetime

from daybook.projections.view import Shown


class TextShown(Shown, frozen=True, tag="text"):
    """The current wording of a passage. `text` is None once redacted; `wording` is what an edit must name.

    With a `proposal`, `by` is who accepted it and `proposed_by` whose words they are. `reason` goes with an
    amendment. `of` is, for a translation, the wording it was made from.
    """

    passage: str
    wording: str
    text: str | None
    by: str
    at: datetime
    proposal: str | None = None
    proposed_by: str | None = None
    reason: str | None = None
    of: str | None = None
