"""Putting a plan in order by hand, with a mouse and with a finger, while others are at work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import outcomes_demo
from tests.plan_on_server import AT, PLAN, draft
from tests.server_fixtures import Server
from tests.test_plan_browser import is_live, place

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

MARGIN = 3
MIDDLE = """(one, side) => {
  const { top, bottom } = one.getBoundingClientRect();
  scrollBy(0, (side === "before" ? top : bottom) - innerHeight / 2);
}"""
"""Bring an edge of something to the middle of the window, where a drag does not scroll."""


@pytest.fixture
def drafted(demo: Server) -> Server:
    """Return a server with a draft of two priorities that have strategies, and one that has none yet."""
    draft(demo)

    def lead(kind: str, /, **data: object) -> None:
        demo.do("principal", kind, plan=PLAN, **data)

    of = {"rubric": "pif-illustrative-1", "indicators": ["CI.3"]}
    lead("add-priority", priority="homes", text="Homes hear from us.", after="reading", **of)
    lead("add-priority", priority="rooms", text="Rooms are calm.", after="homes", **of)
    words = {"if_": "we call", "then": "they come"}
    lead("add-strategy", strategy="calls", priority="homes", title="Calls home", **words)
    lead("add-strategy", strategy="walks", priority="homes", title="Home walks", after="strategy:calls", **words)
    lead("add-action", action="last", strategy="aloud", text="Ask the children.", after="support:coach")
    return demo


def adopt(server: Server) -> None:
    server.do("principal", "retire-part", plan=PLAN, part="priority:rooms", reason="It has no strategy.")
    server.do("principal", "adopt-plan", plan=PLAN, version="Start of the year")


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]')


def handle(page: Page, name: str) -> Locator:
    found = part(page, name).locator(".drag-handle").first
    expect(found).to_be_visible()
    return found


def lift(page: Page, name: str) -> None:
    """Take hold of a part, and wait until it is in the hand."""
    grip = handle(page, name)
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 8, steps=3)
    expect(page.locator(".drag-copy")).to_have_count(1)


def carry(page: Page, over: str, side: str) -> None:
    """Carry what is in the hand over another part, to its upper or its lower half."""
    target = part(page, over)
    target.evaluate(MIDDLE, side)
    box = target.bounding_box()
    assert box
    y = box["y"] + (MARGIN if side == "before" else box["height"] - MARGIN)
    page.mouse.move(box["x"] + box["width"] / 2, y, steps=6)
    expect(page.locator(".drop-line")).to_be_visible()


def drag(page: Page, name: str, over: str, side: str) -> None:
    lift(page, name)
    carry(page, over, side)
    page.mouse.up()
    expect(page.locator(".drag-copy")).to_have_count(0)


def order(page: Page, kind: str) -> list[str]:
    """Return the parts of a kind in the order in which the page has them."""
    parts: list[str] = page.locator(f'#document [data-part^="{kind}:"]').evaluate_all(
        "(all) => all.map((one) => one.dataset.part)"
    )
    return [one.partition(":")[2] for one in parts]


def has_order(page: Page, kind: str, *ids: str) -> None:
    for at, one in enumerate(ids):
        expect(page.locator(f'#document [data-part^="{kind}:"]').nth(at)).to_have_attribute(
            "data-part", f"{kind}:{one}"
        )
    assert order(page, kind) == [*ids]


def test_an_action_step_is_put_elsewhere_by_mouse_and_the_others_see_it(drafted: Server, sign_in: SignIn) -> None:
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    drag(patricia, "action:last", "action:books", "before")
    has_order(patricia, "action", "last", "books", "time")
    expect(patricia.locator("#said")).to_have_text("Now 1 of 3: Ask the children.")
    has_order(tomas, "action", "last", "books", "time")
    drag(patricia, "action:last", "action:time", "after")
    has_order(tomas, "action", "books", "time", "last")


def test_a_strategy_goes_among_its_own_and_to_another_priority_also_to_an_empty_one(
    drafted: Server, sign_in: SignIn
) -> None:
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    drag(patricia, "strategy:walks", "strategy:calls", "before")
    for page in (patricia, tomas):
        has_order(page, "strategy", "aloud", "walks", "calls")
    drag(patricia, "strategy:calls", "strategy:aloud", "after")
    expect(patricia.locator("#said")).to_have_text("Now 2 of 2 under “All readers grow.”: Calls home")
    for page in (patricia, tomas):
        has_order(page, "strategy", "aloud", "calls", "walks")
        expect(part(page, "strategy:calls").locator(".kicker")).to_contain_text("Strategy 1.2")
    lift(patricia, "strategy:calls")
    carry(patricia, "priority:rooms", "after")
    patricia.mouse.up()
    for page in (patricia, tomas):
        has_order(page, "strategy", "aloud", "walks", "calls")
        expect(part(page, "strategy:calls").locator(".kicker")).to_contain_text("Strategy 3.1")


def test_a_priority_goes_with_all_that_stands_under_it(drafted: Server, sign_in: SignIn) -> None:
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    drag(patricia, "priority:rooms", "priority:homes", "before")
    for page in (patricia, tomas):
        has_order(page, "priority", "reading", "rooms", "homes")
        has_order(page, "strategy", "aloud", "calls", "walks")


def test_escape_and_a_drop_elsewhere_move_nothing(drafted: Server, sign_in: SignIn) -> None:
    patricia = is_live(sign_in(drafted, "principal", AT))
    lift(patricia, "action:last")
    carry(patricia, "action:books", "before")
    patricia.keyboard.press("Escape")
    expect(patricia.locator(".drag-copy, .drop-line")).to_have_count(0)
    patricia.mouse.up()
    lift(patricia, "action:last")
    patricia.mouse.move(5, 5, steps=4)
    expect(patricia.locator(".drop-line")).to_be_hidden()
    patricia.mouse.up()
    lift(patricia, "action:last")
    patricia.mouse.up()
    has_order(patricia, "action", "books", "time", "last")
    expect(patricia.locator("#connection")).not_to_contain_text("not received")
    assert patricia.locator("#said").text_content() == ""


def test_what_others_do_meanwhile_waits_until_the_hand_lets_go(drafted: Server, sign_in: SignIn) -> None:
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    lift(patricia, "action:last")
    drafted.do(
        "principal", "word-passage", plan=PLAN, passage="vision", wording="w-2", replaces="v-1", text="Together."
    )
    drafted.do("principal", "move-part", plan=PLAN, part="action:time", under="strategy:aloud")
    expect(place(tomas, "vision")).to_contain_text("Together.")
    has_order(tomas, "action", "time", "books", "last")
    has_order(patricia, "action", "books", "time", "last")
    carry(patricia, "action:books", "before")
    expect(place(patricia, "vision")).not_to_contain_text("Together.")
    patricia.mouse.up()
    expect(place(patricia, "vision")).to_contain_text("Together.")
    for page in (patricia, tomas):
        has_order(page, "action", "time", "last", "books")


def test_a_part_that_was_retired_in_the_hand_is_not_moved(drafted: Server, sign_in: SignIn) -> None:
    patricia, tomas = is_live(sign_in(drafted, "principal", AT)), is_live(sign_in(drafted, "teacher", AT))
    lift(patricia, "action:last")
    drafted.do("principal", "retire-part", plan=PLAN, part="action:last", reason="They were asked.")
    expect(tomas.locator("#action-last")).to_contain_text("Retired")
    carry(patricia, "action:books", "before")
    patricia.mouse.up()
    expect(patricia.get_by_role("alert")).to_contain_text("The plan changed while you held it")
    expect(patricia.locator("#action-last")).to_contain_text("Retired")
    has_order(patricia, "action", "books", "time", "last")


def test_a_refused_move_goes_back_and_says_why(drafted: Server, sign_in: SignIn) -> None:
    patricia = is_live(sign_in(drafted, "principal", AT))
    handle(patricia, "strategy:walks")
    patricia.context.set_offline(True)
    drag(patricia, "strategy:walks", "strategy:calls", "before")
    has_order(patricia, "strategy", "aloud", "walks", "calls")
    adopt(drafted)
    patricia.context.set_offline(False)
    expect(patricia.get_by_role("alert")).to_contain_text("refinement", timeout=40_000)
    expect(patricia.get_by_role("alert")).to_be_in_viewport()
    has_order(patricia, "strategy", "aloud", "calls", "walks")


def test_a_finger_moves_it_where_screens_are_touched(drafted: Server, sign_in: SignIn) -> None:
    options = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}
    patricia, tomas = is_live(sign_in(drafted, "principal", AT, **options)), is_live(sign_in(drafted, "teacher", AT))
    grip = handle(patricia, "action:last")
    part(patricia, "action:time").evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    start, over = grip.bounding_box(), part(patricia, "action:time").bounding_box()
    assert start
    assert over
    assert (start["width"], start["height"]) == (44, 44)
    touches = patricia.context.new_cdp_session(patricia)
    x, y = start["x"] + 22, start["y"] + 22

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    scrolled = patricia.evaluate("scrollY")
    touch("touchStart", x, y)
    for step in range(1, 9):
        touch("touchMove", x - 40, y + (over["y"] + MARGIN - y) * step / 8)
    expect(patricia.locator(".drop-line")).to_be_visible()
    assert patricia.evaluate("scrollY") == scrolled
    touch("touchEnd")
    for page in (patricia, tomas):
        has_order(page, "action", "books", "last", "time")


def asked_for(page: Page) -> list[str]:
    """Return a list that fills with the addresses that a page asks for."""
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    return urls


def test_it_is_offered_to_those_who_may_move_and_only_they_load_it(drafted: Server, sign_in: SignIn) -> None:
    adopt(drafted)
    loaded: dict[str, list[str]] = {}
    for person in ("principal", "teacher", "family", "coach"):
        page = sign_in(drafted, person, "about:blank")
        loaded[person] = asked_for(page)
        page.goto(AT)
        is_live(page)
        if person == "principal":
            handle(page, "action:books")
            expect(part(page, "strategy:walks").locator(".drag-handle")).to_have_count(0)  # its place is text
        else:
            expect(page.locator(".drag-handle")).to_have_count(0)
    asked = {person: any("sortable" in url for url in urls) for person, urls in loaded.items()}
    assert asked == {"principal": True, "teacher": False, "family": False, "coach": False}
    replay = sign_in(drafted, "principal", f"{AT}/replay?at=100000")
    expect(replay.locator("[data-part='strategy:walks']")).to_be_visible()
    expect(replay.locator(".drag-handle")).to_have_count(0)


def test_june_outcomes_are_put_in_order_by_hand_until_they_are_adopted(demo: Server, sign_in: SignIn) -> None:
    outcomes_demo.draft(demo)
    patricia, tomas = (is_live(sign_in(demo, who, outcomes_demo.ADDRESS)) for who in ("principal", "teacher"))
    last, first = (patricia.locator(f"#outcome-{one}") for one in ("culture", "readers"))
    last.locator(".drag-handle").scroll_into_view_if_needed()
    held = last.locator(".drag-handle").bounding_box()
    assert held
    patricia.mouse.move(held["x"] + held["width"] / 2, held["y"] + held["height"] / 2)
    patricia.mouse.down()
    patricia.mouse.move(held["x"], held["y"] + 40, steps=3)
    expect(patricia.locator(".drag-copy")).to_have_count(1)
    first.evaluate(MIDDLE, "before")
    over = first.bounding_box()
    assert over
    patricia.mouse.move(over["x"] + over["width"] / 2, over["y"] + MARGIN, steps=6)
    expect(patricia.locator(".drop-line")).to_be_visible()
    patricia.mouse.up()
    for page in (patricia, tomas):
        for at, one in enumerate(("culture", "readers", "families")):
            expect(page.locator("article.outcome").nth(at)).to_have_id(f"outcome-{one}")
    expect(patricia.locator("#said")).to_have_text("Now outcome 1 of 3.")
    expect(tomas.locator(".drag-handle")).to_have_count(0)
    stream = f"outcomes:{outcomes_demo.TRIAL['outcomes']}"
    read = demo.ask("GET", f"/api/v1/views/{stream}", "principal").json()["view"]["outcomes"]["version"]
    demo.do("principal", "sign-outcomes", **outcomes_demo.TRIAL, side="school", version=read)
    demo.do("coach", "sign-outcomes", **outcomes_demo.TRIAL, side="home-office", version=read)
    demo.do("principal", "adopt-outcomes", **outcomes_demo.TRIAL)
    expect(patricia.locator(".drag-handle")).to_have_count(0)
