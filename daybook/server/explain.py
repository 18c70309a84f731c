"""Say in a sentence what is wrong with something that was sent, from the parser's terse words.

The sentence is for whoever typed it: it names the field as people call it, and says what to do. The
fact a newcomer would get wrong: the parser tells kinds of text apart by their patterns alone, so the
sentence about an id, a code or a text is chosen by the pattern that did not match. What a field is
called stands inside a sentence, so it is a sentence of its own: each language puts it where it belongs.
"""

import re

import msgspec

from daybook.events.core import Sentence
from daybook.server.templates import N_

_PATH = re.compile(r" - at `(?:key in )?\$\.?(.*?)`$")
_TOO_LONG = re.compile(r"length <= ([0-9]+)")
_TOO_SHORT = re.compile(r"length >= ([0-9]+)")
_NUMBER = re.compile(r"`int` ([<>]=) (-?[0-9]+)")
_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_MISSING = re.compile(r"missing required field `(.*?)`")
_TYPES = re.compile(r"Expected `(.*?)`, got `(.*?)`")
_INDEX = re.compile(r"\[([0-9]+)\]")

_READABLE = {
    "str": N_("text"),
    "int": N_("a whole number"),
    "float": N_("a number"),
    "array": N_("a list"),
    "object": N_("a set of named fields"),
    "null": N_("nothing"),
    "bool": N_("true or false"),
    "date": N_("a date such as 2026-03-14"),
    "uuid": N_("written as 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10"),
}
_CALLED = {
    "": N_("the name of a field"),
    "...": N_("the name of a field"),
    "about": N_("what is to be erased"),
    "action": N_("the action step"),
    "acts": N_("who acts"),
    "after": N_("“after”"),
    "amount": N_("the amount"),
    "answer": N_("the rating"),
    "at": N_("“at”"),
    "barriers": N_("the barriers"),
    "baseline": N_("the baseline"),
    "before": N_("“before”"),
    "carries": N_("whether it carries forward"),
    "check_in": N_("the check-in"),
    "check_in_days": N_("the days between check-ins"),
    "citation": N_("what is cited"),
    "code": N_("the code"),
    "comment": N_("the comment"),
    "data": N_("the data"),
    "date": N_("the date"),
    "descriptors": N_("the descriptors"),
    "dissent": N_("the dissent"),
    "due": N_("the day when it is due"),
    "en": N_("the English text"),
    "epoch": N_("the epoch"),
    "es": N_("the Spanish text"),
    "evidence": N_("the evidence"),
    "focus": N_("the focus indicators"),
    "grades": N_("the grades"),
    "home_commitment": N_("what the home office commits to"),
    "id": N_("the id"),
    "ids": N_("the ids"),
    "if_": N_("the “if”"),
    "ilt_rates": N_("whether the school's leaders rate"),
    "indicator": N_("the indicator"),
    "indicators": N_("the indicators"),
    "item": N_("what is cited"),
    "kind": N_("the kind of team"),
    "least_outcomes": N_("how many outcomes at least"),
    "level": N_("the level"),
    "levels": N_("the levels"),
    "limit": N_("“limit”"),
    "look_fors": N_("the look-fors"),
    "lower_is_better": N_("whether lower is better"),
    "made": N_("the id of what is made"),
    "measure": N_("the measure"),
    "most_outcomes": N_("how many outcomes at most"),
    "name": N_("the name"),
    "need": N_("the kind of support"),
    "note": N_("the note"),
    "of": N_("the wording that is translated"),
    "on": N_("the day"),
    "outcome": N_("the outcome"),
    "outcomes": N_("the June Outcomes"),
    "owner": N_("the owner"),
    "part": N_("the part"),
    "passage": N_("the passage"),
    "person": N_("the person"),
    "plan": N_("the plan"),
    "priority": N_("the priority"),
    "proposal": N_("the proposal"),
    "quarter": N_("the quarter"),
    "quarters": N_("the quarters"),
    "rationale": N_("the rationale"),
    "reading": N_("the reading"),
    "reason": N_("the reason"),
    "refinement": N_("the refinement"),
    "replaces": N_("the wording that was there"),
    "result": N_("what came of it"),
    "review": N_("the review"),
    "rewording": N_("when plans may be reworded"),
    "role": N_("the role"),
    "rubric": N_("the rubric"),
    "school": N_("the school"),
    "school_commitment": N_("what the school commits to"),
    "seed": N_("the year before"),
    "setting": N_("where and when"),
    "side": N_("the side"),
    "source": N_("the kind of source"),
    "stance": N_("whether it supports or challenges"),
    "statement": N_("the statement"),
    "status": N_("how it goes"),
    "strategy": N_("the strategy"),
    "stream": N_("the stream"),
    "support": N_("the request for support"),
    "system": N_("the system"),
    "target": N_("the target"),
    "team": N_("the team"),
    "text": N_("the text"),
    "then": N_("the “then”"),
    "title": N_("the title"),
    "type": N_("the type"),
    "under": N_("what it stands under"),
    "unit": N_("the unit"),
    "value": N_("the value"),
    "version": N_("the version"),
    "why": N_("why it is proposed"),
    "wording": N_("the wording"),
    "year": N_("the year"),
}
"""What people call a field, by its name; a test finds those of commands that are not here."""
_CALLED_IN = {("answer-support", "answer"): N_("the answer")}
"""What people call a field of one kind of command, where the same name is something else in another."""


def explain(error: msgspec.ValidationError, kind: str = "") -> Sentence:
    """Turn a validation error into a sentence that names the field, of this kind of command, and what is accepted."""
    said = str(error)
    path = _PATH.search(said)
    return say(path[1] if path else "", said.removesuffix(path[0]) if path else said, kind)


def say(path: str, said: str, kind: str = "") -> Sentence:
    """Turn the parser's words about the value at a path, such as `team[0].role`, into a sentence."""
    if match := _UNKNOWN.search(said):
        message = N_("There is no field “{name}” here. Take it out, or check its spelling.")
        return Sentence(message, {"name": _short(match[1])})
    if match := _MISSING.search(said):
        field = _called(f"{path}.{match[1]}" if path else match[1], kind)
        one = N_("{field} is missing. Fill it in and send it again.")
        many = N_("{field} are missing. Fill it in and send it again.")
        return Sentence(many if _is_plural(field) else one, {"field": field})
    field = _called(path, kind)
    message, values = _complaint(said, is_text="`str`" in said, is_plural=_is_plural(field))
    if field.message == _CALLED["year"] and "limit" in values:
        values["limit"] = str(values["limit"])  # a year is read as it is written, without a mark for thousands
    return Sentence(message, {"field": field, **values})


def _complaint(said: str, *, is_text: bool, is_plural: bool) -> tuple[str, dict[str, str | int | Sentence]]:
    """Choose the message about a value that is there, and what goes into it beside the field."""
    if match := _TOO_LONG.search(said):
        most: dict[str, str | int | Sentence] = {"most": int(match[1])}
        if not is_text:
            return N_("{field} are too many. Choose at most {most}."), most
        if is_plural:
            return N_("{field} are too long: at most {most} characters. Shorten it, or split it in two."), most
        return N_("{field} is too long: at most {most} characters. Shorten it, or split it in two."), most
    if match := _TOO_SHORT.search(said):
        if is_text:
            return N_("{field} is missing. Fill it in."), {}
        one, many = (
            N_("{field} is missing. Choose at least {least}."),
            N_("{field} are missing. Choose at least {least}."),
        )
        return many if is_plural else one, {"least": int(match[1])}
    if match := _NUMBER.search(said):
        above, below = N_("{field} must be at most {limit}."), N_("{field} must be at least {limit}.")
        return above if match[1] == "<=" else below, {"limit": int(match[2])}
    if "matching regex" in said:
        return _written(said), {}
    if match := _TYPES.search(said):
        wanted = _either([kind.strip() for kind in match[1].split("|")])
        return N_("{field} must be {wanted}, not {got}."), {"wanted": wanted, "got": _either([match[2]])}
    for clue, message in _OTHERWISE.items():
        if clue in said:
            return message, {}
    return N_("{field} cannot be read. Check it and send it again."), {}


_OTHERWISE = {
    "enum value": N_("{field} is not one of those offered. Choose one of them."),
    "Invalid value": N_("{field} is not one of those offered. Choose one of them."),
    "encoded date": N_("{field} must be a day of the calendar, written as 2026-03-14."),
    "UUID": N_("{field} must be written as 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10."),
    "out of range": N_("{field} is a number far too large."),
}


def _written(said: str) -> str:
    if "vision|" in said:
        return N_("{field} must name a place in the plan, such as vision or strategy:readers:then.")
    if "(priority|" in said:
        return N_("{field} must name a part of the plan, such as strategy:readers.")
    if "1[0-2]" in said:
        return N_("{field} must be a day of every year, written as 07-01.")
    if "[A-Z]" in said:
        return N_("{field} must be an indicator's code, such as CI.2.")
    if "[a-z0-9]" in said:
        return N_("{field} must be a short id of lower-case letters, digits and hyphens, such as maple-2026.")
    return N_(
        "{field} is blank, or has a hidden character in it: a control character, or a mark that turns the reading "
        "direction. Type it again without."
    )


def _either(kinds: list[str]) -> Sentence:
    first = Sentence(_READABLE.get(kinds[0], kinds[0]))
    return Sentence(N_("{one} or {other}"), {"one": first, "other": _either(kinds[1:])}) if kinds[1:] else first


def _called(path: str, kind: str) -> Sentence:
    """Name the value at a path as people would: `the role (no. 2 of the team)` for `team[1].role`."""
    if not path:
        return Sentence(N_("what was sent"))
    if (kind, path) in _CALLED_IN:
        return Sentence(_CALLED_IN[kind, path])
    called, *outer = [_part(part) for part in reversed(path.split("."))]
    for place in outer:
        if "n" in place.values:
            called = Sentence("{field} ({place})", {"field": called, "place": place})
    return called


def _part(part: str) -> Sentence:
    name, index = _INDEX.sub("", part), _INDEX.search(part)
    known = name in _CALLED
    words = Sentence(_CALLED[name]) if known else Sentence(N_("the {name}"), {"name": _short(name).replace("_", " ")})
    return Sentence(N_("no. {n} of {list}"), {"n": int(index[1]) + 1, "list": words}) if index else words


def _is_plural(field: Sentence) -> bool:
    return field.message.startswith("the ") and field.message.endswith("s")


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"


def explain_json(error: msgspec.DecodeError | UnicodeDecodeError | RecursionError) -> Sentence:
    """Say why something cannot be read as JSON at all."""
    if isinstance(error, RecursionError):
        return Sentence(
            N_(
                "What was sent has lists inside lists without end. Send each command flat, as the API's description "
                "says."
            )
        )
    if isinstance(error, UnicodeDecodeError):
        return Sentence(N_("What was sent is not text in UTF-8. Send it as JSON in UTF-8."))
    if "truncated" in str(error):
        return Sentence(N_("What was sent ends before it is complete. Send it again."))
    if place := re.search(r"byte ([0-9]+)", str(error)):
        message = N_("What was sent is not JSON at byte {byte}. Mend it there and send it again.")
        return Sentence(message, {"byte": int(place[1])})
    return Sentence(N_("What was sent is not JSON. Mend it there and send it again."))
