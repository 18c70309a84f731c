"""A plan's view over the year: what was done, proposed, refined and reflected on."""

from datetime import date

from msgspec.structs import replace

from daybook.events.core import Event, Prose
from daybook.events.plan import (
    ActionReported,
    PartAssigned,
    PartMoved,
    PassageWorded,
    PriorityReflected,
    ReadingTaken,
    ReadingWithdrawn,
    SupportAnswered,
    TargetSet,
)
from daybook.events.plan_talk import (
    AgreementWithdrawn,
    CitationRemoved,
    EvidenceCited,
    ProposalAccepted,
    ProposalDeclined,
    ProposalWithdrawn,
    RefinementAgreed,
    RefinementClosed,
)
from daybook.events.plan_values import Citation
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    MyProposalShown,
    OrderShown,
    ProposalShown,
    ReadingShown,
    RefinementShown,
    ReflectionShown,
    StatusShown,
    StrategyShown,
    SupportShown,
    VersionShown,
)
from daybook.projections.view import Entry, Shown
from tests.plan_shown import (
    ACTION,
    ADOPTED,
    MEASURE,
    OPENED,
    OTHER,
    PARTS,
    PLAN,
    PROPOSED,
    STEP,
    SUPPORT,
    WHY,
    WITH_ACTION,
    checked,
    folded,
    minute,
    room,
    text,
)


def team(value: Shown) -> Entry:
    return Entry(value, "team")


# The year's work


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
        answered="answer-2",
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
TO_AUTHOR = MyProposalShown("a1", "all read at home", "strategy:readers:then", None, minute(5), why="Families ask")


# Proposals


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
    assert view["strategy:talk"] == room(StrategyShown("talk", "reading", None, minute(7), proposal="a1"))
    authors = {
        passage: value.proposed_by
        for passage in ("title", "if", "then")
        if isinstance(value := view[f"text:strategy:talk:{passage}"].value, TextShown)
    }
    assert authors == {"title": None, "if": "flor", "then": "flor"}


# Refinements

CONSENSUS = Citation("consensus", "CI.2", "m1")
READING = Citation("reading", "r1")


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


def test_a_change_overtakes_who_had_agreed_until_they_agree_again() -> None:
    """The year's work goes on beside a refinement, and makes it no other."""
    agreed = [RefinementAgreed(plan="p1", refinement="q1", person=person) for person in ("tomas", "pat")]
    reported = ActionReported(plan="p1", action="groups", status="done")
    moved = PartMoved(plan="p1", part="action:groups", under="strategy:readers", after=None)

    def who(*events: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
        refinement = folded(*PARTS, ADOPTED, OPENED, *events)["refinement:q1"].value
        assert isinstance(refinement, RefinementShown)
        return refinement.agreed, refinement.overtaken

    assert who(WHY, *agreed, reported) == (("tomas", "pat"), ())
    for change in (WHY, EvidenceCited(plan="p1", refinement="q1", citation=READING), OTHER, moved):
        assert who(agreed[0], change) == (("tomas",), ("tomas",))
        assert who(agreed[0], change, agreed[1]) == (("tomas", "pat"), ("tomas",))
        assert who(*agreed, change, agreed[0]) == (("pat", "tomas"), ("pat",))
        withdrawn = AgreementWithdrawn(plan="p1", refinement="q1", person="tomas")
        assert who(agreed[0], change, withdrawn) == ((), ())


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
