"""Long texts: what their marks mean, that nothing else gets through, and that server and browser agree."""

import json
import random
import re
import shutil
import subprocess

import pytest

from daybook.server.prose_text import RULES, plain, prose
from daybook.server.templates import WEB

PIECES = (
    *("a", "b ", "é", "ñ", "😀", "\u00a0", "\u2028", "**", "*", "_", "__", "~~", "|", "---", "#", "%41", "%zz", "ü.de"),
    *("\n", "\n\n", "\r\n", "\t", "    ", "  ", "- ", "1. ", "2) ", "+ ", "[", "]", "(", ")", "![", "](https://x.org"),
    *("](", "](javascript:", "](//", "](/x", "mailto:", "<", "> ", "&lt;", "&", "\\", "`", "```\n", '"t"', "'", "\x00"),
    *("<b>", "</b>", "<script>", "[a]: /x\n", "[a]", "https://a.b"),
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.<br>\nTwo.</p>\n<p>Three.</p>\n"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("2. a", '<ol start="2">\n<li>a</li>\n</ol>\n'),
        ("[a](https://b.org/c)", '<p><a href="https://b.org/c" rel="nofollow noopener">a</a></p>\n'),
        ("[a](/plans/maple)", '<p><a href="/plans/maple" rel="nofollow noopener">a</a></p>\n'),
        ("# Not a heading", "<p># Not a heading</p>\n"),
        ("`code` ~~gone~~", "<p>`code` ~~gone~~</p>\n"),
        ("![a](https://b.org/c.png)", '<p>!<a href="https://b.org/c.png" rel="nofollow noopener">a</a></p>\n'),
        ("", ""),
    ],
)
def test_marks_mean_what_people_expect(text: str, html: str) -> None:
    assert prose(text) == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "data:image/png;base64,x",
        "file:///etc/passwd",
        "//evil.org",
        "/\\evil.org",
        "\\\\evil.org",
        "intent:x",
    ],
)
def test_a_link_leads_nowhere_unsafe(address: str) -> None:
    for written in (f"[a]({address})", f"[a](<{address}>)"):
        for href in re.findall(r'href="([^"]*)"', prose(written)):
            assert re.match(r"/[^/\\]", href), href


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", '"><b>'])
def test_html_is_text(text: str) -> None:
    assert "<" not in prose(text).removeprefix("<p>").removesuffix("</p>\n")
    assert plain(text) == text


def test_a_text_without_its_marks_is_a_line_for_each_paragraph_and_item() -> None:
    assert plain("We **read**\ntogether.\n\n- [one](https://a.b)\n- _two_") == "We read together.\none\ntwo"


def test_the_browser_has_the_same_rules() -> None:
    module = (WEB / "static/prose-text.js").read_text(encoding="utf-8")
    [listed] = re.findall(r"const RULES = \[(.*?)\n\];", module, re.S)
    assert re.findall(r'"(\w+)"', listed) == [rule for rules in RULES.values() for rule in rules]


def test_server_and_browser_make_the_same_of_any_text() -> None:
    node = shutil.which("node")
    assert node, "Node.js is missing. Debian: apt-get install nodejs"
    chance = random.Random(20260317)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 25))) for _ in range(5_000)]
    script = (
        f"import {{ htmlOf, plain }} from {json.dumps((WEB / 'static/prose-text.js').as_uri())};\n"
        "let read = ''; for await (const part of process.stdin) read += part;\n"
        "console.log(JSON.stringify(JSON.parse(read).map((text) => [htmlOf(text), plain(text)])));"
    )
    asked = [node, "--input-type=module", "--eval", script]
    answer = subprocess.run(asked, input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=60)
    for text, made in zip(texts, json.loads(answer.stdout), strict=True):
        assert [str(prose(text)), plain(text)] == made, repr(text)
