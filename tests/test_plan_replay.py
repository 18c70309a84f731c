"""The replay of a plan's year: the plan as it stood, in a browser and without scripts, at every kind of moment."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import WIDTHS, faults_light_and_dark
from tests.plan_on_server import PLAN as UNDER_WAY
from tests.plan_on_server import adopted
from tests.replaying import loaded, settled
from tests.server_fixtures import Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

PLAN = "maple-2025"
REPLAY = f"/plans/{PLAN}/replay"
WIDE = {"viewport": {"width": 1440, "height": 900}}


def steps(server: Server, person: str = "principal") -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = server.ask("GET", f"/api/v1/history/plan:{PLAN}", person).json()["patches"]
    return told


def entry_of(server: Server, key: str) -> dict[str, Any]:
    entry: dict[str, Any] = server.ask("GET", f"/api/v1/views/plan:{PLAN}", "principal").json()["view"][key]
    return entry


def position(server: Server, event: str, place: int = 0) -> int:
    return int([step["position"] for step in steps(server) if step["event"] == event][place])


def opened(server: Server, sign_in: SignIn, at: int, person: str = "principal", **options: Any) -> Page:
    page = sign_in(server, person, f"{REPLAY}?at={at}", **WIDE | options)
    expect(page.get_by_role("button", name=re.compile("Play|Reproducir"))).to_be_visible()
    return page


def test_the_plan_at_each_moment_is_what_its_page_says(standing_demo: Server, sign_in: SignIn) -> None:
    """For someone who leads it and someone who reads it; by a fresh page, and stepping there."""
    for person in ("principal", "auditor"):
        told = steps(standing_demo, person)
        live = opened(standing_demo, sign_in, told[0]["position"], person)
        drawn = sign_in(standing_demo, person, REPLAY, java_script_enabled=False, **WIDE)
        places = sorted({0, 1, 9, len(told) // 3, len(told) // 2, len(told) - 2, len(told) - 1})
        for before, place in zip([0, *places], places, strict=False):
            for _ in range(place - before):
                live.keyboard.press("ArrowRight")
            drawn.goto(f"{REPLAY}?at={told[place]['position']}")
            expect(live.locator(".player-when")).to_contain_text(f"{place + 1} of {len(told)}")
            for part in ("#progress", "#course-body", "#document-body", "#past-body", "#contents-body", ".player-now"):
                said = [" ".join((page.locator(part).text_content() or "").split()) for page in (live, drawn)]
                # Scripts and templates put their spaces elsewhere.
                assert said[0].replace(" ", "") == said[1].replace(" ", ""), (person, place, part)


def test_a_step_back_shows_what_a_fresh_page_shows(standing_demo: Server, sign_in: SignIn) -> None:
    told = steps(standing_demo)
    page = opened(standing_demo, sign_in, told[-1]["position"])
    fresh = opened(standing_demo, sign_in, told[-1]["position"])
    for keys in (
        ["ArrowLeft"] * 5,
        ["Shift+ArrowLeft"] * 2,
        ["ArrowLeft"] * 90,
        ["ArrowRight"] * 40,
        ["Home", "ArrowRight"],
    ):
        for key in keys:
            page.keyboard.press(key)
        here = settled(page).locator(".log-line a[aria-current]").get_attribute("href") or ""
        fresh.goto(here)
        expect(fresh.locator("html.replaying")).to_be_attached()  # the server drew it first
        expect(settled(fresh).locator(".log-line a[aria-current]")).to_have_attribute("href", here)
        for part in ("#progress", "#course-body", "#document-body", "#past-body", "#contents-body"):
            said = [(one.locator(part).text_content() or "").split() for one in (page, fresh)]
            assert said[0] == said[1], here


def test_a_step_is_overdue_from_its_day_on_whatever_else_is_told(standing_demo: Server, sign_in: SignIn) -> None:
    view: dict[str, Any] = {}
    for before, step in pairwise(steps(standing_demo)):
        view |= before["patch"]
        touched = {str((value or {}).get("strategy")) for value in step["patch"].values()}
        late = [
            entry
            for entry in view.values()
            if entry
            and entry["kind"] == "action"
            and entry["strategy"] not in touched
            and entry["status"] != "done"
            and before["at"][:10] <= (entry["due"] or "") < step["at"][:10]
        ]
        if late and "text" not in {(value or {}).get("kind") for value in step["patch"].values()}:
            break
    else:
        pytest.fail("Nothing of the sample year was ever late.")
    page = opened(standing_demo, sign_in, before["position"])
    row = page.locator(f"#action-{late[0]['action']}")
    expect(row).not_to_contain_text("Overdue")
    page.keyboard.press("ArrowRight")
    expect(row).to_contain_text("Overdue")
    page.keyboard.press("ArrowLeft")
    expect(row).not_to_contain_text("Overdue")


def test_what_a_refinement_cites_has_the_words_of_the_moment(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    demo.do("principal", "open-refinement", plan=UNDER_WAY, refinement="q1", quarter=1)
    for citation in ("reading:r-51", "check-in:c-1"):
        kind, item = citation.split(":")
        about = {"kind": kind, "item": item, "review": None}
        demo.do("principal", "cite-evidence", plan=UNDER_WAY, refinement="q1", citation=about)
    for passage, replaces, text in (
        ("measure:home", "home", "Families who read"),
        ("strategy:aloud:title", "aloud", "Reading aloud"),
    ):
        words = {"passage": passage, "replaces": replaces, "wording": f"{replaces}-2", "text": text}
        demo.do("principal", "word-passage", plan=UNDER_WAY, **words)
    last = demo.ask("GET", f"/api/v1/history/plan:{UNDER_WAY}", "principal").json()["patches"][-1]["position"]
    page = loaded(sign_in(demo, "principal", f"/plans/{UNDER_WAY}/replay?at={last}", **WIDE))
    cited = page.locator("#course-body .citations")
    for keys, said in (
        ("", ["Families who read: 51", "Reading aloud: on track"]),
        ("ArrowLeft", ["Families who read: 51", "Morning read-aloud: on track"]),
        ("ArrowLeft", ["Students who read at home: 51", "Morning read-aloud: on track"]),
        ("ArrowRight", ["Families who read: 51", "Morning read-aloud: on track"]),
        ("ArrowRight", ["Families who read: 51", "Reading aloud: on track"]),
    ):
        if keys:
            page.keyboard.press(keys)
        for line in said:
            expect(cited).to_contain_text(line)


def test_the_past_says_what_the_june_outcomes_said_then(demo: Server, sign_in: SignIn) -> None:
    view = demo.ask("GET", f"/api/v1/views/outcomes:{PLAN}", "principal").json()["view"]
    was = view["text:attendance:statement:en"]
    amended = {"passage": "attendance:statement:en", "replaces": was["wording"], "wording": "again"}
    reason = {"text": "Nobody is away unseen.", "reason": "The families said so."}
    demo.do("principal", "amend-outcome", outcomes=PLAN, **amended, **reason)
    later = {"passage": "vision", "replaces": entry_of(demo, "text:vision")["wording"], "wording": "v-late"}
    demo.do("principal", "word-passage", plan=PLAN, **later, text="Every child is missed by name.")
    told = steps(demo)
    [last, before] = [told[-1]["position"], told[-2]["position"]]
    named = f"June Outcome: {was['text']}"
    said = "June Outcome: Nobody is away unseen."
    head = "#priority-attendance .facts, [data-part='priority:attendance'] .facts"
    page = opened(demo, sign_in, last)
    facts = page.locator(head).first
    expect(facts).to_contain_text(said)
    for key, words in (("ArrowLeft", named), ("ArrowRight", said), ("Home", ""), ("End", said), ("ArrowLeft", named)):
        page.keyboard.press(key)
        expect(facts).to_contain_text(words) if words else expect(facts).to_have_count(0)
    drawn = sign_in(demo, "principal", f"{REPLAY}?at={before}", java_script_enabled=False, **WIDE)
    expect(drawn.locator(head).first).to_contain_text(named)
    for path, words in (
        (f"/plans/{PLAN}", said),
        (f"/plans/{PLAN}/print?at={before}", was["text"]),
        (f"/plans/{PLAN}/print", "Nobody is away unseen."),
        (f"/plans/{PLAN}/spsa.csv?at={before}", was["text"]),
        (f"/plans/{PLAN}/spsa.csv", "Nobody is away unseen."),
    ):
        text = " ".join(re.sub(r"<[^>]+>", " ", demo.ask("GET", path, "principal").text).split())
        assert words in text.replace("June Outcome : ", "June Outcome: "), path


def test_a_strategys_check_ins_are_read_as_they_were(standing_demo: Server, sign_in: SignIn) -> None:
    step = next(step for step in reversed(steps(standing_demo)) if step["event"] == "check-in-held")
    [strategy] = {value["strategy"] for value in step["patch"].values() if value["kind"] == "check-in"}
    page = opened(standing_demo, sign_in, step["position"])
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.locator(f"#strategy-{strategy} a[data-do=choose]").press("Enter")
        expect(page.locator("#check-ins-title")).to_be_focused()
        expect(page.locator(".check-in").first).to_be_visible()
        assert page.url.partition("?")[0].endswith("/replay")
        page.goto(f"{REPLAY}?at={step['position']}")
        expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_a_jump_reads_the_check_ins_of_the_strategy_that_it_leads_to(standing_demo: Server, sign_in: SignIn) -> None:
    told = steps(standing_demo)
    step = next(step for step in told[len(told) // 2 :] if step["event"] == "action-reported")
    strategy = next(value["strategy"] for value in step["patch"].values() if value)
    page = opened(standing_demo, sign_in, told[0]["position"])
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(rf"at={told[1]['position']}\b"))  # the page is done with its address
    page.evaluate(f"() => {{ location.hash = ''; history.pushState(null, '', '?at={step['position']}'); }}")
    page.evaluate("() => dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.locator(".strategy.chosen")).to_have_id(f"strategy-{strategy}")


def test_one_strategy_is_that_whose_check_ins_are_read(standing_demo: Server, sign_in: SignIn) -> None:
    told = steps(standing_demo)
    for before, step in pairwise(told):
        if step["event"] == "check-in-held" and before["at"][:10] == step["at"][:10]:
            break
    else:
        pytest.fail("No check-in of the sample year follows something else on its day.")
    [now] = {value["strategy"] for value in step["patch"].values() if value["kind"] == "check-in"}
    then = next(
        value["strategy"]
        for one in told
        for value in one["patch"].values()
        if value and value["kind"] == "strategy" and value["strategy"] != now
    )
    page = opened(standing_demo, sign_in, before["position"])
    page.goto(f"{REPLAY}?at={before['position']}&strategy={then}")
    chosen = page.locator(".strategy.chosen")
    expect(chosen).to_have_id(f"strategy-{then}")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#strategy-{now}")).to_have_class(re.compile(r"\bchosen\b"))
    expect(chosen).to_have_count(1)


def test_the_year_has_its_quarters_and_its_moments(standing_demo: Server, sign_in: SignIn) -> None:
    page = opened(standing_demo, sign_in, steps(standing_demo)[0]["position"])
    assert page.locator(".ruler-band-name").all_text_contents()[:2] == ["Q1", "Q2"]
    assert page.locator("#ruler .mark-review path").get_attribute("d") != (
        page.locator("#ruler .mark-refinement path").first.get_attribute("d")
    )
    page.locator("#moments > summary").click()
    expect(page.locator("#moments a").first).to_be_visible()
    labels = page.locator("#moments a").all_inner_texts()
    for label in ("The plan begins", "Adopted:", "Check-in", "Refined:", "School Support Review"):
        assert any(label in one for one in labels), label
    page.locator("#moments").get_by_role("link", name=re.compile("Refined:")).first.click()
    expect(page.locator(".player-why")).to_contain_text("Why:")


def test_each_step_names_the_part_that_it_is_about(standing_demo: Server, sign_in: SignIn) -> None:
    view: dict[str, Any] = {}
    named = {}
    for step in steps(standing_demo, "family"):
        view |= step["patch"]
        named[step["event"]] = step.get("about")
        if step["event"] == "check-in-held":
            strategy = next(one["strategy"] for one in step["patch"].values() if one and one["kind"] == "status")
            assert step["about"] == view[f"text:strategy:{strategy}:title"]["text"]
        if step["event"] == "reading-taken":
            measure = next(one["measure"] for one in step["patch"].values() if one)
            assert step["about"] == view[f"text:measure:{measure}"]["text"][: len(step["about"].rstrip("…"))]
    assert not named["plan-adopted"]
    assert named["action-added"]
    held = next(step for step in steps(standing_demo) if step["event"] == "check-in-held")
    page = opened(standing_demo, sign_in, held["position"])
    expect(page.locator(".player-said")).to_contain_text(held["about"])
    expect(page.locator(".log-line [aria-current]")).to_contain_text(held["about"])
    page.locator("#moments > summary").click()
    expect(page.locator("#moments").get_by_role("link", name=f"Check-in: {held['about']}").first).to_be_visible()


def test_a_reason_is_begun_on_a_small_screen_and_unfolds(standing_demo: Server, sign_in: SignIn) -> None:
    at = position(standing_demo, "refinement-closed", 1)
    page = opened(standing_demo, sign_in, at, viewport={"width": 390, "height": 844})
    why = page.locator(".player-why summary > span")
    expect(why).to_be_in_viewport(ratio=1)
    cut = "one => one.scrollHeight > one.clientHeight"
    assert why.evaluate(cut)
    page.locator(".player-why summary").press("Enter")
    assert not why.evaluate(cut)
    expect(why).to_be_in_viewport(ratio=1)


def test_what_a_step_changed_is_marked_where_it_stands(standing_demo: Server, sign_in: SignIn) -> None:
    page = opened(standing_demo, sign_in, position(standing_demo, "check-in-held"))
    strategy = page.locator(".strategy-head.changed")
    expect(strategy).to_be_in_viewport()
    expect(page.locator(".check-in.changed")).to_be_visible()
    page.goto(f"{REPLAY}?at={position(standing_demo, 'reading-taken')}")
    expect(page.locator(".measure.changed")).to_be_in_viewport()
    page.goto(f"{REPLAY}?at={position(standing_demo, 'passage-worded', -1)}")
    expect(page.locator(".passage.changed").first).to_be_visible()


_AROUND = """async () => {
    const script = document.querySelector("script[src*='/replay-plan']");
    const { around } = await import(script.src.replace("/replay-plan", "/plan-once"));
    const told = (act, refining) => {
        const may = { act, lead: act };
        const rights = { me: "principal", may, open: true, draft: false, refining, free: refining !== null };
        const none = { names: {}, people: [], sending: [], glow: new Set(), open: new Set() };
        return JSON.stringify(around({ ...none, view: {}, groups: new Map(), rights }, "strategy:aloud"));
    };
    return [true, false].map((act) => told(act, null) === told(act, "r-1"));
}"""


def test_a_refinement_draws_every_strategy_again_only_for_who_is_offered_something(
    standing_demo: Server, sign_in: SignIn
) -> None:
    """Of a plan of two hundred strategies, a step that opens a refinement looked at all of them."""
    page = sign_in(standing_demo, "principal", REPLAY, **WIDE)
    assert page.evaluate(_AROUND) == [False, True]


def test_on_a_phone_the_first_moment_stands_below_the_player(standing_demo: Server, sign_in: SignIn) -> None:
    phone = {"width": 390, "height": 844}
    page = opened(standing_demo, sign_in, position(standing_demo, "strategy-added"), viewport=phone)
    added, player = page.locator(".strategy.changed").bounding_box(), page.locator("#player").bounding_box()
    assert added
    assert player
    assert player["height"] > 200
    assert added["y"] >= player["y"] + player["height"]


def test_nothing_can_be_done_to_the_past(standing_demo: Server, sign_in: SignIn) -> None:
    for person in ("principal", "teacher", "admin"):
        page = opened(standing_demo, sign_in, position(standing_demo, "refinement-opened"), person)
        for _ in range(4):
            assert page.locator("#plan form, #plan [data-do=open]").count() == 0, person
            page.keyboard.press("ArrowRight")


def test_an_observer_is_told_of_the_plan_and_not_of_the_teams_talk(demo: Server, sign_in: SignIn) -> None:
    demo.do("admin", "grant-role", person="reviewer-1", role="observer", school="maple")
    told = steps(demo, "reviewer-1")
    kinds = {value["kind"] for step in told for value in step["patch"].values() if value}
    assert "status" in kinds
    assert not kinds & {"check-in", "proposal"}
    page = opened(demo, sign_in, told[-1]["position"], "reviewer-1")
    expect(page.locator(".strategy").first).to_be_visible()
    expect(page.locator(".check-ins")).to_have_count(0)


def test_a_phone_chooses_a_pane_and_a_tablet_keeps_the_log_beside_the_plan(
    standing_demo: Server, sign_in: SignIn
) -> None:
    at = position(standing_demo, "refinement-closed")
    phone = opened(standing_demo, sign_in, at, viewport={"width": 390, "height": 844})
    tabs = phone.get_by_role("navigation", name="Parts of the page")
    for tab, pane in (
        ("What happened", "#log"),
        ("Contents", "#contents"),
        ("Check-ins", "#talk"),
        ("The plan", "#document"),
    ):
        tabs.get_by_role("link", name=tab).click()
        expect(phone.locator(pane)).to_be_visible()
    tablet = opened(standing_demo, sign_in, at, viewport={"width": 834, "height": 1112})
    expect(tablet.locator(".log-line a[aria-current]")).to_be_in_viewport()
    expect(tablet.locator("#past .changed").first).to_be_in_viewport()
    tablet.get_by_role("link", name="Contents").click()
    expect(tablet.locator("#contents")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(standing_demo: Server, sign_in: SignIn, width: int, lang: str) -> None:
    at = position(standing_demo, "refinement-closed")
    page = sign_in(
        standing_demo,
        "principal",
        f"{REPLAY}?at={at}&lang={lang}",
        viewport={"width": width, "height": 900},
    )
    expect(page.get_by_role("button", name=re.compile("Play|Reproducir"))).to_be_visible()
    for pane in ("#document", "#log", "#contents", "#talk") if width == 390 else ("",):
        page.evaluate(f"location.hash = '{pane}'")
        assert faults_light_and_dark(page) == [], pane
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), pane
        if pane:
            expect(page.locator(pane)).to_be_visible()
