"""What tests of reading and writing without a connection do again and again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page, expect

from tests.server_fixtures import MAPLE
from tests.test_room_browser import ROOM, is_live, write_evidence

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn
    from tests.server_fixtures import Server
    from tests.tcp_proxy import Proxy

KEPT = """async path => {
  for (const name of await caches.keys()) {
    if (name.startsWith("daybook-kept-") && await (await caches.open(name)).match(path)) return name;
  }
  return null;
}"""


VIEW = """async stream => {
  const { Store } = await import(document.querySelector("script[src*=device]").src.replace("device", "outbox-store"));
  return (await (await Store.open()).view(document.body.dataset.person, stream))?.view ?? {};
}"""


def until(page: Page, script: str, argument: object = None, holds: Callable[[Any], bool] = bool) -> Any:
    """Ask a page again and again until what it answers holds; return that."""
    deadline = time.monotonic() + 15
    while not holds(answer := page.evaluate(script, argument)):
        assert time.monotonic() < deadline, answer
        page.wait_for_timeout(50)
    return answer


def opened(server: Server | Proxy, sign_in: SignIn, person: str = "reviewer-1", path: str = ROOM) -> Page:
    """Open a page as somebody in a browser where the service worker works, and wait until it is kept."""
    page = sign_in(server, person, path, service_workers="allow")
    is_kept(page)
    return page


def is_kept(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    until(page, KEPT, page.evaluate("location.pathname"))


def view_is_kept(page: Page, entry: str, stream: str = f"review:{MAPLE}") -> None:
    """Wait until the device holds a view with an entry, as its reader saw it."""
    until(page, VIEW, stream, lambda view: entry in view)


def kept_for(page: Page, path: str) -> str | None:
    """Name the person for whom a page is kept on the device; None when it is for nobody."""
    name = page.evaluate(KEPT, path)
    return str(name).removeprefix("daybook-kept-") if name else None


def add_evidence(page: Page, text: str) -> None:
    write_evidence(page, text)
    page.locator("#add-evidence").get_by_role("button", name="Add evidence").click()


def recorded(server: Server, review: str = MAPLE) -> list[str]:
    """Return the texts of the evidence that the server has, in the order of the log."""
    answer = server.ask("GET", f"/api/v1/history/review:{review}", "facilitator").json()
    return [
        entry["text"]
        for patch in answer["patches"]
        for entry in patch["patch"].values()
        if entry and entry["kind"] == "evidence"
    ]


def is_received(page: Page) -> None:
    """Expect that nothing of this page's author waits any more."""
    expect(page.locator("#connection")).not_to_contain_text("not received", timeout=40_000)
    stored = until(page, COMMANDS, None, lambda commands: "waiting" not in {one["state"] for one in commands})
    assert {one["state"] for one in stored} <= {"answered", "refused"}


COMMANDS = """async () => {
  const { Store } = await import(document.querySelector("script[src*=device]").src.replace("device", "outbox-store"));
  return await (await Store.open()).commands();
}"""


def is_stored(page: Page, text: str) -> None:
    """Wait until the device holds a command with a text."""
    until(page, COMMANDS, None, lambda commands: text in [one["data"].get("text") for one in commands])


def is_kept_note(page: Page) -> None:
    """Expect the page to say that it comes from the device."""
    expect(page.locator("#kept")).to_contain_text("No connection. This is how the page was")


def comes_back(page: Page) -> None:
    """Expect the room to be live again once its server is."""
    expect(page.locator("#connection")).to_contain_text("Live", timeout=40_000)
    expect(page.locator("#kept")).to_have_text("")
    is_live(page)
