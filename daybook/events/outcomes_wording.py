"""Putting June Outcomes into words: a draft's English, Spanish that is missing or behind, and amendments.

Whoever words a passage names the wording they have read. If it was replaced meanwhile, they are told, and
nothing of either text is lost: the sender keeps theirs, and the view has the other.
"""

from daybook.events.core import Event, Prose, Refused, erased_meanwhile
from daybook.events.outcomes import OutcomeAmended, OutcomeTranslated, OutcomeWorded
from daybook.events.outcomes_commands import AmendOutcome, WordOutcome
from daybook.events.outcomes_rights import steering, writers
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import Context


def word(command: WordOutcome, state: Outcomes, context: Context) -> list[Event]:
    """Decide a wording of a draft's English, or a translation of it."""
    writers(state.school, context)
    outcome, text, language = _passage(command, state)
    if language == "es":
        return _translate(command, state, outcome, text)
    if state.phase == "adopted":
        raise Refused("These outcomes are adopted. Amend the text instead, and say why.")
    if command.of is not None:
        raise Refused("Only a translation names the wording that it translates. Leave it out.")
    if _already(command, state) or state.outcomes[outcome].texts[text] == Prose(command.text):
        return []
    _current(command, state)
    return [
        OutcomeWorded(
            outcomes=command.outcomes,
            passage=command.passage,
            wording=command.wording,
            text=Prose(command.text),
            replaces=command.replaces,
        )
    ]


def _translate(command: WordOutcome, state: Outcomes, outcome: str, text: str) -> list[Event]:
    """Decide a translation. It may be of an older English wording; screens then say that it is behind."""
    if command.of is None or (f"{outcome}:{text}:en", command.of) not in state.said:
        raise Refused("Say which English wording this translates.")
    if _already(command, state):
        return []
    if _says_what_was_adopted(command.passage, state):
        raise Refused("This Spanish says what was adopted. Amend it, and say why.")
    _current(command, state)
    return [
        OutcomeTranslated(
            outcomes=command.outcomes,
            passage=command.passage,
            wording=command.wording,
            text=Prose(command.text),
            of=command.of,
            replaces=command.replaces,
        )
    ]


def amend(command: AmendOutcome, state: Outcomes, context: Context) -> list[Event]:
    """Decide a change of adopted words, which needs a reason: of English, or of Spanish that is not behind it."""
    steering(state.school, context)
    outcome, text, language = _passage(command, state)
    if state.phase == "draft":
        raise Refused("These outcomes are still a draft. Change the text itself; it needs no amendment.")
    if _already(command, state):
        return []
    if language == "es" and not _says_what_was_adopted(command.passage, state):
        raise Refused("This Spanish is missing or behind the English. Translate it; that needs no amendment.")
    if language == "en" and state.outcomes[outcome].texts[text] == Prose(command.text):
        raise Refused("The text says this already, so there is nothing to give a reason for.")
    _current(command, state)
    return [
        OutcomeAmended(
            outcomes=command.outcomes,
            passage=command.passage,
            wording=command.wording,
            text=Prose(command.text),
            replaces=command.replaces,
            reason=Prose(command.reason),
        )
    ]


def _says_what_was_adopted(passage: str, state: Outcomes) -> bool:
    """Tell whether Spanish of adopted outcomes is of the English as it stands; what came of one is not adopted."""
    return state.phase == "adopted" and ":conclusion:" not in passage and state.up_to_date(passage)


def _passage(command: WordOutcome | AmendOutcome, state: Outcomes) -> tuple[str, str, str]:
    outcome, text, language = command.passage.split(":")
    if outcome not in state.outcomes:
        raise Refused("There is no outcome with the id {outcome} here.", outcome=outcome)
    if state.outcomes[outcome].withdrawn:
        raise Refused("This outcome was withdrawn. Keep your text, and ask for the outcome to be restored.")
    if (text, language) == ("conclusion", "en"):
        raise Refused("What came of an outcome is put into other words by concluding it again.")
    return outcome, text, language


def _already(command: WordOutcome | AmendOutcome, state: Outcomes) -> bool:
    """Tell whether this very wording is the one that stands."""
    return state.wordings.get(command.passage) == command.wording


def _current(command: WordOutcome | AmendOutcome, state: Outcomes) -> None:
    if state.wordings.get(command.passage) != command.replaces and _is_erased(command.passage, state):
        raise erased_meanwhile()
    if state.wordings.get(command.passage) != command.replaces:
        raise Refused("Someone else put this into words while you were writing. Compare their text with yours.")
    if (command.passage, command.wording) in state.said:
        raise Refused("There is already a wording with the id {wording}. Choose another.", wording=command.wording)


def _is_erased(passage: str, state: Outcomes) -> bool:
    return f"outcome:{passage.partition(':')[0]}" in state.redacted
