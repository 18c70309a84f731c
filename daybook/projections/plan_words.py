"""The words of a plan's view: its passages as they are worded, and places whose words were erased."""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from daybook.events.core import Prose, Recorded, erased
from daybook.events.plan import PassageWorded, PlanWordsRedacted
from daybook.events.plan_tags import place_of
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    MyProposalShown,
    PriorityShown,
    ProposalShown,
    ReadingShown,
    RefinementShown,
    StrategyShown,
    SupportShown,
)
from daybook.projections.view import Entry, Patch, Shown, for_room, for_team, shown

WordsEvent = PassageWorded | PlanWordsRedacted


def project_words(view: Mapping[str, Entry], event: WordsEvent, recorded: Recorded) -> Patch:
    """Turn new words, or words that were erased, into the entries that they change."""
    match event:
        case PassageWorded():
            text = worded(event.passage, event.wording, event.text, recorded, proposed(view, event.proposal))
            return {f"text:{event.passage}": for_team(text) if _is_the_teams(view, event.passage) else for_room(text)}
        case PlanWordsRedacted():
            return _erased(view, event.about)
        case _:
            assert_never(event)


def proposed(view: Mapping[str, Entry], proposal: str | None) -> tuple[str, str] | None:
    """Return a proposal's id and whose it is, for words that came from one."""
    if proposal is None:
        return None
    return proposal, shown(view, f"proposal:{proposal}", ProposalShown).person


def worded(
    passage: str, wording: str, text: Prose, recorded: Recorded, from_: tuple[str, str] | None = None
) -> TextShown:
    """Show a passage as it has just been worded, with the proposal it came from and its author, if any."""
    return TextShown(
        passage=passage,
        wording=wording,
        text=text.text,
        by=recorded.actor,
        at=recorded.at,
        proposal=from_[0] if from_ else None,
        proposed_by=from_[1] if from_ else None,
    )


def _is_the_teams(view: Mapping[str, Entry], passage: str) -> bool:
    place = place_of(passage)
    return place.startswith("refinement:") and shown(view, place, RefinementShown).closed_at is None


def _erased(view: Mapping[str, Entry], place: str) -> Patch:
    patch: Patch = {}
    for key, entry in view.items():
        if _place_of(key, entry.value) == place:
            patch[key] = Entry(_without_words(entry.value), entry.audience)
    return patch


def _place_of(key: str, value: Shown) -> str:
    """Name the place whose redaction takes the words of an entry."""
    match value:
        case TextShown():
            return place_of(value.passage)
        case ReadingShown():
            return f"reading:{value.reading}"
        case MyProposalShown():
            return f"proposal:{value.proposal}"
        case _:
            return key


def _without_words(value: Shown) -> Shown:
    match value:
        case TextShown():
            return replace(value, text=None, wording=erased(value.wording))
        case PriorityShown() | StrategyShown() | MeasureShown():
            return replace(value, reason=None)
        case ActionShown() | ReadingShown():
            return replace(value, note=None, reason=None)
        case SupportShown():
            answered = erased(value.answered) if value.answered else None
            return replace(value, words=None, reason=None, answered=answered)
        case CheckInShown():
            return replace(value, note=None, barriers=None)
        case ProposalShown():
            return replace(value, text=None, why=None, reason=None)
        case MyProposalShown():
            return replace(value, text=None, why=None, reason=None)
        case _:
            return value
