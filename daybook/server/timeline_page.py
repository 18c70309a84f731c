"""The timeline's page: which lines a reader may see, and the names that its sentences are told with."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Response, get
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from daybook.events.streams import why_redacted
from daybook.projections.network import ReviewListed, RubricListed, SchoolListed
from daybook.projections.network_plans import OutcomesListed, PlanListed
from daybook.projections.outcomes import is_asked
from daybook.projections.plan import audiences_at
from daybook.projections.view import Shown, seen
from daybook.server.about import words_about
from daybook.server.guard import Need, reads_everything, sees_network, services_of, signed_in
from daybook.server.known_people import known_people
from daybook.server.log import StoredEvent
from daybook.server.pages import Page, language_of, page, visible_schools
from daybook.server.prose_text import plain
from daybook.server.services import Services
from daybook.server.telling import Telling
from daybook.server.templates import N_, Language, plain_day, school_year, translations, with_query

_LINES = 50
_AFTER_ALL = 2**62
_REPLAYED = ("review:", "plan:", "outcomes:")
_PAGES = {"review": "reviews", "school": "schools", "plan": "plans", "outcomes": "outcomes"}


@get("/timeline", opt={"need": Need.SIGNED_IN})
async def timeline(
    request: Page,
    school: FromQuery[str] = "",
    stream: FromQuery[str] = "",
    person: FromQuery[str] = "",
    before: Annotated[int, QueryParameter(ge=0)] = _AFTER_ALL,
) -> Response[str]:
    """One sentence for each event that the reader may know of, latest first."""
    services, me, lang = services_of(request), signed_in(request), language_of(request)
    await services.stored.catch_up()
    people = await services.door.people()
    everything = people.holds(me.id, "auditor")
    teams = {
        f"stream:review:{r.review}"
        for r in await services.stored.find(ReviewListed, (f"person:{me.id}",))
        if r.team.get(me.id) != "observer"
    }
    schools = await visible_schools(services, me)
    teams |= {f"voices:{s.school}" for s in schools if is_asked(me.id, s.school, people)}
    teams |= {f"staff:{s.school}" for s in schools if "team" in audiences_at(s.school, me.id, people)}
    any_of = None if sees_network(people, me.id) else {f"school:{s.school}" for s in schools} | teams
    wanted = {"school": school, "stream": stream, "person": person}
    here = {s.school: s for s in schools}
    reviews = [r for r in await services.stored.find(ReviewListed, ("list:reviews",)) if r.school in here]
    names, offered = await services.identity.names(), await known_people(services, me)
    found = await services.stored.lines(
        [f"{kind}:{value}" for kind, value in wanted.items() if value],
        any_of,
        ["audience:team"] if everything else teams,
        before,
        _LINES + 1,
    )
    if person and person not in offered:  # says of nobody else whether there is such a person
        found = []
    known = _Known(
        people=names,
        schools=here,
        reviews={r.review: r for r in reviews},
        rubrics={r.rubric: r for r in await services.stored.find(RubricListed, ("list:rubrics",))},
        years={
            **{
                f"plan:{p.plan}": p for p in await services.stored.find(PlanListed, ("list:plans",)) if p.school in here
            },
            **{
                f"outcomes:{o.outcomes}": o
                for o in await services.stored.find(OutcomesListed, ("list:outcomes",))
                if o.school in here
            },
        },
        lang=lang,
    )
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    telling = Telling(lang, known.people, known.levels())
    view = await _seen(services, stream, me.id) if stream in known.years else {}
    lines = [_line(services, event, known, telling, view) for event in found[:_LINES]]
    return page(
        request,
        "timeline.html",
        lines=lines,
        filters=wanted,
        chosen={"title": known.title(stream), "href": _address(stream)} if stream else None,
        schools=[{"school": s.school, "name": s.name} for s in schools],
        streams=known.choices(school),
        people=[{"person": id, "name": name} for id, name in offered.items()],
        older=with_query(path, before=str(lines[-1]["position"])) if len(found) > _LINES else None,
        newer=with_query(path, before=None) if before != _AFTER_ALL else None,
        reads_everything=reads_everything(people, me.id),
    )


class _Known(Struct, frozen=True):
    """What a reader knows by name: all people, and the schools, reviews and rubric versions that they may see."""

    people: dict[str, str]
    schools: dict[str, SchoolListed]
    reviews: dict[str, ReviewListed]
    rubrics: dict[str, RubricListed]
    years: dict[str, PlanListed | OutcomesListed]
    lang: Language

    def school(self, school: str) -> str:
        """Return a school's name, or its id where the reader does not know it."""
        return self.schools[school].name if school in self.schools else school

    def title(self, stream: str) -> str:
        """Say what a stream is about: a review by its school and day."""
        kind, _, name = stream.partition(":")
        match kind:
            case "review" if name in self.reviews:
                listed = self.reviews[name]
                return f"{self.school(listed.school)}, {plain_day(listed.date, self.lang)}"
            case "school":
                return self.school(name)
            case "rubric" if name in self.rubrics:
                return f"{getattr(self.rubrics[name].title, self.lang)}, {name}"
            case "plan" | "outcomes" if stream in self.years:
                listed_year = self.years[stream]
                message = N_("{school}, plan {year}") if kind == "plan" else N_("{school}, June Outcomes {year}")
                said = translations(self.lang).gettext(message)
                return said.format(school=self.school(listed_year.school), year=school_year(listed_year.year))
            case "people":
                return translations(self.lang).gettext(N_("People and roles"))
            case _:
                return name or kind

    def choices(self, school: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """List what a timeline can be of, in groups, latest first; of one school, or of all."""
        here = [r for r in self.reviews.values() if school in ("", r.school)]
        reviews = [f"review:{r.review}" for r in sorted(here, key=lambda r: (r.date, r.review), reverse=True)]
        listed = [(one.year, stream) for stream, one in self.years.items() if school in ("", one.school)]
        years = [stream for _, stream in sorted(listed, reverse=True)]
        groups = (
            (N_("Reviews"), reviews),
            (N_("Plans"), [stream for stream in years if stream.startswith("plan:")]),
            (N_("June Outcomes"), [stream for stream in years if stream.startswith("outcomes:")]),
        )
        said = translations(self.lang).gettext
        return [(said(label), [(one, self.title(one)) for one in those]) for label, those in groups if those]

    def levels(self) -> dict[str, tuple[str, ...]]:
        """Name by stream the levels of each review and of all June Outcomes that the reader knows, lowest first."""
        rubrics = {f"review:{review.review}": review.rubric for review in self.reviews.values()}
        rubrics |= {stream: one.rubric for stream, one in self.years.items() if isinstance(one, OutcomesListed)}
        return {
            stream: tuple(getattr(level, self.lang) for level in self.rubrics[rubric].levels)
            for stream, rubric in rubrics.items()
            if rubric in self.rubrics
        }


async def _seen(services: Services, stream: str, person: str) -> dict[str, Shown]:
    """Return what a reader sees of a plan or of June Outcomes now, to name what its lines are about."""
    room, _, audiences = await services.hub.view(stream, person)
    return seen(room.view, audiences)


def _line(
    services: Services, stored: StoredEvent, known: _Known, telling: Telling, view: Mapping[str, Shown]
) -> dict[str, Any]:
    recorded = services.codec.decode(stored)
    actor, stream = recorded.actor, recorded.stream
    school = next((tag.removeprefix("school:") for tag in recorded.tags if tag.startswith("school:")), None)
    why = why_redacted(recorded.event)
    return {
        "position": recorded.position,
        "at": recorded.at,
        "actor": actor,
        "actor_name": known.people.get(actor, actor),
        "sentence": telling.sentence(recorded),
        "about": words_about(view, recorded.event, known.lang),
        "stream": stream,
        "stream_title": known.title(stream),
        "href": _address(stream),
        "why": plain(why.text) if why and why.text else None,
        # An erasure is no step of a replay, as the words are gone from every moment of it.
        "then": f"{_address(stream)}/replay?at={recorded.position}"
        if stream.startswith(_REPLAYED) and not why
        else None,
        "school": school,
        "school_name": known.school(school) if school else None,
    }


def _address(stream: str) -> str | None:
    """Return the address of a stream's page; None when it has none."""
    kind, _, name = stream.partition(":")
    return f"/{_PAGES[kind]}/{quote(name)}" if kind in _PAGES else None
