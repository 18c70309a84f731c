"""The timeline: one sentence for each event, in which no prose and no blind answer can stand."""

import re
from collections.abc import Iterator, Mapping
from typing import get_args

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from daybook.events.core import Event, Prose, Sentence, stored_name
from daybook.events.review import Answer, DissentKept, RatingGiven
from daybook.events.streams import AnyEvent
from daybook.projections.timeline import facets, sentence
from tests.every_event import EVERY_EVENT, WORDS
from tests.test_timeline_plan import PLAN_PROSE, PLAN_SENTENCES, PLAN_TALK

PLACE = re.compile(r"\{(\w+)\}")
SENTENCES: dict[str, tuple[str, Mapping[str, str | int | Sentence]]] = {
    "role-granted": ("{actor} gave {person} the role {role}", {"person": "amara", "role": "network-administrator"}),
    "role-revoked": ("{actor} ended the role {role} of {person}", {"person": "daniel", "role": "network-leader"}),
    "team-formed": ("{actor} formed the team {team}", {"team": "Leadership Team"}),
    "team-joined": (
        "{actor} made {person} a member of the team {team}",
        {"person": "patricia", "team": "maple-ilt"},
    ),
    "team-left": ("{actor} took {person} off the team {team}", {"person": "patricia", "team": "maple-ilt"}),
    "school-added": ("{actor} added the school {name}", {"name": "Maple Street"}),
    "school-renamed": ("{actor} renamed the school to {name}", {"name": "Maple Hill"}),
    "rubric-drafted": ("{actor} began the rubric version {rubric}", {"rubric": "pif-1"}),
    "system-added": ("{actor} added the system {code} to the rubric", {"code": "CI"}),
    "indicator-added": ("{actor} added the indicator {code} to the rubric", {"code": "CI.2"}),
    "rubric-published": ("{actor} published the rubric version {rubric}", {"rubric": "pif-1"}),
    "review-scheduled": (
        "{actor} scheduled a School Support Review for {date} with {count} focus indicators",
        {"date": "2026-03-09", "count": "2"},
    ),
    "member-added": ("{actor} put {person} on the team as {role}", {"person": "ben", "role": "reviewer"}),
    "member-removed": ("{actor} took {person} off the team", {"person": "ben"}),
    "review-opened": ("{actor} opened the review", {}),
    "review-joined": ("{actor} joined the review", {}),
    "rating-given": ("{actor} rated {code}", {"code": "CI.2"}),
    "rating-withdrawn": ("{actor} took back a rating of {code}", {"code": "CI.2"}),
    "evidence-added": (
        "{actor} noted evidence on {codes} ({source})",
        {"codes": "CI.1, CI.2", "source": "observation"},
    ),
    "evidence-revised": ("{actor} reworded evidence on {codes}", {"codes": "CI.2"}),
    "evidence-withdrawn": ("{actor} withdrew evidence", {}),
    "evidence-redacted": ("{actor} erased the words of an item of evidence", {}),
    "ratings-revealed": ("{actor} revealed the ratings of {code}", {"code": "CI.2"}),
    "consensus-redacted": ("{actor} erased the words of the consensus on {code}", {"code": "CI.2"}),
    "consensus-reached": ("{actor} recorded the consensus on {code}: level {level}", {"code": "CI.2", "level": "2"}),
    "review-closed": ("{actor} closed the review", {}),
    "practice-set": ("{actor} set how the network plans its year", {}),
    "outcomes-begun": ("{actor} began the June Outcomes for {year}", {"year": "2026–27"}),
    "outcome-proposed": (
        "{actor} proposed an outcome on {codes}: reach level {target}",
        {"codes": "CI.2, CI.1", "target": "2"},
    ),
    "outcome-withdrawn": ("{actor} withdrew an outcome", {}),
    "outcome-restored": ("{actor} took a withdrawn outcome in again", {}),
    "outcome-moved": ("{actor} moved an outcome", {}),
    "outcome-worded": ("{actor} reworded {passage} of an outcome", {"passage": "outcome-measure"}),
    "outcome-translated": ("{actor} put {passage} of an outcome into Spanish", {"passage": "outcome-measure"}),
    "outcome-amended": ("{actor} amended {passage} of an outcome", {"passage": "outcome-home-office"}),
    "outcome-aimed": (
        "{actor} set the aim of an outcome on {codes} to level {target}",
        {"codes": "CI.2", "target": "2"},
    ),
    "outcome-assigned": ("{actor} made {person} the owner of an outcome", {"person": "ben"}),
    "outcome-commented": ("{actor} commented on an outcome", {}),
    "outcome-endorsed": ("{actor} endorsed an outcome", {}),
    "endorsement-withdrawn": ("{actor} took back an endorsement of an outcome", {}),
    "outcomes-signed": ("{actor} signed the June Outcomes for the school", {}),
    "outcomes-adopted": ("{actor} adopted the June Outcomes", {}),
    "outcome-concluded": ("{actor} said what came of an outcome: {result}", {"result": "carried-forward"}),
    "outcome-words-redacted": ("{actor} erased the words of an outcome", {}),
    **PLAN_SENTENCES,
}
"""What is said of the first example of each type."""


def name(event: Event) -> str:
    return stored_name(type(event))


def test_there_is_an_example_of_every_type() -> None:
    assert {type(event) for event in EVERY_EVENT} == set(get_args(AnyEvent))
    assert SENTENCES.keys() == {name(event) for event in EVERY_EVENT}


@pytest.mark.parametrize("kind", SENTENCES)
def test_an_event_is_told_in_one_sentence(kind: str) -> None:
    example = next(event for event in EVERY_EVENT if name(event) == kind)
    assert sentence(example) == Sentence(*SENTENCES[kind])


def test_a_late_rating_and_a_reveal_without_everyone_are_told_apart() -> None:
    told = {sentence(event).message: sentence(event).values for event in EVERY_EVENT}
    assert told["{actor} rated {code} after the reveal"] == {"code": "CI.2"}
    assert told["{actor} revealed the ratings of {code}; without a rating: {people}"] == {
        "code": "CI.2",
        "people": "ana ben",
    }


@pytest.mark.parametrize("number", range(len(EVERY_EVENT)))
def test_a_sentence_has_its_actor_for_subject_and_a_value_for_every_other_place(number: int) -> None:
    said = sentence(EVERY_EVENT[number])
    assert said.message.startswith("{actor} ")
    assert set(PLACE.findall(said.message)) == {"actor", *said.values}
    assert all(said.values.values())


def prose_of(value: object) -> Iterator[Prose]:
    """Every piece of free text in an event, however deep."""
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from prose_of(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from prose_of(item)


def reworded(value: object, text: str | None) -> object:
    """The same with other free text, however deep."""
    if isinstance(value, Prose):
        return Prose(text)
    if isinstance(value, Struct):
        return replace(value, **{field: reworded(getattr(value, field), text) for field in value.__struct_fields__})
    if isinstance(value, tuple):
        return tuple(reworded(item, text) for item in value)
    return value


def with_prose() -> list[Event]:
    return [event for event in EVERY_EVENT if list(prose_of(event))]


def test_no_free_text_is_told() -> None:
    assert {name(event) for event in with_prose()} == {
        "evidence-added",
        "evidence-revised",
        "evidence-redacted",
        "consensus-reached",
        "consensus-redacted",
        "outcome-proposed",
        "outcome-withdrawn",
        "outcome-worded",
        "outcome-translated",
        "outcome-amended",
        "outcome-aimed",
        "outcome-commented",
        "outcome-concluded",
        "outcome-words-redacted",
        *PLAN_PROSE,
    }
    for event in with_prose():
        assert {prose.text for prose in prose_of(event)} == {WORDS}
        said = sentence(event)
        for text in ("Anything else", None):
            otherwise = reworded(event, text)
            assert isinstance(otherwise, Event)
            assert otherwise != event
            assert sentence(otherwise) == said
        assert WORDS not in msgspec.json.encode(said).decode()


def test_the_words_of_a_dissent_are_free_text() -> None:
    kept = [p for event in EVERY_EVENT for p in prose_of(getattr(event, "dissent", ())) if p.text == WORDS]
    assert len(kept) == 2
    assert DissentKept.__struct_fields__ == ("text", "person")


ANSWERS: tuple[Answer, ...] = (1, 2, 3, 4, 7, "insufficient-evidence", "abstain")


@pytest.mark.parametrize("late", [False, True])
def test_no_answer_is_told_and_none_could_be_guessed(late: bool) -> None:
    said = {
        msgspec.json.encode(
            sentence(RatingGiven(review="m1", indicator="CI.2", person="ana", answer=answer, late=late))
        )
        for answer in ANSWERS
    }
    assert len(said) == 1


def test_lines_of_the_teams_own_work_are_for_the_team() -> None:
    for_team = {kind for kind in SENTENCES if facets(kind, ("review:m1",), "ana")[0] == "audience:team"}
    assert for_team == {
        "rating-given",
        "rating-withdrawn",
        "evidence-added",
        "evidence-revised",
        "evidence-withdrawn",
        "evidence-redacted",
        "outcome-proposed",
        "outcome-withdrawn",
        "outcome-restored",
        "outcome-moved",
        "outcome-worded",
        "outcome-translated",
        "outcome-aimed",
        "outcome-assigned",
        "outcome-commented",
        "outcome-endorsed",
        "endorsement-withdrawn",
        "outcomes-signed",
        "outcome-words-redacted",
        *PLAN_TALK,
    }
    for_all = {kind for kind in SENTENCES if facets(kind, ("review:m1",), "ana")[0] == "audience:room"}
    assert for_team | for_all == SENTENCES.keys()


def test_a_line_is_found_by_its_stream_its_school_its_actor_and_whom_it_is_about() -> None:
    tags = ("review:m1", "school:maple", "indicator:CI.2", "person:ana")
    assert facets("rating-given", tags, "ana") == ("audience:team", "stream:review:m1", "person:ana", "school:maple")
    assert facets("member-added", ("review:m1", "school:maple", "person:ben"), "ruth") == (
        "audience:room",
        "stream:review:m1",
        "person:ruth",
        "school:maple",
        "person:ben",
    )


def test_a_line_about_a_draft_is_found_by_those_who_are_asked_for_input() -> None:
    tags = ("outcomes:o1", "school:maple", "outcome:readers", "person:ana")
    assert facets("outcome-endorsed", tags, "ana") == (
        "audience:team",
        "stream:outcomes:o1",
        "person:ana",
        "school:maple",
        "voices:maple",
    )
    assert "voices:maple" not in facets("outcomes-adopted", ("outcomes:o1", "school:maple"), "ana")
