"""Telling events in sentences to a reader: with people's names, and levels by the names that a rubric gives them."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from daybook.events.core import Recorded, Sentence
from daybook.events.review import ConsensusReached
from daybook.projections import timeline
from daybook.server.templates import Language, in_words, tell


class Telling(Struct, frozen=True):
    """What a reader knows by name: people, and the levels of each review's rubric, lowest first."""

    lang: Language
    people: Mapping[str, str]
    levels: Mapping[str, tuple[str, ...]]

    def sentence(self, recorded: Recorded) -> str:
        """Tell one event in the reader's language; an id that has no name here stays an id."""
        said = timeline.sentence(recorded.event)
        if isinstance(recorded.event, ConsensusReached) and (names := self.levels.get(recorded.event.review)):
            level = f"{recorded.event.level}, {names[recorded.event.level - 1]}"
            said = msgspec.structs.replace(said, values={**said.values, "level": level})
        return tell(said, recorded.actor, self.people, self.lang)

    def label(self, said: Sentence) -> str:
        """Say a sentence that has no actor."""
        return in_words(said, self.lang, self.people)
