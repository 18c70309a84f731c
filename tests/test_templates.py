import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, get_args

import pytest
from jinja2 import UndefinedError

from daybook.events.core import Sentence, stored_name
from daybook.events.outcomes_commands import OutcomesCommand
from daybook.events.people import Role, TeamKind
from daybook.events.plan_commands import PlanCommand
from daybook.events.review import ReviewRole, Source, Stance
from daybook.events.review_commands import ReviewCommand
from daybook.events.school import Grades
from daybook.projections.duties import (
    CheckInDue,
    ProposalWaits,
    Proposed,
    RefinementWaits,
    StepDue,
    SupportWaits,
)
from daybook.projections.forward import Doing, SupportGiven
from daybook.projections.network_plans import OutcomesListed, PlanListed
from daybook.projections.plan_entries import StatusShown
from daybook.server.templates import (
    LANGUAGES,
    WEB,
    Language,
    by_day,
    clock,
    day,
    initials,
    long_day,
    name_of,
    plain_day,
    render,
    tell,
    today,
    translations,
    when,
    with_query,
)

LEVELS = ["Not Yet Begun", "Beginning", "Partial Implementation", "Full Implementation"]
AFTERNOON = datetime(2026, 11, 24, 15, 5, tzinfo=UTC)
EVERYBODY = {"me": {"id": "ana", "name": "Ana Ruiz", "initials": "AR"}, "path": "/", "demo": True}
SHARP = "<b>Maple & Oak</b>"
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def in_utc() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


class Page(HTMLParser):
    """A page's structure: tags with their attributes, in order, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def every(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def review(**changes: object) -> dict[str, object]:
    return {
        "review": "maple-2026",
        "school": "maple",
        "school_name": SHARP,
        "date": date(2026, 3, 14),
        "phase": "closed",
        "role": "reviewer",
        "focus": 12,
        "agreed": 5,
        **changes,
    }


def standing(level: int, *before: int) -> dict[str, object]:
    def at(years: int) -> datetime:
        return AFTERNOON - timedelta(days=365 * years)

    return {
        "level": level,
        "levels": 4,
        "level_name": LEVELS[level - 1],
        "at": AFTERNOON,
        "review": "maple-2026",
        "rubric": "pif-1",
        "before": [
            {"level": n, "levels": 4, "level_name": LEVELS[n - 1], "at": at(len(before) - i), "review": f"maple-{i}"}
            for i, n in enumerate(before)
        ],
    }


def line(at: datetime, position: int = 7) -> dict[str, object]:
    return {
        "position": position,
        "at": at,
        "actor": "ana",
        "actor_name": "Ana Ruiz",
        "sentence": f"Ana Ruiz rated CI.{position} {SHARP}",
        "stream": "review:maple-2026",
        "stream_title": "maple-2026",
        "then": "/reviews/maple-2026/replay?at=7",
        "href": "/reviews/maple-2026",
        "school": "maple",
        "school_name": SHARP,
    }


def many(count: int, make: Callable[[int], dict[str, object]]) -> list[dict[str, object]]:
    return [make(i) for i in range(count)]


PLAN = PlanListed("p1", "maple", 2026, "adopted", date(2026, 7, 1), date(2027, 6, 30), None)


def strategies(count: int) -> list[Doing]:
    status = StatusShown("s0", "needs-attention", date(2026, 10, 1), "c1")
    supports = (SupportGiven("coach", "coaching", "agreed"), SupportGiven("money", "budget", None))
    return [Doing(f"s{i}", SHARP if i else None, "ana", None if i else status, supports[:i]) for i in range(count)]


def duty_lines(count: int) -> list[dict[str, object]]:
    """Lay out duties of every kind, some of them about words that were erased."""
    kinds = {
        "check-in": CheckInDue("strategy:s", SHARP, date(2026, 10, 1), overdue=True, last=None),
        "step": StepDue("action:a", None, date(2026, 10, 1), overdue=False, status="under-way"),
        "refinement": RefinementWaits("refinement:q1", 1, 2),
        "proposal": ProposalWaits("proposal:a1", SHARP, "ana", date(2026, 10, 1)),
        "support": SupportWaits("support:coach", SHARP, "coaching", SHARP, date(2026, 10, 1)),
    }
    every = [{"plan": "p1", "school_name": SHARP, "kind": kind, "duty": duty} for kind, duty in kinds.items()]
    return (every * 2)[:count]


def proposed_lines(count: int) -> list[dict[str, object]]:
    outcomes = ("accepted", "declined", "waiting")
    return many(
        count,
        lambda i: {
            "plan": "p1",
            "school_name": SHARP,
            "duty": Proposed("strategy:s", SHARP, outcomes[i % 3], "ana" if i % 3 < 2 else None, TODAY, SHARP),
        },
    )


def school_context(count: int) -> dict[str, Any]:
    indicators = many(
        count,
        lambda i: {
            "code": f"CI.{i}",
            "statement": SHARP,
            "standing": standing(1 + i % 4, 2, 3) if i % 2 else None,
            "doing": strategies(i),
        },
    )
    return {
        "school": {"school": "maple", "name": SHARP, "grades": "elementary"},
        "systems": [{"code": "CI", "name": SHARP, "indicators": indicators}] if count else [],
        "others": [{"code": "OLD.1", "statement": "OLD.1", "standing": standing(2), "doing": []}] if count else [],
        "plan": PLAN if count else None,
        "begins": {"outcomes": True, "plan": count > 1},
        "latest": {"plans": [PLAN] * count, "outcomes": [OutcomesListed("o1", "maple", 2026, "adopted")] * count},
        "years": [{"year": 2026, "plans": [PLAN], "outcomes": [OutcomesListed("o1", "maple", 2026, "draft")]}] * count,
        "levels": LEVELS,
        "reviews": many(count, lambda i: {"review": f"maple-{i}", "date": date(2026, 3, 14), "phase": "open"}),
        "rubric_note": SHARP,
    }


def pages(count: int) -> dict[str, dict[str, Any]]:
    """What each template is given when there are this many of everything."""
    schools = many(
        count,
        lambda i: {
            "school": f"maple-{i}",
            "name": SHARP,
            "grades": "high",
            "rated": i,
            "agreed_at": AFTERNOON if i else None,
            "plan": PLAN if i % 2 else None,
            "reviews": many(i % 3, lambda j: {"review": f"r{j}", "date": date(2026, 3, 14), "phase": "scheduled"}),
        },
    )
    people = many(
        count, lambda i: {"person": f"p-{i}", "key": f"p-{i}", "name": SHARP, "role": "reviewer", "school": SHARP}
    )
    rubric = {"rubric": "pif-1", "title": SHARP, "systems": school_context(count)["systems"]}
    phases = ["open", "scheduled", "closed"]
    return {
        "sign_in.html": {"people": people, "next": "/", "error": None, "name": SHARP, "me": None},
        "home.html": {
            "reviews": many(count, lambda i: review(phase=phases[i % 3])),
            "todo": duty_lines(count + 2 if count else 0),
            "proposed": proposed_lines(count),
            "names": {"ana": SHARP},
            "schools": schools,
            "may_schedule": True,
        },
        "network.html": {"schools": schools, "may_schedule": True},
        "school.html": school_context(count),
        "schedule.html": {
            "schools": schools,
            "people": people,
            "rubrics": [rubric] * min(count, 2),
            "error": SHARP,
            "form": {"school": "maple", "date": "2026-03-14", "rubric": "", "focus": ["CI.1"], "team": {}},
        },
        "timeline.html": {
            "lines": many(count, lambda i: line(AFTERNOON - timedelta(hours=i), i)),
            "filters": {"school": "", "stream": "review:maple-2026", "person": ""},
            "chosen": {"title": SHARP, "href": "/reviews/maple-2026"},
            "schools": schools,
            "streams": [("Reviews", [(f"review:r{i}", SHARP) for i in range(count)])],
            "people": people,
            "older": "/timeline?before=7",
            "newer": "/timeline",
        },
        "outbox.html": {},
        "offline.html": {"me": None},
        "error.html": {"status": 404, "heading": "There is nothing here", "sentence": SHARP},
    }


EVERY_PAGE = [(name, count) for count in (0, 1, 7) for name in pages(count)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "count"), EVERY_PAGE)
def test_a_page_has_its_language_title_heading_landmarks_and_labels(name: str, count: int, lang: Language) -> None:
    html = render(name, lang, **EVERYBODY | pages(count)[name])
    page = Page(html)
    assert page.every("html") == [{"lang": lang}]
    assert re.search(r"<title>[^<]+ – Daybook</title>", html)
    assert len(page.every("h1")) == len(page.every("main")) == len(page.every("header")) == 1
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    levels = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    labelled = {label.get("for") for label in page.every("label")}
    for field in page.every("input", "select", "textarea"):
        assert field.get("type") in ("hidden", "checkbox", "radio") or field["id"] in labelled


@pytest.mark.parametrize(("name", "count"), EVERY_PAGE)
def test_a_page_keeps_to_the_content_security_policy(name: str, count: int) -> None:
    page = Page(render(name, "en", **EVERYBODY | pages(count)[name]))
    for tag, attributes in page.tags:
        assert tag != "style"
        assert "style" not in attributes
        assert not any(attribute.startswith("on") for attribute in attributes)
        for link in ("src", "href", "action"):
            assert re.match(r"/(?!/)|#", attributes.get(link) or "/")


@pytest.mark.parametrize(("name", "count"), EVERY_PAGE)
def test_what_people_typed_is_shown_as_text(name: str, count: int) -> None:
    html = render(name, "en", **EVERYBODY | pages(count)[name])
    assert "<b>" not in html
    assert "&amp;lt;" not in html


@pytest.mark.parametrize(("name", "count"), EVERY_PAGE)
def test_ids_on_a_page_are_unique(name: str, count: int) -> None:
    context = EVERYBODY | pages(count)[name]
    ids = [attributes["id"] for _, attributes in Page(render(name, "en", **context)).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_variable_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("error.html", "en", **EVERYBODY)


def test_the_review_of_today_comes_first_with_its_room() -> None:
    soon = review(review="soon", date=today() + timedelta(days=9), phase="scheduled")
    now = review(review="now", date=today(), phase="scheduled")
    page = Page(
        render("home.html", "en", **EVERYBODY | pages(0)["home.html"] | {"reviews": [soon, now], "may_schedule": False})
    )
    rooms = [a["href"] for a in page.every("a") if a["href"] and a["href"].startswith("/reviews/")]
    assert rooms == ["/reviews/now", "/reviews/soon"]
    assert "Enter the room" in page.text


def test_an_indicator_shows_its_standing_level_where_it_came_from_and_what_stood_before() -> None:
    context = school_context(0) | {
        "systems": [
            {
                "code": "CI",
                "name": "Curriculum & Instruction",
                "indicators": [
                    {"code": "CI.1", "statement": "Plans", "standing": standing(3, 1, 2), "doing": []},
                    {"code": "CI.2", "statement": "Studies", "standing": None, "doing": []},
                ],
            }
        ]
    }
    page = Page(render("school.html", "en", **EVERYBODY | context))
    said = " ".join(page.text.split())
    assert "CI.1 Plans Partial Implementation Review consensus CI.1, Tue 24 Nov 2026 2 earlier" in said
    assert "Not Yet Begun Sun 24 Nov 2024 Beginning Mon 24 Nov 2025" in said
    assert "CI.2 Studies Not rated yet" in said
    assert "1 of 2 indicators rated" in said
    [path] = [a["d"] for a in page.every("path") if a["class"] == "trend-line"]
    assert path == "M0 20.0H24.0V13.33H48.0V6.67H72.0"


def test_an_indicator_shows_what_is_being_done_about_it() -> None:
    context = school_context(3)
    page = Page(render("school.html", "en", **EVERYBODY | context))
    said = " ".join(page.text.split())
    assert "What is being done (CI.2) words erased needs attention <b>Maple & Oak</b> Asked of" in said
    assert "Asked of the home office: coaching, agreed" in said
    links = [a["href"] for a in page.every("a") if (a["href"] or "").startswith("/plans/p1#")]
    assert links == [f"/plans/p1#{place}" for place in ("strategy-s0", "strategy-s0", "strategy-s1", "support-coach")]


def test_duties_lead_to_their_places_and_many_are_folded_away() -> None:
    page = Page(render("home.html", "en", **EVERYBODY | pages(7)["home.html"]))
    said = " ".join(page.text.split())
    assert "Check in on “<b>Maple & Oak</b>” <b>Maple & Oak</b> · due Thu 1 Oct 2026 Overdue" in said
    assert "Action step words erased <b>Maple & Oak</b> · due Thu 1 Oct 2026 · under way Refinement" in said
    assert "Refinement of quarter 1: say whether you agree <b>Maple & Oak</b> · 2 people have agreed" in said
    assert "Answer what <b>Maple & Oak</b> proposed: “<b>Maple & Oak</b>”" in said
    assert "2 more" in said
    links = [a["href"] for a in page.every("a") if (a["href"] or "").startswith("/plans/p1#")]
    assert links[:5] == [
        f"/plans/p1#{place}" for place in ("strategy-s", "action-a", "refining", "proposal-a1", "support-coach")
    ]


def test_a_form_that_was_refused_comes_back_as_it_was_sent() -> None:
    context = pages(3)["schedule.html"]
    context["rubrics"] = context["rubrics"][:1]
    context["form"] |= {"school": "maple-2", "team": {"p-1": "facilitator"}}
    page = Page(render("schedule.html", "en", **EVERYBODY | context))
    assert [o["value"] for o in page.every("option") if "selected" in o] == ["maple-2", "facilitator"]
    assert [i["value"] for i in page.every("input") if "checked" in i] == ["CI.1"]
    assert page.text.lstrip().startswith("Error: Schedule a review")


def test_the_language_link_keeps_the_page_and_its_query() -> None:
    html = render("error.html", "es", **EVERYBODY | pages(0)["error.html"] | {"path": "/timeline?school=maple"})
    [link] = [a for a in Page(html).every("a") if a.get("hreflang")]
    assert link["href"] == "/timeline?school=maple&lang=en"


@pytest.mark.parametrize("levels", range(2, 8))
def test_a_glyph_is_filled_by_the_share_of_the_scale(levels: int) -> None:
    scale = [f"Level {n}" for n in range(1, levels + 1)]
    page = Page(render("school.html", "en", **EVERYBODY | school_context(1) | {"levels": scale, "others": []}))
    glyphs = [a["class"] for a in page.every("svg") if (a.get("class") or "").startswith("glyph level-")]
    assert glyphs[0] == "glyph level-1"
    assert glyphs[-1] == "glyph level-7"
    assert len(set(glyphs)) == levels
    shares = [(a["stroke-dasharray"], a["pathlength"]) for a in page.every("circle") if a["class"] == "glyph-share"]
    assert shares == [(f"{n} {levels}", f"{levels - 1}") for n in range(1, levels - 1)]


def test_each_word_that_is_stored_has_a_name_in_each_language() -> None:
    words: set[str] = set()
    for literal in (Role, ReviewRole, Source, Stance, TeamKind, Grades):
        words |= set(get_args(literal))
    for word in words | {"scheduled", "open", "closed", "insufficient-evidence", "abstain"}:
        english = name_of(word, "en")
        assert "-" not in english.removeprefix("self-").removeprefix("grade-")
        assert translations("es").gettext(english) == name_of(word, "es") != english or word == "auditor"
    assert name_of("maple", "es") == "maple"


def test_a_sentence_is_told_in_the_language_of_the_reader_with_names_for_ids() -> None:
    names = {"ana": "Ana Ruiz", "ben": "Ben Whitfield"}
    put = Sentence("{actor} put {person} on the team as {role}", {"person": "ben", "role": "reviewer"})
    assert tell(put, "ana", names, "en") == "Ana Ruiz put Ben Whitfield on the team as reviewer"
    assert tell(put, "ana", names, "es") == "Ana Ruiz puso a Ben Whitfield en el equipo como revisor/a"
    shown = Sentence(
        "{actor} revealed the ratings of {code}; without a rating: {people}", {"code": "CI.2", "people": "ben x"}
    )
    assert tell(shown, "gone", names, "en") == "gone revealed the ratings of CI.2; without a rating: Ben Whitfield, x"


def test_a_name_with_braces_is_only_a_name() -> None:
    assert tell(Sentence("{actor} opened the review", {}), "x", {"x": "{code}"}, "en") == "{code} opened the review"


def test_days_and_times_are_in_the_language_of_the_reader() -> None:
    assert day(AFTERNOON, "en") == "Tue 24 Nov 2026"
    assert day(date(2026, 11, 24), "es") == "mar 24 nov 2026"
    assert long_day(AFTERNOON, "en") == "Tuesday 24 November 2026"
    assert long_day(AFTERNOON, "es") == "martes 24 de noviembre de 2026"
    assert [re.sub(r"\s", " ", clock(AFTERNOON, lang)) for lang in LANGUAGES] == ["3:05 PM", "3:05 p.m."]


def test_an_instant_is_told_with_its_day_unless_that_is_today() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    earlier = now - timedelta(days=400)
    for lang in LANGUAGES:
        assert when(now.isoformat(), lang) == clock(now, lang)
        assert when(earlier.isoformat(), lang) == f"{plain_day(earlier, lang)}, {clock(earlier, lang)}"
    assert plain_day(AFTERNOON, "en") == "24 Nov 2026"
    assert plain_day(AFTERNOON, "es") == "24 nov 2026"


def test_lines_are_grouped_by_day_in_their_order() -> None:
    lines = [line(AFTERNOON, 3), line(AFTERNOON - timedelta(hours=2), 2), line(AFTERNOON - timedelta(days=1), 1)]
    assert [(when, [one["position"] for one in those]) for when, those in by_day(lines)] == [
        (date(2026, 11, 24), [3, 2]),
        (date(2026, 11, 23), [1]),
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [("Ana Ruiz", "AR"), ("María José Fernández de Córdoba", "MC"), ("Cher", "C"), ("sam o’neil", "SO"), ("…", "?")],
)
def test_initials_are_of_the_first_and_the_last_name(name: str, short: str) -> None:
    assert initials(name) == short


def test_a_query_is_changed_in_place_and_emptied_by_none() -> None:
    assert with_query("/timeline?school=a b&before=7", before=None, person="ana") == "/timeline?school=a+b&person=ana"
    assert with_query("/timeline?before=7", before=None) == "/timeline"


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_from_what_they_are_on(scheme: str) -> None:
    blocks = (WEB / "static/app.css").read_text(encoding="utf-8").split(":root {")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1 if scheme == "light" else 2].split("}")[0]))
    text = [(ink, on) for ink in ("ink", "muted", "accent", "refused", "done") for on in ("ground", "surface")]
    text += [("on-accent", "accent"), ("on-accent", "accent-deep"), ("accent-deep", "accent-wash")]
    text += [("refused", "refused-wash"), ("done", "done-wash"), ("muted", "sunken"), ("ground", "refused")]
    for ink, on in text:
        assert contrast(colours[ink], colours[on]) >= 4.5, (ink, on)
    for mark in ("edge", *(f"level-{n}" for n in range(2, 8))):
        assert contrast(colours[mark], colours["surface"]) >= 3, mark
        assert contrast(colours[mark], colours["ground"]) >= 3, mark
    depth = [luminance(colours[f"level-{n}"]) for n in range(1, 8)]
    assert depth == sorted(depth, reverse=scheme == "light")


def test_every_command_that_a_page_sends_is_told_in_words() -> None:
    told = re.findall(r'^  "([a-z-]+)": t\(', (WEB / "static/outbox-acts.js").read_text(encoding="utf-8"), re.M)
    streams = (ReviewCommand, OutcomesCommand, PlanCommand)
    sent = {stored_name(kind) for commands in streams for kind in get_args(commands)} - {"schedule-review"}
    assert sent == set(told)
