"""The rules of a plan's year as stories: reports, readings, check-ins, supports, reflections, and erasing words."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from daybook.events.core import Prose
from daybook.events.plan import (
    ActionReported,
    ActionScheduled,
    CheckInHeld,
    PartAssigned,
    PlanWordsRedacted,
    PriorityReflected,
    ReadingTaken,
    ReadingWithdrawn,
    SupportAnswered,
    TargetSet,
)
from daybook.events.plan_commands import (
    AnswerSupport,
    HoldCheckIn,
    PlanCommand,
    RedactPlanWords,
    ReflectOnPriority,
    ReportAction,
    ScheduleAction,
    SetTarget,
    TakeReading,
    WithdrawReading,
)
from tests.plan_world import (
    ADOPTED,
    AT_THE_END,
    AUDITORS_READ,
    CHECKED_IN,
    CLOSED,
    DRAFT,
    ELSEWHERE,
    FIRST,
    FREE,
    IN_A_REFINEMENT,
    IS_CLOSED,
    IS_RETIRED,
    LEADERS_ONLY,
    OPENED,
    PARTS,
    PLACE,
    READING,
    REFINING,
    REFLECTED,
    STALE,
    VISION,
    WORDS,
    begun,
    measure,
    proposed,
    retired,
    worded,
)
from tests.stories import START, given

REPORT = ReportAction(plan="p1", action="shelves", status="under-way")
REPORTED = ActionReported(plan="p1", action="shelves", status="under-way")
READ = TakeReading(plan="p1", measure="fluent", reading="r1", on=date(2025, 11, 14), value=44.0)
WITHDRAW = WithdrawReading(plan="p1", measure="fluent", reading="r1", reason="Words")
CHECK_IN = HoldCheckIn(
    plan="p1", check_in="k1", strategy="readers", on=date(2025, 11, 20), status="on-track", note="Words"
)
ANSWER = AnswerSupport(plan="p1", support="coach", answer="agreed", text="Words")
ANSWERED = SupportAnswered(plan="p1", support="coach", answer="agreed", text=WORDS)
NOT_CARRIED = "Only who carries this, the school's leaders and the home office do this. Ask one of them."
OUTSIDE = "{} is not a day of this plan's year. Choose one from 2025-07-01 to 2026-06-30."


def test_the_work_of_a_year() -> None:
    (
        given(*ADOPTED)
        .when(ScheduleAction(plan="p1", action="shelves", due=date(2026, 5, 4)), "gil")
        .then(ActionScheduled(plan="p1", action="shelves", due=date(2026, 5, 4)))
        .when(REPORT, "gil")
        .then(REPORTED)
        .when(READ, "nadia")
        .then(READING)
        .when(CHECK_IN, "nadia")
        .then(CHECKED_IN)
        .when(ANSWER, "daniel")
        .then(ANSWERED)
    )


@pytest.mark.parametrize("command", [REPORT, READ, WITHDRAW, CHECK_IN])
def test_the_work_is_reported_by_who_carries_it_the_leaders_and_the_home_office(command: PlanCommand) -> None:
    taken = (*ADOPTED, READING) if command is WITHDRAW else ADOPTED
    for person in ("patricia", "tomas", "nadia", "daniel"):
        given(*taken).when(command, person).then_something()
    for person in ("elena", "flor", "amara"):
        given(*taken).when(command, person).then_not_allowed(NOT_CARRIED)
    given(*taken).when(command, "sam").then_not_allowed(ELSEWHERE)
    given(*taken).when(command, "olivia").then_not_allowed(AUDITORS_READ)


def test_who_carries_an_action_step_does_not_carry_its_strategy() -> None:
    given(*ADOPTED).when(REPORT, "gil").then(REPORTED)
    for command in (READ, CHECK_IN):
        given(*ADOPTED).when(command, "gil").then_not_allowed(NOT_CARRIED)
    theirs = PartAssigned(plan="p1", part="measure:fluent", owner="gil")
    given(*ADOPTED, theirs).when(READ, "gil").then(READING)


@pytest.mark.parametrize(
    "command", [REPORT, READ, CHECK_IN, ANSWER, ScheduleAction(plan="p1", action="shelves", due=date(2026, 5, 4))]
)
def test_nothing_is_reported_of_what_was_retired_nor_after_the_plan_was_closed(command: PlanCommand) -> None:
    person = "daniel" if command is ANSWER else "patricia"
    given(*ADOPTED, retired("priority:reading")).when(command, person).then_refused(IS_RETIRED)
    given(*CLOSED).when(command, person).then_refused(IS_CLOSED)


# Action steps


def test_a_status_is_news_when_it_is_another_or_has_a_note() -> None:
    noted = ReportAction(plan="p1", action="shelves", status="under-way", note="Half are up")
    (
        given(*ADOPTED, REPORTED)
        .when(REPORT, "gil")
        .then_nothing()
        .when(noted, "gil")
        .then(ActionReported(plan="p1", action="shelves", status="under-way", note=Prose("Half are up")))
    )


def test_an_action_step_is_due_on_a_day_of_the_year_or_on_none() -> None:
    schedule = ScheduleAction(plan="p1", action="shelves", due=date(2026, 5, 4))
    (
        given(*ADOPTED)
        .when(schedule, "nadia")
        .then(ActionScheduled(plan="p1", action="shelves", due=date(2026, 5, 4)))
        .when(schedule, "nadia")
        .then_nothing()
        .when(ScheduleAction(plan="p1", action="shelves", due=date(2026, 7, 1)), "nadia")
        .then_refused(OUTSIDE.format("2026-07-01"))
        .when(ScheduleAction(plan="p1", action="shelves"), "nadia")
        .then(ActionScheduled(plan="p1", action="shelves", due=None))
    )
    for person in ("daniel", "elena"):
        given(*ADOPTED).when(schedule, person).then_not_allowed(
            "Only the school's leaders and who carries this action step set its day. Ask one of them."
        )


def test_what_is_reported_on_is_there() -> None:
    unknown = "This part is not in the plan. What adds it may not have arrived yet."
    report = ReportAction(plan="p1", action="none", status="done")
    given(*ADOPTED).when(report, "patricia").then_refused(unknown)
    given(*ADOPTED).when(report, "gil").then_not_allowed(NOT_CARRIED)
    answer = AnswerSupport(plan="p1", support="none", answer="agreed", text="Words")
    given(*ADOPTED).when(answer, "daniel").then_refused(unknown)


# Measures


def test_a_reading_is_taken_once_on_a_day_of_the_year() -> None:
    given(*ADOPTED, READING).when(READ, "nadia").then_refused(
        "There is already a reading with the id r1. Send it under a new one."
    )
    for day in (date(2025, 6, 30), date(2026, 7, 1)):
        late = TakeReading(plan="p1", measure="fluent", reading="r2", on=day, value=1.0)
        given(*ADOPTED).when(late, "nadia").then_refused(OUTSIDE.format(day.isoformat()))
    noted = TakeReading(plan="p1", measure="fluent", reading="r2", on=date(2025, 7, 1), value=-3.5, note="Few came")
    given(*ADOPTED).when(noted, "nadia").then(
        ReadingTaken(plan="p1", measure="fluent", reading="r2", on=date(2025, 7, 1), value=-3.5, note=Prose("Few came"))
    )


def test_a_wrong_reading_is_withdrawn_and_stays() -> None:
    withdrawn = ReadingWithdrawn(plan="p1", measure="fluent", reading="r1", reason=WORDS)
    story = given(*ADOPTED, READING, retired("measure:fluent"))
    story.when(WITHDRAW, "nadia").then(withdrawn).when(WITHDRAW, "patricia").then_refused(
        "This reading is withdrawn already, and why stands beside it. Yours can be let go."
    )
    given(*ADOPTED).when(WITHDRAW, "nadia").then_refused("There is no reading with the id r1 of this measure.")
    of_another = WithdrawReading(plan="p1", measure="absent", reading="r1", reason="Words")
    given(*ADOPTED, READING, measure("absent")).when(of_another, "nadia").then_refused(
        "There is no reading with the id r1 of this measure."
    )
    given(*CLOSED).when(WITHDRAW, "nadia").then_refused(IS_CLOSED)


def test_a_target_is_set_in_a_refinement_on_the_better_side_of_the_baseline() -> None:
    aim = SetTarget(plan="p1", measure="fluent", baseline=41.0, target=60.0)
    aimed = TargetSet(plan="p1", measure="fluent", baseline=41.0, target=60.0)
    given(*ADOPTED).when(aim, "patricia").then_refused(IN_A_REFINEMENT)
    given(*REFINING).when(aim, "patricia").then(aimed).when(aim, "patricia").then_nothing()
    given(*FREE).when(aim, "patricia").then(aimed)
    given(*REFINING).when(aim, "nadia").then_not_allowed(LEADERS_ONLY)
    given(*REFINING).when(SetTarget(plan="p1", measure="fluent", baseline=41.0, target=40.9), "patricia").then_refused(
        "The target is below the baseline, though higher is better for this measure. Check both numbers."
    )
    fewer = (*REFINING, measure("absent", lower_is_better=True))
    given(*fewer).when(SetTarget(plan="p1", measure="absent", baseline=12.0, target=12.5), "patricia").then_refused(
        "The target is above the baseline, though lower is better for this measure. Check both numbers."
    )
    given(*fewer).when(SetTarget(plan="p1", measure="absent", baseline=12.0, target=12.0), "patricia").then(
        TargetSet(plan="p1", measure="absent", baseline=12.0, target=12.0)
    )
    given(*CLOSED).when(aim, "patricia").then_refused(IS_CLOSED)


# Check-ins and supports


def test_a_check_in_is_held_once_on_a_day_of_the_year() -> None:
    given(*ADOPTED, CHECKED_IN).when(CHECK_IN, "nadia").then_refused(
        "There is already a check-in with the id k1. Send it under a new one."
    )
    late = HoldCheckIn(plan="p1", check_in="k2", strategy="readers", on=date(2026, 8, 1), status="done", note="Words")
    given(*ADOPTED).when(late, "nadia").then_refused(OUTSIDE.format("2026-08-01"))
    blocked = HoldCheckIn(
        plan="p1",
        check_in="k2",
        strategy="readers",
        on=date(2026, 3, 2),
        status="off-track",
        note="Words",
        barriers="No room",
    )
    given(*ADOPTED).when(blocked, "nadia").then(
        CheckInHeld(
            plan="p1",
            check_in="k2",
            strategy="readers",
            on=date(2026, 3, 2),
            status="off-track",
            note=WORDS,
            barriers=Prose("No room"),
        )
    )


def test_requests_are_answered_by_the_home_office_and_its_later_answer_stands() -> None:
    for person in ("daniel", "amara"):
        given(*ADOPTED).when(ANSWER, person).then(ANSWERED)
    for person in ("patricia", "nadia", "flor"):
        given(*ADOPTED).when(ANSWER, person).then_not_allowed(
            "The home office answers requests for support. Ask it to."
        )
    delivered = AnswerSupport(plan="p1", support="coach", answer="delivered", text="Done", replaces="answer-1")
    later = SupportAnswered(plan="p1", support="coach", answer="delivered", text=Prose("Done"))
    given(*ADOPTED, ANSWERED).when(delivered, "daniel").then(later)


def test_who_answers_a_request_has_read_the_answer_that_stands() -> None:
    other = (
        "Someone answered this request while you were writing. Compare their answer with yours, and send yours again "
        "to put it in its place."
    )
    erased = PlanWordsRedacted(plan="p1", about="support:coach", reason=Prose("It names a child."))
    given(*ADOPTED, ANSWERED).when(ANSWER, "amara").then_refused(other)
    given(*ADOPTED, ANSWERED, erased).when(replace(ANSWER, replaces="answer-1"), "amara").then_refused(other)
    given(*ADOPTED, ANSWERED, erased).when(replace(ANSWER, replaces="answer-1-erased"), "amara").then(ANSWERED).when(
        replace(ANSWER, replaces="answer-2"), "daniel"
    ).then(ANSWERED)


# Reflections


def reflect(wording: str = "f1", *, replaces: str | None = None) -> ReflectOnPriority:
    return ReflectOnPriority(
        plan="p1",
        priority="reading",
        wording=wording,
        text="Words",
        carries="carries-forward",
        replaces=replaces,
    )


def test_leaders_reflect_on_a_priority_in_the_last_quarter() -> None:
    (
        given(*AT_THE_END)
        .when(reflect(), "patricia")
        .then(REFLECTED)
        .when(reflect(), "patricia")
        .then_nothing()
        .when(reflect("f2", replaces="f1"), "tomas")
        .then(
            PriorityReflected(
                plan="p1",
                priority="reading",
                wording="f2",
                text=WORDS,
                carries="carries-forward",
                replaces="f1",
            )
        )
        .when(reflect("f3", replaces="f1"), "patricia")
        .then_refused(STALE)
        .when(reflect("f1", replaces="f2"), "patricia")
        .then_refused("There was already a wording with the id f1. Send yours under a new one.")
    )
    given(*AT_THE_END).when(reflect(), "nadia").then_not_allowed(LEADERS_ONLY)
    today = (*PLACE, begun(last_quarter=START.date()), VISION, *PARTS, FIRST)
    given(*today).when(reflect(), "patricia").then(REFLECTED)


def test_a_reflection_waits_for_the_last_quarter_of_an_adopted_plan() -> None:
    given(*ADOPTED).when(reflect(), "patricia").then_refused(
        "The reflection on the year is for its last quarter, from 2026-04-01 on. Until then, hold check-ins."
    )
    given(*DRAFT).when(reflect(), "patricia").then_refused(
        "This plan is still a draft, so there is nothing to reflect on. Adopt it first."
    )
    given(*AT_THE_END, retired("priority:reading")).when(reflect(), "patricia").then_refused(IS_RETIRED)
    given(*CLOSED).when(reflect("f2", replaces="f1"), "patricia").then_refused(IS_CLOSED)


# Erasing words

SAID = (
    *CLOSED[:-1],
    worded("family:es", "w1"),
    READING,
    CHECKED_IN,
    proposed(passage="vision"),
    OPENED,
    worded("refinement:q3:why", "w2"),
    *CLOSED[-1:],
)
PLACES = (
    "vision",
    "family",
    "priority:reading",
    "strategy:readers",
    "action:shelves",
    "measure:fluent",
    "support:coach",
    "reflection:reading",
    "reading:r1",
    "check-in:k1",
    "proposal:c1",
    "refinement:q3",
)


def redact(about: str) -> RedactPlanWords:
    return RedactPlanWords(plan="p1", about=about, reason="It names a child")


@pytest.mark.parametrize("about", PLACES)
def test_words_are_erased_by_leaders_and_administrators_even_from_a_closed_plan(about: str) -> None:
    erased = PlanWordsRedacted(plan="p1", about=about, reason=Prose("It names a child"))
    for person in ("patricia", "amara"):
        given(*SAID).when(redact(about), person).then(erased).when(redact(about), person).then_nothing()
    for person in ("nadia", "daniel", "flor"):
        given(*SAID).when(redact(about), person).then_not_allowed(
            "Only the school's leaders and the network's administrators erase words from the record."
        )


@pytest.mark.parametrize(
    "about",
    ["family", "reflection:reading", "reading:r1", "check-in:k1", "proposal:c1", "refinement:q3", "action:none"],
)
def test_what_was_never_said_is_not_erased(about: str) -> None:
    given(*ADOPTED).when(redact(about), "patricia").then_refused(
        f"There are no words of {about} in this plan to erase."
    )


def test_what_was_said_after_an_erasure_can_be_erased_again() -> None:
    erased = PlanWordsRedacted(plan="p1", about="vision", reason=Prose("It names a child"))
    given(*DRAFT, erased, worded("vision", "v2", replaces="v1")).when(redact("vision"), "patricia").then(erased)


@pytest.mark.parametrize(("command", "event"), [(READ, READING), (CHECK_IN, CHECKED_IN)])
def test_nothing_is_told_of_a_day_that_has_not_come(command: PlanCommand, event: ReadingTaken | CheckInHeld) -> None:
    tomorrow, later = (START.date() + timedelta(days=days) for days in (1, 2))
    ahead = f"{later.isoformat()} has not come yet. Choose a day that has been."
    given(*ADOPTED).when(replace(command, on=later), "nadia").then_refused(ahead)
    # Where the sun rises first it is tomorrow already.
    given(*ADOPTED).when(replace(command, on=tomorrow), "nadia").then(replace(event, on=tomorrow))
