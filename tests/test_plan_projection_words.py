"""What was erased from a plan is gone from its view, and who sees which of its entries."""

from datetime import date

from msgspec.structs import replace

from daybook.events.core import Event, Prose, stored_name
from daybook.events.people import RoleGranted, TeamFormed, TeamJoined
from daybook.events.plan import (
    ActionReported,
    PartRetired,
    PassageWorded,
    PlanEvent,
    PlanWordsRedacted,
    PriorityReflected,
    ReadingTaken,
    ReadingWithdrawn,
    SupportAnswered,
)
from daybook.events.plan_tags import REDACTABLE, about, place_of, redacts
from daybook.events.plan_talk import ProposalDeclined
from daybook.projections.plan import audiences
from daybook.projections.view import Audiences, Shown
from tests.plan_shown import BEGUN, MEASURE, OPENED, PARTS, PROPOSED, SUPPORT, WHY, WITH_ACTION, checked, folded, text
from tests.review_world import PEOPLE
from tests.stories import happened

# Erased words


def test_what_was_erased_is_gone_from_its_place_and_from_no_other() -> None:
    events: tuple[Event, ...] = (
        *PARTS,
        MEASURE,
        SUPPORT,
        PassageWorded(plan="p1", passage="vision", wording="w1", text=Prose("Vision words")),
        PassageWorded(plan="p1", passage="family:en", wording="w2", text=Prose("Family words")),
        PassageWorded(plan="p1", passage="family:es", wording="w3", text=Prose("Palabras")),
        ActionReported(plan="p1", action="groups", status="stuck", note=Prose("Action words")),
        SupportAnswered(plan="p1", support="coach", answer="declined", text=Prose("Answer words")),
        ReadingTaken(
            plan="p1", measure="fluency", reading="r1", on=date(2026, 9, 1), value=1, note=Prose("Reading words")
        ),
        ReadingWithdrawn(plan="p1", measure="fluency", reading="r1", reason=Prose("Wrong words")),
        checked("c1", date(2026, 9, 2)),
        PriorityReflected(
            plan="p1", priority="reading", wording="r1", text=Prose("Reflection words"), carries="finished"
        ),
        PROPOSED,
        ProposalDeclined(plan="p1", proposal="a1", reason=Prose("Declining words")),
        OPENED,
        WHY,
        *(
            PartRetired(plan="p1", part=part, reason=Prose(f"Retiring {part}"))
            for part in ("priority:reading", "strategy:readers", "action:groups", "measure:fluency", "support:coach")
        ),
    )
    places = {
        "vision": ["text:vision"],
        "family": ["text:family:en", "text:family:es"],
        "priority:reading": ["priority:reading", "text:priority:reading"],
        "strategy:readers": ["strategy:readers", *(f"text:strategy:readers:{t}" for t in ("if", "then", "title"))],
        "action:groups": ["action:groups", "text:action:groups"],
        "measure:fluency": ["measure:fluency", "text:measure:fluency"],
        "support:coach": ["support:coach", "text:support:coach"],
        "reflection:reading": ["text:reflection:reading"],
        "reading:r1": ["reading:fluency:r1"],
        "check-in:c1": ["check-in:c1"],
        "proposal:a1": ["mine:a1", "proposal:a1"],
        "refinement:q1": ["text:refinement:q1:why"],
    }
    assert {place.partition(":")[0] for place in places} == REDACTABLE
    before = folded(*events)
    for place, keys in places.items():
        erased = PlanWordsRedacted(plan="p1", about=place, reason=Prose("It names a pupil"))
        after = folded(*events, erased)
        assert sorted(key for key in after if after[key] != before[key]) == keys, place
        assert all(not words_of(after[key].value) for key in keys), place
        assert all(after[key].audience == before[key].audience for key in keys)
        # Read again from a log whose words are gone, it is the same.
        gone = folded(*(without_words(event, erased) for event in events), erased)
        assert gone == after, place


WORDS = ("text", "note", "reason", "why", "words", "barriers")


def words_of(value: Shown) -> list[str]:
    return [getattr(value, name) for name in WORDS if getattr(value, name, None) is not None]


def without_words(event: Event, erased: PlanWordsRedacted) -> Event:
    """Empty an event's words if they are those that were erased."""
    assert isinstance(event, PlanEvent)
    named = redacts(erased)
    assert named is not None
    if stored_name(type(event)) not in named.types or not set(named.tags) <= set(about(event)):
        return event
    prose = {name: Prose(None) for name in event.__struct_fields__ if isinstance(getattr(event, name), Prose)}
    return replace(event, **prose)


def test_words_that_come_after_an_erasure_are_shown() -> None:
    erased = PlanWordsRedacted(plan="p1", about="action:groups", reason=Prose("It names a pupil"))
    again = PassageWorded(plan="p1", passage="action:groups", wording="w1", text=Prose("Form new groups"))
    assert folded(*PARTS, erased) == {**WITH_ACTION, **text("action:groups", None, 4, "groups-erased")}
    assert folded(*PARTS, erased, again) == {**WITH_ACTION, **text("action:groups", "Form new groups", 6, "w1")}
    assert place_of("action:groups") == erased.about


# Who is who


def who(person: str, *more: Event) -> Audiences:
    return audiences(person, folded(BEGUN), happened([*PEOPLE, *more]).people())


def test_leaders_the_home_office_and_auditors_are_the_team() -> None:
    for person in ("patricia", "tomas", "daniel", "amara", "olivia"):
        assert who(person) == {"room", "team", f"person:{person}"}


def test_members_of_the_school_are_the_team() -> None:
    everyone = {"room", "team", "person:eve"}
    assert who("eve", RoleGranted(person="eve", role="team-member", school="maple")) == everyone
    grade = TeamFormed(team="maple-4", school="maple", kind="grade-level", name="Grade 4")
    assert who("eve", grade, TeamJoined(team="maple-4", person="eve")) == everyone
    assert who("eve", RoleGranted(person="eve", role="network-leader", school="maple")) == everyone


def test_observers_of_the_school_see_the_room_and_what_is_theirs() -> None:
    assert who("guest", RoleGranted(person="guest", role="observer", school="maple")) == {"room", "person:guest"}
    assert who("guest", RoleGranted(person="guest", role="observer")) == {"room", "person:guest"}


def test_nobody_else_sees_the_plan() -> None:
    assert who("eve") == frozenset()
    for role in ("observer", "team-member", "school-leader", "network-leader"):
        elsewhere = RoleGranted(person="eve", role=role, school="oak")
        assert who("eve", elsewhere) == frozenset()
    grade = TeamFormed(team="oak-4", school="oak", kind="grade-level", name="Grade 4")
    assert who("eve", grade, TeamJoined(team="oak-4", person="eve")) == frozenset()


def test_a_plan_that_was_never_begun_has_no_audience() -> None:
    assert audiences("patricia", {}, happened(PEOPLE).people()) == frozenset()
