"""What every answer carries, and what only the operator is told."""

from collections.abc import Iterator
from html.parser import HTMLParser
from uuid import uuid4

import httpx
import psycopg

from daybook.server.guard import COOKIE
from tests.guarded import ROUTES, WEBSOCKET, ask
from tests.server_fixtures import CEDAR, MAPLE, Server, Start

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


def test_names_are_told_to_those_who_see_where_their_people_have_a_part(standing_demo: Server) -> None:
    asked = "/api/v1/people?ids=olive-student,teacher,coach,auditor,nobody,family"
    told = {person: set(standing_demo.ask("GET", asked, person).json()) for person in ("family", "coach", "auditor")}
    assert told["family"] == {"family", "teacher", "coach"}  # of Maple alone, and of who helps all schools
    assert told["coach"] == {"olive-student", "teacher", "coach", "family"}
    assert told["auditor"] == told["coach"] | {"auditor"}
