"""First pages, a school's page and the network's in a browser: accessible, narrow, wide, leading to the place."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.accessibility import is_for_everyone
from tests.plan_on_server import AT, adopted
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

SHOWN = (
    ("principal", "/"),
    ("family", "/?lang=es"),
    ("coach", "/"),
    ("principal", "/schools/maple"),
    ("coach", "/network"),
    ("principal", "/plans/maple-2025/compare?lang=es"),
    ("family", "/plans/maple-2025/why/monday-team"),
    ("auditor", "/timeline?stream=plan:maple-2025"),
)


@pytest.mark.parametrize(("person", "path"), SHOWN)
def test_axe_finds_nothing(standing_demo: Server, sign_in: "SignIn", person: str, path: str) -> None:
    page = sign_in(standing_demo, person, path)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    is_for_everyone(page)


def test_a_duty_leads_by_keyboard_to_its_place_in_the_plan(standing_demo: Server, sign_in: "SignIn") -> None:
    page = sign_in(standing_demo, "principal", "/")
    page.get_by_role("link", name="Check in on “The Monday team”").press("Enter")
    page.wait_for_url("**/plans/maple-2025#strategy-*")
    place = page.url.partition("#")[2]
    expect(page.locator(f"#{place}")).to_be_in_viewport()


def test_what_is_being_done_leads_to_the_strategy(standing_demo: Server, sign_in: "SignIn") -> None:
    page = sign_in(standing_demo, "family", "/schools/maple")
    page.get_by_role("list", name="What is being done (CI.4)").get_by_role(
        "link", name="Ten minutes after the talk"
    ).click()
    page.wait_for_url("**/plans/maple-2025#strategy-*")
    expect(page.locator(f"#{page.url.partition('#')[2]}")).to_be_in_viewport()


def test_my_work_leads_to_the_plan_of_each_school(demo: Server, sign_in: "SignIn") -> None:
    adopted(demo)
    page = sign_in(demo, "principal", "/")
    page.get_by_role("link", name=re.compile(r"^Plan \d{4}–\d\d ?: Maple Street Elementary$")).click()
    expect(page).to_have_url(f"{demo.url}{AT}")
