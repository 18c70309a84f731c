"""The plan's page as people use it: two browsers, one plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.offline_pages import opened
from tests.plan_on_server import AT, IF, PLAN, THEN, adopted, draft
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture
def drafted(demo: Server) -> Server:
    """Return a server with a draft of a plan."""
    draft(demo)
    return demo


@pytest.fixture
def under_way(demo: Server) -> Server:
    """Return a server with a plan that is adopted."""
    adopted(demo)
    return demo


def is_live(page: Page) -> Page:
    expect(page.locator("#connection")).to_contain_text("Live")
    return page


def place(page: Page, passage: str) -> Locator:
    return page.locator(f'[data-place="{passage}"]')


def edit(page: Page, passage: str, text: str) -> Locator:
    """Unfold a passage's form, put words into it, and return the form."""
    place(page, passage).get_by_role("button", name="Edit").click()
    form = place(page, passage).locator("form.fields")
    form.locator("[name=text]").fill(text)
    return form


def close_refinement(server: Server) -> None:
    """Close the refinement r, with all that this takes."""
    for text in ("changed", "why"):
        passage = {"passage": f"refinement:r:{text}", "wording": text, "text": "So it is."}
        server.do("principal", "word-passage", plan=PLAN, **passage)
    server.do("principal", "agree-to-refinement", plan=PLAN, refinement="r")
    server.do("principal", "close-refinement", plan=PLAN, refinement="r", version="First")


def sent_too_late(server: Server, sign_in: SignIn) -> tuple[Page, Locator]:
    """Let the teacher send words that arrive once the refinement is closed; return their page and the form."""
    server.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    tomas = is_live(sign_in(server, "teacher", AT))
    form = edit(tomas, "strategy:aloud:then", "Half a sentence.")
    tomas.context.set_offline(True)
    form.get_by_role("button", name="Save").click()
    close_refinement(server)
    tomas.context.set_offline(False)
    expect(form.locator(".error-summary")).to_contain_text("refinement", timeout=60_000)
    return tomas, form


def words(page: Page) -> list[str]:
    """Return what the document says. Times are the same too, as reader and server are in the same zone here."""
    return page.inner_text("#document").split() + page.inner_text("#talk").split()


def test_the_drawn_page_and_the_live_one_say_the_same(under_way: Server, sign_in: SignIn) -> None:
    for person, path in (
        ("principal", f"{AT}?strategy=aloud"),
        ("teacher", AT),
        ("family", AT),
        ("coach", AT),
        ("auditor", f"{AT}?strategy=aloud"),
    ):
        drawn = sign_in(under_way, person, path, java_script_enabled=False)
        live = is_live(sign_in(under_way, person, path))
        assert words(drawn) == words(live), person


def test_a_retired_strategy_leads_to_why_it_was_here_drawn_and_live(under_way: Server, sign_in: SignIn) -> None:
    under_way.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    for part in ("action:time", "strategy:aloud"):  # of which the first stands under the second
        under_way.do("principal", "retire-part", plan=PLAN, part=part, reason="No budget.")
    for person in ("principal", "family"):
        said = []
        for page in (
            sign_in(under_way, person, AT, java_script_enabled=False),
            is_live(sign_in(under_way, person, AT)),
        ):
            [folded] = page.locator("details.retired").all()
            folded.locator("summary").click()
            link = folded.get_by_role("link", name="Why is this here? Morning read-aloud")
            expect(link).to_have_attribute("href", f"{AT}/why/aloud")
            said.append(folded.inner_text().split())
        assert said[0] == said[1], person


def test_two_people_edit_different_passages_and_both_changes_stand(drafted: Server, sign_in: SignIn) -> None:
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    first = edit(patricia, "vision", "Every child reads.\n\n- At school\n- At home")
    second = edit(tomas, "strategy:aloud:then", "Children ask for **books**.")
    first.get_by_role("button", name="Save").click()
    second.get_by_role("button", name="Save").click()
    for page in (patricia, tomas):
        expect(place(page, "vision").locator("li")).to_have_text(["At school", "At home"])
        expect(place(page, "strategy:aloud:then").locator("strong")).to_have_text("books")
        assert page.locator("form.fields").count() == 0


def test_an_edit_of_the_same_passage_is_shown_while_one_writes_and_put_together(
    drafted: Server, sign_in: SignIn
) -> None:
    patricia = is_live(sign_in(drafted, "principal", AT))
    form = edit(patricia, "strategy:aloud:if", IF.replace("every morning", "every single morning"))
    theirs = IF.replace("what we read", "the stories we read")
    reworded = {"passage": "strategy:aloud:if", "wording": "w-2", "replaces": "aloud", "text": theirs}
    drafted.do("teacher", "word-passage", plan=PLAN, **reworded)
    expect(form.get_by_role("alert")).to_contain_text("Tomás Herrera put this into other words while you wrote.")
    expect(form.locator(".sides ins")).to_have_text(["the stories", " single"])
    expect(form.locator("textarea")).to_have_value(IF.replace("every morning", "every single morning"))
    form.get_by_role("button", name="Put both together").click()
    both = theirs.replace("every morning", "every single morning")
    expect(form.locator("textarea")).to_have_value(both)
    form.get_by_role("button", name="Save these words").click()
    expect(place(patricia, "strategy:aloud:if").locator(".prose-text")).to_have_text(both)
    seen = is_live(sign_in(drafted, "teacher", AT))
    expect(place(seen, "strategy:aloud:if").locator(".prose-text")).to_have_text(both)


def test_where_both_changed_the_same_words_nothing_is_lost_and_one_decides(drafted: Server, sign_in: SignIn) -> None:
    patricia = is_live(sign_in(drafted, "principal", AT))
    form = edit(patricia, "vision", "All children sing.")
    drafted.do(
        "principal", "word-passage", plan=PLAN, passage="vision", wording="w-2", replaces="v-1", text="All dance."
    )
    expect(form.get_by_role("alert")).to_contain_text("Decide what should stand below")
    assert form.get_by_role("button", name="Put both together").count() == 0
    form.get_by_role("button", name="Write the other text below").click()
    expect(form.locator("textarea")).to_have_value("All dance.")
    form.get_by_role("button", name="Write what I wrote below").click()
    expect(form.locator("textarea")).to_have_value("All children sing.")
    form.get_by_role("button", name="Save these words").click()
    expect(place(patricia, "vision").locator(".prose-text")).to_have_text("All children sing.")


def test_a_refused_edit_comes_back_with_both_texts(drafted: Server, sign_in: SignIn) -> None:
    patricia = is_live(sign_in(drafted, "principal", AT))
    patricia.context.set_offline(True)
    edit(patricia, "strategy:aloud:then", f"{THEN} And write.").get_by_role("button", name="Save").click()
    expect(place(patricia, "strategy:aloud:then")).to_contain_text("And write.")
    expect(patricia.locator("#connection")).to_contain_text("not received yet: 1")
    theirs = {"passage": "strategy:aloud:then", "wording": "w-2", "replaces": "aloud", "text": f"Soon, {THEN}"}
    drafted.do("teacher", "word-passage", plan=PLAN, **theirs)
    patricia.context.set_offline(False)
    form = place(patricia, "strategy:aloud:then").locator("form.fields")
    expect(form.locator(".clash")).to_contain_text("Tomás Herrera", timeout=40_000)
    expect(form.locator(".sides section").nth(1)).to_contain_text("And write.")
    expect(form.locator("textarea")).to_have_value(f"Soon, {THEN} And write.")
    list_of_all = patricia.context.new_page()
    list_of_all.goto(f"{drafted.url}/outbox")
    about = list_of_all.get_by_role("link", name=re.compile("^Morning read-aloud – "))
    expect(about).to_have_attribute("href", f"{AT}#strategy-aloud")
    list_of_all.close()
    patricia.reload()
    is_live(patricia)
    expect(form.locator(".sides section").nth(1)).to_contain_text("And write.")
    expect(form.locator("textarea")).to_have_value(f"Soon, {THEN} And write.")
    expect(place(patricia, "vision")).to_be_visible()  # and the rest of the plan
    form.get_by_role("button", name="Save these words").click()
    expect(place(patricia, "strategy:aloud:then").locator(".prose-text")).to_have_text(f"Soon, {THEN} And write.")
    expect(patricia.locator("#connection")).not_to_contain_text("not received")


def test_a_press_that_was_meant_for_another_button_decides_nothing(drafted: Server, sign_in: SignIn) -> None:
    patricia = is_live(sign_in(drafted, "principal", AT))
    form = edit(patricia, "vision", "All children sing.")
    at_once = """() => new MutationObserver((_, seen) => {
        const form = document.querySelector(".clash")?.closest("form");
        if (!form) return;
        seen.disconnect();
        const save = form.querySelector("[type=submit]");
        window.pressed = `${save.textContent}, ${save.ariaDisabled === "true" ? "resting" : "ready"}`;
        save.click();
    }).observe(document.body, { childList: true, subtree: true })"""
    patricia.evaluate(at_once)
    drafted.do(
        "principal", "word-passage", plan=PLAN, passage="vision", wording="w-2", replaces="v-1", text="All dance."
    )
    patricia.wait_for_function("() => window.pressed")
    assert patricia.evaluate("window.pressed") == "Save these words, resting"
    expect(form.locator(".clash")).to_be_visible()
    expect(form.locator("textarea")).to_have_value("All children sing.")
    form.get_by_role("button", name="Save these words").click()  # once it can be pressed
    expect(place(patricia, "vision").locator(".prose-text")).to_have_text("All children sing.")


def test_whose_words_come_back_stays_where_they_wrote(under_way: Server, sign_in: SignIn) -> None:
    tomas, form = sent_too_late(under_way, sign_in)
    expect(form.locator("textarea")).to_have_value("Half a sentence.")
    assert tomas.evaluate("document.activeElement.closest('article')?.id") == "strategy-aloud"
    expect(form.locator(".error-summary")).to_be_in_viewport()


def test_who_writes_where_is_seen_by_the_others(drafted: Server, sign_in: SignIn) -> None:
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    edit(tomas, "strategy:aloud:if", "We rea")
    here = place(patricia, "strategy:aloud:if").locator(".present")
    expect(here).to_contain_text("Tomás Herrera is writing here")
    expect(patricia.locator("#people")).to_contain_text("writing in 1.1 Morning read-aloud")
    expect(here).to_contain_text("Tomás Herrera has written here what is not saved yet", timeout=15_000)


def test_focus_and_caret_stay_while_others_change_and_move_things(drafted: Server, sign_in: SignIn) -> None:
    drafted.do(
        "principal",
        "add-priority",
        plan=PLAN,
        priority="more",
        text="More.",
        rubric="pif-illustrative-1",
        indicators=["CI.3"],
        after="reading",
    )
    tomas = is_live(sign_in(drafted, "teacher", AT))
    form = edit(tomas, "strategy:aloud:if", "We read aloud.")
    field = form.locator("textarea")
    field.press("Home")
    tomas.keyboard.press("ArrowRight")
    drafted.do("principal", "move-part", plan=PLAN, part="strategy:aloud", under="priority:more")
    expect(tomas.locator("#priority-more ~ article .kicker").first).to_contain_text("Strategy 2.1")
    tomas.keyboard.type("x")
    expect(field).to_have_value("Wxe read aloud.")
    expect(field).to_be_focused()


def test_one_of_two_edits_without_a_connection_for_a_while(drafted: Server, sign_in: SignIn) -> None:
    tomas, patricia = opened(drafted, sign_in, "teacher", AT), is_live(sign_in(drafted, "principal", AT))
    is_live(tomas)
    tomas.context.set_offline(True)
    tomas.reload()
    edit(tomas, "strategy:aloud:then", "Children ask for books.").get_by_role("button", name="Save").click()
    expect(place(tomas, "strategy:aloud:then")).to_contain_text("Not received yet")
    edit(patricia, "strategy:aloud:if", "We read every day.").get_by_role("button", name="Save").click()
    tomas.context.set_offline(False)
    for page in (tomas, patricia):
        for passage, words in (
            ("strategy:aloud:then", "Children ask for books."),
            ("strategy:aloud:if", "We read every day."),
        ):
            expect(place(page, passage).locator(".prose-text")).to_have_text(words, timeout=40_000)
    expect(tomas.locator("#connection")).not_to_contain_text("not received")


@pytest.mark.parametrize("scripts", [True, False])
def test_half_a_strategy_that_begins_with_its_word_shows_no_label(
    drafted: Server, sign_in: SignIn, scripts: bool
) -> None:
    page = sign_in(drafted, "principal", AT, java_script_enabled=scripts)
    if scripts:
        is_live(page)  # what the server drew is gone by then
    halves = page.locator("#strategy-aloud .if-then section")
    expect(halves.locator("h4:not(.visually-hidden)")).to_have_text(["If", "then"])
    begun = {"passage": "strategy:aloud:if", "wording": "w-2", "replaces": "aloud", "text": f"If {IF.lower()}"}
    drafted.do("teacher", "word-passage", plan=PLAN, **begun)
    if not scripts:
        page.reload()
    expect(halves.locator("h4:not(.visually-hidden)")).to_have_text(["then"])
    expect(halves.locator("h4")).to_have_text(["If", "then"])  # those who hear the page go from heading to heading


@pytest.mark.parametrize(
    ("address", "drawn"), [(AT, "#connection:has-text('Live')"), (f"{AT}/replay?at=1000000", ".player-play")]
)
def test_words_under_a_strategy_have_room_between_the_panes(
    under_way: Server, sign_in: SignIn, address: str, drawn: str
) -> None:
    page = sign_in(under_way, "principal", address)
    expect(page.locator(drawn)).to_be_visible()  # what the server drew is gone by then
    for width in (390, 1180, 1280, 1440, 1500):
        page.set_viewport_size({"width": width, "height": 900})
        narrowest = page.locator("#document .row-words").evaluate_all(
            "all => Math.min(...all.map((one) => one.getBoundingClientRect().width))"
        )
        assert narrowest > 150, width


def test_a_draft_says_what_it_lacks_and_is_adopted_before_everyones_eyes(drafted: Server, sign_in: SignIn) -> None:
    hollow = {"priority": "hollow", "text": "All come.", "rubric": "pif-illustrative-1", "indicators": ["CI.3"]}
    drafted.do("principal", "add-priority", plan=PLAN, **hollow, after="reading")
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    expect(tomas.get_by_role("button", name="Adopt the plan")).to_have_count(0)
    patricia.get_by_role("button", name="Adopt the plan").click()
    form = patricia.get_by_role("form", name="Adopt the plan")
    expect(form).to_contain_text("Before it can be adopted:")
    expect(form.get_by_role("listitem").first).to_have_text("Priority 2 has no strategy yet.")
    expect(form).to_contain_text("Families have nothing to read in Spanish yet.")
    form.get_by_label("Name of this version").fill("The year begins")
    form.get_by_role("button", name="Adopt the plan").click()
    expect(form.locator(".error-summary")).to_contain_text("Priority 2 has no strategy yet.", timeout=20_000)
    drafted.do("principal", "retire-part", plan=PLAN, part="priority:hollow", reason="Later.")
    expect(form).not_to_contain_text("Before it can be adopted")
    expect(form.get_by_label("Name of this version")).to_have_value("The year begins")
    form.get_by_role("button", name="Adopt the plan").click()
    for page in (patricia, tomas):
        expect(page.locator("#past")).to_contain_text("The year begins")
        expect(page.locator("#course-body")).to_contain_text("The plan is adopted.")


def test_on_a_phone_each_pane_is_left_and_found_where_it_was(under_way: Server, sign_in: SignIn) -> None:
    page = is_live(sign_in(under_way, "principal", AT, viewport={"width": 390, "height": 500}))
    measure = page.locator("#measure-home")
    measure.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    tabs = page.locator(".room-tabs")
    tabs.get_by_role("link", name="People").click()
    expect(page.locator("#people-title")).to_be_focused()
    expect(measure).not_to_be_in_viewport()
    tabs.get_by_role("link", name="The plan").click()
    expect(measure).to_be_in_viewport()
