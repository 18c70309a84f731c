"""The view of June Outcomes: these events give this view, and every way through them leads to the same."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from daybook.events.core import Event, Prose, Recorded
from daybook.events.outcomes import (
    Baseline,
    EndorsementWithdrawn,
    OutcomeAimed,
    OutcomeAssigned,
    OutcomeCommented,
    OutcomeEndorsed,
    OutcomeMoved,
    OutcomeRestored,
    OutcomeWordsRedacted,
    redacts,
)
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import RoleGranted, TeamFormed, TeamJoined
from daybook.projections.outcomes import audiences, project
from daybook.projections.outcomes_entries import (
    AmendmentShown,
    CommentShown,
    ConclusionShown,
    EndorsementShown,
    OutcomeOrderShown,
    OutcomeShown,
    OutcomesShown,
    SignatureShown,
)
from daybook.projections.passages import TextShown
from daybook.projections.view import Shown, View, apply, seen
from tests.outcomes_world import (
    ADOPTED,
    BASELINES,
    BEGUN,
    DRAFT,
    SIGNED,
    amended,
    concluded,
    proposed,
    signed,
    translated,
    withdrawn,
    worded,
)
from tests.stories import START, History, happened
from tests.test_outcomes_rules_boundaries import ASKED
from tests.test_review_rules_boundaries import decided

ROOM = frozenset({"room"})


def view_of(history: Iterable[Recorded]) -> View:
    view: View = {}
    for recorded in history:
        if recorded.stream == "outcomes:o1":
            apply(view, project(view, recorded))
    return view


def last(*events: Event) -> tuple[View, Recorded]:
    history = happened(events)
    return view_of(history.recorded), history.recorded[-1]


def shown(*events: Event) -> dict[str, Shown]:
    return seen(last(*events)[0], ROOM)


def of(kind: type[Shown], *events: Event) -> list[Shown]:
    return [value for value in shown(*events).values() if isinstance(value, kind)]


def test_a_draft_is_shown_whole() -> None:
    view, recorded = last(BEGUN, proposed(person="gil", owner="tomas", carried=True))
    at, by = recorded.at, recorded.actor

    def text(name: str, words: str) -> TextShown:
        return TextShown(f"readers:{name}:en", "readers", words, by, at)

    assert seen(view, ROOM) == {
        "outcomes": OutcomesShown(
            outcomes="o1",
            school="maple",
            year=2024,
            rubric="pif-1",
            levels=4,
            least=1,
            most=5,
            phase="draft",
            begun_at=START,
            version=1,
        ),
        "order:outcomes": OutcomeOrderShown(("readers",)),
        "outcome:readers": OutcomeShown("readers", "gil", BASELINES, 3, "tomas", carried_from="readers"),
        "text:readers:statement:en": text("statement", "All read"),
        "text:readers:measure:en": text("measure", "Running records"),
        "text:readers:school:en": text("school", "A reading block"),
        "text:readers:home-office:en": text("home-office", "A coach"),
    }


def test_words_are_replaced_and_a_translation_says_what_it_is_of() -> None:
    view = shown(*DRAFT, worded("Records"), translated(of="w1"))
    assert view["text:readers:measure:en"].wording == "w1"  # type: ignore[attr-defined]
    [spanish] = [value for value in view.values() if isinstance(value, TextShown) and value.passage.endswith(":es")]
    assert (spanish.text, spanish.wording, spanish.of) == ("Registros", "s1", "w1")


def test_an_outcome_is_withdrawn_restored_moved_aimed_and_owned() -> None:
    three = (*DRAFT, proposed("writers"), proposed("families"))
    [gone, *_] = of(OutcomeShown, *three, withdrawn())
    assert isinstance(gone, OutcomeShown)
    assert (gone.withdrawn, gone.reason) == (True, "Too many")
    [back, *_] = of(OutcomeShown, *three, withdrawn(), OutcomeRestored(outcomes="o1", outcome="readers"))
    assert back == replace(gone, withdrawn=False, reason=None)
    first = OutcomeMoved(outcomes="o1", outcome="families")
    assert of(OutcomeOrderShown, *three, first) == [OutcomeOrderShown(("families", "readers", "writers"))]
    after = OutcomeMoved(outcomes="o1", outcome="families", after="readers")
    assert of(OutcomeOrderShown, *three, after) == [OutcomeOrderShown(("readers", "families", "writers"))]
    higher = (Baseline(indicator="CI.3"),)
    [aimed] = of(
        OutcomeShown,
        *DRAFT,
        OutcomeAimed(outcomes="o1", outcome="readers", baselines=higher, target=4),
        OutcomeAssigned(outcomes="o1", outcome="readers", owner="gil"),
    )
    assert aimed == OutcomeShown("readers", "patricia", higher, 4, "gil", aim="aim-1", aimed_by="somebody")
    assert of(AmendmentShown, *DRAFT, OutcomeAimed(outcomes="o1", outcome="readers", baselines=higher, target=4)) == []


def test_people_comment_endorse_and_think_again() -> None:
    comment = OutcomeCommented(outcomes="o1", outcome="readers", comment="c1", person="flor", text=Prose("Which?"))
    _, recorded = last(*DRAFT, comment)
    assert of(CommentShown, *DRAFT, comment) == [CommentShown("c1", "readers", "flor", "Which?", recorded.at)]
    endorsed = OutcomeEndorsed(outcomes="o1", outcome="readers", person="flor")
    assert of(EndorsementShown, *DRAFT, endorsed) == [EndorsementShown("readers", "flor", recorded.at)]
    again = EndorsementWithdrawn(outcomes="o1", outcome="readers", person="flor")
    assert of(EndorsementShown, *DRAFT, endorsed, again) == []


def test_a_change_of_the_draft_takes_signatures_back_and_other_acts_do_not() -> None:
    def signatures(*after: Event) -> list[Shown]:
        return [replace(value, at=START) for value in of(SignatureShown, *DRAFT, *SIGNED, *after)]

    both = [SignatureShown("school", "patricia", START), SignatureShown("home-office", "daniel", START)]
    assert signatures() == signatures(translated()) == both
    assert signatures(OutcomeAssigned(outcomes="o1", outcome="readers", owner="gil")) == both
    assert signatures(worded("Records")) == signatures(proposed("writers")) == signatures(withdrawn()) == []
    assert signatures(worded("Records"), signed("school", "tomas")) == [SignatureShown("school", "tomas", START)]


AMENDED = amended()
HIGHER = OutcomeAimed(outcomes="o1", outcome="readers", baselines=BASELINES, target=4, reason=Prose("We are there"))


def test_what_was_adopted_stays_signed_and_amendments_say_what_stood_before_and_why() -> None:
    view, recorded = last(*ADOPTED, AMENDED, HIGHER)
    amendments = [entry.value for key, entry in view.items() if key.startswith("amendment:readers:")]
    at = recorded.at
    assert [replace(one, at=at) for one in amendments] == [
        AmendmentShown("readers", "measure", "The test is gone", "somebody", at, before="Running records"),
        AmendmentShown("readers", "aim", "We are there", "somebody", at, baselines=BASELINES, target=3),
    ]
    assert f"amendment:readers:{recorded.position}" in view
    [page] = of(OutcomesShown, *ADOPTED, AMENDED)
    assert isinstance(page, OutcomesShown)
    assert (page.phase, page.version) == ("adopted", 1)
    assert page.adopted_at == last(*ADOPTED)[1].at
    assert len(of(SignatureShown, *ADOPTED, AMENDED, HIGHER)) == 2
    assert view["text:readers:measure:en"].value.reason == "The test is gone"  # type: ignore[attr-defined]


def test_a_later_conclusion_takes_the_place_of_an_earlier_one() -> None:
    _, recorded = last(*ADOPTED, concluded("met"), concluded("partly-met", evidence="Half"))
    assert of(ConclusionShown, *ADOPTED, concluded("met"), concluded("partly-met", evidence="Half")) == [
        ConclusionShown("readers", "partly-met", "Half", "somebody", recorded.at)
    ]


def test_a_conclusion_is_a_text_whose_spanish_says_which_one_it_is_of() -> None:
    spanish = replace(translated("Registros de mayo", of="conclusion-1"), passage="readers:conclusion:es")
    view = shown(*ADOPTED, concluded("met"), spanish, concluded("partly-met", evidence="Half"))
    english, translation = view["text:readers:conclusion:en"], view["text:readers:conclusion:es"]
    assert isinstance(english, TextShown)
    assert isinstance(translation, TextShown)
    assert (english.wording, english.text) == ("conclusion-2", "Half")
    assert (translation.of, translation.text) == ("conclusion-1", "Registros de mayo")


# Erasing

SAID = "Said of a child"
TOLD: tuple[Event, ...] = (
    BEGUN,
    proposed(statement=SAID),
    proposed("writers", statement="About writing"),
    worded(SAID, passage="readers:school:en"),
    translated(SAID),
    OutcomeCommented(outcomes="o1", outcome="readers", comment="c1", person="flor", text=Prose("Which?")),
    *SIGNED,
    ADOPTED[-1],
    replace(AMENDED, text=Prose(SAID), reason=Prose(SAID)),
    replace(AMENDED, text=Prose("Again"), reason=Prose(SAID), replaces="w1", wording="w2"),
    replace(HIGHER, reason=Prose(SAID)),
    concluded("met", evidence=SAID),
    replace(translated(SAID, of="conclusion-1"), passage="readers:conclusion:es"),
)


def without(events: Sequence[Event], redaction: OutcomeWordsRedacted) -> list[Event]:
    """The events as they are read once the words that a redaction erases are gone."""
    match = redacts(redaction)
    assert match is not None
    recorded = happened(events).recorded

    def blanked(one: Recorded) -> Event:
        if one.type not in match.types or not set(match.tags) <= set(one.tags):
            return one.event
        prose = {
            name: Prose(None) for name in one.event.__struct_fields__ if isinstance(getattr(one.event, name), Prose)
        }
        return replace(one.event, **prose)

    return [blanked(one) for one in recorded]


@pytest.mark.parametrize("about", ["outcome:readers", "comment:c1"])
def test_erasing_leaves_the_same_view_as_reading_what_is_left(about: str) -> None:
    redaction = OutcomeWordsRedacted(outcomes="o1", about=about, reason=Prose("A name"))
    erased = shown(*TOLD, redaction)
    assert erased == shown(*without(TOLD, redaction), redaction)
    text = repr(erased)
    assert ("Which?" in text) == (about != "comment:c1")
    assert (SAID in text) == (about == "comment:c1")
    assert "About writing" in text


# Who may read


PEOPLE = (
    RoleGranted(person="amara", role="network-administrator"),
    RoleGranted(person="daniel", role="network-leader", school="maple"),
    RoleGranted(person="erin", role="network-leader", school="elm"),
    RoleGranted(person="olivia", role="auditor"),
    RoleGranted(person="patricia", role="school-leader", school="maple"),
    RoleGranted(person="gil", role="team-member", school="maple"),
    RoleGranted(person="hana", role="team-member", school="elm"),
    RoleGranted(person="flor", role="observer", school="maple"),
    TeamFormed(team="maple-grade-4", school="maple", kind="grade-level", name="Grade 4"),
    TeamJoined(team="maple-grade-4", person="ines"),
)


def test_a_page_is_open_to_its_school_and_home_office_and_to_nobody_else() -> None:
    people, (view, _) = happened(PEOPLE).people(), last(*DRAFT)
    may = {"amara", "daniel", "olivia", "patricia", "gil", "flor", "ines"}
    for person in (*may, "erin", "hana", "ruth", "nobody"):
        assert audiences(person, view, people) == (ROOM if person in may else frozenset()), person
        assert audiences(person, {}, people) == frozenset()


# The view agrees with the rules


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_view_says_what_the_rules_know_after_any_history(data: st.DataObject) -> None:
    history: History = happened(DRAFT)
    for _ in range(data.draw(st.integers(1, 12), label="steps")):
        able = [(asked, events) for asked in ASKED if (events := decided(history, asked))]
        (_, actor), events = data.draw(st.sampled_from(able))
        for event in events:
            history.record(event, actor)
    state, view = history.state("outcomes:o1"), seen(view_of(history.recorded), ROOM)
    assert isinstance(state, Outcomes)
    page = view["outcomes"]
    assert isinstance(page, OutcomesShown)
    assert (page.phase, page.version) == (state.phase, state.version)
    assert view["order:outcomes"] == OutcomeOrderShown(tuple(state.order))
    assert {f"text:{p}": w for p, w in state.wordings.items()} == {
        key: value.wording for key, value in view.items() if isinstance(value, TextShown)
    }
    for name, this in state.outcomes.items():
        one = view[f"outcome:{name}"]
        assert isinstance(one, OutcomeShown)
        assert (one.baselines, one.target, one.owner) == (this.baselines, this.target, this.owner)
        assert one.withdrawn == this.withdrawn
        for text, words in this.texts.items():
            value = view[f"text:{name}:{text}:en"]
            assert isinstance(value, TextShown)
            assert value.text == words.text
    signatures = {(v.side, v.person) for v in view.values() if isinstance(v, SignatureShown)}
    assert signatures == {(side, person) for side, people in state.signed.items() for person in people}
    endorsed = {(v.outcome, v.person) for v in view.values() if isinstance(v, EndorsementShown)}
    assert endorsed == {(name, person) for name, this in state.outcomes.items() for person in this.endorsed}
