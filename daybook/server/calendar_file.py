"""A plan's days as an iCalendar file (RFC 5545, with the refresh interval and names of RFC 7986)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from icalendar import Calendar, Event
from msgspec import Struct

from daybook.projections.plan_dates import PlanDate
from daybook.server.live import Change
from daybook.server.prose_text import plain
from daybook.server.templates import N_, Language, name_of, school_year, translations

_REFRESH = timedelta(hours=6)
_LONGEST_SUMMARY = 120  # characters; a calendar shows no more
_DONE = "done"


class About(Struct, frozen=True):
    """What a calendar says beside its days. `base` is the address of the site, without a slash at its end."""

    network: str
    plan: str
    school: str
    year: int
    lang: Language
    base: str
    names: Mapping[str, str]


def calendar_file(dates: Iterable[PlanDate], changes: Mapping[str, Change], about: About) -> bytes:
    """Write the days as a calendar. The same plan gives the same bytes, whenever it is asked."""
    said = translations(about.lang).gettext
    calendar = Calendar()
    calendar.add("prodid", "-//Daybook//Call-to-Action plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = said(N_("{school}, plan {year}")).format(school=about.school, year=school_year(about.year))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH)
    calendar["refresh-interval"].params["VALUE"] = "DURATION"
    calendar.add("x-published-ttl", "PT6H")
    for one in dates:
        calendar.add_component(_event(one, changes, about))
    content: bytes = calendar.to_ical()
    return content


def _event(one: PlanDate, changes: Mapping[str, Change], about: About) -> Event:
    known = [changes[key] for key in one.about if key in changes]
    changed = max(change.at for change in known)
    event = Event()
    event.add("uid", f"{one.key}.{about.plan}.{about.network}@daybook")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sum(change.times - 1 for change in known))
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", _summary(one, about.lang))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a day on which something is due leaves its people free
    event.add("url", f"{about.base}/plans/{about.plan}" + (f"#{one.place}" if one.place else ""))
    if described := "\n".join(_described(one, about)):
        event.add("description", described)
    return event


def _summary(one: PlanDate, lang: Language) -> str:
    said = translations(lang).gettext
    match one.kind:
        case "action":
            text = _first_line(one.text, lang)
            return said(N_("Done: {text}")).format(text=text) if one.status == _DONE else text
        case "check-in":
            return said(N_("Check-in due: {text}")).format(text=_first_line(one.text, lang))
        case "refinement" if one.status == _DONE:
            return said(N_("Done: refinement of quarter {n}")).format(n=one.quarter)
        case "refinement":
            return said(N_("Quarter {n} is over: refine the plan")).format(n=one.quarter)
        case "end":
            return said(N_("The plan’s year ends"))


def _first_line(text: str | None, lang: Language) -> str:
    if text is None:
        return translations(lang).gettext(N_("Words that were erased"))
    line = plain(text).partition("\n")[0]
    return line if len(line) <= _LONGEST_SUMMARY else f"{line[: _LONGEST_SUMMARY - 1].rstrip()}…"


def _described(one: PlanDate, about: About) -> Iterable[str]:
    said = translations(about.lang).gettext
    if one.text is not None and plain(one.text) != _first_line(one.text, about.lang):
        yield plain(one.text)
    if one.under is not None:
        yield said(N_("Strategy: {text}")).format(text=_first_line(one.under, about.lang))
    if one.owner is not None:
        yield said(N_("Owner: {name}")).format(name=about.names.get(one.owner, one.owner))
    if one.status is not None:
        yield said(N_("Status: {status}")).format(status=name_of(one.status, about.lang))


def still_valid(ends: date, today: date) -> bool:
    """Tell whether a plan's addresses still answer: until a quarter after its year."""
    return today <= ends + timedelta(days=90)
