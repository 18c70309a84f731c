"""Wherever a plan is read, its priorities work on what their June Outcomes aim at: now, and as it was at a moment."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.outcomes_demo import RUBRIC, TRIAL
from tests.outcomes_demo import adopted as outcomes_adopted
from tests.replaying import settled
from tests.server_fixtures import Server
from tests.test_compare_page import words

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]

PLAN = "cedar-plan"
AT = f"/plans/{PLAN}"
CODES = r"[A-Z]{2}\.\d(?:, [A-Z]{2}\.\d)*"
WIDE = {"viewport": {"width": 1440, "height": 900}}


def lead(server: Server, kind: str, /, **data: object) -> None:
    server.do("principal", kind, plan=PLAN, **data)


def aim(server: Server, *indicators: str, **data: object) -> None:
    about = {"outcome": "culture", "indicators": [{"indicator": one} for one in indicators], "target": 4}
    server.do("principal", "aim-outcome", **TRIAL, **about, reason="The yard is calm by now.", **data)


def last(server: Server) -> dict[str, Any]:
    """Return the plan's last step."""
    step: dict[str, Any] = server.ask("GET", f"/api/v1/history/plan:{PLAN}", "principal").json()["patches"][-1]
    return step


@pytest.fixture
def cedar(demo: Server) -> Server:
    """An adopted plan: a priority from the outcome on SC.1, and one that names the same indicator of the rubric."""
    outcomes_adopted(demo)
    lead(demo, "begin-plan", school="cedar", year=2022, **TRIAL)
    lead(demo, "word-passage", passage="vision", wording="v1", text="Everyone is calm.")
    lead(demo, "add-priority", priority="yard", text="A calm yard.", outcome="culture")
    lead(demo, "add-priority", priority="own", text="Our own.", rubric=RUBRIC, indicators=["SC.1"], after="yard")
    for priority in ("yard", "own"):
        said = {"title": f"The strategy of {priority}", "if_": "we", "then": "they"}
        lead(demo, "add-strategy", strategy=f"{priority}-first", priority=priority, **said)
    lead(demo, "adopt-plan", version="Start")
    return demo


def codes(html: str, priority: str = "yard") -> list[str]:
    [head] = re.findall(rf'data-part="priority:{priority}".*?</header>', html, re.DOTALL)
    return re.findall(r'<abbr class="code"[^>]*>([^<]*)</abbr>', head)


def get(server: Server, path: str, person: str = "principal", **params: Any) -> str:
    answer = server.ask("GET", path, person, params=params)
    assert answer.status_code == 200, answer.text
    return answer.text


def of_spsa(server: Server, **params: Any) -> dict[str, str]:
    rows = csv.DictReader(StringIO(get(server, f"{AT}/spsa.csv", **params).removeprefix("\ufeff"), newline=""))
    return {row["Goal #"]: row["PIF indicators"] for row in rows}


def on_paper(server: Server, **params: Any) -> list[str]:
    return re.findall(rf"PIF indicators ({CODES})", words(get(server, f"{AT}/print", **params)))


def in_pdf(server: Server, **params: Any) -> list[str]:
    pages = PdfReader(BytesIO(server.ask("GET", f"{AT}/pdf", "principal", params=params).content)).pages
    return re.findall(rf"PIF indicators:?\s+({CODES})", " ".join(page.extract_text() for page in pages))


def done_about(server: Server, indicator: str) -> list[str]:
    """List the strategies that the school's page says are about an indicator."""
    shown = get(server, "/schools/cedar")
    [found] = re.findall(
        rf'<li class="indicator" id="{re.escape(indicator)}">.*?(?=<li class="indicator"|</section>)', shown, re.DOTALL
    )
    return re.findall(r"The strategy of (\w+)", found)


def test_every_page_tells_what_a_running_plan_works_on(cedar: Server) -> None:
    begun = last(cedar)
    before, then = begun["position"], begun["at"]
    aim(cedar, "SC.2", "CI.5")
    lead(cedar, "fund-strategy", strategy="yard-first", amount=10, source="Title I")
    after = last(cedar)["position"]
    for person in ("principal", "family", "auditor"):
        assert codes(get(cedar, AT, person)) == ["SC.2", "CI.5"], person
        assert codes(get(cedar, AT, person), "own") == ["SC.1"], person
        assert codes(get(cedar, f"{AT}/replay", person, at=before)) == ["SC.1"], person
        assert codes(get(cedar, f"{AT}/replay", person, at=after)) == ["SC.2", "CI.5"], person
    assert on_paper(cedar) == on_paper(cedar, at=after) == ["SC.2, CI.5", "SC.1"]
    assert on_paper(cedar, at=before) == on_paper(cedar, at=then) == ["SC.1", "SC.1"]
    assert in_pdf(cedar) == ["SC.2, CI.5", "SC.1"]
    assert in_pdf(cedar, at=before) == ["SC.1", "SC.1"]
    assert list(of_spsa(cedar).values()) == ["SC.2, CI.5", "SC.1"]
    assert list(of_spsa(cedar, at=before).values()) == ["SC.1", "SC.1"]
    why = get(cedar, f"{AT}/why/yard-first")
    assert re.findall(r"Indicator ([A-Z]+\.\d)</span>", why) == ["SC.2", "CI.5"]


def test_the_schools_page_says_what_is_done_about_what_is_aimed_at(cedar: Server) -> None:
    assert done_about(cedar, "SC.1") == ["yard", "own"]
    aim(cedar, "SC.2", "CI.5")
    assert [done_about(cedar, code) for code in ("SC.1", "SC.2", "CI.5")] == [["own"], ["yard"], ["yard"]]


def test_what_is_added_goes_by_the_aim_as_it_stands(cedar: Server) -> None:
    aim(cedar, "SC.2", "CI.5")
    lead(cedar, "open-refinement", refinement="q1", quarter=1)
    lead(cedar, "add-priority", priority="whole", text="All of it.", outcome="culture")
    lead(cedar, "add-priority", priority="part", text="A part.", outcome="culture", indicators=["SC.2"])
    stale = {"priority": "stale", "text": "What was.", "outcome": "culture", "indicators": ["SC.1"]}
    answer = cedar.send("principal", "add-priority", plan=PLAN, **stale)
    assert answer.status_code == 409
    assert "SC.1: not in this June Outcome. Leave them out." in answer.text
    html = get(cedar, AT)
    assert [codes(html, one) for one in ("yard", "whole", "part")] == [["SC.2", "CI.5"], ["SC.2", "CI.5"], ["SC.2"]]
    current = cedar.ask("GET", "/api/v1/views/outcomes:cedar-trial", "principal").json()["view"]["outcome:culture"]
    aim(cedar, "SC.2", "SC.3", replaces=current["aim"])
    html = get(cedar, AT)
    assert [codes(html, one) for one in ("yard", "whole", "part")] == [["SC.2", "SC.3"], ["SC.2", "SC.3"], ["SC.2"]]


@pytest.mark.browser
def test_the_live_page_and_the_replay_say_the_same(cedar: Server, sign_in: SignIn) -> None:
    aim(cedar, "SC.2", "CI.5")
    lead(cedar, "fund-strategy", strategy="yard-first", amount=10, source="Title I")
    here = "[data-part='priority:yard'] .codes-line"
    page = sign_in(cedar, "principal", AT, **WIDE)
    expect(page.locator(here)).to_have_text(re.compile(r"^\s*SC\.2 CI\.5\s*$"))
    lead(cedar, "open-refinement", refinement="q1", quarter=1)
    lead(cedar, "retire-part", part="priority:yard", reason="For a moment.")
    lead(cedar, "restore-part", part="priority:yard")
    lead(cedar, "word-passage", passage="vision", wording="v2", replaces="v1", text="Everyone is calmer.")
    expect(page.locator("#vision")).to_contain_text("Everyone is calmer.")
    expect(page.locator(here)).to_have_text(re.compile(r"^\s*SC\.2 CI\.5\s*$"))
    at = last(cedar)["position"]
    replay = sign_in(cedar, "family", f"{AT}/replay?at={at}", **WIDE)
    expect(replay.locator("html.replaying")).to_be_attached()
    both = "SC.2 CI.5"
    steps = ["", *["ArrowLeft"] * 5, "ArrowRight", "Home", "End"]
    # Taken back: the vision, the restoring, the retiring, the refinement, and the money, which is the first step since.
    for key, said in zip(steps, (both, both, "", both, both, "SC.1", both, "", both), strict=True):
        if key:
            replay.keyboard.press(key)
        line = settled(replay).locator(here)
        expect(line).to_have_text(re.compile(rf"^\s*{re.escape(said)}\s*$")) if said else expect(line).to_have_count(0)
