"""Two people put the same passage into other words, where scripts do not run: the second one decides what stands.

`static/clash.js` and `static/clash-view.js` do the same where they do. Here the form itself carries what is needed:
`read` is the wording that its author began from, `mine` what they had written, `take` which text to go on with.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from daybook.projections.passages import TextShown
from daybook.projections.view import Shown
from daybook.projections.wording import Piece, merged, words_between
from daybook.server.guard import entered
from daybook.server.history import room_at
from daybook.server.services import Services


class Clash(Struct, frozen=True):
    """Both texts. `by` is who was quicker, None for the author elsewhere.

    `base` is what both began from, None where it is erased; `together` None where somebody decides; `text` is what its
    author goes on with.
    """

    by: str | None
    read: str
    base: str | None
    mine: str
    theirs: str | None
    together: str | None
    text: str

    def changed(self, text: str) -> tuple[Piece, ...]:
        """Return what of the text that both began from became this one; of the other text where that is erased."""
        other = (self.theirs or "") if text == self.mine else self.mine
        return words_between(other if self.base is None else self.base, text)


async def clash_of(
    services: Services, stream: str, person: str, view: Mapping[str, Shown], problem: Mapping[str, Any]
) -> Clash | None:
    """Return the two texts where the passage of a form got other words since its author read it."""
    data, sent = problem["data"], problem["typed"]
    passage = data.get("passage") or f"reflection:{data.get('priority')}"
    words = view.get(f"text:{passage}")
    if "wording" not in data or not isinstance(words, TextShown):
        return None
    read, mine = str(data.get("replaces", "")), str(data.get("text", ""))
    text = None
    if read == words.wording and "read" in sent:  # their words were read by now
        text, read, mine = mine, sent["read"], sent["mine"].replace("\r\n", "\n")
    if read == words.wording:
        return None
    base = await _text_of(services, stream, person, passage, read) if read else ""
    together = None if base is None or words.text is None else merged(mine, base, words.text)
    match sent.get("take"):
        case "mine":
            text = mine
        case "theirs":
            text = words.text or ""
        case "both":
            text = together
        case _:
            pass
    return Clash(
        None if words.by == person else words.by, read, base, mine, words.text, together, text=text or together or mine
    )


async def _text_of(services: Services, stream: str, person: str, passage: str, wording: str) -> str | None:
    """Find the text that a passage had under a wording; None where it is erased, or was never shown to them."""
    _, _, audiences = await entered(stream, services, person)
    _, steps, _ = await room_at(services.log, services.codec, stream, None)
    for step in reversed(steps):
        entry = step.patch.get(f"text:{passage}")
        words = entry.value if entry is not None and entry.audience in audiences else None
        if isinstance(words, TextShown) and words.wording == wording:
            return words.text
    return None
