"""What is hidden in a review is hidden from everyone but its author, whatever happens in it."""

from collections.abc import Iterator

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from daybook.events.core import Recorded, Refused
from daybook.events.people import People
from daybook.events.review import Answer, RatingGiven, RatingsRevealed, RatingWithdrawn, ReviewEvent, ReviewRole
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
from daybook.projections.room import ReviewShown, audiences, hindsight, project
from daybook.projections.view import Audiences, Entry, Shown, View, apply, changed, frame, seen
from tests.review_world import CLOSED, OPEN, PEOPLE, give
from tests.room_shown import folded
from tests.stories import History, happened

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
