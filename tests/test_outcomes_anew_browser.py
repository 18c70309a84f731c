"""Two people set the aim of one outcome, or say what came of it: whoever comes second has both before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import faults
from tests.outcomes_demo import ADDRESS, TRIAL, adopted, draft
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

READERS = "#outcome-readers"
CHANGED = "Daniel Reyes changed this while your form was open."


def opened(server: Server, sign_in: SignIn, form: str) -> Page:
    page = sign_in(server, "principal", ADDRESS)
    expect(page.locator("#connection")).to_contain_text("Live")
    about = "" if form.startswith("Edit") else " Outcome 1"
    page.locator(READERS).get_by_role("button", name=f"{form}{about}", exact=True).click()
    return page


def choose(page: Page, code: str) -> None:
    box = page.locator(f"input[name=indicators][value='{code}']")
    if not box.is_visible():
        page.locator("details.choices", has=box).locator("summary").click()
    box.check()


def aim(server: Server, *codes: str, **more: object) -> None:
    at = [{"indicator": code} for code in codes]
    server.do("coach", "aim-outcome", **TRIAL, outcome="readers", indicators=at, target=4, **more)


def test_an_aim_that_another_set_meanwhile_is_seen_before_ones_own_takes_its_place(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    page = opened(demo, sign_in, "Indicators and level")
    choose(page, "CI.2")
    aim(demo, "CI.1", "TA.1")
    clash = page.locator(f"{READERS} .clash")
    expect(clash).to_contain_text(CHANGED)
    expect(page.locator(f"{READERS} .aims")).to_contain_text("TA.1")
    assert faults(page) == []
    save = page.locator(READERS).get_by_role("button", name="Set the aim")
    expect(save).not_to_have_attribute("aria-disabled", "true")
    save.click()
    expect(page.locator(f"{READERS} .aims")).not_to_contain_text("TA.1")
    expect(page.locator(f"{READERS} .aims")).to_contain_text("CI.2")
    expect(clash).to_have_count(0)


def test_an_aim_that_was_sent_late_comes_back_beside_the_one_that_was_faster(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    page = opened(demo, sign_in, "Amend the aim")
    choose(page, "CI.2")
    page.get_by_label("Why").fill("Both are needed.")
    page.context.set_offline(True)
    page.locator(READERS).get_by_role("button", name="Amend it").click()
    aim(demo, "CI.1", "TA.1", reason="Rooms first.")
    page.context.set_offline(False)
    form = page.locator(f"{READERS} form.fields")
    expect(form).to_contain_text("Someone changed this aim while you were choosing.")
    expect(form).to_contain_text(CHANGED)
    expect(form.locator("[name=indicators][value='CI.2']")).to_be_checked()
    expect(page.get_by_label("Why")).to_have_value("Both are needed.")
    expect(page.locator(f"{READERS} .aims")).to_contain_text("TA.1")
    choose(page, "TA.1")
    form.get_by_role("button", name="Amend it").click()
    expect(page.locator(f"{READERS} .aims .code")).to_have_text(["CI.1", "CI.2", "TA.1"])
    before = page.locator(f"{READERS} .amendments li")
    expect(before.nth(0)).to_contain_text("Before: CI.1")
    expect(before.nth(1).locator(".code")).to_have_text(["CI.1", "TA.1"])
    page.reload()
    expect(before.nth(1).locator(".code")).to_have_text(["CI.1", "TA.1"])


def test_what_two_say_came_of_an_outcome_stands_together_before_the_second_one_decides(
    demo: Server, sign_in: SignIn
) -> None:
    adopted(demo)
    page = opened(demo, sign_in, "Say what came of it")
    page.get_by_label("Result").select_option("not-met")
    page.get_by_label("Evidence for it").fill("Too few.")
    about = {"outcome": "readers", "result": "partly-met", "evidence": "Half of them by May."}
    demo.do("coach", "conclude-outcome", **TRIAL, **about)
    expect(page.locator(f"{READERS} .clash")).to_contain_text(CHANGED)
    expect(page.locator(f"{READERS} .conclusion")).to_contain_text("Half of them by May.")
    expect(page.get_by_label("Evidence for it")).to_have_value("Too few.")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(f"{READERS} .conclusion")).to_contain_text("Partly met")
    page.locator(READERS).get_by_role("button", name="Put it right Outcome 1", exact=True).click()
    expect(page.get_by_label("Evidence for it")).to_have_value("Half of them by May.")
    page.get_by_label("Result").select_option("met")
    page.locator(READERS).get_by_role("button", name="Record what came of it").click()
    expect(page.locator(f"{READERS} .conclusion")).to_contain_text("Met")


def test_without_scripts_both_are_on_the_page_and_ones_own_is_sent_again(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = sign_in(demo, "principal", f"{ADDRESS}?open=aim-outcome@readers", java_script_enabled=False)
    aim(demo, "CI.1", "TA.1")
    page.locator(f"{READERS} select[name=target]").select_option("3")
    page.locator(READERS).get_by_role("button", name="Set the aim").click()
    expect(page.locator(f"{READERS} form.fields")).to_contain_text("Someone changed this aim while you were choosing.")
    expect(page.locator(f"{READERS} .aims")).to_contain_text("TA.1")
    expect(page.locator(f"{READERS} select[name=target]")).to_have_value("3")
    page.locator(READERS).get_by_role("button", name="Set the aim").click()
    expect(page.locator(f"{READERS} .aims .code")).to_have_text(["CI.1"])


def test_an_owner_whom_another_named_meanwhile_is_seen_before_ones_own_is_sent_again(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    page = opened(demo, sign_in, "Owner")
    page.get_by_label("Who carries it").select_option("principal")
    page.context.set_offline(True)
    page.get_by_role("button", name="Set the owner").click()
    demo.do("coach", "assign-outcome", **TRIAL, outcome="readers", owner="teacher")
    page.context.set_offline(False)
    form = page.locator(f"{READERS} form.fields")
    expect(form).to_contain_text("Someone changed this since you read it.")
    expect(form.locator(".clash")).to_contain_text("Somebody changed this while your form was open.")
    expect(page.get_by_label("Who carries it")).to_have_value("principal")
    form.get_by_role("button", name="Set the owner").click()
    expect(form).to_have_count(0)
    expect(page.locator(READERS)).to_contain_text("Patricia Moreno")


def erase(server: Server) -> None:
    server.do("admin", "redact-outcome-words", **TRIAL, about="outcome:readers", reason="It names a child.")


def test_whoever_edits_words_that_are_erased_meanwhile_is_told_before_they_save_theirs(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    page = opened(demo, sign_in, "Edit How we will know")
    box = page.get_by_label("Text", exact=True)
    box.fill("How we know of readers, said Ana.")
    erase(demo)
    clash = page.locator(f"{READERS} .clash")
    expect(clash).to_contain_text("These words were erased while you wrote")
    expect(clash).not_to_contain_text("put this into other words")
    expect(clash.get_by_role("button")).to_have_text(["Write what I wrote below"])
    assert faults(page) == []
    box.fill("Records.")
    page.get_by_role("button", name="Save these words").click()
    expect(page.locator(f'{READERS} [data-place="readers:measure"] .prose-text')).to_have_text("Records.")


def test_without_scripts_it_is_told_as_well(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    address = f"{ADDRESS}?open=word-outcome@readers:measure:en"
    page = sign_in(demo, "principal", address, java_script_enabled=False)
    erase(demo)
    page.get_by_label("Text", exact=True).fill("Records.")
    page.locator(f"{READERS} form.fields").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"{READERS} form.fields")).to_contain_text("These words were erased after you read them")
    page.get_by_role("button", name="Save these words").click()
    expect(page.locator(f'{READERS} [data-place="readers:measure"] .prose-text')).to_have_text("Records.")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_the_spanish_page_forms_say_which_words_are_english(demo: Server, sign_in: SignIn, *, scripts: bool) -> None:
    draft(demo)
    said = "Escríbalo en inglés, que es lo que firman ambas partes."
    for form, asked in {
        "propose-outcome@page": True,
        "translate-outcome@readers:measure:es": False,
        "aim-outcome@readers": False,
    }.items():
        page = sign_in(demo, "principal", f"{ADDRESS}?lang=es&open={form}", java_script_enabled=scripts)
        expect(page.locator("form.fields")).to_be_visible()
        expect(page.locator("form.fields", has_text=said)).to_have_count(int(asked))
    page = sign_in(demo, "principal", f"{ADDRESS}?lang=en&open=propose-outcome@page", java_script_enabled=scripts)
    expect(page.locator("form.fields")).to_be_visible()
    expect(page.locator("form.fields", has_text="Write it in English")).to_have_count(0)


def test_what_is_written_about_an_outcome_stays_when_another_leaves_it_out(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = opened(demo, sign_in, "Edit How we will know")
    page.get_by_label("Text", exact=True).fill("Records of March.")
    demo.do("coach", "withdraw-outcome", **TRIAL, outcome="readers", reason="Too many.")
    form = page.locator("form.fields")
    expect(form.get_by_role("alert")).to_contain_text("This outcome was left out while you wrote.")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Records of March.")
    demo.do("coach", "restore-outcome", **TRIAL, outcome="readers")
    expect(form.get_by_role("alert")).to_have_count(0)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f'{READERS} [data-place="readers:measure"] .prose-text')).to_have_text("Records of March.")
