"""What was just done in passing can be taken back: words that were let go, and a part that was dropped elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests import outcomes_demo
from tests.accessibility import faults
from tests.plan_on_server import AT, draft
from tests.server_fixtures import MAPLE, Server
from tests.test_drag_browser import drag, has_order
from tests.test_plan_browser import edit, is_live, place

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

WORDS = "Every child reads.\n\nAt school and at home."


def let_go(page: Page) -> Page:
    expect(page.locator("#undo")).to_contain_text("You let go of what you had written.")
    return page


@pytest.mark.parametrize("by", ["button", "keys"])
def test_words_that_were_let_go_come_back(demo: Server, sign_in: SignIn, by: str) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    edit(page, "vision", WORDS).get_by_role("button", name="Cancel").click()
    expect(let_go(page).locator("#said")).to_contain_text("Ctrl+Z brings it back.")
    if by == "button":
        page.get_by_role("button", name="Bring it back").click()
    else:
        page.keyboard.press("Control+z")
    form = place(page, "vision").locator("form.fields")
    expect(form.locator("textarea")).to_have_value(WORDS)
    expect(form.locator("textarea")).to_be_focused()
    expect(page.locator("#undo")).to_be_empty()
    form.get_by_role("button", name="Save").click()
    expect(place(page, "vision").locator(".prose-text p")).to_have_text(
        ["Every child reads.", "At school and at home."]
    )


def test_nothing_is_offered_where_nothing_was_written_and_once_something_else_was_done(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    place(page, "vision").get_by_role("button", name="Edit").click()
    place(page, "vision").get_by_role("button", name="Cancel").click()
    expect(place(page, "vision").locator("form.fields")).to_have_count(0)
    expect(page.locator("#undo")).to_be_empty()
    edit(page, "vision", WORDS).get_by_role("button", name="Cancel").click()
    form = edit(let_go(page), "strategy:aloud:then", "Books.")
    page.keyboard.press("Control+z")  # in a field, that is the browser's
    form.locator("textarea").fill("Books.")
    let_go(page)
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#undo")).to_be_empty()
    edit(page, "vision", WORDS).get_by_role("button", name="Cancel").click()
    let_go(page).locator("#undo").get_by_role("button", name="Dismiss").click()
    expect(page.locator("#undo")).to_be_empty()


def test_a_part_that_was_dropped_goes_back(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    drag(page, "action:time", "action:books", "before")
    has_order(page, "action", "time", "books")
    page.get_by_role("button", name="Move it back").click()
    has_order(page, "action", "books", "time")
    expect(page.locator("#undo")).to_be_empty()


def test_what_a_menu_moved_or_retired_goes_back(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    books = page.locator("#action-books")
    books.locator("summary", has_text="More for").click()
    books.get_by_role("button", name="Move down").click()
    has_order(page, "action", "time", "books")
    page.get_by_role("button", name="Move it back").click()
    has_order(page, "action", "books", "time")
    books.locator("summary", has_text="More for").click()
    books.get_by_role("button", name="Retire").click()
    page.get_by_label("Why it is no longer pursued").fill("Bought already.")
    page.get_by_role("button", name="Retire it").click()
    expect(books).to_contain_text("Retired")
    page.locator("#undo").get_by_role("button", name="Restore").click()
    expect(books).not_to_contain_text("Retired")
    expect(page.locator("#undo")).to_be_empty()


def test_an_outcome_that_was_left_out_is_taken_in_again(demo: Server, sign_in: SignIn) -> None:
    outcomes_demo.draft(demo)
    page = is_live(sign_in(demo, "principal", outcomes_demo.ADDRESS))
    outcomes_demo.leave_out_the_first(page)
    page.locator("#undo").get_by_role("button", name="Take it in again").click()
    expect(page.locator(".outcome").first).to_have_attribute("id", "outcome-readers")


def test_an_outcome_that_was_dropped_goes_back(demo: Server, sign_in: SignIn) -> None:
    outcomes_demo.draft(demo)
    page = is_live(sign_in(demo, "principal", outcomes_demo.ADDRESS))
    expect(page.locator(".can-drag")).to_be_attached()
    last, first = page.locator("#outcome-culture .drag-handle"), page.locator("#outcome-readers")
    last.scroll_into_view_if_needed()
    last.hover()
    page.mouse.down()
    page.mouse.move(300, 300, steps=3)
    first.scroll_into_view_if_needed()
    box = first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 3, steps=5)
    expect(page.locator(".drop-line")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".outcome").first).to_have_attribute("id", "outcome-culture")
    page.get_by_role("button", name="Move it back").click()
    expect(page.locator(".outcome").last).to_have_attribute("id", "outcome-culture")


@pytest.mark.parametrize("width", [1440, 390])
def test_in_the_room_a_note_comes_back_and_the_offer_is_for_everyone(demo: Server, sign_in: SignIn, width: int) -> None:
    note = {"source": "data", "stance": "supports", "indicators": ["CI.2"], "text": "Most read aloud."}
    demo.do("facilitator", "open-review", review=MAPLE)
    demo.do("reviewer-1", "add-evidence", review=MAPLE, evidence="e-1", **note)
    page = is_live(
        sign_in(
            demo, "reviewer-1", f"/reviews/{MAPLE}?indicator=CI.2#evidence", viewport={"width": width, "height": 844}
        )
    )
    page.get_by_role("button", name="Revise").click()
    page.locator("#text-e-1").fill("Most read aloud, each day.")
    page.get_by_role("button", name="Cancel").click()
    assert faults(let_go(page)) == []
    page.keyboard.press("Control+z")
    expect(page.locator("#text-e-1")).to_have_value("Most read aloud, each day.")
