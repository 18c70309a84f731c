"""What people say about a Call-to-Action plan: the changes that they propose, and the refinements that change it."""

from daybook.events.core import Event, Id, Name, PersonId, Prose
from daybook.events.plan_values import Citation, Part, Passage, Quarter

# What others propose


class ChangeProposed(Event, frozen=True, tag="change-proposed"):
    """Someone who may not edit it proposed a change: new words for a `passage`, or something new `under` a part.

    Under a priority that is a strategy, under a strategy an action step. `replaces` is the wording they had read.
    """

    plan: Id
    proposal: Id
    person: PersonId
    text: Prose
    why: Prose | None = None
    passage: Passage | None = None
    replaces: Id | None = None
    under: Part | None = None


class ProposalAccepted(Event, frozen=True, tag="proposal-accepted"):
    """A proposal became part of the plan; the change itself is the next event."""

    plan: Id
    proposal: Id


class ProposalDeclined(Event, frozen=True, tag="proposal-declined"):
    """A proposal did not become part of the plan, and why."""

    plan: Id
    proposal: Id
    reason: Prose


class ProposalWithdrawn(Event, frozen=True, tag="proposal-withdrawn"):
    """Who had proposed a change took it back."""

    plan: Id
    proposal: Id


# Its refinements


class RefinementOpened(Event, frozen=True, tag="refinement-opened"):
    """The plan was opened for a quarter's refinement."""

    plan: Id
    refinement: Id
    quarter: Quarter


class EvidenceCited(Event, frozen=True, tag="evidence-cited"):
    """A refinement named something that it rests on."""

    plan: Id
    refinement: Id
    citation: Citation


class CitationRemoved(Event, frozen=True, tag="citation-removed"):
    """A refinement no longer rests on it."""

    plan: Id
    refinement: Id
    citation: Citation


class RefinementAgreed(Event, frozen=True, tag="refinement-agreed"):
    """Someone agreed to a refinement."""

    plan: Id
    refinement: Id
    person: PersonId


class AgreementWithdrawn(Event, frozen=True, tag="agreement-withdrawn"):
    """Someone no longer agrees to a refinement."""

    plan: Id
    refinement: Id
    person: PersonId


class RefinementClosed(Event, frozen=True, tag="refinement-closed"):
    """A refinement ended; the plan as it stood then is frozen under this name."""

    plan: Id
    refinement: Id
    version: Name


Talk = (
    ChangeProposed
    | ProposalAccepted
    | ProposalDeclined
    | ProposalWithdrawn
    | RefinementOpened
    | EvidenceCited
    | CitationRemoved
    | RefinementAgreed
    | AgreementWithdrawn
    | RefinementClosed
)
