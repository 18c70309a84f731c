"""The application: all routes behind one guard, and what becomes of errors."""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

from litestar import Litestar, Request, Response
from litestar.datastructures import MutableScopeHeaders
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import HTTPException, MethodNotAllowedException, ValidationException
from litestar.response import Redirect
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from daybook.events.core import NotAllowed, Refused, Sentence
from daybook.server import (
    api,
    calendar_feed,
    compare_page,
    documents,
    forms,
    health,
    home_page,
    metrics,
    offline,
    outcomes_begin,
    outcomes_files,
    outcomes_page,
    outcomes_replay_page,
    pages,
    plan_begin,
    plan_files,
    plan_page,
    plan_replay_page,
    replay_page,
    school_page,
    sign_in,
    timeline_page,
    why_page,
    zones,
)
from daybook.server.door import Malformed
from daybook.server.explain import say
from daybook.server.guard import NOTHING_HERE, PERSON, NotFound, SignInNeeded, SomebodyElse, guard, recognise
from daybook.server.live_socket import live
from daybook.server.log import CommandIdReused, LogUnavailable
from daybook.server.pages import language_of, page
from daybook.server.services import Settings, running
from daybook.server.templates import N_, in_words, translations, with_query

_LOG = logging.getLogger(__name__)
LARGEST_BODY = 1024 * 1024

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


async def _add_headers(message: Message, scope: Scope) -> None:
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if "person" in scope["state"]:  # whose answer it is: a device keeps pages for reading offline, each for its reader
        person = scope["state"]["person"]
        headers.setdefault(PERSON, person.id if person else "")
    if not scope["path"].startswith("/static/"):
        headers.setdefault("cache-control", "no-store")


def _is_for_a_program(path: str) -> bool:
    return path.startswith(("/api/", "/calendar/", "/health/", "/metrics", "/live/"))


async def _recognise_for_the_page(_error: Exception, scope: Scope) -> None:
    """Find out who meets an error that came before the guard did: the page about it has their navigation."""
    request = Request[Any, Any, Any](scope)
    if scope["type"] == ScopeType.HTTP and "person" not in request.state and not _is_for_a_program(scope["path"]):
        with suppress(LogUnavailable):  # the page goes to nobody then, and is shown all the same
            await recognise(request)


def _answer(request: Request[Any, Any, Any], status: int, *sentences: Sentence) -> Response[Any]:
    """Answer a program in JSON, and a person with a page, in their language."""
    lang = language_of(request)
    sentence = " ".join(in_words(said, lang) for said in sentences)
    if _is_for_a_program(request.url.path):
        return Response({"status": status, "message": sentence}, status_code=status)
    heading = translations(lang).gettext(_HEADINGS.get(status, _HEADINGS[400]))
    return page(request, "error.html", status, status=status, heading=heading, sentence=sentence)


_HEADINGS = {
    400: N_("That could not be read"),
    401: N_("Sign in first"),
    403: N_("This is not open to you"),
    404: N_("There is nothing here"),
    405: N_("That cannot be done here"),
    409: N_("That was not done"),
    413: N_("That is too large"),
    429: N_("Too many attempts"),
    500: N_("Something went wrong"),
    503: N_("Daybook cannot answer right now"),
}
_SENTENCES = {
    404: NOTHING_HERE,
    405: N_("This address does not take that kind of request."),
    413: N_("What was sent is larger than 1 MiB. Send it in smaller parts."),
}
_UNREADABLE = N_("What was sent could not be read. Go back, load the page again and send it from there.")


def _on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    sentences = [Sentence(_SENTENCES.get(error.status_code, _UNREADABLE))]
    if isinstance(error, ValidationException):
        sentences = _validation_sentences(error)
    response = _answer(request, error.status_code, *sentences)
    if error.status_code == 405:
        response.headers["allow"] = ", ".join(_allowed(request))
    return response


def _allowed(request: Request[Any, Any, Any]) -> list[str]:
    allowed = []
    for method in HttpMethod:
        with suppress(MethodNotAllowedException):
            request.app.asgi_router.handle_routing(request.url.path, method.value)
            allowed.append(method.value)
    return allowed


def _validation_sentences(error: ValidationException) -> list[Sentence]:
    """Say what is wrong with an address's fields, from the framework's list of complaints."""
    found = error.extra if isinstance(error.extra, list) else []
    said = [say(str(one.get("key", "")), str(one.get("message", ""))) for one in found if isinstance(one, dict)]
    if not said and (missing := re.search(r"query parameter '(\w+)'", str(error.detail))):
        said = [Sentence(N_("Say “{name}” in the address."), {"name": missing[1]})]
    return said or [Sentence(_UNREADABLE)]


def _on_sign_in_needed(request: Request[Any, Any, Any], error: SignInNeeded) -> Response[Any]:
    if isinstance(error, SomebodyElse):
        message = N_("Somebody else is signed in on this device now. Sign in as yourself, and it will be sent.")
        return _answer(request, 401, Sentence(message))
    if request.url.path.startswith("/api/"):
        message = N_("Your session has ended, or there was none. Sign in and send it again.")
        return _answer(request, 401, Sentence(message))
    if request.method not in ("GET", "HEAD"):
        message = N_(
            "Your session has ended, and nothing was recorded. Sign in in another tab, then go back to what you "
            "typed and send it again."
        )
        return _answer(request, 401, Sentence(message))
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Redirect(with_query("/sign-in", next=None if path == "/" else path), status_code=303)


def _on_declined(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    status, said = api.why(error)
    response = _answer(request, status, said)
    if status == 503:
        response.headers["retry-after"] = "2"
    return response


def _on_not_found(request: Request[Any, Any, Any], error: NotFound) -> Response[Any]:
    return _answer(request, 404, error.said)


def _on_crash(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    # The path of a calendar is a secret that opens it.
    path = "/calendar/…" if request.url.path.startswith("/calendar/") else request.url.path
    _LOG.error("%s %s crashed", request.method, path, exc_info=error)
    return _answer(request, 500, Sentence(N_("Something went wrong on our side, and it has been noted.")))


def _answering_heads(handle: ASGIApp) -> ASGIApp:
    """Answer HEAD as GET, whose body the server then leaves out: link previews and watchers ask that way."""

    async def handle_as_get(scope: Scope, receive: Receive, send: Send) -> None:
        is_head = scope.get("method") == "HEAD"
        await handle(cast(Scope, {**scope, "method": "GET"}) if is_head else scope, receive, send)

    return handle_as_get


def create_app(settings: Settings) -> Litestar:
    """Build the application; it connects when it starts."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with running(settings) as services:
            app.state.services = services
            yield

    app = Litestar(
        route_handlers=[
            *health.ROUTES,
            metrics.metrics,
            documents.asyncapi,
            documents.openapi,
            home_page.home,
            pages.network,
            school_page.school,
            pages.review,
            plan_begin.begin_page,
            plan_begin.begin,
            plan_page.plan,
            *replay_page.ROUTES,
            *plan_replay_page.ROUTES,
            *outcomes_replay_page.ROUTES,
            outcomes_begin.begin,
            outcomes_begin.begin_page,
            outcomes_page.outcomes,
            compare_page.compare_page,
            why_page.why_page,
            timeline_page.timeline,
            forms.schedule_page,
            forms.schedule,
            forms.command_form,
            sign_in.sign_in_page,
            sign_in.demo_sign_in,
            sign_in.password_sign_in,
            sign_in.sign_out,
            *outcomes_files.ROUTES,
            *plan_files.ROUTES,
            *calendar_feed.ROUTES,
            *offline.ROUTES,
            *api.ROUTES,
            compare_page.compare_json,
            live,
        ],
        guards=[guard],
        before_request=zones.read_by,
        lifespan=[lifespan],
        before_send=[_add_headers],
        after_exception=[_recognise_for_the_page],
        request_max_body_size=LARGEST_BODY,
        exception_handlers={
            HTTPException: _on_http,
            SignInNeeded: _on_sign_in_needed,
            Refused: _on_declined,
            NotAllowed: _on_declined,
            Malformed: _on_declined,
            CommandIdReused: _on_declined,
            LogUnavailable: _on_declined,
            NotFound: _on_not_found,
            Exception: _on_crash,
        },
        openapi_config=None,  # documents.py describes the routes
    )
    app.asgi_handler = _answering_heads(app.asgi_handler)
    return app
