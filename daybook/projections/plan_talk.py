"""What is said about a plan, in its view: proposals and what became of them, and quarterly refinements."""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from daybook.events.core import Recorded
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
from daybook.projections.plan_entries import (
    MyProposalShown,
    PlanShown,
    ProposalShown,
    RefinementShown,
    VersionShown,
)
from daybook.projections.view import Entry, Patch, for_room, for_team, shown

_Answer = ProposalAccepted | ProposalDeclined | ProposalWithdrawn
_Refining = (
    RefinementOpened | EvidenceCited | CitationRemoved | RefinementAgreed | AgreementWithdrawn | RefinementClosed
)
TalkEvent = ChangeProposed | _Answer | _Refining


def project_talk(view: Mapping[str, Entry], event: TalkEvent, recorded: Recorded) -> Patch:
    """Turn what was proposed, answered or agreed into the entries that it changes."""
    match event:
        case ChangeProposed():
            why = event.why.text if event.why else None
            return _proposal(
                ProposalShown(
                    proposal=event.proposal,
                    person=event.person,
                    text=event.text.text,
                    why=why,
                    passage=event.passage,
                    replaces=event.replaces,
                    under=event.under,
                    at=recorded.at,
                )
            )
        case ProposalAccepted():
            return _answered(view, event, recorded, "accepted")
        case ProposalDeclined():
            return _answered(view, event, recorded, "declined", event.reason.text)
        case ProposalWithdrawn():
            return _answered(view, event, recorded, "withdrawn")
        case _:
            return _refined(view, event, recorded)


def _answered(
    view: Mapping[str, Entry], event: _Answer, recorded: Recorded, outcome: str, reason: str | None = None
) -> Patch:
    proposal = shown(view, f"proposal:{event.proposal}", ProposalShown)
    return _proposal(
        replace(proposal, outcome=outcome, answered_by=recorded.actor, answered_at=recorded.at, reason=reason)
    )


def _proposal(proposal: ProposalShown) -> Patch:
    """Show a proposal to the team, and to its author, who may stand outside it."""
    mine = MyProposalShown(
        proposal=proposal.proposal,
        text=proposal.text,
        passage=proposal.passage,
        under=proposal.under,
        at=proposal.at,
        outcome=proposal.outcome,
        answered_by=proposal.answered_by,
        answered_at=proposal.answered_at,
        reason=proposal.reason,
        why=proposal.why,
    )
    return {
        f"proposal:{proposal.proposal}": for_team(proposal),
        f"mine:{proposal.proposal}": Entry(mine, f"person:{proposal.person}"),
    }


def _refined(view: Mapping[str, Entry], event: _Refining, recorded: Recorded) -> Patch:
    key = f"refinement:{event.refinement}"
    if isinstance(event, RefinementOpened):
        opened = RefinementShown(event.refinement, event.quarter, recorded.actor, recorded.at, recorded.position)
        plan = replace(shown(view, "plan", PlanShown), refining=event.refinement)
        return {key: for_room(opened), "plan": for_room(plan)}
    refinement = shown(view, key, RefinementShown)
    match event:
        case EvidenceCited():
            return {key: for_room(replace(refinement, citations=(*refinement.citations, event.citation)))}
        case CitationRemoved():
            kept = tuple(citation for citation in refinement.citations if citation != event.citation)
            return {key: for_room(replace(refinement, citations=kept))}
        case RefinementAgreed():
            others = _without(refinement, event.person)
            return {key: for_room(replace(others, agreed=(*others.agreed, event.person)))}
        case AgreementWithdrawn():
            return {key: for_room(_without(refinement, event.person))}
        case RefinementClosed():
            return _closed(view, event, recorded, refinement)
        case _:
            assert_never(event)


def _without(refinement: RefinementShown, person: str) -> RefinementShown:
    """Return a refinement to which someone has not agreed."""
    agreed, overtaken = (tuple(p for p in who if p != person) for who in (refinement.agreed, refinement.overtaken))
    return replace(refinement, agreed=agreed, overtaken=overtaken)


def overtake(view: Mapping[str, Entry], patch: Patch) -> Patch:
    """Add to what changed in the plan that those who had agreed to its open refinement agreed to something else."""
    refining = shown(view, "plan", PlanShown).refining
    if refining is None:
        return patch
    key = f"refinement:{refining}"
    entry = patch.get(key) or view[key]
    refinement = entry.value
    assert isinstance(refinement, RefinementShown)
    if refinement.overtaken == refinement.agreed:
        return patch
    return patch | {key: for_room(replace(refinement, overtaken=refinement.agreed))}


def _closed(
    view: Mapping[str, Entry], event: RefinementClosed, recorded: Recorded, refinement: RefinementShown
) -> Patch:
    closed = replace(refinement, closed_at=recorded.at, version=event.version, to_position=recorded.position)
    version = VersionShown(event.version, recorded.position, recorded.at, recorded.actor, event.refinement)
    patch: Patch = {
        f"refinement:{event.refinement}": for_room(closed),
        f"version:{recorded.position}": for_room(version),
        "plan": for_room(replace(shown(view, "plan", PlanShown), refining=None)),
    }
    for text in ("changed", "why"):
        key = f"text:refinement:{event.refinement}:{text}"
        if key in view:
            patch[key] = for_room(view[key].value)  # what the team agreed on is now everyone's to read
    return patch
