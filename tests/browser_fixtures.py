"""Chromium for tests: `sign_in` opens a browser of its own for each person.

Without a Chromium the tests fail and say the command that installs one.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from daybook.server.guard import COOKIE
from tests.server_fixtures import Server

SignIn = Callable[..., Page]

_PATIENCE = 20_000  # milliseconds; two cores may be busy with other tests
expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return where Chromium is. The one that has no windows is the same inside, and needs a quarter less time."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("There is no Chromium. Debian: apt-get install chromium-headless-shell")


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """Yield one browser for a module. It ends with it, as its event loop would be in the way of async tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def sign_in(chromium: Browser) -> Iterator[SignIn]:
    """Yield a function that opens a page as somebody, and fails the test when a script crashed in one."""
    crashed: list[str] = []
    contexts = []

    def sign_in(server: Server, person: str, path: str, **options: Any) -> Page:
        # A service worker would answer in place of a test's own routes, and is tested where it is wanted.
        context = chromium.new_context(base_url=server.url, **{"service_workers": "block"} | options)
        contexts.append(context)
        context.add_cookies([{"name": COOKIE, "value": server.token(person), "url": server.url}])
        context.set_default_timeout(_PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: crashed.append(str(error)))
        page.on("console", lambda said: crashed.append(said.text) if "Content Security" in said.text else None)
        page.goto(path)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert crashed == []
