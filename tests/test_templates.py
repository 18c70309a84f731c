"""Every page, few and many on it, in each language: whole, labelled, and with what people typed as text."""

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from jinja2 import UndefinedError

from daybook.projections.duties import CheckInDue, ProposalWaits, Proposed, RefinementWaits, StepDue, SupportWaits
from daybook.server.templates import LANGUAGES, Language, render
from daybook.server.zones import today
from tests.template_pages import AFTERNOON, EVERYBODY, PLAN, SHARP, Page, line, many, school_context, standing

pytest_plugins = ["tests.utc"]
pytestmark = pytest.mark.usefixtures("in_utc")
TODAY = date(2026, 11, 24)


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
