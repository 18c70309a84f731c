"""A version of the rubric, one stream each: `rubric:<id>`.

A version is drafted, filled with systems and indicators, and published; from then on it never
changes, since ratings pin it. A better rubric is a new version under a new id. How many levels it
has is part of the version: nothing anywhere may assume four.
"""

from typing import Annotated, assert_never

from msgspec import Meta, Struct, field

from daybook.events.core import Boundary, Command, Event, Id, IndicatorCode, Match, Name, Refused
from daybook.events.people import Context, administrators_only

SystemCode = Annotated[str, Meta(pattern=r"^[A-Z]{1,4}$", description="A system's stable code, such as CI.")]
Line = Annotated[str, Meta(min_length=1, max_length=1_000)]


class Said(Struct, frozen=True):
    """The same words in both languages of the network."""

    en: Line
    es: Line


Levels = Annotated[tuple[Said, ...], Meta(min_length=2, max_length=7, description="Level names, lowest first.")]


class RubricDrafted(Event, frozen=True, tag="rubric-drafted"):
    """A version was begun: its title, where it comes from, its level names from lowest to highest."""

    rubric: Id
    title: Said
    note: Said
    levels: Levels


class SystemAdded(Event, frozen=True, tag="system-added"):
    """A focus system became part of the draft; order of adding is order of showing."""

    rubric: Id
    code: SystemCode
    name: Said


class IndicatorAdded(Event, frozen=True, tag="indicator-added"):
    """An indicator became part of a system of the draft, with one descriptor a level, lowest first."""

    rubric: Id
    system: SystemCode
    code: IndicatorCode
    statement: Said
    acts: Said
    look_fors: tuple[Said, ...]
    descriptors: tuple[Said, ...]


class RubricPublished(Event, frozen=True, tag="rubric-published"):
    """The version is final and may be rated on."""

    rubric: Id


class DraftRubric(Command, frozen=True, tag="draft-rubric"):
    """Begin a version of the rubric."""

    rubric: Id
    title: Said
    note: Said
    levels: Levels


class AddSystem(Command, frozen=True, tag="add-system"):
    """Add a focus system to a draft."""

    rubric: Id
    code: SystemCode
    name: Said


class AddIndicator(Command, frozen=True, tag="add-indicator"):
    """Add an indicator to a system of a draft."""

    rubric: Id
    system: SystemCode
    code: IndicatorCode
    statement: Said
    acts: Said
    look_fors: Annotated[tuple[Said, ...], Meta(max_length=10)]
    descriptors: Annotated[tuple[Said, ...], Meta(max_length=7)]


class PublishRubric(Command, frozen=True, tag="publish-rubric"):
    """Make a draft final."""

    rubric: Id


RubricEvent = RubricDrafted | SystemAdded | IndicatorAdded | RubricPublished
RubricCommand = DraftRubric | AddSystem | AddIndicator | PublishRubric


class Rubric(Struct):
    """A version as its rules see it: how many levels, which systems and indicators, published or not."""

    levels: int = 0
    systems: dict[str, Name] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    published: bool = False


def stream_of(command: RubricCommand) -> str:
    """Each version is a stream."""
    return f"rubric:{command.rubric}"


def boundary(command: RubricCommand) -> Boundary:
    """Any change of the version: one person drafts at a time."""
    return (Match((), (stream_of(command),)),)


def decide(command: RubricCommand, rubric: Rubric, context: Context) -> list[Event]:
    """Decide a step of drafting; a published version refuses every one."""
    administrators_only(context)
    if rubric.published:
        raise Refused("This version of the rubric is published and never changes. Draft a new version instead.")
    if rubric.levels == 0 and not isinstance(command, DraftRubric):
        raise Refused("There is no rubric version with the id {rubric}. Draft it first.", rubric=command.rubric)
    match command:
        case DraftRubric():
            if rubric.levels:
                raise Refused(
                    "There is already a rubric version with the id {rubric}. Choose another.", rubric=command.rubric
                )
            return [RubricDrafted(rubric=command.rubric, title=command.title, note=command.note, levels=command.levels)]
        case AddSystem():
            if command.code in rubric.systems:
                raise Refused("The system {system} is already part of this version.", system=command.code)
            return [SystemAdded(rubric=command.rubric, code=command.code, name=command.name)]
        case AddIndicator():
            return _add_indicator(command, rubric)
        case PublishRubric():
            empty = sorted(set(rubric.systems) - set(rubric.indicators.values()))
            if not rubric.systems:
                raise Refused("Every system needs an indicator before publishing; there is none in the whole version.")
            if empty:
                raise Refused(
                    "Every system needs an indicator before publishing; there is none in {systems}.",
                    systems=", ".join(empty),
                )
            return [RubricPublished(rubric=command.rubric)]
        case _:
            assert_never(command)


def _add_indicator(command: AddIndicator, rubric: Rubric) -> list[Event]:
    if command.system not in rubric.systems:
        raise Refused("There is no system {system} in this version. Add it first.", system=command.system)
    if command.code in rubric.indicators:
        raise Refused("The indicator {code} is already part of this version.", code=command.code)
    if len(command.descriptors) != rubric.levels:
        raise Refused(
            "{code} needs one descriptor for each of the {levels} levels; {sent} were sent.",
            code=command.code,
            levels=rubric.levels,
            sent=len(command.descriptors),
        )
    return [
        IndicatorAdded(
            rubric=command.rubric,
            system=command.system,
            code=command.code,
            statement=command.statement,
            acts=command.acts,
            look_fors=command.look_fors,
            descriptors=command.descriptors,
        )
    ]


def evolve(rubric: Rubric, event: RubricEvent) -> Rubric:
    """Fold one event into the state, in place."""
    match event:
        case RubricDrafted():
            rubric.levels = len(event.levels)
        case SystemAdded():
            rubric.systems[event.code] = event.name.en
        case IndicatorAdded():
            rubric.indicators[event.code] = event.system
        case RubricPublished():
            rubric.published = True
        case _:
            assert_never(event)
    return rubric


def tags(event: RubricEvent, _rubric: Rubric) -> tuple[str, ...]:
    """The version; an indicator also carries its code."""
    stream = f"rubric:{event.rubric}"
    return (stream, f"indicator:{event.code}") if isinstance(event, IndicatorAdded) else (stream,)
