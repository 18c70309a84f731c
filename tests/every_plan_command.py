"""Commands about one plan with few ids, so that they meet one another often; every kind is among them."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from daybook.events.outcomes_commands import StandsAt
from daybook.events.people import GrantRole, JoinTeam, LeaveTeam, RevokeRole
from daybook.events.plan_commands import (
    AcceptProposal,
    AddAction,
    AddMeasure,
    AddPriority,
    AdoptPlan,
    AgreeToRefinement,
    AnswerSupport,
    AssignPart,
    BeginPlan,
    CiteEvidence,
    ClosePlan,
    CloseRefinement,
    DeclineProposal,
    FundStrategy,
    HoldCheckIn,
    OpenRefinement,
    PlanCommand,
    RedactPlanWords,
    ReflectOnPriority,
    RemoveCitation,
    ReportAction,
    RequestSupport,
    RestorePart,
    RetirePart,
    ScheduleAction,
    SetTarget,
    TakeReading,
    WithdrawAgreement,
    WithdrawProposal,
    WithdrawReading,
)
from daybook.events.plan_values import Citation
from daybook.events.review_commands import CloseReview, WithdrawEvidence
from daybook.events.streams import AnyCommand
from tests.outcomes_world import aim
from tests.plan_world import AIM, add_strategy, move, propose, word
from tests.stories import History
from tests.test_review_rules_boundaries import decided

DAY = date(2025, 11, 14)
PARTS = (
    "priority:reading",
    "priority:talk",
    "strategy:readers",
    "strategy:talkers",
    "action:shelves",
    "action:clubs",
    "measure:fluent",
    "support:coach",
)
PLACES = (("action:shelves", "action:clubs", "measure:fluent"), ("strategy:readers", "strategy:talkers"))


def _words() -> Iterator[PlanCommand]:
    for passage, first in (
        ("vision", None),
        ("family:es", None),
        ("strategy:readers:if", "readers"),
        ("action:shelves", "shelves"),
        ("reflection:reading", "f1"),
        ("refinement:q3:changed", None),
        ("refinement:q3:why", None),
    ):
        for wording, replaces in (("w1", first), ("w2", first), ("w2", "w1"), ("w1", "w2")):
            yield word(passage, wording, replaces=replaces)
    yield word("vision", "w1", replaces="v1")


def _parts() -> Iterator[PlanCommand]:
    for name in ("reading", "talk"):
        yield AddPriority(plan="p1", priority=name, text="Words", outcome="readers-all")
        yield AddPriority(plan="p1", priority=name, text="Words", rubric="pif-1", indicators=("CI.3",), after="reading")
        yield add_strategy("readers", under=name)
        yield add_strategy("talkers", under=name, after="strategy:readers")
    for under in ("readers", "talkers"):
        yield AddAction(plan="p1", action="clubs", strategy=under, text="Words", after="action:shelves")
        yield AddAction(plan="p1", action="shelves", strategy=under, text="Words", owner="gil", due=DAY)
        yield RequestSupport(plan="p1", support="coach", strategy=under, need="coaching", text="Words")
        yield AddMeasure(
            plan="p1", measure="fluent", strategy=under, text="Words", unit="%", baseline=40.0, target=50.0
        )
    yield from (move("priority:talk"), move("priority:talk", after="priority:reading"), move("priority:reading"))
    for part, under in product(PLACES[1], ("priority:reading", "priority:talk")):
        yield from (move(part, under), move(part, under, "strategy:readers"), move(part, under, "strategy:talkers"))
    for part, under in product(PLACES[0], PLACES[1]):
        yield from (move(part, under), move(part, under, "action:clubs"), move(part, under, "action:shelves"))
    for part in PARTS:
        yield RetirePart(plan="p1", part=part, reason="Words")
        yield RestorePart(plan="p1", part=part)
        yield from (AssignPart(plan="p1", part=part, owner=owner) for owner in ("nadia", None))


def _year() -> Iterator[PlanCommand]:
    yield BeginPlan(plan="p1", school="maple", year=2025)
    yield BeginPlan(plan="p2", school="maple", year=2025)
    yield from (AdoptPlan(plan="p1", version="As adopted"), ClosePlan(plan="p1"))
    yield from (FundStrategy(plan="p1", strategy="readers", amount=amount, source="Title I") for amount in (0, 4500))
    yield from (ScheduleAction(plan="p1", action="shelves", due=due) for due in (None, DAY))
    yield ReportAction(plan="p1", action="shelves", status="done")
    yield ReportAction(plan="p1", action="shelves", status="stuck", note="Words")
    yield from (SetTarget(plan="p1", measure="fluent", baseline=40.0, target=target) for target in (50.0, 60.0))
    for reading in ("r1", "r2"):
        yield TakeReading(plan="p1", measure="fluent", reading=reading, on=DAY, value=44.0)
        yield WithdrawReading(plan="p1", measure="fluent", reading=reading, reason="Words")
    for id in ("k1", "k2"):
        yield HoldCheckIn(plan="p1", check_in=id, strategy="readers", on=DAY, status="on-track", note="Words")
    yield AnswerSupport(plan="p1", support="coach", answer="agreed", text="Words")
    for wording, replaces in (("f1", None), ("w1", "f1"), ("f2", "w1")):
        yield ReflectOnPriority(
            plan="p1", priority="reading", wording=wording, text="Words", carries="finished", replaces=replaces
        )
    for about in ("vision", "strategy:readers", "proposal:c1", "check-in:k1", "refinement:q3", "reading:r1"):
        yield RedactPlanWords(plan="p1", about=about, reason="A name")


def _talk() -> Iterator[PlanCommand]:
    for proposal in ("c1", "c2"):
        yield propose(proposal, passage="vision", replaces="v1")
        yield propose(proposal, passage="strategy:readers:if")
        yield propose(proposal, under="priority:reading")
        yield propose(proposal, under="strategy:readers", why="They asked")
        for made, replaces in (("w3", "v1"), ("w3", "readers"), ("w3", "w1"), ("clubs", None), ("talkers", None)):
            yield AcceptProposal(plan="p1", proposal=proposal, made=made, replaces=replaces, title="Clubs")
        yield DeclineProposal(plan="p1", proposal=proposal, reason="Words")
        yield WithdrawProposal(plan="p1", proposal=proposal)
    for refinement, quarter in (("q3", 3), ("q4", 4)):
        yield OpenRefinement(plan="p1", refinement=refinement, quarter=4 if quarter == 4 else 3)
        for citation in (
            Citation(kind="reading", item="r1"),
            Citation(kind="check-in", item="k1"),
            Citation(kind="consensus", item="CI.2", review="m1"),
            Citation(kind="evidence", item="e1", review="m1"),
        ):
            yield CiteEvidence(plan="p1", refinement=refinement, citation=citation)
            yield RemoveCitation(plan="p1", refinement=refinement, citation=citation)
        yield AgreeToRefinement(plan="p1", refinement=refinement)
        yield WithdrawAgreement(plan="p1", refinement=refinement)
        yield CloseRefinement(plan="p1", refinement=refinement, version=f"After {refinement}")


def _around() -> Iterator[AnyCommand]:
    """What happens elsewhere, on which a plan's decisions rest, too."""
    yield GrantRole(person="gil", role="school-leader", school="maple")
    yield RevokeRole(person="patricia", role="school-leader", school="maple")
    yield RevokeRole(person="nadia", role="team-member", school="maple")
    yield from (JoinTeam(team="maple-family", person="gil"), LeaveTeam(team="maple-family", person="elena"))
    yield from (CloseReview(review="m1"), WithdrawEvidence(review="m1", evidence="e1"))
    yield aim(3, indicators=(StandsAt(indicator="CI.2"),), outcome=AIM.outcome, reason="Words")


EVERY_PLAN_COMMAND: tuple[AnyCommand, ...] = (*_words(), *_parts(), *_year(), *_talk(), *_around())
ACTORS = ("patricia", "nadia", "gil", "elena", "flor", "daniel", "amara")
ASKED = [(command, actor) for command in EVERY_PLAN_COMMAND for actor in ACTORS]
ASKED += [(command, actor) for command in _around() for actor in ("ruth", "ana")]


def step(history: History, start: int) -> None:
    """Do the first thing that comes to something, of what could be asked from a place in the list on."""
    for asked in (*ASKED[start:], *ASKED[:start]):
        if events := decided(history, asked):
            for event in events:
                history.record(event, asked[1])
            return
