"""What a step changed is marked by a bar beside the words, at a distance that has the colour of what they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.replaying import loaded, settled
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

WIDTHS = (1440, 1180, 1120, 834, 390)
_OFF_COLOUR = """() => {
    const behind = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const { backgroundColor } = getComputedStyle(at);
            if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
        }
    };
    const others = ".chip, .strategy, .indicator-link, .evidence, .faces > li";  // marked without a distance
    const barred = [...document.querySelectorAll(`.changed:not(${others})`)]
        .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).boxShadow !== "none");
    const off = barred.filter((one) => !getComputedStyle(one).boxShadow.startsWith(behind(one)));
    return [barred.length, off.map((one) => `${one.tagName} ${one.className}`)];
}"""


@pytest.mark.parametrize(
    ("kind", "page", "events"),
    [
        ("plan", "plans/maple-2025", ("check-in-held", "action-added", "passage-worded", "priority-added")),
        ("outcomes", "outcomes/maple-2025", ("outcome-proposed", "outcome-worded", "outcomes-signed")),
        ("review", "reviews/maple-spring", ("rating-given", "ratings-revealed", "consensus-reached")),
    ],
)
def test_the_distance_of_a_mark_has_the_colour_of_what_it_lies_on(
    standing_demo: Server, sign_in: SignIn, kind: str, page: str, events: tuple[str, ...]
) -> None:
    person = "facilitator" if kind == "review" else "principal"
    stream = f"{kind}:{page.partition('/')[2]}"
    told = standing_demo.ask("GET", f"/api/v1/history/{stream}", person).json()["patches"]
    found = {step["event"]: step["position"] for step in told}
    browser = sign_in(standing_demo, person, f"/{page}/replay", color_scheme="dark", reduced_motion="reduce")
    for event in events:
        browser.set_viewport_size({"width": WIDTHS[0], "height": 900})
        browser.goto(f"{standing_demo.url}/{page}/replay?at={found[event]}")
        settled(loaded(browser))
        for width in WIDTHS:
            browser.set_viewport_size({"width": width, "height": 900})
            barred, off = browser.evaluate(_OFF_COLOUR)
            assert off == [], (event, width)
            assert barred or width < WIDTHS[1], (event, width)
