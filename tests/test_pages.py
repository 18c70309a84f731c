"""What stands on the pages: names for ids, errors beside their field, the way back from a page that is not there."""

import json
import re
import struct
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from daybook.server.templates import WEB
from tests.server_fixtures import CEDAR, MAPLE, SAMPLE_DAY, Server


def text(html: str) -> str:
    """What a page says, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def options(html: str, name: str) -> dict[str, str]:
    """What a select offers: labels by their values."""
    [select] = re.findall(rf'<select id="{name}".*?</select>', html, re.DOTALL)
    return dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', select))


def test_the_timeline_calls_a_review_by_its_school_and_day(standing_demo: Server) -> None:
    html = standing_demo.ask("GET", "/timeline", "auditor").text
    offered = options(html, "stream")
    assert offered[f"review:{CEDAR}"].startswith("Cedar Grove Elementary, ")
    assert offered[f"review:{MAPLE}"] == "Maple Street Elementary, 17 Mar 2026"
    assert f">{CEDAR}<" not in html


def test_the_timeline_of_a_review_leads_to_it_in_the_readers_language(standing_demo: Server) -> None:
    html = standing_demo.ask("GET", f"/timeline?stream=review:{MAPLE}&lang=es", "auditor").text
    assert f'<a href="/reviews/{MAPLE}">Ir a Maple Street Elementary, 17 mar 2026</a>' in html
    assert re.search(rf'value="review:{MAPLE}" selected', html)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Ruth Lindqvist recorded the consensus on SL.2: level 3, Partial Implementation"),
        ("es", "Ruth Lindqvist registró el consenso sobre SL.2: nivel 3, Implementación parcial"),
    ],
)
def test_a_consensus_is_told_with_the_name_of_its_level(standing_demo: Server, lang: str, said: str) -> None:
    assert said in text(standing_demo.ask("GET", f"/timeline?stream=review:{CEDAR}&lang={lang}", "auditor").text)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Grace Kim proposed an outcome on SC.1: reach level 4, Full Implementation"),
        ("es", "Grace Kim propuso un resultado sobre SC.1: llegar al nivel 4, Implementación completa"),
    ],
)
def test_an_outcomes_aim_is_told_with_the_name_of_its_level(standing_demo: Server, lang: str, said: str) -> None:
    outcomes = "outcomes:maple-2024"
    assert said in text(standing_demo.ask("GET", f"/timeline?stream={outcomes}&lang={lang}", "principal").text)
    told = standing_demo.ask("GET", f"/api/v1/history/{outcomes}?lang={lang}", "principal").json()
    assert said in [step["sentence"] for step in told["patches"]]


@pytest.mark.parametrize(
    ("stream", "title"),
    [
        ("plan:maple-2025", "Maple Street Elementary, plan 2025–26"),
        ("outcomes:maple-2025", "Maple Street Elementary, June Outcomes 2025–26"),
    ],
)
def test_the_timeline_of_a_stream_names_it_and_leads_to_it_as_it_stood(
    standing_demo: Server, stream: str, title: str
) -> None:
    html = standing_demo.ask("GET", f"/timeline?stream={stream}", "auditor").text
    address = f"/{stream.replace('plan:', 'plans/').replace('outcomes:', 'outcomes/')}"
    assert f'<a href="{address}">Go to {title}</a>' in html
    assert options(html, "stream")[stream] == title
    then = re.search(rf'<a class="quiet" href="({address}/replay\?at=\d+)">As it stood then<', html)
    assert then
    assert standing_demo.ask("GET", then[1], "auditor").status_code == 200


def test_the_timeline_of_a_plan_names_the_part_that_each_line_is_about(standing_demo: Server) -> None:
    view = standing_demo.ask("GET", "/api/v1/views/plan:maple-2025", "principal").json()["view"]
    titles = {one["text"] for key, one in view.items() if re.fullmatch("text:strategy:[^:]+:title", key)}
    told = text(standing_demo.ask("GET", "/timeline?stream=plan:maple-2025", "principal").text)
    held = set(re.findall(r"held a check-in on a strategy: [a-z ]+ · (.+?) As it stood then", told))
    assert held
    assert held <= titles
    everything = text(standing_demo.ask("GET", "/timeline?school=maple", "principal").text)
    assert "·" not in everything  # of many streams, none is read for its lines


@pytest.mark.parametrize("lang", ["en", "es"])
def test_june_outcomes_are_told_by_what_will_be_true(standing_demo: Server, lang: str) -> None:
    stream = "outcomes:maple-2024"
    view = standing_demo.ask("GET", f"/api/v1/views/{stream}", "principal").json()["view"]
    [first, *_] = view["order:outcomes"]["outcomes"]
    said = (view.get(f"text:{first}:statement:{lang}") or view[f"text:{first}:statement:en"])["text"]
    line = text(standing_demo.ask("GET", f"/timeline?stream={stream}&lang={lang}", "principal").text)
    assert f"· {said[:60]}" in line
    steps = standing_demo.ask("GET", f"/api/v1/history/{stream}?lang=en", "principal").json()["patches"]
    concluded = [
        step for step in steps if step["event"] == "outcome-concluded" and f"conclusion:{first}" in step["patch"]
    ]
    assert concluded[-1]["about"].startswith(view[f"text:{first}:statement:en"]["text"][:60])
    assert not any(step.get("about") for step in steps if step["event"] in ("outcomes-begun", "outcomes-adopted"))


def test_a_reader_chooses_among_the_reviews_of_their_schools(standing_demo: Server) -> None:
    offered = options(standing_demo.ask("GET", "/timeline", "principal").text, "stream")
    assert {stream for stream in offered if stream.startswith("review:")} == {f"review:{MAPLE}", "review:maple-spring"}
    offered = options(standing_demo.ask("GET", f"/timeline?stream=review:{CEDAR}", "principal").text, "stream")
    assert offered[f"review:{CEDAR}"] == CEDAR  # as asked; whether there is one is not told


@pytest.mark.parametrize(
    ("person", "works_there"),
    [("family", "teacher"), ("principal", "teacher"), ("olive-parent", "olive-principal")],
)
def test_a_reader_chooses_among_the_people_of_their_schools(
    standing_demo: Server, person: str, works_there: str
) -> None:
    everybody = options(standing_demo.ask("GET", "/timeline", "auditor").text, "person")
    assert options(standing_demo.ask("GET", "/timeline", "admin").text, "person") == everybody
    offered = options(standing_demo.ask("GET", "/timeline", person).text, "person")
    assert {"", person, works_there, "reviewer-1", "coach", "admin"} <= offered.keys()
    assert offered.keys().isdisjoint({"redwood-principal", "cedar-principal", "auditor"})


def test_a_reviewer_chooses_among_the_people_of_the_schools_they_reviewed(standing_demo: Server) -> None:
    offered = options(standing_demo.ask("GET", "/timeline", "reviewer-8").text, "person")
    assert {"reviewer-1", "principal", "teacher", "coach"} <= offered.keys()
    assert "auditor" not in offered


def test_a_timeline_of_somebody_else_shows_nothing(standing_demo: Server) -> None:
    for one in ("redwood-principal", "nobody-at-all"):
        html = standing_demo.ask("GET", f"/timeline?person={one}", "principal").text
        assert "Nothing to show for this choice" in html
        assert "Lorraine Shaw" not in html


def test_a_rubric_and_the_people_have_names_too(standing_demo: Server) -> None:
    titles = set()
    path: str | None = "/timeline"
    while path:
        html = standing_demo.ask("GET", path, "auditor").text
        titles |= set(re.findall(r"Timeline of </span>([^<]+)</a>", html))
        older = re.search(r'rel="next" href="([^"]+)"', html)
        path = older[1].replace("&amp;", "&") if older else None
    assert "People and roles" in titles
    assert "Partnership Implementation Framework (illustrative), pif-illustrative-1" in titles


@pytest.mark.parametrize("path", ["/nowhere", "/static/nothing.css", "/reviews/none", "/timeline?before=x"])
def test_an_error_page_keeps_the_way_back(standing_demo: Server, path: str) -> None:
    html = standing_demo.ask("GET", path, "coach").text
    assert 'href="/network"' in html
    assert "Daniel Reyes" in html


def test_an_address_that_takes_no_such_request_keeps_it_too(standing_demo: Server) -> None:
    answer = standing_demo.ask("POST", "/network", "coach")
    assert answer.status_code == 405
    assert "Daniel Reyes" in answer.text


@pytest.mark.parametrize("headers", [{}, {"cookie": "daybook_session=made-up"}])
def test_a_stranger_is_shown_no_pages_to_go_to(standing_demo: Server, headers: dict[str, str]) -> None:
    answer = standing_demo.ask("GET", "/nowhere", headers=headers)
    assert answer.status_code == 404
    assert 'href="/network"' not in answer.text


FILLED = {
    "id": "3c1f8c5e-5c1e-4a53-9b0c-7f5f2c4a9d10",
    "school": "willow",
    "date": "2026-05-05",
    "rubric": "pif-illustrative-1",
    "focus": "CI.1",
    "team_facilitator": "facilitator",
}


@pytest.mark.parametrize(
    ("left_out", "field"), [("focus", "focus"), ("school", "school"), ("date", "date"), ("team_facilitator", "team")]
)
def test_what_is_missing_from_a_schedule_is_said_beside_its_field(
    standing_demo: Server, left_out: str, field: str
) -> None:
    form = {name: value for name, value in FILLED.items() if name != left_out} | {"team_reviewer-1": "reviewer"}
    answer = standing_demo.ask("POST", "/reviews/new", "coach", data=form)
    assert answer.status_code in (400, 409)
    [beside] = re.findall(r'<p class="error-message" id="([\w-]+)">', answer.text)
    assert beside == f"{field}-error"
    assert f'<a href="#{field}">' in answer.text
    assert re.search(rf'id="{field}"[^>]* aria-describedby="{field}-error"', answer.text)


def test_a_refusal_about_the_whole_schedule_stands_above_it(standing_demo: Server) -> None:
    form = FILLED | {"school": "maple", "date": SAMPLE_DAY.isoformat()}
    answer = standing_demo.ask("POST", "/reviews/new", "coach", data=form)
    assert answer.status_code == 409
    assert "There is a problem" in answer.text
    assert "error-message" not in answer.text


def test_daybook_can_be_installed(standing_demo: Server) -> None:
    [address] = re.findall(r'<link rel="manifest" href="([^"]+)"', standing_demo.ask("GET", "/sign-in").text)
    manifest = json.loads(standing_demo.ask("GET", address).content)
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Daybook", "/", "standalone")
    sizes = {}
    for icon in manifest["icons"]:
        png = (WEB / icon["src"].removeprefix("/")).read_bytes()
        wide, high = struct.unpack(">II", png[16:24])  # the header chunk of a PNG, RFC 2083
        assert icon["sizes"] == f"{wide}x{high}"
        sizes[icon["sizes"], icon.get("purpose", "any")] = icon["type"]
    assert sizes.keys() == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}


def test_a_poll_that_waits_when_the_server_stops_is_told_that_nothing_came(demo: Server) -> None:
    view = demo.ask("GET", f"/api/v1/views/review:{MAPLE}", "reviewer-1").json()
    asked = {"stream": f"review:{MAPLE}", "after": view["position"], "epoch": view["epoch"]}
    with ThreadPoolExecutor(1) as aside:
        poll = aside.submit(demo.ask, "GET", "/api/v1/live", "reviewer-1", params=asked)
        sleep(1)
        assert not poll.done()
        demo.stop()  # fails if anything crashed in it
        answer = poll.result()
    assert answer.status_code == 200
    assert answer.json() == {
        **{key: asked[key] for key in ("stream", "epoch")},
        "position": asked["after"],
        "patches": [],
    }
