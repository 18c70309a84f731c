"""The view of a school's June Outcomes: one stream's entries, from which its page, live frames and paper are drawn.

What the entries are is in `outcomes_entries`. The fact a newcomer would get wrong: an amendment replaces its
text, as any wording does; what stood there before and why it went are an entry of their own, which stays.
"""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from daybook.events.core import Prose, Recorded, erased
from daybook.events.outcomes import (
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
    aim_after,
    conclusion_after,
)
from daybook.events.outcomes_state import SIGNED_FOR
from daybook.events.people import People, Role
from daybook.projections.outcomes_entries import (
    AmendmentShown,
    CommentShown,
    ConclusionShown,
    EndorsementShown,
    OutcomeOrderShown,
    OutcomeShown,
    OutcomesShown,
    SignatureShown,
)
from daybook.projections.passages import TextShown
from daybook.projections.view import Audiences, Entry, Patch, Shown, for_room, shown


def audiences(person: str, view: Mapping[str, Entry], people: People) -> Audiences:
    """Say to which audiences of June Outcomes a person belongs; empty when they are not open to them."""
    if "outcomes" not in view:
        return frozenset()
    school = shown(view, "outcomes", OutcomesShown).school
    return frozenset({"room"}) if is_asked(person, school, people) else frozenset()


def is_asked(person: str, school: str, people: People) -> bool:
    """Tell whether someone is asked for input on a school's June Outcomes, or audits it."""
    roles: tuple[Role, ...] = ("network-leader", "network-administrator", "auditor", "observer")
    return people.works_at(person, school) or any(people.holds(person, role, school) for role in roles)


def project(view: Mapping[str, Entry], recorded: Recorded) -> Patch:
    """Turn one event of June Outcomes into the entries that it changes."""
    event = recorded.event
    assert isinstance(event, OutcomesEvent)
    if isinstance(event, OutcomesBegun):
        return {"outcomes": for_room(_begun(event, recorded)), "order:outcomes": for_room(OutcomeOrderShown(()))}
    return _project(view, event, recorded) | _signed_for(view, event)


def _begun(event: OutcomesBegun, recorded: Recorded) -> OutcomesShown:
    return OutcomesShown(
        outcomes=event.outcomes,
        school=event.school,
        year=event.year,
        rubric=event.rubric,
        levels=event.levels,
        least=event.least,
        most=event.most,
        phase="draft",
        begun_at=recorded.at,
        seeded_from=event.seeded_from,
    )


def _signed_for(view: Mapping[str, Entry], event: OutcomesEvent) -> Patch:
    """What a change of a draft does to its signatures: they go, and the draft is another version."""
    page = shown(view, "outcomes", OutcomesShown)
    if page.phase != "draft" or not isinstance(event, SIGNED_FOR):
        return {}
    gone: Patch = {key: None for key in view if key.startswith("signature:")}
    return gone | {"outcomes": for_room(replace(page, version=page.version + 1))}


def _project(view: Mapping[str, Entry], event: OutcomesEvent, recorded: Recorded) -> Patch:
    match event:
        case OutcomesBegun():
            raise AssertionError("begun twice")
        case OutcomeProposed():
            return _proposed(view, event, recorded)
        case OutcomeWithdrawn():
            return _changed(view, event.outcome, withdrawn=True, reason=event.reason.text)
        case OutcomeRestored():
            return _changed(view, event.outcome, withdrawn=False, reason=None)
        case OutcomeMoved():
            return _moved(view, event)
        case OutcomeWorded() | OutcomeTranslated() | OutcomeAmended():
            return _worded(view, event, recorded)
        case OutcomeAimed():
            return _aimed(view, event, recorded)
        case OutcomeAssigned():
            return _changed(view, event.outcome, owner=event.owner, reason=None)
        case OutcomeCommented():
            comment = CommentShown(event.comment, event.outcome, event.person, event.text.text, recorded.at)
            return {f"comment:{event.comment}": for_room(comment)}
        case OutcomeEndorsed():
            endorsement = EndorsementShown(event.outcome, event.person, recorded.at)
            return {f"endorsement:{event.outcome}:{event.person}": for_room(endorsement)}
        case EndorsementWithdrawn():
            return {f"endorsement:{event.outcome}:{event.person}": None}
        case OutcomesSigned():
            signature = SignatureShown(event.side, event.person, recorded.at)
            return {f"signature:{event.side}:{event.person}": for_room(signature)}
        case OutcomesAdopted():
            page = shown(view, "outcomes", OutcomesShown)
            return {"outcomes": for_room(replace(page, phase="adopted", adopted_at=recorded.at))}
        case OutcomeConcluded():
            about = (event.outcome, event.result, event.evidence.text, recorded.actor, recorded.at)
            passage = f"{event.outcome}:conclusion:en"
            before = view.get(f"text:{passage}")
            wording = conclusion_after(before.value.wording if before and isinstance(before.value, TextShown) else None)
            words = TextShown(passage, wording, event.evidence.text, recorded.actor, recorded.at)
            conclusion = ConclusionShown(*about)
            return {f"conclusion:{event.outcome}": for_room(conclusion), f"text:{passage}": for_room(words)}
        case OutcomeWordsRedacted():
            return _erased(view, event.about)
        case _:
            assert_never(event)


def _changed(view: Mapping[str, Entry], outcome: str, **changes: bool | str | None) -> Patch:
    key = f"outcome:{outcome}"
    return {key: for_room(replace(shown(view, key, OutcomeShown), **changes))}


def _proposed(view: Mapping[str, Entry], event: OutcomeProposed, recorded: Recorded) -> Patch:
    outcome = OutcomeShown(
        outcome=event.outcome,
        person=event.person,
        baselines=event.baselines,
        target=event.target,
        owner=event.owner,
        carried_from=event.carried_from,
    )
    texts: dict[str, Prose] = {
        "statement": event.statement,
        "measure": event.measure,
        "school": event.school_commitment,
        "home-office": event.home_commitment,
    }
    order = shown(view, "order:outcomes", OutcomeOrderShown).outcomes
    patch: Patch = {
        f"outcome:{event.outcome}": for_room(outcome),
        "order:outcomes": for_room(OutcomeOrderShown((*order, event.outcome))),
    }
    for text, words in texts.items():
        passage = f"{event.outcome}:{text}:en"
        patch[f"text:{passage}"] = for_room(TextShown(passage, event.outcome, words.text, recorded.actor, recorded.at))
    return patch


def _moved(view: Mapping[str, Entry], event: OutcomeMoved) -> Patch:
    order = [
        outcome for outcome in shown(view, "order:outcomes", OutcomeOrderShown).outcomes if outcome != event.outcome
    ]
    order.insert(0 if event.after is None else order.index(event.after) + 1, event.outcome)
    return {"order:outcomes": for_room(OutcomeOrderShown(tuple(order)))}


def _worded(
    view: Mapping[str, Entry], event: OutcomeWorded | OutcomeTranslated | OutcomeAmended, recorded: Recorded
) -> Patch:
    key = f"text:{event.passage}"
    worded = TextShown(event.passage, event.wording, event.text.text, recorded.actor, recorded.at)
    match event:
        case OutcomeWorded():
            return {key: for_room(worded)}
        case OutcomeTranslated():
            return {key: for_room(replace(worded, of=event.of))}
        case OutcomeAmended():
            outcome, text, language = event.passage.split(":")
            before = shown(view, key, TextShown)
            amendment = AmendmentShown(
                outcome=outcome,
                text=text,
                reason=event.reason.text,
                by=recorded.actor,
                at=recorded.at,
                before=before.text,
                lang="es" if language == "es" else "en",
            )
            return {
                key: for_room(replace(worded, reason=event.reason.text, of=before.of)),
                f"amendment:{outcome}:{recorded.position}": for_room(amendment),
            }
        case _:
            assert_never(event)


def _aimed(view: Mapping[str, Entry], event: OutcomeAimed, recorded: Recorded) -> Patch:
    key = f"outcome:{event.outcome}"
    before = shown(view, key, OutcomeShown)
    reason = event.reason.text if event.reason else None
    aim = {"aim": aim_after(before.aim), "aimed_by": recorded.actor}
    aimed = replace(before, baselines=event.baselines, target=event.target, reason=reason, **aim)
    if shown(view, "outcomes", OutcomesShown).phase == "draft":
        return {key: for_room(aimed)}
    amended = AmendmentShown(event.outcome, "aim", reason, recorded.actor, recorded.at)
    amendment = replace(amended, baselines=before.baselines, target=before.target)
    return {
        key: for_room(aimed),
        f"amendment:{event.outcome}:{recorded.position}": for_room(amendment),
    }


def _erased(view: Mapping[str, Entry], about: str) -> Patch:
    """Blank whatever an outcome's words, or a comment, stand in."""
    kind, _, name = about.partition(":")
    if kind == "comment":
        return {about: for_room(replace(shown(view, about, CommentShown), text=None))}
    blank: dict[str, Shown] = {}
    for key, entry in view.items():
        match entry.value:
            case TextShown() as text if text.passage.partition(":")[0] == name:
                of = erased(text.of) if text.of else None
                blank[key] = replace(text, text=None, reason=None, wording=erased(text.wording), of=of)
            case OutcomeShown() as outcome if outcome.outcome == name:
                blank[key] = replace(outcome, reason=None)
            case AmendmentShown() as amendment if amendment.outcome == name:
                blank[key] = replace(amendment, before=None, reason=None)
            case ConclusionShown() as conclusion if conclusion.outcome == name:
                blank[key] = replace(conclusion, evidence=None)
            case _:
                continue
    return {key: for_room(value) for key, value in blank.items()}
