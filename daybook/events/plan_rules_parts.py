"""The rules of a plan's parts and of their words: adding, wording, moving, retiring, assigning, funding."""

from typing import assert_never

from daybook.events.core import Event, NotAllowed, Prose, Refused, as_read, erased_meanwhile
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import Context
from daybook.events.plan import (
    ActionAdded,
    MeasureAdded,
    PartAssigned,
    PartMoved,
    PartRestored,
    PartRetired,
    PassageWorded,
    PriorityAdded,
    StrategyAdded,
    StrategyFunded,
    SupportRequested,
)
from daybook.events.plan_commands import (
    AddAction,
    AddMeasure,
    AddPriority,
    AddStrategy,
    AssignPart,
    FundStrategy,
    MovePart,
    RequestSupport,
    RestorePart,
    RetirePart,
    WordPassage,
)
from daybook.events.plan_rules_who import (
    PARENTS,
    administers,
    carries,
    check_owner,
    kind_of,
    known,
    leaders_only,
    leads,
    may_change,
    new,
    not_closed,
    of_family_team,
    of_home_office,
    open_refinement,
    owns,
    place_for,
    readers_only,
    sibling,
    standing,
    text_may_change,
    within_year,
    works_there,
)
from daybook.events.plan_state import PLAN, Plan
from daybook.events.plan_tags import place_of
from daybook.events.plan_values import Funding
from daybook.events.rubric import Rubric

# Words


def word(command: WordPassage, plan: Plan, context: Context) -> list[Event]:
    """Decide new words for a passage, which must be those that replace what their author has read."""
    may_word(plan, command.passage, context)
    if plan.wordings.get(command.passage) == command.wording:
        return []
    new_wording(plan, command.passage, command.wording, command.replaces)
    return [
        PassageWorded(
            plan=command.plan,
            passage=command.passage,
            wording=command.wording,
            text=Prose(command.text),
            replaces=command.replaces,
        )
    ]


def may_word(plan: Plan, passage: str, context: Context) -> None:
    """Refuse whoever may not word a passage, or not as things stand."""
    readers_only(plan, context)
    if not _words_ever(plan, passage, context):
        raise NotAllowed("This is not yours to put into words. Propose the change to the school's leaders.")
    not_closed(plan)
    place = place_of(passage)
    match kind_of(passage):
        case "vision" | "family":
            text_may_change(plan)
        case "refinement":
            open_refinement(plan, place.partition(":")[2])
        case "reflection":
            if passage not in plan.wordings:
                raise Refused("Nobody has reflected on this priority yet. Do that first.")
            standing(plan, f"priority:{place.partition(':')[2]}")
        case kind:
            standing(plan, place)
            may_change(plan, kind)


def _words_ever(plan: Plan, passage: str, context: Context) -> bool:
    """Tell whether a passage is the actor's to word, whatever the state of the plan.

    A request for support is the school's own: its owner, who is of the home office, answers it and does not word it.
    """
    if leads(plan, context):
        return True
    place = place_of(passage)
    match kind_of(passage):
        case "family":
            return of_family_team(plan, context)
        case "refinement":
            return works_there(plan, context)
        case "support":
            return place in plan.parts and carries(plan, plan.parts[place].under, context)
        case _:
            return owns(plan, place, context)


def new_wording(plan: Plan, passage: str, wording: str, replaces: str | None) -> None:
    """Refuse words that would take the place of some that their author has not read, or under an id that is taken."""
    if plan.wordings.get(passage) != replaces and place_of(passage) in plan.redacted:
        raise erased_meanwhile()
    if plan.wordings.get(passage) != replaces:
        raise Refused("Someone put this into other words since you read it. Compare both and decide.")
    if wording == replaces or wording in plan.earlier.get(passage, set()):
        raise Refused("There was already a wording with the id {wording}. Send yours under a new one.", wording=wording)


# Adding

AddPart = AddPriority | AddStrategy | AddAction | AddMeasure | RequestSupport


def add(command: AddPart, plan: Plan, context: Context) -> list[Event]:
    """Decide a new part."""
    if isinstance(command, RequestSupport):
        return _request(command, plan, context)
    leaders_only(plan, context)
    match command:
        case AddPriority():
            return _add_priority(command, plan, context)
        case AddStrategy():
            after = room_for(plan, f"strategy:{command.strategy}", f"priority:{command.priority}", command.after)
            check_owner(plan, f"strategy:{command.strategy}", command.owner, context)
            return [
                StrategyAdded(
                    plan=command.plan,
                    strategy=command.strategy,
                    priority=command.priority,
                    title=Prose(command.title),
                    if_=Prose(command.if_),
                    then=Prose(command.then),
                    owner=command.owner,
                    after=after,
                )
            ]
        case AddAction():
            after = room_for(plan, f"action:{command.action}", f"strategy:{command.strategy}", command.after)
            check_owner(plan, f"action:{command.action}", command.owner, context)
            if command.due is not None:
                within_year(plan, command.due)
            return [
                ActionAdded(
                    plan=command.plan,
                    action=command.action,
                    strategy=command.strategy,
                    text=Prose(command.text),
                    owner=command.owner,
                    due=command.due,
                    after=after,
                )
            ]
        case AddMeasure():
            return _add_measure(command, plan)
        case _:
            assert_never(command)


def room_for(plan: Plan, part: str, under: str, after: str | None) -> str | None:
    """Return after what a new part goes, or refuse it where it cannot stand."""
    may_change(plan, kind_of(part))
    new(plan, part)
    standing(plan, under)
    return place_for(plan, under, after)


def _add_priority(command: AddPriority, plan: Plan, context: Context) -> list[Event]:
    text_may_change(plan)
    new(plan, f"priority:{command.priority}")
    after = place_for(plan, PLAN, None if command.after is None else f"priority:{command.after}")
    return [
        PriorityAdded(
            plan=command.plan,
            priority=command.priority,
            text=Prose(command.text),
            indicators=_indicators(command, plan, context),
            outcome=command.outcome,
            rubric=command.rubric,
            after=None if after is None else after.partition(":")[2],
        )
    ]


def _indicators(command: AddPriority, plan: Plan, context: Context) -> tuple[str, ...]:
    """Return the indicators of a new priority: those it names, or all that its June Outcome aims at by now."""
    named = tuple(dict.fromkeys(command.indicators))
    if command.outcome is not None and command.rubric is not None:
        raise Refused("A priority comes from a June Outcome or from a rubric version, not from both. Leave one out.")
    if command.outcome is not None:
        if command.outcome not in plan.aims:
            raise Refused(
                "{outcome} is not one of this plan's June Outcomes. Choose one of them, or name indicators.",
                outcome=command.outcome,
            )
        outcomes = context.others[f"outcomes:{plan.outcomes}"]
        assert isinstance(outcomes, Outcomes)
        possible = tuple(baseline.indicator for baseline in outcomes.outcomes[command.outcome].baselines)
        strange = [code for code in named if code not in possible]
        if strange:
            raise Refused("{codes}: not in this June Outcome. Leave them out.", codes=", ".join(strange))
        return named or possible
    if command.rubric is None or not named:
        raise Refused("Say which June Outcome this priority comes from, or which indicators of a rubric version.")
    rubric = context.others[f"rubric:{command.rubric}"]
    assert isinstance(rubric, Rubric)
    if not rubric.published:
        raise Refused("The rubric version {rubric} is not published. Choose one that is.", rubric=command.rubric)
    strange = [code for code in named if code not in rubric.indicators]
    if strange:
        raise Refused(
            "{codes}: not in the rubric version {rubric}. Check the indicators.",
            codes=", ".join(strange),
            rubric=command.rubric,
        )
    return named


def _add_measure(command: AddMeasure, plan: Plan) -> list[Event]:
    after = room_for(plan, f"measure:{command.measure}", f"strategy:{command.strategy}", command.after)
    right_way(command.baseline, command.target, lower_is_better=command.lower_is_better)
    return [
        MeasureAdded(
            plan=command.plan,
            measure=command.measure,
            strategy=command.strategy,
            text=Prose(command.text),
            unit=command.unit,
            baseline=command.baseline,
            target=command.target,
            lower_is_better=command.lower_is_better,
            after=after,
        )
    ]


def right_way(baseline: float, target: float, *, lower_is_better: bool) -> None:
    """Refuse a target on the wrong side of the baseline; to keep what one has is an aim too."""
    if lower_is_better and target > baseline:
        raise Refused("The target is above the baseline, though lower is better for this measure. Check both numbers.")
    if not lower_is_better and target < baseline:
        raise Refused("The target is below the baseline, though higher is better for this measure. Check both numbers.")


def _request(command: RequestSupport, plan: Plan, context: Context) -> list[Event]:
    readers_only(plan, context)
    strategy = f"strategy:{command.strategy}"
    if not (leads(plan, context) or owns(plan, strategy, context)):
        raise NotAllowed("Only the school's leaders and who carries the strategy ask for support. Ask one of them.")
    after = room_for(plan, f"support:{command.support}", strategy, command.after)
    return [
        SupportRequested(
            plan=command.plan,
            support=command.support,
            strategy=command.strategy,
            need=command.need,
            text=Prose(command.text),
            after=after,
        )
    ]


# What becomes of a part


def move(command: MovePart, plan: Plan, context: Context) -> list[Event]:
    """Decide another place for a part."""
    leaders_only(plan, context)
    not_closed(plan)
    if command.part in (command.under, command.after):
        raise Refused("A part cannot stand under itself or after itself. Choose another place.")
    part = standing(plan, command.part)
    under = command.under or PLAN
    _kind_of_place(command)
    if under != PLAN:
        standing(plan, under)
    sibling(plan, under, command.after)
    if not (kind_of(command.part) in ("action", "support") and part.under == under):
        text_may_change(plan)
    others = [name for name in plan.children.get(under, []) if name != command.part]
    wanted = 0 if command.after is None else others.index(command.after) + 1
    if part.under == under and plan.children[under].index(command.part) == wanted:
        return []
    return [PartMoved(plan=command.plan, part=command.part, under=command.under, after=command.after)]


def _kind_of_place(command: MovePart) -> None:
    kind = kind_of(command.part)
    if PARENTS[kind] == (PLAN if command.under is None else kind_of(command.under)):
        return
    match PARENTS[kind]:
        case "plan":
            raise Refused("A priority stands under no other part. Leave out what it should stand under.")
        case "priority":
            raise Refused("A strategy stands under a priority. Choose one of the plan's priorities.")
        case _:
            raise Refused(
                "An action step, a measure or a request for support stands under a strategy. Choose one of them."
            )


def retire(command: RetirePart, plan: Plan, context: Context) -> list[Event]:
    """Decide that a part is no longer pursued."""
    leaders_only(plan, context)
    may_change(plan, kind_of(command.part))
    if known(plan, command.part).retired:  # a reason that somebody typed never goes without a word
        raise Refused("This is retired already, and the plan says why. Restore it first if your reason is to stand.")
    return [PartRetired(plan=command.plan, part=command.part, reason=Prose(command.reason))]


def restore(command: RestorePart, plan: Plan, context: Context) -> list[Event]:
    """Decide that a retired part is pursued again."""
    leaders_only(plan, context)
    may_change(plan, kind_of(command.part))
    part = known(plan, command.part)
    if plan.retired_at(part.under) is not None:
        raise Refused("The part that this stands in is retired. Restore that first.")
    return [PartRestored(plan=command.plan, part=command.part)] if part.retired else []


def assign(command: AssignPart, plan: Plan, context: Context) -> list[Event]:
    """Decide whose a part is."""
    readers_only(plan, context)
    kind = kind_of(command.part)
    if kind == "support":
        if not (of_home_office(plan, context) or administers(context)):
            raise NotAllowed("The home office says who of it takes up a request for support. Ask it to.")
    else:
        leaders_only(plan, context)
    not_closed(plan)
    if kind == "priority":
        raise Refused("A priority has no owner. Name the owners of its strategies.")
    part = standing(plan, command.part)
    if part.owner == command.owner:
        return []
    as_read(command.replaces, part.owner)
    check_owner(plan, command.part, command.owner, context)
    return [PartAssigned(plan=command.plan, part=command.part, owner=command.owner)]


def fund(command: FundStrategy, plan: Plan, context: Context) -> list[Event]:
    """Decide what money a strategy has."""
    leaders_only(plan, context)
    not_closed(plan)
    strategy = standing(plan, f"strategy:{command.strategy}")
    if strategy.funding == Funding(command.amount, command.source):
        return []
    as_read(command.replaces, strategy.funding)
    return [StrategyFunded(plan=command.plan, strategy=command.strategy, amount=command.amount, source=command.source)]
