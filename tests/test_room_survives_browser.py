"""A day in two browsers while everything that can break breaks: reloads, a killed server, a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.server_fixtures import MAPLE, Server
from tests.test_room_browser import NOTE, ROOM, is_live, write_evidence

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


def test_from_blind_rating_to_consensus_through_reloads_and_a_killed_server(demo: Server, sign_in: SignIn) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    ana, ruth = is_live(sign_in(demo, "reviewer-1", ROOM)), is_live(sign_in(demo, "facilitator", ROOM))

    ana.get_by_label("Partial Implementation").check()
    ana.get_by_role("button", name="Rate CI.2").click()
    expect(ruth.locator(".progress")).to_contain_text("1 of 8 have rated")
    ana.reload()
    expect(is_live(ana).locator(".given")).to_contain_text("Partial Implementation")

    demo.kill()
    for page in (ana, ruth):
        expect(page.locator("#connection")).not_to_contain_text("Live")
    write_evidence(ana, NOTE)
    ana.locator("#add-evidence").get_by_role("button", name="Add evidence").click()
    expect(ana.locator("#connection")).to_contain_text("not received yet: 1")
    demo.start_again()
    for page in (ana, ruth):
        expect(page.locator("#connection")).to_contain_text("Live", timeout=40_000)
    expect(ruth.locator(".evidence-list")).to_contain_text(NOTE, timeout=40_000)
    expect(ana.locator("#connection")).not_to_contain_text("not received")

    ruth.locator("summary", has_text="Reveal CI.2").click()
    ruth.get_by_role("button", name="Reveal anyway").click()
    expect(ana.get_by_role("row", name="Partial Implementation")).to_contain_text("Ana Ruiz")

    demo.kill()
    demo.start_again()
    for page in (ana, ruth):
        page.reload()
        is_live(page)
    ruth.get_by_role("link", name="Record consensus").click()
    form = ruth.locator("#consensus-form")
    form.get_by_label("Partial Implementation").check()
    form.get_by_label("Why").fill("We saw it in most rooms.")
    form.get_by_role("button", name="Record consensus").click()
    expect(ana.locator(".agreement")).to_contain_text("We saw it in most rooms.")

    ana.goto("/schools/maple")
    expect(ana.locator("main")).to_contain_text("Partial Implementation")
