"""The rubric that comes with Daybook: complete in both languages, honest about itself, and fit for its rules."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import daybook
from daybook.events.people import RoleGranted
from daybook.events.rubric import Rubric
from daybook.events.streams import AnyCommand
from daybook.server.door import parse_command
from tests.stories import happened

FILE = Path(daybook.__file__).parent / "rubrics" / "pif-illustrative-1.toml"
VERSION: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
INDICATORS = [indicator for system in VERSION["systems"] for indicator in system["indicators"]]


def commands() -> list[AnyCommand]:
    rubric = VERSION["id"]
    sent = [
        ("draft-rubric", {"rubric": rubric, **{part: VERSION[part] for part in ("title", "note", "levels")}}),
    ]
    for system in VERSION["systems"]:
        sent.append(("add-system", {"rubric": rubric, "code": system["code"], "name": system["name"]}))
        sent += [("add-indicator", {"rubric": rubric, "system": system["code"], **i}) for i in system["indicators"]]
    sent.append(("publish-rubric", {"rubric": rubric}))
    return [parse_command(kind, data) for kind, data in sent]


def test_it_is_drafted_filled_and_published_by_the_rules() -> None:
    history = happened([RoleGranted(person="amara", role="network-administrator")])
    for command in commands():
        [event] = history.decide(command, "amara")
        history.record(event, "amara")
    state = history.state(f"rubric:{VERSION['id']}")
    assert isinstance(state, Rubric)
    assert (state.published, state.levels, len(state.indicators)) == (True, len(VERSION["levels"]), len(INDICATORS))


def test_its_id_is_the_name_of_its_file() -> None:
    assert VERSION["id"] == FILE.stem


def test_it_says_that_it_is_made_up_and_no_networks_own() -> None:
    assert "illustrative" in VERSION["title"]["en"]
    assert "ilustrativ" in VERSION["title"]["es"]
    assert "not the framework of any real network" in VERSION["note"]["en"]
    assert "No es el marco de ninguna red real" in VERSION["note"]["es"]


def test_it_covers_the_nine_practice_areas() -> None:
    assert [system["name"]["en"] for system in VERSION["systems"]] == [
        "Leadership Development",
        "School Leadership",
        "Curriculum & Instruction",
        "School Culture",
        "Family Engagement",
        "Community Partnerships",
        "Talent",
        "Operations",
        "Policy & Advocacy",
    ]


def test_its_levels_go_from_not_yet_begun_to_full_implementation() -> None:
    names = [level["en"] for level in VERSION["levels"]]
    assert (names[0], names[-1]) == ("Not Yet Begun", "Full Implementation")


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator["code"])
def test_an_indicator_is_complete(indicator: dict[str, Any]) -> None:
    [system] = [system for system in VERSION["systems"] if indicator in system["indicators"]]
    assert indicator["code"].partition(".")[0] == system["code"]
    assert len(indicator["descriptors"]) == len(VERSION["levels"])
    assert indicator["look_fors"]


def texts(value: object) -> list[dict[str, str]]:
    """Every text of the file, in both its languages."""
    if isinstance(value, dict):
        if value.keys() == {"en", "es"}:
            return [value]
        return [text for part in value.values() for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else []


def test_every_text_is_there_in_both_languages_and_is_no_copy() -> None:
    for text in texts(VERSION):
        assert text["en"].strip() == text["en"] != ""
        assert text["es"].strip() == text["es"] != ""
        assert text["en"] != text["es"] or text["en"].isupper()  # abbreviations are the same


def test_no_text_stands_twice() -> None:
    english = [text["en"] for indicator in INDICATORS for text in texts(indicator["descriptors"])]
    assert len(set(english)) == len(english)
