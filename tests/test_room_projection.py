"""The review room: these events give this view, and this is who sees which of its entries."""

from datetime import UTC, datetime

from msgspec.structs import replace

from daybook.events.core import Event, Prose, Recorded
from daybook.events.people import RoleGranted, TeamFormed, TeamJoined
from daybook.events.review import (
    ConsensusReached,
    DissentKept,
    EvidenceRevised,
    EvidenceWithdrawn,
    MemberAdded,
    MemberRemoved,
    RatingWithdrawn,
    ReviewJoined,
)
from daybook.projections.room import (
    ConsensusShown,
    DissentShown,
    EvidenceShown,
    FiguresShown,
    IndicatorShown,
    LateShown,
    MemberShown,
    RatedShown,
    RatingShown,
    ReviewShown,
    audiences,
    hindsight,
    project,
)
from daybook.projections.view import Audiences, Entry, Shown, View, changed, frame, seen
from tests.review_world import CLOSED, DAY, OPEN, OPENED, PEOPLE, noted, rated, revealed, scheduled
from tests.room_shown import folded
from tests.stories import happened


def minute(count: int) -> datetime:
    """When the event after this many is recorded."""
    return datetime(2026, 3, 9, 15, count, tzinfo=UTC)


def told(*events: Event) -> list[Recorded]:
    return happened(events).recorded


def room(value: Shown) -> Entry:
    return Entry(value, "room")


def team(value: Shown) -> Entry:
    return Entry(value, "team")


REVIEW = ReviewShown(
    review="m1",
    school="maple",
    date=DAY,
    rubric="pif-1",
    levels=4,
    focus=("CI.1", "CI.2"),
    phase="scheduled",
    ilt_rates=False,
)
MEMBERS = {
    "member:ruth": room(MemberShown("ruth", "facilitator")),
    "member:ana": room(MemberShown("ana", "reviewer")),
    "member:ben": room(MemberShown("ben", "reviewer")),
    "member:chiyo": room(MemberShown("chiyo", "reviewer")),
    "member:flor": room(MemberShown("flor", "observer")),
}
BLIND = {
    "indicator:CI.1": room(IndicatorShown("CI.1", "blind")),
    "indicator:CI.2": room(IndicatorShown("CI.2", "blind")),
}
AT_FIRST: View = {"review": room(REVIEW), **MEMBERS, **BLIND}
DAY_OPEN: View = {**AT_FIRST, "review": room(replace(REVIEW, phase="open", opened_at=minute(1)))}


def test_a_review_that_was_set_shows_its_team_and_its_indicators() -> None:
    assert folded(told(scheduled())) == AT_FIRST


def test_people_come_arrive_change_their_part_and_go() -> None:
    history = told(
        scheduled(),
        OPENED,
        ReviewJoined(review="m1", person="ana"),
        MemberAdded(review="m1", person="ana", role="observer"),
        MemberAdded(review="m1", person="dolores", role="reviewer"),
        MemberRemoved(review="m1", person="ben"),
    )
    expected = {
        **DAY_OPEN,
        "member:ana": room(MemberShown("ana", "observer", minute(2))),
        "member:dolores": room(MemberShown("dolores", "reviewer")),
    }
    del expected["member:ben"]
    assert folded(history) == expected


def test_a_blind_rating_is_two_entries_and_its_answer_is_its_authors_alone() -> None:
    assert folded(told(scheduled(), OPENED, rated("ana", 3), rated("ben", "abstain"), rated("ana", 2))) == {
        **DAY_OPEN,
        "rated:CI.2:ana": team(RatedShown("CI.2", "ana")),
        "rating:CI.2:ana": Entry(RatingShown("CI.2", "ana", 2), "person:ana"),
        "rated:CI.2:ben": team(RatedShown("CI.2", "ben")),
        "rating:CI.2:ben": Entry(RatingShown("CI.2", "ben", "abstain"), "person:ben"),
    }


def test_a_rating_taken_back_leaves_no_trace_in_the_room() -> None:
    taken_back = RatingWithdrawn(review="m1", indicator="CI.2", person="ana")
    assert folded(told(scheduled(), OPENED, rated("ana", 3), taken_back)) == DAY_OPEN


def test_the_reveal_hands_the_answers_to_the_team_with_their_figures() -> None:
    history = told(
        scheduled(), OPENED, rated("ana", 3), rated("ana", 4, "CI.1"), rated("ben", 2), rated("flor", 1), revealed("x")
    )
    assert folded(history) == {
        **DAY_OPEN,
        "rated:CI.1:ana": team(RatedShown("CI.1", "ana")),
        "rating:CI.1:ana": Entry(RatingShown("CI.1", "ana", 4), "person:ana"),
        **{f"rated:CI.2:{person}": team(RatedShown("CI.2", person)) for person in ("ana", "ben", "flor")},
        "rating:CI.2:ana": team(RatingShown("CI.2", "ana", 3)),
        "rating:CI.2:ben": team(RatingShown("CI.2", "ben", 2)),
        "rating:CI.2:flor": team(RatingShown("CI.2", "flor", 1)),
        "figures:CI.2": team(
            FiguresShown("CI.2", counts=(1, 1, 1, 0), insufficient=0, abstained=0, median=(2, 2), spread=2)
        ),
        "indicator:CI.2": room(IndicatorShown("CI.2", "revealed", ("x",), minute(6))),
    }


def test_figures_have_a_count_for_each_level_of_the_reviews_rubric() -> None:
    for levels in (2, 3, 7):
        view = folded(told(scheduled(levels), OPENED, rated("ana", levels), revealed("ben")))
        figures = view["figures:CI.2"].value
        assert isinstance(figures, FiguresShown)
        assert figures.counts == (*(0,) * (levels - 1), 1)


def test_a_late_rating_stands_beside_the_others_and_moves_no_figure() -> None:
    in_time = told(scheduled(), OPENED, rated("ana", 3), revealed("ben", "chiyo"))
    after = told(
        scheduled(),
        OPENED,
        rated("ana", 3),
        revealed("ben", "chiyo"),
        rated("ben", 1, late=True),
        rated("ana", 1, late=True),
    )
    assert folded(after) == {
        **folded(in_time),
        "late:CI.2:ben": team(LateShown("CI.2", "ben", 1)),
        "late:CI.2:ana": team(LateShown("CI.2", "ana", 1)),
    }


def test_evidence_keeps_its_earlier_wordings_and_says_when_it_was_withdrawn() -> None:
    def reworded(text: str, setting: str | None = None) -> EvidenceRevised:
        return EvidenceRevised(
            review="m1",
            evidence="e1",
            source="interview",
            stance="challenges",
            indicators=("CI.1",),
            text=Prose(text),
            setting=Prose(setting) if setting else None,
        )

    history = told(
        scheduled(),
        OPENED,
        noted("e1", text="First"),
        noted("e2", "ben"),
        reworded("Second", "Grade 4"),
        reworded("Third"),
        EvidenceWithdrawn(review="m1", evidence="e2"),
    )
    seen_first = EvidenceShown("e2", "ben", "observation", "supports", ("CI.2",), "Plans on the wall", None, minute(3))
    assert folded(history) == {
        **DAY_OPEN,
        "evidence:e1": team(
            EvidenceShown(
                evidence="e1",
                person="ana",
                source="interview",
                stance="challenges",
                indicators=("CI.1",),
                text="Third",
                setting=None,
                at=minute(2),
                earlier=("First", "Second"),
            )
        ),
        "evidence:e2": team(replace(seen_first, withdrawn=True)),
    }


def test_after_the_end_the_team_has_every_audience_for_what_is_past() -> None:
    mine = frozenset({"room", "team", "person:ana"})
    ever = mine | {"person:ben", "person:gone"}
    until_then, since = folded(told(scheduled(), OPENED)), folded(told(scheduled(), OPENED, CLOSED))
    assert hindsight(until_then, mine, ever) == mine
    assert hindsight(since, mine, ever) == ever
    for outside in (frozenset({"room"}), frozenset({"room", "person:flor"})):
        assert hindsight(since, outside, ever) == outside


def test_a_consensus_is_for_the_room_and_a_second_one_takes_its_place() -> None:
    def reached(level: int) -> ConsensusReached:
        return ConsensusReached(
            review="m1",
            indicator="CI.2",
            level=level,
            rationale=Prose("Seen in most rooms"),
            evidence=("e1",),
            dissent=(DissentKept(text=Prose("I saw less"), person="ben"), DissentKept(text=Prose("So did I"))),
        )

    history = happened([scheduled(), OPENED, noted(), rated("ana", 3), revealed("ben", "chiyo")])
    before = folded(history.recorded)
    history.record(reached(3), "ruth")
    history.record(reached(2), "daniel")
    assert folded(history.recorded) == {
        **before,
        "indicator:CI.2": room(IndicatorShown("CI.2", "consensus", ("ben", "chiyo"), minute(4))),
        "consensus:CI.2": room(
            ConsensusShown(
                code="CI.2",
                level=2,
                rationale="Seen in most rooms",
                evidence=("e1",),
                dissent=(DissentShown("ben", "I saw less"), DissentShown(None, "So did I")),
                by="daniel",
                at=minute(6),
            )
        ),
    }


def test_what_was_erased_is_shown_as_gone() -> None:
    evidence = replace(noted(), text=Prose(None, "0" * 64), setting=Prose(None, "1" * 64))
    agreed = ConsensusReached(
        review="m1", indicator="CI.2", level=3, rationale=Prose(None), dissent=(DissentKept(text=Prose(None)),)
    )
    view = folded(told(scheduled(), OPENED, evidence, rated("ana", 3), revealed(), agreed))
    shown, consensus = view["evidence:e1"].value, view["consensus:CI.2"].value
    assert isinstance(shown, EvidenceShown)
    assert isinstance(consensus, ConsensusShown)
    assert (shown.text, shown.setting) == (None, None)
    assert (consensus.rationale, consensus.dissent) == (None, (DissentShown(None, None),))


def test_a_closed_review_says_when_it_was_closed() -> None:
    closed = replace(REVIEW, phase="closed", opened_at=minute(1), closed_at=minute(2))
    assert folded(told(scheduled(), OPENED, CLOSED)) == {**AT_FIRST, "review": room(closed)}


# Who is who


def who(person: str, *more: Event) -> Audiences:
    people = happened([*PEOPLE, *more]).people()
    return audiences(person, folded(told(scheduled())), people)


def test_the_team_sees_the_teams_work_and_everyone_their_own() -> None:
    assert who("ruth") == {"room", "team", "person:ruth"}
    assert who("ana") == {"room", "team", "person:ana"}


def test_an_observer_sees_the_room() -> None:
    assert who("flor") == {"room", "person:flor"}


def test_an_auditor_sees_the_teams_work_and_no_blind_rating() -> None:
    assert who("olivia") == {"room", "team"}


def test_leaders_of_the_school_and_of_the_network_see_the_room() -> None:
    assert who("patricia") == who("tomas") == who("daniel") == who("amara") == {"room"}


def test_an_observer_of_the_school_sees_the_room_of_its_review() -> None:
    assert who("guest", RoleGranted(person="guest", role="observer", school="maple")) == {"room"}
    assert who("guest", RoleGranted(person="guest", role="observer", school="oak")) == frozenset()


def test_nobody_else_enters() -> None:
    assert who("eve") == frozenset()
    assert who("eve", RoleGranted(person="eve", role="team-member", school="maple")) == frozenset()
    assert who("eve", RoleGranted(person="eve", role="school-leader", school="oak")) == frozenset()
    ilt = TeamFormed(team="oak-ilt", school="oak", kind="ilt", name="Leadership Team")
    assert who("eve", ilt, TeamJoined(team="oak-ilt", person="eve")) == frozenset()


def test_a_part_in_the_review_comes_before_a_role_in_the_network() -> None:
    assert who("flor", RoleGranted(person="flor", role="auditor")) == {"room", "person:flor"}


def test_a_review_that_was_never_set_has_no_audience() -> None:
    assert audiences("ruth", {}, happened(PEOPLE).people()) == frozenset()


# Patches


def test_a_patch_leaves_out_what_is_shown_already() -> None:
    view = folded(told(scheduled(), OPENED, rated("ana", 3)))
    [again] = told(*OPEN, rated("ana", 2))[-1:]
    assert changed(view, project(view, again)) == {
        "rating:CI.2:ana": Entry(RatingShown("CI.2", "ana", 2), "person:ana"),
    }
    [gone] = told(*OPEN, rated("ben", 2), RatingWithdrawn(review="m1", indicator="CI.2", person="ben"))[-1:]
    assert changed(view, project(view, gone)) == {}


def test_a_frame_tells_what_came_into_sight_and_what_left_it() -> None:
    value = RatedShown("CI.2", "ana")
    view = {"mine": Entry(value, "person:ana"), "theirs": Entry(value, "team"), "gone": Entry(value, "room")}
    patch = {"mine": Entry(value, "team"), "theirs": Entry(value, "person:ana"), "gone": None, "never": None}
    assert frame(view, patch, {"team"}) == {"mine": value, "theirs": None}
    assert frame(view, patch, {"room"}) == {"gone": None}
    assert frame(view, patch, {"person:ana"}) == {"mine": None, "theirs": value}
    assert frame(view, patch, {"person:ben"}) == {}
    assert seen(view, {"room", "team"}) == {"theirs": value, "gone": value}
