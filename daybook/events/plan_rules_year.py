"""The rules of a plan's year: beginning, adopting, reports, readings, check-ins, supports, reflections, closing."""

from daybook.events.core import Event, NotAllowed, Prose, Refused, as_read
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import Context
from daybook.events.plan import (
    ActionReported,
    ActionScheduled,
    CheckInHeld,
    PlanAdopted,
    PlanBegun,
    PlanClosed,
    PlanWordsRedacted,
    PriorityReflected,
    ReadingTaken,
    ReadingWithdrawn,
    SupportAnswered,
    TargetSet,
)
from daybook.events.plan_commands import (
    AdoptPlan,
    AnswerSupport,
    BeginPlan,
    ClosePlan,
    HoldCheckIn,
    RedactPlanWords,
    ReflectOnPriority,
    ReportAction,
    ScheduleAction,
    SetTarget,
    TakeReading,
    WithdrawReading,
)
from daybook.events.plan_rules_parts import new_wording, right_way
from daybook.events.plan_rules_who import (
    administers,
    carries,
    has_come,
    kind_of,
    known,
    leaders_only,
    leads,
    not_closed,
    of_home_office,
    readers_only,
    standing,
    text_may_change,
    within_year,
    year_workers_only,
)
from daybook.events.plan_state import PLAN, Plan
from daybook.events.plan_values import Aim, Span
from daybook.events.practice import STREAM as PRACTICE
from daybook.events.practice import Practice
from daybook.events.school import School
from daybook.events.years import Years, one_plan, years_of

# The plan itself


def begin(command: BeginPlan, plan: Plan, context: Context) -> list[Event]:
    """Decide a school's plan for a year, under the network's practice as it is now."""
    if not (context.people.leads(context.actor, command.school) or administers(context)):
        raise NotAllowed("Only the school's leaders and the network's administrators begin its plan.")
    if plan.phase != "unknown":
        raise Refused("There is already a plan with the id {plan}. Choose another.", plan=command.plan)
    practice, school = context.others[PRACTICE], context.others[f"school:{command.school}"]
    assert isinstance(practice, Practice)
    assert isinstance(school, School)
    if not school.name:
        raise Refused("There is no school with the id {school}.", school=command.school)
    years = context.others[years_of(command.school)]
    assert isinstance(years, Years)
    one_plan(years, command.year)
    return [
        PlanBegun(
            plan=command.plan,
            school=command.school,
            year=command.year,
            quarters=practice.quarters_of(command.year),
            ends=practice.last_day_of(command.year),
            rewording=practice.rewording,
            check_in_days=practice.check_in_days,
            outcomes=command.outcomes,
            aims=_aims(command, context),
        )
    ]


def _aims(command: BeginPlan, context: Context) -> tuple[Aim, ...]:
    if command.outcomes is None:
        return ()
    outcomes = context.others[f"outcomes:{command.outcomes}"]
    assert isinstance(outcomes, Outcomes)
    if outcomes.school != command.school:
        raise Refused("This school has no June Outcomes with the id {outcomes}.", outcomes=command.outcomes)
    if outcomes.year != command.year:
        raise Refused(
            "These June Outcomes are for {year}. Begin the plan of that year, or leave them out.",
            year=f"{outcomes.year}–{(outcomes.year + 1) % 100:02d}",
        )
    if outcomes.phase != "adopted":
        raise Refused("These June Outcomes are not adopted yet. Adopt them first, or begin without them.")
    return tuple(
        Aim(outcome=name, indicators=tuple(baseline.indicator for baseline in outcomes.outcomes[name].baselines))
        for name in outcomes.standing()
    )


def adopt(command: AdoptPlan, plan: Plan, context: Context) -> list[Event]:
    """Decide that a draft is the plan."""
    leaders_only(plan, context)
    not_closed(plan)
    if plan.phase == "adopted":
        raise Refused("This plan is adopted already. Look for the name that its first version has.")
    if "vision" not in plan.wordings:
        raise Refused("The plan has no vision yet. Put it into words before adopting the plan.")
    priorities = standing_priorities(plan)
    if not priorities:
        raise Refused("The plan has no priority yet. Add one before adopting the plan.")
    for place, priority in enumerate(priorities, start=1):
        if all(plan.is_retired(strategy) for strategy in plan.children.get(priority, [])):
            raise Refused(
                "Priority {place} has no strategy yet. Add one, or retire the priority.",
                place=place,
            )
    new_version(plan, command.version)
    return [PlanAdopted(plan=command.plan, version=command.version)]


def standing_priorities(plan: Plan) -> list[str]:
    """List the priorities that are pursued, in their order."""
    return [part for part in plan.children.get(PLAN, []) if not plan.is_retired(part)]


def new_version(plan: Plan, version: str) -> None:
    """Refuse a name that another version of the plan has."""
    if version in plan.versions:
        raise Refused("There is already a version named {version}. Choose another name.", version=version)


def close(command: ClosePlan, plan: Plan, context: Context) -> list[Event]:
    """Decide that the plan's year ends; a draft without priorities is closed unused."""
    leaders_only(plan, context)
    if plan.phase == "closed":
        return []
    priorities = standing_priorities(plan)
    if plan.phase == "draft" and priorities:
        raise Refused("This plan is still a draft. Adopt it first, or retire its priorities to close it unused.")
    if plan.open_refinement() is not None:
        raise Refused("A refinement is still open. Close it before closing the plan.")
    waiting = sum(proposal.became is None for proposal in plan.proposals.values())
    if waiting:
        # Nobody can answer once it is closed, and whoever proposed something is to learn what became of it.
        raise Refused(
            "Proposals that wait for an answer: {count}. Accept or decline them before closing the plan.", count=waiting
        )
    missing = [part for part in priorities if part.partition(":")[2] not in plan.reflected]
    if len(missing) == 1:
        raise Refused(
            "Nobody has reflected on one priority yet. Reflect on it where it stands in the plan, then close the plan."
        )
    if missing:
        raise Refused(
            "Nobody has reflected on {n} priorities yet. Reflect on each where it stands in the plan, then close the "
            "plan.",
            n=len(missing),
        )
    return [PlanClosed(plan=command.plan)]


# The year's work


def schedule(command: ScheduleAction, plan: Plan, context: Context) -> list[Event]:
    """Decide when an action step is due."""
    readers_only(plan, context)
    part = f"action:{command.action}"
    if not (leads(plan, context) or carries(plan, part, context)):
        raise NotAllowed("Only the school's leaders and who carries this action step set its day. Ask one of them.")
    not_closed(plan)
    action = standing(plan, part)
    if action.due == command.due:
        return []
    as_read(command.replaces, action.due)
    if command.due is not None:
        within_year(plan, command.due)
    return [ActionScheduled(plan=command.plan, action=command.action, due=command.due)]


def report(command: ReportAction, plan: Plan, context: Context) -> list[Event]:
    """Decide how far an action step is; the same again is news only with a note."""
    part = f"action:{command.action}"
    year_workers_only(plan, part, context)
    not_closed(plan)
    action = standing(plan, part)
    if action.status == command.status and command.note is None:
        return []
    if action.status != command.status:
        as_read(command.replaces, action.status)
    note = None if command.note is None else Prose(command.note)
    return [ActionReported(plan=command.plan, action=command.action, status=command.status, note=note)]


def set_target(command: SetTarget, plan: Plan, context: Context) -> list[Event]:
    """Decide where a measure starts and where it shall be."""
    leaders_only(plan, context)
    measure = standing(plan, f"measure:{command.measure}")
    text_may_change(plan)
    if (measure.baseline, measure.target) == (command.baseline, command.target):
        return []
    as_read(command.replaces, Span(measure.baseline, measure.target))
    right_way(command.baseline, command.target, lower_is_better=measure.lower_is_better)
    return [TargetSet(plan=command.plan, measure=command.measure, baseline=command.baseline, target=command.target)]


def take_reading(command: TakeReading, plan: Plan, context: Context) -> list[Event]:
    """Decide what a measure read on a day."""
    part = f"measure:{command.measure}"
    year_workers_only(plan, part, context)
    not_closed(plan)
    standing(plan, part)
    if command.reading in plan.readings:
        raise Refused(
            "There is already a reading with the id {reading}. Send it under a new one.", reading=command.reading
        )
    within_year(plan, command.on)
    has_come(command.on, context.at)
    return [
        ReadingTaken(
            plan=command.plan,
            measure=command.measure,
            reading=command.reading,
            on=command.on,
            value=command.value,
            note=None if command.note is None else Prose(command.note),
        )
    ]


def withdraw_reading(command: WithdrawReading, plan: Plan, context: Context) -> list[Event]:
    """Decide that a reading was wrong."""
    part = f"measure:{command.measure}"
    year_workers_only(plan, part, context)
    not_closed(plan)
    known(plan, part)
    if plan.readings.get(command.reading) != command.measure:
        raise Refused("There is no reading with the id {reading} of this measure.", reading=command.reading)
    if command.reading in plan.withdrawn_readings:
        raise Refused("This reading is withdrawn already, and why stands beside it. Yours can be let go.")
    return [
        ReadingWithdrawn(
            plan=command.plan, measure=command.measure, reading=command.reading, reason=Prose(command.reason)
        )
    ]


def hold_check_in(command: HoldCheckIn, plan: Plan, context: Context) -> list[Event]:
    """Decide how a strategy goes."""
    part = f"strategy:{command.strategy}"
    year_workers_only(plan, part, context)
    not_closed(plan)
    standing(plan, part)
    if command.check_in in plan.check_ins:
        raise Refused(
            "There is already a check-in with the id {check_in}. Send it under a new one.", check_in=command.check_in
        )
    within_year(plan, command.on)
    has_come(command.on, context.at)
    return [
        CheckInHeld(
            plan=command.plan,
            check_in=command.check_in,
            strategy=command.strategy,
            on=command.on,
            status=command.status,
            note=Prose(command.note),
            barriers=None if command.barriers is None else Prose(command.barriers),
        )
    ]


def answer_support(command: AnswerSupport, plan: Plan, context: Context) -> list[Event]:
    """Decide the home office's answer to a request; a later one takes its place."""
    readers_only(plan, context)
    if not (of_home_office(plan, context) or administers(context)):
        raise NotAllowed("The home office answers requests for support. Ask it to.")
    not_closed(plan)
    request = standing(plan, f"support:{command.support}")
    if request.answered != command.replaces:
        raise Refused(
            "Someone answered this request while you were writing. Compare their answer with yours, and send yours "
            "again to put it in its place."
        )
    return [
        SupportAnswered(plan=command.plan, support=command.support, answer=command.answer, text=Prose(command.text))
    ]


def reflect(command: ReflectOnPriority, plan: Plan, context: Context) -> list[Event]:
    """Decide what came of a priority, once the last quarter has begun."""
    leaders_only(plan, context)
    not_closed(plan)
    standing(plan, f"priority:{command.priority}")
    if plan.phase == "draft":
        raise Refused("This plan is still a draft, so there is nothing to reflect on. Adopt it first.")
    if context.at.date() < plan.last_quarter:
        raise Refused(
            "The reflection on the year is for its last quarter, from {date} on. Until then, hold check-ins.",
            date=plan.last_quarter.isoformat(),
        )
    passage = f"reflection:{command.priority}"
    if plan.wordings.get(passage) == command.wording:
        return []
    new_wording(plan, passage, command.wording, command.replaces)
    return [
        PriorityReflected(
            plan=command.plan,
            priority=command.priority,
            wording=command.wording,
            text=Prose(command.text),
            carries=command.carries,
            replaces=command.replaces,
        )
    ]


# Erasing


def redact(command: RedactPlanWords, plan: Plan, context: Context) -> list[Event]:
    """Decide an erasure. It is possible in every phase, since what must not be kept may be found years later."""
    readers_only(plan, context)
    if not (leads(plan, context) or administers(context)):
        raise NotAllowed("Only the school's leaders and the network's administrators erase words from the record.")
    if not _is_there(plan, command.about):
        raise Refused("There are no words of {place} in this plan to erase.", place=command.about)
    if command.about in plan.redacted:
        return []  # the words are gone, which is all that was asked for: this reason would be on record for nothing
    return [PlanWordsRedacted(plan=command.plan, about=command.about, reason=Prose(command.reason))]


def _is_there(plan: Plan, place: str) -> bool:
    name = place.partition(":")[2]
    match kind_of(place):
        case "reading":
            return name in plan.readings
        case "check-in":
            return name in plan.check_ins
        case "proposal":
            return name in plan.proposals
        case "refinement":
            return any(f"{place}:{text}" in plan.wordings for text in ("changed", "why"))
        case "family":
            return any(f"family:{language}" in plan.wordings for language in ("en", "es"))
        case "vision" | "reflection":
            return place in plan.wordings
        case _:
            return place in plan.parts
