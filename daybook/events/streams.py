"""All streams in one place: which module decides a command, folds an event and tags it.

This is the list to extend when Daybook learns a new kind of stream. Whatever handles commands and
events comes through here, and the type checker names every branch that is missing.
"""

from collections.abc import Iterable
from typing import assert_never

from daybook.events import (
    outcomes,
    outcomes_boundary,
    outcomes_commands,
    outcomes_rules,
    outcomes_state,
    people,
    plan,
    plan_boundary,
    plan_commands,
    plan_rules,
    plan_state,
    plan_tags,
    practice,
    review,
    review_boundary,
    review_commands,
    review_rules,
    review_state,
    review_tags,
    rubric,
    school,
    standing,
    years,
)
from daybook.events.core import Boundary, Event, Match, Prose, Recorded
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import Context, People
from daybook.events.plan_state import Plan
from daybook.events.practice import Practice
from daybook.events.review_state import Review
from daybook.events.rubric import Rubric
from daybook.events.school import School
from daybook.events.standing import Standing
from daybook.events.years import Years

AnyEvent = (
    people.PeopleEvent
    | school.SchoolEvent
    | rubric.RubricEvent
    | review.ReviewEvent
    | practice.PracticeSet
    | outcomes.OutcomesEvent
    | plan.PlanEvent
)
AnyCommand = (
    people.PeopleCommand
    | school.SchoolCommand
    | rubric.RubricCommand
    | review_commands.ReviewCommand
    | practice.SetPractice
    | outcomes_commands.OutcomesCommand
    | plan_commands.PlanCommand
)
State = People | School | Rubric | Review | Practice | Outcomes | Plan | Years | Standing


def stream_of(command: AnyCommand) -> str:
    """Name the stream that a command acts on, such as `review:maple-2026`."""
    if isinstance(command, people.PeopleCommand):
        return people.stream_of(command)
    if isinstance(command, school.SchoolCommand):
        return school.stream_of(command)
    if isinstance(command, rubric.RubricCommand):
        return rubric.stream_of(command)
    if isinstance(command, review_commands.ReviewCommand):
        return review_boundary.stream_of(command)
    if isinstance(command, practice.SetPractice):
        return practice.stream_of(command)
    if isinstance(command, outcomes_commands.OutcomesCommand):
        return outcomes_boundary.stream_of(command)
    if isinstance(command, plan_commands.PlanCommand):
        return plan_rules.stream_of(command)
    assert_never(command)


def reads(command: AnyCommand, state: State) -> tuple[str, ...]:
    """Name what else a decision on its stream's state looks at: other streams, and what is gathered from several.

    All look at `people` besides.
    """
    if isinstance(command, review_commands.ReviewCommand):
        return review_boundary.reads(command)
    if isinstance(command, outcomes_commands.OutcomesCommand):
        return outcomes_boundary.reads(command, state if isinstance(state, Outcomes) else None)
    if isinstance(command, plan_commands.PlanCommand):
        return plan_rules.reads(command, state if isinstance(state, Plan) else None)
    return ()


def boundary(command: AnyCommand, actor: str, state: State | None = None) -> Boundary:
    """Name the events that would change a decision on a state, the actor's own roles among them."""
    roles = Match(people.STANDING, (people.STREAM, f"person:{actor}"))
    if isinstance(command, people.PeopleCommand):
        return (roles, *people.boundary(command))
    if isinstance(command, school.SchoolCommand):
        return (roles, *school.boundary(command))
    if isinstance(command, rubric.RubricCommand):
        return (roles, *rubric.boundary(command))
    if isinstance(command, review_commands.ReviewCommand):
        return (roles, *review_boundary.boundary(command, actor))
    if isinstance(command, practice.SetPractice):
        return (roles, *practice.boundary(command))
    if isinstance(command, outcomes_commands.OutcomesCommand):
        return (roles, *outcomes_boundary.boundary(command, actor, state if isinstance(state, Outcomes) else None))
    if isinstance(command, plan_commands.PlanCommand):
        return (roles, *plan_boundary.boundary(command, actor, state if isinstance(state, Plan) else None))
    assert_never(command)


def decide(command: AnyCommand, state: State, context: Context) -> list[Event]:
    """Decide a command against its stream's state: new events, or none when it had already happened.

    Raises `Refused` with a sentence when a rule says no, `NotAllowed` when it is not this person's to do.
    """
    if isinstance(command, people.PeopleCommand) and isinstance(state, People):
        return people.decide(command, state, context)
    if isinstance(command, school.SchoolCommand) and isinstance(state, School):
        return school.decide(command, state, context)
    if isinstance(command, rubric.RubricCommand) and isinstance(state, Rubric):
        return rubric.decide(command, state, context)
    if isinstance(command, review_commands.ReviewCommand) and isinstance(state, Review):
        return review_rules.decide(command, state, context)
    if isinstance(command, practice.SetPractice) and isinstance(state, Practice):
        return practice.decide(command, state, context)
    if isinstance(command, outcomes_commands.OutcomesCommand) and isinstance(state, Outcomes):
        return outcomes_rules.decide(command, state, context)
    if isinstance(command, plan_commands.PlanCommand) and isinstance(state, Plan):
        return plan_rules.decide(command, state, context)
    raise TypeError(f"{type(command).__name__} is not decided on {type(state).__name__}")


def initial(stream: str) -> State:
    """Return the state of a stream before its first event."""
    kinds: dict[str, type[State]] = {
        "people": People,
        "school": School,
        "rubric": Rubric,
        "review": Review,
        "practice": Practice,
        "outcomes": Outcomes,
        "plan": Plan,
        years.KIND: Years,
        standing.KIND: Standing,
    }
    return kinds[stream.partition(":")[0]]()


def evolve(state: State, event: Event) -> State:
    """Fold one event of a stream into its state, in place: whoever folds owns the state."""
    if isinstance(state, People) and isinstance(event, people.PeopleEvent):
        return people.evolve(state, event)
    if isinstance(state, School) and isinstance(event, school.SchoolEvent):
        return school.evolve(state, event)
    if isinstance(state, Rubric) and isinstance(event, rubric.RubricEvent):
        return rubric.evolve(state, event)
    if isinstance(state, Review) and isinstance(event, review.ReviewEvent):
        return review_state.evolve(state, event)
    if isinstance(state, Practice) and isinstance(event, practice.PracticeSet):
        return practice.evolve(state, event)
    if isinstance(state, Outcomes) and isinstance(event, outcomes.OutcomesEvent):
        return outcomes_state.evolve(state, event)
    if isinstance(state, Plan) and isinstance(event, plan.PlanEvent):
        return plan_state.evolve(state, event)
    if isinstance(state, Years) and isinstance(event, years.YearsEvent):
        return years.evolve(state, event)
    if isinstance(state, Standing) and isinstance(event, standing.StandingEvent):
        return standing.evolve(state, event)
    raise TypeError(f"{type(event).__name__} is no event of {type(state).__name__}")


def fold(stream: str, history: Iterable[Recorded]) -> State:
    """Fold a stream's recorded events, in order, from nothing."""
    state = initial(stream)
    for recorded in history:
        state = evolve(state, recorded.event)
    return state


def tags(event: Event, state: State) -> tuple[str, ...]:
    """Tag an event that was decided on this state; the first tag is its stream."""
    if isinstance(event, people.PeopleEvent) and isinstance(state, People):
        return people.tags(event, state)
    if isinstance(event, school.SchoolEvent) and isinstance(state, School):
        return school.tags(event, state)
    if isinstance(event, rubric.RubricEvent) and isinstance(state, Rubric):
        return rubric.tags(event, state)
    if isinstance(event, review.ReviewEvent) and isinstance(state, Review):
        return review_tags.tags(event, state)
    if isinstance(event, practice.PracticeSet) and isinstance(state, Practice):
        return practice.tags(event, state)
    if isinstance(event, outcomes.OutcomesEvent) and isinstance(state, Outcomes):
        return outcomes_state.tags(event, state)
    if isinstance(event, plan.PlanEvent) and isinstance(state, Plan):
        return plan_state.tags(event, state)
    raise TypeError(f"{type(event).__name__} is no event of {type(state).__name__}")


REDACTIONS = frozenset({"evidence-redacted", "consensus-redacted", "outcome-words-redacted", "plan-words-redacted"})
"""The stored names of the events that erase words of earlier ones."""


def why_redacted(event: Event) -> Prose | None:
    """Return why words were erased; None for an event that erases nothing."""
    match event:
        case (
            review.EvidenceRedacted()
            | review.ConsensusRedacted()
            | outcomes.OutcomeWordsRedacted()
            | plan.PlanWordsRedacted()
        ):
            return event.reason
        case _:
            return None


def redacts(event: Event) -> Match | None:
    """Name the earlier events of an event's stream whose words it erases; None for one that erases nothing."""
    return review_tags.redacts(event) or outcomes.redacts(event) or plan_tags.redacts(event)
