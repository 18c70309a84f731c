"""A plan's days in the calendars of those who carry them: a page to make secret addresses, and what these answer.

The address is all that a calendar program has: it needs no session, so whoever holds it reads what its person
may read at that moment. It can be taken back, and it answers nothing once its person may no longer see
the plan. The fact a newcomer would get wrong: the secret stands in the path, so no log may hold it; the
server keeps no access log, and `app.py` masks it where a crash is told.
"""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from daybook.projections.plan_dates import owned_by, plan_dates
from daybook.projections.plan_entries import PlanShown
from daybook.projections.plan_tree import plan_tree
from daybook.projections.view import seen, shown
from daybook.server.calendar_file import About, calendar_file, still_valid
from daybook.server.feeds import MOST_FEEDS, Feed, TooManyFeeds
from daybook.server.guard import NOTHING_HERE, Need, NotFound, services_of, signed_in
from daybook.server.pages import Page, language_of, page
from daybook.server.plan_reading import open_plan
from daybook.server.templates import N_, translations
from daybook.server.zones import day_of, readers, tell_in

_SUFFIX = ".ics"
_WAIT = 600  # seconds


@get("/calendar/{file:str}", opt={"need": Need.FEED})
async def calendar(request: Page) -> Response[bytes]:
    """Give the days of a plan to whoever holds the secret address."""
    services, feed = services_of(request), _feed(request)
    at = services.clock()
    if not services.feeds.may_read(feed, at):
        return Response(b"", status_code=429, media_type="text/plain", headers={"retry-after": str(_WAIT)})
    room, _, audiences = await services.hub.view(f"plan:{feed.plan}", feed.person)
    if not audiences:  # since the guard looked
        raise NotFound(NOTHING_HERE)
    tree = plan_tree(seen(room.view, audiences))
    if not still_valid(tree.plan.ends, at.date()):
        raise NotFound(NOTHING_HERE)
    await services.feeds.was_read(feed, at)
    about = About(
        network=services.settings.network,
        plan=feed.plan,
        school=await services.stored.school_name(tree.plan.school),
        year=tree.plan.year,
        lang=feed.language,
        base=_base(request),
        names=await services.identity.names(tree.people()),
    )
    tell_in(feed.zone)
    dates = plan_dates(tree, day_of)
    content = calendar_file(owned_by(dates, feed.person) if feed.mine else dates, room.changes, about)
    return Response(content, media_type="text/calendar")


def _feed(request: Page) -> Feed:
    feed = request.state.feed
    assert isinstance(feed, Feed)
    return feed


def _base(request: Page) -> str:
    return str(request.base_url).rstrip("/")


@get("/plans/{plan:str}/calendar", opt={"need": Need.PLAN})
async def calendar_page(request: Page, plan: FromPath[str]) -> Response[str]:
    """Offer an address for a calendar, and list those that this person has."""
    return await _page(request, plan)


@post("/plans/{plan:str}/calendar", opt={"need": Need.PLAN}, status_code=200)
async def make_feed(request: Page, plan: FromPath[str]) -> Response[str]:
    """Make an address and show it, this once."""
    services, form = services_of(request), await request.form()
    mine = str(form.get("of", "")) == "mine"
    room, _, _ = await services.hub.view(f"plan:{plan}", signed_in(request).id)
    if not still_valid(shown(room.view, "plan", PlanShown).ends, services.clock().date()):
        return await _page(request, plan, 409)  # which says that its year is over
    try:
        token = await services.feeds.make(
            signed_in(request).id, plan, language_of(request), services.clock(), mine=mine, zone=readers()
        )
    except TooManyFeeds:
        sentence = N_("You have {n} addresses for this plan already. Take one back first.")
        problem = translations(language_of(request)).gettext(sentence).format(n=MOST_FEEDS)
        return await _page(request, plan, 409, problem=problem)
    return await _page(request, plan, address=f"{_base(request)}/calendar/{token}{_SUFFIX}")


@post("/plans/{plan:str}/calendar/revoke", opt={"need": Need.PLAN})
async def revoke_feed(request: Page, plan: FromPath[str]) -> Redirect:
    """Take an address back: from now on it answers nothing."""
    services, form = services_of(request), await request.form()
    feed = str(form.get("feed", ""))
    if feed.isdecimal() and len(feed) <= 18:
        await services.feeds.revoke(int(feed), signed_in(request).id, plan, services.clock())
    return Redirect(f"/plans/{plan}/calendar", status_code=303)


async def _page(
    request: Page, plan: str, status: int = 200, *, address: str | None = None, problem: str | None = None
) -> Response[str]:
    services, person = services_of(request), signed_in(request).id
    opened = await open_plan(services, plan, person, language_of(request))
    dates = plan_dates(opened.tree, day_of)
    return page(
        request,
        "plan_calendar.html",
        status,
        plan=plan,
        school=opened.school,
        year=opened.tree.plan.year,
        feeds=await services.feeds.of(person, plan),
        address=address,
        problem=problem,
        over=not still_valid(opened.tree.plan.ends, services.clock().date()),
        all_of_them=len(dates),
        mine=len(owned_by(dates, person)),
    )


ROUTES = [calendar, calendar_page, make_feed, revoke_feed]
