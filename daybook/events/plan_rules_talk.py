"""The rules of what is said about a plan: what others propose, and its refinements."""

from typing import assert_never

from daybook.events.core import Event, NotAllowed, Prose, Refused
from daybook.events.people import Context
from daybook.events.plan import ActionAdded, PassageWorded, StrategyAdded
from daybook.events.plan_commands import (
    AcceptProposal,
    AgreeToRefinement,
    CiteEvidence,
    CloseRefinement,
    DeclineProposal,
    OpenRefinement,
    ProposeChange,
    RemoveCitation,
    WithdrawAgreement,
    WithdrawProposal,
)
from daybook.events.plan_rules_parts import may_word, new_wording, room_for
from daybook.events.plan_rules_who import (
    kind_of,
    known,
    last_under,
    leaders_only,
    not_closed,
    of_home_office,
    open_refinement,
    readers_only,
    refinement_of,
    standing,
    text_may_change,
    works_there,
)
from daybook.events.plan_rules_year import new_version
from daybook.events.plan_state import Plan, Proposal
from daybook.events.plan_tags import place_of
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
from daybook.events.plan_values import Citation
from daybook.events.review_state import Review

# Proposals


def propose(command: ProposeChange, plan: Plan, context: Context) -> list[Event]:
    """Decide a proposal, which is for those who cannot make the change themselves as things stand."""
    readers_only(plan, context)
    not_closed(plan)
    if command.proposal in plan.proposals:
        raise Refused(
            "There is already a proposal with the id {proposal}. Send yours under a new one.",
            proposal=command.proposal,
        )
    if (command.passage is None) == (command.under is None):
        raise Refused("Say which words you propose to change, or under what you propose something new: one of the two.")
    _is_a_place(command, plan)
    if _could_do_it(command, plan, context):
        raise Refused("You may change this yourself. Do it in the plan, without a proposal.")
    return [
        ChangeProposed(
            plan=command.plan,
            proposal=command.proposal,
            person=context.actor,
            text=Prose(command.text),
            why=None if command.why is None else Prose(command.why),
            passage=command.passage,
            replaces=command.replaces,
            under=command.under,
        )
    ]


def _is_a_place(command: ProposeChange, plan: Plan) -> None:
    """Refuse a proposal for what is not there. What was retired since is, so that nobody's words are lost."""
    if command.under is not None:
        known(plan, command.under)
        if kind_of(command.under) not in ("priority", "strategy"):
            raise Refused("Something new goes under a priority or a strategy. Choose one of them.")
        return
    assert command.passage is not None
    match kind_of(command.passage):
        case "vision" | "family":
            return
        case "refinement":
            raise Refused("The words of a refinement are written by the school's team. Propose changes to the plan.")
        case "reflection":
            known(plan, f"priority:{command.passage.partition(':')[2]}")
        case _:
            known(plan, place_of(command.passage))


def _could_do_it(command: ProposeChange, plan: Plan, context: Context) -> bool:
    """Tell whether the actor may make the change now: proposing would only make more work."""
    try:
        if command.passage is not None:
            may_word(plan, command.passage, context)
        else:
            assert command.under is not None
            leaders_only(plan, context)
            standing(plan, command.under)
            if kind_of(command.under) == "priority":
                text_may_change(plan)
    except Refused:
        return False
    return True


def answer(command: AcceptProposal | DeclineProposal | WithdrawProposal, plan: Plan, context: Context) -> list[Event]:
    """Decide what becomes of a proposal."""
    if isinstance(command, WithdrawProposal):
        return _withdraw(command, plan, context)
    leaders_only(plan, context)
    not_closed(plan)
    proposal = _proposal(plan, command.proposal)
    if proposal.became is not None:
        raise Refused("This proposal has been answered already. See what became of it in the plan.")
    match command:
        case AcceptProposal():
            if proposal.said.text.text is None:
                raise Refused("The words of this proposal were erased. Decline it, and ask for a new one.")
            accepted = ProposalAccepted(plan=command.plan, proposal=command.proposal)
            return [accepted, _accepted_change(command, proposal.said, plan, context)]
        case DeclineProposal():
            return [ProposalDeclined(plan=command.plan, proposal=command.proposal, reason=Prose(command.reason))]
        case _:
            assert_never(command)


def _withdraw(command: WithdrawProposal, plan: Plan, context: Context) -> list[Event]:
    readers_only(plan, context)
    not_closed(plan)
    proposal = _proposal(plan, command.proposal)
    if proposal.person != context.actor:
        raise NotAllowed("Only who proposed a change takes it back. A leader can decline it.")
    if proposal.became == "withdrawn":
        return []
    if proposal.became is not None:
        raise Refused("This proposal has been answered, and stays on the record with its answer.")
    return [ProposalWithdrawn(plan=command.plan, proposal=command.proposal)]


def _proposal(plan: Plan, proposal: str) -> Proposal:
    if proposal not in plan.proposals:
        raise Refused("There is no proposal with the id {proposal} in this plan.", proposal=proposal)
    return plan.proposals[proposal]


def _accepted_change(command: AcceptProposal, said: ChangeProposed, plan: Plan, context: Context) -> Event:
    """Return the change that a proposal becomes, after the rules that its acceptor would meet without it."""
    if said.passage is not None:
        may_word(plan, said.passage, context)
        new_wording(plan, said.passage, command.made, command.replaces)
        return PassageWorded(
            plan=command.plan,
            passage=said.passage,
            wording=command.made,
            text=said.text,
            replaces=command.replaces,
            proposal=command.proposal,
        )
    assert said.under is not None
    kind, _, under = said.under.partition(":")
    after = last_under(plan, said.under)
    if kind == "strategy":
        room_for(plan, f"action:{command.made}", said.under, after)
        return ActionAdded(
            plan=command.plan,
            action=command.made,
            strategy=under,
            text=said.text,
            after=after,
            proposal=command.proposal,
        )
    room_for(plan, f"strategy:{command.made}", said.under, after)
    if command.title is None:
        raise Refused("A new strategy needs a title. Give it one when you accept the proposal.")
    return StrategyAdded(
        plan=command.plan,
        strategy=command.made,
        priority=under,
        title=Prose(command.title),
        if_=said.text,
        then=Prose("") if said.why is None else said.why,
        after=after,
        proposal=command.proposal,
    )


# Refinements


def open_(command: OpenRefinement, plan: Plan, context: Context) -> list[Event]:
    """Decide that the plan is opened for a quarter's refinement."""
    leaders_only(plan, context)
    not_closed(plan)
    if plan.phase == "draft":
        raise Refused("This plan is still a draft and can be changed freely. Adopt it before refining it.")
    if command.refinement in plan.refinements:
        raise Refused(
            "There is already a refinement with the id {refinement}. Choose another.", refinement=command.refinement
        )
    if plan.open_refinement() is not None:
        raise Refused("A refinement is open already. Work in that one, or close it first.")
    return [RefinementOpened(plan=command.plan, refinement=command.refinement, quarter=command.quarter)]


def cite(command: CiteEvidence | RemoveCitation, plan: Plan, context: Context) -> list[Event]:
    """Decide what a refinement rests on."""
    readers_only(plan, context)
    if not works_there(plan, context):
        raise NotAllowed("Only the school's leaders and teams say what a refinement rests on. Ask one of them.")
    refinement = open_refinement(plan, command.refinement)
    citation = command.citation
    if isinstance(command, RemoveCitation):
        removed = CitationRemoved(plan=command.plan, refinement=command.refinement, citation=citation)
        return [removed] if citation in refinement.citations else []
    if citation in refinement.citations:
        return []
    _check_citation(citation, plan, context)
    return [EvidenceCited(plan=command.plan, refinement=command.refinement, citation=citation)]


def _check_citation(citation: Citation, plan: Plan, context: Context) -> None:
    match citation.kind:
        case "consensus" | "evidence":
            _check_review(citation, plan, context)
            return
        case "reading":
            is_there = citation.item in plan.readings and citation.item not in plan.withdrawn_readings
        case "check-in":
            is_there = citation.item in plan.check_ins
        case _:
            assert_never(citation.kind)
    if citation.review is not None:
        raise Refused("Readings and check-ins are this plan's own. Leave the review out.")
    if not is_there:
        raise Refused("There is no such reading or check-in in this plan. Choose one that is listed.")


def _check_review(citation: Citation, plan: Plan, context: Context) -> None:
    """Refuse what is not of a closed review of the school: until then its notes are its team's own."""
    if citation.review is None:
        raise Refused("Say of which review this is.")
    review = context.others[f"review:{citation.review}"]
    assert isinstance(review, Review)
    if review.phase == "unknown" or review.school != plan.school:
        raise Refused("This school has no review with the id {review}.", review=citation.review)
    if review.phase != "closed":
        raise Refused("That review is not closed yet. Cite from it once it is.")
    if citation.kind == "consensus":
        if citation.item not in review.rounds or review.rounds[citation.item].consensus is None:
            raise Refused("That review reached no consensus on {code}. Choose another indicator.", code=citation.item)
    elif citation.item not in review.evidence or review.evidence[citation.item].withdrawn:
        raise Refused("There is no such evidence in that review. Choose some that is listed.")


def agree(command: AgreeToRefinement | WithdrawAgreement, plan: Plan, context: Context) -> list[Event]:
    """Decide whether someone agrees to a refinement. Whoever has may agree again, to what the plan has become since."""
    readers_only(plan, context)
    if not (works_there(plan, context) or of_home_office(plan, context)):
        raise NotAllowed("The school's leaders and teams and the home office agree to a refinement. Ask one of them.")
    refinement = open_refinement(plan, command.refinement)
    if isinstance(command, AgreeToRefinement):
        return [RefinementAgreed(plan=command.plan, refinement=command.refinement, person=context.actor)]
    withdrawn = AgreementWithdrawn(plan=command.plan, refinement=command.refinement, person=context.actor)
    return [withdrawn] if context.actor in refinement.agreed else []


def close_refinement(command: CloseRefinement, plan: Plan, context: Context) -> list[Event]:
    """Decide that a refinement ends, once it says what changed and why, and someone agreed."""
    leaders_only(plan, context)
    not_closed(plan)
    refinement = refinement_of(plan, command.refinement)
    if not refinement.is_open:
        raise Refused("This refinement is closed already. Look for the name that its version has.")
    place = f"refinement:{command.refinement}"
    if f"{place}:changed" not in plan.wordings:
        raise Refused("The refinement does not say yet what changed. Put it into words before closing it.")
    if f"{place}:why" not in plan.wordings:
        raise Refused("The refinement does not say yet why it was made. Put it into words before closing it.")
    if not refinement.agreed:
        raise Refused("Nobody has agreed to this refinement yet. Ask those who carry the plan before closing it.")
    new_version(plan, command.version)
    return [RefinementClosed(plan=command.plan, refinement=command.refinement, version=command.version)]
