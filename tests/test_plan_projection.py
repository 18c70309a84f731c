"""A plan's view: these events give this view, and what people say on the way is the team's alone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from msgspec.structs import replace

from daybook.events import plan_state
from daybook.events.core import Event, Prose, Recorded, stored_name
from daybook.events.people import RoleGranted, TeamFormed, TeamJoined
from daybook.events.plan import (
    ActionAdded,
    ActionReported,
    ActionScheduled,
    AgreementWithdrawn,
    Aim,
    ChangeProposed,
    CheckInHeld,
    Citation,
    CitationRemoved,
    EvidenceCited,
    MeasureAdded,
    PartAssigned,
    PartMoved,
    PartRestored,
    PartRetired,
    PassageWorded,
    PlanAdopted,
    PlanBegun,
    PlanClosed,
    PlanEvent,
    PlanWordsRedacted,
    PriorityAdded,
    PriorityReflected,
    ProposalAccepted,
    ProposalDeclined,
    ProposalWithdrawn,
    ReadingTaken,
    ReadingWithdrawn,
    RefinementAgreed,
    RefinementClosed,
    RefinementOpened,
    StrategyAdded,
    StrategyFunded,
    SupportAnswered,
    SupportRequested,
    TargetSet,
)
from daybook.events.plan_tags import REDACTABLE, about, place_of, redacts
from daybook.projections.passages import TextShown
from daybook.projections.plan import audiences, project
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    MyProposalShown,
    OrderShown,
    PlanShown,
    PriorityShown,
    ProposalShown,
    ReadingShown,
    RefinementShown,
    ReflectionShown,
    StatusShown,
    StrategyShown,
    SupportShown,
    VersionShown,
)
from daybook.projections.view import Audiences, Entry, Shown, View, apply, changed
from tests.review_world import PEOPLE
from tests.stories import happened

QUARTERS = (date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1))
ENDS = date(2027, 6, 30)
BEGUN = PlanBegun(
    plan="p1",
    school="maple",
    year=2026,
    quarters=QUARTERS,
    ends=ENDS,
    rewording="in-refinements",
    check_in_days=45,
    outcomes="o1",
    aims=(Aim("reading", ("CI.1",)),),
)
PLAN = PlanShown(
    plan="p1",
    school="maple",
    year=2026,
    quarters=QUARTERS,
    ends=ENDS,
    rewording="in-refinements",
    check_in_days=45,
    outcomes="o1",
    phase="draft",
    begun_at=datetime(2026, 8, 3, 15, 0, tzinfo=UTC),
)
PRIORITY = PriorityAdded(
    plan="p1", priority="reading", text=Prose("Everyone reads"), indicators=("CI.1",), outcome="reading"
)
STRATEGY = StrategyAdded(
    plan="p1",
    strategy="readers",
    priority="reading",
    title=Prose("Reading groups"),
    if_=Prose("we group by need"),
    then=Prose("all grow"),
    owner="tomas",
)
ACTION = ActionAdded(plan="p1", action="groups", strategy="readers", text=Prose("Form groups"), due=date(2026, 9, 15))
MEASURE = MeasureAdded(
    plan="p1", measure="fluency", strategy="readers", text=Prose("Words a minute"), unit="words", baseline=60, target=90
)
SUPPORT = SupportRequested(
    plan="p1", support="coach", strategy="readers", need="coaching", text=Prose("A reading coach")
)
ADOPTED = PlanAdopted(plan="p1", version="September 2026")
OPENED = RefinementOpened(plan="p1", refinement="q1", quarter=1)


def minute(position: int) -> datetime:
    """When the event at a position is recorded."""
    return datetime(2026, 8, 3, 15, position - 1, tzinfo=UTC)


def told(events: Iterable[Event], actor: str = "pat") -> list[Recorded]:
    """Record events of a plan in order, all by one person."""
    state, history = plan_state.Plan(), list[Recorded]()
    for position, event in enumerate(events, start=1):
        assert isinstance(event, PlanEvent)
        tags = plan_state.tags(event, state)
        history.append(
            Recorded(position=position, at=minute(position), actor=actor, command=UUID(int=0), tags=tags, event=event)
        )
        state = plan_state.evolve(state, event)
    return history


def folded(*events: Event) -> View:
    view: View = {}
    for recorded in told(events):
        apply(view, changed(view, project(view, recorded)))
    return view


def room(value: Shown) -> Entry:
    return Entry(value, "room")


def team(value: Shown) -> Entry:
    return Entry(value, "team")


def text(passage: str, words: str | None, position: int, wording: str | None = None) -> View:
    """Show the first wording of a passage, made at a position; its id is the part's."""
    wording = wording or passage.split(":")[1]
    return {f"text:{passage}": room(TextShown(passage, wording, words, "pat", minute(position)))}


def order(under: str, *parts: str) -> View:
    return {f"order:{under}": room(OrderShown(under, parts))}


AT_FIRST: View = {"plan": room(PLAN)}
WITH_PRIORITY: View = {
    **AT_FIRST,
    **order("plan", "priority:reading"),
    "priority:reading": room(PriorityShown("reading", "reading", None, ("CI.1",))),
    **text("priority:reading", "Everyone reads", 2),
}
GROUPS = StrategyShown("readers", "reading", "tomas")
WITH_STRATEGY: View = {
    **WITH_PRIORITY,
    **order("priority:reading", "strategy:readers"),
    "strategy:readers": room(GROUPS),
    **text("strategy:readers:title", "Reading groups", 3),
    **text("strategy:readers:if", "we group by need", 3),
    **text("strategy:readers:then", "all grow", 3),
}
STEP = ActionShown("groups", "readers", None, date(2026, 9, 15))
WITH_ACTION: View = {
    **WITH_STRATEGY,
    **order("strategy:readers", "action:groups"),
    "action:groups": room(STEP),
    **text("action:groups", "Form groups", 4),
}
PARTS: tuple[Event, ...] = (BEGUN, PRIORITY, STRATEGY, ACTION)


def test_a_plan_that_was_begun_shows_its_year() -> None:
    assert folded(BEGUN) == AT_FIRST


def test_parts_stand_under_one_another_each_with_its_words() -> None:
    assert folded(BEGUN, PRIORITY) == WITH_PRIORITY
    assert folded(BEGUN, PRIORITY, STRATEGY) == WITH_STRATEGY
    assert folded(*PARTS) == WITH_ACTION


def test_measures_and_support_requests_stand_among_the_action_steps() -> None:
    support = replace(SUPPORT, after="action:groups")
    assert folded(*PARTS, MEASURE, support) == {
        **WITH_ACTION,
        **order("strategy:readers", "measure:fluency", "action:groups", "support:coach"),
        "measure:fluency": room(MeasureShown("fluency", "readers", "words", 60, 90, lower_is_better=False)),
        **text("measure:fluency", "Words a minute", 5),
        "support:coach": room(SupportShown("coach", "readers", "coaching", "pat", minute(6))),
        **text("support:coach", "A reading coach", 6),
    }


def test_a_passage_is_reworded_and_names_its_wording() -> None:
    events = (
        PassageWorded(plan="p1", passage="vision", wording="w1", text=Prose("All of us")),
        PassageWorded(plan="p1", passage="strategy:readers:then", wording="w2", text=Prose("all read"), replaces="w"),
        PassageWorded(plan="p1", passage="family:es", wording="w3", text=Prose("Lean juntos")),
    )
    assert folded(*PARTS, *events) == {
        **WITH_ACTION,
        **text("vision", "All of us", 5, "w1"),
        **text("strategy:readers:then", "all read", 6, "w2"),
        **text("family:es", "Lean juntos", 7, "w3"),
    }


def test_an_adopted_plan_is_frozen_under_a_name_and_a_closed_one_says_when() -> None:
    adopted = replace(PLAN, phase="adopted", adopted_at=minute(5))
    version = {"version:5": room(VersionShown("September 2026", 5, minute(5), "pat"))}
    assert folded(*PARTS, ADOPTED) == {**WITH_ACTION, "plan": room(adopted), **version}
    closed = replace(adopted, phase="closed", closed_at=minute(6))
    assert folded(*PARTS, ADOPTED, PlanClosed(plan="p1")) == {**WITH_ACTION, "plan": room(closed), **version}


# Moving, retiring, assigning

SECOND = PriorityAdded(
    plan="p1", priority="math", text=Prose("Everyone counts"), indicators=("CI.2",), rubric="pif-1", after="reading"
)
OTHER = StrategyAdded(
    plan="p1",
    strategy="talk",
    priority="reading",
    title=Prose("Talk"),
    if_=Prose("we talk"),
    then=Prose("we grow"),
    after="strategy:readers",
)


def moved(part: str, under: str | None, after: str | None = None) -> PartMoved:
    return PartMoved(plan="p1", part=part, under=under, after=after)


def test_a_part_that_moves_leaves_its_old_place() -> None:
    before = folded(*PARTS, SECOND, OTHER)
    assert folded(*PARTS, SECOND, OTHER, moved("strategy:readers", "priority:math")) == {
        **before,
        **order("priority:reading", "strategy:talk"),
        **order("priority:math", "strategy:readers"),
        "strategy:readers": room(replace(GROUPS, priority="math")),
    }
    assert folded(*PARTS, SECOND, OTHER, moved("action:groups", "strategy:talk")) == {
        **before,
        **order("strategy:readers"),
        **order("strategy:talk", "action:groups"),
        "action:groups": room(replace(STEP, strategy="talk")),
    }


def test_a_part_that_moves_among_its_siblings_is_there_once() -> None:
    before = folded(*PARTS, SECOND, OTHER)
    assert folded(*PARTS, SECOND, OTHER, moved("strategy:talk", "priority:reading")) == {
        **before,
        **order("priority:reading", "strategy:talk", "strategy:readers"),
    }
    assert folded(*PARTS, SECOND, OTHER, moved("priority:reading", None, "priority:math")) == {
        **before,
        **order("plan", "priority:math", "priority:reading"),
    }
    assert folded(*PARTS, SECOND, OTHER, moved("priority:math", None, "priority:reading")) == before


def test_a_retired_part_keeps_its_place_and_says_why_until_it_is_restored() -> None:
    retired = PartRetired(plan="p1", part="strategy:readers", reason=Prose("No time"))
    assert folded(*PARTS, retired) == {
        **WITH_ACTION,
        "strategy:readers": room(replace(GROUPS, retired_at=minute(5), reason="No time")),
    }
    assert folded(*PARTS, retired, PartRestored(plan="p1", part="strategy:readers")) == WITH_ACTION


def test_parts_get_owners_money_and_days() -> None:
    events = (
        PartAssigned(plan="p1", part="strategy:readers", owner=None),
        PartAssigned(plan="p1", part="action:groups", owner="ana"),
        StrategyFunded(plan="p1", strategy="readers", amount=1200, source="Title I"),
        ActionScheduled(plan="p1", action="groups", due=None),
    )
    assert folded(*PARTS, *events) == {
        **WITH_ACTION,
        "strategy:readers": room(replace(GROUPS, owner=None, funding=1200, funding_source="Title I")),
        "action:groups": room(replace(STEP, owner="ana", due=None)),
    }


# The year's work


def checked(check_in: str, on: date, status: str = "on-track") -> CheckInHeld:
    return CheckInHeld(
        plan="p1",
        check_in=check_in,
        strategy="readers",
        on=on,
        status=status,  # type: ignore[arg-type]
        note=Prose("Groups meet"),
        barriers=Prose("No room"),
    )


def test_an_action_step_shows_its_last_report() -> None:
    first = ActionReported(plan="p1", action="groups", status="stuck", note=Prose("No list yet"))
    reported = replace(STEP, status="stuck", note="No list yet", reported_by="pat", reported_at=minute(5))
    assert folded(*PARTS, first) == {**WITH_ACTION, "action:groups": room(reported)}
    done = replace(reported, status="done", note=None, reported_at=minute(6))
    again = ActionReported(plan="p1", action="groups", status="done")
    assert folded(*PARTS, first, again) == {**WITH_ACTION, "action:groups": room(done)}


def test_readings_stay_when_they_were_wrong() -> None:
    taken = ReadingTaken(plan="p1", measure="fluency", reading="r1", on=date(2026, 9, 30), value=64.5)
    noted = replace(taken, reading="r2", note=Prose("Half the class"))
    wrong = ReadingWithdrawn(plan="p1", measure="fluency", reading="r1", reason=Prose("Wrong class"))
    aim = TargetSet(plan="p1", measure="fluency", baseline=62, target=95)
    before = folded(*PARTS, MEASURE)
    shown = ReadingShown("fluency", "r1", date(2026, 9, 30), 64.5, None, "pat")
    assert folded(*PARTS, MEASURE, taken, noted, wrong, aim) == {
        **before,
        "measure:fluency": room(MeasureShown("fluency", "readers", "words", 62, 95, lower_is_better=False)),
        "reading:fluency:r1": room(replace(shown, withdrawn=True, reason="Wrong class")),
        "reading:fluency:r2": room(replace(shown, reading="r2", note="Half the class")),
    }


def test_a_check_in_is_the_teams_and_the_room_learns_the_status_of_the_latest_day() -> None:
    def shown(check_in: str, on: date, status: str, position: int) -> Entry:
        return team(
            CheckInShown(check_in, "readers", on, status, "Groups meet", "No room", "pat", minute(position))  # type: ignore[arg-type]
        )

    october, late = date(2026, 10, 12), date(2026, 9, 20)
    first, of_earlier = checked("c1", october), checked("c2", late, "off-track")
    assert folded(*PARTS, first, of_earlier) == {
        **WITH_ACTION,
        "check-in:c1": shown("c1", october, "on-track", 5),
        "check-in:c2": shown("c2", late, "off-track", 6),
        "status:readers": room(StatusShown("readers", "on-track", october, "c1")),
    }
    same_day = checked("c3", october, "done")
    assert folded(*PARTS, first, same_day)["status:readers"] == room(StatusShown("readers", "done", october, "c3"))


def test_a_request_for_support_shows_the_latest_answer() -> None:
    agreed = SupportAnswered(plan="p1", support="coach", answer="agreed", text=Prose("From October"))
    owner = PartAssigned(plan="p1", part="support:coach", owner="daniel")
    delivered = replace(agreed, answer="delivered", text=Prose("Six cycles"))
    before = folded(*PARTS, SUPPORT)
    shown = SupportShown(
        support="coach",
        strategy="readers",
        need="coaching",
        by="pat",
        at=minute(5),
        owner="daniel",
        answer="delivered",
        words="Six cycles",
        answered_by="pat",
        answered_at=minute(8),
    )
    assert folded(*PARTS, SUPPORT, agreed, owner, delivered) == {**before, "support:coach": room(shown)}


def test_a_priority_is_reflected_on_at_the_end() -> None:
    event = PriorityReflected(
        plan="p1", priority="reading", wording="r1", text=Prose("Most read"), carries="carries-forward"
    )
    assert folded(*PARTS, event) == {
        **WITH_ACTION,
        "reflection:reading": room(ReflectionShown("reading", "carries-forward", "pat", minute(5))),
        **text("reflection:reading", "Most read", 5, "r1"),
    }


# Proposals

PROPOSED = ChangeProposed(
    plan="p1",
    proposal="a1",
    person="flor",
    text=Prose("all read at home"),
    why=Prose("Families ask"),
    passage="strategy:readers:then",
    replaces="readers",
)
TO_TEAM = ProposalShown(
    proposal="a1",
    person="flor",
    text="all read at home",
    why="Families ask",
    passage="strategy:readers:then",
    replaces="readers",
    under=None,
    at=minute(5),
)
TO_AUTHOR = MyProposalShown("a1", "all read at home", "strategy:readers:then", None, minute(5))


def test_a_proposal_is_for_the_team_and_for_its_author() -> None:
    assert folded(*PARTS, PROPOSED) == {
        **WITH_ACTION,
        "proposal:a1": team(TO_TEAM),
        "mine:a1": Entry(TO_AUTHOR, "person:flor"),
    }


def test_an_author_learns_what_became_of_a_proposal() -> None:
    answers = {
        "declined": ProposalDeclined(plan="p1", proposal="a1", reason=Prose("Not yet")),
        "withdrawn": ProposalWithdrawn(plan="p1", proposal="a1"),
    }
    for outcome, event in answers.items():
        came = {
            "outcome": outcome,
            "answered_by": "pat",
            "answered_at": minute(6),
            "reason": "Not yet" if outcome == "declined" else None,
        }
        assert folded(*PARTS, PROPOSED, event) == {
            **WITH_ACTION,
            "proposal:a1": team(replace(TO_TEAM, **came)),
            "mine:a1": Entry(replace(TO_AUTHOR, **came), "person:flor"),
        }


def test_words_that_were_proposed_say_whose_they_are() -> None:
    made = PassageWorded(
        plan="p1",
        passage="strategy:readers:then",
        wording="w1",
        text=Prose("all read at home"),
        replaces="readers",
        proposal="a1",
    )
    came = {"outcome": "accepted", "answered_by": "pat", "answered_at": minute(6)}
    assert folded(*PARTS, PROPOSED, ProposalAccepted(plan="p1", proposal="a1"), made) == {
        **WITH_ACTION,
        "proposal:a1": team(replace(TO_TEAM, **came)),
        "mine:a1": Entry(replace(TO_AUTHOR, **came), "person:flor"),
        "text:strategy:readers:then": room(
            TextShown("strategy:readers:then", "w1", "all read at home", "pat", minute(7), "a1", "flor")
        ),
    }


def test_a_step_that_was_proposed_says_whose_it_is() -> None:
    proposal = replace(PROPOSED, passage=None, replaces=None, under="strategy:readers")
    made = replace(ACTION, action="home", text=Prose("Send books home"), proposal="a1", due=None, after="action:groups")
    view = folded(*PARTS, proposal, ProposalAccepted(plan="p1", proposal="a1"), made)
    assert view["action:home"] == room(ActionShown("home", "readers", None, None, proposal="a1"))
    assert view["text:action:home"] == room(
        TextShown("action:home", "home", "Send books home", "pat", minute(7), "a1", "flor")
    )
    assert view["order:strategy:readers"] == room(OrderShown("strategy:readers", ("action:groups", "action:home")))


def test_a_strategy_that_was_proposed_has_its_title_from_who_accepted_it() -> None:
    proposal = replace(PROPOSED, passage=None, replaces=None, under="priority:reading")
    made = replace(OTHER, proposal="a1")
    view = folded(*PARTS, proposal, ProposalAccepted(plan="p1", proposal="a1"), made)
    assert view["strategy:talk"] == room(StrategyShown("talk", "reading", None, proposal="a1"))
    authors = {
        passage: value.proposed_by
        for passage in ("title", "if", "then")
        if isinstance(value := view[f"text:strategy:talk:{passage}"].value, TextShown)
    }
    assert authors == {"title": None, "if": "flor", "then": "flor"}


# Refinements

CONSENSUS = Citation("consensus", "CI.2", "m1")
READING = Citation("reading", "r1")
WHY = PassageWorded(plan="p1", passage="refinement:q1:why", wording="w1", text=Prose("Readings stand still"))


def test_a_refinement_gathers_what_it_rests_on_and_who_agrees() -> None:
    events = (
        OPENED,
        EvidenceCited(plan="p1", refinement="q1", citation=CONSENSUS),
        EvidenceCited(plan="p1", refinement="q1", citation=READING),
        CitationRemoved(plan="p1", refinement="q1", citation=CONSENSUS),
        RefinementAgreed(plan="p1", refinement="q1", person="tomas"),
        RefinementAgreed(plan="p1", refinement="q1", person="pat"),
        AgreementWithdrawn(plan="p1", refinement="q1", person="tomas"),
    )
    before = folded(*PARTS, ADOPTED)
    plan = replace(PLAN, phase="adopted", adopted_at=minute(5), refining="q1")
    assert folded(*PARTS, ADOPTED, *events) == {
        **before,
        "plan": room(plan),
        "refinement:q1": room(RefinementShown("q1", 1, "pat", minute(6), 6, (READING,), ("pat",))),
    }


def test_the_words_of_a_refinement_are_the_teams_until_it_closes() -> None:
    before = folded(*PARTS, ADOPTED, OPENED)
    why = TextShown("refinement:q1:why", "w1", "Readings stand still", "pat", minute(7))
    assert folded(*PARTS, ADOPTED, OPENED, WHY) == {**before, "text:refinement:q1:why": team(why)}
    closed = RefinementClosed(plan="p1", refinement="q1", version="First quarter")
    assert folded(*PARTS, ADOPTED, OPENED, WHY, closed) == {
        **before,
        "plan": room(replace(PLAN, phase="adopted", adopted_at=minute(5))),
        "text:refinement:q1:why": room(why),
        "refinement:q1": room(
            RefinementShown("q1", 1, "pat", minute(6), 6, closed_at=minute(8), version="First quarter", to_position=8)
        ),
        "version:8": room(VersionShown("First quarter", 8, minute(8), "pat", "q1")),
    }


# Erased words


def test_what_was_erased_is_gone_from_its_place_and_from_no_other() -> None:
    events: tuple[Event, ...] = (
        *PARTS,
        MEASURE,
        SUPPORT,
        PassageWorded(plan="p1", passage="vision", wording="w1", text=Prose("Vision words")),
        PassageWorded(plan="p1", passage="family:en", wording="w2", text=Prose("Family words")),
        PassageWorded(plan="p1", passage="family:es", wording="w3", text=Prose("Palabras")),
        ActionReported(plan="p1", action="groups", status="stuck", note=Prose("Action words")),
        SupportAnswered(plan="p1", support="coach", answer="declined", text=Prose("Answer words")),
        ReadingTaken(
            plan="p1", measure="fluency", reading="r1", on=date(2026, 9, 1), value=1, note=Prose("Reading words")
        ),
        ReadingWithdrawn(plan="p1", measure="fluency", reading="r1", reason=Prose("Wrong words")),
        checked("c1", date(2026, 9, 2)),
        PriorityReflected(
            plan="p1", priority="reading", wording="r1", text=Prose("Reflection words"), carries="finished"
        ),
        PROPOSED,
        ProposalDeclined(plan="p1", proposal="a1", reason=Prose("Declining words")),
        OPENED,
        WHY,
        *(
            PartRetired(plan="p1", part=part, reason=Prose(f"Retiring {part}"))
            for part in ("priority:reading", "strategy:readers", "action:groups", "measure:fluency", "support:coach")
        ),
    )
    places = {
        "vision": ["text:vision"],
        "family": ["text:family:en", "text:family:es"],
        "priority:reading": ["priority:reading", "text:priority:reading"],
        "strategy:readers": ["strategy:readers", *(f"text:strategy:readers:{t}" for t in ("if", "then", "title"))],
        "action:groups": ["action:groups", "text:action:groups"],
        "measure:fluency": ["measure:fluency", "text:measure:fluency"],
        "support:coach": ["support:coach", "text:support:coach"],
        "reflection:reading": ["text:reflection:reading"],
        "reading:r1": ["reading:fluency:r1"],
        "check-in:c1": ["check-in:c1"],
        "proposal:a1": ["mine:a1", "proposal:a1"],
        "refinement:q1": ["text:refinement:q1:why"],
    }
    assert {place.partition(":")[0] for place in places} == REDACTABLE
    before = folded(*events)
    for place, keys in places.items():
        erased = PlanWordsRedacted(plan="p1", about=place, reason=Prose("It names a pupil"))
        after = folded(*events, erased)
        assert sorted(key for key in after if after[key] != before[key]) == keys, place
        assert all(not words_of(after[key].value) for key in keys), place
        assert all(after[key].audience == before[key].audience for key in keys)
        # Read again from a log whose words are gone, it is the same.
        gone = folded(*(without_words(event, erased) for event in events), erased)
        assert gone == after, place


WORDS = ("text", "note", "reason", "why", "words", "barriers")


def words_of(value: Shown) -> list[str]:
    return [getattr(value, name) for name in WORDS if getattr(value, name, None) is not None]


def without_words(event: Event, erased: PlanWordsRedacted) -> Event:
    """Empty an event's words if they are those that were erased."""
    assert isinstance(event, PlanEvent)
    named = redacts(erased)
    assert named is not None
    if stored_name(type(event)) not in named.types or not set(named.tags) <= set(about(event)):
        return event
    prose = {name: Prose(None) for name in event.__struct_fields__ if isinstance(getattr(event, name), Prose)}
    return replace(event, **prose)


def test_words_that_come_after_an_erasure_are_shown() -> None:
    erased = PlanWordsRedacted(plan="p1", about="action:groups", reason=Prose("It names a pupil"))
    again = PassageWorded(plan="p1", passage="action:groups", wording="w1", text=Prose("Form new groups"))
    assert folded(*PARTS, erased) == {**WITH_ACTION, **text("action:groups", None, 4)}
    assert folded(*PARTS, erased, again) == {**WITH_ACTION, **text("action:groups", "Form new groups", 6, "w1")}
    assert place_of("action:groups") == erased.about


# Who is who


def who(person: str, *more: Event) -> Audiences:
    return audiences(person, folded(BEGUN), happened([*PEOPLE, *more]).people())


def test_leaders_the_home_office_and_auditors_are_the_team() -> None:
    for person in ("patricia", "tomas", "daniel", "amara", "olivia"):
        assert who(person) == {"room", "team", f"person:{person}"}


def test_members_of_the_school_are_the_team() -> None:
    everyone = {"room", "team", "person:eve"}
    assert who("eve", RoleGranted(person="eve", role="team-member", school="maple")) == everyone
    grade = TeamFormed(team="maple-4", school="maple", kind="grade-level", name="Grade 4")
    assert who("eve", grade, TeamJoined(team="maple-4", person="eve")) == everyone
    assert who("eve", RoleGranted(person="eve", role="network-leader", school="maple")) == everyone


def test_observers_of_the_school_see_the_room_and_what_is_theirs() -> None:
    assert who("guest", RoleGranted(person="guest", role="observer", school="maple")) == {"room", "person:guest"}
    assert who("guest", RoleGranted(person="guest", role="observer")) == {"room", "person:guest"}


def test_nobody_else_sees_the_plan() -> None:
    assert who("eve") == frozenset()
    for role in ("observer", "team-member", "school-leader", "network-leader"):
        elsewhere = RoleGranted(person="eve", role=role, school="oak")
        assert who("eve", elsewhere) == frozenset()
    grade = TeamFormed(team="oak-4", school="oak", kind="grade-level", name="Grade 4")
    assert who("eve", grade, TeamJoined(team="oak-4", person="eve")) == frozenset()


def test_a_plan_that_was_never_begun_has_no_audience() -> None:
    assert audiences("patricia", {}, happened(PEOPLE).people()) == frozenset()
