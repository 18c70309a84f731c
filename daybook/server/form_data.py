"""What plain HTML forms send, as the data of a command."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict

from daybook.server.door import Malformed
from daybook.server.outcomes_forms import FORMS as OUTCOMES_FORMS
from daybook.server.plan_forms import FORMS as PLAN_FORMS
from daybook.server.templates import N_

NOT_OURS = N_("This form is not one of Daybook's, or came in part. Load the page again and send it from there.")
_LISTS = {"indicators", "evidence_cited", "focus"}
_NUMBERS = {"level", "target"}
_SETTING = {form.type for form in (*PLAN_FORMS.values(), *OUTCOMES_FORMS.values()) if form.sets}
"""The commands that set one value anew: their `replaces` is the value that stands, not an id."""
_AROUND = {"id", "type", "back", "form", "to", "citation", "standing", "read", "mine", "take"}


def command_data(form: FormMultiDict) -> dict[str, Any]:
    """Read a command's data from a form: repeated fields as lists, blank optional ones left out, levels as numbers."""
    data: dict[str, Any] = {}
    for name in dict.fromkeys(form):
        values = [str(value) for value in form.getall(name)]
        if name in _AROUND or name.startswith(("dissent_", "team_")):
            continue
        if name == "replaces" and str(form.get("type")) in _SETTING:
            data[name] = _value_read(values[-1])
        elif name in _LISTS:
            data["evidence" if name == "evidence_cited" else name] = [value for value in values if value]
        elif values[-1].strip():
            number = name in _NUMBERS or (name == "answer" and values[-1].isdecimal())
            # A browser sends line breaks as CR LF; the log keeps them as the writer typed them.
            data[name] = int(values[-1]) if number and values[-1].isdecimal() else values[-1].replace("\r\n", "\n")
    if "standing" in form and "indicators" in data:
        data["indicators"] = _standing(str(form["standing"]), data["indicators"])
    dissent = _dissent(form)
    return data | ({"dissent": dissent} if dissent else {}) | _place(form) | _citation(form)


def _value_read(said: str) -> Any:
    """Read the value that a form is to take the place of, which is JSON, since it may be nobody, or a pair."""
    try:
        return msgspec.json.decode(said)
    except msgspec.DecodeError as error:
        raise Malformed(NOT_OURS) from error


def _standing(standing: str, codes: list[str]) -> list[dict[str, str]]:
    """Name beside each chosen indicator the review that says where the school stands on it, as in `CI.2@maple-2026`."""
    reviews = dict(pair.split("@", 1) for pair in standing.split() if "@" in pair)
    return [{"indicator": code} | ({"review": reviews[code]} if code in reviews else {}) for code in codes]


def _place(form: FormMultiDict) -> dict[str, str]:
    """Read where a part goes from one field: `priority:p-1>strategy:s-2`, with nothing after the arrow for first."""
    under, _, after = str(form.get("to", "")).partition(">")
    return {name: value for name, value in (("under", under), ("after", after)) if value}


def _citation(form: FormMultiDict) -> dict[str, Any]:
    """Read what is cited from one field: `consensus:CI.2:maple-2026`."""
    said = str(form.get("citation", ""))
    if not said:
        return {}
    return {"citation": dict(zip(("kind", "item", "review"), said.split(":", 2), strict=False))}


def _dissent(form: FormMultiDict) -> list[dict[str, Any]]:
    texts, people = form.getall("dissent_text", []), form.getall("dissent_person", [])
    kept = []
    for place, text in enumerate(texts):
        if str(text).strip():
            person = str(people[place]) if place < len(people) else ""
            kept.append({"text": str(text).replace("\r\n", "\n"), "person": person or None})
    return kept


def id_of(form: Mapping[str, Any]) -> UUID:
    """Return the id that a form gives its command."""
    try:
        return UUID(str(form.get("id", "")))
    except ValueError as error:
        raise Malformed(NOT_OURS) from error
