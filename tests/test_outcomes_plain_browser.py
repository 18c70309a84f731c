"""The page of June Outcomes without scripts: begun, proposed, translated, signed, adopted, amended, concluded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.outcomes_demo import (
    ADDRESS,
    RUBRIC,
    TRIAL,
    adopted,
    ask_to_adopt,
    begin_trial,
    draft,
    people_of_cedar,
    propose,
)
from tests.plan_on_server import this_year
from tests.server_fixtures import CEDAR, Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser


def plain(sign_in: SignIn, server: Server, person: str, path: str = ADDRESS) -> Page:
    return sign_in(server, person, path, java_script_enabled=False)


def test_whoever_begins_is_offered_a_year_that_is_free(demo: Server, sign_in: SignIn) -> None:
    people_of_cedar(demo)
    page = plain(sign_in, demo, "principal", "/outcomes/new?school=cedar")
    for _ in range(2):  # in autumn this year is offered first, in spring the next
        page.goto(f"{demo.url}/outcomes/new?school=cedar")
        page.get_by_role("button", name="Begin the outcomes").click()
        expect(page).to_have_url(re.compile(r"/outcomes/cedar-\d{4}$"))
    page.goto(f"{demo.url}/schools/cedar")
    for year in (this_year(), this_year() + 1):
        expect(page.locator(f'a[href="/outcomes/cedar-{year}"]').first).to_be_visible()
    page.goto(f"{demo.url}/outcomes/new?school=cedar")
    page.get_by_role("button", name="Begin the outcomes").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a school year.")


def test_outcomes_are_begun_and_a_first_one_is_proposed(demo: Server, sign_in: SignIn) -> None:
    people_of_cedar(demo)
    page = plain(sign_in, demo, "principal", "/outcomes/new?school=cedar")
    page.get_by_label("2027–28").check()
    page.get_by_role("button", name="Begin the outcomes").click()
    expect(page.locator("h1")).to_have_text("June Outcomes 2027–28")
    expect(page).to_have_url(re.compile("/outcomes/cedar-2027$"))
    expect(page.get_by_text("No outcome yet")).to_be_visible()
    page.get_by_role("button", name="Propose an outcome").click()
    form = page.locator("form.fields")
    form.get_by_label("What will be true in June").fill("All *read*")
    form.locator("summary", has_text="Curriculum").click()
    form.get_by_label(re.compile(r"^CI\.1.*now: Partial Implementation, review of")).check()
    form.get_by_label("Level to reach").select_option("Beginning")
    form.get_by_label("How we will know").fill("Records")
    form.get_by_label("What the school commits to").fill("A block")
    form.get_by_label("What the home office commits to").fill("A coach")
    form.get_by_label("Who carries it").select_option("Tomás Herrera")
    form.get_by_role("button", name="Propose it").click()
    # It is below where the school stands: what was typed comes back with the reason.
    expect(page.get_by_role("alert")).to_contain_text("below where the school stands on CI.1, level 3")
    form = page.locator("form.fields")
    expect(form.get_by_label("What will be true in June")).to_have_value("All *read*")
    expect(form.get_by_label(re.compile(r"^CI\.1"))).to_be_checked()
    form.get_by_label("Level to reach").select_option("Full Implementation")
    form.get_by_role("button", name="Propose it").click()
    first = page.locator(".outcome").first
    expect(first.locator("em")).to_have_text("read")
    expect(first).to_contain_text("Partial Implementation")
    expect(first.locator(f'a[href="/reviews/{CEDAR}?indicator=CI.1"]')).to_have_count(1)
    expect(first).to_contain_text("Tomás Herrera")


def test_a_school_has_one_page_for_a_year(demo: Server, sign_in: SignIn) -> None:
    people_of_cedar(demo)
    for _ in range(2):
        page = plain(sign_in, demo, "principal", "/outcomes/new?school=cedar")
        year = page.get_by_label("2027–28")
        if year.is_enabled():
            year.check()
            page.get_by_role("button", name="Begin the outcomes").click()
    expect(page.get_by_label("2027–28")).to_be_disabled()
    page.get_by_role("link", name="2027–28").click()
    expect(page.locator("h1")).to_have_text("June Outcomes 2027–28")


def test_a_text_is_edited_and_translated_and_the_older_spanish_says_so(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = plain(sign_in, demo, "teacher", f"{ADDRESS}?beside=1")
    first = page.locator("#outcome-readers")
    first.get_by_role("button", name="Translate Outcome 1 (Español)").click()
    page.get_by_label("Text in Spanish").fill("Lo que es verdad en junio.")
    page.get_by_role("button", name="Save the Spanish").click()
    page.goto(f"{ADDRESS}?beside=1")
    expect(first.locator('[lang="es"]')).to_have_text("Lo que es verdad en junio.")
    expect(page.get_by_text("The Spanish is older")).to_have_count(0)
    first.get_by_role("button", name="Edit Outcome 1", exact=True).click()
    page.get_by_label("Text", exact=True).fill("What will be true.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{ADDRESS}?lang=es")
    expect(first).to_contain_text("Lo que es verdad en junio.")
    expect(first).to_contain_text("El español es más antiguo que el inglés")
    expect(first).not_to_contain_text("What will be true.")
    expect(page.locator("#outcome-families")).to_contain_text("Sin traducir todavía")


def test_words_that_were_overtaken_come_back(demo: Server, sign_in: SignIn) -> None:
    begin_trial(demo)
    propose(demo, "readers")
    page = plain(sign_in, demo, "teacher", f"{ADDRESS}?open=word-outcome@readers:measure:en")
    page.get_by_label("Text", exact=True).fill("Mine")
    theirs = {"passage": "readers:measure:en", "wording": "w1", "text": "Theirs", "replaces": "readers"}
    demo.do("principal", "word-outcome", **TRIAL, **theirs)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Someone else put this into words while you were writing.")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Mine")
    expect(page.locator("#outcome-readers")).to_contain_text("Theirs")
    page.get_by_role("button", name="Save these words").click()  # with both texts read, mine is meant
    expect(page.locator("#outcome-readers .pair").last.locator(".prose-text")).to_have_text("Mine")


def test_people_comment_and_endorse(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = plain(sign_in, demo, "family", f"{ADDRESS}?open=comment-on-outcome@readers")
    page.get_by_label("What you think of it").fill("What will we see at home?")
    page.get_by_role("button", name="Say it").click()
    page.locator("#outcome-readers summary", has_text="1 comment").click()
    expect(page.locator(".comment-list")).to_contain_text("What will we see at home?")
    page.get_by_role("button", name="Endorse Outcome 1").click()
    expect(page.get_by_text("Endorsed by 1: Flor Jiménez")).to_be_visible()
    page.get_by_role("button", name="Take my endorsement back Outcome 1").click()
    expect(page.locator("#outcome-readers")).to_contain_text("Endorsed by nobody yet")
    expect(page.locator("main").get_by_role("button", name=re.compile("^(Edit|Move|Sign|Adopt)"))).to_have_count(0)


def test_outcomes_are_moved_left_out_and_taken_in_again(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = plain(sign_in, demo, "principal")

    def expect_order(*outcomes: str) -> None:
        expect(page.locator("article.outcome")).to_have_count(len(outcomes))
        for place, outcome in enumerate(outcomes):
            expect(page.locator("article.outcome").nth(place)).to_have_id(f"outcome-{outcome}")

    page.locator("#outcome-culture > .menu > summary").click()
    page.get_by_role("button", name="Move up Outcome 3").click()
    expect_order("readers", "culture", "families")
    page.locator("#outcome-readers > .menu > summary").click()
    page.get_by_role("button", name="Move down Outcome 1").click()
    expect_order("culture", "readers", "families")
    page.locator("#outcome-readers > .menu > summary").click()
    page.get_by_role("button", name="Leave it out Outcome 2").click()
    page.get_by_label("Why it is left out").fill("One too many")
    page.get_by_role("button", name="Leave it out", exact=True).click()
    expect_order("culture", "families")
    expect(page.locator("#gone")).to_contain_text("One too many")
    page.get_by_role("button", name="Take it in again").click()
    expect_order("culture", "readers", "families")


def test_both_sides_sign_and_the_page_is_adopted(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    principal = plain(sign_in, demo, "principal")
    principal.get_by_role("button", name="Sign for the school").click()
    ask_to_adopt(principal)
    expect(principal.get_by_role("alert")).to_contain_text("The home office has not signed the draft as it stands now.")
    coach = plain(sign_in, demo, "coach")
    expect(coach.locator("#signing")).to_contain_text("Patricia Moreno")
    demo.do("teacher", "comment-on-outcome", **TRIAL, outcome="readers", comment="c1", text="No change of words")
    coach.get_by_role("button", name="Sign for the home office").click()
    ask_to_adopt(coach)
    expect(coach.locator("#progress")).to_contain_text("Adopted")
    expect(coach.locator("main").get_by_role("button", name=re.compile("Edit|Propose|Sign"))).to_have_count(0)


def test_nobody_signs_words_that_they_have_not_read(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = plain(sign_in, demo, "principal")
    new = {"passage": "readers:measure:en", "wording": "w1", "text": "Another", "replaces": "readers"}
    demo.do("teacher", "word-outcome", **TRIAL, **new)
    page.get_by_role("button", name="Sign for the school").click()
    expect(page.get_by_role("alert")).to_contain_text("The draft changed while you were reading.")
    page.get_by_role("button", name="Sign for the school").click()
    expect(page.locator("#signing")).to_contain_text("Patricia Moreno")


def test_what_was_adopted_is_amended_concluded_and_carried_over(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    page = plain(sign_in, demo, "principal")
    page.locator("#outcome-readers").get_by_role("button", name="Amend How we will know").click()
    page.get_by_label("Text", exact=True).fill("Records of May")
    page.get_by_label("Why", exact=True).fill("The fall test is gone")
    page.get_by_role("button", name="Amend it").click()
    amended = page.locator("#outcome-readers .amendments")
    expect(amended).to_contain_text("How we know of readers.")
    expect(amended).to_contain_text("The fall test is gone")
    expect(page.locator("#signing .amended-since")).to_contain_text("Outcome 1")
    expect(page.locator("#outcome-readers .pair").last).to_contain_text("Records of May")
    page.get_by_role("button", name="Amend the aim Outcome 1").click()
    page.get_by_label("Level to reach").select_option("Partial Implementation")
    page.get_by_label("Why", exact=True).fill("We reach for more next year")
    page.get_by_role("button", name="Amend it").click()
    expect(amended).to_contain_text("We reach for more next year")
    expect(amended).to_contain_text("Full Implementation")
    page.get_by_role("button", name="Say what came of it Outcome 1").click()
    page.get_by_label("Result").select_option("carried forward")
    page.get_by_label("Evidence for it").fill("Half of the teams")
    page.get_by_role("button", name="Record what came of it").click()
    expect(page.locator("#outcome-readers .conclusion .prose-text")).to_have_text("Half of the teams")
    page.get_by_role("link", name="Begin the outcomes of 2023–24").click()
    expect(page.get_by_label("2023–24")).to_be_checked()
    expect(page.get_by_label("Carry on from 2022–23")).to_be_checked()
    page.get_by_role("button", name="Begin the outcomes").click()
    expect(page.locator("h1")).to_have_text("June Outcomes 2023–24")
    expect(page.locator(".outcome")).to_have_count(1)
    expect(page.locator(".outcome")).to_contain_text("carried over from the year before")
    expect(page.locator(".outcome")).to_contain_text("Records of May")


def test_what_is_carried_forward_in_june_joins_a_draft_that_was_begun_in_spring(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    after = {"outcomes": "cedar-after"}
    demo.do("principal", "begin-outcomes", **after, school="cedar", year=2023, rubric=RUBRIC)
    for outcome, result in (("readers", "carried-forward"), ("families", "carried-forward"), ("culture", "met")):
        demo.do("principal", "conclude-outcome", **TRIAL, outcome=outcome, result=result, evidence="The spring.")
    without_scripts = plain(sign_in, demo, "principal")
    without_scripts.locator("#outcome-readers").get_by_role("link", name="Carry it over in the draft").click()
    expect(without_scripts.locator("h1")).to_have_text("June Outcomes 2023–24")
    offered = without_scripts.locator(".carried")
    expect(offered.get_by_role("listitem")).to_have_count(2)
    offered.get_by_role("button", name="Carry it over What is true of readers in June.").click()
    expect(without_scripts.locator(".outcome")).to_contain_text("carried over from the year before")
    expect(offered.get_by_role("listitem")).to_have_count(1)
    teacher = sign_in(demo, "teacher", "/outcomes/cedar-after")
    expect(teacher.locator("#connection")).to_contain_text("Live")
    teacher.get_by_role("button", name="Carry it over What is true of families in June.").click()
    expect(teacher.locator(".carried")).to_have_count(0)
    expect(teacher.locator(".outcome")).to_have_count(2)
    expect(teacher.locator("#title-families")).to_be_focused()
    without_scripts.goto(ADDRESS)
    expect(without_scripts.locator("#outcome-families")).to_contain_text("It goes on in the June Outcomes 2023–24")
    expect(without_scripts.locator("#signing")).not_to_contain_text("Begin the outcomes of")


def test_a_draft_tells_what_the_plan_of_the_year_before_carries_forward(standing_demo: Server, sign_in: SignIn) -> None:
    said = []
    for options in ({"java_script_enabled": False}, {}):
        page = sign_in(standing_demo, "coach", "/outcomes/cedar-2025", **options)
        told = page.locator("[aria-labelledby=priorities-title]")
        expect(told.get_by_role("heading")).to_have_text("What the plan of 2024–25 carries forward")
        # The June Outcome of the other priority that carries forward was carried forward itself.
        expect(told.get_by_role("listitem")).to_have_count(1)
        expect(told).to_contain_text("The line came five months late.")
        expect(told.get_by_role("link")).to_have_attribute("href", "/plans/cedar-2024#priority-answers")
        said.append("".join((told.text_content() or "").split()))
    assert said[0] == said[1]


def test_words_are_erased_for_good(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    page = plain(sign_in, demo, "principal", f"{ADDRESS}?open=redact-outcome-words@outcome:readers")
    page.get_by_label("Why they must go").fill("It names a child.")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator("#outcome-readers")).to_contain_text("These words were erased.")
    expect(page.locator("#outcome-readers")).not_to_contain_text("What is true of readers")
