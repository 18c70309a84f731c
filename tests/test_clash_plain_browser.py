"""Two people word the same passage, and the second one's scripts do not run: both texts, and a way to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.outcomes_demo import ADDRESS, TRIAL, begin_trial, propose
from tests.plan_on_server import AT, IF, PLAN, draft
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

PASSAGE = "strategy:aloud:if"


def writing(sign_in: SignIn, server: Server, form: str = f"word-passage@{PASSAGE}") -> Page:
    """Begin a plan, and open a form of it."""
    draft(server)
    return sign_in(server, "principal", f"{AT}?open={form}", java_script_enabled=False)


def they_write(server: Server, text: str, passage: str = PASSAGE, person: str = "teacher") -> None:
    server.do(person, "word-passage", plan=PLAN, passage=passage, wording="theirs", replaces="aloud", text=text)


def now(page: Page) -> str:
    """The passage as it stands, read anew."""
    page.goto(AT)
    return page.locator(f'[data-place="{PASSAGE}"] .prose-text').inner_text()


def test_changes_that_do_not_touch_are_put_together(demo: Server, sign_in: SignIn) -> None:
    page = writing(sign_in, demo)
    page.get_by_label("Text", exact=True).fill(IF.replace("aloud", "aloud, loudly,"))
    they_write(demo, IF.replace("every morning", "each day"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("Compare both and decide.")
    sides = page.locator(".sides section")
    expect(sides.nth(0)).to_contain_text(IF)
    expect(sides.nth(1).locator("ins")).to_have_text("each day")
    expect(sides.nth(1).locator("del")).to_have_text("every morning")
    expect(sides.nth(2).locator("ins")).to_contain_text("loudly")
    both = IF.replace("aloud", "aloud, loudly,").replace("every morning", "each day")
    expect(page.get_by_label("Text", exact=True)).to_have_value(both)
    page.get_by_role("button", name="Save these words").click()
    assert now(page) == both


def test_where_both_changed_the_same_words_their_author_decides(demo: Server, sign_in: SignIn) -> None:
    page = writing(sign_in, demo)
    page.get_by_label("Text", exact=True).fill("We read at noon.")
    they_write(demo, "We read at night.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".clash")).to_contain_text("Tomás Herrera put this into other words while you wrote.")
    expect(page.get_by_role("button", name="Put both together")).to_have_count(0)
    text = page.get_by_label("Text", exact=True)
    expect(text).to_have_value("We read at noon.")
    page.get_by_role("button", name="Write the other text below").click()
    expect(text).to_have_value("We read at night.")
    text.fill("")
    page.get_by_role("button", name="Save these words").click()
    expect(page.locator(".sides ins")).to_have_text(
        ["at night", "at noon"]
    )  # refused for another reason: both still stand
    page.get_by_role("button", name="Write what I wrote below").click()
    expect(text).to_have_value("We read at noon.")
    page.get_by_role("button", name="Save these words").click()
    assert now(page) == "We read at noon."


def test_whoever_is_overtaken_once_more_compares_with_the_newest(demo: Server, sign_in: SignIn) -> None:
    page = writing(sign_in, demo)
    page.get_by_label("Text", exact=True).fill("We read at noon.")
    they_write(demo, "We read at night.")
    page.get_by_role("button", name="Save", exact=True).click()
    third = {"passage": PASSAGE, "wording": "third", "replaces": "theirs", "text": "We read at dawn."}
    demo.do("teacher", "word-passage", plan=PLAN, **third)
    page.get_by_role("button", name="Save these words").click()
    sides = page.locator(".sides section")
    expect(sides.nth(0)).to_contain_text("We read at night.")
    expect(sides.nth(1).locator("ins")).to_have_text("dawn")
    page.get_by_role("button", name="Save these words").click()
    assert now(page) == "We read at noon."


def test_enter_in_a_title_saves_what_stands_in_it(demo: Server, sign_in: SignIn) -> None:
    page = writing(sign_in, demo, "word-title@strategy:aloud:title")
    title = page.get_by_label("Title", exact=True)
    title.fill("Reading at noon")
    they_write(demo, "Reading at night", "strategy:aloud:title")
    title.press("Enter")
    expect(page.locator(".clash")).to_be_visible()
    title.fill("Reading at dawn")
    title.press("Enter")
    expect(page.locator("#strategy-aloud .title-text")).to_have_text("Reading at dawn")


def test_words_of_june_outcomes_are_compared_too(demo: Server, sign_in: SignIn) -> None:
    begin_trial(demo)
    propose(demo, "readers")
    form = "word-outcome@readers:measure:en"
    page = sign_in(demo, "teacher", f"{ADDRESS}?open={form}", java_script_enabled=False)
    text = page.get_by_label("Text", exact=True)
    before = text.input_value()
    text.fill(f"{before} And more.")
    theirs = {"passage": "readers:measure:en", "wording": "w1", "text": f"Indeed: {before}", "replaces": "readers"}
    demo.do("principal", "word-outcome", **TRIAL, **theirs)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".sides section")).to_have_count(3)
    expect(text).to_have_value(f"Indeed: {before} And more.")
    page.get_by_role("button", name="Save these words").click()
    expect(page.locator("#outcome-readers")).to_contain_text(f"Indeed: {before} And more.")


def test_words_that_one_wrote_oneself_on_another_device_are_said_to_be_ones_own(demo: Server, sign_in: SignIn) -> None:
    page = writing(sign_in, demo)
    page.get_by_label("Text", exact=True).fill("We read at noon.")
    they_write(demo, "We read at night.", person="principal")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".clash")).to_contain_text("You put this into other words elsewhere while you wrote.")
