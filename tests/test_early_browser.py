"""What is typed before a page's scripts run, or refused without them, is taken over by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from tests import outcomes_demo, plan_on_server
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

EARLY = "Typed early."


class Held:
    """A page's script, which does not arrive until it is let go."""

    def __init__(self, page: Page, script: str) -> None:
        self._page = page
        self._script = f"**/static/*/{script}"  # of whichever release
        self._routes: list[Route] = []
        page.route(self._script, self._hold)

    def _hold(self, route: Route) -> None:
        self._routes.append(route)

    def open(self, path: str, form: str) -> None:
        """Open a page with a form unfolded, as the server drew it."""
        with self._page.expect_request(self._script):
            self._page.goto(path, wait_until="commit")
        expect(self._page.locator(f'form[data-form="{form}"]')).to_be_visible()

    def let_go(self) -> None:
        self._routes[-1].continue_()  # a page that was left has no use for its own any more
        expect(self._page.locator("#connection")).to_contain_text("Live")


@pytest.mark.parametrize(
    ("address", "script", "key"),
    [
        (plan_on_server.AT, "plan.js", "word-passage@vision"),
        (outcomes_demo.ADDRESS, "outcomes.js", "comment-on-outcome@readers"),
    ],
)
def test_what_is_typed_before_the_scripts_run_stays_also_for_the_next_time(
    demo: Server, sign_in: SignIn, address: str, script: str, key: str
) -> None:
    plan_on_server.draft(demo)
    outcomes_demo.draft(demo)
    page = sign_in(demo, "principal", "/")
    held = Held(page, script)
    held.open(f"{address}?open={key}", key)
    text = page.locator(f'form[data-form="{key}"] [name=text]')
    text.fill(EARLY)
    held.let_go()
    expect(text).to_have_value(EARLY)
    page.unroute_all()
    page.goto(address)
    expect(page.locator("#connection")).to_contain_text("Live")
    expect(text).to_have_value(EARLY)


def test_what_is_refused_without_scripts_is_in_its_form_once_they_run(demo: Server, sign_in: SignIn) -> None:
    plan_on_server.adopted(demo)
    page = sign_in(demo, "principal", "/")
    held = Held(page, "plan.js")
    key = "take-reading@measure:home"
    held.open(f"{plan_on_server.AT}?open={key}", key)
    form = page.locator(f'form[data-form="{key}"]')
    form.evaluate("form => { form.noValidate = true; }")
    form.locator("[name=value]").fill("63")
    form.locator("[name=on]").fill("2099-01-01")
    with page.expect_request("**/static/*/plan.js"):
        form.locator("button[type=submit], button:not([type])").first.click(no_wait_after=True)
    expect(form).to_be_visible()
    held.let_go()
    expect(form.locator("[name=value]")).to_have_value("63")
    expect(form.get_by_role("alert")).to_contain_text("2099")
    expect(page).to_have_url(f"{demo.url}{plan_on_server.AT}")
