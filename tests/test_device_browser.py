"""What a page says of its device: what it holds and how to take it away, and what it cannot keep; and new releases."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Dialog, Page, expect

import daybook
from tests.accessibility import faults, faults_light_and_dark, is_for_everyone
from tests.offline_pages import add_evidence, comes_back, is_kept_note, is_received, is_stored, opened, recorded, until
from tests.server_fixtures import MAPLE, Server, Start
from tests.test_room_browser import NOTE, ROOM, is_live

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

BROKEN = {
    "blocked": "indexedDB.constructor.prototype.open = () => { throw new DOMException('no', 'SecurityError') }",
    "full": "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }",
    "hanging": "indexedDB.constructor.prototype.open = () => new EventTarget()",
}


@pytest.fixture
def day(demo: Server) -> Server:
    """Return a server where Maple's review is open."""
    demo.do("facilitator", "open-review", review=MAPLE)
    return demo


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_where_nothing_can_be_kept_the_page_says_so_and_sends_all_the_same(
    day: Server, sign_in: SignIn, script: str
) -> None:
    ana = sign_in(day, "reviewer-1", "/")
    ana.add_init_script(script)
    ana.goto(ROOM)
    is_live(ana)
    ana.context.set_offline(True)
    add_evidence(ana, NOTE)
    expect(ana.locator("#connection")).to_contain_text("not received, and kept on this page alone: 1")
    expect(ana.locator(".evidence-list")).to_contain_text(NOTE)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    ana.on("dialog", stay)
    ana.close(run_before_unload=True)
    ana.wait_for_event("dialog") if not asked else None
    ana.context.set_offline(False)
    expect(ana.locator("#connection")).not_to_contain_text("not received", timeout=30_000)
    assert asked == ["beforeunload"]
    assert recorded(day) == [NOTE]
    ana.goto("/outbox")
    if "put" not in script:
        expect(ana.get_by_role("alert")).to_contain_text("This browser keeps nothing.")


def test_what_a_device_holds_can_be_taken_away(day: Server, sign_in: SignIn) -> None:
    ana = is_live(sign_in(day, "reviewer-1", ROOM))
    ana.context.route("**/api/v1/commands", lambda route: route.abort())
    add_evidence(ana, f"{NOTE}\nAnd “quotes” – ñ.")
    ana.get_by_label("Beginning").check()
    ana.get_by_role("button", name="Rate CI.2").click()
    expect(ana.locator("#connection")).to_contain_text("not received yet: 2")
    ana.goto("/outbox")
    expect(ana.locator("#unsent")).to_have_text("Waiting to be received (2)")

    name, text = downloaded(ana, "Download as data (JSON)")
    assert name.startswith("daybook-")
    assert name.endswith(".json")
    said = json.loads(text)
    assert said["format"] == "daybook-outbox-1"
    first, second = said["commands"]
    assert (first["type"], first["data"]["text"]) == ("add-evidence", f"{NOTE}\nAnd “quotes” – ñ.")
    assert (second["type"], second["data"]["answer"], second["state"]) == ("give-rating", 2, "not-received")
    assert (first["person"], first["stream"]) == ("reviewer-1", f"review:{MAPLE}")
    assert first["page"] == "Maple Street Elementary: School Support Review"

    name, text = downloaded(ana, "Download to read")
    assert name.endswith(".txt")
    for part in ("Add evidence on CI.2", "And “quotes” – ñ.", "Rate CI.2: level 2", "Not received yet", "Maple Street"):
        assert part in text

    # What was taken away can be sent by anybody who may act for its author, as it stands.
    lines = [{key: line[key] for key in ("id", "type", "data")} for line in said["commands"]]
    answer = day.ask("POST", "/api/v1/commands", "reviewer-1", json=lines).json()
    assert [one["status"] for one in answer] == [200, 200]
    ana.context.unroute("**/api/v1/commands")
    ana.get_by_role("button", name="Send now").click()
    expect(ana.locator("#outbox-page")).to_contain_text("Everything written on this device has been received.")
    assert recorded(day) == [f"{NOTE}\nAnd “quotes” – ñ."]


def downloaded(page: Page, button: str) -> tuple[str, str]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_text(encoding="utf-8")


def test_the_pages_of_a_device_are_for_everyone(day: Server, sign_in: SignIn) -> None:
    ana = opened(day, sign_in)
    ana.context.set_offline(True)
    add_evidence(ana, NOTE)
    is_stored(ana, NOTE)
    ana.reload()
    is_kept_note(ana)
    assert faults_light_and_dark(ana) == []
    ana.goto("/outbox")
    expect(ana.locator("#unsent")).to_have_text("Waiting to be received (1)")
    expect(ana.get_by_role("heading", level=1)).to_have_text("On this device")  # also once the connection is back
    is_for_everyone(ana)
    ana.goto("/nowhere")
    expect(ana.get_by_role("heading", name="No connection")).to_be_visible()
    expect(ana.locator("#readable")).to_be_visible()
    is_for_everyone(ana)


def test_a_form_that_was_sent_into_nothing_can_be_sent_again(day: Server, sign_in: SignIn) -> None:
    admin = opened(day, sign_in, "admin", "/")
    admin.goto("/reviews/new")
    admin.context.set_offline(True)
    admin.locator("input[type=date]").fill("2026-05-05")
    admin.locator("form[action='/reviews/new']").evaluate(
        """form => {
          const value = `<b>"It's"</b> typed`;
          form.append(Object.assign(document.createElement("textarea"), { name: "note", value }));
          form.submit();
        }"""
    )
    expect(admin.get_by_role("heading", name="No connection")).to_be_visible()
    expect(admin.locator("#form-again")).to_contain_text("""<b>"It's"</b> typed""")
    assert faults(admin) == []
    admin.context.set_offline(False)
    admin.get_by_role("button", name="Send it again").click()
    expect(admin).to_have_title(re.compile("Error: Schedule a review"))
    expect(admin.locator("input[type=date]")).to_have_value("2026-05-05")


def test_a_new_release_arrives_without_breaking_what_is_open_or_kept(
    sample: str, start: Start, sign_in: SignIn, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    shutil.copytree(Path(daybook.__file__).parent, old / "daybook", ignore=shutil.ignore_patterns("__pycache__"))
    said = old / "daybook/web/static/notices.js"
    said.write_text(said.read_text(encoding="utf-8").replace('t("Live")', '"Live as of old"'), encoding="utf-8")
    server = start("demo", conninfo=sample, PYTHONPATH=str(old), PYTHONSAFEPATH="1")
    server.do("facilitator", "open-review", review=MAPLE)
    ana = opened(server, sign_in)
    expect(ana.locator("#connection")).to_contain_text("Live as of old")

    server.kill()
    server.change(PYTHONPATH=os.environ.get("PYTHONPATH", ""), PYTHONSAFEPATH="")
    server.start_again()
    comes_back(ana)
    add_evidence(ana, NOTE)
    is_received(ana)
    expect(ana.locator("#connection")).to_contain_text("Live as of old")
    home = ana.context.new_page()
    home.goto("/")
    home.evaluate("navigator.serviceWorker.ready.then(registration => registration.update()).then(() => null)")
    until(home, "caches.keys()", None, lambda names: sum(name.startswith("daybook-files-") for name in names) == 2)

    server.kill()
    ana.reload()
    is_kept_note(ana)
    add_evidence(ana, "Written on the page of the old release.")
    expect(ana.locator(".evidence-list")).to_contain_text("Written on the page of the old release.")
    server.start_again()
    # A page that has turned to long polls meanwhile tries a socket again after a minute.
    expect(ana.locator("#connection")).to_contain_text("Live as of old", timeout=90_000)
    ana.reload()
    expect(ana.locator("#connection")).not_to_contain_text("as of old")
    is_live(ana)
    is_received(ana)
    assert recorded(server) == [NOTE, "Written on the page of the old release."]
