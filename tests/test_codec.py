"""The codec: prose goes out and comes back in, erased prose stays erased, and a command has one fingerprint."""

import hashlib
import json
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID

import pytest
from msgspec.structs import replace

from daybook.events.core import Event, Prose, Recorded, stored_name
from daybook.events.review import ConsensusReached, DissentKept, EvidenceAdded
from daybook.events.review_commands import GiveRating
from daybook.events.review_state import Review
from daybook.events.streams import AnyEvent
from daybook.server.codec import Codec, fingerprint
from daybook.server.door import COMMANDS, Envelope, Malformed, parse, parse_command
from daybook.server.log import NewEvent, StoredEvent, commit_prose
from tests.every_event import EVERY_EVENT, WORDS
from tests.review_world import give, noted
from tests.test_stored_forms import state_for

AT = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
CONSENSUS = ConsensusReached(
    review="m1",
    indicator="CI.2",
    level=3,
    rationale=Prose("Because"),
    dissent=(DissentKept(text=Prose("But"), person="ben"), DissentKept(text=Prose("And"))),
)


def kept(new: NewEvent, *, erased: tuple[str, ...] = ()) -> StoredEvent:
    """Hand back what was written as the log would, without the texts that were erased."""
    words = {row.commitment: row.text for row in new.prose if row.text not in erased}
    return StoredEvent(7, AT, new.type, new.tags, new.data, UUID(int=5), "ana", words or None)


def encode(event: Event) -> NewEvent:
    return Codec().encode(event, state_for(event))


@pytest.mark.parametrize("number", range(len(EVERY_EVENT)))
def test_an_event_is_read_back_as_it_was(number: int) -> None:
    event = EVERY_EVENT[number]
    new = encode(event)
    assert Codec().decode(kept(new)) == Recorded(
        position=7, at=AT, actor="ana", command=UUID(int=5), tags=new.tags, event=event
    )


@pytest.mark.parametrize("number", range(len(EVERY_EVENT)))
def test_no_prose_stands_in_what_is_kept_for_ever(number: int) -> None:
    new = encode(EVERY_EVENT[number])
    assert WORDS not in new.data
    assert WORDS not in " ".join(new.tags)
    assert all(row.text == WORDS for row in new.prose)


def test_a_commitment_is_the_salted_hash_of_its_text() -> None:
    new = encode(CONSENSUS)
    assert [row.text for row in new.prose] == ["Because", "But", "And"]
    for row in new.prose:
        assert commit_prose(row.text, row.salt) == row.commitment
        assert f'{{"sha256":"{row.commitment}"}}' in new.data
        assert hashlib.sha256(row.text.encode()).hexdigest() not in new.data, "an unsalted hash could be guessed"


def test_the_same_words_twice_cannot_be_seen_to_be_the_same() -> None:
    first, second = encode(noted()), encode(noted())
    assert first.data != second.data
    assert first.prose[0].salt != second.prose[0].salt


def test_what_was_erased_reads_as_none_and_the_rest_as_it_was() -> None:
    new = encode(CONSENSUS)
    event = Codec().decode(kept(new, erased=("But",))).event
    assert isinstance(event, ConsensusReached)
    assert (event.rationale.text, [dissent.text.text for dissent in event.dissent]) == ("Because", [None, "And"])
    assert [dissent.text.commitment for dissent in event.dissent] == [row.commitment for row in new.prose[1:]]
    gone = Codec().decode(kept(new, erased=("Because", "But", "And"))).event
    assert isinstance(gone, ConsensusReached)
    assert gone.rationale.text is None


def test_the_words_of_one_event_do_not_turn_up_in_the_next() -> None:
    codec = Codec()
    new = codec.encode(noted(), Review(school="maple"))
    assert codec.decode(kept(new)).event == noted()
    gone = codec.decode(kept(new)._replace(prose=None)).event
    assert isinstance(gone, EvidenceAdded)
    assert gone.text.text is None
    assert codec.encode(give_event(), Review(school="maple")).prose == ()


def give_event() -> Event:
    return next(event for event in EVERY_EVENT if stored_name(type(event)) == "rating-given")


def test_erased_prose_is_not_recorded_anew() -> None:
    with pytest.raises(NotImplementedError):
        Codec().encode(replace(noted(), text=Prose(None, "0" * 64)), Review(school="maple"))


def test_prose_never_shows_its_text_where_it_is_printed() -> None:
    assert repr(Prose("Secret")) == "Prose(6 characters)"
    assert repr(Prose(None)) == "Prose(erased)"
    assert "Plans" not in repr(noted())
    assert len({Prose("Same", "1" * 64), Prose("Same", "2" * 64), Prose("Other")}) == 2


def test_an_event_is_stored_under_its_name_with_its_stream_as_first_tag() -> None:
    for event in EVERY_EVENT:
        new = encode(event)
        assert new.type == stored_name(type(event)) == json.loads(new.data)["type"]
        kinds = ("people", "school", "rubric", "review", "practice", "outcomes", "plan")
        assert new.tags[0].partition(":")[0] in kinds
    assert {type(event) for event in EVERY_EVENT} == set(get_args(AnyEvent))


def test_a_field_that_a_newer_release_wrote_is_passed_over() -> None:
    new = encode(give_event())
    newer = new._replace(data=new.data[:-1] + ',"mood":"fine"}')
    assert Codec().decode(kept(newer)).event == give_event()


def test_a_command_has_one_fingerprint_and_another_command_or_another_person_another() -> None:
    again = GiveRating(review="m1", indicator="CI.2", answer=3)
    assert fingerprint("ana", give(3)) == fingerprint("ana", again)
    asked = [("ana", give(3)), ("ben", give(3)), ("ana", give(2)), ("ana", give(3, "CI.1")), ("ana", give("abstain"))]
    assert len({fingerprint(actor, command) for actor, command in asked}) == len(asked)


def test_a_command_is_read_from_its_type_and_data() -> None:
    data = {"review": "m1", "indicator": "CI.2", "answer": 3}
    assert parse(Envelope(UUID(int=1), "give-rating", data)) == give(3)
    assert parse_command("give-rating", {**data, "answer": "3"}, strict=False) == give(3)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("fly", {}),
        ("give-rating", {"type": "give-rating", "review": "m1", "indicator": "CI.2", "answer": 3}),
        ("give-rating", {"review": "m1", "indicator": "CI.2", "answer": 3, "person": "ben"}),
        ("give-rating", {"review": "m1", "indicator": "CI.2"}),
        ("give-rating", {"review": "m1", "indicator": "ci.2", "answer": 3}),
        ("give-rating", {"review": "m1", "indicator": "CI.2\n", "answer": 3}),
        ("give-rating", {"review": "M1", "indicator": "CI.2", "answer": 3}),
        ("give-rating", {"review": "m1", "indicator": "CI.2", "answer": 0}),
        ("give-rating", {"review": "m1", "indicator": "CI.2", "answer": 8}),
        ("give-rating", {"review": "m1", "indicator": "CI.2", "answer": "perhaps"}),
        ("add-school", {"school": "maple", "name": "  ", "grades": "high"}),
        ("add-school", {"school": "maple", "name": "Maple\u202eelpaM", "grades": "high"}),
        ("add-school", {"school": "maple", "name": "Maple\nStreet", "grades": "high"}),
        (
            "draft-rubric",
            {"rubric": "r", "title": {"en": "T", "es": "T"}, "note": {"en": "N", "es": "N"}, "levels": []},
        ),
    ],
)
def test_what_is_no_command_is_malformed_and_says_so_in_a_sentence(kind: str, data: dict[str, object]) -> None:
    with pytest.raises(Malformed) as refused:
        parse_command(kind, data)
    assert refused.value.sentence.endswith(".")


def test_every_command_is_known_by_its_name() -> None:
    assert {name: stored_name(kind) for name, kind in COMMANDS.items()} == {name: name for name in COMMANDS}
