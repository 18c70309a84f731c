"""What axe-core finds wrong with a page as a browser shows it."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"

WIDTHS = (1440, 834, 390)  # a laptop's, a tablet's and a phone's

_COLOURS = ["color-contrast", "link-in-text-block"]  # the rules about colours alone

# Nobody reads what passed: naming the wrong alone spares most of the time that the rest takes to be told.
_FIND = """async ([within, rules]) => {
    const only = rules ? { runOnly: rules } : {};
    const { violations } = await axe.run(within ?? document, { resultTypes: ["violations"], ...only });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
}"""


def faults(page: Page, within: str | None = None, rules: list[str] | None = None) -> list[list[object]]:
    """Return the rules that a page breaks, each with the elements that break it; within a selector or everywhere."""
    assert AXE.exists(), "axe-core is not installed: npm ci"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[list[object]] = page.evaluate(_FIND, [within, rules])
    return found


def faults_light_and_dark(page: Page) -> list[list[object]]:
    """Return the rules that a page breaks in the light, and in the dark, which differs from it in colours alone."""
    # Without motion, colours that go over into others are those others at once.
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = faults(page, rules=_COLOURS)
    page.emulate_media(color_scheme="light")
    return found + faults(page)


def is_for_everyone(page: Page, about: str = "") -> None:
    """Expect axe to find nothing, and nothing to overflow, at each width, in light and in dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        # This module's asserts tell nothing by themselves, so each says what it found.
        found = faults_light_and_dark(page)
        assert found == [], (about, width, found)
        reach = page.evaluate("document.documentElement.scrollWidth")
        assert reach <= width, (about, width, reach)
