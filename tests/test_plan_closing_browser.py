"""The end of a plan's year in the browser: money, days, readings that were wrong, reflections, erasing, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.offline_pages import is_received
from tests.plan_on_server import this_year
from tests.server_fixtures import Server
from tests.test_plan_browser import is_live

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser
PLAN = "maple-last"
AT = f"/plans/{PLAN}"


@pytest.fixture
def ending(demo: Server) -> Server:
    """An earlier plan that nobody has closed yet: two priorities, one strategy, a step, a measure and a reading."""
    year = this_year() - 4  # for which the sample network has none

    def lead(kind: str, /, **data: object) -> None:
        demo.do("principal", kind, plan=PLAN, **data)

    rubric = "pif-illustrative-1"
    lead("begin-plan", school="maple", year=year)
    lead("word-passage", passage="vision", wording="v1", text="Every child reads with joy.")
    for priority, words in (("reading", "All readers grow."), ("families", "Families are partners.")):
        lead("add-priority", priority=priority, text=words, rubric=rubric, indicators=["CI.2"])
        about = {"title": f"Work on {priority}", "if_": "we meet", "then": "it grows"}
        lead("add-strategy", strategy=f"on-{priority}", priority=priority, **about)
    lead("add-action", action="books", strategy="on-reading", text="Choose ten books.", due=f"{year}-10-01")
    measure = {"text": "Home readers", "unit": "%", "baseline": 40, "target": 70}
    lead("add-measure", measure="home", strategy="on-reading", **measure, after="action:books")
    lead("adopt-plan", version="Start of the year")
    lead("take-reading", measure="home", reading="r1", on=f"{year}-11-01", value=99)
    return demo


def unfold(page: Page, form: str) -> Locator:
    """Open the plan with one of its forms unfolded, and return the form."""
    page.goto(f"{AT}?open={form}")
    is_live(page)
    return page.locator(f'form[data-form="{form}"]')


def test_money_days_and_wrong_readings_are_set_right(ending: Server, sign_in: SignIn) -> None:
    patricia = sign_in(ending, "principal", AT)
    form = unfold(patricia, "fund-strategy@strategy:on-reading")
    form.get_by_label("Amount in whole dollars").fill("12000")
    form.get_by_label("Source").fill("Title I")
    form.get_by_role("button", name="Set the funding").click()
    expect(patricia.locator("#strategy-on-reading")).to_contain_text("12,000")
    form = unfold(patricia, "schedule-action@action:books")
    form.get_by_label("Due").fill(f"{this_year() - 4}-12-15")
    form.get_by_role("button", name="Set the day").click()
    expect(patricia.locator("#action-books")).to_contain_text("15 Dec")
    form = unfold(patricia, "withdraw-reading@reading:home:r1")
    form.get_by_label("Why it is wrong").fill("It was another school's.")
    form.get_by_role("button", name="Withdraw the reading").click()
    expect(patricia.locator("#measure-home .chart-points")).to_have_attribute("d", "")
    is_received(patricia)
    view = ending.ask("GET", f"/api/v1/views/plan:{PLAN}", "coach").json()["view"]
    assert (view["strategy:on-reading"]["funding"], view["strategy:on-reading"]["funding_source"]) == (12000, "Title I")
    assert view["action:books"]["due"] == f"{this_year() - 4}-12-15"
    assert view["reading:home:r1"]["withdrawn"] is True


def test_a_strategy_goes_to_another_priority_in_a_refinement(ending: Server, sign_in: SignIn) -> None:
    ending.do("principal", "open-refinement", plan=PLAN, refinement="q4", quarter=4)
    patricia = sign_in(ending, "principal", AT)
    form = unfold(patricia, "move-part@strategy:on-reading")
    form.get_by_label("Priority").select_option(label="1. Families are partners.")
    form.get_by_role("button", name="Move it there").click()
    expect(patricia.locator("#strategy-on-reading .kicker")).to_contain_text("1.2")
    is_received(patricia)
    view = ending.ask("GET", f"/api/v1/views/plan:{PLAN}", "coach").json()["view"]
    assert view["strategy:on-reading"]["priority"] == "families"


def test_the_year_is_reflected_on_erased_from_and_closed(ending: Server, sign_in: SignIn) -> None:
    flor, patricia = is_live(sign_in(ending, "family", AT)), sign_in(ending, "principal", AT)
    for priority, words in (("reading", "Home reading grew."), ("families", "Few came; we begin earlier.")):
        form = unfold(patricia, f"reflect-on-priority@priority:{priority}")
        form.locator("textarea").fill(words)
        form.get_by_label("From here").select_option("carries-forward")
        form.get_by_role("button", name="Save the reflection").click()
        expect(flor.locator("#document")).to_contain_text(words)
    form = unfold(patricia, "redact-plan-words@action:books")
    form.get_by_label("Why they must go").fill("They name a child.")
    form.get_by_role("button", name="Erase for good").click()
    expect(flor.locator("#action-books")).not_to_contain_text("Choose ten books.")
    form = unfold(patricia, "close-plan@plan")
    form.get_by_role("button", name="Close the year for good").click()
    expect(patricia.locator("#progress")).to_contain_text("Year closed")
    expect(flor.locator("#course-body")).to_contain_text("This plan is closed: the year is over")
    is_received(patricia)
    assert ending.send("principal", "report-action", plan=PLAN, action="books", status="done").status_code == 409
