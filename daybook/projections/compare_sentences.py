"""What differs between two moments of a plan, said in sentences.

Used beside each difference on screen and as the proposal of what a refinement changed. Values named
`person` and `people` hold ids; `date` an ISO day; `word` a stored word that is put as people say it.
"""

from daybook.events.core import Sentence
from daybook.projections.compare import Difference
from daybook.projections.timeline_plan import place


def N_(message: str) -> str:
    """Mark a message for translation; it is looked up when the reader's language is known."""
    return message


_ADDED = {
    "priority": N_("New priority: “{name}”"),
    "strategy": N_("New strategy: “{name}”"),
    "action": N_("New action step: “{name}”"),
    "measure": N_("New progress measure: “{name}”"),
    "support": N_("New request for support: “{name}”"),
}
_REWORDED = {
    "vision": N_("The vision was reworded"),
    "family:en": N_("The section for families in English was reworded"),
    "family:es": N_("The section for families in Spanish was reworded"),
    "refinement": N_("The words of the refinement of quarter {name} were reworded"),
    "reflection": N_("The reflection on “{name}” was reworded"),
}
_WORDED = {
    "vision": N_("The vision was written"),
    "family:en": N_("The section for families in English was written"),
    "family:es": N_("The section for families in Spanish was written"),
    "reflection": N_("“{name}” was reflected on"),
}
_IF = N_("The “if” of “{name}” was reworded")
_THEN = N_("The “then” of “{name}” was reworded")
_CHANGED = N_("The refinement of quarter {name} says what changed")
_WHY = N_("The refinement of quarter {name} says why")
_SET = {
    "due": N_("“{name}” is due on {date}"),
    "status": N_("“{name}”: {word}"),
    "note": N_("A new note on “{name}”: {text}"),
    "owner": N_("“{name}” is carried by {person}"),
    "funding": N_("“{name}” is funded with {amount} dollars"),
    "funding_source": N_("“{name}” is funded from: {text}"),
    "baseline": N_("“{name}” starts at {after} instead of {before}"),
    "target": N_("“{name}” aims at {after} instead of {before}"),
    "unit": N_("“{name}” is measured in {after} instead of {before}"),
    "answer": N_("The home office on “{name}”: {word}"),
    "words": N_("The home office’s words on “{name}”: {text}"),
    "phase": N_("The plan: {word}"),
    "version": N_("The refinement of quarter {name} was closed as “{text}”"),
    "agreed": N_("Agreed to the refinement of quarter {name}: {people}"),
    "citations": N_("The refinement of quarter {name} rests on: {text}"),
    "carries": N_("What becomes of “{name}”: {word}"),
    "withdrawn": N_("A reading of “{name}” was withdrawn: {after} on {date}"),
}
_ANSWERED = N_("The proposal of {person} for {place} was answered: {word}")
_TAKEN_BACK = N_("The proposal of {person} for {place} was taken back")
_NO_LONGER = {
    "due": N_("“{name}” has no due date any more"),
    "note": N_("“{name}” has no note any more"),
    "owner": N_("“{name}” has no owner any more"),
    "agreed": N_("Nobody agrees to the refinement of quarter {name} any more"),
    "citations": N_("The refinement of quarter {name} no longer rests on: {before}"),
}


def sentence(difference: Difference, name: str) -> Sentence:
    """Say one difference; `name` are the words by which people know the part that it is about."""
    values: dict[str, str | int | Sentence] = {"name": name}
    kind = difference.kind
    passage = difference.field if kind == "family" else kind
    match difference.what:
        case "added":
            return Sentence(_ADDED[kind], values)
        case "removed":
            return Sentence(N_("Not in the plan: “{name}”"), values)
        case "retired":
            return Sentence(N_("No longer pursued: “{name}”"), values)
        case "restored":
            return Sentence(N_("Taken up again: “{name}”"), values)
        case "moved":
            return Sentence(N_("“{name}” moved"), values)
        case "reordered":
            return Sentence(N_("“{name}” stands at another place"), values)
        case "reworded" if kind == "strategy" and difference.field.endswith((":if", ":then")):
            return Sentence(_IF if difference.field.endswith(":if") else _THEN, values)
        case "worded" if kind == "refinement":
            return Sentence(_WHY if difference.field.endswith(":why") else _CHANGED, values)
        case "worded":
            return Sentence(_WORDED.get(passage, N_("“{name}” was put into words")), values)
        case "reworded":
            return Sentence(_REWORDED.get(passage, N_("“{name}” was reworded")), values)
        case "set":
            return _set(difference, values)
        case "happened":
            return _happened(difference, values)


def _set(difference: Difference, values: dict[str, str | int | Sentence]) -> Sentence:
    after, field = difference.after, difference.field
    if field == "outcome":
        message = _TAKEN_BACK if after == "withdrawn" else _ANSWERED
        return Sentence(message, {**_of_proposal(difference, values), "word": after or "–"})
    if not after and field in _NO_LONGER:
        return Sentence(_NO_LONGER[field], {**values, "before": difference.before or "–"})
    said = after or "–"
    more: dict[str, str | int | Sentence] = {
        "before": difference.before or "–",
        "after": said,
        "text": said,
        "word": said,
        "person": said,
        "people": said.replace(",", ""),
    }
    if field == "due":
        more["date"] = said
    if field == "withdrawn":
        more["date"] = difference.before or "–"
    if field == "funding":
        more["amount"] = int(said) if said.isdecimal() else 0
    return Sentence(_SET[field], {**more, **values})


def _of_proposal(difference: Difference, values: dict[str, str | int | Sentence]) -> dict[str, str | int | Sentence]:
    """Return who made a proposal, and what it is for."""
    return {"person": difference.person or "–", "place": _place(difference.about or "", values)}


def _place(about: str, values: dict[str, str | int | Sentence]) -> Sentence:
    match about.split(":"):
        case ["vision"] | ["family", _]:
            return place(about)
        case ["under", "priority", _]:
            return Sentence(N_("a new strategy under “{name}”"), values)
        case ["under", *_]:
            return Sentence(N_("a new action step under “{name}”"), values)
        case ["strategy", _, "if"]:
            return Sentence(N_("the “if” of “{name}”"), values)
        case ["strategy", _, "then"]:
            return Sentence(N_("the “then” of “{name}”"), values)
        case _:
            return Sentence(N_("the words of “{name}”"), values)


def _happened(difference: Difference, values: dict[str, str | int | Sentence]) -> Sentence:
    match difference.kind:
        case "reading":
            withdrawn = difference.field == "withdrawn"
            message = N_("“{name}”: {after} on {date}, withdrawn") if withdrawn else N_("“{name}”: {after} on {date}")
            return Sentence(message, {**values, "after": difference.after or "", "date": difference.before or ""})
        case "check-in":
            message = N_("Check-in on “{name}”, {date}: {word}")
            return Sentence(message, {**values, "date": difference.before or "", "word": difference.field})
        case "proposal":
            message = N_("{person} made a proposal for {place}: “{text}” ({word})")
            more = {"text": difference.after or "–", "word": difference.field}
            return Sentence(message, {**_of_proposal(difference, values), **more})
        case "refinement":
            return Sentence(N_("The refinement of quarter {quarter} was opened"), {"quarter": difference.field})
        case "version":
            return Sentence(N_("Frozen as “{text}”"), {"text": difference.after or "–"})
        case _:
            message = N_("What becomes of “{name}”: {word}")
            return Sentence(message, {**values, "word": difference.field})
