"""The words by which people know what an event is about: a part of a plan, or one of the June Outcomes."""

from collections.abc import Mapping

from daybook.events import outcomes, plan_tags
from daybook.events.core import Event
from daybook.events.outcomes import OutcomesEvent
from daybook.events.plan import PlanEvent
from daybook.projections.compare import PartShown, words_of
from daybook.projections.outcomes_entries import OutcomeShown
from daybook.projections.passages import TextShown
from daybook.projections.view import Shown
from daybook.server.prose_text import plain
from daybook.server.templates import Language

_LONGEST = 80  # characters, of which a line of a log shows most


def words_about(view: Mapping[str, Shown], event: Event, lang: Language) -> str:
    """Say in a viewer's own view what an event is about, in one line; empty where that is the whole, or not there."""
    if isinstance(event, PlanEvent):
        tags = (tag.removeprefix("under:") for tag in plan_tags.about(event))
        part = next((tag for tag in tags if isinstance(view.get(tag), PartShown)), None)
        return _line(words_of(view, part)) if part else ""
    if isinstance(event, OutcomesEvent):
        outcome = next((tag for tag in outcomes.about(event) if isinstance(view.get(tag), OutcomeShown)), None)
        return _line(_statement(view, outcome, lang)) if outcome else ""
    return ""


def _statement(view: Mapping[str, Shown], outcome: str, lang: Language) -> str | None:
    texts = [view.get(f"text:{outcome.removeprefix('outcome:')}:statement:{language}") for language in (lang, "en")]
    return next((text.text for text in texts if isinstance(text, TextShown)), None)


def _line(text: str | None) -> str:
    first = plain(text or "").partition("\n")[0]
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1].rstrip()}…"
