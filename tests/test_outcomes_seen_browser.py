"""The page of June Outcomes as it is seen: on paper, by keyboard, with axe, with two hundred of everything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.accessibility import is_for_everyone
from tests.outcomes_demo import ADDRESS, OUTCOMES, TRIAL, adopted, begin_trial, draft, propose
from tests.server_fixtures import Server
from tests.test_outcomes_browser import READERS, is_live, text, word

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


def test_the_page_says_whether_it_fits_on_paper(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    principal = is_live(sign_in(demo, "principal", ADDRESS))
    expect(principal.locator("#signing .fit")).to_contain_text("Fits on one page", timeout=20_000)
    for number, part in enumerate(("statement", "measure", "school", "home-office")):
        about = {"passage": f"readers:{part}:en", "wording": f"w{number}", "replaces": "readers", "reason": "More"}
        demo.do("principal", "amend-outcome", **TRIAL, **about, text="A long story about reading at our school. " * 40)
    fit = principal.locator("#signing .fit")
    expect(fit.first).to_contain_text("Does not fit on one page", timeout=20_000)
    expect(fit.last).to_contain_text("In Spanish it is")  # where the English stands in


def test_everything_is_done_by_keyboard_and_focus_is_never_lost(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    principal = is_live(sign_in(demo, "principal", ADDRESS))
    opener = principal.locator(READERS).get_by_role("button", name="Edit How we will know", exact=True)
    opener.press("Enter")
    expect(principal.get_by_label("Text", exact=True)).to_be_focused()
    principal.keyboard.press("Control+A")
    principal.keyboard.type("By tests.")
    principal.keyboard.press("Control+Enter")
    expect(principal.locator(text(principal, "measure"))).to_have_text("By tests.")
    expect(opener).to_be_focused()
    opener.press(" ")
    principal.keyboard.press("Escape")
    expect(opener).to_be_focused()
    endorse = principal.get_by_role("button", name="Endorse Outcome 1")
    endorse.press("Enter")
    expect(principal.get_by_text("Endorsed by 1")).to_be_visible()
    assert principal.evaluate("document.activeElement !== document.body")
    menu = principal.locator(f"{READERS} > .menu > summary")
    menu.press("Enter")
    principal.get_by_role("button", name="Move down Outcome 1").press("Enter")
    expect(principal.locator("article.outcome").nth(1)).to_have_id("outcome-readers")
    assert principal.evaluate("document.activeElement !== document.body")
    menu.press("Enter")
    principal.keyboard.press("Escape")
    expect(menu).to_be_focused()
    sign = principal.get_by_role("button", name="Sign for the school")
    sign.press("Enter")
    expect(principal.locator("#signing")).to_contain_text("Patricia Moreno")
    expect(principal.locator("#signing-title")).to_be_focused()


def test_axe_finds_nothing_and_nothing_overflows(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    demo.do("family", "comment-on-outcome", **TRIAL, outcome="readers", comment="c1", text="W" * 200)
    spanish = {"passage": "readers:measure:es", "wording": "s1", "text": "Por los registros.", "of": "readers"}
    demo.do("teacher", "word-outcome", **TRIAL, **spanish)
    word(demo, "principal", "By the records.", wording="w1")
    opened = f"{ADDRESS}?lang=es&beside=1&open=comment-on-outcome@readers"
    for path in (ADDRESS, opened, f"{ADDRESS}?open=propose-outcome@page&lang=en", "/outcomes/new?school=cedar"):
        page = sign_in(demo, "principal", path)
        if "new" not in path:
            expect(page.locator("#connection")).to_contain_text(re.compile("Live|En vivo"))
        is_for_everyone(page, path)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_adopted_page_is_one_page_of_print(demo: Server, sign_in: SignIn, paper: str, lang: str) -> None:
    adopted(demo)
    principal = sign_in(demo, "principal", f"{ADDRESS}?lang={lang}")
    expect(principal.locator("#connection")).to_contain_text(re.compile("Live|En vivo"))
    printed = principal.pdf(format=paper, prefer_css_page_size=False)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1
    principal.emulate_media(media="print")
    for hidden in (".tools", ".voices", "#connection", ".menu"):
        assert not principal.locator(hidden).first.is_visible(), hidden
    for id in OUTCOMES:
        expect(principal.locator(f"#outcome-{id} .aims")).to_be_visible()
    expect(principal.locator("#signing")).to_contain_text("Daniel Reyes")


def test_two_hundred_comments_and_many_outcomes_are_bearable(demo: Server, sign_in: SignIn) -> None:
    begin_trial(demo)
    propose(demo, "readers")
    for number in range(60):
        about = {"outcome": "readers", "comment": f"c{number}", "text": f"Comment {number}"}
        demo.do("family", "comment-on-outcome", **TRIAL, **about)
    page = is_live(sign_in(demo, "teacher", ADDRESS))
    page.locator("summary", has_text="60 comments").click()
    expect(page.locator(".comment-list > li")).to_have_count(60)
    demo.do("principal", "comment-on-outcome", **TRIAL, outcome="readers", comment="last", text="And one more")
    expect(page.locator(".comment-list > li").last).to_contain_text("And one more")


REGIONS = ("progress", "document-body", "signing-body", "gone-body")


@pytest.mark.parametrize("person", ["principal", "family", "auditor"])
@pytest.mark.parametrize("query", ["lang=en", "lang=es", "lang=en&beside=1"])
@pytest.mark.parametrize("outcomes", ["maple-2024", "maple-2026"])
def test_server_and_browser_say_the_same(
    standing_demo: Server, sign_in: SignIn, outcomes: str, query: str, person: str
) -> None:
    def said(*, scripts: bool) -> dict[str, str]:
        page = sign_in(standing_demo, person, f"/outcomes/{outcomes}?{query}", java_script_enabled=scripts)
        if scripts:
            expect(page.locator("#connection")).to_contain_text(re.compile("Live|En vivo"))
        found = {id: "".join((page.locator(f"#{id}").text_content() or "").split()) for id in REGIONS}
        page.context.close()
        return found

    drawn = said(scripts=True)
    # Whether it fits on paper is asked for by scripts.
    drawn["signing-body"] = re.split("Fits|Cabe", drawn["signing-body"])[0]
    assert drawn == said(scripts=False)
