"""Signing in and out: by password, or in demo mode as one of the sample network's people."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromQuery
from litestar.response import Redirect

from daybook.server.guard import COOKIE, Need, NotFound, services_of
from daybook.server.identity import SESSION_LASTS, TooManyAttempts
from daybook.server.pages import Page, language_of, page
from daybook.server.protocol import SIGN_IN
from daybook.server.sample import DEMO_PEOPLE, SCHOOLS
from daybook.server.services import Services
from daybook.server.templates import N_, translations

_LONGEST_PATH = 2_000
_WAIT = 900  # seconds, in words below


def own_path(path: str) -> str:
    """Return a path of this site to go on to; anything else leads to the first page."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if plain and len(path) <= _LONGEST_PATH else "/"


def _typed(form: FormMultiDict, field: str) -> str:
    """Return one line as it was typed into a form, without characters that nobody can type or see."""
    return "".join(filter(str.isprintable, str(form.get(field, ""))))


def _page(request: Page, status: int = 200, error: str | None = None, name: str = "", next: str = "/") -> Response[str]:
    services = services_of(request)
    schools = {school: title for school, title, _ in SCHOOLS}
    people = [
        {"key": demo.key, "name": demo.name, "role": demo.role, "school": schools.get(demo.school or "")}
        for demo in DEMO_PEOPLE
        if services.settings.demo
    ]
    return page(request, "sign_in.html", status, people=people, error=error, name=name, next=own_path(next))


@get("/sign-in", opt={"need": Need.VISITOR})
async def sign_in_page(request: Page, next: FromQuery[str] = "/") -> Response[str]:
    """Offer the ways to sign in."""
    return _page(request, next=next)


@post("/demo/sign-in", opt={"need": Need.DEMO})
async def demo_sign_in(request: Page) -> Response[Any]:
    """Sign in as one of the sample network's people."""
    services, form = services_of(request), await request.form()
    person = _typed(form, "person")
    if person not in {demo.key for demo in DEMO_PEOPLE}:
        raise NotFound("There is nobody called “{name}” in the sample network.", name=person[:60])
    return await _enter(services, person, str(form.get("next", "/")))


@post("/sign-in", opt={"need": Need.VISITOR})
async def password_sign_in(request: Page) -> Response[Any]:
    """Sign in by password."""
    services, form = services_of(request), await request.form()
    name, password, onward = _typed(form, "name"), str(form.get("password", "")), str(form.get("next", "/"))
    said = translations(language_of(request)).gettext
    if not name or not password:
        return _page(request, 400, said(N_("Type your name and your password.")), name, onward)
    address = request.client.host if request.client else "unknown"
    try:
        person = await services.identity.check_password(name, password, address, services.clock())
    except TooManyAttempts:
        sentence = said(N_("Too many attempts. Wait a quarter of an hour and try again."))
        response = _page(request, 429, sentence, name, onward)
        response.headers["retry-after"] = str(_WAIT)
        return response
    if person is None:
        sentence = said(N_("Name or password is not right. Check both and try again."))
        return _page(request, 401, sentence, name, onward)
    return await _enter(services, person.id, onward)


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


@post("/sign-out", opt={"need": Need.VISITOR})
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
