"""Comparing two moments of a plan, and why a strategy is in it, in the running server."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from tests.server_fixtures import Server

PLAN = "juniper-2026"
RUBRIC = "pif-illustrative-1"


def words(html: str) -> str:
    """Return what a page says, without its marks."""
    main = html[html.index("<main") : html.index("</main")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def planned(demo: Server) -> Server:
    """A plan at Juniper: adopted, then refined, with an action step reported in between."""
    demo.do("admin", "grant-role", person="reviewer-1", role="school-leader", school="juniper")
    demo.do("admin", "grant-role", person="family", role="observer", school="juniper")

    def lead(kind: str, **data: object) -> None:
        demo.do("reviewer-1", kind, plan=PLAN, **data)

    lead("begin-plan", school="juniper", year=2026)
    lead("word-passage", passage="vision", wording="v1", text="Every child reads.")
    lead("add-priority", priority="reading", text="Reading by grade 3", rubric=RUBRIC, indicators=["CI.2"])
    lead("add-strategy", strategy="groups", priority="reading", title="Small groups", if_="we group", then="all read")
    lead("add-action", action="lists", strategy="groups", text="Make the lists", owner="reviewer-1", due="2026-10-01")
    lead("adopt-plan", version="The year begins")
    lead("report-action", action="lists", status="done", note="All grades have one.")
    lead("open-refinement", refinement="q1", quarter=1)
    lead("word-passage", passage="strategy:groups:then", wording="t2", text="all read far more", replaces="groups")
    lead("retire-part", part="action:lists", reason="It is done for good.")
    return demo


def test_a_page_says_what_changed_since_the_first_version(planned: Server) -> None:
    page = planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1")
    assert page.status_code == 200, page.text
    said = words(page.text)
    assert "“Make the lists”: done" in said
    assert "A new note on “Make the lists”: All grades have one." in said
    assert "No longer pursued: “Make the lists”" in said
    assert "Why: It is done for good." in said
    assert "The “then” of “Small groups” was reworded" in said
    assert "<ins>" in page.text
    assert "The refinement of quarter 1 was opened" in said


@pytest.mark.parametrize(("lang", "erased"), [("en", "words erased"), ("es", "palabras borradas")])
def test_a_part_whose_words_were_erased_is_called_so_and_not_by_its_id(planned: Server, lang: str, erased: str) -> None:
    planned.do("reviewer-1", "redact-plan-words", plan=PLAN, about="strategy:groups", reason="It names a child.")
    planned.do("reviewer-1", "redact-plan-words", plan=PLAN, about="priority:reading", reason="It names a child.")
    of_all = f"from=0&lang={lang}"
    said = words(planned.ask("GET", f"/plans/{PLAN}/compare?{of_all}", "reviewer-1").text)
    assert f"“{erased}”" in said
    assert not re.search("strategy:groups|priority:reading|“(groups|reading)”", said)
    told = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare?{of_all}", "reviewer-1").json()["differences"]
    of_strategy = next(one for one in told if one["difference"]["key"] == "strategy:groups")
    assert f"“{erased}”" in of_strategy["sentence"]
    page = planned.ask("GET", f"/plans/{PLAN}?chosen=groups&lang={lang}", "reviewer-1").text
    [contents] = re.findall(r'<ol class="toc plain">.*?</ol></li>', page, re.DOTALL)
    assert re.findall(r'<span class="code">([\d.]+)</span> ([^<]*)<', contents) == [("1", erased), ("1.1", erased)]
    why = words(planned.ask("GET", f"/plans/{PLAN}/why/groups?lang={lang}", "reviewer-1").text)
    assert "groups" not in why


def test_a_permanent_link_says_the_same_after_the_plan_went_on(planned: Server) -> None:
    page = planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1")
    link = unescape(re.search(r'href="(/plans/[^"]*compare\?from=\d+&amp;to=\d+)"', page.text)[1])  # type: ignore[index]
    before = planned.ask("GET", f"/api/v1{link}", "reviewer-1").json()
    planned.do("reviewer-1", "restore-part", plan=PLAN, part="action:lists")
    assert planned.ask("GET", f"/api/v1{link}", "reviewer-1").json() == before
    since = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1", params={"from": before["to_position"]})
    assert [one["sentence"] for one in since.json()["differences"]] == ["Taken up again: “Make the lists”"]


def test_it_is_told_in_spanish(planned: Server) -> None:
    said = words(planned.ask("GET", f"/plans/{PLAN}/compare?lang=es", "reviewer-1").text)
    assert "Se reescribió el “entonces” de “Small groups”" in said
    assert "“Make the lists”: hecho" in said


def test_all_that_a_refinement_says_stands_together(planned: Server) -> None:
    for text in ("changed", "why"):
        said = {"passage": f"refinement:q1:{text}", "wording": text, "text": f"What it says of {text}."}
        planned.do("reviewer-1", "word-passage", plan=PLAN, **said)
    told = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1").json()["differences"]
    of_it = [place for place, one in enumerate(told) if one["difference"]["key"] == "refinement:q1"]
    assert [told[place]["sentence"] for place in of_it] == [
        "The refinement of quarter 1 was opened",
        "The refinement of quarter 1 says what changed",
        "The refinement of quarter 1 says why",
    ]
    assert of_it == list(range(of_it[0], of_it[0] + 3))


def test_a_refinements_words_are_no_difference_for_those_who_may_not_read_them(planned: Server) -> None:
    planned.do(
        "reviewer-1", "word-passage", plan=PLAN, passage="refinement:q1:why", wording="y1", text="Attendance fell."
    )
    assert "Attendance fell." in planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1").text
    assert "Attendance fell." not in planned.ask("GET", f"/plans/{PLAN}/compare", "family").text
    assert "Attendance fell." not in planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "family").text


def test_a_reading_that_was_withdrawn_is_told_as_such_with_its_reason(planned: Server) -> None:
    def lead(kind: str, **data: object) -> None:
        planned.do("reviewer-1", kind, plan=PLAN, **data)

    aim = {"unit": "%", "baseline": 40, "target": 60, "lower_is_better": False}
    lead("add-measure", measure="missed", strategy="groups", text="Days missed", **aim)
    lead("take-reading", measure="missed", reading="slip", on="2026-10-05", value=2.5)
    lead("withdraw-reading", measure="missed", reading="slip", reason="It was **25**.")
    said = words(planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1").text)
    assert "“Days missed”: 2.5 % on Mon 5 Oct 2026, withdrawn Why:" in said
    assert "2.5 % el lun 5 oct 2026, retirada" in words(
        planned.ask("GET", f"/plans/{PLAN}/compare?lang=es", "reviewer-1").text
    )


def test_large_numbers_are_said_in_full(planned: Server) -> None:
    def lead(kind: str, **data: object) -> None:
        planned.do("reviewer-1", kind, plan=PLAN, **data)

    lead("add-measure", measure="pages", strategy="groups", text="Pages read", unit="pages", baseline=0, target=2e6)
    lead(
        "take-reading",
        measure="pages",
        reading="fall",
        on="2026-10-05",
        value=1_234_567.5,
        note="Two **books** a week.",
    )
    so_far = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1").json()["to_position"]
    lead("set-target", measure="pages", baseline=0, target=3e6)
    said = words(planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1").text)
    assert "“Pages read”: 1,234,567.5 pages on Mon 5 Oct 2026 Two books a week." in said
    since = words(planned.ask("GET", f"/plans/{PLAN}/compare?from={so_far}", "reviewer-1").text)
    assert "3,000,000" in since


def test_a_refinement_says_what_it_rests_on_in_the_words_of_the_plan(planned: Server) -> None:
    def lead(kind: str, **data: object) -> None:
        planned.do("reviewer-1", kind, plan=PLAN, **data)

    held = {"on": "2026-10-05", "status": "off-track", "note": "Too few.", "barriers": "The bus comes **late**."}
    lead("hold-check-in", strategy="groups", check_in="c1", **held)
    lead("cite-evidence", refinement="q1", citation={"kind": "check-in", "item": "c1"})
    cited = "The refinement of quarter 1 rests on: Small groups: off track, 5 Oct 2026"
    for person in ("reviewer-1", "auditor"):
        said = words(planned.ask("GET", f"/plans/{PLAN}/compare", person).text)
        assert cited in said
        assert "Too few. In the way The bus comes late ." in said
    told = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1").json()
    assert cited in [one["sentence"] for one in told["differences"]]
    hidden = words(planned.ask("GET", f"/plans/{PLAN}/compare", "family").text)
    assert "The refinement of quarter 1 rests on: A check-in" in hidden
    assert "Too few" not in hidden
    assert "The bus" not in hidden
    lead("remove-citation", refinement="q1", citation={"kind": "check-in", "item": "c1"})
    since = planned.ask("GET", f"/plans/{PLAN}/compare?from={told['to_position']}", "reviewer-1").text
    assert "The refinement of quarter 1 no longer rests on: Small groups: off track, 5 Oct 2026" in words(since)


def test_a_proposal_says_who_made_it_and_what_it_is_about(planned: Server) -> None:
    planned.do("family", "propose-change", plan=PLAN, proposal="more", passage="strategy:groups:then", text="all read")
    planned.do("family", "propose-change", plan=PLAN, proposal="club", under="priority:reading", text="A club")
    told = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1").json()
    said = [one["sentence"] for one in told["differences"]]
    assert "Flor Jiménez made a proposal for the “then” of “Small groups”: “all read” (waiting)" in said
    assert "Flor Jiménez made a proposal for a new strategy under “Reading by grade 3”: “A club” (waiting)" in said
    planned.do("family", "withdraw-proposal", plan=PLAN, proposal="more")
    planned.do("reviewer-1", "decline-proposal", plan=PLAN, proposal="club", reason="Not this year.")
    since = words(planned.ask("GET", f"/plans/{PLAN}/compare?from={told['to_position']}", "reviewer-1").text)
    assert "The proposal of Flor Jiménez for the “then” of “Small groups” was taken back" in since
    declined = "The proposal of Flor Jiménez for a new strategy under “Reading by grade 3” was answered: declined"
    assert f"{declined} Why: Not this year." in since


MARKED = "They **stood still**, see:\n\n- *one*\n- two"
PROSE = "<p>They <strong>stood still</strong>, see:</p>\n<ul>\n<li><em>one</em></li>\n<li>two</li>\n</ul>"


def test_words_that_are_new_as_a_whole_and_reasons_are_shown_as_prose(planned: Server) -> None:
    def lead(kind: str, **data: object) -> None:
        planned.do("reviewer-1", kind, plan=PLAN, **data)

    lead("add-action", action="books", strategy="groups", text="Buy *books*")
    start = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1").json()["to_position"]
    lead("word-passage", passage="refinement:q1:why", wording="y1", text=MARKED)
    lead("hold-check-in", strategy="groups", check_in="c1", on="2026-10-05", status="off-track", note=MARKED)
    lead("add-priority", priority="home", text="Reading **at home**", rubric=RUBRIC, indicators=["CI.2"])
    lead("retire-part", part="priority:home", reason=MARKED)
    lead("report-action", action="books", status="stuck", note="No **money**.")
    planned.do("family", "propose-change", plan=PLAN, proposal="p1", passage="vision", text="*Every* child.")
    page = planned.ask("GET", f"/plans/{PLAN}/compare?from={start}", "reviewer-1").text
    assert page.count(PROSE) == 3, "what is new as a whole, a check-in's note, a reason"
    assert "*" not in words(page)
    assert "New priority: “Reading at home”" in words(page)
    assert "A new note on “Buy books”: No money." in words(page)
    assert "a proposal for the vision: “Every child.”" in words(page)


def test_a_difference_within_words_stays_with_their_marks(planned: Server) -> None:
    for wording, old, text in (("y1", None, "It **stood** still."), ("y2", "y1", "It **stood** quite still.")):
        said = {"passage": "refinement:q1:why", "wording": wording, "text": text, "replaces": old}
        planned.do("reviewer-1", "word-passage", plan=PLAN, **{name: one for name, one in said.items() if one})
    head = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1").json()["to_position"]
    page = planned.ask("GET", f"/plans/{PLAN}/compare?from={head - 1}", "reviewer-1").text
    assert re.search(r"It \*\*stood\*\* ?<ins>", page)


def test_days_in_reverse_order_are_compared_in_theirs_and_it_is_said(planned: Server) -> None:
    today = date.today()  # noqa: DTZ011  (the server goes by the day of this machine)
    days = {"from": today.isoformat(), "to": (today - timedelta(days=1)).isoformat()}
    said = words(planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1", params=days).text)
    assert "The second moment was before the first" in said
    earlier, later = (f"the end of {one.day} {one:%b %Y}" for one in (today - timedelta(days=1), today))
    assert f"From {earlier} to {later}" in said
    assert "New priority: “Reading by grade 3”" in said


def test_a_day_to_come_is_compared_as_now_and_it_is_said(planned: Server) -> None:
    said = words(planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1", params={"to": "2199-06-01"}).text)
    assert "1 Jun 2199 has not come yet, so the plan is compared as it stands now." in said
    assert "From The year begins" in said
    assert "to now" in said
    assert "The second moment" not in said


def test_a_moment_of_today_is_called_by_its_day_and_its_time(planned: Server) -> None:
    """So that it is known on paper, and behind a permanent link tomorrow."""
    now = words(planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1").text)
    assert re.search(r"From The year begins, \d+ \w+ \d{4} to now \(\d+ \w+ \d{4}, \d+:\d\d [AP]M\)", now)
    head = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1").json()["to_position"]
    between = f"/plans/{PLAN}/compare?from={head - 1}&to={head}"
    moment = r"\d+ \w+ \d{4}, \d+:\d\d [AP]M"
    first = planned.ask("GET", between, "reviewer-1")
    assert re.search(rf"From {moment} to {moment} From", words(first.text))
    planned.do("reviewer-1", "restore-part", plan=PLAN, part="action:lists")
    again = planned.ask("GET", between, "reviewer-1")
    assert words(again.text) == words(first.text)


def test_what_is_compared_with_a_day_before_the_plan_is_new_and_it_is_said(planned: Server) -> None:
    begun = "The plan had not begun at the first of these moments"
    asked = planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1", params={"from": "1999-01-01"})
    assert begun in words(asked.text)
    assert begun not in words(planned.ask("GET", f"/plans/{PLAN}/compare", "reviewer-1").text)


@pytest.mark.parametrize("at", ["yesterday", "2026-13-40", "2026-03-01T10:00"])
def test_a_moment_that_is_none_is_refused_in_a_sentence(planned: Server, at: str) -> None:
    answer = planned.ask("GET", f"/api/v1/plans/{PLAN}/compare", "reviewer-1", params={"to": at})
    assert (answer.status_code, answer.json()["message"][:3]) == (400, "Say")


def test_why_leads_from_a_strategy_to_its_indicator(planned: Server) -> None:
    said = words(planned.ask("GET", f"/plans/{PLAN}/why/groups", "reviewer-1").text)
    assert "Strategy Small groups" in said
    assert "Priority Reading by grade 3" in said
    assert "Indicator CI.2" in said
    missing = planned.ask("GET", f"/plans/{PLAN}/why/nothing", "reviewer-1")
    assert missing.status_code == 404
    assert "There is no such strategy" in missing.text


def test_why_tells_of_the_refinement_that_changed_a_strategy(planned: Server) -> None:
    """And of no other, and not before it is closed."""

    def lead(kind: str, **data: object) -> None:
        planned.do("reviewer-1", kind, plan=PLAN, **data)

    def ask(strategy: str) -> str:
        return words(planned.ask("GET", f"/plans/{PLAN}/why/{strategy}", "family").text)

    alone = {"title": "Alone", "if_": "we leave it", "then": "it stays", "priority": "reading"}
    lead("add-strategy", strategy="new", after="strategy:groups", **alone)
    for text, words_ in (("changed", "More reading."), ("why", "Readings stood still.")):
        lead("word-passage", passage=f"refinement:q1:{text}", wording=text, text=words_)
    lead("agree-to-refinement", refinement="q1")
    assert "Readings stood still." not in ask("groups")
    lead("close-refinement", refinement="q1", version="Autumn")
    lead("open-refinement", refinement="q2", quarter=2)
    for text, words_ in (("changed", "Nothing yet."), ("why", "It was time.")):
        lead("word-passage", passage=f"refinement:q2:{text}", wording=f"{text}2", text=words_)
    lead("agree-to-refinement", refinement="q2")
    lead("close-refinement", refinement="q2", version="Winter")
    for strategy in ("groups", "new"):
        assert "Readings stood still." in ask(strategy)
        assert "It was time." not in ask(strategy)


def test_why_shows_words_as_the_plan_does(planned: Server) -> None:
    def lead(kind: str, **data: object) -> None:
        planned.do("reviewer-1", kind, plan=PLAN, **data)

    new = {"under": "priority:reading", "text": "Clubs", "why": MARKED}
    planned.do("family", "propose-change", plan=PLAN, proposal="clubs", **new)
    lead("accept-proposal", proposal="clubs", made="clubs", title="Reading clubs")
    lead("word-passage", passage="priority:reading", wording="r2", text="Reading **by grade 3**", replaces="reading")
    for text in ("changed", "why"):
        lead("word-passage", passage=f"refinement:q1:{text}", wording=text, text=MARKED)
    lead("retire-part", part="strategy:clubs", reason=MARKED)
    lead("agree-to-refinement", refinement="q1")
    lead("close-refinement", refinement="q1", version="Autumn")
    page = planned.ask("GET", f"/plans/{PLAN}/why/clubs", "reviewer-1").text
    assert page.count(PROSE) == 3, "its “then”, why it was retired and refined"
    assert "Priority Reading by grade 3" in words(page)
    assert "*" not in words(page)
