"""What an event of a plan is about: the tags by which boundaries, timelines and redactions find it."""

from typing import assert_never

from daybook.events.core import Event, Match
from daybook.events.plan import (
    ActionAdded,
    ActionReported,
    ActionScheduled,
    CheckInHeld,
    MeasureAdded,
    PartAssigned,
    PartMoved,
    PartRestored,
    PartRetired,
    PassageWorded,
    PlanAdopted,
    PlanBegun,
    PlanClosed,
    PlanEvent,
    PlanWordsRedacted,
    PriorityAdded,
    PriorityReflected,
    ReadingTaken,
    ReadingWithdrawn,
    StrategyAdded,
    StrategyFunded,
    SupportAnswered,
    SupportRequested,
    TargetSet,
)
from daybook.events.plan_talk import (
    AgreementWithdrawn,
    ChangeProposed,
    CitationRemoved,
    EvidenceCited,
    ProposalAccepted,
    ProposalDeclined,
    ProposalWithdrawn,
    RefinementAgreed,
    RefinementClosed,
    RefinementOpened,
)


def place_of(passage: str) -> str:
    """Return the tag of the place that a passage belongs to: `strategy:readers` for `strategy:readers:then`."""
    kind, _, rest = passage.partition(":")
    match kind:
        case "vision" | "family":
            return kind
        case "reflection":
            return passage
        case _:
            return f"{kind}:{rest.partition(':')[0]}"


def about(event: PlanEvent) -> tuple[str, ...]:
    """Name what an event is about, most telling first; these are its tags after the plan and the school."""
    match event:
        case PlanBegun() | PlanAdopted() | PlanClosed():
            return ()
        case PassageWorded():
            return tuple(dict.fromkeys((f"passage:{event.passage}", place_of(event.passage))))
        case PlanWordsRedacted():
            return (event.about,)
        case PriorityAdded():
            return (f"priority:{event.priority}", *(f"indicator:{code}" for code in event.indicators))
        case StrategyAdded():
            return (f"strategy:{event.strategy}", f"under:priority:{event.priority}")
        case ActionAdded():
            return (f"action:{event.action}", f"under:strategy:{event.strategy}")
        case MeasureAdded():
            return (f"measure:{event.measure}", f"under:strategy:{event.strategy}")
        case SupportRequested():
            return (f"support:{event.support}", f"under:strategy:{event.strategy}")
        case PartMoved():
            return (event.part, "under:plan" if event.under is None else f"under:{event.under}")
        case PartRetired() | PartRestored():
            return (event.part,)
        case PartAssigned():
            return (event.part, *((f"person:{event.owner}",) if event.owner else ()))
        case StrategyFunded():
            return (f"strategy:{event.strategy}",)
        case CheckInHeld():
            return (f"check-in:{event.check_in}", f"strategy:{event.strategy}")
        case ActionScheduled() | ActionReported():
            return (f"action:{event.action}",)
        case TargetSet():
            return (f"measure:{event.measure}",)
        case ReadingTaken() | ReadingWithdrawn():
            return (f"reading:{event.reading}", f"measure:{event.measure}")
        case SupportAnswered():
            return (f"support:{event.support}",)
        case PriorityReflected():
            passage = f"reflection:{event.priority}"
            return (f"passage:{passage}", passage, f"priority:{event.priority}")
        case ChangeProposed() | ProposalAccepted() | ProposalDeclined() | ProposalWithdrawn():
            return (f"proposal:{event.proposal}",)
        case RefinementOpened() | EvidenceCited() | CitationRemoved() | RefinementClosed():
            return (f"refinement:{event.refinement}",)
        case RefinementAgreed() | AgreementWithdrawn():
            return (f"refinement:{event.refinement}", f"person:{event.person}")
        case _:
            assert_never(event)


_WORDED = {
    "priority": ("priority-added", "passage-worded", "part-retired"),
    "strategy": ("strategy-added", "passage-worded", "part-retired"),
    "action": ("action-added", "passage-worded", "action-reported", "part-retired"),
    "measure": ("measure-added", "passage-worded", "part-retired"),
    "support": ("support-requested", "passage-worded", "support-answered", "part-retired"),
    "reflection": ("priority-reflected", "passage-worded"),
    "reading": ("reading-taken", "reading-withdrawn"),
    "check-in": ("check-in-held",),
    "proposal": ("change-proposed", "proposal-declined"),
    "refinement": ("passage-worded",),
    "vision": ("passage-worded",),
    "family": ("passage-worded",),
}
REDACTABLE = frozenset(_WORDED)
"""The kinds of places whose words can be erased."""


def redacts(event: Event) -> Match | None:
    """Name the earlier events of the stream whose words an event erases; None for one that erases nothing."""
    if not isinstance(event, PlanWordsRedacted):
        return None
    return Match(_WORDED[event.about.partition(":")[0]], (event.about,))
