"""Words that are not saved yet: nobody's are written over unread, and their author knows where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import outcomes_demo
from tests.plan_on_server import AT, IF, PLAN, adopted, draft
from tests.server_fixtures import Server
from tests.test_plan_browser import close_refinement, edit, is_live, place

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

MINE = IF.replace("every morning", "every single morning")
THEIRS = IF.replace("what we read", "the stories we read")
BOTH = MINE.replace("what we read", "the stories we read")


def reword(server: Server, text: str = THEIRS) -> None:
    """Have the teacher put the same words otherwise."""
    words = {"passage": "strategy:aloud:if", "wording": "w-2", "replaces": "aloud", "text": text}
    server.do("teacher", "word-passage", plan=PLAN, **words)


def test_whoever_saves_without_deciding_saves_both_changes_once_they_have_read_them(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    form = edit(page, "strategy:aloud:if", MINE)
    reword(demo)
    form.get_by_role("button", name="Save these words").click(delay=1_200)  # the button rests at first
    expect(form.locator("textarea")).to_have_value(BOTH)
    expect(form.locator("textarea")).to_be_focused()
    expect(page.locator("#said")).to_have_text("Both changes stand in the box now. Read them, then save.")
    form.get_by_role("button", name="Save these words").click()
    expect(place(page, "strategy:aloud:if").locator(".prose-text")).to_have_text(BOTH)


def test_whoever_chose_their_own_words_saves_those(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    form = edit(page, "strategy:aloud:if", MINE)
    reword(demo)
    form.get_by_role("button", name="Write what I wrote below").click()
    save = form.get_by_role("button", name="Save these words")
    expect(save).not_to_have_attribute("aria-disabled", "true")
    save.click()
    expect(place(page, "strategy:aloud:if").locator(".prose-text")).to_have_text(MINE)


def test_what_comes_up_above_leaves_the_box_in_sight(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT, viewport={"width": 1180, "height": 520}))
    form = edit(page, "strategy:aloud:if", MINE)
    box = form.locator("textarea")
    box.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().bottom - innerHeight + 10)")
    reword(demo, "\n\n".join([IF] * 6))
    expect(form.locator(".clash")).to_be_attached()
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()


def test_folded_words_are_marked_and_found_again_also_once_they_cannot_be_saved(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    page = is_live(sign_in(demo, "principal", AT))
    edit(page, "strategy:aloud:if", MINE)
    page.keyboard.press("Escape")
    expect(page.locator("#said")).to_have_text("Folded. What you wrote is kept here, and is not saved yet.")
    opener = place(page, "strategy:aloud:if").get_by_role("button", name="Edit")
    expect(opener).to_be_focused()
    expect(opener).to_contain_text("not saved yet")
    close_refinement(demo)
    expect(page.locator("#refining")).to_have_count(0)
    opener.press("Enter")
    form = place(page, "strategy:aloud:if").locator("form.fields")
    expect(form.locator("textarea")).to_have_value(MINE)
    expect(form.get_by_role("alert")).to_contain_text("No refinement is open any more")
    form.get_by_role("button", name="Cancel").click()
    expect(opener).to_have_count(0)


def test_what_was_sent_is_said_once_it_is_received(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    page.context.set_offline(True)
    expect(page.locator("#said")).to_contain_text("The connection is lost.", timeout=60_000)
    edit(page, "vision", "All read.").get_by_role("button", name="Save").click()
    expect(page.locator("#said")).to_have_text("Kept on this device. It is sent once there is a connection.")
    page.context.set_offline(False)
    expect(page.locator("#said")).to_have_text("Noted.", timeout=60_000)


def test_what_was_refused_is_not_said_to_be_noted(demo: Server, sign_in: SignIn) -> None:
    outcomes_demo.draft(demo)
    page = is_live(sign_in(demo, "principal", outcomes_demo.ADDRESS))
    page.evaluate(
        "() => new MutationObserver(() => { window.heard = [...(window.heard ?? []), said.textContent]; })"
        ".observe(said, { childList: true, characterData: true, subtree: true })"
    )
    outcomes_demo.ask_to_adopt(page)
    expect(page.get_by_role("alert")).to_contain_text("Neither the school nor the home office has signed")
    assert "Noted." not in (page.evaluate("window.heard") or [])


def test_the_focus_follows_an_outcome_that_is_left_out_and_taken_in_again(demo: Server, sign_in: SignIn) -> None:
    outcomes_demo.draft(demo)
    page = is_live(sign_in(demo, "principal", outcomes_demo.ADDRESS))
    outcomes_demo.leave_out_the_first(page)
    expect(page.locator("#gone-title")).to_be_focused()
    page.locator("#gone").get_by_role("button", name="Take it in again").press("Enter")
    expect(page.locator("#title-readers")).to_be_focused()


def test_words_of_a_draft_that_was_adopted_meanwhile_go_on_as_an_amendment(demo: Server, sign_in: SignIn) -> None:
    outcomes_demo.draft(demo)
    pages = [is_live(sign_in(demo, person, outcomes_demo.ADDRESS)) for person in ("principal", "teacher")]
    for page in pages:
        page.locator("#outcome-readers").get_by_role("button", name="Edit How we will know", exact=True).click()
        page.get_by_label("Text", exact=True).fill("Records of May")
    for person, side in (("principal", "school"), ("coach", "home-office")):
        demo.do(person, "sign-outcomes", **outcomes_demo.TRIAL, side=side, version=3)
    demo.do("coach", "adopt-outcomes", **outcomes_demo.TRIAL)
    for page in pages:
        expect(page.locator("#progress")).to_contain_text("Adopted")
        expect(page.get_by_label("Text", exact=True)).to_have_value("Records of May")
        expect(page.locator(".clash")).to_contain_text("These outcomes were adopted while you wrote.")
    leader, teacher = pages
    expect(teacher.get_by_role("button", name="Go on as an amendment")).to_have_count(0)
    leader.get_by_role("button", name="Go on as an amendment").click()
    expect(leader.get_by_label("Text", exact=True)).to_have_value("Records of May")
    leader.get_by_label("Why", exact=True).fill("The fall test is gone")
    leader.get_by_role("button", name="Amend it").click()
    words = "#outcome-readers [data-place='readers:measure'] .prose-text"
    expect(teacher.locator("#outcome-readers .amendments")).to_contain_text("The fall test is gone")
    expect(leader.locator(words)).to_have_text("Records of May")
    teacher.get_by_role("button", name="Cancel").click()
    expect(teacher.locator(words)).to_have_text("Records of May")
    expect(teacher.locator("#outcome-readers").get_by_role("button", name="Amend How we will know")).to_have_count(0)


def test_an_aim_and_a_reason_that_a_draft_no_longer_takes_stay_in_sight(demo: Server, sign_in: SignIn) -> None:
    outcomes_demo.draft(demo)
    page = is_live(sign_in(demo, "coach", outcomes_demo.ADDRESS))
    readers, culture = page.locator("#outcome-readers"), page.locator("#outcome-culture")
    readers.get_by_role("button", name="Indicators and level Outcome 1").click()
    readers.get_by_label("Level to reach").select_option("3")
    culture.locator("summary", has_text="More for Outcome 3").click()
    culture.get_by_role("button", name="Leave it out").click()
    page.get_by_label("Why it is left out").fill("One too many")
    for person, side in (("principal", "school"), ("coach", "home-office")):
        demo.do(person, "sign-outcomes", **outcomes_demo.TRIAL, side=side, version=3)
    demo.do("coach", "adopt-outcomes", **outcomes_demo.TRIAL)
    expect(culture.locator(".clash")).to_contain_text("neither added to nor left out")
    expect(page.get_by_label("Why it is left out")).to_have_value("One too many")
    expect(readers.get_by_label("Level to reach")).to_have_value("3")
    readers.get_by_role("button", name="Go on as an amendment").click()
    expect(readers.get_by_label("Level to reach")).to_have_value("3")
    readers.get_by_label("Why", exact=True).fill("The year began well")
    readers.get_by_role("button", name="Amend it").click()
    expect(readers.locator(".amendments")).to_contain_text("The year began well")
    expect(readers.locator(".aim-to").first).to_contain_text("Partial Implementation")


def test_whoever_agrees_stays_at_the_button(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    page = is_live(sign_in(demo, "principal", AT))
    page.get_by_role("button", name="Agree").press("Enter")
    back = page.get_by_role("button", name="Take my agreement back")
    expect(back).to_be_focused()
    back.press("Enter")
    expect(page.get_by_role("button", name="Agree")).to_be_focused()
