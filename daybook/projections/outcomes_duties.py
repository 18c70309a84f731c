"""What June Outcomes ask of someone: a signature that their side still owes, or the adoption once both have signed.

Made from the page as they may see it. Nothing is asked of anyone while there are fewer outcomes than are adopted, or
more: whoever signed then would have to sign again. One leader's signature is enough for a side.
"""

from collections.abc import Mapping

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


def outcomes_duties(view: Mapping[str, Shown], rights: Rights) -> tuple[SignatureWaits | AdoptionWaits, ...]:
    """Say what June Outcomes ask of someone with these rights, who sees them like this."""
    page = outcomes_page(view, "en")
    count = len(page.outcomes)
    if page.shown.phase != "draft" or not page.shown.least <= count <= page.shown.most:
        return ()
    signed = {signature.side for signature in page.signatures}
    if signed == {"school", "home-office"}:
        return (AdoptionWaits(count),) if rights.begin else ()
    mine: tuple[tuple[Side, bool], ...] = (("school", rights.sign_school), ("home-office", rights.sign_home))
    return tuple(SignatureWaits(side, count, bool(signed)) for side, may in mine if may and side not in signed)
