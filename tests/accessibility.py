"""What axe-core finds wrong with a page as a browser shows it."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"

# Nobody reads what passed: naming the wrong alone spares most of the time that the rest takes to be told.
_FIND = """async (within) => {
    const { violations } = await axe.run(within ?? document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
}"""


def faults(page: Page, within: str | None = None) -> list[list[object]]:
    """Return the rules that a page breaks, each with the elements that break it; within a selector or everywhere."""
    assert AXE.exists(), "axe-core is not installed: npm ci"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[list[object]] = page.evaluate(_FIND, within)
    return found
