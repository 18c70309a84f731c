"""What someone has to do in a plan: what is due, what waits for them, and what became of what they proposed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from daybook.events.core import Event, Prose
from daybook.events.plan import (
    ActionReported,
    PartAssigned,
    PartRestored,
    PartRetired,
    PlanClosed,
    PlanWordsRedacted,
    PriorityReflected,
    SupportAnswered,
)
from daybook.events.plan_talk import (
    ChangeProposed,
    ProposalAccepted,
    ProposalDeclined,
    ProposalWithdrawn,
    RefinementAgreed,
    RefinementClosed,
)
from daybook.projections.duties import (
    CheckInDue,
    Duties,
    Part,
    ProposalWaits,
    Proposed,
    RefinementWaits,
    ReflectionDue,
    StepDue,
    SupportWaits,
    duties,
)
from daybook.projections.plan import project
from daybook.projections.view import Audiences, View, apply, seen
from tests.plan_shown import (
    ACTION,
    ADOPTED,
    BEGUN,
    OPENED,
    OTHER,
    PARTS,
    PRIORITY,
    PROPOSED,
    STRATEGY,
    SUPPORT,
    checked,
    folded,
    told,
)

NOBODY = Part()
TEAM: Audiences = frozenset({"room", "team", "person:tomas"})
ADOPTED_ON = date(2026, 8, 3)
"""When all of these stories' events were recorded."""
CADENCE = timedelta(days=45)
STEP = replace(ACTION, owner="tomas", due=date(2026, 9, 15))


def day_of(at: datetime) -> date:
    return at.date()


def due(*events: Event, today: date, person: str = "tomas", part: Part = NOBODY, sees: Audiences = TEAM) -> Duties:
    return duties(seen(folded(*events), sees), person, part, today, day_of)


@pytest.mark.parametrize(
    ("today", "told", "overdue"),
    [
        (ADOPTED_ON + CADENCE - timedelta(days=15), False, False),
        (ADOPTED_ON + CADENCE - timedelta(days=14), True, False),
        (ADOPTED_ON + CADENCE, True, False),
        (ADOPTED_ON + CADENCE + timedelta(days=1), True, True),
    ],
)
def test_a_first_check_in_is_due_so_long_after_the_plan_was_adopted(today: date, told: bool, overdue: bool) -> None:
    expected = CheckInDue("strategy:readers", "Reading groups", ADOPTED_ON + CADENCE, overdue, None)
    assert due(*PARTS, ADOPTED, today=today).check_ins == ((expected,) if told else ())


def test_the_next_check_in_is_due_so_long_after_the_last_one() -> None:
    last = date(2026, 10, 1)
    found = due(*PARTS, ADOPTED, checked("c1", last), today=date(2026, 11, 20))
    assert found.check_ins == (CheckInDue("strategy:readers", "Reading groups", last + CADENCE, True, last),)


def test_a_plan_adopted_before_its_year_is_counted_from_the_years_first_day() -> None:
    later = replace(BEGUN, quarters=(date(2026, 9, 1), *BEGUN.quarters[1:]))
    found = due(later, *PARTS[1:], ADOPTED, today=date(2026, 10, 10))
    assert [one.due for one in found.check_ins] == [date(2026, 9, 1) + CADENCE]


AGAIN = ADOPTED_ON + timedelta(days=100)
"""When something of these stories was added, or taken up again."""


def checks(*events: Event, late: tuple[Event, ...], today: date = AGAIN + CADENCE) -> list[tuple[str, date]]:
    """Return what check-ins are due when some events were recorded only then."""
    view: View = {}
    for recorded in told((*events, *late)):
        at = datetime.combine(AGAIN, time(12), UTC) if recorded.event in late else recorded.at
        apply(view, project(view, replace(recorded, at=at)))
    due_then = duties(seen(view, TEAM), "tomas", NOBODY, today, day_of).check_ins
    return [(one.place, one.due) for one in due_then]


def test_a_strategy_that_was_added_to_an_adopted_plan_is_counted_from_its_own_day() -> None:
    first, other = ("strategy:readers", ADOPTED_ON + CADENCE), replace(OTHER, owner="tomas")
    assert checks(*PARTS, ADOPTED, late=(other,)) == [first, ("strategy:talk", AGAIN + CADENCE)]
    assert checks(*PARTS, ADOPTED, late=(other,), today=AGAIN) == [first]


def test_a_strategy_that_was_there_when_the_plan_was_adopted_is_counted_from_then() -> None:
    assert checks(*PARTS, late=(ADOPTED,)) == [("strategy:readers", AGAIN + CADENCE)]


@pytest.mark.parametrize("part", ["strategy:readers", "priority:reading"])
def test_a_strategy_that_is_taken_up_again_is_counted_from_that_day(part: str) -> None:
    retired = PartRetired(plan="p1", part=part, reason=Prose("Enough"))
    again = PartRestored(plan="p1", part=part)
    for before in ((), (checked("c1", ADOPTED_ON + timedelta(days=9)),)):
        due_again = checks(*PARTS, ADOPTED, *before, retired, late=(again,))
        assert due_again == [("strategy:readers", AGAIN + CADENCE)]


def test_no_check_in_is_due_when_it_is_done_not_mine_or_not_pursued() -> None:
    today = date(2026, 12, 1)
    assert due(*PARTS, ADOPTED, today=today, person="pat").check_ins == ()
    assert due(*PARTS, ADOPTED, checked("c1", date(2026, 10, 1), "done"), today=today).check_ins == ()
    for part in ("strategy:readers", "priority:reading"):
        retired = PartRetired(plan="p1", part=part, reason=Prose("Enough"))
        assert due(*PARTS, ADOPTED, retired, today=today) == Duties()


def test_no_check_in_is_due_after_the_year() -> None:
    assert due(*PARTS, ADOPTED, checked("c1", date(2027, 6, 1)), today=date(2027, 6, 29)).check_ins == ()


def test_steps_of_mine_are_due_the_most_urgent_first() -> None:
    other = replace(STEP, action="list", text=Prose("Make a list"), due=date(2026, 9, 1))
    later = replace(STEP, action="later", due=date(2026, 10, 30))
    open_ended = replace(STEP, action="some-day", due=None)
    theirs = replace(STEP, action="theirs", owner="pat")
    done = ActionReported(plan="p1", action="done", status="done")
    stuck = ActionReported(plan="p1", action="list", status="stuck")
    steps = (STEP, other, later, open_ended, theirs, replace(STEP, action="done"), done, stuck)
    found = due(BEGUN, PRIORITY, STRATEGY, *steps, ADOPTED, today=date(2026, 9, 5))
    assert found.steps == (
        StepDue("action:list", "Make a list", date(2026, 9, 1), True, "stuck"),
        StepDue("action:groups", "Form groups", date(2026, 9, 15), False, "not-started"),
    )


def test_a_step_due_today_is_not_overdue() -> None:
    [step] = due(BEGUN, PRIORITY, STRATEGY, STEP, ADOPTED, today=date(2026, 9, 15)).steps
    assert not step.overdue


def test_a_draft_and_a_closed_plan_ask_for_nothing() -> None:
    today = date(2026, 12, 1)
    everything = Part(leads=True, supports=True, agrees=True)
    events = (BEGUN, PRIORITY, STRATEGY, STEP, SUPPORT)
    assert due(*events, today=today, part=everything) == Duties()
    assert due(*events, ADOPTED, OPENED, PROPOSED, PlanClosed(plan="p1"), today=today, part=everything) == Duties()


# Proposals

LEADS = Part(leads=True)
TODAY = date(2026, 8, 20)
FLOR: Audiences = frozenset({"room", "person:flor"})


def test_a_proposal_waits_for_those_who_may_answer_it() -> None:
    waits = ProposalWaits("proposal:a1", "all read at home", "flor", ADOPTED_ON)
    assert due(*PARTS, PROPOSED, today=TODAY, part=LEADS).proposals == (waits,)
    assert due(*PARTS, PROPOSED, today=TODAY).proposals == ()
    declined = ProposalDeclined(plan="p1", proposal="a1", reason=Prose("Not yet"))
    assert due(*PARTS, ADOPTED, PROPOSED, declined, today=TODAY, part=LEADS).proposals == ()


def came_of(*events: Event, today: date = TODAY) -> tuple[Proposed, ...]:
    return due(*PARTS, *events, today=today, person="flor", sees=FLOR).proposed


def test_an_author_is_told_what_became_of_a_proposal_for_a_while() -> None:
    waits = Proposed("strategy:readers", "all read at home", "waiting", None, ADOPTED_ON, None)
    assert came_of(PROPOSED) == came_of(PROPOSED, today=date(2027, 3, 1)) == (waits,)
    declined = ProposalDeclined(plan="p1", proposal="a1", reason=Prose("Not yet"))
    told = replace(waits, outcome="declined", answered_by="pat", reason="Not yet")
    assert came_of(PROPOSED, declined) == (told,)
    assert came_of(PROPOSED, declined, today=ADOPTED_ON + timedelta(days=45)) == (told,)
    assert came_of(PROPOSED, declined, today=ADOPTED_ON + timedelta(days=46)) == ()
    assert came_of(PROPOSED, declined, PlanClosed(plan="p1")) == (told,)
    assert came_of(PROPOSED, ProposalWithdrawn(plan="p1", proposal="a1")) == ()


def test_an_author_is_led_to_what_came_of_a_proposal() -> None:
    step = ChangeProposed(
        plan="p1", proposal="a2", person="flor", text=Prose("Send books home"), under="strategy:readers"
    )
    made = replace(ACTION, action="home", text=Prose("Send books home"), proposal="a2", after="action:groups")
    accepted = ProposalAccepted(plan="p1", proposal="a2")
    found = came_of(PROPOSED, step, accepted, made)
    assert [(one.place, one.outcome) for one in found] == [("action:home", "accepted"), ("strategy:readers", "waiting")]
    assert [one.place for one in came_of(step)] == ["strategy:readers"]


def test_a_proposal_is_news_to_its_author_alone() -> None:
    assert due(*PARTS, PROPOSED, today=TODAY).proposed == ()
    other: Audiences = frozenset({"room", "person:eve"})
    assert due(*PARTS, PROPOSED, today=TODAY, person="eve", sees=other) == Duties()


# The home office


def test_a_request_for_support_waits_for_the_home_office() -> None:
    home = Part(supports=True)
    waits = SupportWaits("support:coach", "A reading coach", "coaching", "Reading groups", ADOPTED_ON)
    assert due(*PARTS, SUPPORT, ADOPTED, today=TODAY, part=home).supports == (waits,)
    assert due(*PARTS, SUPPORT, ADOPTED, today=TODAY).supports == ()
    agreed = SupportAnswered(plan="p1", support="coach", answer="agreed", text=Prose("From October"))
    assert due(*PARTS, SUPPORT, ADOPTED, agreed, today=TODAY, part=home).supports == ()


# Refinements


def test_an_open_refinement_waits_for_those_who_may_agree() -> None:
    agrees = Part(agrees=True)
    pat = RefinementAgreed(plan="p1", refinement="q1", person="pat")
    waits = RefinementWaits("refinement:q1", 1, 1)
    assert due(*PARTS, ADOPTED, OPENED, pat, today=TODAY, part=agrees).refinements == (waits,)
    assert due(*PARTS, ADOPTED, OPENED, pat, today=TODAY).refinements == ()
    tomas = RefinementAgreed(plan="p1", refinement="q1", person="tomas")
    assert due(*PARTS, ADOPTED, OPENED, tomas, today=TODAY, part=agrees).refinements == ()
    closed = RefinementClosed(plan="p1", refinement="q1", version="First quarter")
    assert due(*PARTS, ADOPTED, OPENED, closed, today=TODAY, part=agrees).refinements == ()


# The year's end


def test_in_the_last_quarter_leaders_owe_a_reflection_on_each_priority() -> None:
    ends, last_quarter = BEGUN.ends, BEGUN.quarters[3]
    owed = ReflectionDue("priority:reading", "Everyone reads", ends, overdue=False)
    assert due(*PARTS, ADOPTED, today=last_quarter - timedelta(days=1), part=LEADS).reflections == ()
    assert due(*PARTS, ADOPTED, today=last_quarter, part=LEADS).reflections == (owed,)
    assert due(*PARTS, ADOPTED, today=ends, part=LEADS).reflections == (owed,)
    assert due(*PARTS, ADOPTED, today=last_quarter).reflections == ()
    [late] = due(*PARTS, ADOPTED, today=ends + timedelta(days=1), part=LEADS).reflections
    assert late == replace(owed, overdue=True)


def test_what_was_reflected_on_or_is_no_longer_pursued_is_owed_no_more() -> None:
    said = PriorityReflected(plan="p1", priority="reading", wording="f1", text=Prose("We grew"), carries="finished")
    retired = PartRetired(plan="p1", part="priority:reading", reason=Prose("Enough"))
    for done in (said, retired, PlanClosed(plan="p1")):
        assert due(*PARTS, ADOPTED, done, today=BEGUN.quarters[3], part=LEADS).reflections == ()


def test_what_was_erased_is_a_duty_without_words() -> None:
    erased = PlanWordsRedacted(plan="p1", about="strategy:readers", reason=Prose("It names a pupil"))
    [check_in] = due(*PARTS, ADOPTED, erased, today=date(2026, 10, 1)).check_ins
    assert check_in.title is None


def test_duties_follow_the_owner() -> None:
    given = PartAssigned(plan="p1", part="strategy:readers", owner="eve")
    assert due(*PARTS, OTHER, ADOPTED, given, today=date(2026, 10, 1)) == Duties()
    assert len(due(*PARTS, ADOPTED, given, today=date(2026, 10, 1), person="eve").check_ins) == 1
