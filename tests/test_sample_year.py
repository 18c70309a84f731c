"""The sample network's years: at four schools June Outcomes and a plan, with a story each, and a plan of today."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from operator import attrgetter

import pytest

from daybook.events.core import Event, Prose, Recorded, stored_name
from daybook.events.gathered import gathered_by
from daybook.events.outcomes import OutcomeAmended, OutcomesBegun, OutcomeTranslated
from daybook.events.outcomes_state import Outcomes
from daybook.events.people import Context, People
from daybook.events.plan import (
    CheckInHeld,
    PartMoved,
    PartRestored,
    PartRetired,
    PassageWorded,
    PlanBegun,
    ReadingTaken,
    StrategyAdded,
    SupportAnswered,
)
from daybook.events.plan_state import Plan
from daybook.events.plan_talk import EvidenceCited, ProposalAccepted, ProposalDeclined, RefinementAgreed
from daybook.events.streams import State, decide, evolve, fold, initial, reads, stream_of, tags
from daybook.server.codec import Codec
from daybook.server.door import parse_command
from daybook.server.log import Log
from daybook.server.sample import DEMO_PEOPLE, sample_people, tell_sample
from tests.server_fixtures import SAMPLE_DAY, Server

SCHOOLS = ("maple", "cedar", "olive", "redwood")
PLANS = [f"{school}-2024" for school in SCHOOLS]
NOW = "maple-2025"


@pytest.fixture
async def recorded(sample: str) -> AsyncIterator[list[Recorded]]:
    """Yield the log of the sample network."""
    async with Log(sample, "sample") as log:
        yield [Codec().decode(event) for event in await log.read()]


def of(recorded: list[Recorded], stream: str) -> list[Recorded]:
    return [one for one in recorded if one.stream == stream]


def state(recorded: list[Recorded], stream: str) -> State:
    return fold(stream, of(recorded, stream))


def plan_of(recorded: list[Recorded], plan: str) -> Plan:
    folded = state(recorded, f"plan:{plan}")
    assert isinstance(folded, Plan)
    return folded


def prose(event: Event) -> Iterator[str]:
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if isinstance(value, Prose) and value.text is not None:
            yield value.text


async def test_the_years_are_some_fifteen_hundred_events(recorded: list[Recorded]) -> None:
    kinds = Counter(one.stream.partition(":")[0] for one in recorded)
    assert 1_400 < kinds["plan"] + kinds["outcomes"] + kinds["review"] < 2_000
    assert all(len(of(recorded, f"plan:{plan}")) > 200 for plan in PLANS)


@pytest.mark.parametrize("plan", PLANS)
async def test_a_year_has_what_a_year_has(recorded: list[Recorded], plan: str) -> None:
    events = [one.event for one in of(recorded, f"plan:{plan}")]
    count = Counter(type(event) for event in events)
    assert count[CheckInHeld] >= 30
    assert count[ReadingTaken] >= 40
    assert count[ProposalAccepted] >= 2
    assert count[ProposalDeclined] >= 1
    assert count[SupportAnswered] >= 4
    assert count[PartMoved] >= 1
    assert count[PartRetired] >= 1
    begun = events[0]
    assert isinstance(begun, PlanBegun)
    assert begun.outcomes == plan
    assert len(begun.aims) >= 3
    folded = plan_of(recorded, plan)
    assert folded.phase == "closed"
    assert sorted(refinement.quarter for refinement in folded.refinements.values()) == [1, 2, 3, 4]
    worded = {event.passage for event in events if isinstance(event, PassageWorded)}
    for name, refinement in folded.refinements.items():
        assert {f"refinement:{name}:changed", f"refinement:{name}:why"} <= worded
        assert refinement.agreed
        assert refinement.citations
    assert {"vision", "family:en", "family:es"} <= worded


async def test_measures_are_read_about_every_month(recorded: list[Recorded]) -> None:
    for plan in PLANS:
        days: dict[str, list[date]] = {}
        for one in of(recorded, f"plan:{plan}"):
            if isinstance(one.event, ReadingTaken):
                days.setdefault(one.event.measure, []).append(one.event.on)
                assert one.event.on == one.at.date()
        assert len([measure for measure, on in days.items() if len(on) >= 8]) >= 3


@pytest.mark.parametrize("plan", PLANS)
async def test_its_june_outcomes_were_adopted_in_spring_and_concluded_in_june(
    recorded: list[Recorded], plan: str
) -> None:
    outcomes = state(recorded, f"outcomes:{plan}")
    assert isinstance(outcomes, Outcomes)
    assert outcomes.phase == "adopted"
    assert set(outcomes.signed) == {"school", "home-office"}
    standing = outcomes.standing()
    assert 3 <= len(standing) <= 5
    for name in standing:
        outcome = outcomes.outcomes[name]
        assert outcome.result is not None
        assert any(baseline.review is not None for baseline in outcome.baselines) or name == "pathways"
    texts = ("statement", "measure", "school", "home-office")
    both = {f"{name}:{text}:{language}" for name in standing for text in texts for language in ("en", "es")}
    assert both <= set(outcomes.wordings)
    events = [one.event for one in of(recorded, f"outcomes:{plan}")]
    assert any(isinstance(event, OutcomeAmended) for event in events)
    school, _, year = plan.rpartition("-")
    [seeded] = [
        one.event for one in of(recorded, f"outcomes:{school}-{int(year) + 1}") if isinstance(one.event, OutcomesBegun)
    ]
    assert seeded.seeded_from == plan
    carried = {name for name in standing if outcomes.outcomes[name].result == "carried-forward"}
    after = state(recorded, f"outcomes:{school}-{int(year) + 1}")
    assert isinstance(after, Outcomes)
    assert carried
    assert carried <= set(after.order)


async def test_a_translation_that_is_behind_is_there_to_be_seen(recorded: list[Recorded]) -> None:
    """Most amendments were translated afterward; one was not."""
    behind = []
    for plan in PLANS:
        outcomes = state(recorded, f"outcomes:{plan}")
        assert isinstance(outcomes, Outcomes)
        latest = {
            one.event.passage: one.event.of
            for one in of(recorded, f"outcomes:{plan}")
            if isinstance(one.event, OutcomeTranslated)
        }
        for passage, translated in latest.items():
            english = passage.removesuffix("es") + "en"
            if outcomes.wordings[english] != translated:
                behind.append(f"{plan}:{passage}")
    assert behind == ["redwood-2024:common-tests:home-office:es"]


async def test_baselines_and_citations_come_from_what_was_there_already(recorded: list[Recorded]) -> None:
    closed: dict[str, int] = {}
    for one in recorded:
        if one.type == "review-closed":
            closed[one.stream] = one.position
        if isinstance(one.event, EvidenceCited) and one.event.citation.review is not None:
            assert closed[f"review:{one.event.citation.review}"] < one.position
        if one.type == "outcome-proposed" and one.stream.endswith("-2024"):
            assert f"review:{one.stream.partition(':')[2].removesuffix('-2024')}-spring" in closed


async def test_at_maple_calling_fails_and_a_teachers_proposal_takes_its_place(recorded: list[Recorded]) -> None:
    plan = plan_of(recorded, "maple-2024")
    assert plan.parts["strategy:call-by-nine"].retired
    assert plan.parts["measure:absent"].under == "strategy:walk-together"
    [added] = [
        one
        for one in of(recorded, "plan:maple-2024")
        if isinstance(one.event, StrategyAdded) and one.event.strategy == "walk-together"
    ]
    assert isinstance(added.event, StrategyAdded)
    assert added.event.proposal == "walk-together"
    assert plan.proposals["walk-together"].person == "teacher"
    retired = next(one for one in of(recorded, "plan:maple-2024") if isinstance(one.event, PartRetired))
    assert retired.at.date() > date(2024, 11, 1)
    absent = {
        one.event.on: one.event.value
        for one in of(recorded, "plan:maple-2024")
        if isinstance(one.event, ReadingTaken) and one.event.measure == "absent" and one.event.reading != "absent-wrong"
    }
    november = max(value for day, value in absent.items() if day.month in (11, 12))
    assert absent[max(absent)] < november


async def test_at_cedar_one_request_is_declined_and_one_comes_late_and_the_check_ins_say_so(
    recorded: list[Recorded],
) -> None:
    events = [one.event for one in of(recorded, "plan:cedar-2024")]
    answers: dict[str, list[str]] = {}
    for event in events:
        if isinstance(event, SupportAnswered):
            answers.setdefault(event.support, []).append(event.answer)
    assert answers["math-teacher"] == ["declined"]
    assert answers["phone-line"] == ["agreed", "agreed", "delivered"]
    waiting = [e for e in events if isinstance(e, CheckInHeld) and e.strategy == "interpreter-line"]
    assert len([e for e in waiting if e.status == "off-track" and e.barriers is not None]) >= 3
    assert waiting[-1].status == "on-track"


async def test_at_olive_hill_a_strategy_goes_to_the_families(recorded: list[Recorded]) -> None:
    plan = plan_of(recorded, "olive-2024")
    assert plan.parts["strategy:homework-evenings"].under == "priority:families"
    assert plan.parts["strategy:homework-evenings"].owner == "olive-parent-2"
    begun = next(
        one.event
        for one in of(recorded, "plan:olive-2024")
        if isinstance(one.event, StrategyAdded) and one.event.strategy == "homework-evenings"
    )
    assert begun.priority == "two-languages"
    spoken = [
        one.event
        for one in of(recorded, "plan:olive-2024")
        if isinstance(one.event, PassageWorded) and one.event.passage == "family:es"
    ]
    assert len(spoken) == 3


async def test_at_redwood_fourteen_strategies_become_few_and_one_comes_back(recorded: list[Recorded]) -> None:
    standing = []
    plan = fold("plan:redwood-2024", ())
    assert isinstance(plan, Plan)
    events = of(recorded, "plan:redwood-2024")
    for number, one in enumerate(events, start=1):
        if one.type in ("plan-adopted", "refinement-closed"):
            then = fold("plan:redwood-2024", events[:number])
            assert isinstance(then, Plan)
            standing.append(len([p for p in then.parts if p.startswith("strategy:") and not then.is_retired(p)]))
    assert standing == [14, 12, 6, 7, 6]
    assert any(isinstance(one.event, PartRestored) for one in events)


async def test_today_something_waits_for_the_people_of_maple(recorded: list[Recorded]) -> None:
    plan = plan_of(recorded, NOW)
    assert plan.phase == "adopted"
    assert plan.starts <= SAMPLE_DAY <= plan.ends
    assert plan.open_refinement() == "now"
    assert "teacher" not in plan.refinements["now"].agreed
    assert {p.person for p in plan.proposals.values() if p.became is None} == {"family", "teacher"}
    asked = [part for part, state in plan.parts.items() if part.startswith("support:") and state.answer is None]
    assert asked == ["support:grade-five-questions"]
    latest: dict[str, date] = {}
    for one in of(recorded, f"plan:{NOW}"):
        if isinstance(one.event, CheckInHeld):
            latest[one.event.strategy] = one.event.on
    late = {strategy for strategy, on in latest.items() if on + timedelta(days=45) < SAMPLE_DAY}
    assert {plan.parts[f"strategy:{strategy}"].owner for strategy in late} >= {"teacher", "principal"}
    overdue = [
        p for p, s in plan.parts.items() if s.due is not None and s.due < SAMPLE_DAY and s.status not in ("done",)
    ]
    assert "action:map-new" in overdue


async def test_everyone_has_a_name_and_nobody_stands_in_the_words(recorded: list[Recorded]) -> None:
    people = {person.id: person.name for person in sample_people()}
    named = {one.actor for one in recorded}
    for one in recorded:
        for field in ("person", "owner"):
            named |= {value for value in [getattr(one.event, field, None)] if isinstance(value, str)}
        if isinstance(one.event, RefinementAgreed):
            named.add(one.event.person)
    assert named <= set(people)
    words = {word for name in people.values() for word in name.split()}
    said = {word for one in recorded for text in prose(one.event) for word in re.findall(r"\w+", text)}
    assert said & words == set()
    assert len(people) == len(set(people.values()))
    assert len(DEMO_PEOPLE) < 20


@pytest.mark.parametrize(
    "today", [SAMPLE_DAY, date(2026, 7, 1), date(2026, 8, 20), date(2027, 1, 4), date(2027, 6, 30)]
)
def test_days_of_stories_are_school_days_and_come_before_today(today: date) -> None:
    steps = [step for script in tell_sample(today) for step in script.steps]
    assert max(step.at.date() for step in steps) < today
    told = [step for step in steps if step.data.get("plan") or step.data.get("outcomes")]
    assert {step.at.weekday() for step in told} <= set(range(5))
    begins = min(step.at.date() for step in steps)
    assert begins == today - timedelta(days=950)


@pytest.mark.parametrize("today", [date(2026, 7, 1) + timedelta(days=23 * n) for n in range(17)], ids=str)
def test_whatever_day_it_is_every_step_is_accepted(today: date) -> None:
    states: dict[str, State] = {}

    def state_of(stream: str) -> State:
        return states.setdefault(stream, initial(stream))

    steps = sorted((step for script in tell_sample(today) for step in script.steps), key=attrgetter("at"))
    for step in steps:
        command = parse_command(step.kind, step.data)
        people = state_of("people")
        assert isinstance(people, People)
        others: dict[str, object] = {
            stream: state_of(stream) for stream in reads(command, state_of(stream_of(command)))
        }
        stream = stream_of(command)
        events = decide(command, state_of(stream), Context(step.actor, step.at, people, others))
        assert events, (step.actor, step.kind, step.data)
        for event in events:
            tagged = tags(event, state_of(stream))
            for name in (stream, *gathered_by(stored_name(type(event)), tagged)):
                states[name] = evolve(state_of(name), event)


PAGES = [
    *(f"/plans/{school}-{{last}}" for school in SCHOOLS),
    *(f"/outcomes/{school}-{{last}}" for school in SCHOOLS),
    *(f"/plans/{school}-{{last}}/replay" for school in SCHOOLS),
    *(f"/outcomes/{school}-{{last}}/replay" for school in SCHOOLS),
    "/plans/maple-{last}/why/walk-together",
    "/plans/maple-{now}",
    "/outcomes/maple-{now}",
    "/schools/maple",
]


@pytest.mark.parametrize("page", PAGES)
def test_its_pages_open_for_everyone_who_may_see_them(standing_demo: Server, page: str) -> None:
    path = page.format(last=SAMPLE_DAY.year - 2, now=SAMPLE_DAY.year - 1)
    people = ["coach", "auditor"]
    for demo in DEMO_PEOPLE:
        if demo.school is not None and demo.school in page:
            people.append(demo.key)
    for person in people:
        for lang in ("en", "es"):
            answer = standing_demo.ask("GET", f"{path}?lang={lang}", person)
            assert answer.status_code == 200, (person, lang, answer.text[-500:])
