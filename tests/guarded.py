"""Who asks, which routes there are, and what each answers to whom."""

from typing import Any

import httpx

from daybook.server import protocol
from daybook.server.release import RELEASE
from tests.server_fixtures import MAPLE, Server

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
    ("GET", "/metrics"): Row(EVERYONE),  # all of them come from this machine; see test_guard_answers
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


def ask(server: Server, person: str | None, route: Route, **headers: str) -> httpx.Response:
    method, template = route
    path, request = template, dict(ROUTES[route].request)
    for part in [name for name in request if f"{{{name}:" in template]:
        path = path.replace(f"{{{part}:str}}", request[part]).replace(f"{{{part}:path}}", request[part])
        del request[part]
    # Signing out would end the session that the next question needs.
    return server.ask(method, path, None if path == "/sign-out" else person, headers=headers, **request)
