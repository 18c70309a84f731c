"""How a network works where it may choose: one stream, `practice`, for the whole network.

Nothing here is a constant of the code: public material is silent on it, so a network sets it. What a
plan or a page of June Outcomes was begun under stays with it; a change here is for those begun later.
"""

from datetime import date, timedelta
from typing import Annotated, Literal, assert_never

from msgspec import Meta, Struct

from daybook.events.core import Boundary, Command, Event, Match, Refused
from daybook.events.people import Context, administrators_only

STREAM = "practice"

MonthDay = Annotated[
    str, Meta(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])(?![\s\S])", description="A day of every year, MM-DD.")
]
Quarters = tuple[MonthDay, MonthDay, MonthDay, MonthDay]
Rewording = Literal["in-refinements", "any-time"]
SchoolYear = Annotated[
    int, Meta(ge=2000, le=2199, description="The calendar year in which a school year begins, 2025 for 2025–26.")
]


class PracticeSet(Event, frozen=True, tag="practice-set"):
    """The network said how it works: quarters, number of June Outcomes, rewording of plans, cadence of check-ins.

    `quarters` are the days on which they begin, the first of them beginning the school year.
    `check_in_days` is how many days may pass between two check-ins on a strategy.
    """

    quarters: Quarters
    least_outcomes: int
    most_outcomes: int
    rewording: Rewording
    check_in_days: int


class SetPractice(Command, frozen=True, tag="set-practice"):
    """Say how the network works from now on."""

    quarters: Quarters
    least_outcomes: Annotated[int, Meta(ge=1, le=10)]
    most_outcomes: Annotated[int, Meta(ge=1, le=10)]
    rewording: Rewording
    check_in_days: Annotated[int, Meta(ge=1, le=366)]


class Practice(Struct):
    """How the network works: as it said, or as most do until it has said anything."""

    quarters: Quarters = ("07-01", "10-01", "01-01", "04-01")
    least_outcomes: int = 3
    most_outcomes: int = 5
    rewording: Rewording = "in-refinements"
    check_in_days: int = 45

    def quarters_of(self, year: int) -> tuple[date, date, date, date]:
        """Return the first day of each quarter of a school year."""
        first = self.quarters[0]

        def day(start: str) -> date:
            return date.fromisoformat(f"{year if start >= first else year + 1}-{start}")

        q1, q2, q3, q4 = (day(start) for start in self.quarters)
        return q1, q2, q3, q4

    def last_day_of(self, year: int) -> date:
        """Return the last day of a school year."""
        return self.quarters_of(year + 1)[0] - timedelta(days=1)


def stream_of(_command: SetPractice) -> str:
    """A network has one way of working."""
    return STREAM


def boundary(_command: SetPractice) -> Boundary:
    """Whatever was said before."""
    return (Match((), (STREAM,)),)


def decide(command: SetPractice, practice: Practice, context: Context) -> list[Event]:
    """Decide a change of how the network works."""
    administrators_only(context)
    if command.least_outcomes > command.most_outcomes:
        raise Refused("The least number of outcomes is above the most. Swap them.")
    quarters = Practice(quarters=command.quarters).quarters_of(2001)
    if sorted(set(quarters)) != list(quarters):
        raise Refused("The quarters do not follow one another within a year. Check the days on which they begin.")
    said = Practice(
        command.quarters, command.least_outcomes, command.most_outcomes, command.rewording, command.check_in_days
    )
    if said == practice:
        return []
    return [
        PracticeSet(
            quarters=command.quarters,
            least_outcomes=command.least_outcomes,
            most_outcomes=command.most_outcomes,
            rewording=command.rewording,
            check_in_days=command.check_in_days,
        )
    ]


def evolve(practice: Practice, event: PracticeSet) -> Practice:
    """Fold one event into the state, in place."""
    match event:
        case PracticeSet():
            practice.quarters = event.quarters
            practice.least_outcomes, practice.most_outcomes = event.least_outcomes, event.most_outcomes
            practice.rewording, practice.check_in_days = event.rewording, event.check_in_days
        case _:
            assert_never(event)
    return practice


def tags(_event: PracticeSet, _practice: Practice) -> tuple[str, ...]:
    """The stream alone."""
    return (STREAM,)
