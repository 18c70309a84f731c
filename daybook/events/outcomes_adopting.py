"""Signing a draft of June Outcomes, and adopting it: what both sides must have done, and what each outcome needs."""

from daybook.events.core import Event, Refused
from daybook.events.outcomes import OutcomesAdopted, OutcomesSigned
from daybook.events.outcomes_commands import AdoptOutcomes, SignOutcomes
from daybook.events.outcomes_rights import both_sides, signers
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import Context


def sign(command: SignOutcomes, state: Outcomes, context: Context) -> list[Event]:
    """Decide a signature for one side, under the version of the draft that was read."""
    signers(command.side, state.school, context)
    if context.actor in state.signed.get(command.side, set()):
        return []
    if state.phase == "adopted":
        raise Refused("These outcomes are adopted already, so there is nothing to sign.")
    if any(context.actor in people for people in state.signed.values()):
        # Accountability runs both ways, so whoever speaks for both sides signs for one of them.
        raise Refused("You have signed for the other side. Somebody else signs for this one.")
    if not state.standing():
        raise Refused("There is nothing to sign yet. Propose an outcome first.")
    if command.version > state.version:
        raise Refused(
            "There is no version {version} of this draft. Read it as it stands, then sign.", version=command.version
        )
    if command.version < state.version:
        raise Refused("The draft changed while you were reading. Read it again, then sign.")
    return [OutcomesSigned(outcomes=command.outcomes, side=command.side, person=context.actor)]


def adopt(command: AdoptOutcomes, state: Outcomes, context: Context) -> list[Event]:
    """Decide that a draft is what both sides agreed on."""
    both_sides(state.school, context)
    if state.phase == "adopted":
        return []
    standing = state.standing()
    if len(standing) > state.most:
        raise Refused(
            "There are {count} outcomes, and at most {most} are adopted. Withdraw some first.",
            count=len(standing),
            most=state.most,
        )
    if len(standing) < state.least:
        raise Refused(
            "There are {count} outcomes, and at least {least} are adopted. Propose more first.",
            count=len(standing),
            least=state.least,
        )
    for place, outcome in enumerate(standing, start=1):
        this = state.outcomes[outcome]
        texts = this.texts
        if texts["statement"].text is None:
            raise Refused("What outcome {place} says will be true was erased. Write it again.", place=place)
        if texts["measure"].text is None:
            raise Refused("How we will know about outcome {place} was erased. Write it again.", place=place)
        if texts["school"].text is None:
            raise Refused("What the school commits to in outcome {place} was erased. Write it again.", place=place)
        if texts["home-office"].text is None:
            raise Refused("What the home office commits to in outcome {place} was erased. Write it again.", place=place)
        if this.owner is None:
            raise Refused("Nobody carries outcome {place} yet. Choose who does, then adopt.", place=place)
    if not state.signed:
        raise Refused("Neither the school nor the home office has signed the draft as it stands now.")
    if not state.signed.get("school"):
        raise Refused("The school has not signed the draft as it stands now. One of its leaders can.")
    if not state.signed.get("home-office"):
        raise Refused("The home office has not signed the draft as it stands now. One of its leaders can.")
    return [OutcomesAdopted(outcomes=command.outcomes)]
