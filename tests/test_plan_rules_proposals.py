"""The rules of proposals as stories: whoever may not change a place proposes, and learns what became of it."""

import pytest

from daybook.events.core import Event, Prose
from daybook.events.plan import PlanWordsRedacted
from daybook.events.plan_commands import AcceptProposal, DeclineProposal, WithdrawProposal
from daybook.events.plan_talk import ProposalAccepted, ProposalDeclined, ProposalWithdrawn
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
    LEADERS_ONLY,
    REFINING,
    REFLECTED,
    STALE,
    action,
    propose,
    proposed,
    retired,
    strategy,
    worded,
)
from tests.stories import given

YOURSELF = "You may change this yourself. Do it in the plan, without a proposal."
ANSWERED = "This proposal has been answered already. See what became of it in the plan."
ACCEPT = AcceptProposal(plan="p1", proposal="c1", made="w1", replaces="v1")
DECLINE = DeclineProposal(plan="p1", proposal="c1", reason="Not this year")
WITHDRAW = WithdrawProposal(plan="p1", proposal="c1")
ACCEPTED = ProposalAccepted(plan="p1", proposal="c1")
DECLINED = ProposalDeclined(plan="p1", proposal="c1", reason=Prose("Not this year"))
WITHDRAWN = ProposalWithdrawn(plan="p1", proposal="c1")
OF_THE_VISION = proposed(passage="vision", replaces="v1")


def test_a_proposal_becomes_the_words_that_were_proposed() -> None:
    (
        given(*REFINING)
        .when(propose(passage="vision", replaces="v1"), "flor")
        .then(OF_THE_VISION)
        .when(ACCEPT, "patricia")
        .then(ACCEPTED, worded("vision", "w1", "Better words", replaces="v1", proposal="c1"))
        .when(ACCEPT, "patricia")
        .then_refused(ANSWERED)
    )


def test_a_proposal_under_a_strategy_becomes_an_action_step_after_the_others() -> None:
    (
        given(*ADOPTED)
        .when(propose(under="strategy:readers", why="They asked"), "nadia")
        .then(proposed(person="nadia", under="strategy:readers", why="They asked"))
        .when(AcceptProposal(plan="p1", proposal="c1", made="clubs"), "patricia")
        .then(ACCEPTED, action("clubs", after="action:shelves", proposal="c1", text="Better words"))
    )


def test_a_proposal_under_a_priority_becomes_a_strategy_of_what_was_proposed_and_why() -> None:
    accept = AcceptProposal(plan="p1", proposal="c1", made="clubs", title="Clubs")
    for why, then in (("They asked", "They asked"), (None, "")):
        given(*REFINING, proposed(under="priority:reading", why=why)).when(accept, "patricia").then(
            ACCEPTED,
            strategy(
                "clubs",
                after="strategy:readers",
                proposal="c1",
                title="Clubs",
                if_="Better words",
                then=then,
            ),
        )
    untitled = AcceptProposal(plan="p1", proposal="c1", made="clubs")
    given(*REFINING, proposed(under="priority:reading")).when(untitled, "patricia").then_refused(
        "A new strategy needs a title. Give it one when you accept the proposal."
    )


# Proposing


@pytest.mark.parametrize("person", ["nadia", "gil", "elena", "flor", "daniel", "amara"])
def test_whoever_sees_the_plan_and_may_not_change_a_place_proposes(person: str) -> None:
    given(*DRAFT).when(propose(passage="vision", replaces="v1"), person).then(
        proposed(person=person, passage="vision", replaces="v1")
    )
    given(*DRAFT).when(propose(under="strategy:readers"), person).then(
        proposed(person=person, under="strategy:readers")
    )


@pytest.mark.parametrize(("person", "said"), [("sam", ELSEWHERE), ("olivia", AUDITORS_READ), ("ruth", ELSEWHERE)])
def test_who_does_not_see_the_plan_or_only_reads_it_proposes_nothing(person: str, said: str) -> None:
    given(*DRAFT).when(propose(passage="vision"), person).then_not_allowed(said)


def test_whoever_may_make_the_change_now_is_told_to() -> None:
    for words in (
        propose(passage="vision"),
        propose(under="priority:reading"),
        propose(under="strategy:readers"),
    ):
        given(*DRAFT).when(words, "patricia").then_refused(YOURSELF)
    given(*ADOPTED).when(propose(under="strategy:readers"), "patricia").then_refused(YOURSELF)
    given(*FREE).when(propose(passage="vision"), "patricia").then_refused(YOURSELF)
    given(*DRAFT).when(propose(passage="strategy:readers:if"), "nadia").then_refused(YOURSELF)
    given(*DRAFT).when(propose(passage="family:es"), "elena").then_refused(YOURSELF)


def test_between_refinements_leaders_and_owners_keep_their_words_as_a_proposal() -> None:
    given(*ADOPTED).when(propose(passage="vision"), "patricia").then(proposed(person="patricia", passage="vision"))
    given(*ADOPTED).when(propose(under="priority:reading"), "patricia").then(
        proposed(person="patricia", under="priority:reading")
    )
    given(*ADOPTED).when(propose(passage="strategy:readers:if"), "nadia").then(
        proposed(person="nadia", passage="strategy:readers:if")
    )


def test_words_for_what_was_retired_since_are_kept_as_a_proposal() -> None:
    gone = (*REFINING, retired("strategy:readers"))
    given(*gone).when(propose(passage="strategy:readers:then"), "patricia").then(
        proposed(person="patricia", passage="strategy:readers:then")
    )
    given(*gone).when(propose(under="strategy:readers"), "patricia").then(
        proposed(person="patricia", under="strategy:readers")
    )


def test_a_proposal_is_for_one_place_that_is_there() -> None:
    one = "Say which words you propose to change, or under what you propose something new: one of the two."
    unknown = "This part is not in the plan. What adds it may not have arrived yet."
    story = given(*DRAFT)
    story.when(propose(), "flor").then_refused(one)
    story.when(propose(passage="vision", under="strategy:readers"), "flor").then_refused(one)
    story.when(propose(passage="strategy:none:if"), "flor").then_refused(unknown)
    story.when(propose(passage="reflection:none"), "flor").then_refused(unknown)
    story.when(propose(under="priority:none"), "flor").then_refused(unknown)
    story.when(propose(under="action:shelves"), "flor").then_refused(
        "Something new goes under a priority or a strategy. Choose one of them."
    )
    given(*REFINING).when(propose(passage="refinement:q3:why"), "flor").then_refused(
        "The words of a refinement are written by the school's team. Propose changes to the plan."
    )
    given(*CLOSED).when(propose(passage="vision"), "flor").then_refused(IS_CLOSED)


def test_a_proposal_has_an_id_of_its_own() -> None:
    given(*DRAFT, OF_THE_VISION).when(propose(passage="vision"), "nadia").then_refused(
        "There is already a proposal with the id c1. Send yours under a new one."
    )


def test_a_reflection_can_be_proposed_to_be_put_otherwise() -> None:
    said = (*AT_THE_END, REFLECTED, proposed(passage="reflection:reading", replaces="f1"))
    accept = AcceptProposal(plan="p1", proposal="c1", made="f2", replaces="f1")
    given(*said).when(accept, "patricia").then(
        ACCEPTED, worded("reflection:reading", "f2", "Better words", replaces="f1", proposal="c1")
    )


# Accepting


@pytest.mark.parametrize("person", ["nadia", "elena", "flor", "daniel", "amara"])
def test_leaders_answer_proposals(person: str) -> None:
    for answer in (ACCEPT, DECLINE):
        given(*DRAFT, OF_THE_VISION).when(answer, person).then_not_allowed(LEADERS_ONLY)


def test_whoever_accepts_has_read_the_words_that_stand() -> None:
    since = (*DRAFT, OF_THE_VISION, worded("vision", "v2", "Others", replaces="v1"))
    given(*since).when(ACCEPT, "patricia").then_refused(STALE)
    knowing = AcceptProposal(plan="p1", proposal="c1", made="w1", replaces="v2")
    given(*since).when(knowing, "patricia").then(
        ACCEPTED, worded("vision", "w1", "Better words", replaces="v2", proposal="c1")
    )
    again = AcceptProposal(plan="p1", proposal="c1", made="v1", replaces="v2")
    given(*since).when(again, "patricia").then_refused(
        "There was already a wording with the id v1. Send yours under a new one."
    )


def test_what_is_accepted_follows_the_rules_of_what_it_becomes() -> None:
    given(*ADOPTED, OF_THE_VISION).when(ACCEPT, "patricia").then_refused(IN_A_REFINEMENT)
    of_strategy = proposed(passage="strategy:readers:if", replaces="readers")
    given(*REFINING, of_strategy, retired("strategy:readers")).when(
        AcceptProposal(plan="p1", proposal="c1", made="w1", replaces="readers"), "patricia"
    ).then_refused(IS_RETIRED)
    for under in ("priority:reading", "strategy:readers"):
        gone: tuple[Event, ...] = (*REFINING, proposed(under=under), retired("priority:reading"))
        given(*gone).when(
            AcceptProposal(plan="p1", proposal="c1", made="clubs", title="Clubs"), "patricia"
        ).then_refused(IS_RETIRED)
    given(*ADOPTED, proposed(under="priority:reading")).when(
        AcceptProposal(plan="p1", proposal="c1", made="clubs", title="Clubs"), "patricia"
    ).then_refused(IN_A_REFINEMENT)
    given(*ADOPTED, proposed(under="strategy:readers")).when(
        AcceptProposal(plan="p1", proposal="c1", made="shelves"), "patricia"
    ).then_refused("There is already a part action:shelves in this plan. Send it under a new id.")


def test_words_that_were_erased_are_not_accepted() -> None:
    erased = PlanWordsRedacted(plan="p1", about="proposal:c1", reason=Prose("It names a child"))
    story = given(*DRAFT, OF_THE_VISION, erased)
    story.when(ACCEPT, "patricia").then_refused(
        "The words of this proposal were erased. Decline it, and ask for a new one."
    )
    story.when(DECLINE, "patricia").then(DECLINED)


# Declining and taking back


def test_a_proposal_is_declined_with_a_reason_once() -> None:
    story = given(*ADOPTED, OF_THE_VISION).when(DECLINE, "tomas").then(DECLINED)
    for answer in (DECLINE, ACCEPT):
        story.when(answer, "patricia").then_refused(ANSWERED)
    given(*CLOSED[:-1], OF_THE_VISION, *CLOSED[-1:]).when(DECLINE, "patricia").then_refused(IS_CLOSED)


def test_its_author_takes_a_proposal_back() -> None:
    story = given(*ADOPTED, OF_THE_VISION)
    story.when(WITHDRAW, "patricia").then_not_allowed(
        "Only who proposed a change takes it back. A leader can decline it."
    )
    (
        story.when(WITHDRAW, "flor")
        .then(WITHDRAWN)
        .when(WITHDRAW, "flor")
        .then_nothing()
        .when(DECLINE, "patricia")
        .then_refused(ANSWERED)
    )
    given(*ADOPTED, OF_THE_VISION, DECLINED).when(WITHDRAW, "flor").then_refused(
        "This proposal has been answered, and stays on the record with its answer."
    )


def test_only_what_was_proposed_is_answered() -> None:
    for answer, person in ((ACCEPT, "patricia"), (DECLINE, "patricia"), (WITHDRAW, "flor")):
        given(*ADOPTED).when(answer, person).then_refused("There is no proposal with the id c1 in this plan.")
