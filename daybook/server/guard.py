"""The one guarded door of every route: who is asking, from where, and whether they may.

Every route names what it needs. One that names nothing is refused to everybody, and a test finds it.
Requests that change something must come from our own pages: browsers say where a request was made,
and a program that is not a browser says nothing and has no cookies to abuse.
"""

import re
import secrets
from enum import Enum
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.handlers.base import BaseRouteHandler

from daybook.events.core import NotAllowed, SaidNo
from daybook.events.people import People
from daybook.projections.network import ReviewListed, SchoolListed
from daybook.projections.view import Audiences
from daybook.server.door import Malformed
from daybook.server.identity import Person
from daybook.server.live import PROJECTIONS, Room
from daybook.server.services import Services
from daybook.server.templates import N_

COOKIE = "daybook_session"
PERSON = "daybook-person"
"""The header in which a page says whose it is; a device may be shared, and its cookie another's by now."""
_SAFE = {"GET", "HEAD", "OPTIONS"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")

Connection = ASGIConnection[Any, Any, Any, Any]


class Need(Enum):
    """What a route needs of whoever asks."""

    NOTHING = "nothing: anyone may, and nobody is looked up"
    VISITOR = "nothing: anyone may, and who is signed in is known"
    SIGNED_IN = "someone who is signed in"
    DEMO = "a sample network in demo mode"
    REVIEW = "someone who may enter the review"
    PLAN = "someone who may see the plan"
    OUTCOMES = "someone who may see the June Outcomes"
    FEED = "someone with the secret address of a calendar whose person may see its plan"
    SCHOOL = "someone who may see the school"
    STREAM = "someone who may see the stream"
    WATCH = "someone who may see the stream, one that can be watched"
    SCHEDULE = "an administrator or leader of the network"
    READ_EVERYTHING = "an auditor or administrator of the network"
    METRICS = "the operator: from the same machine, or with the metrics token"


_OF_ONE_STREAM = {Need.REVIEW: "review", Need.PLAN: "plan", Need.OUTCOMES: "outcomes", Need.SCHOOL: "school"}
"""The needs that are about one stream of a kind, whose name the address has under that word."""

_NO_SUCH = {
    "review": N_("There is no such review. Check the address, or find it from your first page."),
    "rubric": N_("There is no such version of the rubric. Check the address, or find it from your first page."),
    "plan": N_("There is no such plan. Check the address, or find it on its school's page."),
    "outcomes": N_("There are no such June Outcomes. Check the address, or find them on their school's page."),
}
_NOT_OPEN = {  # versions of the rubric are open to everyone
    "review": N_("This review is not open to you. Its facilitator can add you to the team."),
    "plan": N_("This plan is not open to you. A network administrator can give you a part at its school."),
    "outcomes": N_("These outcomes are not open to you. A network administrator can give you a part at their school."),
}
"""What those are told who ask for a stream that can be watched: that there is none, or that it is not theirs."""

NOTHING_HERE = N_("There is nothing at this address. Check it, or start from your first page.")


class SignInNeeded(Exception):
    """Nobody is signed in, or their session has ended."""


class SomebodyElse(SignInNeeded):
    """What was sent belongs to one person, and another is signed in."""


class NotFound(SaidNo):
    """There is nothing at this address. The message says what was looked for."""


def services_of(connection: Connection) -> Services:
    """Return the running process's parts."""
    services: Services = connection.app.state.services
    return services


async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let a request pass, or raise what it lacks. Leaves the person in `connection.state.person`."""
    if connection.scope.get("method") == "OPTIONS":  # answered by the framework for every route, with its methods
        return
    need = handler.opt.get("need")
    if not isinstance(need, Need):
        raise NotAllowed("This address names nobody who may use it.")
    services = services_of(connection)
    check_origin(connection)
    _check_address(connection)
    if need is Need.NOTHING:
        return
    if need is Need.DEMO:
        if not services.settings.demo:
            raise NotFound(NOTHING_HERE)
        return
    if need is Need.METRICS:
        _check_metrics(connection, services)
        return
    if need is Need.FEED:
        await _check_feed(connection, services)
        return
    person = await recognise(connection)
    # A browser cannot read why a handshake was refused; the live conversation says it by its close code.
    if need is Need.VISITOR or (person is None and "method" not in connection.scope):
        return
    if person is None:
        raise SignInNeeded
    if connection.headers.get(PERSON, person.id) != person.id:
        raise SomebodyElse
    if need is not Need.SIGNED_IN:
        await _check_membership(need, connection, services, person)


async def recognise(connection: Connection) -> Person | None:
    """Say who is signed in, and leave them in `connection.state`."""
    services, token = services_of(connection), connection.cookies.get(COOKIE)
    person = await services.identity.who(token, services.clock()) if token else None
    connection.state.person = person
    connection.state.token = token
    return person


def _check_address(connection: Connection) -> None:
    """Refuse control characters, which the database cannot take, and fields that are said twice.

    Of those, the guard and the route might each go by another one.
    """
    fields = list(connection.query_params.multi_items())
    if any(map(_CONTROL.search, (connection.scope["path"], *(str(part) for field in fields for part in field)))):
        raise Malformed("This address has a character that cannot be used. Check it, or start from your first page.")
    if len({name for name, _ in fields}) < len(fields):
        raise Malformed("This address says the same thing twice. Check it, or start from your first page.")


def check_origin(connection: Connection) -> None:
    """Refuse what another site's page sends with our visitor's cookies.

    Follows what browsers tell: Sec-Fetch-Site where they send it, else Origin against the host asked for
    (OWASP Cross-Site Request Forgery Prevention, "Fetch Metadata" and "Verifying Origin").
    """
    if connection.scope.get("method") in _SAFE:  # a socket has no method, and is checked like a change
        return
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    same_host = origin is None or origin.partition("://")[2] == connection.headers.get("host")
    if (site not in (None, "same-origin", "none")) or not same_host:
        raise NotAllowed("This was sent from another site's page. Open Daybook itself and try again there.")


def _check_metrics(connection: Connection, services: Services) -> None:
    expected = services.settings.metrics_token
    given = connection.headers.get("authorization", "").removeprefix("Bearer ")
    if expected is not None and secrets.compare_digest(given.encode(), expected.encode()):
        return
    local = connection.client is not None and connection.client.host in ("127.0.0.1", "::1")
    if expected is not None or not local or "x-forwarded-for" in connection.headers:
        raise NotAllowed("Figures about the running process are for its operator.")


async def _check_feed(connection: Connection, services: Services) -> None:
    """Find whose calendar an address is, and whether they may still see the plan. Leaves it in `state.feed`.

    Every no is the same: nobody learns whether an address once was one.
    """
    token = str(connection.path_params["file"])
    feed = await services.feeds.find(token.removesuffix(".ics")) if token.endswith(".ics") else None
    if feed is not None:
        _, _, audiences = await services.hub.view(f"plan:{feed.plan}", feed.person)
        if audiences:
            connection.state.feed = feed
            return
    raise NotFound(NOTHING_HERE)


async def _check_membership(need: Need, connection: Connection, services: Services, person: Person) -> None:
    people = await services.door.people()
    params = connection.path_params
    match need:
        case Need.SCHEDULE:
            if not may_schedule(people, person.id):
                raise NotAllowed("Only the network's administrators and leaders schedule reviews.")
        case Need.READ_EVERYTHING:
            if not reads_everything(people, person.id):
                raise NotAllowed("Only auditors and administrators of the network read the whole log.")
        case Need.REVIEW | Need.PLAN | Need.OUTCOMES | Need.SCHOOL:
            kind = _OF_ONE_STREAM[need]
            await check_stream(f"{kind}:{params[kind]}", services, people, person)
        case Need.STREAM | Need.WATCH:
            stream = str(params.get("stream") or connection.query_params.get("stream", ""))
            await check_stream(stream, services, people, person)
            if need is Need.WATCH and stream.partition(":")[0] not in PROJECTIONS:
                raise NotFound("This stream has a view, and no history or news of its own.")
        case _:
            raise AssertionError(need)


async def check_stream(stream: str, services: Services, people: People, person: Person) -> None:
    """Raise NotFound or NotAllowed unless this person may see the stream."""
    kind, _, name = stream.partition(":")
    if kind not in (*PROJECTIONS, "school"):
        raise NotFound("There is no such stream. Streams have names such as review:maple-2026.")
    if kind in PROJECTIONS:
        await entered(stream, services, person.id)
    else:
        await _check_school(name, services, people, person)


async def entered(stream: str, services: Services, person: str) -> tuple[Room, int, Audiences]:
    """Return a stream's room, the position it is current to, and what this person may see of it, which is something.

    Raises NotFound or NotAllowed. A route asks once more for what the guard let through, as the person's part may
    have ended since.
    """
    kind, _, name = stream.partition(":")
    if not _ID.fullmatch(name):
        raise NotFound(_NO_SUCH[kind])
    room, position, audiences = await services.hub.view(stream, person)
    if not room.view:
        raise NotFound(_NO_SUCH[kind])
    if not audiences:
        raise NotAllowed(_NOT_OPEN[kind])
    return room, position, audiences


async def _check_school(name: str, services: Services, people: People, person: Person) -> None:
    await services.stored.catch_up()
    if not _ID.fullmatch(name) or await services.stored.get(f"school:{name}", SchoolListed) is None:
        raise NotFound("There is no such school. Check the address, or find it in the network's list.")
    if sees_network(people, person.id) or name in people.schools_of(person.id):
        return
    mine = await services.stored.find(ReviewListed, (f"person:{person.id}", f"school:{name}"))
    if not mine:
        raise NotAllowed("This school is not among those you work with.")


def sees_network(people: People, person: str) -> bool:
    """Tell whether someone sees all schools: the network's administrators, leaders and auditors."""
    return any(people.holds(person, role) for role in ("network-administrator", "network-leader", "auditor"))


def reads_everything(people: People, person: str) -> bool:
    """Tell whether someone may read the whole log."""
    return people.holds(person, "auditor") or people.holds(person, "network-administrator")


def may_schedule(people: People, person: str) -> bool:
    """Tell whether someone may schedule a review at some school."""
    held = people.roles.get(person, set())
    return any(role in ("network-administrator", "network-leader") for role, _ in held)


def signed_in(connection: Connection) -> Person:
    """Return who is asking, on a route that needs somebody."""
    person = connection.state.person
    if not isinstance(person, Person):
        raise HTTPException(status_code=500, detail="This route let nobody in.")
    return person
