"""Why a strategy is here, where no June Outcome says from which level the school set out."""

import re

import pytest

from tests.outcomes_demo import OUTCOMES, RUBRIC, TRIAL, begin_trial, people_of_cedar, propose
from tests.server_fixtures import CEDAR, Server
from tests.test_compare_page import words

PLAN = "cedar-why"
WHY = f"/plans/{PLAN}/why/groups"
AGREED = "Two grades work in cycles that close; the others have had few since October."
SEEN = "Evidence behind it"
HIDDEN = "The review behind it is read by its team."


def lead(server: Server, kind: str, **data: object) -> None:
    server.do("principal", kind, plan=PLAN, **data)


def plan_at_cedar(server: Server, outcomes: str | None = None, **rests_on: object) -> None:
    """Begin a plan with a priority that rests on this, and a strategy."""
    lead(server, "begin-plan", school="cedar", year=2022, outcomes=outcomes)
    lead(server, "add-priority", priority="reading", text="Cycles that close", **rests_on)
    lead(server, "add-strategy", strategy="groups", priority="reading", title="Small groups", if_="we", then="they")


def why(server: Server, person: str, lang: str = "en") -> str:
    answer = server.ask("GET", f"{WHY}?lang={lang}", person)
    assert answer.status_code == 200, answer.text
    return words(answer.text)


@pytest.fixture
def cedar(demo: Server) -> Server:
    """A plan at Cedar Grove that rests on indicators alone: one that a review agreed on twice, and one of no review."""
    people_of_cedar(demo)
    plan_at_cedar(demo, rubric=RUBRIC, indicators=["CI.2", "TA.1"])
    return demo


def test_indicators_alone_lead_to_where_the_school_stands_and_why(cedar: Server) -> None:
    html = cedar.ask("GET", f"{WHY}?lang=en", "auditor").text
    [rated, unrated] = html.split('class="link"')[-2:]
    assert "Where the school stands: Beginning Consensus of the School Support Review of" in words(
        f"<main {rated}</main"
    )
    assert f'href="/reviews/{CEDAR}?indicator=CI.2"' in rated  # the latest; one in spring agreed on it as well
    assert AGREED in rated
    assert "Seen differently, " in words(f"<main {rated}</main")
    assert SEEN in rated
    assert "Eleven reteaching plans since September" in rated
    assert "Not rated yet" in unrated
    assert "Where the school stands" not in unrated


def test_each_reads_of_the_consensus_what_its_review_lets_them(cedar: Server) -> None:
    said = {person: why(cedar, person) for person in ("auditor", "principal", "family", "teacher")}
    assert all("Where the school stands: Beginning" in one for one in said.values())
    assert {person for person, one in said.items() if AGREED in one} == {"auditor", "principal", "family"}
    assert {person for person, one in said.items() if SEEN in one} == {"auditor"}
    assert {person for person, one in said.items() if "which the review's team reads" in one} == {"principal", "family"}
    assert {person for person, one in said.items() if HIDDEN in one} == {"teacher"}
    assert re.search(rf"By the consensus of \w+ \d+ \w+ \d{{4}} \. {HIDDEN}", said["teacher"])
    assert f"/reviews/{CEDAR}" not in cedar.ask("GET", WHY, "teacher").text


def test_where_the_school_stands_is_told_in_spanish(cedar: Server) -> None:
    assert re.search(r"Donde está la escuela: \w+ Según el consenso del ", why(cedar, "teacher", "es"))


def test_an_indicator_that_was_rated_since_its_june_outcome_leads_to_that_consensus(demo: Server) -> None:
    begin_trial(demo)
    for outcome in OUTCOMES:
        propose(demo, outcome)
    about = {"measure": "Who stays.", "school_commitment": "We ask.", "home_commitment": "We pay."}
    new = {"outcome": "talent", "indicators": [{"indicator": "TA.1"}], "target": 3, "statement": "Teachers stay."}
    demo.do("teacher", "propose-outcome", **TRIAL, **new, **about, owner="principal")
    demo.do("principal", "sign-outcomes", **TRIAL, side="school", version=4)
    demo.do("coach", "sign-outcomes", **TRIAL, side="home-office", version=4)
    demo.do("principal", "adopt-outcomes", **TRIAL)
    plan_at_cedar(demo, **TRIAL, outcome="talent")
    unrated = "It had not been rated when the June Outcome was agreed."
    assert unrated in why(demo, "auditor")
    assert "Where the school stands" not in why(demo, "auditor")

    about_it = {"review": "cedar-now", "indicator": "TA.1"}
    team = [{"person": "facilitator", "role": "facilitator"}, {"person": "reviewer-1", "role": "reviewer"}]
    day = {"school": "cedar", "date": "2026-03-16", "rubric": RUBRIC, "focus": ["TA.1"], "team": team}
    demo.do("admin", "schedule-review", review="cedar-now", **day)
    demo.do("facilitator", "open-review", review="cedar-now")
    demo.do("reviewer-1", "join-review", review="cedar-now")
    demo.do("reviewer-1", "give-rating", **about_it, answer=1)
    assert "Where the school stands" not in why(demo, "auditor")
    demo.do("facilitator", "reveal-ratings", **about_it)
    demo.do("facilitator", "record-consensus", **about_it, level=1, rationale="Seen by all.")
    said = why(demo, "auditor")
    assert f"{unrated} Where the school stands: Not Yet Begun Consensus of the School Support Review of" in said
    assert "Seen by all." in said
