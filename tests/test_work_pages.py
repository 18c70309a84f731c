"""First pages and school pages of the sample network: what waits for whom, and what is being done."""

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from daybook.server.zones import today
from tests.outcomes_demo import ADDRESS, OUTCOMES, TRIAL, begin_trial, propose
from tests.plan_on_server import this_year
from tests.server_fixtures import Server
from tests.test_pages import text

PLAN = "/plans/maple-2025"


def section(html: str, heading: str) -> str:
    """Return what stands under a heading, up to the next section."""
    [found] = re.findall(rf'<section aria-labelledby="{heading}">.*?</section>', html, re.DOTALL)
    return str(found)


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


def test_who_carries_a_strategy_finds_its_check_in_and_is_led_to_it(standing_demo: Server) -> None:
    todo = section(standing_demo.ask("GET", "/", "principal").text, "todo")
    assert "Check in on “The Monday team”" in text(todo)
    assert "Overdue" in text(todo)
    places = [link for link in links(todo) if link.startswith(f"{PLAN}#strategy-")]
    assert places
    page = standing_demo.ask("GET", PLAN, "principal").text
    assert all(f'id="{link.partition("#")[2]}"' in page for link in links(todo) if link.startswith(PLAN)), links(todo)


@pytest.fixture
def mint(demo: Server) -> Server:
    """Juniper's plan, adopted just now in the midst of its year, with a strategy to check in on every other day."""
    now = today()
    quarters = [f"{(now.month + months - 1) % 12 + 1:02}-01" for months in (-2, 1, 4, 7)]
    ways = {"least_outcomes": 3, "most_outcomes": 5, "rewording": "in-refinements", "check_in_days": 2}
    demo.do("admin", "set-practice", quarters=quarters, **ways)
    demo.do("admin", "grant-role", person="reviewer-1", role="school-leader", school="juniper")
    year = now.year if f"{now:%m-%d}" >= quarters[0] else now.year - 1
    demo.do("reviewer-1", "begin-plan", plan="mint", school="juniper", year=year)
    demo.do("reviewer-1", "word-passage", plan="mint", passage="vision", wording="v1", text="All read.")
    about = {"text": "Reading", "rubric": "pif-illustrative-1", "indicators": ["CI.2"]}
    demo.do("reviewer-1", "add-priority", plan="mint", priority="reading", **about)
    words = {"title": "Small groups", "if_": "we group", "then": "all read", "owner": "reviewer-1"}
    demo.do("reviewer-1", "add-strategy", plan="mint", strategy="groups", priority="reading", **words)
    demo.do("reviewer-1", "adopt-plan", plan="mint", version="The year begins")
    return demo


def test_a_calendar_and_my_work_say_the_same_day_wherever_one_is(mint: Server) -> None:
    """By the clock of the device on which its address was made: a calendar program says nothing of its own."""
    days = []
    for zone in ("Pacific/Honolulu", "Pacific/Kiritimati"):  # always a day apart
        at = {"cookie": f"{mint.headers('reviewer-1')['cookie']}; zone={zone}"}
        todo = section(mint.ask("GET", "/?lang=en", headers=at).text, "todo")
        [due] = re.findall(r'Small groups.*?due <time datetime="([^"]+)"', todo, re.DOTALL)
        made = mint.ask("POST", "/plans/mint/calendar", data={"of": "mine"}, headers=at).text
        [address] = re.findall(r'value="[^"]+(/calendar/[^"]+\.ics)"', made)
        found = Calendar.from_ical(mint.ask("GET", address).text).walk("VEVENT")
        assert [e.decoded("dtstart").isoformat() for e in found if str(e["uid"]).startswith("check-in")] == [due]
        days.append(date.fromisoformat(due))
    assert days[1] - days[0] == timedelta(days=1)


def test_a_leader_finds_the_proposals_that_wait_and_a_teacher_does_not(standing_demo: Server) -> None:
    said = text(section(standing_demo.ask("GET", "/", "principal").text, "todo"))
    assert "Answer what Flor Jiménez proposed: “A fifth corner at the laundry.”" in said
    assert "Refinement of quarter 3: say whether you agree" in said
    assert "Answer what" not in standing_demo.ask("GET", "/", "teacher").text


def test_the_home_office_finds_the_requests_that_wait(standing_demo: Server) -> None:
    for person in ("coach", "admin"):
        todo = section(standing_demo.ask("GET", "/", person).text, "todo")
        assert "Answer a request for support: professional development" in text(todo)
        assert all(link.startswith(f"{PLAN}#support-") for link in links(todo))
    assert "Answer a request" not in standing_demo.ask("GET", "/", "principal").text


def test_an_observer_finds_what_became_of_their_proposal(standing_demo: Server) -> None:
    html = standing_demo.ask("GET", "/?lang=es", "family").text
    assert "Lo que usted propuso “A fifth corner at the laundry.” Maple Street Elementary" in text(html)
    assert "en espera" in text(section(html, "proposed"))
    assert 'aria-labelledby="todo"' not in html


def test_what_was_answered_is_gone_from_the_first_page(demo: Server) -> None:
    [link] = links(section(demo.ask("GET", "/", "coach").text, "todo"))
    support = link.partition("#support-")[2]
    demo.do("coach", "answer-support", plan="maple-2025", support=support, answer="agreed", text="In April.")
    assert 'aria-labelledby="todo"' not in demo.ask("GET", "/", "coach").text


def test_june_outcomes_wait_for_the_side_that_has_not_signed_and_then_for_their_adoption(demo: Server) -> None:
    def asked(person: str, lang: str = "en") -> str:
        html = demo.ask("GET", f"/?lang={lang}", person).text
        return text(section(html, "todo")) if 'aria-labelledby="todo"' in html else ""

    begin_trial(demo, year=this_year() + 1)
    for outcome in OUTCOMES:
        assert "Cedar Grove" not in asked("principal")
        propose(demo, outcome)
    mine = "Sign the June Outcomes for the school Cedar Grove Elementary"
    assert mine in asked("principal")
    assert f"{ADDRESS}#signing" in links(section(demo.ask("GET", "/", "principal").text, "todo"))
    assert mine not in asked("teacher") + asked("coach")
    demo.do("principal", "sign-outcomes", **TRIAL, side="school", version=3)
    assert mine not in asked("principal")
    assert "Sign the June Outcomes for the home office Cedar Grove Elementary" in asked("coach")
    assert "3 outcomes · the other side has signed" in asked("admin")
    assert "la otra parte ha firmado" in asked("coach", "es")
    demo.do("coach", "sign-outcomes", **TRIAL, side="home-office", version=3)
    for person in ("principal", "coach"):
        assert "Adopt the June Outcomes Cedar Grove Elementary" in asked(person, "en")
    demo.do("coach", "adopt-outcomes", **TRIAL)
    for person in ("principal", "coach", "admin"):
        assert "Adopt the June Outcomes" not in asked(person)


def test_when_the_year_ends_leaders_are_asked_what_came_of_its_june_outcomes(demo: Server) -> None:
    page = {"outcomes": "elm-trial"}
    texts = {"measure": "Records.", "school_commitment": "A block.", "home_commitment": "A coach."}
    demo.do("admin", "grant-role", person="principal", role="school-leader", school="elm")
    demo.do("principal", "begin-outcomes", **page, school="elm", year=this_year() - 1, rubric="pif-illustrative-1")
    for outcome, code in OUTCOMES.items():
        aim = {"indicators": [{"indicator": code}], "target": 4, "statement": f"Of {outcome}."}
        demo.do("principal", "propose-outcome", **page, outcome=outcome, owner="principal", **aim, **texts)
    for person, side in (("principal", "school"), ("coach", "home-office")):
        demo.do(person, "sign-outcomes", **page, side=side, version=3)
    demo.do("principal", "adopt-outcomes", **page)
    said = re.compile(r"Say what came of the June Outcomes Elm[\w ]* · [\d–]+ · (\d) outcomes? · due [\w ]+ Overdue")
    for person in ("teacher", "coach"):  # who leads all schools is not asked for each
        assert not said.search(text(demo.ask("GET", "/", person).text))
    for left in range(3, 0, -1):
        todo = section(demo.ask("GET", "/", "principal").text, "todo")
        assert said.findall(text(todo)) == [str(left)]
        [link] = [link for link in links(todo) if link.startswith("/outcomes/elm-trial#outcome-")]
        concluded = {"outcome": link.partition("#outcome-")[2], "result": "met", "evidence": "Seen in June."}
        demo.do("principal", "conclude-outcome", **page, **concluded)
    assert "came of the June Outcomes Elm" not in text(demo.ask("GET", "/", "principal").text)


@pytest.mark.parametrize("person", ["principal", "teacher", "family", "coach", "auditor"])
def test_a_school_shows_what_is_being_done_about_an_indicator(standing_demo: Server, person: str) -> None:
    html = standing_demo.ask("GET", "/schools/maple", person).text
    assert "What is being done (CI.4) Ten minutes after the talk on track Asked of the home office: coaching" in text(
        html
    )
    years = section(html, "years")
    for link in (PLAN, "/plans/maple-2024", "/outcomes/maple-2025", "/outcomes/maple-2026"):
        assert link in links(years)
        assert standing_demo.ask("GET", link, person).status_code == 200, f"{person} at {link}"


def test_who_has_no_part_at_the_school_sees_nothing_of_its_plans(standing_demo: Server) -> None:
    html = standing_demo.ask("GET", "/schools/maple", "reviewer-1").text
    assert "What is being done" not in html
    assert "/plans/" not in html
    assert "/outcomes/" not in html


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("principal", {"outcomes", "plans"}),
        ("admin", {"outcomes", "plans"}),
        ("coach", {"outcomes"}),
        ("teacher", set()),
    ],
)
def test_a_school_offers_to_begin_what_one_may_begin(standing_demo: Server, person: str, offered: set[str]) -> None:
    found = links(standing_demo.ask("GET", "/schools/maple", person).text)
    beginnings = {link for link in found if "/new?school=maple" in link}
    assert beginnings == {f"/{kind}/new?school=maple" for kind in offered}
    assert all(standing_demo.ask("GET", link, person).status_code == 200 for link in beginnings)


def test_the_network_leads_to_the_plan_that_a_school_lives_by(standing_demo: Server) -> None:
    found = [link for link in links(standing_demo.ask("GET", "/network", "coach").text) if link.startswith("/plans/")]
    assert found == [PLAN]


def test_a_schools_view_lists_its_plans_and_june_outcomes_to_those_who_may_see_them(standing_demo: Server) -> None:
    def listed(person: str) -> dict[str, dict[str, object]]:
        view = standing_demo.ask("GET", "/api/v1/views/school:maple", person).json()["view"]
        return {key: entry for key, entry in view.items() if key.startswith(("plan:", "outcomes:"))}

    for person in ("principal", "teacher", "family", "coach", "auditor"):
        found = listed(person)
        years = ("2024", "2025", "2026")
        assert {*(f"plan:maple-{year}" for year in years[:2]), *(f"outcomes:maple-{year}" for year in years)} == {
            *found
        }
        assert found["plan:maple-2025"].items() >= {"kind": "plan", "year": 2025, "phase": "adopted"}.items()
        assert found["outcomes:maple-2024"].items() >= {"kind": "outcomes", "year": 2024, "phase": "adopted"}.items()
    assert listed("reviewer-1") == {}, "sees the school, and nothing that it plans"
