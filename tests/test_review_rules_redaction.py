"""Words that must not be kept are erased, and that they were erased is on the record."""

import pytest

from daybook.events.core import Prose
from daybook.events.review import ConsensusRedacted, EvidenceRedacted, EvidenceRevised
from daybook.events.review_commands import RedactConsensus, RedactEvidence, ReviseEvidence
from tests.review_world import CLOSED, OPEN, agreed, noted, rated, revealed
from tests.stories import given

WHY = "It names a child."
EVIDENCE = RedactEvidence(review="m1", evidence="e1", reason=WHY)
CONSENSUS = RedactConsensus(review="m1", indicator="CI.2", reason=WHY)
EVIDENCE_GONE = EvidenceRedacted(review="m1", evidence="e1", reason=Prose(WHY))
CONSENSUS_GONE = ConsensusRedacted(review="m1", indicator="CI.2", reason=Prose(WHY))
REVISED = EvidenceRevised(
    review="m1", evidence="e1", source="data", stance="supports", indicators=("CI.2",), text=Prose("Again")
)
AGREED = (*OPEN, rated("ana", 2), revealed("ben", "chiyo"), agreed(2))
NOT_YOURS = "Only the review's facilitator and the network's administrators erase words from the record."


@pytest.mark.parametrize("actor", ["ruth", "amara"])
def test_evidence_is_redacted_once(actor: str) -> None:
    given(*OPEN, noted()).when(EVIDENCE, actor).then(EVIDENCE_GONE).when(EVIDENCE, actor).then_nothing()


def test_a_new_wording_can_be_redacted_again() -> None:
    revise = ReviseEvidence(
        review="m1", evidence="e1", source="data", stance="supports", indicators=("CI.2",), text="Again"
    )
    (given(*OPEN, noted(), EVIDENCE_GONE).when(revise, "ana").then(REVISED).when(EVIDENCE, "ruth").then(EVIDENCE_GONE))


def test_a_consensus_is_redacted_once_for_each_time_it_is_reached() -> None:
    given(*AGREED).when(CONSENSUS, "ruth").then(CONSENSUS_GONE).when(CONSENSUS, "amara").then_nothing()
    given(*AGREED, CONSENSUS_GONE, agreed(3)).when(CONSENSUS, "ruth").then(CONSENSUS_GONE)


def test_a_closed_review_can_still_be_redacted() -> None:
    given(*AGREED, noted(), CLOSED).when(EVIDENCE, "amara").then(EVIDENCE_GONE)
    given(*AGREED, CLOSED).when(CONSENSUS, "amara").then(CONSENSUS_GONE)


@pytest.mark.parametrize("actor", ["ana", "patricia", "olivia", "daniel"])
def test_others_erase_nothing(actor: str) -> None:
    given(*AGREED, noted()).when(EVIDENCE, actor).then_not_allowed(NOT_YOURS)
    given(*AGREED, noted()).when(CONSENSUS, actor).then_not_allowed(NOT_YOURS)


def test_there_must_be_something_to_erase() -> None:
    given(*OPEN).when(EVIDENCE, "ruth").then_refused("There is no such evidence in this review.")
    given(*OPEN).when(CONSENSUS, "ruth").then_refused("There is no consensus on CI.2 to erase words from.")
