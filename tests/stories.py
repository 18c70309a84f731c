"""Rules as stories: given what happened, when someone asks for something, then this follows.

A story that goes well leads on: what `then` expects has happened when the next `when` is asked.
"""

from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from daybook.events import outcomes, people, plan, practice, review, rubric, school
from daybook.events.core import Event, NotAllowed, Recorded, Refused
from daybook.events.gathered import gathered_by
from daybook.events.people import Context, People
from daybook.events.streams import AnyCommand, State, decide, evolve, initial, reads, stream_of, tags

START = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NO_COMMAND = UUID(int=0)


def stream_of_event(event: Event) -> str:
    """Name the stream that an event belongs to."""
    if isinstance(event, people.PeopleEvent):
        return people.STREAM
    if isinstance(event, school.SchoolEvent):
        return f"school:{event.school}"
    if isinstance(event, rubric.RubricEvent):
        return f"rubric:{event.rubric}"
    if isinstance(event, practice.PracticeSet):
        return practice.STREAM
    if isinstance(event, outcomes.OutcomesEvent):
        return f"outcomes:{event.outcomes}"
    if isinstance(event, plan.PlanEvent):
        return f"plan:{event.plan}"
    assert isinstance(event, review.ReviewEvent)
    return f"review:{event.review}"


class History:
    """What has happened in one network: the recorded events, and every stream's state."""

    def __init__(self) -> None:
        self.recorded: list[Recorded] = []
        self.states: dict[str, State] = {}

    def state(self, stream: str) -> State:
        return self.states.get(stream) or initial(stream)

    def people(self) -> People:
        state = self.state(people.STREAM)
        assert isinstance(state, People)
        return state

    def record(self, event: Event, actor: str = "somebody") -> Recorded:
        """Append an event, a minute after the one before."""
        stream = stream_of_event(event)
        state = self.state(stream)
        recorded = Recorded(
            position=len(self.recorded) + 1,
            at=START + MINUTE * len(self.recorded),
            actor=actor,
            command=NO_COMMAND,
            tags=tags(event, state),
            event=event,
        )
        self.states[stream] = evolve(state, event)
        for name in gathered_by(recorded.type, recorded.tags):
            self.states[name] = evolve(self.state(name), event)
        self.recorded.append(recorded)
        return recorded

    def decide(self, command: AnyCommand, actor: str) -> list[Event]:
        """Decide a command as things stand; nothing is recorded."""
        context = Context(
            actor=actor,
            at=START + MINUTE * len(self.recorded),
            people=self.people(),
            others={stream: self.state(stream) for stream in reads(command, self.state(stream_of(command)))},
        )
        return decide(command, self.state(stream_of(command)), context)

    def copy(self) -> "History":
        other = History()
        other.recorded, other.states = list(self.recorded), deepcopy(self.states)
        return other


class Story:
    """A history, and what somebody asked for last."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._asked: tuple[AnyCommand, str] | None = None

    def when(self, command: AnyCommand, actor: str) -> Self:
        self._asked = (command, actor)
        return self

    def then(self, *expected: Event) -> "Story":
        """Expect exactly these events, and go on from there."""
        events, actor = self._decided()
        assert events == list(expected)
        history = self._history.copy()
        for event in events:
            history.record(event, actor)
        return Story(history)

    def then_something(self) -> None:
        """Expect that something comes of it, whatever it is."""
        assert self._decided()[0] != []

    def then_nothing(self) -> "Story":
        """Expect that it had already happened."""
        assert self._decided()[0] == []
        return self

    def then_refused(self, sentence: str) -> "Story":
        """Expect a refusal that the state of things is the reason for."""
        assert self._refusal() == (Refused, sentence)
        return self

    def then_not_allowed(self, sentence: str) -> "Story":
        """Expect a refusal that the person is the reason for."""
        assert self._refusal() == (NotAllowed, sentence)
        return self

    def _decided(self) -> tuple[list[Event], str]:
        assert self._asked is not None, "nobody asked for anything"
        command, actor = self._asked
        return self._history.decide(command, actor), actor

    def _refusal(self) -> tuple[type[Refused], str]:
        try:
            events, _ = self._decided()
        except Refused as refused:
            return type(refused), refused.sentence
        raise AssertionError(f"not refused: {events}")


def happened(events: Iterable[Event]) -> History:
    """Record events in order."""
    history = History()
    for event in events:
        history.record(event)
    return history


def given(*events: Event) -> Story:
    """Begin a story after these events."""
    return Story(happened(events))
