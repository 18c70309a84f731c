"""Telling events in sentences to a reader: with people's names, and levels by the names that a rubric gives them."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from daybook.events.core import Recorded, Sentence
from daybook.events.outcomes import OutcomeAimed, OutcomeProposed
from daybook.events.review import ConsensusReached
from daybook.projections import timeline
from daybook.server.templates import Language, in_words, tell


class Telling(Struct, frozen=True):
    """What a reader knows by name: people, and by stream the levels of its rubric, lowest first."""

    lang: Language
    people: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]

    def sentence(self, recorded: Recorded) -> str:
        """Tell one event in the reader's language; an id that has no name here stays an id."""
        said = timeline.sentence(recorded.event)
        match recorded.event:
            case ConsensusReached(level=level):
                said = self._named(said, recorded.stream, "level", level)
            case OutcomeProposed(target=level) | OutcomeAimed(target=level) if "target" in said.values:
                said = self._named(said, recorded.stream, "target", level)
            case _:
                pass
        return tell(said, recorded.actor, self.people, self.lang)

    def _named(self, said: Sentence, stream: str, place: str, level: int) -> Sentence:
        """Put a level with its name into its place in a sentence, where the stream's levels are known."""
        names = self.levels.get(stream)
        if not names:
            return said
        return msgspec.structs.replace(said, values={**said.values, place: f"{level}, {names[level - 1]}"})

    def label(self, said: Sentence) -> str:
        """Say a sentence that has no actor."""
        return in_words(said, self.lang, self.people)
