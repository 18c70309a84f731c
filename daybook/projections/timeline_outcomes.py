"""The timeline's sentences about June Outcomes, and which of them are for those alone who work on them."""

from typing import assert_never

from daybook.events import outcomes
from daybook.events.core import Sentence, stored_name


def N_(message: str) -> str:
    """Mark a message for translation; it is looked up when the reader's language is known."""
    return message


TEAM_ONLY = frozenset(
    stored_name(kind)
    for kind in (
        outcomes.OutcomeProposed,
        outcomes.OutcomeWithdrawn,
        outcomes.OutcomeRestored,
        outcomes.OutcomeMoved,
        outcomes.OutcomeWorded,
        outcomes.OutcomeTranslated,
        outcomes.OutcomeAimed,
        outcomes.OutcomeAssigned,
        outcomes.OutcomeCommented,
        outcomes.OutcomeEndorsed,
        outcomes.EndorsementWithdrawn,
        outcomes.OutcomesSigned,
        outcomes.OutcomeWordsRedacted,
    )
)
"""What is done on a draft, and may be done on one: a line does not say which it was."""


def sentence(event: outcomes.OutcomesEvent) -> Sentence:
    """Tell one event of June Outcomes in one sentence, whose subject is its actor."""
    match event:
        case outcomes.OutcomesBegun(year=year):
            years = {"year": f"{year}–{(year + 1) % 100:02}"}
            return Sentence(N_("{actor} began the June Outcomes for {year}"), years)
        case outcomes.OutcomeProposed(carried_from=None):
            aim = {"codes": _codes(event), "target": str(event.target)}
            return Sentence(N_("{actor} proposed an outcome on {codes}: reach level {target}"), aim)
        case outcomes.OutcomeProposed():
            codes = {"codes": _codes(event)}
            return Sentence(N_("{actor} carried an outcome on {codes} over from the year before"), codes)
        case outcomes.OutcomeAimed():
            aim = {"codes": _codes(event), "target": str(event.target)}
            return Sentence(N_("{actor} set the aim of an outcome on {codes} to level {target}"), aim)
        case outcomes.OutcomeWorded() | outcomes.OutcomeTranslated() | outcomes.OutcomeAmended():
            return _of_words(event)
        case outcomes.OutcomeWithdrawn():
            return Sentence(N_("{actor} withdrew an outcome"))
        case outcomes.OutcomeRestored():
            return Sentence(N_("{actor} took a withdrawn outcome in again"))
        case outcomes.OutcomeMoved():
            return Sentence(N_("{actor} moved an outcome"))
        case outcomes.OutcomeAssigned(owner=None):
            return Sentence(N_("{actor} left an outcome without an owner"))
        case outcomes.OutcomeAssigned():
            assert event.owner is not None
            return Sentence(N_("{actor} made {person} the owner of an outcome"), {"person": event.owner})
        case outcomes.OutcomeCommented():
            return Sentence(N_("{actor} commented on an outcome"))
        case outcomes.OutcomeEndorsed():
            return Sentence(N_("{actor} endorsed an outcome"))
        case outcomes.EndorsementWithdrawn():
            return Sentence(N_("{actor} took back an endorsement of an outcome"))
        case outcomes.OutcomesSigned(side="school"):
            return Sentence(N_("{actor} signed the June Outcomes for the school"))
        case outcomes.OutcomesSigned():
            return Sentence(N_("{actor} signed the June Outcomes for the home office"))
        case outcomes.OutcomesAdopted():
            return Sentence(N_("{actor} adopted the June Outcomes"))
        case outcomes.OutcomeConcluded(result=result):
            return Sentence(N_("{actor} said what came of an outcome: {result}"), {"result": result})
        case outcomes.OutcomeWordsRedacted():
            if event.about.startswith("comment:"):
                return Sentence(N_("{actor} erased the words of a comment on an outcome"))
            return Sentence(N_("{actor} erased the words of an outcome"))
        case _:
            assert_never(event)


def _codes(event: outcomes.OutcomeProposed | outcomes.OutcomeAimed) -> str:
    return ", ".join(baseline.indicator for baseline in event.baselines)


def _of_words(event: outcomes.OutcomeWorded | outcomes.OutcomeTranslated | outcomes.OutcomeAmended) -> Sentence:
    text = {"passage": f"outcome-{event.passage.split(':')[1]}"}
    match event:
        case outcomes.OutcomeWorded():
            return Sentence(N_("{actor} reworded {passage} of an outcome"), text)
        case outcomes.OutcomeTranslated():
            return Sentence(N_("{actor} put {passage} of an outcome into Spanish"), text)
        case outcomes.OutcomeAmended():
            return Sentence(N_("{actor} amended {passage} of an outcome"), text)
        case _:
            assert_never(event)
