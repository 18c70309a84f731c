"""The moments of a stream that matter when one looks back: what stands on the ruler of a replay.

One function, for every kind of stream; an event that it does not name is an ordinary step.
"""

from typing import Literal

from msgspec import Struct

from daybook.events import outcomes, plan, plan_talk, review
from daybook.events.core import Event, Sentence

MarkKind = Literal[
    "begin",
    "end",
    "reveal",
    "agreement",
    "refinement",
    "version",
    "check-in",
    "review",
    "signature",
    "amendment",
    "conclusion",
]
"""What is drawn on the ruler. A `review` is no event of the stream whose ruler it is on; its page knows it."""


class Mark(Struct, frozen=True):
    """A moment that matters: what kind of moment, by which it is drawn, and what to call it in a few words."""

    kind: MarkKind
    label: Sentence


def N_(message: str) -> str:
    """Mark a message for translation; it is looked up when the reader's language is known."""
    return message


def mark(event: Event) -> Mark | None:
    """Say whether an event is a moment that matters. A label holds no prose and no answer that may be blind."""
    match event:
        case review.ReviewOpened():
            return Mark("begin", Sentence(N_("The review opens")))
        case review.RatingsRevealed(indicator=code):
            return Mark("reveal", Sentence(N_("{code} is revealed"), {"code": code}))
        case review.ConsensusReached(indicator=code):
            return Mark("agreement", Sentence(N_("Consensus on {code}"), {"code": code}))
        case review.ReviewClosed():
            return Mark("end", Sentence(N_("The review closes")))
        case plan.PlanBegun():
            return Mark("begin", Sentence(N_("The plan begins")))
        case plan.PlanAdopted(version=version):
            return Mark("version", Sentence(N_("Adopted: {version}"), {"version": version}))
        case plan.CheckInHeld():
            return Mark("check-in", Sentence(N_("Check-in")))
        case plan_talk.RefinementOpened(quarter=quarter):
            return Mark("refinement", Sentence(N_("The refinement of quarter {n} opens"), {"n": quarter}))
        case plan_talk.RefinementClosed(version=version):
            return Mark("version", Sentence(N_("Refined: {version}"), {"version": version}))
        case plan.PlanClosed():
            return Mark("end", Sentence(N_("The plan closes")))
        case outcomes.OutcomesBegun():
            return Mark("begin", Sentence(N_("The June Outcomes begin")))
        case outcomes.OutcomesSigned(side="school"):
            return Mark("signature", Sentence(N_("Signed for the school")))
        case outcomes.OutcomesSigned():
            return Mark("signature", Sentence(N_("Signed for the home office")))
        case outcomes.OutcomesAdopted():
            return Mark("version", Sentence(N_("The June Outcomes are adopted")))
        case outcomes.OutcomeAmended(passage=passage):
            return Mark(
                "amendment", Sentence(N_("Amendment: {passage}"), {"passage": f"outcome-{passage.split(':')[1]}"})
            )
        case outcomes.OutcomeAimed(reason=reason) if reason is not None:
            return Mark("amendment", Sentence(N_("The aim of an outcome changes")))
        case outcomes.OutcomeConcluded(result=result):
            return Mark("conclusion", Sentence(N_("At the year’s end: {result}"), {"result": result}))
        case _:
            return None
