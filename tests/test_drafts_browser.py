"""What is typed and not sent: it outlasts a browser that is killed, and the tabs that held it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from daybook.server.guard import COOKIE
from tests.plan_on_server import AT, IF, draft
from tests.server_fixtures import Server
from tests.test_plan_browser import edit, is_live, place

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

WHERE = "strategy:aloud:if"
_COPIED = """(text) => new Promise((done) => {
    const asked = indexedDB.open("daybook-drafts");
    asked.onsuccess = () => {
        const all = asked.result.transaction("copies").objectStore("copies").getAll();
        all.onsuccess = () => { asked.result.close(); done(JSON.stringify(all.result).includes(text)); };
    };
})"""


def is_copied(page: Page, text: str) -> None:
    """Wait until the device has a copy of what was typed last."""
    page.wait_for_function(f"(text) => ({_COPIED})(text)", arg=text)


def test_what_was_typed_last_outlasts_a_browser_that_is_killed(
    demo: Server, chromium: Browser, chromium_path: str, tmp_path: Path
) -> None:
    draft(demo)

    def opened() -> Page:
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium_path, args=["--no-sandbox"], base_url=demo.url
        )
        context.add_cookies([{"name": COOKIE, "value": demo.token("principal"), "url": demo.url}])
        context.pages[0].goto(AT)
        return is_live(context.pages[0])

    page = opened()
    form = edit(page, WHERE, "")
    form.locator("textarea").press_sequentially("Half a sentence and")
    is_copied(page, "Half a sentence and")
    with pytest.raises(Error, match=r"closed|crash"):
        page.context.new_cdp_session(page).send("Browser.crash")
    page = opened()
    expect(place(page, WHERE).locator("textarea")).to_have_value("Half a sentence and")
    page.context.close()


def test_what_two_tabs_held_of_one_form_comes_back_one_after_the_other(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    first = is_live(sign_in(demo, "principal", AT))
    second = first.context.new_page()
    second.goto(AT)
    is_live(second)
    edit(first, WHERE, "If the first tab writes")
    is_copied(first, "If the first tab writes")
    edit(second, WHERE, "If the second tab writes")
    is_copied(second, "If the second tab writes")
    third = first.context.new_page()
    for tab in (first, second):
        tab.close()
    third.goto(AT)
    form = place(is_live(third), WHERE).locator("form.fields")
    expect(form.locator("textarea")).to_have_value("If the second tab writes")
    expect(form).to_contain_text("Something else you wrote came back and waits until this form is empty.")
    form.get_by_role("button", name="Save").first.click()
    expect(form.locator("textarea")).to_have_value("If the first tab writes")
    expect(form).to_contain_text("You wrote this in another tab.")


def test_the_words_written_last_in_a_form_stand_in_it_whatever_was_written_since_in_others(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    first = is_live(sign_in(demo, "principal", AT))
    edit(first, WHERE, "If the first tab begins")
    is_copied(first, "If the first tab begins")
    second = first.context.new_page()
    second.goto(AT)
    place(is_live(second), WHERE).locator("textarea").fill("If the second tab goes on")
    is_copied(second, "If the second tab goes on")
    edit(first, "strategy:aloud:then", "then the first writes elsewhere")
    is_copied(first, "then the first writes elsewhere")
    third = first.context.new_page()
    for tab in (first, second):
        tab.close()
    third.goto(AT)
    expect(place(is_live(third), WHERE).locator("textarea")).to_have_value("If the second tab goes on")
    expect(place(third, "strategy:aloud:then").locator("textarea")).to_have_value("then the first writes elsewhere")


def test_what_was_saved_does_not_come_back(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    form = edit(page, WHERE, f"{IF}!")
    is_copied(page, f"{IF}!")
    form.get_by_role("button", name="Save").click()
    expect(place(page, WHERE).locator(".prose-text")).to_have_text(f"{IF}!")
    page.wait_for_function(f"async (text) => !(await ({_COPIED})(text))", arg=f"{IF}!")
    fresh = page.context.new_page()
    page.close()
    fresh.goto(AT)
    expect(place(is_live(fresh), WHERE).locator("form.fields")).to_have_count(0)
