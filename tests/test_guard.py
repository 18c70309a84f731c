"""The guarded door: every route, page, socket and command against everyone who may come to it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from litestar.routes import HTTPRoute, WebSocketRoute
from websockets.exceptions import ConnectionClosed, InvalidStatus

from daybook.server import protocol
from daybook.server.app import create_app
from daybook.server.door import COMMANDS
from daybook.server.guard import COOKIE, Need
from daybook.server.release import RELEASE
from daybook.server.services import Settings
from tests.guard_plan_rows import PLAN_ROWS
from tests.server_fixtures import CEDAR, MAPLE, Server, Start, running_copy

EVERYONE = (None, "admin", "coach", "facilitator", "reviewer-1", "principal", "teacher", "family", "auditor")
MEMBERS = ("facilitator", "reviewer-1", "family")
"""Who is on the team of the review at Maple."""
INSIDE = (*MEMBERS, "admin", "coach", "principal", "auditor")
"""Who may see it: its team, those who see the whole network, and the school's leaders."""
LEADERS = ("admin", "coach")
AT_MAPLE = (*INSIDE, "teacher")
"""Who may see the school: as above, and those who work there."""
OF_MAPLE = ("admin", "coach", "principal", "teacher", "family", "auditor")
"""Who may see its plans and its June Outcomes: its people, its observers, its home office and auditors."""
READERS = ("admin", "auditor")
ALL = EVERYONE[1:]
WEBSOCKET = "WEBSOCKET"

Route = tuple[str, str]


class Row:
    """What a route answers: to those who may, to others who are signed in, and to nobody."""

    def __init__(
        self, may: tuple[str | None, ...], ok: int = 200, others: int = 403, nobody: int = 303, **request: Any
    ) -> None:
        self.may, self.ok, self.others, self.nobody, self.request = may, ok, others, nobody, request

    def expects(self, person: str | None) -> int:
        if person in self.may:
            return self.ok
        return self.nobody if person is None else self.others


ROUTES: dict[Route, Row] = {
    ("GET", "/health/live"): Row(EVERYONE),
    ("GET", "/health/ready"): Row(EVERYONE),
    ("GET", "/metrics"): Row(EVERYONE),  # all of them come from this machine; see the tests of metrics below
    ("GET", "/asyncapi.json"): Row(EVERYONE),
    ("GET", "/openapi.json"): Row(EVERYONE),
    ("GET", "/static/{file_path:path}"): Row(EVERYONE, file_path="live.js"),
    ("GET", f"/static/{RELEASE}/{{file_path:path}}"): Row(EVERYONE, file_path="live.js"),
    ("GET", "/service-worker.js"): Row(EVERYONE),
    ("GET", "/offline/{lang:str}"): Row(EVERYONE, lang="es"),
    ("GET", "/outbox"): Row(EVERYONE),
    ("GET", "/"): Row(ALL),
    ("GET", "/network"): Row(ALL),
    ("GET", "/timeline"): Row(ALL),
    ("GET", "/schools/{school:str}"): Row(AT_MAPLE, school="maple"),
    ("GET", "/reviews/{review:str}"): Row(INSIDE, review=MAPLE),
    ("GET", "/reviews/{review:str}/replay"): Row(INSIDE, review=MAPLE),
    ("GET", "/reviews/new"): Row(LEADERS),
    ("POST", "/reviews/new"): Row(LEADERS, ok=400, nobody=401, data={}),
    ("GET", "/plans/{plan:str}/compare"): Row(OF_MAPLE, plan="maple-2025"),
    ("GET", "/plans/{plan:str}/why/{strategy:str}"): Row(OF_MAPLE, plan="maple-2025", strategy="number-talks"),
    ("POST", "/commands"): Row(ALL, ok=400, nobody=401, data={}),
    ("GET", "/sign-in"): Row(EVERYONE),
    ("POST", "/sign-in"): Row(EVERYONE, ok=400, data={}),
    ("POST", "/demo/sign-in"): Row(EVERYONE, ok=404, data={"person": "stranger"}),
    ("POST", "/sign-out"): Row((), others=303),
    ("POST", "/api/v1/commands"): Row(ALL, ok=400, nobody=401, json={}),
    ("GET", "/api/v1/views/{stream:str}"): Row(INSIDE, nobody=401, stream=f"review:{MAPLE}"),
    ("GET", "/api/v1/history/{stream:str}"): Row(INSIDE, nobody=401, stream=f"review:{MAPLE}"),
    ("GET", "/api/v1/plans/{plan:str}/compare"): Row(OF_MAPLE, nobody=401, plan="maple-2025"),
    ("GET", "/api/v1/live"): Row(INSIDE, nobody=401, params={"stream": f"review:{MAPLE}"}),
    ("GET", "/api/v1/people"): Row(ALL, nobody=401, params={"ids": "admin"}),
    ("GET", "/api/v1/events"): Row(READERS, nobody=401),
    ("GET", "/outcomes/new"): Row((*LEADERS, "principal"), params={"school": "maple"}),
    ("POST", "/outcomes/new"): Row((*LEADERS, "principal"), ok=400, nobody=401, data={"school": "maple"}),
    ("GET", "/outcomes/{outcomes:str}"): Row(OF_MAPLE, outcomes="maple-2025"),
    ("GET", "/outcomes/{outcomes:str}/replay"): Row(OF_MAPLE, outcomes="maple-2025"),
    ("GET", "/outcomes/{outcomes:str}/pdf"): Row(OF_MAPLE, outcomes="maple-2025"),
    ("GET", "/api/v1/outcomes/{outcomes:str}/fit"): Row(OF_MAPLE, nobody=401, outcomes="maple-2025"),
    ("GET", "/plans/new"): Row(ALL),
    ("POST", "/plans/new"): Row(ALL, ok=400, nobody=401, data={}),
    ("GET", "/plans/{plan:str}/replay"): Row(OF_MAPLE, plan="maple-2025"),
    ("GET", "/plans/{plan:str}"): Row(OF_MAPLE, plan="maple-2025"),
    ("GET", "/plans/{plan:str}/spsa.csv"): Row(OF_MAPLE, plan="maple-2025"),
    ("GET", "/plans/{plan:str}/spsa.xlsx"): Row(OF_MAPLE, plan="maple-2025"),
    ("GET", "/plans/{plan:str}/print"): Row(OF_MAPLE, plan="maple-2025"),
    ("GET", "/plans/{plan:str}/pdf"): Row(OF_MAPLE, plan="maple-2025"),
    ("GET", "/plans/{plan:str}/calendar"): Row(OF_MAPLE, plan="maple-2025"),
    # Whether an address is made of a plan depends on the day; see the tests of calendars.
    ("POST", "/plans/{plan:str}/calendar"): Row(ALL, ok=404, nobody=401, plan="none", data={}),
    ("POST", "/plans/{plan:str}/calendar/revoke"): Row(OF_MAPLE, ok=303, nobody=401, plan="maple-2025", data={}),
    ("GET", "/calendar/{file:str}"): Row(EVERYONE, ok=404, file="none.ics"),
    (WEBSOCKET, "/live/v1"): Row(INSIDE, ok=0, others=protocol.NOT_ALLOWED, nobody=protocol.SIGN_IN),
}
"""One row for each route of the application; the test below finds one that has none."""
UNSAFE = [(method, path) for method, path in ROUTES if method == "POST"]


def handlers() -> Iterator[tuple[Route, Any]]:
    for route in create_app(Settings("")).routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods - {"HEAD"}:
                    yield (method, route.path), handler
        elif isinstance(route, WebSocketRoute):
            yield (WEBSOCKET, route.path), route.route_handler
        else:
            raise AssertionError(f"{route.path} is a kind of route that this test does not know")


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    found = {route for route, handler in handlers() if route[0] != "OPTIONS"}
    assert found == set(ROUTES)


def test_every_route_names_what_it_needs() -> None:
    for (method, path), handler in handlers():
        if method == "OPTIONS":
            # The framework answers these itself, with the methods and nothing else; none of ours may hide there.
            assert handler.fn.__module__.startswith("litestar."), path
        else:
            assert isinstance(handler.opt.get("need"), Need), path


def ask(server: Server, person: str | None, route: Route, **headers: str) -> httpx.Response:
    method, template = route
    path, request = template, dict(ROUTES[route].request)
    for part in [name for name in request if f"{{{name}:" in template]:
        path = path.replace(f"{{{part}:str}}", request[part]).replace(f"{{{part}:path}}", request[part])
        del request[part]
    # Signing out would end the session that the next question needs.
    return server.ask(method, path, None if path == "/sign-out" else person, headers=headers, **request)


@pytest.mark.parametrize("route", [route for route in ROUTES if route[0] != WEBSOCKET], ids=" ".join)
def test_a_route_opens_to_those_who_may_and_to_nobody_else(standing_demo: Server, route: Route) -> None:
    answered = {person: ask(standing_demo, person, route).status_code for person in EVERYONE}
    assert answered == {person: ROUTES[route].expects(person) for person in EVERYONE}


async def test_the_live_conversation_opens_to_those_who_may_and_to_nobody_else(standing_demo: Server) -> None:
    answered = {person: await closed_with(standing_demo, person) for person in EVERYONE}
    assert answered == {person: ROUTES[WEBSOCKET, "/live/v1"].expects(person) for person in EVERYONE}


async def closed_with(server: Server, person: str | None) -> int:
    """Follow the review at Maple: 0 when it is shown, otherwise the code that the conversation is closed with."""
    async with server.socket(person) as live:
        try:
            await live.send(f'{{"type":"hello","client":"t","streams":[{{"stream":"review:{MAPLE}"}}]}}')
            async for frame in live:
                if '"type":"snapshot"' in str(frame):
                    return 0
        except ConnectionClosed:
            pass
        assert live.close_code is not None
        return live.close_code


def test_another_school_is_not_shown_to_those_who_work_at_one(standing_demo: Server) -> None:
    for person, expected in {"teacher": 403, "family": 403, "principal": 403, "coach": 200, "auditor": 200}.items():
        assert standing_demo.client(person).get("/schools/elm").status_code == expected, person


def test_a_finished_review_is_not_shown_to_another_schools_people(standing_demo: Server) -> None:
    for person in ("teacher", "family", "principal"):
        assert standing_demo.client(person).get(f"/reviews/{CEDAR}").status_code == 403, person
        assert standing_demo.client(person).get(f"/api/v1/history/review:{CEDAR}").status_code == 403, person


# Commands


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
    "withdraw-outcome": (OUTCOME | {"reason": "Too many."}, {200: STEER}),
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


# What every answer carries


def pages(server: Server) -> Iterator[httpx.Response]:
    """Yield each kind of page that a browser can be shown, in both languages."""
    admin, nobody = server.client("admin"), server.client()
    reviewer = server.client("reviewer-1")
    for lang in ("en", "es"):
        for path in ("/", "/network", "/timeline", "/schools/maple", "/schools/cedar", "/reviews/new"):
            yield admin.get(path, params={"lang": lang})
        for path in (f"/reviews/{MAPLE}", f"/reviews/{CEDAR}"):
            yield reviewer.get(path, params={"lang": lang, "indicator": "CI.1"})
            yield reviewer.get(f"{path}/replay", params={"lang": lang})
        yield nobody.get("/sign-in", params={"lang": lang})
        yield nobody.post("/sign-in", params={"lang": lang}, data={"name": "<b>x", "password": "y"})
        yield reviewer.get("/reviews/new", params={"lang": lang})
        yield admin.get("/reviews/none", params={"lang": lang})
        yield admin.get("/nowhere", params={"lang": lang})
        yield admin.put("/", params={"lang": lang})
        yield admin.post("/commands", params={"lang": lang}, data={"type": "open-review", "review": MAPLE})
        yield reviewer.post(
            "/commands",
            params={"lang": lang},
            data={"id": str(uuid4()), "type": "give-rating", "review": MAPLE, "indicator": "CI.1", "answer": "9"},
        )


class Inline(HTMLParser):
    """Collects what a strict policy would block: inline scripts, styles and handlers, and foreign addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.in_script = tag == "script" and values.get("type") != "application/json"
        if tag == "style":
            self.found.append("<style>")
        for name, value in attrs:
            foreign = name in ("src", "href", "action", "formaction") and not (value or "").startswith(("/", "#", "?"))
            if name.startswith("on") or name == "style" or (foreign and not (value or "").startswith("data:image/")):
                self.found.append(f'<{tag} {name}="{value}">')

    def handle_data(self, data: str) -> None:
        if self.in_script and data.strip():
            self.found.append(f"<script>{data[:60]}")
        self.in_script = False


def test_no_page_has_anything_inline(standing_demo: Server) -> None:
    for answer in pages(standing_demo):
        assert answer.headers["content-type"].startswith("text/html"), answer.url
        parser = Inline()
        parser.feed(answer.text)
        assert parser.found == [], answer.url


def policy(answer: httpx.Response) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["content-security-policy"].split(";"))
    return {name: value for name, _, value in parts}


def test_every_answer_carries_a_strict_policy(standing_demo: Server) -> None:
    answers = [*pages(standing_demo), *(ask(standing_demo, None, r) for r in ROUTES if r[0] != WEBSOCKET)]
    for answer in answers:
        said = policy(answer)
        assert said["default-src"] == "'none'", answer.url
        assert said["script-src"] == said["style-src"] == said["connect-src"] == said["form-action"] == "'self'"
        assert said["frame-ancestors"] == said["base-uri"] == "'none'"
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_nothing_but_files_may_be_kept_by_a_cache(standing_demo: Server) -> None:
    for route in ROUTES:
        if route[0] != WEBSOCKET and not route[1].startswith("/static/"):
            assert ask(standing_demo, "admin", route).headers["cache-control"] == "no-store", route


def test_other_sites_are_told_nothing_about_us(standing_demo: Server) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
    answer = standing_demo.ask("OPTIONS", "/api/v1/commands", headers=asked)
    assert answer.status_code == 204
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_heads_are_answered_as_what_would_be_got(standing_demo: Server) -> None:
    client = standing_demo.client("admin")
    for path in ("/", "/health/ready", "/static/live.js", "/nowhere", f"/api/v1/views/review:{MAPLE}"):
        head, got = client.head(path), client.get(path)
        assert (head.status_code, head.text) == (got.status_code, "")
        assert head.headers["content-type"] == got.headers["content-type"]


def test_a_method_that_is_not_taken_says_which_are(standing_demo: Server) -> None:
    answer = standing_demo.client("admin").delete("/api/v1/commands")
    assert (answer.status_code, answer.headers["allow"]) == (405, "OPTIONS, POST")


# The operator


def test_figures_are_for_this_machine_alone(standing_demo: Server) -> None:
    assert "daybook_log_position" in standing_demo.ask("GET", "/metrics").text
    through_a_proxy = standing_demo.ask("GET", "/metrics", headers={"x-forwarded-for": "203.0.113.9"})
    assert through_a_proxy.status_code == 403


def test_with_a_token_figures_are_for_those_who_have_it(sample: str, start: Start) -> None:
    running = start("serve", "--plain-http", conninfo=sample, DAYBOOK_METRICS_TOKEN="let me see")

    def asked(**headers: str) -> int:
        return running.ask("GET", "/metrics", headers=headers).status_code

    assert asked() == 403
    assert asked(authorization="Bearer let me") == 403
    assert asked(authorization="Bearer let me see") == 200
    assert asked(**{"authorization": "Bearer let me see", "x-forwarded-for": "203.0.113.9"}) == 200


def test_without_demo_mode_nobody_signs_in_as_somebody(sample: str, start: Start) -> None:
    running = start("serve", "--plain-http", conninfo=sample)
    answer = running.ask("POST", "/demo/sign-in", data={"person": "admin"})
    assert (answer.status_code, answer.cookies.get(COOKIE)) == (404, None)
    assert "Amara" not in running.ask("GET", "/sign-in").text


def test_when_the_database_is_away_it_says_so_and_comes_back(server: str, demo: Server) -> None:
    demo.token("admin")  # signed in before
    name = psycopg.conninfo.conninfo_to_dict(demo.conninfo)["dbname"]
    with psycopg.connect(server, autocommit=True) as operator:
        operator.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        operator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        away = demo.ask("GET", "/health/ready")
        assert away.status_code == 503
        assert away.json() == {
            "status": 503,
            "message": "Daybook cannot answer right now. Send it again in a moment: that is safe.",
        }
        assert demo.ask("GET", "/health/live").text == "alive"
        # What a page is made of does not need the database, whoever asks.
        assert demo.ask("GET", "/static/live.js", "admin").status_code == 200
        operator.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
    assert demo.ask("GET", "/", "admin").status_code == 200
