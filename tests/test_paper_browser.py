"""A plan's printable page and its calendar page in a browser: accessible, narrow and wide, by keyboard, and printed."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.accessibility import is_for_everyone
from tests.elm_plan import PLAN, plan_at_elm
from tests.server_fixtures import Server, running_copy

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

PRINT, CALENDAR = f"/plans/{PLAN}/print", f"/plans/{PLAN}/calendar"


@pytest.fixture(scope="module")
def elm(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_copy(server, sample_template, tmp_path_factory.mktemp("elm")) as running:
        plan_at_elm(running)
        yield running


@pytest.mark.parametrize("path", [PRINT, f"{PRINT}?lang=es", CALENDAR])
def test_axe_finds_nothing(elm: Server, sign_in: "SignIn", path: str) -> None:
    is_for_everyone(sign_in(elm, "teacher", path))


@pytest.mark.parametrize("size", ["Letter", "A4"])
def test_on_paper_it_has_a_cover_contents_and_page_numbers(elm: Server, sign_in: "SignIn", size: str) -> None:
    page = sign_in(elm, "teacher", PRINT)
    reader = PdfReader(BytesIO(page.pdf(format=size)))
    said = [" ".join(one.extract_text().split()) for one in reader.pages]
    assert len(said) >= 3
    assert "Call-to-Action plan" in said[0]
    assert "Sign out" not in "".join(said)
    assert "Contents Vision" in said[1]
    assert f"2 / {len(said)}" in said[1]


def test_an_address_is_made_shown_and_copied_by_keyboard_alone(elm: Server, sign_in: "SignIn") -> None:
    page = sign_in(elm, "principal", CALENDAR, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("radio", name="The whole plan").press("Space")
    page.get_by_role("button", name="Make an address").press("Enter")
    address = page.get_by_label("Address", exact=True)
    page.get_by_role("button", name="Copy the address").press("Enter")
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == address.input_value()
    assert copied.startswith(f"{elm.url}/calendar/")
    page.get_by_role("button", name="Take it back").press("Enter")
    page.get_by_text("You have none.").wait_for()


def test_without_scripts_an_address_is_made_and_taken_back_too(elm: Server, sign_in: "SignIn") -> None:
    page = sign_in(elm, "teacher", CALENDAR, java_script_enabled=False)
    page.get_by_role("button", name="Make an address").click()
    assert page.get_by_label("Address", exact=True).input_value().endswith(".ics")
    assert not page.get_by_role("button", name="Copy the address").is_visible()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("You have none.").wait_for()
