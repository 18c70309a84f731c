"""The application: all routes behind one guard, and what becomes of errors."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, MediaType, Request, Response, Router, get
from litestar.datastructures import MutableScopeHeaders
from litestar.exceptions import HTTPException, SerializationException, ValidationException
from litestar.openapi import OpenAPIConfig
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from litestar.types import Message, Scope

from daybook import __version__
from daybook.events.core import NotAllowed, Refused
from daybook.server import api, documents, forms, metrics, pages, sign_in
from daybook.server.door import Malformed
from daybook.server.guard import Need, NotFound, SignInNeeded, guard
from daybook.server.live_socket import live
from daybook.server.log import CommandIdReused, LogUnavailable
from daybook.server.pages import page
from daybook.server.services import Settings, running
from daybook.server.templates import WEB, with_query

_LOG = logging.getLogger(__name__)
LARGEST_BODY = 1024 * 1024

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
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
    if not scope["path"].startswith("/static/"):
        headers.setdefault("cache-control", "no-store")


def _answer(request: Request[Any, Any, Any], status: int, heading: str, sentence: str) -> Response[Any]:
    if request.url.path.startswith(("/api/", "/health/", "/metrics", "/live/")):
        return Response({"status": status, "message": sentence}, status_code=status)
    return page(request, "error.html", status, status=status, heading=heading, sentence=sentence)


_HEADINGS = {
    400: "That could not be read",
    403: "This is not open to you",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "That was not done",
    413: "That is too large",
    429: "Too many attempts",
    503: "Daybook cannot answer right now",
}


def _on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    sentences = {
        404: "There is nothing at this address. Check it, or start from your first page.",
        405: "This address does not take that kind of request.",
        413: "What was sent is larger than 1 MiB. Send it in smaller parts.",
    }
    sentence = sentences.get(error.status_code, str(error.detail))
    if isinstance(error, ValidationException):
        sentence = _validation_sentence(error)
    elif isinstance(error.__cause__, SerializationException):
        sentence = f"The body is not valid JSON: {error.detail}."
    return _answer(request, error.status_code, _HEADINGS.get(error.status_code, "Something is not right"), sentence)


def _validation_sentence(error: ValidationException) -> str:
    """Say what is wrong with parameters or a body, from the framework's list."""
    found = error.extra if isinstance(error.extra, list) else []
    parts = [f"{one.get('key') or 'The body'}: {one.get('message', '')}" for one in found if isinstance(one, dict)]
    return ("; ".join(parts) or str(error.detail)) + ". The API's description at /openapi.json says what is taken."


def _on_sign_in_needed(request: Request[Any, Any, Any], _error: SignInNeeded) -> Response[Any]:
    if request.url.path.startswith("/api/") or request.method != "GET":
        return _answer(
            request, 401, "Sign in first", "Your session has ended or there was none. Sign in and try again."
        )
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Redirect(with_query("/sign-in", next=None if path == "/" else path), status_code=303)


def _on_declined(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    declined = api.decline(error)
    response = _answer(request, declined.status, _HEADINGS[declined.status], declined.message)
    if declined.status == 503:
        response.headers["retry-after"] = "2"
    return response


def _on_not_found(request: Request[Any, Any, Any], error: NotFound) -> Response[Any]:
    return _answer(request, 404, _HEADINGS[404], error.sentence)


def _on_crash(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    _LOG.error("%s %s crashed", request.method, request.url.path, exc_info=error)
    return _answer(request, 500, "Something went wrong", "Something went wrong on our side, and it has been noted.")


@get("/health/live", opt={"need": Need.NOTHING}, media_type=MediaType.TEXT)
async def alive() -> str:
    """Say that the process runs."""
    return "alive"


@get("/health/ready", opt={"need": Need.NOTHING}, media_type=MediaType.TEXT)
async def ready(request: Request[Any, Any, Any]) -> str:
    """Say that the database answers; 503 when it does not."""
    await request.app.state.services.log.head()
    return "ready"


def create_app(settings: Settings) -> Litestar:
    """Build the application; it connects when it starts."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with running(settings) as services:
            app.state.services = services
            yield

    return Litestar(
        route_handlers=[
            alive,
            ready,
            metrics.metrics,
            documents.asyncapi,
            documents.openapi,
            pages.home,
            pages.network,
            pages.school,
            pages.review,
            pages.timeline,
            forms.schedule_page,
            forms.schedule,
            forms.command_form,
            sign_in.sign_in_page,
            sign_in.demo_sign_in,
            sign_in.password_sign_in,
            sign_in.sign_out,
            api.commands,
            api.view,
            api.stream_history,
            api.long_poll,
            api.people_names,
            api.events,
            live,
            create_static_files_router("/static", [WEB / "static"], opt={"need": Need.NOTHING}),
        ],
        guards=[guard],
        lifespan=[lifespan],
        before_send=[_add_headers],
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
        openapi_config=OpenAPIConfig(
            title="Daybook",
            version=__version__,
            use_handler_docstrings=True,
            openapi_router=Router("/docs", route_handlers=[], opt={"need": Need.NOTHING}, include_in_schema=False),
        ),
    )
