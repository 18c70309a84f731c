"""The guarded door: every route, page and socket against everyone who may come to it."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.routes import HTTPRoute, WebSocketRoute
from websockets.exceptions import ConnectionClosed

from daybook.server.app import create_app
from daybook.server.guard import Need
from daybook.server.services import Settings
from tests.guarded import EVERYONE, ROUTES, WEBSOCKET, Route, ask
from tests.server_fixtures import CEDAR, MAPLE, Server


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
