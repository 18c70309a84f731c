"""Two people answer one request, or set one thing of a plan: whoever comes second has both before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import faults
from tests.offline_pages import COMMANDS, is_received
from tests.plan_on_server import AT, PLAN, THEN, adopted, draft
from tests.server_fixtures import Server
from tests.test_plan_browser import close_refinement, edit, is_live, place

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

REQUEST = "#support-coach"


def answer(page: Page, words: str) -> None:
    page.locator(REQUEST).get_by_role("button", name="Answer").click()
    page.locator("form.fields select").select_option("agreed")
    page.get_by_label("What the home office says").fill(words)


def declined(server: Server) -> None:
    said = {"answer": "declined", "text": "There is no money for it."}
    server.do("admin", "answer-support", plan=PLAN, support="coach", **said)


def test_an_answer_that_another_gave_meanwhile_is_seen_before_ones_own_takes_its_place(
    demo: Server, sign_in: SignIn
) -> None:
    adopted(demo)
    coach = is_live(sign_in(demo, "coach", AT))
    answer(coach, "We come on Mondays.")
    declined(demo)
    expect(coach.locator("form.fields .clash")).to_contain_text("Amara Okafor changed this while your form was open.")
    expect(coach.locator(f"{REQUEST} .answer")).to_contain_text("There is no money for it.")
    expect(coach.get_by_label("What the home office says")).to_have_value("We come on Mondays.")
    assert faults(coach) == []
    send = coach.get_by_role("button", name="Send the answer")
    expect(send).not_to_have_attribute("aria-disabled", "true")
    send.click()
    expect(coach.locator(f"{REQUEST} .answer")).to_contain_text("We come on Mondays.")


def test_an_answer_that_was_sent_late_comes_back_beside_the_one_that_was_faster(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    coach = is_live(sign_in(demo, "coach", AT))
    answer(coach, "We come on Mondays.")
    coach.context.set_offline(True)
    coach.get_by_role("button", name="Send the answer").click()
    declined(demo)
    coach.context.set_offline(False)
    form = coach.locator("form.fields")
    expect(form).to_contain_text("Someone answered this request while you were writing.")
    expect(coach.get_by_label("What the home office says")).to_have_value("We come on Mondays.")
    expect(coach.locator(f"{REQUEST} .answer")).to_contain_text("There is no money for it.")
    coach.get_by_role("button", name="Cancel").click()
    expect(coach.locator(f"{REQUEST} .answer")).to_contain_text("There is no money for it.")


def test_an_owner_whom_another_named_meanwhile_is_told_before_ones_own_takes_its_place(
    demo: Server, sign_in: SignIn
) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    page = is_live(sign_in(demo, "principal", f"{AT}?open=assign-part@strategy:aloud"))
    page.get_by_label("Who carries it").select_option("maple-lead")
    expect(page.locator("form.fields .clash")).to_have_count(0)
    demo.do("principal", "assign-part", plan=PLAN, part="strategy:aloud", owner="principal")
    expect(page.locator("form.fields .clash")).to_contain_text("Somebody changed this while your form was open.")


def test_a_report_that_another_made_meanwhile_is_seen_before_ones_own(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    page = is_live(sign_in(demo, "teacher", f"{AT}?open=report-action@action:books"))
    page.locator("form.fields select").select_option("done")
    page.get_by_label("Note").fill("Ten a grade.")
    said = {"status": "stuck", "note": "No shelf is free."}
    demo.do("principal", "report-action", plan=PLAN, action="books", **said)
    expect(page.locator("form.fields .clash")).to_contain_text("Patricia Moreno changed this while your form was open.")
    expect(page.locator("#action-books")).to_contain_text("No shelf is free.")
    expect(page.get_by_label("Note")).to_have_value("Ten a grade.")
    send = page.get_by_role("button", name="Report it")
    expect(send).not_to_have_attribute("aria-disabled", "true")
    send.click()
    expect(page.locator("#action-books")).to_contain_text("Ten a grade.")


def test_what_one_changed_oneself_on_another_device_is_said_to_be_ones_own(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    form = edit(page, "strategy:aloud:then", "Children ask for books.")
    page.locator("#action-books").get_by_role("button", name="Report").click()
    page.locator("form[data-form='report-action@action:books'] select").select_option("done")
    words = {"passage": "strategy:aloud:then", "wording": "w-2", "replaces": "aloud", "text": "Children read."}
    demo.do("principal", "word-passage", plan=PLAN, **words)
    demo.do("principal", "report-action", plan=PLAN, action="books", status="stuck")
    expect(form.locator(".clash")).to_contain_text("You put this into other words elsewhere while you wrote.")
    report = page.locator("form[data-form='report-action@action:books'] .clash")
    expect(report).to_contain_text("You changed this elsewhere while this form was open.")


def late(page: Page, server: Server) -> None:
    """Patricia names Tomás and then herself without a network; meanwhile Tomás, who leads too, names another."""
    server.do("admin", "grant-role", person="teacher", role="school-leader", school="maple")
    page.context.set_offline(True)
    for owner in ("teacher", "principal"):
        page.locator("#action-time details.menu > summary").click()
        page.locator("#action-time").get_by_role("button", name="Owner").click()
        page.get_by_label("Who carries it").select_option(owner)
        page.get_by_role("button", name="Set the owner").click()
    server.do("teacher", "assign-part", plan=PLAN, part="action:time", owner="maple-lead")
    page.context.set_offline(False)


def test_of_owners_named_late_the_last_comes_back_beside_the_one_who_was_faster(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    page = is_live(sign_in(demo, "principal", AT))
    late(page, demo)
    form = page.locator("form.fields")
    expect(form).to_contain_text("Someone changed this since you read it.")
    expect(page.get_by_label("Who carries it")).to_have_value("principal")
    expect(form.locator(".clash")).to_contain_text("Somebody changed this while your form was open.")
    assert faults(page) == []
    page.get_by_role("button", name="Set the owner").click()
    expect(form).to_have_count(0)
    expect(page.locator("#action-time")).to_contain_text("Patricia Moreno")
    is_received(page)
    assert "refused" not in {one["state"] for one in page.evaluate(COMMANDS)}  # one answer settles both that came back


def test_without_scripts_an_owner_whom_another_named_meanwhile_is_told(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    page = sign_in(demo, "principal", f"{AT}?open=assign-part@action:time", java_script_enabled=False)
    page.get_by_label("Who carries it").select_option("principal")
    demo.do("principal", "assign-part", plan=PLAN, part="action:time", owner="teacher")
    page.get_by_role("button", name="Set the owner").click()
    expect(page.locator("form.fields")).to_contain_text("Someone changed this since you read it.")
    expect(page.get_by_label("Who carries it")).to_have_value("principal")
    page.get_by_role("button", name="Set the owner").click()
    expect(page.locator("form.fields")).to_have_count(0)


def test_without_scripts_both_answers_are_on_the_page(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    coach = sign_in(demo, "coach", f"{AT}?open=answer-support@support:coach", java_script_enabled=False)
    coach.locator("form.fields select").select_option("agreed")
    coach.get_by_label("What the home office says").fill("We come on Mondays.")
    declined(demo)
    coach.get_by_role("button", name="Send the answer").click()
    expect(coach.locator("form.fields")).to_contain_text("Someone answered this request while you were writing.")
    expect(coach.locator(f"{REQUEST} .answer")).to_contain_text("There is no money for it.")
    coach.get_by_role("button", name="Send the answer").click()
    expect(coach.locator(f"{REQUEST} .answer")).to_contain_text("We come on Mondays.")


def kept(page: Page, said: str, label: str, words: str) -> None:
    """What was written stands in its form, which says what another did and sends nothing."""
    expect(page.locator("form.fields .clash")).to_contain_text(said)
    expect(page.get_by_label(label)).to_have_value(words)
    expect(page.locator("form.fields button[type=submit]")).to_be_disabled()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("form.fields")).to_have_count(0)


def test_why_not_stays_when_another_answers_the_proposal(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    about = {"passage": "vision", "replaces": "v-1", "text": "All read."}
    demo.do("family", "propose-change", plan=PLAN, proposal="p", **about)
    page = is_live(sign_in(demo, "principal", AT))
    page.locator("#proposal-p").get_by_role("button", name="Decline").click()
    page.get_by_label("Why not").press_sequentially("Not th")
    demo.do("principal", "decline-proposal", plan=PLAN, proposal="p", reason="It says less.")
    alert = page.locator("form.fields").get_by_role("alert")
    expect(alert).to_contain_text("It says less.")
    page.keyboard.type("is year.")  # the form is where it was, with the focus in it
    kept(page, "This proposal was answered while you wrote: Declined", "Why not", "Not this year.")


def test_the_name_of_a_version_stays_when_another_closes_the_refinement(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)
    page = is_live(sign_in(demo, "principal", f"{AT}?open=close-refinement@refinement:r"))
    page.get_by_label("Name of this version").fill("After the fall")
    close_refinement(demo)
    kept(page, "This refinement was closed while you wrote", "Name of this version", "After the fall")


def test_why_a_part_is_retired_comes_back_when_another_retired_it_for_another_reason(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", f"{AT}?open=retire-part@strategy:aloud"))
    page.get_by_label("Why").fill("Nobody has the time.")
    page.context.set_offline(True)
    page.locator("form.fields button[type=submit]").click()
    demo.do("principal", "retire-part", plan=PLAN, part="strategy:aloud", reason="We begin anew.")
    page.context.set_offline(False)
    expect(page.locator("form.fields")).to_contain_text("This is retired already, and the plan says why.")
    kept(page, "We begin anew.", "Why", "Nobody has the time.")


def test_why_a_reading_is_withdrawn_stays_when_another_withdraws_it(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    reading = {"measure": "home", "reading": "r-44"}
    page = is_live(sign_in(demo, "principal", f"{AT}?open=withdraw-reading@reading:home:r-44"))
    page.get_by_label("Why it is wrong").fill("It was 44.")
    demo.do("teacher", "withdraw-reading", plan=PLAN, **reading, reason="Counted twice.")
    kept(page, "This reading was withdrawn while you wrote.", "Why it is wrong", "It was 44.")


@pytest.mark.parametrize("reload", [False, True])
@pytest.mark.parametrize(
    ("theirs", "together"),
    [
        (THEN.replace("Children", "All children"), f"{THEN} Weekly, and families.".replace("Children", "All children")),
        (f"{THEN} Once.", f"{THEN} Weekly, and families."),
    ],
)
def test_of_several_edits_made_without_a_connection_the_last_one_comes_back(
    demo: Server, sign_in: SignIn, theirs: str, together: str, *, reload: bool
) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", AT))
    page.context.set_offline(True)
    then = place(page, "strategy:aloud:then")
    for mine in (" Weekly.", " Weekly, too.", " Weekly, and families."):
        edit(page, "strategy:aloud:then", THEN + mine).get_by_role("button", name="Save").click()
        expect(then).to_contain_text(THEN + mine)
    passage = {"passage": "strategy:aloud:then", "wording": "t-2", "replaces": "aloud", "text": theirs}
    demo.do("teacher", "word-passage", plan=PLAN, **passage)
    page.context.set_offline(False)
    form = then.locator("form.fields")
    expect(form.locator("[name=text]")).to_have_value(together)
    expect(form).to_contain_text("Tomás Herrera put this into other words while you wrote.")
    expect(form).not_to_contain_text("waits until this form is empty")
    if reload:
        page.reload()
        expect(form.locator("[name=text]")).to_have_value(together)
        expect(form).not_to_contain_text("waits until this form is empty")
    form.get_by_role("button", name="Save these words").click()
    expect(then.locator(".prose-text")).to_have_text(together)
    expect(form).to_have_count(0)
    is_received(page)
    expect(page.locator("#connection")).not_to_contain_text("not accepted")
    page.reload()
    expect(then.locator(".prose-text")).to_have_text(together)
    expect(form).to_have_count(0)


def test_without_scripts_too_words_that_come_too_late_stand_in_their_form(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="r", quarter=1)

    def opened(form: str) -> Page:
        return sign_in(demo, "principal", f"{AT}?open={form}", java_script_enabled=False)

    def refused(page: Page, said: str, label: str, words: str) -> None:
        page.get_by_label(label, exact=True).fill(words)
        page.locator("form.fields button[type=submit]").last.click()
        expect(page.locator("form.fields")).to_contain_text(said)
        expect(page.get_by_label(label, exact=True)).to_have_value(words)

    decline = opened("decline-proposal@proposal:p-1")
    demo.do("principal", "decline-proposal", plan=PLAN, proposal="p-1", reason="Not now.")
    refused(decline, "This proposal has been answered already.", "Why not", "Not this year.")
    retire = opened("retire-part@strategy:aloud")
    demo.do("principal", "retire-part", plan=PLAN, part="strategy:aloud", reason="We have them.")
    refused(
        retire, "This is retired already, and the plan says why.", "Why it is no longer pursued", "Nobody has the time."
    )
    demo.do("principal", "restore-part", plan=PLAN, part="strategy:aloud")
    close = opened("close-refinement@refinement:r")
    close_refinement(demo)
    refused(close, "This refinement is closed already.", "Name of this version", "After the fall")
    withdraw = opened("withdraw-reading@reading:home:r-44")
    demo.do("teacher", "withdraw-reading", plan=PLAN, measure="home", reading="r-44", reason="Counted twice.")
    refused(withdraw, "This reading is withdrawn already", "Why it is wrong", "It was 45.")
