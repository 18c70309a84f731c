"""The rules of refinements as stories: opening one, what it rests on, who agrees, and closing it."""

import pytest
from msgspec.structs import replace

from daybook.events.core import Event
from daybook.events.plan import ReadingWithdrawn
from daybook.events.plan_commands import (
    AgreeToRefinement,
    CiteEvidence,
    CloseRefinement,
    OpenRefinement,
    RemoveCitation,
    WithdrawAgreement,
)
from daybook.events.plan_talk import (
    AgreementWithdrawn,
    CitationRemoved,
    EvidenceCited,
    RefinementAgreed,
    RefinementOpened,
)
from daybook.events.plan_values import Citation
from daybook.events.review import EvidenceWithdrawn
from tests.plan_world import (
    ADOPTED,
    AUDITORS_READ,
    CHECKED_IN,
    CLOSED,
    DRAFT,
    ELSEWHERE,
    IS_CLOSED,
    LEADERS_ONLY,
    OPENED,
    READING,
    REFINED,
    REFINING,
    WORDS,
    worded,
)
from tests.review_world import CLOSED as REVIEW_CLOSED
from tests.review_world import OPENED as REVIEW_OPENED
from tests.review_world import agreed as consensus
from tests.review_world import noted, rated, revealed, scheduled
from tests.stories import given

OPEN = OpenRefinement(plan="p1", refinement="q3", quarter=3)
AGREE = AgreeToRefinement(plan="p1", refinement="q3")
DISAGREE = WithdrawAgreement(plan="p1", refinement="q3")
CLOSE = CloseRefinement(plan="p1", refinement="q3", version="After the third quarter")
IT_IS_CLOSED = "This refinement is closed and stays as it was. Open another one to go on."
UNKNOWN = "There is no refinement with the id q3 in this plan."
WORDED = (*REFINING, worded("refinement:q3:changed", "w1"), worded("refinement:q3:why", "w2"))
REVIEW = (scheduled(), REVIEW_OPENED, noted(), rated("ana", 2), revealed("ben", "chiyo"), consensus(2))


def agreed(person: str) -> RefinementAgreed:
    return RefinementAgreed(plan="p1", refinement="q3", person=person)


def cite(kind: str, item: str, review: str | None = None) -> CiteEvidence:
    return CiteEvidence(plan="p1", refinement="q3", citation=citation(kind, item, review))


def citation(kind: str, item: str, review: str | None = None) -> Citation:
    match kind:
        case "consensus" | "evidence" | "reading" | "check-in":
            return Citation(kind=kind, item=item, review=review)
        case _:
            raise AssertionError(kind)


def cited(kind: str, item: str, review: str | None = None) -> EvidenceCited:
    return EvidenceCited(plan="p1", refinement="q3", citation=citation(kind, item, review))


def test_a_refinement_is_opened_rests_on_something_is_agreed_to_and_closed() -> None:
    (
        given(*ADOPTED, READING)
        .when(OPEN, "patricia")
        .then(OPENED)
        .when(cite("reading", "r1"), "gil")
        .then(cited("reading", "r1"))
        .when(AGREE, "nadia")
        .then(agreed("nadia"))
    )
    given(*WORDED, agreed("nadia")).when(CLOSE, "patricia").then(REFINED).when(CLOSE, "patricia").then_refused(
        "This refinement is closed already. Look for the name that its version has."
    )


# Opening


def test_leaders_open_one_refinement_at_a_time() -> None:
    given(*ADOPTED).when(OPEN, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*REFINING).when(OpenRefinement(plan="p1", refinement="q4", quarter=4), "patricia").then_refused(
        "A refinement is open already. Work in that one, or close it first."
    )
    for again in (REFINING, (*REFINING, REFINED)):
        given(*again).when(OPEN, "patricia").then_refused(
            "There is already a refinement with the id q3. Choose another."
        )
    second = OpenRefinement(plan="p1", refinement="q3-b", quarter=3)
    given(*REFINING, REFINED).when(second, "patricia").then(RefinementOpened(plan="p1", refinement="q3-b", quarter=3))


def test_what_is_refined_was_adopted_and_is_not_closed() -> None:
    given(*DRAFT).when(OPEN, "patricia").then_refused(
        "This plan is still a draft and can be changed freely. Adopt it before refining it."
    )
    given(*CLOSED).when(OPEN, "patricia").then_refused(IS_CLOSED)


# What it rests on


def test_it_rests_on_readings_and_check_ins_of_the_plan() -> None:
    story = given(*REFINING, READING, CHECKED_IN)
    story.when(cite("reading", "r1"), "nadia").then(cited("reading", "r1"))
    story.when(cite("check-in", "k1"), "patricia").then(cited("check-in", "k1"))
    none = "There is no such reading or check-in in this plan. Choose one that is listed."
    story.when(cite("reading", "k1"), "nadia").then_refused(none)
    story.when(cite("check-in", "r1"), "nadia").then_refused(none)
    for kind, item in (("reading", "r1"), ("check-in", "k1")):
        story.when(cite(kind, item, "m1"), "nadia").then_refused(
            "Readings and check-ins are this plan's own. Leave the review out."
        )
    wrong = ReadingWithdrawn(plan="p1", measure="fluent", reading="r1", reason=WORDS)
    given(*REFINING, READING, wrong).when(cite("reading", "r1"), "nadia").then_refused(none)


def test_it_rests_on_what_a_closed_review_of_the_school_found() -> None:
    closed = (*REFINING, *REVIEW, REVIEW_CLOSED)
    given(*closed).when(cite("consensus", "CI.2", "m1"), "gil").then(cited("consensus", "CI.2", "m1"))
    given(*closed).when(cite("evidence", "e1", "m1"), "gil").then(cited("evidence", "e1", "m1"))
    for code in ("CI.1", "CI.9"):
        given(*closed).when(cite("consensus", code, "m1"), "gil").then_refused(
            f"That review reached no consensus on {code}. Choose another indicator."
        )
    no_evidence = "There is no such evidence in that review. Choose some that is listed."
    given(*closed).when(cite("evidence", "e9", "m1"), "gil").then_refused(no_evidence)
    withdrawn = (*REFINING, *REVIEW, EvidenceWithdrawn(review="m1", evidence="e1"), REVIEW_CLOSED)
    given(*withdrawn).when(cite("evidence", "e1", "m1"), "gil").then_refused(no_evidence)


@pytest.mark.parametrize("kind", ["consensus", "evidence"])
def test_it_does_not_rest_on_an_open_review_nor_on_another_schools(kind: str) -> None:
    given(*REFINING).when(cite(kind, "CI.2"), "gil").then_refused("Say of which review this is.")
    none = "This school has no review with the id m1."
    given(*REFINING).when(cite(kind, "CI.2", "m1"), "gil").then_refused(none)
    elsewhere = (*REFINING, replace(scheduled(), school="elm"), *REVIEW[1:], REVIEW_CLOSED)
    given(*elsewhere).when(cite(kind, "CI.2", "m1"), "gil").then_refused(none)
    given(*REFINING, *REVIEW).when(cite(kind, "CI.2", "m1"), "gil").then_refused(
        "That review is not closed yet. Cite from it once it is."
    )


def test_a_citation_is_made_once_and_can_be_taken_out() -> None:
    remove = RemoveCitation(plan="p1", refinement="q3", citation=citation("reading", "r1"))
    (
        given(*REFINING, READING, cited("reading", "r1"))
        .when(cite("reading", "r1"), "nadia")
        .then_nothing()
        .when(remove, "gil")
        .then(CitationRemoved(plan="p1", refinement="q3", citation=citation("reading", "r1")))
        .when(remove, "gil")
        .then_nothing()
    )


def test_the_schools_people_say_what_it_rests_on_while_it_is_open() -> None:
    remove = RemoveCitation(plan="p1", refinement="q3", citation=citation("reading", "r1"))
    for command in (cite("reading", "r1"), remove):
        for person in ("flor", "daniel", "amara"):
            given(*REFINING, READING).when(command, person).then_not_allowed(
                "Only the school's leaders and teams say what a refinement rests on. Ask one of them."
            )
        given(*REFINING, READING).when(command, "sam").then_not_allowed(ELSEWHERE)
        given(*REFINING, READING, REFINED).when(command, "gil").then_refused(IT_IS_CLOSED)
        given(*ADOPTED, READING).when(command, "gil").then_refused(UNKNOWN)


# Agreeing


@pytest.mark.parametrize("person", ["patricia", "tomas", "nadia", "gil", "elena", "daniel"])
def test_the_schools_people_and_the_home_office_agree(person: str) -> None:
    (
        given(*REFINING)
        .when(DISAGREE, person)
        .then_nothing()
        .when(AGREE, person)
        .then(agreed(person))
        .when(AGREE, person)  # again: the plan may have changed since
        .then(agreed(person))
        .when(DISAGREE, person)
        .then(AgreementWithdrawn(plan="p1", refinement="q3", person=person))
    )


def test_others_do_not_agree_and_nobody_does_afterwards() -> None:
    for command in (AGREE, DISAGREE):
        for person in ("flor", "amara"):
            given(*REFINING).when(command, person).then_not_allowed(
                "The school's leaders and teams and the home office agree to a refinement. Ask one of them."
            )
        given(*REFINING).when(command, "olivia").then_not_allowed(AUDITORS_READ)
        given(*REFINING, REFINED).when(command, "nadia").then_refused(IT_IS_CLOSED)
        given(*ADOPTED).when(command, "nadia").then_refused(UNKNOWN)


# Closing


def test_a_refinement_says_what_changed_and_why_and_somebody_agrees() -> None:
    changed, why = WORDED[-2:]
    given(*REFINING, why, agreed("nadia")).when(CLOSE, "patricia").then_refused(
        "The refinement does not say yet what changed. Put it into words before closing it."
    )
    given(*REFINING, changed, agreed("nadia")).when(CLOSE, "patricia").then_refused(
        "The refinement does not say yet why it was made. Put it into words before closing it."
    )
    nobody = "Nobody has agreed to this refinement yet. Ask those who carry the plan before closing it."
    given(*WORDED).when(CLOSE, "patricia").then_refused(nobody)
    given(*WORDED, agreed("nadia"), AgreementWithdrawn(plan="p1", refinement="q3", person="nadia")).when(
        CLOSE, "patricia"
    ).then_refused(nobody)


def test_leaders_close_a_refinement_that_is_there() -> None:
    given(*WORDED, agreed("nadia")).when(CLOSE, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*ADOPTED).when(CLOSE, "patricia").then_refused(UNKNOWN)
    given(*CLOSED).when(CLOSE, "patricia").then_refused(IS_CLOSED)


def test_after_it_the_next_one_begins_with_words_and_agreement_of_its_own() -> None:
    second: tuple[Event, ...] = (
        *WORDED,
        agreed("nadia"),
        REFINED,
        RefinementOpened(plan="p1", refinement="q4", quarter=4),
    )
    given(*second).when(CloseRefinement(plan="p1", refinement="q4", version="Summer"), "patricia").then_refused(
        "The refinement does not say yet what changed. Put it into words before closing it."
    )
