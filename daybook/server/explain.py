"""Say in a sentence what is wrong with something that was sent, from the parser's terse words.

The sentence is for whoever typed it: it names the field as people call it, and says what to do. The
fact a newcomer would get wrong: the parser tells kinds of text apart by their patterns alone, so the
sentence about an id, a code or a text is chosen by the pattern that did not match.
"""

import re

import msgspec

_PATH = re.compile(r" - at `(?:key in )?\$\.?(.*?)`$")
_TOO_LONG = re.compile(r"length <= ([0-9]+)")
_TOO_SHORT = re.compile(r"length >= ([0-9]+)")
_NUMBER = re.compile(r"`int` ([<>]=) (-?[0-9]+)")
_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_MISSING = re.compile(r"missing required field `(.*?)`")
_TYPES = re.compile(r"Expected `(.*?)`, got `(.*?)`")
_INDEX = re.compile(r"\[([0-9]+)\]")

_READABLE = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "array": "a list",
    "object": "a set of named fields",
    "null": "nothing",
    "bool": "true or false",
    "date": "a date such as 2026-03-14",
    "uuid": "written as 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10",
}
_CALLED = {
    "acts": "who acts",
    "after": "“after”",
    "answer": "the rating",
    "before": "“before”",
    "descriptors": "the descriptors",
    "en": "the English text",
    "es": "the Spanish text",
    "evidence": "the evidence",
    "focus": "the focus indicators",
    "ilt_rates": "whether the school's leaders rate",
    "indicators": "the indicators",
    "kind": "the kind of team",
    "levels": "the levels",
    "limit": "“limit”",
    "look_fors": "the look-fors",
    "setting": "where and when",
    "source": "the kind of source",
    "stance": "whether it supports or challenges",
}
"""What a field is called where its own name with “the” before it would not do."""


def explain(error: msgspec.ValidationError) -> str:
    """Turn a validation error into a sentence that names the field and says what would be accepted."""
    said = str(error)
    path = _PATH.search(said)
    return say(path[1] if path else "", said.removesuffix(path[0]) if path else said)


def say(path: str, said: str) -> str:
    """Turn the parser's words about the value at a path, such as `team[0].role`, into a sentence."""
    if match := _UNKNOWN.search(said):
        return f"There is no field “{_short(match[1])}” here. Take it out, or check its spelling."
    if match := _MISSING.search(said):
        field = _called(f"{path}.{match[1]}" if path else match[1])
        return f"{field} {_is(field)} missing. Fill it in and send it again."
    field = _called(path)
    if match := _TOO_LONG.search(said):
        if "`str`" in said:
            return (
                f"{field} {_is(field)} too long: at most {int(match[1]):,} characters. Shorten it, or split it in two."
            )
        return f"{field} are too many. Choose at most {int(match[1]):,}."
    if match := _TOO_SHORT.search(said):
        return f"{field} {_is(field)} missing. " + (
            "Fill it in." if "`str`" in said else f"Choose at least {match[1]}."
        )
    if match := _NUMBER.search(said):
        return f"{field} must be {'at most' if match[1] == '<=' else 'at least'} {int(match[2]):,}."
    if "matching regex" in said:
        return f"{field} {_written(said)}"
    if match := _TYPES.search(said):
        wanted = " or ".join(_READABLE.get(kind.strip(), kind.strip()) for kind in match[1].split("|"))
        return f"{field} must be {wanted}, not {_READABLE.get(match[2], match[2])}."
    for clue, sentence in _OTHERWISE.items():
        if clue in said:
            return f"{field} {sentence}"
    return f"{field} cannot be read. Check it and send it again."


_OTHERWISE = {
    "enum value": "is not one of those offered. Choose one of them.",
    "Invalid value": "is not one of those offered. Choose one of them.",
    "encoded date": "must be a day of the calendar, written as 2026-03-14.",
    "UUID": "must be written as 8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10.",
    "out of range": "is a number far too large.",
}


def _written(said: str) -> str:
    if "[A-Z]" in said:
        return "must be an indicator's code, such as CI.2."
    if "[a-z0-9]" in said:
        return "must be a short id of lower-case letters, digits and hyphens, such as maple-2026."
    return (
        "is blank, or has a hidden character in it: a control character, or a mark that turns the reading direction. "
        "Type it again without."
    )


def _called(path: str) -> str:
    """Name the value at a path as people would: `The role (no. 2 of the team)` for `team[1].role`."""
    if not path:
        return "What was sent"
    words, *outer = [_part(part) for part in reversed(path.split("."))]
    return words[0].upper() + words[1:] + "".join(f" ({place})" for place in outer if place.startswith("no. "))


def _part(part: str) -> str:
    name, index = _INDEX.sub("", part), _INDEX.search(part)
    words = "the name of a field" if name in ("", "...") else _CALLED.get(name, "the " + _short(name).replace("_", " "))
    return f"no. {int(index[1]) + 1} of {words}" if index else words


def _is(field: str) -> str:
    return "are" if field.startswith("The ") and field.endswith("s") else "is"


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}…"


def explain_json(error: msgspec.DecodeError | UnicodeDecodeError | RecursionError) -> str:
    """Say why something cannot be read as JSON at all."""
    if isinstance(error, RecursionError):
        return (
            "What was sent has lists inside lists without end. Send each command flat, as the API's description says."
        )
    if isinstance(error, UnicodeDecodeError):
        return "What was sent is not text in UTF-8. Send it as JSON in UTF-8."
    if "truncated" in str(error):
        return "What was sent ends before it is complete. Send it again."
    place = re.search(r"byte ([0-9]+)", str(error))
    return (
        f"What was sent is not JSON{f' at byte {int(place[1]):,}' if place else ''}. Mend it there and send it again."
    )
