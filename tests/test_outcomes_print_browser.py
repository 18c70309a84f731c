"""June Outcomes printed from their page by a browser: one page of Letter and of A4, whatever letters the reader has."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

import daybook
from tests.outcomes_demo import ADDRESS, TRIAL, adopted, draft
from tests.server_fixtures import Server
from tests.test_outcomes_browser import edit, is_live, text

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

WEB = Path(daybook.__file__).parent / "web"
SCHOOLS = ("maple", "cedar", "olive", "redwood")
ONE = {"Letter": 1, "A4": 1}
LONG = "Grade-level teams meet every week and look at what their pupils wrote, read and said. "

HEARING = """() => {
  document.activeElement.setSelectionRange(7, 30);
  document.activeElement.scrollTop = 90;
  window.heard = [];
  const kinds = ["focusin", "focusout", "resize", "transitionrun"];
  for (const kind of kinds) addEventListener(kind, () => heard.push(kind), true);
}"""
NOW = """async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const { name, value, scrollTop, selectionStart, selectionEnd } = document.activeElement;
  const style = document.getElementById("outcomes").style.cssText;
  const field = { name, value, scrollTop, selectionStart, selectionEnd };
  return { at: [scrollX, scrollY], ...field, style, heard, frames: frames.length };
}"""


def pages(page: Page) -> dict[str, int]:
    """Count the pages of print on each size of paper. The browser says first that it is about to print."""
    return {size: len(PdfReader(BytesIO(page.pdf(format=size))).pages) for size in ("Letter", "A4")}


def measured(page: Page) -> float:
    """Wait until the scripts can measure, and return the size of letters that they find."""
    found: Any = page.wait_for_function(
        """() => {
          const { style } = document.getElementById("outcomes");
          dispatchEvent(new Event("beforeprint"));
          const found = style.getPropertyValue("--points");
          dispatchEvent(new Event("afterprint"));
          return found;
        }"""
    ).json_value()
    return float(found)


def with_letters(page: Page, family: str) -> None:
    """Let what the style sheets call the reader's own font be another one."""
    source = (WEB / "static" / "app.css").read_text(encoding="utf-8")
    body, replaced = re.subn(r"--sans: .*;", f"--sans: {family};", source)
    assert replaced == 1
    page.route("**/app.css", lambda route: route.fulfill(body=body, content_type="text/css"))


def samples(server: Server) -> list[str]:
    """List every June Outcomes of the sample network."""
    schools = [server.ask("GET", f"/api/v1/views/school:{school}", "auditor").json() for school in SCHOOLS]
    return [
        key.removeprefix("outcomes:") for school in schools for key in school["view"] if key.startswith("outcomes:")
    ]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("scripts", [True, False])
def test_every_sample_is_one_page_of_print(standing_demo: Server, sign_in: SignIn, lang: str, *, scripts: bool) -> None:
    page = sign_in(standing_demo, "auditor", "/", java_script_enabled=scripts)
    found = {}
    for name in samples(standing_demo):
        page.goto(f"/outcomes/{name}?lang={lang}")
        if scripts:
            measured(page)
        found[name] = pages(page)
    assert len(found) >= 9
    assert found == dict.fromkeys(found, ONE)


def test_the_letters_are_as_large_as_the_readers_own_font_allows(standing_demo: Server, sign_in: SignIn) -> None:
    found = {}
    for family in ("sans-serif", "monospace"):
        page = sign_in(standing_demo, "auditor", "/health/live")  # which has no style sheet to keep
        with_letters(page, family)
        page.goto("/outcomes/maple-2024?lang=en")
        found[family] = measured(page)
        assert pages(page) == ONE
    assert 9 <= found["monospace"] < found["sans-serif"] <= 11


def test_words_that_came_since_are_measured_too(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    principal = is_live(sign_in(demo, "principal", ADDRESS))
    assert measured(principal) == 11
    for number, part in enumerate(("measure", "school", "home-office")):
        about = {"passage": f"readers:{part}:en", "wording": f"w{number}", "replaces": "readers", "reason": "More"}
        demo.do("coach", "amend-outcome", **TRIAL, **about, text=LONG * 8)
        expect(principal.locator(text(principal, part))).to_contain_text(LONG * 3)
    assert 9 < measured(principal) < 11
    assert pages(principal) == ONE


def test_what_is_too_long_in_the_smallest_letters_goes_on_to_a_second_page(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    about = {"passage": "readers:school:en", "wording": "w1", "replaces": "readers", "reason": "More"}
    demo.do("coach", "amend-outcome", **TRIAL, **about, text="\n\n".join([LONG] * 50))
    principal = is_live(sign_in(demo, "principal", ADDRESS))
    assert measured(principal) == 9
    assert min(pages(principal).values()) > 1
    expect(principal.locator("#signing .fit").first).to_contain_text("Does not fit on one page")


def test_printing_leaves_alone_what_is_on_screen(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    teacher = is_live(sign_in(demo, "teacher", ADDRESS, viewport={"width": 390, "height": 500}))
    edit(teacher, "How we will know", LONG * 40)
    measured(teacher)
    teacher.evaluate(HEARING)
    before = teacher.evaluate(NOW)
    assert before["at"][1] > 0
    assert {name: before[name] for name in ("name", "scrollTop", "selectionEnd")} == {
        "name": "text",
        "scrollTop": 90,
        "selectionEnd": 30,
    }
    measured(teacher)
    assert teacher.evaluate(NOW) == before | {"heard": [], "frames": 0, "style": ""}


def test_the_page_and_its_styles_know_the_sizes_of_the_pdf() -> None:
    source = (WEB / "paper" / "outcomes.typ").read_text(encoding="utf-8")
    [sizes] = re.findall(r"^#let sizes = \((.*)\)", source, re.M)
    points = [float(size) for size in re.findall(r"([\d.]+)pt", sizes)]
    script = (WEB / "static" / "outcomes-print.js").read_text(encoding="utf-8")
    assert [float(said) for said in re.findall(r"^const (?:LARGEST|SMALLEST) = ([\d.]+);", script, re.M)] == [
        points[0],
        points[-1],
    ]
    styles = (WEB / "static" / "outcomes.css").read_text(encoding="utf-8")
    assert [float(said) for said in re.findall(r'data-points="([\d.]+)"', styles)] == points[1:]
