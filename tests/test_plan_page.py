"""The plan's page as the server draws it, and its forms without scripts."""

import gzip
import json
import re
from datetime import date
from html import unescape
from uuid import uuid4

import httpx
import pytest
from msgspec.structs import fields

from daybook.server.door import COMMANDS
from daybook.server.measure_chart import chart_of
from daybook.server.plan_forms import FORMS
from daybook.server.plan_sheet import fields_at
from tests.outcomes_demo import OUTCOMES, TRIAL, begin_trial, propose
from tests.plan_on_server import AT, IF, PLAN, THEN, adopted, draft
from tests.server_fixtures import Server


def text_of(page: str) -> str:
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_whoever_may_see_the_school_reads_the_plan(demo: Server) -> None:
    adopted(demo)
    for person in ("principal", "teacher", "family", "coach", "auditor", "admin"):
        said = text_of(demo.ask("GET", AT, person).text)
        for part in ("Every child at Maple Street reads with joy.", "All readers grow.", IF, THEN, "On track", "51"):
            assert part in said, (person, part)
    assert demo.ask("GET", AT, "reviewer-1").status_code == 403
    assert demo.ask("GET", "/plans/none", "principal").status_code == 404


def test_what_the_team_says_is_on_no_other_page(demo: Server) -> None:
    adopted(demo)
    for person in ("principal", "teacher", "coach"):
        page = demo.ask("GET", f"{AT}?strategy=aloud", person).text
        assert "Six of eight rooms read aloud daily." in page
    family = demo.ask("GET", f"{AT}?strategy=aloud", "family").text
    assert "Six of eight rooms" not in family
    assert "My proposals" in family
    assert "every day" in family


def test_a_frozen_version_leads_to_the_plan_as_it_stood(demo: Server) -> None:
    adopted(demo)
    page = unescape(demo.ask("GET", AT, "family").text)
    links = re.findall(rf'href="({AT}/(?:replay|print)\?at=\d+|{AT}/compare\?from=\d+)"', page)
    assert [link.removeprefix(AT).partition("?")[0] for link in links] == ["/replay", "/compare", "/print"]
    for link in links:
        assert demo.ask("GET", link, "family").status_code == 200, link
    assert "Start of the year" in text_of(demo.ask("GET", links[0], "family").text)


def test_the_plan_at_an_earlier_moment_is_its_replay(demo: Server) -> None:
    adopted(demo)
    answer = demo.ask("GET", AT, "family", params={"at": "2026-03-02T10:00:00Z"})
    assert (answer.status_code, answer.headers["location"]) == (302, f"{AT}/replay?at=2026-03-02T10%3A00%3A00Z")
    assert demo.ask("GET", f"{AT}?at=1", "reviewer-1").status_code == 403
    said = text_of(demo.ask("GET", f"{AT}/replay?at=garbage", "family").text)
    assert "Say when as a position" in said


def test_a_measures_readings_are_unfolded_where_the_address_asks(demo: Server) -> None:
    adopted(demo)
    withdraw = "open=withdraw-reading@reading:home:r-44"
    folded = demo.ask("GET", AT, "principal").text
    assert f'href="{AT}?readings=home#measure-home">2 readings' in folded
    assert withdraw not in folded
    for address in (f"{AT}?readings=home", f"{AT}?{withdraw}"):
        unfolded = demo.ask("GET", address, "principal").text
        assert text_of(unfolded).count("Withdraw Students who read at home, ") == 2, address
    family = demo.ask("GET", f"{AT}?readings=home", "family").text
    assert "<table>" in family
    assert withdraw not in family
    at = demo.ask("GET", f"/api/v1/views/plan:{PLAN}", "principal").json()["position"]
    link = f'href="{AT}/replay?at={at}&amp;readings=home#measure-home">2 readings'
    assert link in demo.ask("GET", f"{AT}/replay?at={at}", "principal").text
    past = demo.ask("GET", f"{AT}/replay?at={at}&readings=home", "principal").text
    assert "<table>" in past
    assert withdraw not in past


def test_a_plan_is_packed_for_those_who_take_that(demo: Server) -> None:
    adopted(demo)

    def raw(encodings: str) -> tuple[httpx.Headers, bytes]:
        headers = demo.headers("principal") | {"accept-encoding": encodings}
        with httpx.stream("GET", f"{demo.url}{AT}", headers=headers) as answer:
            return answer.headers, b"".join(answer.iter_raw())

    plainly, plain = raw("identity")
    packed_as, packed = raw("br, gzip")
    assert "content-encoding" not in plainly
    assert packed_as["content-encoding"] == "gzip"
    assert {plainly["vary"], packed_as["vary"]} == {"accept-encoding"}
    assert len(gzip.decompress(packed)) == len(plain)
    assert len(packed) < len(plain) / 4


def test_an_open_refinement_stands_above_the_plan_and_its_words_are_the_teams(demo: Server) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=PLAN, refinement="q2", quarter=2)
    words = {"passage": "refinement:q2:why", "wording": "y-1", "text": "Too many arrive late."}
    demo.do("teacher", "word-passage", plan=PLAN, **words)
    for person in ("principal", "teacher", "coach", "auditor"):
        assert "Too many arrive late." in text_of(demo.ask("GET", AT, person).text), person
    family = text_of(demo.ask("GET", AT, "family").text)
    assert "Refinement of quarter 2" in family
    assert "Too many arrive late." not in family
    assert "Not written yet." not in family


def test_a_plan_is_begun_from_a_form(demo: Server) -> None:
    page = demo.ask("GET", "/plans/new?school=maple", "principal").text
    assert "Maple Street Elementary" in page
    assert "No school to plan for" in demo.ask("GET", "/plans/new", "teacher").text
    form = {"id": "8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10", "school": "maple", "year": "2026"}
    answer = demo.ask("POST", "/plans/new", "principal", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/plans/maple-2026")
    assert "No priority yet" in demo.ask("GET", "/plans/maple-2026", "principal").text
    again = demo.ask("POST", "/plans/new", "principal", data=form | {"id": "8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a11"})
    assert again.status_code == 409
    assert "There is already a plan" in again.text


@pytest.mark.parametrize("year", ["9" * 5000, "²", "next year", "-1", "2026.5", ""])
def test_a_year_that_is_none_begins_no_plan(demo: Server, year: str) -> None:
    form = {"id": str(uuid4()), "school": "maple", "year": year, "outcomes": "of-that-year"}
    answer = demo.ask("POST", "/plans/new", "principal", data=form)
    assert 400 <= answer.status_code < 500
    assert 'role="alert"' in answer.text


def test_whoever_begins_a_plan_sees_what_is_begun_and_is_offered_the_outcomes_of_the_year(demo: Server) -> None:
    today = date.today()  # noqa: DTZ011  (the server goes by the day of this machine)
    year = today.year if today.month >= 4 else today.year - 1
    demo.do("principal", "begin-plan", plan="elsewhere", school="maple", year=year)
    begin_trial(demo, year=year)
    for outcome in OUTCOMES:
        propose(demo, outcome)
    demo.do("principal", "sign-outcomes", **TRIAL, side="school", version=3)
    demo.do("coach", "sign-outcomes", **TRIAL, side="home-office", version=3)
    demo.do("principal", "adopt-outcomes", **TRIAL)
    begun = demo.ask("GET", "/plans/new?school=maple", "principal").text
    assert '<a href="/plans/elsewhere">' in begun
    assert f'value="{year}" required disabled' in begun
    assert f'value="{year + 1}" required checked' in begun
    free = demo.ask("GET", "/plans/new?school=cedar", "principal").text
    assert f'value="{year}" required checked' in free
    assert '<option value="of-that-year" selected>' in free
    assert f'value="{year + 2}" required checked' in demo.ask("GET", f"/plans/new?year={year + 2}", "principal").text
    page = text_of(demo.ask("GET", f"/outcomes/{TRIAL['outcomes']}", "principal").text)
    assert f"Begin the plan of {year}" in page
    assert "Begin the plan" not in text_of(demo.ask("GET", f"/outcomes/{TRIAL['outcomes']}", "coach").text)
    form = {"id": str(uuid4()), "school": "cedar", "year": str(year + 1), "outcomes": "of-that-year"}
    early = demo.ask("POST", "/plans/new", "principal", data=form)
    assert (early.status_code, early.text.count("That year has no adopted June Outcomes yet.")) == (409, 1)
    assert f'value="{year + 1}" required checked' in early.text
    assert demo.ask("POST", "/plans/new", "teacher", data=form).status_code == 403
    answer = demo.ask("POST", "/plans/new", "principal", data=form | {"year": str(year), "id": str(uuid4())})
    assert answer.headers["location"] == f"/plans/cedar-{year}"
    plan = demo.ask("GET", f"/api/v1/views/plan:cedar-{year}", "principal").json()["view"]["plan"]
    assert plan["outcomes"] == TRIAL["outcomes"]
    page = text_of(demo.ask("GET", f"/outcomes/{TRIAL['outcomes']}", "coach").text)
    assert f"Plan of {year}" in page
    assert "elsewhere" not in demo.ask("GET", "/plans/new?school=maple", "reviewer-1").text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"type": "set-target", "measure": "home", "baseline": "40", "target": "x"}, "number"),
        ({"type": "set-target", "measure": "home", "baseline": "40", "target": "30"}, "below the baseline"),
        ({"type": "schedule-action", "action": "books", "due": "2001-01-01"}, "not a day of this plan"),
        (
            {"type": "word-passage", "passage": "vision", "wording": "v-2", "replaces": "old", "text": "<b>Mine"},
            "since",
        ),
    ],
)
def test_a_refused_form_comes_back_with_its_sentence_and_what_was_typed(
    demo: Server, form: dict[str, str], sentence: str
) -> None:
    draft(demo)
    place = {"set-target": "measure:home", "schedule-action": "action:books", "word-passage": "vision"}[form["type"]]
    about = {"id": "8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10", "plan": PLAN, "form": f"{form['type']}@{place}", "back": AT}
    answer = demo.ask("POST", "/commands", "principal", data=about | form)
    assert answer.status_code in (400, 409)
    assert sentence in text_of(answer.text)
    typed = form.get("text") or form.get("due") or form["target"]
    assert typed in unescape(answer.text)
    assert "<b>" not in answer.text


def test_the_form_that_the_address_names_is_unfolded_and_no_other(demo: Server) -> None:
    draft(demo)
    page = demo.ask("GET", f"{AT}?open=add-action@strategy:aloud", "principal").text
    assert re.findall(r'data-form="([^"]+)"', page) == ["add-action@strategy:aloud"]
    assert 'name="after" value="support:coach"' in page
    for nonsense in ("add-action@strategy:none", "x", "<script>", "move-part@"):
        assert demo.ask("GET", AT, "principal", params={"open": nonsense}).status_code == 200


def test_without_scripts_a_form_names_the_value_that_it_takes_the_place_of(demo: Server) -> None:
    draft(demo)

    def read(form: str) -> object:
        [said] = re.findall(r'name="replaces" value="([^"]*)"', demo.ask("GET", f"{AT}?open={form}", "principal").text)
        return json.loads(unescape(said))

    assert read("assign-part@strategy:aloud") == "teacher"
    assert read("assign-support@support:coach") is None
    assert read("schedule-action@action:time") is None
    assert read("report-action@action:time") == "not-started"
    assert read("set-target@measure:home") == {"baseline": 40, "target": 70}
    assert read("fund-strategy@strategy:aloud") is None
    demo.do("principal", "fund-strategy", plan=PLAN, strategy="aloud", amount=900, source='Title "I"')
    assert read("fund-strategy@strategy:aloud") == {"amount": 900, "source": 'Title "I"'}


def test_the_page_carries_to_its_scripts_only_what_the_reader_may_see(demo: Server) -> None:
    adopted(demo)
    page = demo.ask("GET", AT, "family").text
    [state] = re.findall(r'id="plan-state">(.*?)</script>', page, re.S)
    view = json.loads(state)["room"]["view"]
    assert {key.partition(":")[0] for key in view} & {"check-in", "proposal"} == set()
    assert "mine:p-1" in view


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_asks_for_what_its_command_needs_and_for_nothing_else(kind: str) -> None:
    form = FORMS[kind]
    needed = {field.name: field.required for field in fields(COMMANDS[form.type])}
    asked = {field.name for field in form.fields} | {"plan"} | set(fields_at(form.at, "a:b:c"))
    asked |= {form.makes} if form.makes else set()
    asked |= {"replaces"} if form.replaces else set()
    asked = asked - {"to"} | {"under", "after"} if "to" in asked else asked
    assert asked <= needed.keys()
    assert {name for name, required in needed.items() if required} <= asked


def test_a_chart_keeps_its_points_within_the_picture() -> None:
    quarters = ["2026-07-01", "2026-10-01", "2027-01-01", "2027-04-01"]
    chart = chart_of(40, 70, [("2026-06-01", 40), ("2027-01-15", 85.5), ("2027-08-01", 39)], quarters, "2027-06-30")
    assert chart["points"] == [{"x": 6.0, "y": 64.7}, {"x": 130.0, "y": 6.0}, {"x": 234.0, "y": 66.0}]
    assert chart["path"] == "M6 64.7L130 6L234 66"
    flat = chart_of(5, 5, [], quarters, "2027-06-30")
    assert (flat["baseline"], flat["target"], flat["path"]) == (66.0, 66.0, "")
