"""The replay of a review's day as people use it: by the ruler, the buttons, the keys and the log."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import WIDTHS, faults_light_and_dark
from tests.replaying import at, loaded, press, says, settled
from tests.server_fixtures import CEDAR, MAPLE, Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

REPLAY = f"/reviews/{CEDAR}/replay"
STREAM = f"review:{CEDAR}"
ALL = 117


@pytest.fixture
def agreed(standing_demo: Server) -> int:
    """Return the position at which the consensus on CI.2 was recorded."""
    steps = standing_demo.ask("GET", f"/api/v1/history/{STREAM}", "reviewer-1").json()["patches"]
    return next(int(step["position"]) for step in steps if "consensus:CI.2" in step["patch"])


@pytest.fixture
def look(standing_demo: Server, sign_in: SignIn) -> Callable[..., Page]:
    """Return a function that opens a finished day's replay as somebody, on a wide screen unless told otherwise."""

    def look(person: str = "reviewer-1", query: str = "", **options: Any) -> Page:
        options = {"viewport": {"width": 1440, "height": 900}} | options
        return loaded(sign_in(standing_demo, person, f"{REPLAY}{query}", **options))

    return look


def test_the_room_at_each_moment_is_what_its_page_says(
    look: Callable[..., Page], standing_demo: Server, sign_in: SignIn
) -> None:
    """For the team, and for those outside, who are told of fewer steps."""
    for person in ("reviewer-1", "coach"):
        steps = standing_demo.ask("GET", f"/api/v1/history/{STREAM}", person).json()["patches"]
        live = look(person)
        drawn = sign_in(
            standing_demo, person, REPLAY, java_script_enabled=False, viewport={"width": 1440, "height": 900}
        )
        wanted = {1, 2, 12, 40, len(steps) // 2, len(steps) - 12, len(steps) - 1, len(steps)}
        for index in sorted(index for index in wanted if 0 < index <= len(steps)):
            live.goto(f"{REPLAY}?at={steps[index - 1]['position']}")
            settled(loaded(live))
            drawn.goto(f"{REPLAY}?at={steps[index - 1]['position']}")
            for part in (".room-title", "#progress", ".player-now", "#indicators", "#rate", ".room-side"):
                assert live.inner_text(part).split() == drawn.inner_text(part).split(), (person, index, part)


def test_a_step_either_way_shows_what_a_fresh_page_shows(look: Callable[..., Page]) -> None:
    page = look("reviewer-1", "?at=100000")
    fresh = look()
    for keys in (
        ["ArrowLeft"] * 3,
        ["Shift+ArrowLeft"] * 5,
        ["ArrowLeft"] * 20,
        ["Home", "Shift+ArrowRight", "ArrowRight"],
    ):
        press(page, *keys)
        expect(page).to_have_url(re.compile(rf"at={position(page)}\b"))
        fresh.goto(page.url)
        settled(loaded(fresh))
        for part in ("#rate", "#indicators", ".room-side", ".player-now"):
            assert page.inner_text(part) == fresh.inner_text(part)


def position(page: Page) -> str:
    found = re.search(r"at=(\d+)", page.locator(".log-line a[aria-current]").get_attribute("href") or "")
    assert found
    return found[1]


def test_keys_step_jump_and_go_to_the_ends(look: Callable[..., Page]) -> None:
    page = look()
    assert at(page) == 1
    assert at(press(page, "ArrowLeft")) == 1
    assert at(press(page, "ArrowRight", "ArrowRight", "ArrowLeft")) == 2
    press(page, "Shift+ArrowRight")
    assert says(page) == "Ruth Lindqvist revealed the ratings of CI.1"
    press(page, "Shift+ArrowLeft")
    assert says(page) == "Ruth Lindqvist opened the review"
    assert at(press(page, "End")) == ALL
    assert at(press(page, "ArrowRight")) == ALL
    assert at(press(page, "Home")) == 1
    press(page, "?")
    expect(page.get_by_role("dialog")).to_contain_text("Previous moment, next moment")
    assert at(press(page, "End")) == 1, "a dialog has its own keys"
    press(page, "Escape")
    page.locator("#player-speed").focus()
    assert at(press(page, "ArrowRight")) == 1, "so has a field"


def test_buttons_do_what_keys_do(look: Callable[..., Page]) -> None:
    page = look()
    page.get_by_role("button", name="One step forward").click()
    assert at(page) == 2
    page.get_by_role("button", name="Next moment").click()
    assert "revealed the ratings of CI.1" in says(page)
    page.get_by_role("button", name="One step back").click()
    assert says(page) == "Hannah Cole rated SL.2"
    page.get_by_role("button", name="Previous moment").click()
    assert at(page) == 2
    page.locator("#moments > summary").click()
    page.locator("#moments").get_by_role("link", name="Consensus on CI.2").click()
    assert says(page) == "Ruth Lindqvist recorded the consensus on CI.2: level 2, Beginning"
    expect(page.locator("#moments > summary")).to_be_focused()
    expect(page.locator("#moments ol")).to_be_hidden()


def test_a_consensus_shows_its_reason_and_glows_where_it_is_drawn(look: Callable[..., Page]) -> None:
    page = look()
    page.locator("#moments > summary").click()
    page.locator("#moments").get_by_role("link", name="Consensus on CI.2").click()
    expect(page.locator(".player-why")).to_contain_text("Two grades work in cycles that close")
    expect(page.locator("#rate-title")).to_contain_text("CI.2")
    glowing = settled(page).locator(".changed")
    assert set(glowing.evaluate_all("all => all.map(one => one.dataset.entry)")) == {"consensus:CI.2", "indicator:CI.2"}
    expect(glowing.first).to_have_css("animation-name", "glow")
    press(page, "ArrowRight")
    expect(page.locator("[data-entry='consensus:CI.2']")).to_have_count(0)  # the room shows CI.3, which comes next
    expect(page.locator("#rate-title")).to_contain_text("CI.3")


def test_what_a_busy_browser_draws_later_glows_too(look: Callable[..., Page]) -> None:
    page = look()
    page.locator("#moments > summary").click()
    # Each frame is full for a while, so that the panes beside come when they may wait no longer.
    page.evaluate("""() => {
        let until = 0;
        const work = () => {
            until ||= performance.now() + 1_000;
            for (const end = performance.now() + 30; performance.now() < end; );
            if (performance.now() < until) setTimeout(work);
        };
        document.querySelector("#moments").addEventListener("click", work, { once: true });
    }""")
    page.locator("#moments").get_by_role("link", name="Consensus on CI.2").click()
    beside = page.locator(".pane-indicators .changed")
    expect(beside).to_have_css("animation-name", "glow")
    expect(page.locator("#rate .changed")).to_have_css("animation-name", "glow")


def test_the_slider_is_dragged_by_time_and_catches_marks(look: Callable[..., Page]) -> None:
    page = look()
    slider = page.get_by_role("slider", name="Moment")
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2

    def to(share: float) -> tuple[float, float]:
        return box["x"] + 10 + share * (box["width"] - 20), middle

    page.mouse.move(*to(0.02))
    page.mouse.down()
    page.mouse.move(*to(0.5), steps=5)
    expect(page.locator(".player-said")).to_contain_text("noted evidence")
    half = at(page)
    page.mouse.move(*to(1))
    expect(page.locator(".player-said")).to_have_text("Ruth Lindqvist closed the review")
    page.mouse.move(*to(0.5))
    expect(page.locator(".player-when")).to_contain_text(f"{half} of")
    [closes] = page.locator("#ruler .mark-end").evaluate_all("all => all.map(one => one.x.baseVal.value)")
    ruler = page.locator("#ruler").bounding_box()
    assert ruler
    page.mouse.move(ruler["x"] + closes, middle)
    page.mouse.up()
    assert says(page) == "Ruth Lindqvist closed the review"
    slider.focus()
    assert at(press(page, "ArrowLeft")) == ALL - 1
    assert "recorded the consensus on SL.2" in (slider.get_attribute("aria-valuetext") or "")


def test_it_plays_pauses_and_stops_at_the_end(look: Callable[..., Page]) -> None:
    page = look()
    page.get_by_label("Speed").select_option("Fast")
    page.locator("#rate-title").focus()
    press(page, " ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".player-said")).to_contain_text("joined the review")
    press(page, " ")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    stopped = at(page)
    assert 2 < stopped < ALL
    page.evaluate("new Promise(done => setTimeout(done, 500))")  # in which it would have taken two steps
    assert at(page) == stopped
    press(page, "End", "ArrowLeft", " ")
    expect(page.locator(".player-said")).to_have_text("Ruth Lindqvist closed the review")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    press(page, " ")
    expect(page.locator(".player-said")).to_have_text("Ruth Lindqvist opened the review")  # it begins again
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_log_has_every_step_draws_few_and_leads_to_each(look: Callable[..., Page]) -> None:
    page = look()
    lines = page.locator(".log-line")
    assert lines.count() < 60
    assert lines.first.get_attribute("aria-setsize") == str(ALL)
    lines.nth(4).get_by_role("link").click()
    assert at(page) == 5
    # The log follows a little later than the document, and goes to the line that it marks.
    expect(page.locator(".log-line[aria-posinset='5'] a")).to_have_attribute("aria-current", "step")
    page.locator("#log-lines").evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    last = page.locator(f".log-line[aria-posinset='{ALL}'] a")
    last.click()
    assert says(page) == "Ruth Lindqvist closed the review"
    expect(last).to_have_attribute("aria-current", "step")
    press(page, "Home")
    expect(page.locator(".log-line[aria-posinset='1'] a")).to_be_in_viewport()


def test_the_last_line_of_the_log_is_in_sight_at_the_top_of_the_page(look: Callable[..., Page]) -> None:
    page = look()
    for width, height in ((1180, 720), (834, 1112)):
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("End")
        assert page.evaluate("scrollY") == 0
        expect(page.locator("#log-lines [aria-current]")).to_be_in_viewport(ratio=1)


def test_arrows_go_from_line_to_line_of_the_log(look: Callable[..., Page]) -> None:
    page = look()
    lines = page.locator(".log-line a")
    lines.first.click()
    for index in range(2, 40):
        press(page, "ArrowDown")
        assert page.evaluate("document.activeElement.dataset.index") == str(index)
    assert at(page) == 39
    expect(page.locator("[data-index='39']")).to_be_in_viewport()
    assert at(press(page, "ArrowUp", "ArrowUp")) == 37
    assert at(press(page, "PageDown", "PageUp", "End")) == ALL
    expect(page.locator(f".log-line [data-index='{ALL}']")).to_be_focused()
    press(page, "Home")
    expect(page.locator(".log-line [data-index='1']")).to_be_focused()


def test_the_address_keeps_the_moment_and_the_indicator(look: Callable[..., Page]) -> None:
    page = look()
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight")
    expect(page).to_have_url(re.compile(r"at=\d+.*indicator=CI.2"))
    here = says(page)
    page.locator("#indicators").get_by_role("link", name=re.compile("SL.2")).click()
    expect(page.locator("#rate-title")).to_be_focused()
    expect(page.get_by_label("Follow along")).not_to_be_checked()
    expect(page).to_have_url(re.compile("indicator=SL.2"))
    page.reload()
    loaded(page)
    assert says(page) == here
    expect(page.locator("#rate-title")).to_contain_text("SL.2")
    page.get_by_label("Follow along").check()
    expect(page.locator("#rate-title")).to_contain_text("CI.2")


def test_a_blind_round_is_shown_to_the_team_when_it_is_over(look: Callable[..., Page], standing_demo: Server) -> None:
    steps = standing_demo.ask("GET", f"/api/v1/history/{STREAM}", "facilitator").json()["patches"]
    [first, second] = [step["position"] for step in steps if "rating:CI.2:reviewer-4" in step["patch"]][:2]
    page = look("facilitator", f"?at={first}")
    expect(page.locator(".results")).to_contain_text("Given so far, not revealed")
    expect(page.get_by_role("row", name="Partial Implementation")).to_contain_text("Dolores Vega")
    page.goto(f"{REPLAY}?at={second}")
    expect(page.get_by_role("row", name="Beginning")).to_contain_text("Dolores Vega")
    outside = look("coach", f"?at={second}")
    assert "Dolores Vega" not in outside.inner_text("#rate")
    assert "rated" not in outside.inner_text("#log")


def test_nothing_can_be_done_to_the_past(look: Callable[..., Page]) -> None:
    for index in (3, 60, 117):
        page = look("facilitator")
        press(page, "End" if index == ALL else "Home", *["ArrowRight"] * (index - 1))
        assert page.locator("#room form").count() == 0
        assert page.locator("#bar").count() == 0


def test_it_is_read_without_the_network_once_loaded(look: Callable[..., Page]) -> None:
    page = look()
    page.context.set_offline(True)
    asked: list[str] = []
    # A browser asks for a page's icon when it finds the time.
    page.on("request", lambda request: asked.append(request.url) if "/icon" not in request.url else None)
    press(page, "End", "Home", *["Shift+ArrowRight"] * 5)
    expect(page.locator("section.agreement")).to_be_visible()
    assert asked == []


def test_what_cannot_be_loaded_is_said_and_the_moment_stays(standing_demo: Server, sign_in: SignIn) -> None:
    page = sign_in(standing_demo, "reviewer-1", "/")
    page.route("**/api/v1/history/**", lambda route: route.abort())
    page.goto(f"{REPLAY}?at=100000")
    expect(page.locator("#replay-status")).to_contain_text("could not be loaded")
    expect(page.locator(".player-said")).to_have_text("Ruth Lindqvist closed the review")
    expect(page.get_by_role("link", name="One step back")).to_be_visible()


def test_a_day_that_goes_on_hides_what_is_blind(demo: Server, sign_in: SignIn) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    demo.do("reviewer-1", "give-rating", review=MAPLE, indicator="CI.1", answer=4)
    mine = loaded(sign_in(demo, "reviewer-1", f"/reviews/{MAPLE}/replay?at=100000"))
    expect(mine.get_by_role("row", name="Full Implementation")).to_contain_text("Ana Ruiz")
    other = loaded(sign_in(demo, "reviewer-2", f"/reviews/{MAPLE}/replay?at=100000"))
    expect(other.locator(".progress")).to_contain_text("1 of 8 have rated")
    expect(other.locator(".results")).to_have_count(0)
    expect(other.locator(".replay-note")).to_contain_text("not closed")


def test_with_less_motion_a_mark_stands_where_it_would_glow(look: Callable[..., Page]) -> None:
    page = look(reduced_motion="reduce")
    press(page, "End", "ArrowLeft")
    marked = page.locator("section.agreement.changed")
    expect(marked).to_be_visible()
    style: Any = marked.evaluate(
        "one => { const {animationName, boxShadow} = getComputedStyle(one); return {animationName, boxShadow} }"
    )
    assert style["animationName"] == "none"
    assert style["boxShadow"] != "none"


def test_those_who_listen_hear_where_they_are_once(look: Callable[..., Page]) -> None:
    page = look()
    page.evaluate(
        "window.heard = []; new MutationObserver(() => heard.push(document.getElementById('said').textContent))"
        ".observe(document.getElementById('said'), {childList: true})"
    )
    press(page, *["ArrowRight"] * 12)
    expect(page.locator("#said")).to_contain_text(says(page))
    assert len(page.evaluate("heard")) == 1


def test_it_is_told_in_spanish(look: Callable[..., Page]) -> None:
    page = look("reviewer-1", "?lang=es")
    press(page, "End", "ArrowLeft")
    assert says(page) == "Ruth Lindqvist registró el consenso sobre SL.2: nivel 3, Implementación parcial"
    assert re.match(r"martes 10 de febrero de 2026, ", page.inner_text(".player-when"))
    assert "feb" in page.locator("#ruler").text_content().lower()  # type: ignore[union-attr]
    expect(page.get_by_role("button", name="Momento anterior")).to_be_visible()
    expect(page.locator(".log-line a[aria-current]")).to_contain_text("registró el consenso")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(look: Callable[..., Page], agreed: int, width: int, lang: str) -> None:
    page = look("reviewer-1", f"?lang={lang}&at={agreed}", viewport={"width": width, "height": 900})
    panes = ["#rate", "#log", "#indicators", "#evidence", "#people"] if width == 390 else [""]
    for pane in panes:
        page.evaluate(f"location.hash = {json.dumps(pane)}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert faults_light_and_dark(page) == [], pane
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), pane
        if pane:
            expect(page.locator(pane)).to_be_visible()


def test_a_phone_shows_the_log_as_a_pane(look: Callable[..., Page]) -> None:
    page = look(viewport={"width": 390, "height": 844})
    expect(page.locator("#log")).to_be_hidden()
    page.get_by_role("navigation", name="Parts of the room").get_by_role("link", name="What happened").click()
    expect(page.locator(".log-line").first).to_be_visible()
    page.locator(".log-line").nth(3).get_by_role("link").click()
    assert at(page) == 4
    page.get_by_role("navigation", name="Parts of the room").get_by_role("link", name="Indicator", exact=True).click()
    expect(page.locator("#rate-title")).to_be_visible()
    assert at(page) == 4


def test_the_player_stays_in_view_where_there_is_room_for_more(look: Callable[..., Page], agreed: int) -> None:
    page = look(query=f"?at={agreed}")
    page.evaluate("scrollTo(0, 2000)")
    expect(page.locator(".player-said")).to_be_in_viewport()
    heights = page.evaluate(
        "['#player', '#log', '#indicators'].map(one => document.querySelector(one).getBoundingClientRect())"
    )
    assert heights[1]["top"] >= heights[0]["bottom"] - 1
    assert heights[2]["top"] >= heights[0]["bottom"] - 1
    zoomed = look(query=f"?at={agreed}", viewport={"width": 720, "height": 450})  # as at 200 % on a small laptop
    zoomed.locator(".agreement-level").evaluate("one => one.scrollIntoView()")
    expect(zoomed.locator(".agreement-level")).to_be_in_viewport()
    expect(zoomed.locator(".player-said")).not_to_be_in_viewport()
