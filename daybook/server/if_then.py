"""The two halves of a strategy, “if …” and “then …”: whoever wrote one may have begun it with that word.

`static/if-then.js` has the same rule, and a test compares both.
"""

import re
from typing import Literal

Half = Literal["if", "then"]

_BEGINNINGS: dict[Half, re.Pattern[str]] = {
    "if": re.compile(r"(?:if|si)\b", re.IGNORECASE),
    "then": re.compile(r"(?:then|entonces)\b", re.IGNORECASE),
}


def says_itself(text: str | None, half: Half) -> bool:
    """Tell whether half a strategy begins with its own “if” or “then”, in either language, so that no label has to."""
    return bool(text and _BEGINNINGS[half].match(text.lstrip()))
