"""Passages as data for the templates of `web/paper`: paragraphs, lists and emphasis as structure, never as markup.

The fact a newcomer would get wrong: a character that no font has would make the document one that a screen
reader stumbles over, and the press refuses it. So what these fonts lack becomes a hollow square, and the
document says that it does; `lacking` counts them.
"""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

from daybook.server.prose_text import parsed
from daybook.server.templates import Language

# What the fonts of the typst wheel (Libertinus Serif, New Computer Modern, DejaVu Sans Mono) have between them, of what
# is typed here: Latin with its marks, Greek, Cyrillic, punctuation, currencies, arrows, figures. A test asks them.
_LACKING = re.compile(
    "[^\\u0020-\\u007e\\u00a0-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u0484\\u0487-\\u04ff"
    "\\u1e00-\\u1eff\\u2010-\\u2027\\u2030-\\u2040\\u2044-\\u2052\\u2070\\u2071\\u2074-\\u208e\\u20a0-\\u20c0\\u2100-\\u211e"
    "\\u2122\\u2126-\\u214f\\u2153-\\u2184\\u2190-\\u23ff\\u2460-\\u257f\\u25a0-\\u2606\\u2609-\\u262f\\u2713\\u2714\\u2717]"
)
_UNSEEN = re.compile("[\\u200b-\\u200d\\u2060\\ufe00-\\ufe0f\\u00ad]")
_FOREIGN = re.compile(r"https?://|mailto:", re.IGNORECASE)
INSTEAD = "\N{WHITE SQUARE}"

Data = dict[str, Any]


def line(text: str) -> str:
    """Return one line, such as a name, in characters that can be printed."""
    return _LACKING.sub(INSTEAD, _UNSEEN.sub("", " ".join(text.split())))


def lacking(text: str) -> int:
    """Count the characters of a text that cannot be printed."""
    return len(_LACKING.findall(_UNSEEN.sub("", " ".join(text.split()))))


def passage(text: str, lang: Language, note: str | None = None) -> Data:
    """Return a text as blocks, the language it is in, and what there is to say about it."""
    return {"lang": lang, "blocks": blocks(text), "note": note}


def blocks(text: str) -> list[Data]:
    """Return the paragraphs and lists of a text."""
    return _blocks(iter(parsed(text)))


def _blocks(tokens: Iterator[Token], until: str = "") -> list[Data]:
    made: list[Data] = []
    for token in tokens:
        match token.type:
            case "paragraph_open" | "paragraph_close":
                pass
            case "inline":
                made.append({"kind": "paragraph", "of": _inline(iter(token.children or ()))})
            case "bullet_list_open":
                made.append({"kind": "bullets", "items": _items(tokens, "bullet_list_close")})
            case "ordered_list_open":
                start = int(token.attrGet("start") or 1)
                made.append({"kind": "numbers", "start": start, "items": _items(tokens, "ordered_list_close")})
            case kind if kind == until:
                break
            case kind:
                raise ValueError(f"{kind} is no part of a text that can be set")
    return made


def _items(tokens: Iterator[Token], until: str) -> list[list[Data]]:
    items = []
    for token in tokens:
        if token.type == until:
            break
        items.append(_blocks(tokens, "list_item_close"))
    return items


def _inline(tokens: Iterator[Token], until: str = "") -> list[Data]:
    made: list[Data] = []
    for token in tokens:
        match token.type:
            case "text":
                made.append({"kind": "text", "text": _LACKING.sub(INSTEAD, _UNSEEN.sub("", token.content))})
            case "softbreak" | "hardbreak":
                made.append({"kind": "break"})
            case "em_open":
                made.append({"kind": "emphasis", "of": _inline(tokens, "em_close")})
            case "strong_open":
                made.append({"kind": "strong", "of": _inline(tokens, "strong_close")})
            case "link_open":
                to, of = str(token.attrGet("href") or ""), _inline(tokens, "link_close")
                # A page of Daybook itself has no address on paper; its name is enough.
                made += [{"kind": "link", "to": to, "of": of}] if _FOREIGN.match(to) else of
            case kind if kind == until:
                break
            case kind:
                raise ValueError(f"{kind} is no part of a line that can be set")
    return made
