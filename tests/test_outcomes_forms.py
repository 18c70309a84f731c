"""The forms of June Outcomes ask for what their commands need, and a refused command finds its form again."""

from typing import Any

import pytest
from litestar.datastructures import FormMultiDict
from msgspec.structs import fields

from daybook.server.door import COMMANDS, Malformed
from daybook.server.form_data import command_data
from daybook.server.outcomes_forms import FORMS, form_of, typed

GIVEN = {"type", "outcomes"}
"""What every form of the page says by itself."""


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_asks_for_what_its_command_needs_and_for_nothing_else(kind: str) -> None:
    form = FORMS[kind]
    needed = {field.name: field.required for field in fields(COMMANDS[form.type])}
    asked = {field.name for field in form.fields} | {form.makes or "type"}
    asked |= {form.at[1:-1]} if form.at.startswith("{") else set()
    asked |= {"replaces"} if form.replaces or form.sets else set()
    asked |= {"of"} if kind == "translate-outcome" else set()
    assert asked | GIVEN <= needed.keys() | GIVEN
    assert {name for name, required in needed.items() if required} <= asked | GIVEN


REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "word-outcome@a:measure:en": ("word-outcome", {"passage": "a:measure:en", "text": "Words"}),
    "translate-outcome@a:measure:es": ("word-outcome", {"passage": "a:measure:es", "text": "Palabras"}),
    "amend-outcome@a:measure:en": ("amend-outcome", {"passage": "a:measure:en", "text": "Words", "reason": "So"}),
    "aim-outcome@a": ("aim-outcome", {"outcome": "a", "indicators": [{"indicator": "CI.1"}], "target": 3}),
    "amend-aim@a": ("aim-outcome", {"outcome": "a", "indicators": [], "target": 3, "reason": "So"}),
    "propose-outcome@page": ("propose-outcome", {"outcome": "a", "indicators": [], "statement": "Words"}),
    "redact-outcome-words@comment:c": ("redact-outcome-words", {"about": "comment:c", "reason": "A name"}),
}


@pytest.mark.parametrize("key", REFUSED)
def test_a_refused_command_finds_its_form_again(key: str) -> None:
    kind, data = REFUSED[key]
    assert form_of(kind, data) == key
    assert typed(data)["indicators"] == [one["indicator"] for one in data.get("indicators", [])]


def test_a_button_has_no_form_to_go_back_to() -> None:
    assert form_of("move-outcome", {"outcomes": "o1"}) is None


def test_chosen_indicators_bring_the_reviews_that_say_where_the_school_stands() -> None:
    form = FormMultiDict(
        [
            ("type", "aim-outcome"),
            ("form", "aim-outcome@a"),
            ("standing", "CI.1@cedar-fall FE.1@cedar-fall nonsense"),
            ("indicators", "CI.1"),
            ("indicators", "CI.9"),
            ("target", "3"),
        ]
    )
    assert command_data(form) == {
        "indicators": [{"indicator": "CI.1", "review": "cedar-fall"}, {"indicator": "CI.9"}],
        "target": 3,
    }


@pytest.mark.parametrize(("said", "read"), [("null", None), ('"gil"', "gil")])
def test_an_owner_takes_the_place_of_another_or_of_nobody(said: str, read: str | None) -> None:
    form = FormMultiDict([("type", "assign-outcome"), ("outcome", "a"), ("owner", "hob"), ("replaces", said)])
    assert command_data(form) == {"outcome": "a", "owner": "hob", "replaces": read}


def test_a_form_that_came_in_part_is_no_command() -> None:
    form = FormMultiDict([("type", "assign-outcome"), ("outcome", "a"), ("replaces", '"gi')])
    with pytest.raises(Malformed):
        command_data(form)
