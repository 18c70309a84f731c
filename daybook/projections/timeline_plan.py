"""The timeline's sentences about plans, and which of them are for those alone who work on the plan.

Parts are told by their kind, since what they are called is prose, which can be erased.
"""

from collections.abc import Mapping
from typing import assert_never

from daybook.events import plan, plan_talk, plan_values
from daybook.events.core import Sentence, stored_name


def N_(message: str) -> str:
    """Mark a message for translation; it is looked up when the reader's language is known."""
    return message


TEAM_ONLY = frozenset(
    stored_name(kind)
    for kind in (
        plan.CheckInHeld,
        plan_talk.ChangeProposed,
        plan_talk.ProposalAccepted,
        plan_talk.ProposalDeclined,
        plan_talk.ProposalWithdrawn,
        plan_talk.EvidenceCited,
        plan_talk.CitationRemoved,
    )
)
"""What is said among those who work on a plan; what comes of it is told to everyone who may see it."""

_PLACES: Mapping[str, str] = {
    "vision": N_("the vision"),
    "family": N_("the family section"),
    "family:en": N_("the family section in English"),
    "family:es": N_("the family section in Spanish"),
    "priority": N_("a priority"),
    "strategy": N_("a strategy"),
    "strategy:title": N_("the title of a strategy"),
    "strategy:if": N_("the “if” of a strategy"),
    "strategy:then": N_("the “then” of a strategy"),
    "action": N_("an action step"),
    "measure": N_("a progress measure"),
    "support": N_("a request for support"),
    "reflection": N_("the reflection on a priority"),
    "reading": N_("a reading"),
    "check-in": N_("a check-in"),
    "proposal": N_("a proposal"),
    "refinement": N_("a refinement"),
    "refinement:changed": N_("what a refinement changed"),
    "refinement:why": N_("why a refinement was made"),
}
_NEEDS: Mapping[plan_values.SupportKind, str] = {
    "coaching": N_("coaching"),
    "professional-development": N_("professional development"),
    "operations": N_("operations"),
    "staffing": N_("staffing"),
    "budget": N_("budget"),
    "other": N_("something else"),
}
_STATUSES: Mapping[plan_values.ActionStatus | plan_values.StrategyStatus, str] = {
    "not-started": N_("not started"),
    "under-way": N_("under way"),
    "done": N_("done"),
    "stuck": N_("stuck"),
    "on-track": N_("on track"),
    "needs-attention": N_("needs attention"),
    "off-track": N_("off track"),
}
_ANSWERS: Mapping[plan_values.SupportAnswer, str] = {
    "agreed": N_("agreed"),
    "declined": N_("declined"),
    "delivered": N_("delivered"),
}
_CARRIES: Mapping[plan_values.Carries, str] = {
    "carries-forward": N_("it carries forward"),
    "finished": N_("it is finished"),
    "let-go": N_("it is let go"),
}


def place(name: str) -> Sentence:
    """Say in a few words what a part, a passage or a tag of a place is, such as the title of a strategy."""
    kind, _, rest = name.partition(":")
    text = rest if kind == "family" else rest.partition(":")[2]
    return Sentence(_PLACES[f"{kind}:{text}" if text else kind])


def sentence(event: plan.PlanEvent) -> Sentence:
    """Tell one event of a plan in one sentence, whose subject is its actor."""
    match event:
        case plan.PlanBegun(year=year):
            return Sentence(N_("{actor} began the plan for {year}"), {"year": f"{year}–{(year + 1) % 100:02}"})
        case plan.PassageWorded(passage=passage, proposal=str()):
            return Sentence(N_("{actor} put {place} into the words that were proposed"), {"place": place(passage)})
        case plan.PassageWorded(passage=passage, replaces=None):
            return Sentence(N_("{actor} put {place} into words"), {"place": place(passage)})
        case plan.PassageWorded(passage=passage):
            return Sentence(N_("{actor} put {place} into other words"), {"place": place(passage)})
        case plan.PlanAdopted(version=version):
            return Sentence(N_("{actor} adopted the plan; this version is called “{version}”"), {"version": version})
        case plan.PlanClosed():
            return Sentence(N_("{actor} closed the plan"), {})
        case plan.PlanWordsRedacted(about=about):
            return Sentence(N_("{actor} erased the words of {place}"), {"place": place(about)})
        case plan.PriorityAdded() | plan.StrategyAdded() | plan.ActionAdded() | plan.MeasureAdded():
            return _of_adding(event)
        case plan.SupportRequested(need=need):
            return Sentence(N_("{actor} asked the home office for support: {need}"), {"need": Sentence(_NEEDS[need])})
        case plan.PartMoved(part=part):
            return Sentence(N_("{actor} moved {place}"), {"place": place(part)})
        case plan.PartRetired(part=part):
            return Sentence(N_("{actor} retired {place}"), {"place": place(part)})
        case plan.PartRestored(part=part):
            return Sentence(N_("{actor} restored {place}"), {"place": place(part)})
        case plan.PartAssigned(part=part, owner=None):
            return Sentence(N_("{actor} left {place} without an owner"), {"place": place(part)})
        case plan.PartAssigned(part=part, owner=owner):
            assert owner is not None
            return Sentence(N_("{actor} made {person} the owner of {place}"), {"person": owner, "place": place(part)})
        case plan.StrategyFunded(amount=amount, source=source):
            return Sentence(
                N_("{actor} set money aside for a strategy: {amount} dollars from “{fund}”"),
                {"amount": amount, "fund": source},
            )
        case _:
            return _of_year(event)


def _of_adding(event: plan.PriorityAdded | plan.StrategyAdded | plan.ActionAdded | plan.MeasureAdded) -> Sentence:
    match event:
        case plan.PriorityAdded(indicators=codes, outcome=None):
            return Sentence(N_("{actor} added a priority ({codes})"), {"codes": ", ".join(codes)})
        case plan.PriorityAdded(indicators=codes):
            return Sentence(N_("{actor} added a priority from a June Outcome ({codes})"), {"codes": ", ".join(codes)})
        case plan.StrategyAdded(proposal=None):
            return Sentence(N_("{actor} added a strategy"), {})
        case plan.StrategyAdded():
            return Sentence(N_("{actor} added a strategy that was proposed"), {})
        case plan.ActionAdded(proposal=None):
            return Sentence(N_("{actor} added an action step"), {})
        case plan.ActionAdded():
            return Sentence(N_("{actor} added an action step that was proposed"), {})
        case plan.MeasureAdded():
            return Sentence(N_("{actor} added a progress measure"), {})
        case _:
            assert_never(event)


_Year = (
    plan.ActionScheduled
    | plan.ActionReported
    | plan.TargetSet
    | plan.ReadingTaken
    | plan.ReadingWithdrawn
    | plan.SupportAnswered
    | plan.CheckInHeld
    | plan.PriorityReflected
)
_Talk = (
    plan_talk.ChangeProposed
    | plan_talk.ProposalAccepted
    | plan_talk.ProposalDeclined
    | plan_talk.ProposalWithdrawn
    | plan_talk.RefinementOpened
    | plan_talk.EvidenceCited
    | plan_talk.CitationRemoved
    | plan_talk.RefinementAgreed
    | plan_talk.AgreementWithdrawn
    | plan_talk.RefinementClosed
)


def _of_year(event: _Year | _Talk) -> Sentence:
    match event:
        case plan.ActionScheduled(due=None):
            return Sentence(N_("{actor} took the due day off an action step"), {})
        case plan.ActionScheduled(due=due):
            assert due is not None
            return Sentence(N_("{actor} made an action step due on {date}"), {"date": due.isoformat()})
        case plan.ActionReported(status=status):
            return Sentence(N_("{actor} reported on an action step: {status}"), {"status": Sentence(_STATUSES[status])})
        case plan.TargetSet(baseline=baseline, target=target):
            return Sentence(
                N_("{actor} set the aim of a progress measure: from {baseline} to {target}"),
                {"baseline": f"{baseline:.10g}", "target": f"{target:.10g}"},
            )
        case plan.ReadingTaken(on=on, value=value):
            return Sentence(
                N_("{actor} recorded a reading of {value} on {date}"),
                {"value": f"{value:.10g}", "date": on.isoformat()},
            )
        case plan.ReadingWithdrawn():
            return Sentence(N_("{actor} withdrew a reading"), {})
        case plan.SupportAnswered(answer=answer):
            return Sentence(
                N_("{actor} answered a request for support: {answer}"), {"answer": Sentence(_ANSWERS[answer])}
            )
        case plan.CheckInHeld(status=status):
            return Sentence(
                N_("{actor} held a check-in on a strategy: {status}"), {"status": Sentence(_STATUSES[status])}
            )
        case plan.PriorityReflected(carries=carries):
            return Sentence(N_("{actor} reflected on a priority: {carries}"), {"carries": Sentence(_CARRIES[carries])})
        case _:
            return _of_talk(event)


def _of_talk(event: _Talk) -> Sentence:
    match event:
        case plan_talk.ChangeProposed(passage=str(passage)):
            return Sentence(N_("{actor} proposed other words for {place}"), {"place": place(passage)})
        case plan_talk.ChangeProposed(under=under):
            assert under is not None
            is_action = under.startswith("strategy:")
            return Sentence(
                N_("{actor} proposed an action step") if is_action else N_("{actor} proposed a strategy"), {}
            )
        case plan_talk.ProposalAccepted():
            return Sentence(N_("{actor} accepted a proposal"), {})
        case plan_talk.ProposalDeclined():
            return Sentence(N_("{actor} declined a proposal"), {})
        case plan_talk.ProposalWithdrawn():
            return Sentence(N_("{actor} took a proposal back"), {})
        case plan_talk.RefinementOpened(quarter=quarter):
            return Sentence(N_("{actor} opened a refinement for quarter {quarter}"), {"quarter": quarter})
        case plan_talk.EvidenceCited(citation=citation):
            return Sentence(N_("{actor} cited {cited} for a refinement"), {"cited": _cited(citation)})
        case plan_talk.CitationRemoved(citation=citation):
            return Sentence(N_("{actor} no longer cites {cited} for a refinement"), {"cited": _cited(citation)})
        case plan_talk.RefinementAgreed():
            return Sentence(N_("{actor} agreed to a refinement"), {})
        case plan_talk.AgreementWithdrawn():
            return Sentence(N_("{actor} no longer agrees to a refinement"), {})
        case plan_talk.RefinementClosed(version=version):
            return Sentence(N_("{actor} closed a refinement; this version is called “{version}”"), {"version": version})
        case _:
            assert_never(event)


def _cited(citation: plan_values.Citation) -> Sentence:
    match citation.kind:
        case "consensus":
            return Sentence(N_("the consensus on {code}"), {"code": citation.item})
        case "evidence":
            return Sentence(N_("an item of evidence"))
        case "reading":
            return Sentence(_PLACES["reading"])
        case "check-in":
            return Sentence(_PLACES["check-in"])
        case _:
            assert_never(citation.kind)
