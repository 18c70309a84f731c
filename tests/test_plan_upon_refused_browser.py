"""What somebody built without a connection upon a part that was refused finds that part once it is sent anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.plan_on_server import AT, PLAN, draft
from tests.server_fixtures import Server
from tests.test_plan_browser import is_live

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


def test_a_step_under_a_strategy_that_was_refused_is_taken_once_both_are_sent_anew(
    demo: Server, sign_in: SignIn
) -> None:
    draft(demo)
    page = is_live(sign_in(demo, "principal", f"{AT}?open=add-strategy@priority:reading"))
    page.context.set_offline(True)
    form = page.locator("form[data-form='add-strategy@priority:reading']")
    for name, words in {"title": "Book clubs", "if_": "Children choose.", "then": "They read more."}.items():
        form.locator(f"[name={name}]").fill(words)
    form.locator("button[type=submit]").click()
    strategy = page.locator("article.strategy", has_text="Book clubs")
    strategy.get_by_role("button", name="Add an action step").click()
    step = page.locator("form[data-form^='add-action@strategy:s-']")
    step.locator("[name=text]").fill("Buy twelve books.")
    step.locator("button[type=submit]").click()
    demo.do("principal", "retire-part", plan=PLAN, part="priority:reading", reason="We begin anew.")
    page.context.set_offline(False)
    expect(form.locator(".error-summary")).to_be_visible(timeout=60_000)
    demo.do("principal", "restore-part", plan=PLAN, part="priority:reading")
    page.reload()
    form.locator("[name=title]").fill("Book clubs in each grade")
    form.locator("button[type=submit]").click()
    expect(step.locator("[name=text]")).to_have_value("Buy twelve books.")
    expect(step.locator(".error-summary")).to_contain_text("This part is not in the plan.")
    step.locator("button[type=submit]").click()
    added = page.locator("article.strategy", has_text="Book clubs in each grade")
    expect(added.locator(".row.action")).to_contain_text("Buy twelve books.")
    page.goto("/outbox")
    expect(page.locator("main")).to_contain_text("Everything written on this device has been received.")
