"""The moments that matter on the ruler of a replay, and what they are called."""

from daybook.events.core import stored_name
from daybook.projections.marks import mark
from daybook.server.templates import in_words
from tests.every_event import EVERY_EVENT

LABELS = {
    "review-opened": "The review opens",
    "ratings-revealed": "CI.2 is revealed",
    "consensus-reached": "Consensus on CI.2",
    "review-closed": "The review closes",
    "plan-begun": "The plan begins",
    "plan-adopted": "Adopted: As adopted",
    "check-in-held": "Check-in",
    "refinement-opened": "The refinement of quarter 1 opens",
    "refinement-closed": "Refined: After the first quarter",
    "plan-closed": "The plan closes",
    "outcomes-begun": "The June Outcomes begin",
    "outcomes-signed": "Signed for the home office",
    "outcomes-adopted": "The June Outcomes are adopted",
    "outcome-amended": "Amendment: the home office's commitment",
    "outcome-aimed": "The aim of an outcome changes",
    "outcome-concluded": "At the year’s end: carried forward",
}


def test_moments_that_matter_are_called_by_a_few_words_and_others_by_none() -> None:
    labels = {}
    for event in EVERY_EVENT:
        matters = mark(event)
        if matters is not None:
            labels[stored_name(type(event))] = in_words(matters.label, "en")
    assert labels == LABELS
