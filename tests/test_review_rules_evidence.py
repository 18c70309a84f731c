"""Evidence of a review: whose it is, who may put it differently, and that what was withdrawn stays so."""

import pytest

from daybook.events.core import Prose
from daybook.events.review import EvidenceAdded, EvidenceRevised, EvidenceWithdrawn, MemberRemoved
from daybook.events.review_commands import AddEvidence, ReviewCommand, ReviseEvidence, WithdrawEvidence
from tests.review_world import CLOSED, OPEN, SCHEDULED, noted, rated, revealed
from tests.stories import given

NOT_ON_TEAM = "You are not on this review's team. Its facilitator can add you."
OBSERVERS_READ = "Observers read what is shared; evidence is noted by the review's team."
ONLY_ITS_AUTHOR = "Only its author changes evidence. Add your own beside it."
NO_SUCH = "There is no such evidence in this review."

WITHDRAW = WithdrawEvidence(review="m1", evidence="e1")
WITHDRAWN = EvidenceWithdrawn(review="m1", evidence="e1")


def add(*indicators: str, setting: str | None = None) -> AddEvidence:
    return AddEvidence(
        review="m1",
        evidence="e1",
        source="observation",
        stance="supports",
        indicators=indicators or ("CI.2",),
        text="Plans on the wall",
        setting=setting,
    )


def revise(*indicators: str) -> ReviseEvidence:
    return ReviseEvidence(
        review="m1",
        evidence="e1",
        source="interview",
        stance="challenges",
        indicators=indicators or ("CI.1",),
        text="Plans on one wall of five",
        setting="Grade 4",
    )


REVISED = EvidenceRevised(
    review="m1",
    evidence="e1",
    source="interview",
    stance="challenges",
    indicators=("CI.1",),
    text=Prose("Plans on one wall of five"),
    setting=Prose("Grade 4"),
)
ALL: tuple[ReviewCommand, ...] = (add(), revise(), WITHDRAW)


@pytest.mark.parametrize("actor", ["ana", "ruth"])
def test_the_team_notes_evidence(actor: str) -> None:
    given(*OPEN).when(add(setting="Grade 4, reading"), actor).then(
        EvidenceAdded(
            review="m1",
            evidence="e1",
            person=actor,
            source="observation",
            stance="supports",
            indicators=("CI.2",),
            text=Prose("Plans on the wall"),
            setting=Prose("Grade 4, reading"),
        )
    )


def test_evidence_needs_no_setting_and_counts_an_indicator_once() -> None:
    given(*OPEN).when(add("CI.2", "CI.1", "CI.2"), "ana").then(
        EvidenceAdded(
            review="m1",
            evidence="e1",
            person="ana",
            source="observation",
            stance="supports",
            indicators=("CI.2", "CI.1"),
            text=Prose("Plans on the wall"),
        )
    )


def test_an_author_puts_evidence_differently_and_withdraws_it() -> None:
    (
        given(*OPEN, noted())
        .when(revise(), "ana")
        .then(REVISED)
        .when(WITHDRAW, "ana")
        .then(WITHDRAWN)
        .when(WITHDRAW, "ana")
        .then_nothing()
    )


def test_two_items_do_not_share_an_id() -> None:
    given(*OPEN, noted(person="ben")).when(add(), "ana").then_refused(
        "There is already evidence with the id e1. Send it under a new one."
    )


def test_what_is_not_there_is_neither_reworded_nor_withdrawn() -> None:
    given(*OPEN).when(revise(), "ana").then_refused(NO_SUCH)
    given(*OPEN).when(WITHDRAW, "ana").then_refused(NO_SUCH)


@pytest.mark.parametrize("actor", ["ben", "ruth"])
def test_nobody_changes_what_another_noted(actor: str) -> None:
    given(*OPEN, noted()).when(revise(), actor).then_not_allowed(ONLY_ITS_AUTHOR)
    given(*OPEN, noted()).when(WITHDRAW, actor).then_not_allowed(ONLY_ITS_AUTHOR)


def test_withdrawn_evidence_stays_withdrawn() -> None:
    story = given(*OPEN, noted(), WITHDRAWN)
    story.when(revise(), "ana").then_refused("This evidence is withdrawn. Add it again as new evidence.")
    story.when(add(), "ana").then_refused("There is already evidence with the id e1. Send it under a new one.")


def test_evidence_is_on_focus_indicators() -> None:
    given(*OPEN).when(add("CI.2", "CI.3"), "ana").then_refused("CI.3 is not one of this review's focus indicators.")
    given(*OPEN, noted()).when(revise("CI.9"), "ana").then_refused("CI.9 is not one of this review's focus indicators.")


def test_evidence_is_noted_after_the_reveal_too() -> None:
    given(*OPEN, rated("ana", 3), revealed("ben", "chiyo")).when(add(), "ben").then(noted("e1", "ben"))


@pytest.mark.parametrize("command", ALL, ids=lambda command: type(command).__name__)
def test_observers_note_nothing(command: ReviewCommand) -> None:
    given(*OPEN, noted(person="flor")).when(command, "flor").then_not_allowed(OBSERVERS_READ)


@pytest.mark.parametrize("command", ALL, ids=lambda command: type(command).__name__)
def test_nobody_off_the_team_touches_evidence(command: ReviewCommand) -> None:
    given(*OPEN).when(command, "patricia").then_not_allowed(NOT_ON_TEAM)
    given(*OPEN, noted(), MemberRemoved(review="m1", person="ana")).when(command, "ana").then_not_allowed(NOT_ON_TEAM)


@pytest.mark.parametrize("command", ALL, ids=lambda command: type(command).__name__)
def test_no_evidence_is_taken_before_the_day_or_after_it(command: ReviewCommand) -> None:
    given(*SCHEDULED).when(command, "ana").then_refused(
        "This review is not open yet. Its facilitator opens it on the day."
    )
    given(*OPEN, CLOSED).when(command, "ana").then_refused("This review is closed and takes no evidence.")
