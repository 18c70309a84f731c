"""Every kind of command is taken from those who may send it and from nobody else, and from no other site's page."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from daybook.server.door import COMMANDS
from tests.guard_plan_rows import PLAN_ROWS
from tests.guarded import ALL, LEADERS, MEMBERS, ROUTES, Route, ask
from tests.server_fixtures import CEDAR, MAPLE, Server, running_copy

UNSAFE = [(method, path) for method, path in ROUTES if method == "POST"]


def team(*members: tuple[str, str]) -> list[dict[str, str]]:
    return [{"person": person, "role": role} for person, role in members]


RUBRIC_TEXT = {"en": "A text.", "es": "Un texto."}
ABOUT = {"review": MAPLE, "indicator": "CI.1"}
NOTE = {"source": "data", "stance": "supports", "indicators": ["CI.1"], "text": "Seen."}
PAGE = {"outcomes": "maple-guard"}
OUTCOME = PAGE | {"outcome": "o-one"}
STEER = ("coach", "principal")
COMMAND_ROWS: dict[str, tuple[dict[str, Any], dict[int, tuple[str, ...]]]] = {
    "grant-role": ({"person": "guest", "role": "auditor"}, {200: ("admin",)}),
    "revoke-role": ({"person": "guest", "role": "auditor"}, {200: ("admin",)}),
    "form-team": ({"team": "one", "school": "elm", "kind": "ilt", "name": "One"}, {409: ("admin",)}),
    "join-team": ({"team": "one", "person": "guest"}, {200: ("admin",)}),
    "leave-team": ({"team": "one", "person": "guest"}, {200: ("admin",)}),
    "add-school": ({"school": "elm", "name": "Elm", "grades": "high"}, {409: ("admin",)}),
    "rename-school": ({"school": "elm", "name": "Elm High"}, {200: ("admin",)}),
    "draft-rubric": (
        {"rubric": "pif-illustrative-1", "title": RUBRIC_TEXT, "note": RUBRIC_TEXT, "levels": [RUBRIC_TEXT] * 4},
        {409: ("admin",)},
    ),
    "add-system": ({"rubric": "pif-illustrative-1", "code": "ZZ", "name": RUBRIC_TEXT}, {409: ("admin",)}),
    "add-indicator": (
        {
            "rubric": "pif-illustrative-1",
            "system": "CI",
            "code": "CI.9",
            "statement": RUBRIC_TEXT,
            "acts": RUBRIC_TEXT,
            "look_fors": [RUBRIC_TEXT],
            "descriptors": [RUBRIC_TEXT] * 4,
        },
        {409: ("admin",)},
    ),
    "publish-rubric": ({"rubric": "pif-illustrative-1"}, {409: ("admin",)}),
    "schedule-review": (
        {
            "review": MAPLE,
            "school": "maple",
            "date": "2026-03-17",
            "rubric": "pif-illustrative-1",
            "focus": ["CI.1"],
            "team": team(("facilitator", "facilitator")),
        },
        {409: LEADERS},
    ),
    "add-member": (
        {"review": MAPLE, "person": "reviewer-8", "role": "reviewer"},
        {200: (*LEADERS, "facilitator")},
    ),
    "remove-member": ({"review": MAPLE, "person": "guest"}, {200: (*LEADERS, "facilitator")}),
    "open-review": ({"review": MAPLE}, {200: ("facilitator",)}),
    "join-review": ({"review": MAPLE}, {200: MEMBERS}),
    "give-rating": (ABOUT | {"answer": 2}, {200: ("reviewer-1",)}),
    "withdraw-rating": (ABOUT, {200: ("reviewer-1",)}),
    "add-evidence": (NOTE | {"review": MAPLE, "evidence": "e-one"}, {409: ("facilitator", "reviewer-1")}),
    "revise-evidence": (NOTE | {"review": MAPLE, "evidence": "e-one"}, {200: ("reviewer-1",)}),
    "withdraw-evidence": ({"review": MAPLE, "evidence": "e-one"}, {200: ("reviewer-1",)}),
    "reveal-ratings": (ABOUT | {"indicator": "CI.2"}, {200: ("facilitator",)}),
    "record-consensus": (ABOUT | {"indicator": "CI.2", "level": 2, "rationale": "Agreed."}, {200: ("facilitator",)}),
    "redact-evidence": (
        {"review": MAPLE, "evidence": "e-one", "reason": "It names a child."},
        {200: ("admin", "facilitator")},
    ),
    "redact-consensus": (ABOUT | {"indicator": "CI.2", "reason": "It names a child."}, {200: ("admin", "facilitator")}),
    "close-review": ({"review": MAPLE}, {200: ("facilitator",)}),
    "set-practice": (
        {
            "quarters": ["07-01", "10-01", "01-01", "04-01"],
            "least_outcomes": 1,
            "most_outcomes": 5,
            "rewording": "in-refinements",
            "check_in_days": 45,
        },
        {200: ("admin",)},
    ),
    "begin-outcomes": (
        PAGE | {"school": "maple", "year": 2023, "rubric": "pif-illustrative-1"},
        {200: (*LEADERS, "principal")},
    ),
    "propose-outcome": (
        OUTCOME
        | {
            "indicators": [{"indicator": "CI.1"}],
            "target": 3,
            "statement": "All read.",
            "measure": "Records.",
            "school_commitment": "A block.",
            "home_commitment": "A coach.",
        },
        {200: ("coach",), 409: ("principal", "teacher")},
    ),
    "carry-over-outcome": (OUTCOME | {"seed": "gone"}, {409: ("coach", "principal", "teacher")}),
    "word-outcome": (
        PAGE | {"passage": "o-one:measure:en", "wording": "w-one", "text": "Books.", "replaces": "o-one"},
        {200: ("coach", "principal", "teacher")},
    ),
    "aim-outcome": (OUTCOME | {"indicators": [{"indicator": "CI.2"}], "target": 4}, {200: STEER}),
    "assign-outcome": (OUTCOME | {"owner": "teacher"}, {200: STEER}),
    "comment-on-outcome": (
        OUTCOME | {"comment": "c-one", "text": "Which?"},
        {200: ("coach",), 409: ("principal", "teacher", "family")},
    ),
    "endorse-outcome": (OUTCOME, {200: (*STEER, "teacher", "family")}),
    "withdraw-endorsement": (OUTCOME, {200: (*STEER, "teacher", "family")}),
    "withdraw-outcome": (OUTCOME | {"reason": "Too many."}, {200: STEER[:1], 409: STEER[1:]}),
    "restore-outcome": (OUTCOME, {200: STEER}),
    "move-outcome": (OUTCOME, {200: STEER}),
    "redact-outcome-words": (
        PAGE | {"about": "comment:c-one", "reason": "It names a child."},
        {200: ("admin", "principal")},
    ),
    "sign-outcomes": (PAGE | {"side": "school", "version": 5}, {200: ("principal",)}),
    "adopt-outcomes": (PAGE, {409: (*LEADERS, "principal")}),
    "amend-outcome": (
        PAGE
        | {"passage": "o-one:measure:en", "wording": "w-two", "text": "More.", "replaces": "w-one", "reason": "So."},
        {409: STEER},
    ),
    "conclude-outcome": (OUTCOME | {"result": "met", "evidence": "Records."}, {409: STEER}),
    **PLAN_ROWS,
}
"""A command of each kind, with what it is answered to whom; everyone else who is signed in gets 403.

They are sent in this order, each by everybody in turn, on one review that is open and has one item of
evidence by reviewer-1. A 409 is of somebody who may, and is refused by a rule.
"""


@pytest.fixture(scope="module")
def busy_review(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_copy(server, sample_template, tmp_path_factory.mktemp("busy")) as running:
        running.do("admin", "form-team", team="one", school="elm", kind="ilt", name="One")
        running.do("facilitator", "open-review", review=MAPLE)
        running.do("reviewer-1", "add-evidence", **NOTE, review=MAPLE, evidence="e-one")
        running.do("reviewer-2", "give-rating", review=MAPLE, indicator="CI.2", answer=3)
        yield running


def test_every_kind_of_command_has_its_row() -> None:
    assert set(COMMAND_ROWS) == set(COMMANDS)


@pytest.mark.parametrize("kind", COMMAND_ROWS)
def test_a_command_is_taken_from_those_who_may_and_from_nobody_else(busy_review: Server, kind: str) -> None:
    data, statuses = COMMAND_ROWS[kind]
    expected: dict[str, int] = dict.fromkeys(ALL, 403)
    for status, people in statuses.items():
        expected |= dict.fromkeys(people, status)
    answers = {person: busy_review.send(person, kind, **data) for person in ALL}
    assert {person: answer.status_code for person, answer in answers.items()} == expected
    for answer in answers.values():
        if answer.status_code != 200:
            assert answer.json()["message"].endswith("."), "a refusal is a sentence"
    envelope = {"id": str(uuid4()), "type": kind, "data": data}
    assert busy_review.ask("POST", "/api/v1/commands", json=envelope).status_code == 401


# As whom


def test_what_one_person_wrote_is_not_taken_as_another_s(busy_review: Server) -> None:
    envelope = {"id": str(uuid4()), "type": "join-review", "data": {"review": MAPLE}}
    theirs = {"daybook-person": "reviewer-1"}
    answer = busy_review.ask("POST", "/api/v1/commands", "reviewer-2", json=[envelope], headers=theirs)
    assert answer.status_code == 401
    assert answer.json()["message"].startswith("Somebody else is signed in on this device now.")
    assert busy_review.ask("GET", f"/api/v1/live?stream=review:{MAPLE}", "coach", headers=theirs).status_code == 401
    assert busy_review.ask("POST", "/api/v1/commands", "reviewer-1", json=[envelope], headers=theirs).is_success


# From where


CROSS_SITE = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://elsewhere.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:1"},
)


@pytest.mark.parametrize("route", UNSAFE, ids=" ".join)
def test_what_another_sites_page_sends_is_refused(standing_demo: Server, route: Route) -> None:
    for headers in CROSS_SITE:
        answer = ask(standing_demo, "admin", route, **headers)
        assert answer.status_code == 403, headers
        assert "another site" in answer.text


@pytest.mark.parametrize("route", UNSAFE, ids=" ".join)
def test_what_our_own_page_or_a_program_sends_is_taken(standing_demo: Server, route: Route) -> None:
    own = {"sec-fetch-site": "same-origin", "origin": standing_demo.url}
    assert ask(standing_demo, "admin", route, **own).status_code == ROUTES[route].expects("admin")
    assert ask(standing_demo, "admin", route).status_code == ROUTES[route].expects("admin")


def test_signing_out_from_elsewhere_does_not_sign_out(standing_demo: Server) -> None:
    client = standing_demo.client("coach")
    assert client.post("/sign-out", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/").status_code == 200


async def test_another_sites_page_opens_no_live_conversation(standing_demo: Server) -> None:
    for headers in CROSS_SITE:
        origin = headers.get("origin")
        fetch = {name: value for name, value in headers.items() if name != "origin"}
        with pytest.raises(InvalidStatus) as refused:
            async with standing_demo.socket("admin", origin=origin, headers=fetch):
                pass
        assert refused.value.response.status_code == 403, headers


async def test_a_program_without_an_origin_opens_one(standing_demo: Server) -> None:
    async with standing_demo.socket("admin", origin=None) as live:
        await live.send('{"type":"ping"}')
        assert await live.recv() == '{"type":"pong"}'


def test_a_field_said_twice_misleads_nobody(standing_demo: Server) -> None:
    """The guard would look at one of the two, and the route show the other."""
    asked = {"stream": ["rubric:pif-illustrative-1", f"review:{CEDAR}"]}
    assert standing_demo.ask("GET", "/api/v1/live", "teacher", params=asked).status_code == 400
