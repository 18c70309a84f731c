"""Signing in and out: by password, or in demo mode as one of the sample network's people."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from daybook.server.guard import COOKIE, Need, NotFound, services_of
from daybook.server.identity import SESSION_LASTS, TooManyAttempts
from daybook.server.pages import Page, page
from daybook.server.protocol import SIGN_IN
from daybook.server.sample import DEMO_PEOPLE
from daybook.server.services import Services

_FORM = Body(media_type=RequestEncodingType.URL_ENCODED)


class DemoSignIn(Struct):
    """Who to be."""

    person: str
    next: str = "/"


class PasswordSignIn(Struct):
    """A sign-in name, which most people have as their e-mail address, and a password."""

    name: str
    password: str
    next: str = "/"


def own_path(path: str) -> str:
    """Return a path of this site to go on to; anything else leads to the first page."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if plain else "/"


def _page(request: Page, status: int = 200, error: str | None = None, name: str = "", next: str = "/") -> Response[str]:
    services = services_of(request)
    people = [{"key": demo.key, "name": demo.name, "role": demo.role} for demo in DEMO_PEOPLE if services.settings.demo]
    return page(request, "sign_in.html", status, people=people, error=error, name=name, next=own_path(next))


@get("/sign-in", opt={"need": Need.NOTHING})
async def sign_in_page(request: Page, next: str = "/") -> Response[str]:
    """Offer the ways to sign in."""
    return _page(request, next=next)


@post("/demo/sign-in", opt={"need": Need.DEMO})
async def demo_sign_in(request: Page, data: Annotated[DemoSignIn, _FORM]) -> Response[Any]:
    """Sign in as one of the sample network's people."""
    services = services_of(request)
    if data.person not in {demo.key for demo in DEMO_PEOPLE}:
        raise NotFound(f"There is nobody called “{data.person[:60]}” in the sample network.")
    return await _enter(services, data.person, data.next)


@post("/sign-in", opt={"need": Need.NOTHING})
async def password_sign_in(request: Page, data: Annotated[PasswordSignIn, _FORM]) -> Response[Any]:
    """Sign in by password."""
    services = services_of(request)
    address = request.client.host if request.client else "unknown"
    try:
        person = await services.identity.check_password(data.name, data.password, address, services.clock())
    except TooManyAttempts:
        return _page(request, 429, "Too many attempts. Wait a quarter of an hour and try again.", data.name, data.next)
    if person is None:
        return _page(request, 401, "Name or password is not right. Check both and try again.", data.name, data.next)
    return await _enter(services, person.id, data.next)


async def _enter(services: Services, person: str, next: str) -> Response[Any]:
    token = await services.identity.start_session(person, services.clock())
    response: Response[Any] = Redirect(own_path(next), status_code=303)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        httponly=True,
        secure=services.settings.secure_cookies,
        samesite="lax",
    )
    return response


@post("/sign-out", opt={"need": Need.NOTHING})
async def sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
    """End this session."""
    services = services_of(request)
    token = request.cookies.get(COOKIE)
    if token:
        await services.identity.end_session(token, services.clock())
        for socket in services.hub.sockets:
            if socket.token == token:
                socket.close(SIGN_IN, "You have signed out.")
    response: Response[Any] = Redirect("/sign-in", status_code=303)
    response.delete_cookie(COOKIE, path="/")
    return response
