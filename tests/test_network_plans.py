"""Plans and June Outcomes in the network's view: how they are listed, and by whom they are found."""

from datetime import date

from msgspec.structs import replace

from daybook.events.core import Event, Prose
from daybook.events.outcomes import OutcomesAdopted, OutcomesBegun
from daybook.events.outcomes_state import Outcomes
from daybook.events.outcomes_state import tags as outcomes_tags
from daybook.events.plan import PartAssigned, PartRestored, PartRetired, PlanClosed, SupportAnswered
from daybook.projections import network
from daybook.projections.network_plans import DRAFTS, WAITING, ListedPart, OutcomesListed, PlanListed
from daybook.projections.view import Found
from tests.plan_shown import ADOPTED, BEGUN, MEASURE, OTHER, PARTS, PROPOSED, SECOND, SUPPORT, moved, told

PLAN = PlanListed(
    plan="p1",
    school="maple",
    year=2026,
    phase="draft",
    starts=date(2026, 7, 1),
    ends=date(2027, 6, 30),
    outcomes="o1",
)
FACETS = ("list:plans", "school:maple")


def listed(*events: Event) -> Found:
    """Fold a plan's events as the stored view does, with no entries at hand but those that `reads` names."""
    view: dict[str, Found] = {}
    for recorded in told(events):
        view |= network.project({key: view[key] for key in network.reads(recorded) if key in view}, recorded)
    assert view.keys() == {"plan:p1"}
    return view["plan:p1"]


def plan_of(*events: Event) -> PlanListed:
    value = listed(*events).value
    assert isinstance(value, PlanListed)
    return value


def test_a_plan_is_listed_by_its_school_and_year() -> None:
    assert listed(BEGUN) == Found(PLAN, FACETS)
    assert plan_of(BEGUN, ADOPTED).phase == "adopted"
    assert plan_of(BEGUN, ADOPTED, PlanClosed(plan="p1")).phase == "closed"


def test_a_plan_keeps_its_parts_with_whose_they_are() -> None:
    parts = {
        "priority:reading": ListedPart(),
        "strategy:readers": ListedPart("priority:reading", "tomas"),
        "action:groups": ListedPart("strategy:readers"),
        "measure:fluency": ListedPart("strategy:readers"),
        "support:coach": ListedPart("strategy:readers", waits=True),
    }
    assert listed(*PARTS, MEASURE, SUPPORT) == Found(
        replace(PLAN, parts=parts), (*FACETS, "person:tomas", "support:waiting")
    )


def assigned(part: str, owner: str | None) -> PartAssigned:
    return PartAssigned(plan="p1", part=part, owner=owner)


def test_a_plan_is_found_by_the_owners_of_its_parts() -> None:
    assert listed(*PARTS, assigned("action:groups", "ana"), assigned("strategy:readers", "ana")).facets == (
        *FACETS,
        "person:ana",
    )
    assert listed(*PARTS, assigned("strategy:readers", None)).facets == FACETS


def test_who_owns_only_what_is_not_pursued_does_not_find_it() -> None:
    for part in ("priority:reading", "strategy:readers"):
        retired = PartRetired(plan="p1", part=part, reason=Prose("Enough"))
        assert listed(*PARTS, SUPPORT, retired).facets == FACETS
        again = PartRestored(plan="p1", part=part)
        assert listed(*PARTS, SUPPORT, retired, again).facets == (*FACETS, "person:tomas", WAITING)


def test_a_part_that_moves_is_pursued_where_it_stands() -> None:
    retired = PartRetired(plan="p1", part="priority:reading", reason=Prose("Enough"))
    events = (*PARTS, SECOND, OTHER, moved("strategy:readers", "priority:math"), retired)
    assert listed(*events).facets == (*FACETS, "person:tomas")
    assert plan_of(*events).standing().keys() == {"priority:math", "strategy:readers", "action:groups"}


def test_a_plan_is_found_by_the_home_office_while_a_request_waits() -> None:
    answered = SupportAnswered(plan="p1", support="coach", answer="declined", text=Prose("Not this year"))
    assert WAITING in listed(*PARTS, SUPPORT).facets
    assert WAITING not in listed(*PARTS, SUPPORT, answered).facets


def test_a_plan_is_found_by_whoever_proposed_something() -> None:
    again = replace(PROPOSED, proposal="a2")
    retired = PartRetired(plan="p1", part="strategy:readers", reason=Prose("Enough"))
    assert listed(*PARTS, PROPOSED, again, retired).facets == (*FACETS, "proposed:flor")


def test_june_outcomes_are_listed_by_their_school_and_year() -> None:
    begun = OutcomesBegun(
        outcomes="o1",
        school="maple",
        year=2026,
        rubric="pif-1",
        levels=4,
        indicators=("CI.1",),
        least=3,
        most=5,
    )
    [recorded] = told([BEGUN])
    recorded = replace(recorded, event=begun, tags=outcomes_tags(begun, Outcomes()))
    draft = network.project({}, recorded)
    facets = ("list:outcomes", "school:maple")
    assert draft == {"outcomes:o1": Found(OutcomesListed("o1", "maple", 2026, "draft", "pif-1"), (*facets, DRAFTS))}
    adopted = replace(recorded, event=OutcomesAdopted(outcomes="o1"))
    assert network.reads(adopted) == ("outcomes:o1",)
    assert network.project(draft, adopted) == {
        "outcomes:o1": Found(OutcomesListed("o1", "maple", 2026, "adopted", "pif-1"), facets)
    }
