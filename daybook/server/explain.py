"""Say in a sentence what is wrong with something that was sent, from the parser's terse words."""

import re

import msgspec

_PATH = re.compile(r" - at `\$\.?(.*?)`$")
_TOO_LONG = re.compile(r"length <= ([0-9]+)")
_TOO_SHORT = re.compile(r"length >= ([0-9]+)")
_NUMBER = re.compile(r"`int` ([<>]=) ([0-9]+)")
_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_MISSING = re.compile(r"missing required field `(.*?)`")
_TYPES = re.compile(r"Expected `(.*?)`, got `(.*?)`")

_READABLE = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "array": "a list",
    "object": "an object",
    "null": "nothing",
    "bool": "true or false",
    "date": "a date such as 2026-03-14",
    "uuid": "a UUID",
}


def explain(error: msgspec.ValidationError) -> str:
    """Turn a validation error into a sentence that names the field and says what would be accepted."""
    said = str(error)
    path = _PATH.search(said)
    field = path[1] if path and path[1] else "This"
    if match := _UNKNOWN.search(said):
        return f"There is no field “{match[1]}” here. Take it out, or check its spelling."
    if match := _MISSING.search(said):
        return f"The field “{match[1]}” is missing."
    if match := _TOO_LONG.search(said):
        what = "characters" if "`str`" in said else "entries"
        return f"{field} is too long: at most {int(match[1]):,} {what}."
    if match := _TOO_SHORT.search(said):
        return f"{field} is empty or too short: at least {match[1]}."
    if match := _NUMBER.search(said):
        return f"{field} must be {'at most' if match[1] == '<=' else 'at least'} {match[2]}."
    if "matching regex" in said:
        return (
            f"{field} is blank or has characters that cannot be used here. Ids take lower-case letters, digits and "
            "hyphens; names and texts take no control characters and no marks that change the reading direction."
        )
    if match := _TYPES.search(said):
        wanted = " or ".join(_READABLE.get(kind.strip(), kind.strip()) for kind in match[1].split("|"))
        return f"{field} must be {wanted}, not {_READABLE.get(match[2], match[2])}."
    if "Invalid enum value" in said or "Invalid value" in said:
        return f"{field} has a value that is not one of those offered."
    return f"{field} is not valid: {said.removesuffix(path[0]) if path else said}."
