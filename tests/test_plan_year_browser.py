"""A plan's year in the browser: proposals, a refinement, check-ins, without scripts, by keyboard, on every screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.accessibility import is_for_everyone
from tests.plan_on_server import AT, IF, PLAN, adopted, days_ago
from tests.server_fixtures import Server
from tests.test_plan_browser import edit, is_live, place

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture
def under_way(demo: Server) -> Server:
    """Return a server with a plan that is adopted."""
    adopted(demo)
    return demo


def refine(server: Server) -> None:
    server.do("principal", "open-refinement", plan=PLAN, refinement="q2", quarter=2)


def test_the_latest_check_ins_stand_open_and_earlier_ones_are_there_once_unfolded(
    under_way: Server, sign_in: SignIn
) -> None:
    for n in range(2, 7):
        told = {"check_in": f"k{n}", "strategy": "aloud", "on": days_ago(9 - n), "status": "on-track"}
        under_way.do("teacher", "hold-check-in", plan=PLAN, **told, note=f"Week {n} was read.")
    patricia = is_live(sign_in(under_way, "principal", f"{AT}?strategy=aloud"))
    pane = patricia.locator(".check-ins")
    expect(pane.locator(".check-in:visible")).to_have_count(4)
    expect(pane).to_contain_text("Week 6 was read.")
    earlier = pane.locator(".earlier > summary")
    expect(earlier).to_have_text("Earlier check-ins: 2")
    earlier.press("Enter")
    expect(pane.locator(".check-in:visible")).to_have_count(6)
    expect(pane).to_contain_text("Six of eight rooms read aloud daily.")
    under_way.do("teacher", "hold-check-in", plan=PLAN, **(told | {"check_in": "k7"}), note="Week 7 was read.")
    expect(pane.locator(".check-in:visible")).to_have_count(7)  # it stays unfolded, and up to date


def test_what_a_teacher_proposes_becomes_the_plan_and_is_theirs(under_way: Server, sign_in: SignIn) -> None:
    flor, patricia = is_live(sign_in(under_way, "family", AT)), is_live(sign_in(under_way, "principal", AT))
    place(flor, "vision").get_by_role("button", name="Propose a change").click()
    form = place(flor, "vision").locator("form.fields")
    form.get_by_role("button", name="Propose it").click()
    expect(form).to_contain_text("These words stand there already.")
    expect(form.get_by_label("How it should read")).to_be_focused()
    form.get_by_label("How it should read").fill("Every child and every parent reads with joy.")
    form.get_by_role("button", name="Propose it").click()
    expect(flor.locator("#talk ins")).to_contain_text(["and every parent"])
    expect(place(patricia, "vision")).to_contain_text("Proposed: 1")
    proposal = patricia.locator(".proposal", has_text="every parent")
    expect(proposal).to_contain_text("It can be accepted while a refinement is open.")
    refine(under_way)
    proposal.get_by_role("button", name="Accept").click()
    expect(patricia.locator("#proposals-title")).to_be_focused()
    expect(place(flor, "vision").locator(".prose-text")).to_have_text("Every child and every parent reads with joy.")
    expect(place(flor, "vision").locator(".credit")).to_have_text("Proposed by Flor Jiménez")
    expect(flor.locator(".proposal", has_text="every parent")).to_contain_text("Accepted")


def test_a_proposal_is_declined_with_a_reason_that_its_author_reads(under_way: Server, sign_in: SignIn) -> None:
    flor, patricia = is_live(sign_in(under_way, "family", AT)), is_live(sign_in(under_way, "principal", AT))
    expect(flor.locator(".proposal")).to_contain_text("Some arrive late.")  # her own reason
    patricia.locator(".proposal").get_by_role("button", name="Decline").click()
    form = patricia.locator(".proposal form.fields")
    form.get_by_role("button", name="Decline it").click()
    expect(form.get_by_text("Say why.")).to_be_visible()
    form.get_by_label("Why not").fill("Mornings work well here.")
    form.get_by_role("button", name="Decline it").click()
    expect(flor.locator(".proposal")).to_contain_text("Mornings work well here.")
    expect(flor.locator(".proposal")).to_contain_text("Declined")


def test_a_refinement_is_opened_the_plan_changed_and_a_version_frozen(under_way: Server, sign_in: SignIn) -> None:
    patricia, tomas = is_live(sign_in(under_way, "principal", AT)), is_live(sign_in(under_way, "teacher", AT))
    assert place(patricia, "strategy:aloud:then").get_by_role("button", name="Edit").count() == 0
    patricia.get_by_role("button", name="Open a refinement").click()
    patricia.locator("form.fields").get_by_role("button", name="Open the refinement").click()
    expect(patricia.locator("#refining-title")).to_be_focused()
    expect(tomas.locator("#refining")).to_be_visible()
    edit(patricia, "strategy:aloud:then", "Children ask for books.").get_by_role("button", name="Save").click()
    expect(tomas.locator("#refining summary")).to_contain_text("1 change since it was opened")
    patricia.get_by_role("button", name="Close the refinement").press("Enter")
    form = patricia.locator("#refining form.fields")
    form.get_by_label("Name of this version").fill("After the autumn")
    form.get_by_role("button", name="Close it and freeze this version").press("Enter")
    expect(form.locator(".error-summary")).to_contain_text("does not say yet what changed", timeout=20_000)
    expect(form.locator(".error-summary")).to_be_focused()
    form.get_by_role("button", name="Cancel").click()
    tomas.locator("#refining summary").click()
    tomas.get_by_role("button", name="Begin with these words").click()
    expect(tomas.locator("#refining textarea")).to_have_value(re.compile("^- .*Morning read-aloud"))
    tomas.locator("#refining form.fields").get_by_role("button", name="Cancel").click()
    for text, words in (("changed", "What follows is said more plainly."), ("why", "Nobody understood it.")):
        passage = tomas.locator(f"[data-place$=':{text}']").first
        passage.get_by_role("button", name="Write").click()
        passage.locator("textarea").fill(words)
        passage.get_by_role("button", name="Save").click()
    expect(tomas.locator("#refining summary")).to_contain_text("1 change since it was opened")  # its words are none
    tomas.get_by_role("button", name="Cite evidence").click()
    tomas.locator("#refining .pick").get_by_label("Morning read-aloud: on track").check()
    tomas.get_by_role("button", name="Cite it").click()
    expect(patricia.locator("#refining .citations")).to_contain_text("Morning read-aloud: on track")
    tomas.get_by_role("button", name="Agree", exact=True).click()
    expect(patricia.locator("#refining")).to_contain_text("Agreed: Tomás Herrera")
    edit(patricia, "strategy:aloud:then", "Children ask for more books.").get_by_role("button", name="Save").click()
    for page in (patricia, tomas):
        expect(page.locator("#refining")).to_contain_text("Changed after Tomás Herrera agreed")
    tomas.get_by_role("button", name="Agree again").click()
    expect(patricia.locator("#refining")).not_to_contain_text("Changed after")
    expect(tomas.get_by_role("button", name=re.compile("^Agree"))).to_have_count(0)
    patricia.get_by_role("button", name="Close the refinement").click()
    form = patricia.locator("#refining form.fields")
    form.get_by_label("Name of this version").fill("After the autumn")
    form.get_by_role("button", name="Close it and freeze this version").click()
    expect(patricia.locator("#past-title")).to_be_focused()
    for page in (patricia, tomas):
        expect(page.locator("#past")).to_contain_text("After the autumn")
        expect(page.locator("#past")).to_contain_text("Nobody understood it.")
        expect(page.locator("#refining")).to_have_count(0)
    assert place(patricia, "strategy:aloud:then").get_by_role("button", name="Edit").count() == 0


def test_steps_readings_check_ins_and_answers_go_on_all_year(under_way: Server, sign_in: SignIn) -> None:
    tomas, coach = is_live(sign_in(under_way, "teacher", AT)), is_live(sign_in(under_way, "coach", AT))
    step = tomas.locator("#action-books")
    step.get_by_role("button", name="Report").click()
    tomas.get_by_label("How far it is").select_option("done")
    tomas.get_by_role("button", name="Report it").click()
    expect(coach.locator("#action-books .step")).to_contain_text("Done")
    rows = coach.locator("#measure-home tbody tr")
    expect(rows).to_have_count(0)
    coach.locator("#measure-home").get_by_text("2 readings").click()
    expect(rows).to_have_count(2)
    tomas.locator("#measure-home").get_by_role("button", name="Take a reading").click()
    form = tomas.locator("form.fields")
    form.get_by_label("Value").fill("many")
    form.get_by_role("button", name="Record the reading").click()
    expect(form.get_by_text("Write a number, such as 42.5.", exact=True)).to_be_visible()
    form.get_by_label("Value").fill("57.5")
    today = form.get_by_label("Day").input_value()
    form.get_by_label("Day").fill("2020-01-05")
    form.get_by_role("button", name="Record the reading").press("Enter")
    expect(form.get_by_label("Day")).to_be_focused()
    expect(form.get_by_label("Day")).to_have_accessible_description(re.compile("is not a day of this plan's year"))
    form.get_by_label("Day").fill(today)
    form.get_by_role("button", name="Record the reading").click()
    expect(coach.locator("#measure-home")).to_contain_text("57.5")
    expect(coach.locator("#measure-home .chart-points")).to_have_attribute("d", re.compile(r"(M[\d.]+ [\d.]+h0){3}"))
    expect(rows).to_have_count(3)
    tomas.get_by_role("button", name="Check in").click()
    form = tomas.locator("form.fields")
    form.get_by_label("How it goes").select_option("needs-attention")
    form.get_by_label("What we see").fill("Two rooms have stopped.")
    form.get_by_role("button", name="Record the check-in").click()
    expect(coach.locator("#strategy-aloud .kicker")).to_contain_text("Needs attention")
    expect(coach.locator(".strategy.chosen")).to_have_count(0)
    coach.get_by_role("link", name="2 check-ins").click()
    expect(coach.locator(".strategy.chosen")).to_have_id("strategy-aloud")
    expect(coach.locator("#talk")).to_contain_text("Two rooms have stopped.")
    coach.locator("#support-coach").get_by_role("button", name="Answer").click()
    coach.locator("form.fields select").select_option("agreed")
    coach.get_by_label("What the home office says").fill("Mondays from January on.")
    coach.get_by_role("button", name="Send the answer").click()
    expect(tomas.locator("#support-coach .answer")).to_contain_text("Mondays from January on.")


def test_a_strategy_is_added_moved_retired_and_restored(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    refine(demo)
    patricia = is_live(sign_in(demo, "principal", AT))
    patricia.get_by_role("button", name="Add a strategy").click()
    form = patricia.locator("form.fields")
    form.get_by_label("Title").fill("Books at home")
    form.get_by_label("If…").fill("we lend two books a week")
    form.get_by_label("then").fill("children read on weekends.")
    form.get_by_role("button", name="Add the strategy").click()
    expect(patricia.locator("article.strategy .title-text")).to_have_text(["Morning read-aloud", "Books at home"])
    added = patricia.locator("article.strategy", has_text="Books at home")
    added.locator("details.menu > summary").click()
    added.get_by_role("button", name="Move up").press("Enter")
    expect(patricia.locator("article.strategy .title-text")).to_have_text(["Books at home", "Morning read-aloud"])
    expect(added.locator("header > details.menu > summary")).to_be_focused()
    added.locator("details.menu > summary").click()
    added.get_by_role("button", name="Retire").click()
    added.get_by_label("Why it is no longer pursued").fill("No budget.")
    added.get_by_role("button", name="Retire it").click()
    folded = patricia.locator("details.retired", has_text="Books at home")
    expect(folded.locator("summary")).to_be_focused()
    folded.locator("summary").click()
    expect(folded).to_contain_text("No budget.")
    folded.get_by_role("button", name="Restore").click()
    expect(patricia.locator("article.strategy .title-text")).to_have_text(["Books at home", "Morning read-aloud"])


def test_without_scripts_a_plan_is_edited_reported_and_refused(under_way: Server, sign_in: SignIn) -> None:
    refine(under_way)
    patricia = sign_in(under_way, "principal", AT, java_script_enabled=False)
    place(patricia, "strategy:aloud:if").get_by_role("link", name="Edit").click()
    form = place(patricia, "strategy:aloud:if").locator("form.fields")
    expect(form.locator("textarea")).to_have_value(IF)
    form.locator("textarea").fill("We read.\n\nEvery day.")
    form.get_by_role("button", name="Save").click()
    expect(place(patricia, "strategy:aloud:if").locator(".prose-text p")).to_have_text(["We read.", "Every day."])
    patricia.locator("#action-books").get_by_role("link", name="Report").click()
    patricia.get_by_label("How far it is").select_option("stuck")
    patricia.get_by_role("button", name="Report it").click()
    expect(patricia.locator("#action-books .step")).to_contain_text("Stuck")
    patricia.locator("#measure-home details.menu > summary").click()
    patricia.locator("#measure-home").get_by_role("link", name="Baseline and target").click()
    patricia.get_by_role("textbox", name="Target").fill("10")
    patricia.get_by_role("button", name="Set baseline and target").click()
    expect(patricia.get_by_role("alert").first).to_contain_text("below the baseline")
    expect(patricia.get_by_role("textbox", name="Target")).to_have_value("10")


def test_the_plan_is_edited_by_keyboard(under_way: Server, sign_in: SignIn) -> None:
    refine(under_way)
    patricia = is_live(sign_in(under_way, "principal", AT))
    patricia.keyboard.press("j")
    expect(patricia.locator("#strategy-aloud")).to_be_focused()
    for key, heading in (("p", "Proposals"), ("r", "Refinement of quarter"), ("k", "Morning read-aloud")):
        patricia.keyboard.press(key)
        assert heading in patricia.evaluate("document.activeElement.textContent")
    patricia.keyboard.press("c")
    expect(patricia.get_by_label("Day", exact=True)).to_be_focused()
    patricia.keyboard.press("Escape")
    opener = patricia.locator("#strategy-aloud").get_by_role("button", name="Check in")
    expect(opener).to_be_focused()
    title = place(patricia, "strategy:aloud:title")
    title.get_by_role("button", name="Edit").press("Enter")
    expect(title.get_by_role("textbox")).to_be_focused()
    title.get_by_role("textbox").fill("Read-aloud")
    patricia.keyboard.press("Control+Enter")
    expect(title.locator(".title-text")).to_have_text("Read-aloud")
    expect(title.get_by_role("button", name="Edit")).to_be_focused()
    patricia.locator("#strategy-aloud > header > details.menu > summary").press("Enter")
    patricia.locator("#strategy-aloud > header").get_by_role("button", name="Owner").press("Enter")
    expect(patricia.get_by_label("Who carries it")).to_be_focused()
    patricia.get_by_label("Who carries it").select_option("principal")
    patricia.get_by_role("button", name="Set the owner").press("Enter")
    expect(patricia.locator("#strategy-aloud .facts")).to_contain_text("Patricia Moreno")
    assert patricia.evaluate("document.activeElement !== document.body")
    patricia.locator("#strategy-aloud").focus()
    patricia.keyboard.press("?")
    expect(patricia.get_by_role("dialog")).to_be_visible()


def test_a_phone_shows_one_part_at_a_time(under_way: Server, sign_in: SignIn) -> None:
    tomas = is_live(sign_in(under_way, "teacher", AT, viewport={"width": 390, "height": 844}))
    expect(tomas.locator("#document")).to_be_visible()
    expect(tomas.locator("#talk")).to_be_hidden()
    tabs = tomas.get_by_role("navigation", name="Parts of the page")
    tabs.get_by_role("link", name="Contents").click()
    tomas.locator("#contents").get_by_role("link", name="1.1 Morning read-aloud").click()
    expect(tomas.locator("#strategy-aloud")).to_be_in_viewport()
    tomas.get_by_role("link", name="1 check-in").click()
    expect(tomas.locator("#talk")).to_contain_text("Six of eight rooms")
    tabs.get_by_role("link", name="People").click()
    expect(tomas.locator("#people")).to_contain_text("Tomás Herrera (you)")
    tomas.keyboard.press("p")
    expect(tomas.locator("#proposals-title")).to_be_focused()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_axe_finds_nothing(under_way: Server, sign_in: SignIn, lang: str) -> None:
    refine(under_way)
    for person, path in (
        ("principal", f"{AT}?strategy=aloud&lang={lang}"),
        ("family", f"{AT}?open=propose-change@vision&lang={lang}"),
        ("principal", f"{AT}?open=add-measure@strategy:aloud&lang={lang}"),
    ):
        page = sign_in(under_way, person, path)
        expect(page.locator("#connection .connection.live")).to_be_visible()
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => one.open = true)")
        is_for_everyone(page, path)


def test_a_form_whose_menu_was_never_unfolded_gives_the_focus_to_the_menu(under_way: Server, sign_in: SignIn) -> None:
    for key, menu in (
        ("assign-part@action:books", "#action-books .menu"),
        ("fund-strategy@strategy:aloud", "#strategy-aloud > header > .menu"),
        ("redact-plan-words@vision", "#vision > .menu"),
    ):
        patricia = is_live(sign_in(under_way, "principal", f"{AT}?open={key}"))
        expect(patricia.locator(f"{menu} li")).to_have_count(0)
        patricia.locator(f'form[data-form="{key}"]').get_by_role("button", name="Cancel").press("Enter")
        expect(patricia.locator("form.fields")).to_have_count(0)
        expect(patricia.locator(f"{menu} > summary")).to_be_focused()
        patricia.keyboard.press("Enter")
        patricia.locator(menu).locator(f'[data-form="{key}"]').click()
        expect(patricia.locator("form.fields")).to_be_visible()


def test_on_paper_stands_the_plan_and_nothing_to_press(under_way: Server, sign_in: SignIn) -> None:
    refine(under_way)
    patricia = is_live(sign_in(under_way, "principal", AT))
    patricia.emulate_media(media="print")
    said = patricia.inner_text("main")
    for part in ("Every child at Maple Street reads with joy.", IF, "Choose ten books a grade.", "Not started", "51"):
        assert part in said
    for part in ("Edit", "Add an action step", "Check in", "Take a reading", "Here now", "Contents"):
        assert part not in said.splitlines()
    expect(patricia.locator(".drag-handle:visible")).to_have_count(0)
    assert patricia.locator("#action-books .row-words").bounding_box()["width"] > 200  # type: ignore[index]


def test_the_bar_of_a_phone_puts_the_focus_into_the_pane(under_way: Server, sign_in: SignIn) -> None:
    tomas = is_live(sign_in(under_way, "teacher", AT, viewport={"width": 390, "height": 844}))
    for tab, heading in (("Check-ins", "Check-ins"), ("Contents", "Contents"), ("The plan", "The plan")):
        tomas.locator(".room-tabs").get_by_role("link", name=tab).press("Enter")
        expect(tomas.get_by_role("heading", name=heading, exact=True)).to_be_focused()
