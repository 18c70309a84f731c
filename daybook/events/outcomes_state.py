"""A school's June Outcomes as their rules see them, folded from their events."""

from typing import Literal, assert_never

from msgspec import Struct, field

from daybook.events.core import Prose, erased
from daybook.events.outcomes import (
    Baseline,
    EndorsementWithdrawn,
    OutcomeAimed,
    OutcomeAmended,
    OutcomeAssigned,
    OutcomeCommented,
    OutcomeConcluded,
    OutcomeEndorsed,
    OutcomeMoved,
    OutcomeProposed,
    OutcomeRestored,
    OutcomesAdopted,
    OutcomesBegun,
    OutcomesEvent,
    OutcomesSigned,
    OutcomeTranslated,
    OutcomeWithdrawn,
    OutcomeWorded,
    OutcomeWordsRedacted,
    Result,
    about,
    aim_after,
    conclusion_after,
)

Phase = Literal["unknown", "draft", "adopted"]


class OutcomeState(Struct):
    """An outcome: its aim, and its current texts, which the next year may begin with.

    `aim` is the id of the aim that stands, None for the one it was proposed with; `agreed` are the baselines that were
    adopted, and those that amendments took in since, by indicator.
    """

    person: str
    baselines: tuple[Baseline, ...]
    target: int
    texts: dict[str, Prose]
    aim: str | None = None
    agreed: dict[str, Baseline] = field(default_factory=dict)
    spanish: dict[str, Prose] = field(default_factory=dict)
    owner: str | None = None
    withdrawn: bool = False
    result: Result | None = None
    evidence: Prose | None = None
    endorsed: set[str] = field(default_factory=set)


class Outcomes(Struct):
    """June Outcomes as their rules see them. `wordings` has the current wording's id by passage.

    `translates` has the English wording that a Spanish passage is of; `said` has every wording there ever was, with its
    passage; `version` counts the changes of what is signed.
    """

    phase: Phase = "unknown"
    school: str = ""
    year: int = 0
    rubric: str = ""
    levels: int = 0
    indicators: frozenset[str] = frozenset()
    least: int = 0
    most: int = 0
    order: list[str] = field(default_factory=list)
    outcomes: dict[str, OutcomeState] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    translates: dict[str, str] = field(default_factory=dict)
    said: set[tuple[str, str]] = field(default_factory=set)
    version: int = 0
    comments: set[str] = field(default_factory=set)
    signed: dict[str, set[str]] = field(default_factory=dict)
    redacted: set[str] = field(default_factory=set)

    def standing(self) -> list[str]:
        """List the outcomes that are not withdrawn, in their order."""
        return [name for name in self.order if not self.outcomes[name].withdrawn]

    def up_to_date(self, passage: str) -> bool:
        """Tell whether the Spanish of a passage is of the English as it stands."""
        return passage in self.translates and self.translates[passage] == self.wordings[f"{passage[:-3]}:en"]


SIGNED_FOR = (OutcomeProposed, OutcomeWithdrawn, OutcomeRestored, OutcomeWorded, OutcomeAimed)
"""What takes the signatures of a draft back: it is no longer what was signed."""


def evolve(state: Outcomes, event: OutcomesEvent) -> Outcomes:
    """Fold one event into the state, in place: whoever folds owns it."""
    if isinstance(event, SIGNED_FOR) and state.phase == "draft":
        state.signed.clear()
        state.version += 1
    if not isinstance(event, OutcomeWordsRedacted):
        state.redacted.difference_update(about(event))
    match event:
        case OutcomesBegun():
            state.phase, state.school, state.year = "draft", event.school, event.year
            state.rubric, state.levels, state.indicators = event.rubric, event.levels, frozenset(event.indicators)
            state.least, state.most = event.least, event.most
        case OutcomeProposed():
            _propose(state, event)
        case OutcomeWithdrawn() | OutcomeRestored():
            state.outcomes[event.outcome].withdrawn = isinstance(event, OutcomeWithdrawn)
        case OutcomeMoved():
            state.order.remove(event.outcome)
            state.order.insert(0 if event.after is None else state.order.index(event.after) + 1, event.outcome)
        case OutcomeWorded() | OutcomeTranslated() | OutcomeAmended():
            _word(state, event)
        case OutcomeAimed():
            this = state.outcomes[event.outcome]
            this.baselines, this.target, this.aim = event.baselines, event.target, aim_after(this.aim)
            if state.phase == "adopted":
                _agree(this)
        case OutcomeAssigned():
            state.outcomes[event.outcome].owner = event.owner
        case OutcomeCommented():
            state.comments.add(event.comment)
        case OutcomeEndorsed():
            state.outcomes[event.outcome].endorsed.add(event.person)
        case EndorsementWithdrawn():
            state.outcomes[event.outcome].endorsed.discard(event.person)
        case OutcomesSigned():
            state.signed.setdefault(event.side, set()).add(event.person)
        case OutcomesAdopted():
            state.phase = "adopted"
            for this in state.outcomes.values():
                _agree(this)
        case OutcomeConcluded():
            this = state.outcomes[event.outcome]
            this.result, this.evidence = event.result, event.evidence
            passage = f"{event.outcome}:conclusion:en"
            state.wordings[passage] = conclusion_after(state.wordings.get(passage))
            state.said.add((passage, state.wordings[passage]))
        case OutcomeWordsRedacted():
            _erase(state, event.about)
        case _:
            assert_never(event)
    return state


def _agree(this: OutcomeState) -> None:
    """Remember what an indicator began from: to leave it out and take it in again makes no other beginning of it."""
    this.agreed = {baseline.indicator: baseline for baseline in this.baselines} | this.agreed


def _word(state: Outcomes, event: OutcomeWorded | OutcomeTranslated | OutcomeAmended) -> None:
    state.wordings[event.passage] = event.wording
    state.said.add((event.passage, event.wording))
    outcome, text, language = event.passage.split(":")
    this = state.outcomes[outcome]
    (this.texts if language == "en" else this.spanish)[text] = event.text
    if isinstance(event, OutcomeTranslated):
        state.translates[event.passage] = event.of


def _propose(state: Outcomes, event: OutcomeProposed) -> None:
    texts = {
        "statement": event.statement,
        "measure": event.measure,
        "school": event.school_commitment,
        "home-office": event.home_commitment,
    }
    state.outcomes[event.outcome] = OutcomeState(
        person=event.person, baselines=event.baselines, target=event.target, texts=texts, owner=event.owner
    )
    state.order.append(event.outcome)
    passages = [f"{event.outcome}:{text}:en" for text in texts]
    state.wordings |= dict.fromkeys(passages, event.outcome)
    state.said |= {(passage, event.outcome) for passage in passages}


def _erase(state: Outcomes, about: str) -> None:
    state.redacted.add(about)
    kind, _, name = about.partition(":")
    if kind == "outcome":
        this = state.outcomes[name]
        this.texts, this.spanish = {text: Prose(None) for text in this.texts}, {}
        this.evidence = Prose(None) if this.evidence else None
        for passage in [one for one in state.wordings if one.partition(":")[0] == name]:
            state.wordings[passage] = erased(state.wordings[passage])
            state.said.add((passage, state.wordings[passage]))
            if passage in state.translates:
                state.translates[passage] = erased(state.translates[passage])


def tags(event: OutcomesEvent, state: Outcomes) -> tuple[str, ...]:
    """The stream, then the school, then what the event is about."""
    school = event.school if isinstance(event, OutcomesBegun) else state.school
    return (f"outcomes:{event.outcomes}", f"school:{school}", *about(event))
