"""The review room: these events give this view, and what is hidden is hidden from everyone but its author."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from daybook.events.core import Event, Prose, Recorded, Refused
from daybook.events.people import People, RoleGranted, TeamFormed, TeamJoined
from daybook.events.review import (
    Answer,
    ConsensusReached,
    DissentKept,
    EvidenceRevised,
    EvidenceWithdrawn,
    MemberAdded,
    MemberRemoved,
    RatingGiven,
    RatingsRevealed,
    RatingWithdrawn,
    ReviewEvent,
    ReviewJoined,
    ReviewRole,
)
from daybook.events.review_commands import (
    AddEvidence,
    AddMember,
    CloseReview,
    JoinReview,
    RecordConsensus,
    RemoveMember,
    RevealRatings,
    WithdrawEvidence,
    WithdrawRating,
)
from daybook.events.streams import AnyCommand
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
from daybook.projections.view import Audiences, Entry, Shown, View, apply, changed, frame, seen
from tests.review_world import (
    CLOSED,
    DAY,
    OPEN,
    OPENED,
    PEOPLE,
    give,
    noted,
    rated,
    revealed,
    scheduled,
)
from tests.stories import History, happened


def minute(count: int) -> datetime:
    """When the event after this many is recorded."""
    return datetime(2026, 3, 9, 15, count, tzinfo=UTC)


def told(*events: Event) -> list[Recorded]:
    return happened(events).recorded


def folded(history: Iterable[Recorded]) -> View:
    view: View = {}
    for recorded in history:
        apply(view, changed(view, project(view, recorded)))
    return view


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


# Blindness


VIEWERS = ("ruth", "ana", "ben", "chiyo", "flor", "dolores", "patricia", "daniel", "olivia", "eve")
ANSWERS: tuple[Answer, ...] = (1, 2, 3, 4, "insufficient-evidence", "abstain")
PARTS: tuple[ReviewRole, ...] = ("facilitator", "reviewer", "observer")


def _asked() -> Iterator[tuple[AnyCommand, str]]:
    """What people ask for on the day, most often what is theirs to do."""
    for code in ("CI.1", "CI.2"):
        for person in ("ana", "ben", "chiyo"):
            yield from ((give(answer, code), person) for answer in ANSWERS)
            yield WithdrawRating(review="m1", indicator=code), person
        yield from ((RevealRatings(review="m1", indicator=code), "ruth") for _ in range(5))
        for level in (2, 3):
            yield RecordConsensus(review="m1", indicator=code, level=level, rationale="Seen"), "ruth"
        yield give(2, code), "dolores"
    for person in ("ana", "ruth"):
        yield (
            AddEvidence(
                review="m1", evidence="e1", source="data", stance="supports", indicators=("CI.1", "CI.2"), text="Seen"
            ),
            person,
        )
        yield WithdrawEvidence(review="m1", evidence="e1"), person
        yield JoinReview(review="m1"), person
    for person in ("ana", "ben", "dolores", "flor"):
        yield from ((AddMember(review="m1", person=person, role=part), "ruth") for part in PARTS)
        yield RemoveMember(review="m1", person=person), "ruth"
    yield CloseReview(review="m1"), "ruth"


_STEPS = st.lists(st.sampled_from(list(_asked())), min_size=1, max_size=25)


def _day(steps: list[tuple[AnyCommand, str]]) -> list[Recorded]:
    history = happened(OPEN)
    for command, actor in steps:
        _do(history, command, actor)
    return [recorded for recorded in history.recorded if recorded.stream == "review:m1"]


def days() -> st.SearchStrategy[list[Recorded]]:
    """A day of a review as it might go: whatever these people ask for and the rules allow, recorded in order."""
    return _STEPS.map(_day)


def _do(history: History, command: AnyCommand, actor: str) -> None:
    try:
        events = history.decide(command, actor)
    except Refused:
        return
    for event in events:
        history.record(event, actor)


def hidden(day: list[Recorded]) -> set[int]:
    """Find the ratings that nobody but their author ever sees: never revealed, or replaced or taken back before."""
    standing: dict[tuple[str, str], int] = {}
    never_shown: set[int] = set()
    for recorded in day:
        match recorded.event:
            case RatingGiven(late=False, indicator=code, person=person):
                standing[code, person] = recorded.position
                never_shown.add(recorded.position)
            case RatingWithdrawn(indicator=code, person=person):
                del standing[code, person]
            case RatingsRevealed(indicator=code):
                never_shown -= {position for (of, _), position in standing.items() if of == code}
            case _:
                pass
    return never_shown


def sight(day: list[Recorded], person: str, people: People) -> Iterator[bytes]:
    """Write down, event by event, all that a person is shown: frames, and the view as it stands."""
    view: View = {}
    for recorded in day:
        patch = changed(view, project(view, recorded))
        told_before = frame(view, patch, audiences(person, view, people))
        apply(view, patch)
        yield msgspec.json.encode((told_before, seen(view, audiences(person, view, people))))


def otherwise(day: list[Recorded], author: str, step: int) -> list[Recorded]:
    """Tell the same day with other answers wherever this author's are never shown."""
    secret, told_otherwise = hidden(day), []
    for recorded in day:
        event = recorded.event
        if recorded.position in secret and isinstance(event, RatingGiven) and event.person == author:
            answer = ANSWERS[(ANSWERS.index(event.answer) + step) % len(ANSWERS)]
            told_otherwise.append(replace(recorded, event=replace(event, answer=answer)))
        else:
            told_otherwise.append(recorded)
    return told_otherwise


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(days(), st.sampled_from(("ana", "ben", "chiyo", "dolores")), st.integers(1, len(ANSWERS) - 1))
def test_another_hidden_answer_changes_nothing_for_anyone_but_its_author(
    day: list[Recorded], author: str, step: int
) -> None:
    people = happened(PEOPLE).people()
    another = otherwise(day, author, step)
    for person in VIEWERS:
        if person != author:
            assert list(sight(day, person, people)) == list(sight(another, person, people)), person


def looking_back(day: list[Recorded], person: str, people: People) -> list[bytes]:
    """Write down what a person is shown of each moment of a day, when it is over or as far as it went."""
    now = folded(day)
    ever = frozenset(entry.audience for entry in folded_ever(day))
    mine = hindsight(now, audiences(person, now, people), ever)
    view: View = {}
    shown = []
    for recorded in day:
        apply(view, project(view, recorded))
        shown.append(msgspec.json.encode(seen(view, mine)))
    return shown


def folded_ever(day: list[Recorded]) -> Iterator[Entry]:
    """Yield every entry that a day made."""
    view: View = {}
    for recorded in day:
        patch = changed(view, project(view, recorded))
        apply(view, patch)
        yield from (entry for entry in patch.values() if entry is not None)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(days(), st.sampled_from(("ana", "ben", "chiyo", "dolores")), st.integers(1, len(ANSWERS) - 1))
def test_hindsight_shows_hidden_answers_to_the_team_of_a_closed_review_alone(
    day: list[Recorded], author: str, step: int
) -> None:
    people = happened(PEOPLE).people()
    another = otherwise(day, author, step)
    now = folded(day)
    is_closed = any(recorded.event == CLOSED for recorded in day)
    for person in VIEWERS:
        if person != author:
            same = looking_back(day, person, people) == looking_back(another, person, people)
            may_know = is_closed and "team" in audiences(person, now, people)
            assert same == (not may_know or day == another), person


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(days())
def test_frames_lead_to_the_view_for_every_audience(day: list[Recorded]) -> None:
    kinds: list[Audiences] = [
        frozenset({"room"}),
        frozenset({"room", "team"}),
        frozenset({"room", "team", "person:ana"}),
        frozenset({"room", "person:flor"}),
    ]
    view: View = {}
    shown: list[dict[str, Shown]] = [{} for _ in kinds]
    for recorded in day:
        patch = changed(view, project(view, recorded))
        frames = [frame(view, patch, kind) for kind in kinds]
        apply(view, patch)
        for mine, told_now, kind in zip(shown, frames, kinds, strict=True):
            for key, value in told_now.items():
                if value is None:
                    del mine[key]
                else:
                    mine[key] = value
            assert mine == seen(view, kind)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(days())
def test_the_projection_keeps_up_with_the_rules(day: list[Recorded]) -> None:
    """Whatever was allowed can be shown, and every event of a review is for its projection."""
    assert all(isinstance(recorded.event, ReviewEvent) for recorded in day)
    view = folded(day)
    review = view["review"].value
    assert isinstance(review, ReviewShown)
    assert review.phase == ("closed" if any(recorded.event == CLOSED for recorded in day) else "open")
