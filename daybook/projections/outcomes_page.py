"""June Outcomes as one page in one language says them: which wording of each text, and what must be said of it.

The fact a newcomer would get wrong: the English is what was agreed, and the Spanish a translation of one of
its wordings. Where there is no Spanish the English stands in; where the English was worded again since, the
Spanish stands, and the page says that it is older.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeVar

from msgspec import Struct

from daybook.projections.outcomes_entries import (
    AmendmentShown,
    ConclusionShown,
    OutcomeOrderShown,
    OutcomeShown,
    OutcomesShown,
    SignatureShown,
)
from daybook.projections.passages import TextShown
from daybook.projections.view import Shown

Lang = Literal["en", "es"]
S = TypeVar("S", bound=Shown)


class Said(Struct, frozen=True):
    """A text of an outcome: None once erased. `older` is a translation of a wording that was replaced since."""

    text: str | None
    lang: Lang
    older: bool = False
    stands_in: bool = False


class PageOutcome(Struct, frozen=True):
    """An outcome as the page shows it, numbered from 1; `amended_at` is when that was last changed which was signed."""

    number: int
    shown: OutcomeShown
    statement: Said
    measure: Said
    school: Said
    home_office: Said
    conclusion: ConclusionShown | None
    concluded: Said | None
    amended_at: datetime | None

    def texts(self) -> tuple[Said, ...]:
        """All its texts."""
        texts = (self.statement, self.measure, self.school, self.home_office)
        return (*texts, self.concluded) if self.concluded else texts


class OutcomesPage(Struct, frozen=True):
    """The page: its outcomes in order without those that were withdrawn, and who signed, in the order of time."""

    lang: Lang
    shown: OutcomesShown
    outcomes: tuple[PageOutcome, ...]
    signatures: tuple[SignatureShown, ...]

    def older(self) -> int:
        """Count the translations that are older than what they translate."""
        return sum(text.older for outcome in self.outcomes for text in outcome.texts())

    def standing_in(self) -> int:
        """Count the English texts that stand in for a translation."""
        return sum(text.stands_in for outcome in self.outcomes for text in outcome.texts())

    def people(self) -> set[str]:
        """The ids of everyone whom the page mentions."""
        owners = {outcome.shown.owner for outcome in self.outcomes if outcome.shown.owner}
        return owners | {signature.person for signature in self.signatures}


def outcomes_page(view: Mapping[str, Shown], lang: Lang) -> OutcomesPage:
    """Read the view of June Outcomes, as someone may see it, as a page. The view has the entry `outcomes`."""
    shown, order = _find(view, "outcomes", OutcomesShown), _find(view, "order:outcomes", OutcomeOrderShown)
    assert shown is not None
    all_of_them = [_find(view, f"outcome:{name}", OutcomeShown) for name in (order.outcomes if order else ())]
    standing = [outcome for outcome in all_of_them if outcome is not None and not outcome.withdrawn]
    signatures = [signature for signature in view.values() if isinstance(signature, SignatureShown)]
    return OutcomesPage(
        lang=lang,
        shown=shown,
        outcomes=tuple(_outcome(view, lang, number, outcome) for number, outcome in enumerate(standing, 1)),
        signatures=tuple(sorted(signatures, key=lambda signature: (signature.side, signature.at, signature.person))),
    )


def _outcome(view: Mapping[str, Shown], lang: Lang, number: int, outcome: OutcomeShown) -> PageOutcome:
    name = outcome.outcome
    amendments = [entry for entry in view.values() if isinstance(entry, AmendmentShown)]
    return PageOutcome(
        number=number,
        shown=outcome,
        statement=_said(view, lang, f"{name}:statement"),
        measure=_said(view, lang, f"{name}:measure"),
        school=_said(view, lang, f"{name}:school"),
        home_office=_said(view, lang, f"{name}:home-office"),
        conclusion=_find(view, f"conclusion:{name}", ConclusionShown),
        concluded=_said(view, lang, f"{name}:conclusion") if f"conclusion:{name}" in view else None,
        amended_at=max((one.at for one in amendments if one.outcome == name), default=None),
    )


def _said(view: Mapping[str, Shown], lang: Lang, text: str) -> Said:
    english = _find(view, f"text:{text}:en", TextShown)
    translated = _find(view, f"text:{text}:{lang}", TextShown)
    if translated is None:
        return Said(english.text if english else None, "en", stands_in=lang != "en" and english is not None)
    older = lang != "en" and english is not None and translated.of != english.wording
    return Said(translated.text, lang, older=older)


def _find(view: Mapping[str, Shown], key: str, kind: type[S]) -> S | None:
    found = view.get(key)
    return found if isinstance(found, kind) else None
