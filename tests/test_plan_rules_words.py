"""The rules of a plan's words as stories: who may word what, when, and that nobody's words are overwritten unread."""

import pytest

from daybook.events.core import Event, Prose
from daybook.events.people import TeamFormed, TeamJoined
from daybook.events.plan import PartAssigned, PartMoved, PlanWordsRedacted
from daybook.events.plan_talk import RefinementClosed
from tests.plan_world import (
    ADOPTED,
    AT_THE_END,
    AUDITORS_READ,
    CLOSED,
    DRAFT,
    ELSEWHERE,
    FREE,
    IN_A_REFINEMENT,
    IS_CLOSED,
    IS_RETIRED,
    PARTS,
    PLACE,
    REFINED,
    REFINING,
    REFLECTED,
    STALE,
    begun,
    priority,
    retired,
    strategy,
    word,
    worded,
)
from tests.stories import given

NOT_YOURS = "This is not yours to put into words. Propose the change to the school's leaders."


def test_words_take_the_place_of_those_that_their_author_has_read() -> None:
    (
        given(*DRAFT)
        .when(word("vision", "v2", "All of us read", replaces="v1"), "patricia")
        .then(worded("vision", "v2", "All of us read", replaces="v1"))
        .when(word("strategy:readers:if", "w1", "We read aloud", replaces="readers"), "tomas")
        .then(worded("strategy:readers:if", "w1", "We read aloud", replaces="readers"))
    )


def test_words_that_were_replaced_since_are_shown_to_who_had_not_read_the_new_ones() -> None:
    (
        given(*DRAFT, worded("vision", "v2", replaces="v1"))
        .when(word("vision", "v3", replaces="v1"), "patricia")
        .then_refused(STALE)
        .when(word("vision", "v3", replaces="v2"), "patricia")
        .then(worded("vision", "v3", replaces="v2"))
    )
    given(*DRAFT).when(word("vision", "v3"), "patricia").then_refused(STALE)
    given(*PLACE, begun()).when(word("vision", "v1", replaces="v0"), "patricia").then_refused(STALE)


ERASED = (
    "These words were erased after you read them, as they held what must not be kept. Look whether yours hold it, too, "
    "then save again."
)


@pytest.mark.parametrize("passage", ["strategy:readers:if", "strategy:readers:title"])
def test_words_that_were_erased_come_back_by_nobody_who_had_only_read_those(passage: str) -> None:
    erased = PlanWordsRedacted(plan="p1", about="strategy:readers", reason=Prose("It names a child."))
    (
        given(*DRAFT, erased)
        .when(word(passage, "w1", replaces="readers"), "patricia")
        .then_refused(ERASED)
        .when(word(passage, "w1", replaces="readers-erased"), "patricia")
        .then(worded(passage, "w1", replaces="readers-erased"))
        .when(word(passage, "w2", replaces="readers"), "patricia")
        .then_refused(STALE)
    )


def test_different_passages_of_one_strategy_are_worded_apart() -> None:
    story = given(*DRAFT, worded("strategy:readers:if", "w1", replaces="readers"))
    for text in ("title", "then"):
        passage = f"strategy:readers:{text}"
        story.when(word(passage, "w2", replaces="readers"), "patricia").then(worded(passage, "w2", replaces="readers"))


def test_the_same_wording_sent_twice_is_one() -> None:
    given(*DRAFT).when(word("vision", "v1"), "patricia").then_nothing()


def test_a_wording_that_was_there_before_does_not_come_back_under_its_id() -> None:
    given(*DRAFT, worded("vision", "v2", replaces="v1")).when(
        word("vision", "v1", replaces="v2"), "patricia"
    ).then_refused("There was already a wording with the id v1. Send yours under a new one.")


def test_what_is_not_in_the_plan_has_no_words() -> None:
    given(*DRAFT).when(word("priority:talk", "w1"), "patricia").then_refused(
        "This part is not in the plan. What adds it may not have arrived yet."
    )
    given(*DRAFT).when(word("refinement:q9:why", "w1"), "patricia").then_refused(
        "There is no refinement with the id q9 in this plan."
    )


# Who


@pytest.mark.parametrize("person", ["sam", "ruth"])
def test_who_may_not_see_a_plan_is_told_nothing_of_it(person: str) -> None:
    given(*DRAFT).when(word("action:none", "w1"), person).then_not_allowed(ELSEWHERE)


def test_an_auditor_words_nothing() -> None:
    given(*DRAFT).when(word("action:none", "w1"), "olivia").then_not_allowed(AUDITORS_READ)


@pytest.mark.parametrize("person", ["nadia", "gil", "elena", "flor", "daniel", "amara"])
def test_the_vision_is_the_leaders_to_word(person: str) -> None:
    given(*DRAFT).when(word("vision", "v2", replaces="v1"), person).then_not_allowed(NOT_YOURS)


def test_the_family_team_words_the_family_section() -> None:
    for language in ("en", "es"):
        words = word(f"family:{language}", "w1", "Read at home")
        given(*DRAFT).when(words, "elena").then(worded(f"family:{language}", "w1", "Read at home"))
        given(*DRAFT).when(words, "gil").then_not_allowed(NOT_YOURS)
    given(*ADOPTED).when(word("family:en", "w1"), "elena").then_refused(IN_A_REFINEMENT)
    elsewhere: tuple[Event, ...] = (
        TeamFormed(team="elm-family", school="elm", kind="family-action", name="Family Action Team"),
        TeamJoined(team="elm-family", person="gil"),
    )
    given(*DRAFT, *elsewhere).when(word("family:en", "w1"), "gil").then_not_allowed(NOT_YOURS)


def test_owners_word_their_part_and_no_other() -> None:
    mine = worded("strategy:readers:title", "w1", replaces="readers")
    given(*DRAFT).when(word("strategy:readers:title", "w1", replaces="readers"), "nadia").then(mine)
    given(*DRAFT).when(word("action:shelves", "w1", replaces="shelves"), "gil").then(
        worded("action:shelves", "w1", replaces="shelves")
    )
    given(*DRAFT).when(word("action:shelves", "w1", replaces="shelves"), "nadia").then_not_allowed(NOT_YOURS)
    given(*DRAFT).when(word("priority:reading", "w1", replaces="reading"), "nadia").then_not_allowed(NOT_YOURS)
    nobodys = PartAssigned(plan="p1", part="strategy:readers", owner=None)
    given(*DRAFT, nobodys).when(word("strategy:readers:title", "w1", replaces="readers"), "nadia").then_not_allowed(
        NOT_YOURS
    )


def test_a_request_for_support_is_worded_by_who_carries_the_strategy_and_not_by_the_home_office() -> None:
    taken_up = PartAssigned(plan="p1", part="support:coach", owner="daniel")
    asked = word("support:coach", "w1", replaces="coach")
    given(*ADOPTED, taken_up).when(asked, "nadia").then(worded("support:coach", "w1", replaces="coach"))
    given(*ADOPTED, taken_up).when(asked, "daniel").then_not_allowed(NOT_YOURS)
    given(*ADOPTED, taken_up).when(word("support:none", "w1"), "nadia").then_not_allowed(NOT_YOURS)


# When

IN_REFINEMENTS = ("vision", "priority:reading", "strategy:readers:then", "measure:fluent")
CURRENT = {
    "vision": "v1",
    "priority:reading": "reading",
    "strategy:readers:then": "readers",
    "measure:fluent": "fluent",
}


@pytest.mark.parametrize("passage", IN_REFINEMENTS)
def test_what_was_adopted_is_worded_in_a_refinement_unless_the_network_leaves_it_open(passage: str) -> None:
    words = word(passage, "w1", replaces=CURRENT[passage])
    changed = worded(passage, "w1", replaces=CURRENT[passage])
    given(*ADOPTED).when(words, "patricia").then_refused(IN_A_REFINEMENT)
    given(*REFINING).when(words, "patricia").then(changed)
    given(*REFINING, REFINED).when(words, "patricia").then_refused(IN_A_REFINEMENT)
    given(*FREE).when(words, "patricia").then(changed)


@pytest.mark.parametrize("passage", ["action:shelves", "support:coach"])
def test_action_steps_and_requests_are_worded_all_year(passage: str) -> None:
    id = passage.partition(":")[2]
    given(*ADOPTED).when(word(passage, "w1", replaces=id), "patricia").then(worded(passage, "w1", replaces=id))


@pytest.mark.parametrize("passage", [*IN_REFINEMENTS, "action:shelves"])
def test_a_closed_plan_keeps_its_words(passage: str) -> None:
    given(*CLOSED).when(word(passage, "w9"), "patricia").then_refused(IS_CLOSED)


def test_words_for_a_part_that_was_retired_since_are_not_lost() -> None:
    for part in ("strategy:readers", "priority:reading"):
        given(*REFINING, retired(part)).when(
            word("strategy:readers:then", "w1", replaces="readers"), "nadia"
        ).then_refused(IS_RETIRED)
    moved: tuple[Event, ...] = (
        *REFINING,
        priority("talk"),
        retired("priority:reading"),
        PartMoved(plan="p1", part="strategy:readers", under="priority:talk", after=None),
    )
    given(*moved).when(word("strategy:readers:then", "w1", replaces="readers"), "nadia").then(
        worded("strategy:readers:then", "w1", replaces="readers")
    )


def test_the_words_of_a_refinement_are_the_schools_people_s_while_it_is_open() -> None:
    why = word("refinement:q3:why", "w1")
    for person in ("patricia", "nadia", "gil", "elena"):
        given(*REFINING).when(why, person).then(worded("refinement:q3:why", "w1"))
    for person in ("flor", "daniel", "amara"):
        given(*REFINING).when(why, person).then_not_allowed(NOT_YOURS)
    given(*REFINING, REFINED).when(why, "patricia").then_refused(
        "This refinement is closed and stays as it was. Open another one to go on."
    )
    given(*CLOSED[:-2], *REFINING[-1:], REFINED, *CLOSED[-2:]).when(why, "patricia").then_refused(IS_CLOSED)


def test_a_reflection_is_reworded_once_there_is_one() -> None:
    words = word("reflection:reading", "f2", replaces="f1")
    given(*AT_THE_END, REFLECTED).when(words, "patricia").then(worded("reflection:reading", "f2", replaces="f1"))
    given(*AT_THE_END).when(words, "patricia").then_refused("Nobody has reflected on this priority yet. Do that first.")
    given(*AT_THE_END, REFLECTED, retired("priority:reading")).when(words, "patricia").then_refused(IS_RETIRED)


def test_a_plan_of_two_hundred_strategies_is_worded_like_any_other() -> None:
    many = [strategy(f"s{n}") for n in range(200)]
    given(*PLACE, begun(), PARTS[0], *many).when(word("strategy:s150:if", "w1", replaces="s150"), "patricia").then(
        worded("strategy:s150:if", "w1", replaces="s150")
    )


def test_a_version_that_is_closed_later_changes_no_words() -> None:
    later = RefinementClosed(plan="p1", refinement="q3", version="Spring")
    given(*REFINING, worded("vision", "v2", replaces="v1"), later).when(
        word("vision", "v2", replaces="v1"), "patricia"
    ).then_refused(IN_A_REFINEMENT)
