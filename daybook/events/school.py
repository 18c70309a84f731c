"""A school of the network, one stream each: `school:<id>`.

What a school is called and which grades it teaches; everything that is judged or planned about it
lives in streams of its own and carries the tag `school:<id>`.
"""

from typing import Literal, assert_never

from msgspec import Struct

from daybook.events.core import Boundary, Command, Event, Id, Match, Name, Refused
from daybook.events.people import Context, administrators_only

Grades = Literal["elementary", "middle", "high", "span"]


class SchoolAdded(Event, frozen=True, tag="school-added"):
    """A school joined the network."""

    school: Id
    name: Name
    grades: Grades


class SchoolRenamed(Event, frozen=True, tag="school-renamed"):
    """A school goes by another name; its id stays."""

    school: Id
    name: Name


class AddSchool(Command, frozen=True, tag="add-school"):
    """Add a school to the network."""

    school: Id
    name: Name
    grades: Grades


class RenameSchool(Command, frozen=True, tag="rename-school"):
    """Give a school another name."""

    school: Id
    name: Name


SchoolEvent = SchoolAdded | SchoolRenamed
SchoolCommand = AddSchool | RenameSchool


class School(Struct):
    """A school as it stands; `name` is empty until it is added."""

    name: str = ""


def stream_of(command: SchoolCommand) -> str:
    """Each school is a stream."""
    return f"school:{command.school}"


def boundary(command: SchoolCommand) -> Boundary:
    """Any change of the school's own; its reviews carry its tag too, and do not matter here."""
    return (Match(("school-added", "school-renamed"), (stream_of(command),)),)


def decide(command: SchoolCommand, school: School, context: Context) -> list[Event]:
    """Decide a change of the network's list of schools."""
    administrators_only(context)
    match command:
        case AddSchool():
            if school.name:
                raise Refused("There is already a school with the id {school}. Choose another.", school=command.school)
            return [SchoolAdded(school=command.school, name=command.name, grades=command.grades)]
        case RenameSchool():
            if not school.name:
                raise Refused("There is no school with the id {school}.", school=command.school)
            return [] if school.name == command.name else [SchoolRenamed(school=command.school, name=command.name)]
        case _:
            assert_never(command)


def evolve(school: School, event: SchoolEvent) -> School:
    """Fold one event into the state, in place."""
    match event:
        case SchoolAdded() | SchoolRenamed():
            school.name = event.name
        case _:
            assert_never(event)
    return school


def tags(event: SchoolEvent, _school: School) -> tuple[str, ...]:
    """The school is both the stream and what it is about."""
    return (f"school:{event.school}",)
