"""Two people answer one request, or set one thing of a plan: whoever comes second has both before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import faults
from tests.plan_on_server import AT, PLAN, adopted
from tests.server_fixtures import Server
from tests.test_plan_browser import is_live

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
