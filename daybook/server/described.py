"""Forms described once: drawn by `templates/fields.html` and by `static/form-fields.js` alike.

A form is named by its kind and its place, such as `word-outcome@readers:measure:en`. `at` says how the place gives
the command's fields: `strategy:{strategy}` reads `readers` out of `strategy:readers`, `{passage}` takes it whole.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from daybook.server.templates import N_, Language, name_of, translations

TEXT, NOTE = 10_000, 200
MARKS = N_("A blank line begins a paragraph. *Emphasis*, **strong**, - lists and [links](https://…) are shown as such.")
FILL_IN = N_("Fill this in.")


class Field(Struct, frozen=True):
    """A field of a form. `missing` is said when it is empty and must not be; `most` counts characters.

    `kind` is `prose`, `line`, `number`, `date`, `check`, `indicators`, or anything else for a choice of one.
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    missing: str = ""
    most: int = 0
    options: tuple[str, ...] = ()


class Form(Struct, frozen=True):
    """A form: the command it sends, its place, and its fields.

    `makes` is the command's field for the id of what is new; `replaces` and `after` say that the command names the
    current wording of the place, or the last part under it; `sets` that it sets one value anew and names the one that
    stands. `english` says that its words are kept as English, whatever the page's language.
    """

    type: str
    at: str
    title: str
    button: str
    fields: tuple[Field, ...]
    intro: str = ""
    makes: str = ""
    replaces: bool = False
    after: bool = False
    sets: bool = False
    english: bool = False
    danger: bool = False


def words(label: str, missing: str = FILL_IN, hint: str = MARKS, name: str = "text") -> Field:
    """A field for a long text."""
    return Field(name, "prose", label, hint, missing, TEXT)


def in_language(forms: Mapping[str, Form], lang: Language) -> dict[str, Any]:
    """Return forms with their words in a language, as a page carries them for its scripts."""
    said = translations(lang).gettext

    def put(one: Field | Form, *parts: str) -> dict[str, Any]:
        known: dict[str, Any] = msgspec.to_builtins(one)
        return known | {part: said(known[part]) if known[part] else "" for part in parts}

    def field(one: Field) -> dict[str, Any]:
        return put(one, "label", "hint", "missing") | {"options": [[word, name_of(word, lang)] for word in one.options]}

    return {
        kind: put(form, "title", "button", "intro") | {"fields": [field(one) for one in form.fields]}
        for kind, form in forms.items()
    }
