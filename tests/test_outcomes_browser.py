"""June Outcomes as people write them together: two browsers, the same words, both sides, two languages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, Route, expect

from tests.offline_pages import is_received
from tests.outcomes_demo import ADDRESS, RUBRIC, TRIAL, adopted, ask_to_adopt, begin_trial, draft
from tests.server_fixtures import CEDAR, Server

if TYPE_CHECKING:
    from tests.browser_fixtures import SignIn  # pytest imports this module itself, to rewrite its asserts

pytest_plugins = ["tests.browser_fixtures"]
pytestmark = pytest.mark.browser

READERS = "#outcome-readers"


def is_live(page: Page) -> Page:
    expect(page.locator("#connection")).to_contain_text("Live")
    return page


def text(page: Page, place: str) -> str:
    return f'{READERS} [data-place="readers:{place}"] .prose-text'


def edit(page: Page, label: str, words: str, *, button: str = "Edit") -> None:
    """Unfold the form of a text of the first outcome, and write in it without saving."""
    page.locator(READERS).get_by_role("button", name=f"{button} {label}", exact=True).click()
    page.get_by_label("Text", exact=True).fill(words)


def word(
    server: Server, person: str, words: str, *, wording: str, replaces: str = "readers", text: str = "measure"
) -> None:
    about = {"passage": f"readers:{text}:en", "wording": wording, "text": words, "replaces": replaces}
    server.do(person, "word-outcome", **TRIAL, **about)


def refuse_all(route: Route) -> None:
    """Answer each command of a request as a rule does that refuses it."""
    lines = json.loads(route.request.post_data or "[]")
    route.fulfill(json=[{"id": line["id"], "status": 409, "message": "Not today."} for line in lines])


# Together


def test_what_one_proposes_comments_and_endorses_the_other_sees(demo: Server, sign_in: SignIn) -> None:
    begin_trial(demo)
    teacher, family = (is_live(sign_in(demo, person, ADDRESS)) for person in ("teacher", "family"))
    teacher.get_by_role("button", name="Propose an outcome").click()
    expect(teacher.get_by_label("What will be true in June")).to_be_focused()
    teacher.keyboard.type("All read")
    teacher.locator("summary", has_text="Curriculum").click()
    teacher.get_by_label(re.compile(r"CI\.1 .*now: Partial Implementation, review of")).check()
    teacher.get_by_label("Level to reach").select_option("Beginning")
    teacher.get_by_label("How we will know").fill("Records")
    teacher.get_by_label("What the school commits to").fill("A block")
    teacher.get_by_role("button", name="Propose it").click()
    expect(teacher.locator("form.fields")).to_contain_text("On CI.1 the school stands at “Partial Implementation”.")
    expect(teacher.locator("form.fields .error-message")).to_have_count(2)
    summary = teacher.locator("form.fields .error-summary")
    expect(summary.get_by_role("link")).to_have_text(
        [re.compile("^Level to reach: On CI.1 the school stands"), "What the home office commits to: Fill this in."]
    )
    summary.get_by_role("link", name="What the home office commits to").click()
    expect(teacher.get_by_label("What the home office commits to")).to_be_focused()
    teacher.get_by_label("Level to reach").select_option("Full Implementation")
    teacher.get_by_label("What the home office commits to").fill("A coach")
    teacher.get_by_role("button", name="Propose it").click()
    outcome = family.locator("article.outcome")
    expect(outcome).to_contain_text("All read")
    expect(outcome.locator(".aim-from")).to_contain_text("Partial Implementation")
    expect(outcome.locator(f'a[href="/reviews/{CEDAR}?indicator=CI.1"]')).to_be_visible()
    family.get_by_role("button", name="Endorse Outcome 1").click()
    family.locator("summary", has_text="Comment").click()
    family.get_by_role("button", name="Write a comment Outcome 1").click()
    family.get_by_label("What you think of it").fill("What will we see at home?")
    family.get_by_role("button", name="Say it").click()
    expect(teacher.get_by_text("Endorsed by 1: Flor Jiménez")).to_be_visible()
    teacher.locator("summary", has_text="1 comment").click()
    expect(teacher.locator(".comment-list")).to_contain_text("What will we see at home?")
    expect(teacher.locator("#people")).to_contain_text("Flor Jiménez")


def test_who_writes_where_is_visible(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    teacher, principal = (is_live(sign_in(demo, person, ADDRESS)) for person in ("teacher", "principal"))
    edit(teacher, "How we will know", "Records of")
    there = principal.locator(f'{READERS} [data-place="readers:measure"]')
    expect(there.locator(".typing")).to_have_text("TH Tomás Herrera is writing here", use_inner_text=False)


def test_who_is_here_is_said_once_also_where_a_text_has_no_spanish(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    teacher, family = is_live(sign_in(demo, "teacher", ADDRESS)), sign_in(demo, "family", f"{ADDRESS}?lang=es")
    expect(family.locator("#connection")).to_contain_text("En vivo")
    edit(teacher, "How we will know", "Records of")
    there = family.locator(f'{READERS} [data-place="readers:measure"]')
    expect(there.locator(".typing").first).to_contain_text("Tomás Herrera")
    expect(there.locator(".present")).to_have_count(1)
    spanish = {"passage": "readers:measure:es", "wording": "s1", "text": "Registros.", "of": "readers"}
    demo.do("principal", "word-outcome", **TRIAL, **spanish)
    expect(family.locator(text(family, "measure"))).to_have_text("Registros.")
    expect(there.locator(".present")).to_have_count(1)


def test_a_change_in_another_text_leaves_my_writing_alone(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    teacher = is_live(sign_in(demo, "teacher", ADDRESS))
    edit(teacher, "How we will know", "Records of May")
    word(demo, "principal", "Two blocks", wording="w1", text="school")
    expect(teacher.locator(text(teacher, "school"))).to_have_text("Two blocks")
    expect(teacher.get_by_label("Text", exact=True)).to_be_focused()
    expect(teacher.get_by_label("Text", exact=True)).to_have_value("Records of May")
    teacher.get_by_role("button", name="Save", exact=True).click()
    expect(teacher.locator(text(teacher, "measure"))).to_have_text("Records of May")
    expect(teacher.locator(".clash")).to_have_count(0)


def test_two_word_the_same_text_and_both_changes_are_put_together(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    word(demo, "principal", "Records in fall, read by the team.", wording="w1")
    teacher = is_live(sign_in(demo, "teacher", ADDRESS))
    edit(teacher, "How we will know", "Records in fall and spring, read by the team.")
    word(demo, "principal", "Records in fall, read by the whole team.", wording="w2", replaces="w1")
    clash = teacher.locator(".clash")
    expect(clash).to_contain_text("Patricia Moreno put this into other words while you wrote.")
    expect(clash).to_contain_text("The changes do not touch each other")
    expect(clash.locator("section").first.locator("ins")).to_have_text(" whole")
    expect(clash.locator("section").last.locator("ins")).to_have_text(" and spring")
    expect(teacher.get_by_label("Text", exact=True)).to_have_value("Records in fall and spring, read by the team.")
    clash.get_by_role("button", name="Put both together").click()
    both = "Records in fall and spring, read by the whole team."
    expect(teacher.get_by_label("Text", exact=True)).to_have_value(both)
    teacher.get_by_role("button", name="Save these words").click()
    expect(teacher.locator(text(teacher, "measure"))).to_have_text(both)
    is_received(teacher)
    shown = demo.ask("GET", "/api/v1/views/outcomes:cedar-trial", "coach").json()["view"]
    assert shown["text:readers:measure:en"]["text"] == both


def test_two_who_changed_the_same_words_decide_and_nothing_typed_is_lost(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    teacher = is_live(sign_in(demo, "teacher", ADDRESS))
    edit(teacher, "How we will know", "By records.")
    word(demo, "principal", "By tests.", wording="w1")
    clash = teacher.locator(".clash")
    expect(clash).to_contain_text("The same words were changed in both.")
    clash.get_by_role("button", name="Write the other text below").click()
    expect(teacher.get_by_label("Text", exact=True)).to_have_value("By tests.")
    clash.get_by_role("button", name="Write what I wrote below").click()
    expect(teacher.get_by_label("Text", exact=True)).to_have_value("By records.")
    teacher.reload()
    is_live(teacher)
    expect(teacher.locator(".clash")).to_contain_text("By tests.")
    expect(teacher.get_by_label("Text", exact=True)).to_have_value("By records.")
    teacher.get_by_role("button", name="Save these words").click()
    expect(teacher.locator(text(teacher, "measure"))).to_have_text("By records.")


def test_words_that_arrive_too_late_come_back_beside_the_other_text(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    teacher = is_live(sign_in(demo, "teacher", ADDRESS))
    teacher.context.set_offline(True)
    edit(teacher, "How we will know", "How we know of readers, by records.")
    teacher.get_by_role("button", name="Save", exact=True).click()
    expect(teacher.locator(text(teacher, "measure"))).to_have_text("How we know of readers, by records.")
    expect(teacher.locator("#connection")).to_contain_text("not received yet: 1")
    word(demo, "principal", "How we all know of readers.", wording="w1")
    teacher.context.set_offline(False)
    clash = teacher.locator(".clash")
    expect(clash).to_contain_text("Patricia Moreno put this into other words while you wrote.", timeout=30_000)
    expect(teacher.get_by_label("Text", exact=True)).to_have_value("How we all know of readers, by records.")
    list_of_all = teacher.context.new_page()
    list_of_all.goto(f"{demo.url}/outbox")
    expect(list_of_all.get_by_role("link", name=re.compile("^Outcome 1 – "))).to_be_visible()
    list_of_all.close()
    teacher.reload()
    is_live(teacher)
    expect(clash).to_contain_text("Patricia Moreno put this into other words while you wrote.")
    teacher.get_by_role("button", name="Save these words").click()
    expect(teacher.locator(text(teacher, "measure"))).to_have_text("How we all know of readers, by records.")


def test_a_refusal_puts_the_words_back_with_the_reason(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    family = is_live(sign_in(demo, "family", ADDRESS))
    family.route("**/api/v1/commands", refuse_all)
    family.locator(f"{READERS} summary", has_text="Comment").click()
    family.get_by_role("button", name="Write a comment Outcome 1").click()
    family.get_by_label("What you think of it").fill("At home?")
    family.get_by_role("button", name="Say it").click()
    expect(family.locator(READERS).get_by_role("alert")).to_have_text("Not today.")
    expect(family.get_by_label("What you think of it")).to_have_value("At home?")
    family.unroute("**/api/v1/commands")
    family.get_by_role("button", name="Say it").click()
    expect(family.locator(".comment-list")).to_contain_text("At home?")
    expect(family.get_by_role("alert")).to_have_count(0)


# From the draft to the next year


def test_both_sides_sign_adopt_amend_conclude_and_the_next_year_begins(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    principal, coach = (is_live(sign_in(demo, person, ADDRESS)) for person in ("principal", "coach"))
    principal.get_by_role("button", name="Sign for the school").click()
    expect(coach.locator("#signing")).to_contain_text("Patricia Moreno")
    ask_to_adopt(coach)
    expect(coach.get_by_role("alert")).to_contain_text("The home office has not signed the draft as it stands now.")
    lacking = coach.locator("#signing .lacking")
    expect(lacking).to_contain_text("A leader of the home office has not signed yet.")
    expect(lacking).not_to_contain_text("A leader of the school has not signed yet.")
    expect(lacking).to_contain_text("12 texts have no Spanish yet.")
    coach.get_by_role("button", name="Sign for the home office").click()
    expect(principal.locator("#signing")).to_contain_text("Daniel Reyes")
    edit(principal, "How we will know", "Records of spring")
    principal.get_by_role("button", name="Save", exact=True).click()
    expect(coach.locator("#signing")).not_to_contain_text("Patricia Moreno")  # no longer what was signed
    for page, side in ((principal, "the school"), (coach, "the home office")):
        page.get_by_role("button", name=f"Sign for {side}").click()
        expect(page.get_by_role("button", name=f"Sign for {side}")).to_have_count(0)
    expect(coach.locator("#signing")).to_contain_text("Patricia Moreno")
    expect(lacking).not_to_contain_text("Before it can be adopted:")
    coach.locator("#signing form.fields").get_by_role("button", name="Adopt the outcomes").click()
    expect(principal.locator("#progress")).to_contain_text("Adopted")
    principal.get_by_role("button", name="Amend the aim Outcome 1").click()
    group = principal.locator("details.choices", has=principal.locator("input:checked"))
    expect(group).to_have_attribute("open", "")  # what is chosen is to be seen
    group.locator("input:checked").uncheck()
    expect(principal.locator("details.choices[open]")).to_have_count(1)
    principal.get_by_role("button", name="Cancel").click()
    edit(principal, "How we will know", "Records of May", button="Amend")
    principal.get_by_label("Why", exact=True).fill("The fall test is gone")
    principal.get_by_role("button", name="Amend it").click()
    amended = coach.locator(f"{READERS} .amendments")
    expect(amended).to_contain_text("Records of spring")
    expect(amended).to_contain_text("The fall test is gone")
    expect(coach.locator("#signing .amended-since")).to_contain_text("Outcome 1")
    coach.get_by_role("button", name="Say what came of it Outcome 1").click()
    coach.get_by_label("Result").select_option("carried forward")
    coach.get_by_label("Evidence for it").fill("Half of the teams")
    coach.get_by_role("button", name="Record what came of it").click()
    expect(principal.locator(f"{READERS} .conclusion .prose-text")).to_have_text("Half of the teams")
    principal.get_by_role("button", name="Put it right Outcome 1").click()
    expect(principal.get_by_label("Result")).to_have_value("carried-forward")
    expect(principal.get_by_label("Evidence for it")).to_have_value("Half of the teams")
    principal.get_by_role("button", name="Cancel").click()
    principal.get_by_role("link", name="Begin the outcomes of 2023–24").click()
    principal.get_by_role("button", name="Begin the outcomes").click()
    expect(principal.locator("article.outcome")).to_have_count(1)
    expect(principal.locator("article.outcome")).to_contain_text("Records of May")
    expect(principal.locator("article.outcome")).to_contain_text("carried over from the year before")


def test_a_draft_says_that_the_school_stands_elsewhere_by_now(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    about = {"review": "cedar-now", "indicator": "CI.1"}
    team = [
        {"person": person, "role": role}
        for person, role in (("facilitator", "facilitator"), ("reviewer-1", "reviewer"))
    ]
    begun = {"school": "cedar", "date": "2026-03-16", "rubric": RUBRIC, "focus": ["CI.1"], "team": team}
    demo.do("admin", "schedule-review", review="cedar-now", **begun)
    demo.do("facilitator", "open-review", review="cedar-now")
    demo.do("reviewer-1", "join-review", review="cedar-now")
    demo.do("reviewer-1", "give-rating", **about, answer=1)
    demo.do("facilitator", "reveal-ratings", **about)
    demo.do("facilitator", "record-consensus", **about, level=1, rationale="Seen.")
    page = is_live(sign_in(demo, "principal", ADDRESS))
    stands = page.locator(f"{READERS} .aims")
    expect(stands).to_contain_text("By now the school stands at “Not Yet Begun” (review of 16 Mar 2026)")
    page.get_by_role("button", name="Adopt the outcomes").click()
    expect(page.locator("#signing .lacking")).to_contain_text("Outcome 1 does not begin from where the school stands")
    page.locator(READERS).get_by_role("button", name="Indicators and level").click()
    page.get_by_role("button", name="Set the aim").click()
    expect(stands).not_to_contain_text("By now the school stands")
    expect(stands).to_contain_text("Not Yet Begun")


def test_spanish_stands_beside_the_english_and_says_when_it_is_older(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    teacher, family = is_live(sign_in(demo, "teacher", ADDRESS)), sign_in(demo, "family", f"{ADDRESS}?lang=es")
    expect(family.locator("#connection")).to_contain_text("En vivo")
    expect(family.locator(READERS)).to_contain_text("Sin traducir todavía")
    teacher.get_by_role("link", name="Show English and Spanish").click()
    expect(teacher).to_have_url(re.compile("beside=1"))
    teacher.get_by_role("button", name="Translate How we will know (Español)").first.click()
    teacher.get_by_label("Text in Spanish").fill("Por los registros.")
    teacher.get_by_role("button", name="Save the Spanish").click()
    expect(family.locator(text(family, "measure"))).to_have_text("Por los registros.")
    expect(family.locator(".older")).to_have_count(0)
    word(demo, "principal", "By tests.", wording="w1")
    expect(teacher.locator(".older")).to_have_text("△ The Spanish is older than the English")
    expect(family.locator(".older")).to_have_text("△ El español es más antiguo que el inglés")
    teacher.get_by_role("button", name="Edit How we will know (Español)").first.click()
    teacher.get_by_label("Text in Spanish").fill("Por los exámenes.")
    teacher.get_by_role("button", name="Save the Spanish").click()
    expect(family.locator(".older")).to_have_count(0)
    expect(family.locator(text(family, "measure"))).to_have_text("Por los exámenes.")


def test_spanish_that_was_adopted_is_amended_by_leaders_with_a_reason(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    spanish = {"passage": "readers:measure:es", "wording": "s1", "text": "Registros.", "of": "readers"}
    demo.do("teacher", "word-outcome", **TRIAL, **spanish)
    for person, side in (("principal", "school"), ("coach", "home-office")):
        demo.do(person, "sign-outcomes", **TRIAL, side=side, version=3)
    demo.do("coach", "adopt-outcomes", **TRIAL)
    principal, teacher = (is_live(sign_in(demo, who, f"{ADDRESS}?beside=1")) for who in ("principal", "teacher"))
    of_measure = teacher.locator("[data-place='readers:measure']")
    expect(of_measure.get_by_role("button")).to_have_count(0)
    principal.get_by_role("button", name="Amend How we will know (Español)").first.click()
    principal.get_by_label("Text", exact=True).fill("Registros de mayo.")
    principal.get_by_label("Why", exact=True).fill("Families asked which")
    principal.get_by_role("button", name="Amend it").click()
    expect(of_measure).to_contain_text("Registros de mayo.")
    expect(of_measure.locator(".older")).to_have_count(0)
    expect(teacher.locator(f"{READERS} .amendments")).to_contain_text("How we will know (Español)")
    principal.get_by_role("button", name="Amend How we will know", exact=True).first.click()
    principal.get_by_label("Text", exact=True).fill("Records of May")
    principal.get_by_label("Why", exact=True).fill("The fall test is gone")
    principal.get_by_role("button", name="Amend it").click()
    expect(of_measure.locator(".older")).to_be_visible()
    of_measure.get_by_role("button", name="Edit How we will know (Español)").click()  # what is behind may follow
    expect(of_measure.get_by_role("button", name="Save the Spanish")).to_be_visible()


def test_a_translation_that_another_was_faster_with_is_kept_and_says_so(demo: Server, sign_in: SignIn) -> None:
    adopted(demo)
    pages = [is_live(sign_in(demo, who, f"{ADDRESS}?beside=1")) for who in ("teacher", "coach")]
    for page in pages:
        page.get_by_role("button", name="Translate How we will know (Español)").first.click()
        page.get_by_label("Text in Spanish").fill("Por los registros.")
    spanish = {"passage": "readers:measure:es", "wording": "s1", "text": "Con registros.", "of": "readers"}
    demo.do("principal", "word-outcome", **TRIAL, **spanish)
    for page in pages:
        measure = page.locator("[data-place='readers:measure']")
        expect(measure.locator(".clash").first).to_contain_text("This was put into Spanish while you wrote.")
        expect(measure).to_contain_text("Con registros.")
        expect(page.get_by_label("Text in Spanish")).to_have_value("Por los registros.")
    teacher, coach = pages
    expect(teacher.get_by_role("button", name="Go on as an amendment")).to_have_count(0)
    coach.get_by_role("button", name="Go on as an amendment").click()
    expect(coach.get_by_label("Text", exact=True)).to_have_value("Por los registros.")


def test_a_translation_that_is_still_right_is_said_to_be_of_the_new_english(demo: Server, sign_in: SignIn) -> None:
    draft(demo)
    spanish = {"passage": "readers:measure:es", "wording": "s1", "text": "Por los registros.", "of": "readers"}
    demo.do("teacher", "word-outcome", **TRIAL, **spanish)
    word(demo, "principal", "By the records.", wording="w1")
    teacher = is_live(sign_in(demo, "teacher", f"{ADDRESS}?beside=1"))
    expect(teacher.locator(".older")).to_be_visible()
    teacher.get_by_role("button", name="Edit How we will know (Español)").first.click()
    teacher.get_by_role("button", name="Save the Spanish").click()
    expect(teacher.locator(".older")).to_have_count(0)
