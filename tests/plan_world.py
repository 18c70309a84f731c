"""A plan for the stories: Maple Street's, for the school year 2025–26; today is 9 March 2026, in its third quarter.

Patricia leads the school and Tomás is on its ILT; Nadia and Gil teach there, and Nadia carries the strategy; Elena
is on the Family Action Team; Flor observes. Daniel leads the network, Amara administers it, Olivia is the auditor, and
Sam leads another school.
"""

from datetime import date

from daybook.events.core import Event, Prose
from daybook.events.outcomes import Baseline, OutcomesAdopted
from daybook.events.people import RoleGranted, TeamFormed, TeamJoined
from daybook.events.plan import (
    ActionAdded,
    CheckInHeld,
    MeasureAdded,
    PartRetired,
    PassageWorded,
    PlanAdopted,
    PlanBegun,
    PlanClosed,
    PriorityAdded,
    PriorityReflected,
    ReadingTaken,
    StrategyAdded,
    SupportRequested,
)
from daybook.events.plan_commands import AddStrategy, MovePart, ProposeChange, WordPassage
from daybook.events.plan_talk import ChangeProposed, RefinementClosed, RefinementOpened
from daybook.events.plan_values import Aim
from tests.outcomes_world import begun as outcomes_begun
from tests.outcomes_world import proposed as outcome_proposed
from tests.review_world import NETWORK

PLACE: tuple[Event, ...] = (
    *NETWORK,
    RoleGranted(person="nadia", role="team-member", school="maple"),
    RoleGranted(person="flor", role="observer", school="maple"),
    RoleGranted(person="sam", role="school-leader", school="elm"),
    TeamFormed(team="maple-grade-3", school="maple", kind="grade-level", name="Grade 3"),
    TeamJoined(team="maple-grade-3", person="gil"),
    TeamFormed(team="maple-family", school="maple", kind="family-action", name="Family Action Team"),
    TeamJoined(team="maple-family", person="elena"),
)
QUARTERS = (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
ENDS = date(2026, 6, 30)
AIM = Aim(outcome="readers-all", indicators=("CI.1", "CI.2"))
WORDS = Prose("Words")
OUTCOMES: tuple[Event, ...] = (
    outcomes_begun(year=2025),
    outcome_proposed(
        AIM.outcome,
        baselines=tuple(Baseline(indicator=code, level=2, levels=4, review="m1") for code in AIM.indicators),
    ),
    OutcomesAdopted(outcomes="o1"),
)
"""What the plan begins with."""


def begun(*, rewording: str = "in-refinements", last_quarter: date = QUARTERS[3]) -> PlanBegun:
    """Begin the plan; reflections are possible once its last quarter has begun."""
    return PlanBegun(
        plan="p1",
        school="maple",
        year=2025,
        quarters=(*QUARTERS[:3], last_quarter),
        ends=ENDS,
        rewording="any-time" if rewording == "any-time" else "in-refinements",
        check_in_days=45,
        outcomes="o1",
        aims=(AIM,),
    )


def worded(
    passage: str, wording: str, text: str = "Words", *, replaces: str | None = None, proposal: str | None = None
) -> PassageWorded:
    return PassageWorded(
        plan="p1", passage=passage, wording=wording, text=Prose(text), replaces=replaces, proposal=proposal
    )


def word(passage: str, wording: str, text: str = "Words", *, replaces: str | None = None) -> WordPassage:
    return WordPassage(plan="p1", passage=passage, wording=wording, text=text, replaces=replaces)


def priority(name: str = "reading", *, after: str | None = None) -> PriorityAdded:
    return PriorityAdded(
        plan="p1",
        priority=name,
        text=WORDS,
        indicators=AIM.indicators,
        outcome=AIM.outcome,
        after=after,
    )


def strategy(
    name: str = "readers",
    *,
    under: str = "reading",
    owner: str | None = None,
    after: str | None = None,
    proposal: str | None = None,
    title: str = "Words",
    if_: str = "Words",
    then: str = "Words",
) -> StrategyAdded:
    return StrategyAdded(
        plan="p1",
        strategy=name,
        priority=under,
        title=Prose(title),
        if_=Prose(if_),
        then=Prose(then),
        owner=owner,
        after=after,
        proposal=proposal,
    )


def add_strategy(
    name: str = "talkers", *, under: str = "reading", after: str | None = None, owner: str | None = None
) -> AddStrategy:
    words = {"title": "Words", "if_": "Words", "then": "Words"}
    return AddStrategy(plan="p1", strategy=name, priority=under, after=after, owner=owner, **words)


def action(
    name: str = "shelves",
    *,
    under: str = "readers",
    owner: str | None = None,
    due: date | None = None,
    after: str | None = None,
    proposal: str | None = None,
    text: str = "Words",
) -> ActionAdded:
    return ActionAdded(
        plan="p1",
        action=name,
        strategy=under,
        text=Prose(text),
        owner=owner,
        due=due,
        after=after,
        proposal=proposal,
    )


def measure(name: str = "fluent", *, lower_is_better: bool = False) -> MeasureAdded:
    baseline, target = (12.0, 6.0) if lower_is_better else (40.0, 55.0)
    return MeasureAdded(
        plan="p1",
        measure=name,
        strategy="readers",
        text=WORDS,
        unit="% of pupils",
        baseline=baseline,
        target=target,
        lower_is_better=lower_is_better,
    )


def move(part: str, under: str | None = None, after: str | None = None) -> MovePart:
    return MovePart(plan="p1", part=part, under=under, after=after)


def retired(part: str) -> PartRetired:
    return PartRetired(plan="p1", part=part, reason=WORDS)


def propose(
    proposal: str = "c1",
    *,
    passage: str | None = None,
    under: str | None = None,
    replaces: str | None = None,
    text: str = "Better words",
    why: str | None = None,
) -> ProposeChange:
    return ProposeChange(
        plan="p1", proposal=proposal, text=text, why=why, passage=passage, under=under, replaces=replaces
    )


def proposed(
    proposal: str = "c1",
    *,
    person: str = "flor",
    passage: str | None = None,
    under: str | None = None,
    replaces: str | None = None,
    why: str | None = None,
) -> ChangeProposed:
    return ChangeProposed(
        plan="p1",
        proposal=proposal,
        person=person,
        text=Prose("Better words"),
        why=None if why is None else Prose(why),
        passage=passage,
        under=under,
        replaces=replaces,
    )


VISION = worded("vision", "v1")
SUPPORT = SupportRequested(plan="p1", support="coach", strategy="readers", need="coaching", text=WORDS)
READING = ReadingTaken(plan="p1", measure="fluent", reading="r1", on=date(2025, 11, 14), value=44.0)
CHECKED_IN = CheckInHeld(
    plan="p1", check_in="k1", strategy="readers", on=date(2025, 11, 20), status="on-track", note=WORDS
)
PARTS: tuple[Event, ...] = (priority(), strategy(owner="nadia"), action(owner="gil"), measure(), SUPPORT)
DRAFT: tuple[Event, ...] = (*PLACE, *OUTCOMES, begun(), VISION, *PARTS)
FIRST = PlanAdopted(plan="p1", version="As adopted")
ADOPTED: tuple[Event, ...] = (*DRAFT, FIRST)
FREE: tuple[Event, ...] = (*PLACE, *OUTCOMES, begun(rewording="any-time"), VISION, *PARTS, FIRST)
"""A plan of a network where text may change at any time."""
AT_THE_END: tuple[Event, ...] = (
    *PLACE,
    *OUTCOMES,
    begun(last_quarter=date(2026, 3, 1)),
    VISION,
    *PARTS,
    FIRST,
)
"""A plan whose last quarter has begun."""
OPENED = RefinementOpened(plan="p1", refinement="q3", quarter=3)
REFINING: tuple[Event, ...] = (*ADOPTED, OPENED)
REFINED = RefinementClosed(plan="p1", refinement="q3", version="After the third quarter")
REFLECTED = PriorityReflected(plan="p1", priority="reading", wording="f1", text=WORDS, carries="carries-forward")
CLOSED_PLAN = PlanClosed(plan="p1")
CLOSED: tuple[Event, ...] = (*AT_THE_END, REFLECTED, CLOSED_PLAN)
"""The words of a leader's refusal, which many stories end with."""
LEADERS_ONLY = "Only the school's leaders do this. Ask one of them, or propose the change."
ELSEWHERE = "This is another school's plan. Ask one of its leaders to do it for you."
AUDITORS_READ = "Auditors read this plan and change nothing in it. Ask one of the school's leaders."
IN_A_REFINEMENT = (
    "This plan is adopted, and this part of it changes in a refinement. "
    "A leader of the school opens one; others propose the change."
)
IS_CLOSED = "This plan is closed and takes nothing more. Look for the plan of the year after."
IS_RETIRED = "This part of the plan was retired since. Restore it first, or ask a leader of the school to do so."
CHANGED = (
    "Someone changed this since you read it. Look at what stands there now, and send yours again to put it in its "
    "place."
)
STALE = "Someone put this into other words since you read it. Compare both and decide."
