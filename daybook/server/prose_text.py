"""Long texts as people type them: a small part of Markdown, the same on the server and in the browser.

Paragraphs, line breaks, emphasis, strong, lists and links; anything else stays the characters it is. HTML is never
taken over, and a link leads to another site, to an e-mail address or to a page of this one, or it is
no link. `static/prose-text.js` has the same rules, and a test compares what both make of the same text.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

RULES = {
    "core": ["normalize", "block", "inline", "text_join"],
    "block": ["paragraph", "list"],
    "inline": ["text", "newline", "escape", "emphasis", "link", "balance_pairs", "fragments_join"],
}
# Both sides strip spaces, and do not agree on what is one: these become plain spaces first.
_SPACES = re.compile(
    "[\\u000b\\u000c\\u001c-\\u001f\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]"
)
_LINE_ENDS = re.compile(r"[ \t]+(?=[\r\n]|\Z)")
_SAFE = re.compile(r"(?:https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return _SAFE.match(url) is not None


def _tidy(text: str) -> str:
    return _LINE_ENDS.sub("", _SPACES.sub(" ", text))


def _reader() -> MarkdownIt:
    reader = _Reader("zero", {"html": False, "breaks": True, "linkify": False, "typographer": False})
    reader.enable([rule for rules in RULES.values() for rule in rules])
    # Four spaces are no code here, and yet keep what follows them from beginning a list, as they do in the browser.
    reader.block.ruler.at("code", lambda *_: False)
    reader.enable("code")
    reader.add_render_rule("link_open", _link)
    return reader


def _link(renderer: object, tokens: list[Token], place: int, options: object, _env: object) -> str:
    """Tell search engines and other sites nothing about us by a link that anyone may have typed."""
    tokens[place].attrSet("rel", "nofollow noopener")
    return renderer.renderToken(tokens, place, options, _env)  # type: ignore[attr-defined, no-any-return]


_READER = _reader()


@lru_cache(maxsize=4096)
def prose(text: str) -> Markup:
    """Return a text as HTML, in paragraphs and lists."""
    return Markup(_READER.render(_tidy(text)))  # noqa: S704  (all of it escaped by the renderer, whose HTML is off)


def parsed(text: str) -> list[Token]:
    """Return a text as the reader's tokens, for those who set it in another form than HTML."""
    return _READER.parse(_tidy(text))


def plain(text: str) -> str:
    """Return a text without its marks: a line for each paragraph and list item, for titles, tables and files."""
    lines: list[str] = []
    for token in parsed(text):
        if token.type == "inline":
            lines.append("".join(_said(child) for child in token.children or []))
    return "\n".join(lines)


def _said(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content
