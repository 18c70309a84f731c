"""The replay of June Outcomes: the page as it stood, in a browser and without scripts, at every kind of moment."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import WIDTHS, faults_light_and_dark
from tests.offline_pages import is_kept
from tests.outcomes_demo import ADDRESS, TRIAL, adopted
from tests.replaying import settled
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

OUTCOMES = "maple-2024"
HOME = f"/outcomes/{OUTCOMES}"
REPLAY = f"{HOME}/replay"
WIDE = {"viewport": {"width": 1440, "height": 900}}
PARTS = ("#progress", "#document-body", "#signing-body", "#gone-body", ".player-now")
LIT = ".changed"


def steps(server: Server, person: str = "principal", outcomes: str = OUTCOMES) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = server.ask("GET", f"/api/v1/history/outcomes:{outcomes}", person).json()["patches"]
    return told


def position(server: Server, event: str, place: int = 0) -> int:
    return int([step["position"] for step in steps(server) if step["event"] == event][place])


def opened(server: Server, sign_in: SignIn, at: int | str, person: str = "principal", **options: Any) -> Page:
    page = sign_in(server, person, f"{REPLAY}?at={at}", **WIDE | options)
    expect(page.get_by_role("button", name=re.compile("Play|Reproducir"))).to_be_visible()
    return page


def words(page: Page, part: str) -> str:
    """Return what a part says; scripts and templates put their spaces elsewhere."""
    return "".join((page.locator(part).text_content() or "").split())


@pytest.mark.parametrize("query", ["", "&lang=es", "&beside=1"])
def test_the_page_at_each_moment_is_what_the_server_draws(standing_demo: Server, sign_in: SignIn, query: str) -> None:
    told = steps(standing_demo)
    live = opened(standing_demo, sign_in, f"{told[0]['position']}{query}")
    drawn = sign_in(standing_demo, "principal", REPLAY, java_script_enabled=False, **WIDE)
    last = 0
    for place in range(0, len(told), 4 if query else 2):
        for _ in range(place - last):
            live.keyboard.press("ArrowRight")
        last = place
        drawn.goto(f"{REPLAY}?at={told[place]['position']}{query}")
        for part in PARTS:
            assert words(live, part) == words(drawn, part), (place, told[place]["event"], part)


def test_a_translation_is_shown_beside_the_english_at_its_own_step(standing_demo: Server, sign_in: SignIn) -> None:
    told = steps(standing_demo)
    place = next(
        place
        for place, (before, step) in enumerate(pairwise(told), 1)
        if step["event"] == "outcome-translated" and before["event"] != "outcome-translated"
    )
    [key] = [key for key in told[place]["patch"] if key.startswith("text:")]
    page = opened(standing_demo, sign_in, told[place - 1]["position"])
    spanish = page.locator(f'[data-place="{key.split(":")[1]}:{key.split(":")[2]}"] .prose-text[lang="es"]')
    expect(spanish).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(spanish).to_be_in_viewport()
    page.keyboard.press("ArrowLeft")
    expect(spanish).to_have_count(0)


def test_a_step_back_shows_what_a_fresh_page_shows(standing_demo: Server, sign_in: SignIn) -> None:
    told = steps(standing_demo)
    page = opened(standing_demo, sign_in, told[-1]["position"])
    fresh = opened(standing_demo, sign_in, told[-1]["position"])
    for keys in (["ArrowLeft"] * 5, ["Shift+ArrowLeft"] * 3, ["ArrowLeft"] * 9, ["Home", "ArrowRight"]):
        for key in keys:
            page.keyboard.press(key)
        here = settled(page).locator(".log-line a[aria-current]").get_attribute("href") or ""
        fresh.goto(here)
        expect(fresh.locator("html.replaying")).to_be_attached()  # the server drew it first
        expect(settled(fresh).locator(".log-line a[aria-current]")).to_have_attribute("href", here)
        for part in PARTS:
            assert words(page, part) == words(fresh, part), here


def test_signatures_adoption_amendments_and_what_came_of_them_are_marked(
    standing_demo: Server, sign_in: SignIn
) -> None:
    page = opened(standing_demo, sign_in, steps(standing_demo)[0]["position"])
    assert page.locator(".ruler-band-name").first.text_content() == "Draft"
    page.locator("#moments > summary").click()
    expect(page.locator("#moments a").first).to_be_visible()
    labels = " ".join(page.locator("#moments a").all_inner_texts())
    for label in (
        *("The June Outcomes begin", "Signed for the school", "Signed for the home office"),
        *("The June Outcomes are adopted", "Amendment:", "At the year’s end: "),
    ):
        assert label in labels, label
    page.locator("#moments").get_by_role("link", name=re.compile("Amendment: ")).first.click()
    expect(page.locator(".player-why")).to_contain_text("Why:")
    expect(page.locator(f".amendments li{LIT}")).to_be_in_viewport()


def test_what_a_step_changed_is_marked_where_it_stands(standing_demo: Server, sign_in: SignIn) -> None:
    page = opened(standing_demo, sign_in, position(standing_demo, "outcomes-signed"))
    expect(page.locator(f"#signing-body section{LIT}")).to_have_attribute("data-side", "school")
    for event, place in {
        "outcome-proposed": ".outcome",
        "outcome-commented": ".comment-list > li",
        "outcome-endorsed": ".endorsing",
        "outcome-worded": ".passage",
        "outcomes-adopted": "#progress > .chip",
        "outcome-concluded": ".conclusion",
    }.items():
        page.goto(f"{REPLAY}?at={position(standing_demo, event)}")
        expect(page.locator(f"{place}{LIT}").first, event).to_be_in_viewport()


def test_a_draft_that_is_worded_again_loses_its_signatures_before_the_readers_eyes(
    standing_demo: Server, sign_in: SignIn
) -> None:
    told = [step["event"] for step in steps(standing_demo)]
    signed = told.index("outcomes-signed")
    again = told.index("outcome-worded", signed)
    page = opened(standing_demo, sign_in, steps(standing_demo)[again - 1]["position"])
    school = page.locator("#signing-body [data-side=school]")
    expect(school).not_to_contain_text("Nobody yet")
    page.keyboard.press("ArrowRight")
    expect(school).to_contain_text("Nobody yet")
    expect(page.locator(f"#signing-body section{LIT}")).to_be_attached()


def test_nothing_can_be_done_to_the_past(standing_demo: Server, sign_in: SignIn) -> None:
    for person in ("principal", "coach", "teacher", "admin"):
        page = opened(standing_demo, sign_in, position(standing_demo, "outcomes-signed"), person)
        for _ in range(4):
            assert page.locator("#outcomes form, #outcomes [data-do=open], #document a[href*=pdf]").count() == 0, person
            page.keyboard.press("ArrowRight")


def test_both_languages_are_shown_at_any_moment(standing_demo: Server, sign_in: SignIn) -> None:
    page = opened(standing_demo, sign_in, position(standing_demo, "outcomes-adopted"))
    page.get_by_role("link", name="Show English and Spanish").click()
    expect(page.locator(".side-name", has_text="Español").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("beside=1"))
    expect(page.locator(".side-name", has_text="Español").first).to_be_visible()
    plain = sign_in(standing_demo, "principal", REPLAY, java_script_enabled=False, **WIDE)
    plain.goto(f"{REPLAY}?at={position(standing_demo, 'outcomes-adopted')}")
    said = plain.locator(".player-said").inner_text()
    plain.get_by_role("link", name="Show English and Spanish").click()
    expect(plain.locator(".side-name", has_text="Español").first).to_be_visible()
    assert plain.locator(".player-said").inner_text() == said
    plain.get_by_role("link", name="Show one language").click()
    expect(plain.locator(".side-name")).to_have_count(0)


def test_the_page_leads_to_it_and_it_is_read_without_the_network(standing_demo: Server, sign_in: SignIn) -> None:
    page = sign_in(standing_demo, "family", HOME, service_workers="allow")
    page.get_by_role("link", name="Replay what happened").click()
    expect(page.locator("html.replaying")).to_be_attached()
    is_kept(page)
    page.reload()
    expect(page.locator("html.replaying")).to_be_attached()
    said = page.locator(".player-said").inner_text()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("html.replaying")).to_be_attached()
    expect(page.locator(".player-said")).to_have_text(said)
    page.keyboard.press("End")
    expect(page.locator(".conclusion").first).to_be_visible()


def test_an_owner_who_comes_later_is_not_said_to_come_for_the_reason_of_the_aim(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    aim = {"outcome": "readers", "indicators": [{"indicator": "CI.1"}], "target": 3, "reason": "Two rooms are new."}
    demo.do("principal", "aim-outcome", **TRIAL, **aim)
    demo.do("principal", "assign-outcome", **TRIAL, outcome="readers", owner="teacher")
    page = sign_in(demo, "family", f"{ADDRESS}/replay?at=100000", **WIDE)
    expect(page.locator("html.replaying")).to_be_attached()
    expect(page.locator(".player-said")).to_contain_text("the owner of an outcome")
    expect(page.locator(".player-why")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".player-why")).to_have_text("Why: Two rooms are new.")


def test_a_phone_chooses_between_the_outcomes_and_the_log(standing_demo: Server, sign_in: SignIn) -> None:
    at = position(standing_demo, "outcomes-adopted")
    phone = opened(standing_demo, sign_in, at, viewport={"width": 390, "height": 844})
    tabs = phone.get_by_role("navigation", name="Parts of the page")
    expect(tabs.get_by_role("link", name="The outcomes")).to_have_attribute("aria-current", "true")
    expect(phone.locator("#document")).to_be_visible()
    tabs.get_by_role("link", name="What happened").click()
    expect(phone.locator("#log")).to_be_visible()
    expect(phone.locator("#document")).to_be_hidden()
    tablet = opened(standing_demo, sign_in, at, viewport={"width": 834, "height": 1112})
    expect(tablet.locator(".log-line a[aria-current]")).to_be_in_viewport()
    expect(tablet.locator("#document")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(standing_demo: Server, sign_in: SignIn, width: int, lang: str) -> None:
    at = position(standing_demo, "outcome-amended")
    page = opened(standing_demo, sign_in, f"{at}&lang={lang}", viewport={"width": width, "height": 900})
    for pane in ("#document", "#log") if width == 390 else ("",):
        page.evaluate(f"location.hash = '{pane}'")
        assert faults_light_and_dark(page) == [], pane
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), pane
