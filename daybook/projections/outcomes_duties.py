"""What June Outcomes ask of someone: the signature that their side still owes, the adoption, and what came of them.

Made from the page as they may see it. Nothing is asked of anyone while there are fewer outcomes than are adopted, or
more: whoever signed then would have to sign again. One leader's signature is enough for a side.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from daybook.events.outcomes import Side
from daybook.events.outcomes_rights import Rights
from daybook.projections.outcomes_page import outcomes_page
from daybook.projections.view import Shown


class SignatureWaits(Struct, frozen=True):
    """A draft that I may sign for a side which has not signed. `other` tells whether the other side has."""

    side: Side
    outcomes: int
    other: bool


class AdoptionWaits(Struct, frozen=True):
    """A draft that both sides have signed and that I may adopt."""

    outcomes: int


class ConclusionsDue(Struct, frozen=True):
    """Outcomes of which nobody has said yet what came of them: how many, and the first of them."""

    outcomes: int
    first: str
    due: date
    overdue: bool


Duty = SignatureWaits | AdoptionWaits | ConclusionsDue


def outcomes_duties(view: Mapping[str, Shown], rights: Rights, last_day: date, today: date) -> tuple[Duty, ...]:
    """Say what June Outcomes ask of someone with these rights, who sees them like this.

    `last_day` is that of their year. Asked in the year's last quarter or later, what came of adopted ones is due then.
    """
    page = outcomes_page(view, "en")
    count = len(page.outcomes)
    if page.shown.phase == "adopted":
        left = [one.shown.outcome for one in page.outcomes if one.conclusion is None]
        return (ConclusionsDue(len(left), left[0], last_day, today > last_day),) if left and rights.steer else ()
    if not page.shown.least <= count <= page.shown.most:
        return ()
    signed = {signature.side for signature in page.signatures}
    if signed == {"school", "home-office"}:
        return (AdoptionWaits(count),) if rights.begin else ()
    mine: tuple[tuple[Side, bool], ...] = (("school", rights.sign_school), ("home-office", rights.sign_home))
    return tuple(SignatureWaits(side, count, bool(signed)) for side, may in mine if may and side not in signed)
