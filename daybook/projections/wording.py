"""Two wordings of a text: what of one became the other, and two people's changes of the same text in one.

`static/text-merge.js` does the same where scripts run.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal

from msgspec import Struct

_WORD = re.compile(r"\n\s*|[^\S\n]*(?:[\w'’]+|[^\s\w'’]+)|\s+")  # each with the space before it
_LINE = re.compile(r"\n+|[^\n]+")
_MOST_PAIRS = 80_000  # equal pieces of two texts, each with each: the comparison looks at all of them, more than once


class Piece(Struct, frozen=True):
    """A run of words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def words_between(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts by words; without what is new they are the first, without what is gone the second.

    Texts that repeat the same words for pages are compared by lines, or as wholes.
    """
    old, new = _cut(before, after) or ([before], [after])
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        stayed = gone if tag == "equal" else _space_of(gone, came)
        if stayed and pieces and pieces[-1].kind == "same":
            pieces[-1] = Piece("same", pieces[-1].text + stayed)
        elif stayed:
            pieces.append(Piece("same", stayed))
        if len(gone) > len(stayed):
            pieces.append(Piece("gone", gone[len(stayed) :]))
        if tag != "equal" and len(came) > len(stayed):
            pieces.append(Piece("new", came[len(stayed) :]))
    return tuple(pieces)


def _space_of(gone: str, came: str) -> str:
    """Return the space before a word that another took the place of: it stays."""
    space = gone[: len(gone) - len(gone.lstrip())]
    return space if space == came[: len(came) - len(came.lstrip())] else ""


def merged(mine: str, base: str, theirs: str) -> str | None:
    """Put two people's changes of one text together; None where both changed the same words, which somebody decides.

    Changes that touch count as changes of the same words, unless they are the same change.
    """
    if mine == theirs:
        return mine
    cut = _cut(mine.strip(), base.strip(), theirs.strip())
    if cut is None:
        return None
    ours, origin, others = cut
    changes = sorted(
        (i, j, k, m, side)
        for side, pieces in enumerate((ours, others))
        for tag, i, j, k, m in SequenceMatcher(None, origin, pieces, autojunk=False).get_opcodes()
        if tag != "equal"
    )
    text: list[str] = []
    done = 0
    while changes:
        start, end = changes[0][:2]
        together = []
        while changes and changes[0][0] <= end:
            together.append(changes.pop(0))
            end = max(end, together[-1][1])
        versions = []
        for side, pieces in enumerate((ours, others)):
            own = [change for change in together if change[4] == side]
            if own:
                first, last = own[0], own[-1]
                versions.append(pieces[first[2] - (first[0] - start) : last[3] + (end - last[1])])
        if any(version != versions[0] for version in versions):
            return None
        text += origin[done:start] + versions[0]
        done = end
    return "".join(text + origin[done:]).strip()


def _cut(*texts: str) -> list[list[str]] | None:
    """Cut texts into words, or into lines where words are too many to compare; None where lines are, too."""
    for pieces in (_WORD, _LINE):
        lists = [pieces.findall(text) for text in texts]
        counts = [Counter(pieces) for pieces in lists]
        if all(sum(n * b[piece] for piece, n in a.items()) <= _MOST_PAIRS for a, b in combinations(counts, 2)):
            return lists
    return None
