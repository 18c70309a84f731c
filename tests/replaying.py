"""A replay in a browser: a step draws its document, and what stands beside it once there is nothing else to do."""

from playwright.sync_api import Page


def settled(page: Page) -> Page:
    """Wait until the log and the panes beside the document show the moment too: they were asked for before this."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)))")
    return page
