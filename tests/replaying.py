"""A replay in a browser: a step draws its document, and what stands beside it once there is nothing else to do."""

import re

from playwright.sync_api import Page, expect


def settled(page: Page) -> Page:
    """Wait until the log and the panes beside the document show the moment too: they were asked for before this."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)))")
    return page


def loaded(page: Page) -> Page:
    """Wait until a replay can be played."""
    expect(page.get_by_role("button", name="Play").or_(page.get_by_role("button", name="Reproducir"))).to_be_visible()
    return page


def at(page: Page) -> int:
    """Return after how many steps the page stands."""
    found = re.search(r"(\d+) (of|de) \d+", page.inner_text(".player-when"))
    assert found, page.inner_text("#player")
    return int(found[1])


def says(page: Page) -> str:
    """Return the sentence of the step that the page shows."""
    return page.inner_text(".player-said")


def press(page: Page, *keys: str) -> Page:
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)
    return settled(page)
