"""The parts of a plan's view: priorities, strategies, action steps, measures, support requests, and their order."""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from daybook.events.core import Recorded, counted
from daybook.events.plan import (
    ActionAdded,
    ActionReported,
    ActionScheduled,
    MeasureAdded,
    PartAssigned,
    PartMoved,
    PartRestored,
    PartRetired,
    PriorityAdded,
    StrategyAdded,
    StrategyFunded,
    SupportAnswered,
    SupportRequested,
    TargetSet,
)
from daybook.projections.plan_entries import (
    ActionShown,
    MeasureShown,
    OrderShown,
    PriorityShown,
    StrategyShown,
    SupportShown,
)
from daybook.projections.plan_words import proposed, worded
from daybook.projections.view import Entry, Patch, for_room, shown

_Added = PriorityAdded | StrategyAdded | ActionAdded | MeasureAdded | SupportRequested
PartEvent = (
    _Added
    | PartMoved
    | PartRetired
    | PartRestored
    | PartAssigned
    | StrategyFunded
    | ActionScheduled
    | ActionReported
    | TargetSet
    | SupportAnswered
)
PartShown = PriorityShown | StrategyShown | ActionShown | MeasureShown | SupportShown
PLAN = "plan"
"""What priorities stand under."""


def project_part(view: Mapping[str, Entry], event: PartEvent, recorded: Recorded) -> Patch:
    """Turn an event about a part into the entries that it changes."""
    match event:
        case PriorityAdded() | StrategyAdded() | ActionAdded() | MeasureAdded() | SupportRequested():
            return _added(view, event, recorded)
        case PartMoved():
            return _moved(view, event)
        case PartRetired():
            value = replace(part(view, event.part), retired_at=recorded.at, reason=event.reason.text)
            return {event.part: for_room(value)}
        case PartRestored():
            return _restored(view, event, recorded)
        case PartAssigned():
            return {event.part: for_room(replace(part(view, event.part), owner=event.owner))}
        case StrategyFunded():
            key = f"strategy:{event.strategy}"
            value = replace(shown(view, key, StrategyShown), funding=event.amount, funding_source=event.source)
            return {key: for_room(value)}
        case ActionScheduled():
            key = f"action:{event.action}"
            return {key: for_room(replace(shown(view, key, ActionShown), due=event.due))}
        case ActionReported():
            key = f"action:{event.action}"
            reported = replace(
                shown(view, key, ActionShown),
                status=event.status,
                note=event.note.text if event.note else None,
                reported_by=recorded.actor,
                reported_at=recorded.at,
            )
            return {key: for_room(reported)}
        case TargetSet():
            key = f"measure:{event.measure}"
            value = replace(shown(view, key, MeasureShown), baseline=event.baseline, target=event.target)
            return {key: for_room(value)}
        case SupportAnswered():
            key = f"support:{event.support}"
            request = shown(view, key, SupportShown)
            answered = replace(
                request,
                answer=event.answer,
                words=event.text.text,
                answered=counted("answer", request.answered),
                answered_by=recorded.actor,
                answered_at=recorded.at,
            )
            return {key: for_room(answered)}
        case _:
            assert_never(event)


def _restored(view: Mapping[str, Entry], event: PartRestored, recorded: Recorded) -> Patch:
    """Take a part up again, and with a priority those of its strategies that were not retired themselves."""
    value = replace(part(view, event.part), retired_at=None, reason=None)
    patch: Patch = {event.part: for_room(value)}
    for one in (value, *(part(view, key) for key in order(view, event.part))):
        if isinstance(one, StrategyShown) and one.retired_at is None:
            patch[f"strategy:{one.strategy}"] = for_room(replace(one, begun_at=recorded.at))
    return patch


def part(view: Mapping[str, Entry], key: str) -> PartShown:
    """Return a part, of whatever kind."""
    value = view[key].value
    assert isinstance(value, PartShown)
    return value


def parent_of(value: PartShown) -> str:
    """Name what a part stands under: `plan`, a priority or a strategy."""
    match value:
        case PriorityShown():
            return PLAN
        case StrategyShown():
            return f"priority:{value.priority}"
        case ActionShown() | MeasureShown() | SupportShown():
            return f"strategy:{value.strategy}"
        case _:
            assert_never(value)


def order(view: Mapping[str, Entry], parent: str) -> tuple[str, ...]:
    """List the parts under a parent, in their order; none when it never had any."""
    key = f"order:{parent}"
    return shown(view, key, OrderShown).parts if key in view else ()


def _placed(parent: str, siblings: tuple[str, ...], key: str, after: str | None) -> Patch:
    """Put a part that is not among its siblings at its place: after one of them, or first."""
    at = 0 if after is None else siblings.index(after) + 1
    return {f"order:{parent}": for_room(OrderShown(parent, (*siblings[:at], key, *siblings[at:])))}


def _added(view: Mapping[str, Entry], event: _Added, recorded: Recorded) -> Patch:
    value = _new(event, recorded)
    match event:
        case PriorityAdded():
            key, texts = f"priority:{event.priority}", {f"priority:{event.priority}": event.text}
            wording, proposal, after = event.priority, None, f"priority:{event.after}" if event.after else None
        case StrategyAdded():
            key, wording, proposal, after = f"strategy:{event.strategy}", event.strategy, event.proposal, event.after
            texts = {f"{key}:title": event.title, f"{key}:if": event.if_, f"{key}:then": event.then}
        case ActionAdded():
            key, wording, proposal, after = f"action:{event.action}", event.action, event.proposal, event.after
            texts = {key: event.text}
        case MeasureAdded():
            key, wording, proposal, after = f"measure:{event.measure}", event.measure, None, event.after
            texts = {key: event.text}
        case SupportRequested():
            key, wording, proposal, after = f"support:{event.support}", event.support, None, event.after
            texts = {key: event.text}
        case _:
            assert_never(event)
    parent = parent_of(value)
    from_ = proposed(view, proposal)
    patch: Patch = {key: for_room(value)}
    for passage, text in texts.items():
        # Who accepts a strategy gives it its title; the rest is in the words that were proposed.
        said_by = None if passage.endswith(":title") else from_
        patch[f"text:{passage}"] = for_room(worded(passage, wording, text, recorded, said_by))
    return patch | _placed(parent, order(view, parent), key, after)


def _new(event: _Added, recorded: Recorded) -> PartShown:
    match event:
        case PriorityAdded():
            return PriorityShown(event.priority, event.outcome, event.rubric, event.indicators, recorded.position)
        case StrategyAdded():
            return StrategyShown(event.strategy, event.priority, event.owner, recorded.at, proposal=event.proposal)
        case ActionAdded():
            return ActionShown(event.action, event.strategy, event.owner, event.due, proposal=event.proposal)
        case MeasureAdded():
            return MeasureShown(
                measure=event.measure,
                strategy=event.strategy,
                unit=event.unit,
                baseline=event.baseline,
                target=event.target,
                lower_is_better=event.lower_is_better,
            )
        case SupportRequested():
            return SupportShown(event.support, event.strategy, event.need, recorded.actor, recorded.at)
        case _:
            assert_never(event)


def _moved(view: Mapping[str, Entry], event: PartMoved) -> Patch:
    value = part(view, event.part)
    old, new = parent_of(value), event.under or PLAN
    left = tuple(sibling for sibling in order(view, old) if sibling != event.part)
    if old == new:
        return _placed(new, left, event.part, event.after)
    moved = value
    match value:
        case PriorityShown():
            pass  # priorities have no other parent to go to
        case StrategyShown():
            moved = replace(value, priority=new.removeprefix("priority:"))
        case ActionShown() | MeasureShown() | SupportShown():
            moved = replace(value, strategy=new.removeprefix("strategy:"))
        case _:
            assert_never(value)
    patch: Patch = {event.part: for_room(moved), f"order:{old}": for_room(OrderShown(old, left))}
    return patch | _placed(new, order(view, new), event.part, event.after)
