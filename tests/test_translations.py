"""Every sentence that a reader can meet on a page has its Spanish, with the same places to fill in."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from daybook.server.templates import WEB, js_messages, js_sentences, translations

PACKAGE = WEB.parent
SPANISH = WEB / "translations/es/LC_MESSAGES/daybook.po"
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")

Said = str | tuple[str, str]


def forms(said: object) -> tuple[str, ...]:
    """One form, or one for each number, as a tuple."""
    return tuple(map(str, said)) if isinstance(said, tuple | list) else (str(said or ""),)


def catalogue() -> list[Message]:
    with SPANISH.open("rb") as file:
        return [message for message in read_po(file, locale="es") if message.id]


def said_in_python_and_templates() -> set[Said]:
    found = extract_from_dir(
        PACKAGE,
        method_map=[("web/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")],
        keywords={
            **dict.fromkeys(("_", "N_", "gettext", "Refused", "NotAllowed", "NotFound", "Malformed")),
            "ngettext": (1, 2),
        },
        options_map={"web/templates/**.html": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}},
    )
    return {(message[0], message[1]) if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def used() -> set[Said]:
    return said_in_python_and_templates() | js_sentences()


def test_every_sentence_has_its_spanish() -> None:
    known = {message.id for message in catalogue() if all(forms(message.string)) and not message.fuzzy}
    assert sorted(map(str, used() - known)) == []


def test_no_translation_has_lost_its_sentence() -> None:
    assert sorted(map(str, {message.id for message in catalogue()} - used())) == []


def test_a_plans_refinements_are_never_called_as_reviews_are_in_spanish() -> None:
    said = {m.id: str(m.string) for m in catalogue() if "efinement" in str(m.id) and "eview" not in str(m.id)}
    assert said
    assert [english for english, spanish in said.items() if "revisi" in spanish.lower()] == []


def test_the_catalogue_is_sorted_by_the_english() -> None:
    first = [forms(message.id)[0] for message in catalogue()]
    assert first == sorted(first)


def test_no_sentence_stands_twice() -> None:
    lines = [line for line in SPANISH.read_text(encoding="utf-8").splitlines() if line.startswith("msgid ")]
    assert len(lines) == len(set(lines))


def test_a_translation_fills_in_the_same_places() -> None:
    for message in catalogue():
        places = set().union(*(PLACE.findall(form) for form in forms(message.id)))
        for form in forms(message.string):
            assert set(PLACE.findall(form)) == places, message.id


def modules() -> list[Path]:
    """List the modules that say something; `i18n.js` defines how."""
    return sorted(set((WEB / "static").glob("*.js")) - {WEB / "static" / "i18n.js"})


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.name)
def test_a_module_says_only_what_can_be_found_and_translated(module: Path) -> None:
    calls = re.findall(r"(?<![\w.$])tn?\(\s*(.)", module.read_text(encoding="utf-8"))
    assert set(calls) <= {'"'}, "t() and tn() take their sentence as a string in double quotes"


def test_modules_get_what_they_say_and_no_more() -> None:
    given = js_messages("es")
    assert given.keys() == {sentence if isinstance(sentence, str) else sentence[0] for sentence in js_sentences()}
    assert all(isinstance(given[pair[0]], tuple) for pair in js_sentences() if isinstance(pair, tuple))
    assert js_messages("en") == {}


def test_counts_choose_their_form() -> None:
    spanish = translations("es").ngettext
    assert [spanish("%(num)s school", "%(num)s schools", n) for n in (0, 1, 2)] == [
        "%(num)s escuelas",
        "%(num)s escuela",
        "%(num)s escuelas",
    ]


def test_spanish_quotes_as_schools_in_the_united_states_do() -> None:
    assert [m.string for m in catalogue() if any("«" in form or "»" in form for form in forms(m.string))] == []
