"""The boundaries of June Outcomes cover what their rules read, and are narrow where people work side by side."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybook.events.core import Event
from daybook.events.outcomes_commands import (
    AdoptOutcomes,
    AmendOutcome,
    AssignOutcome,
    CommentOnOutcome,
    EndorseOutcome,
    MoveOutcome,
    RedactOutcomeWords,
    RestoreOutcome,
    SignOutcomes,
    StandsAt,
    WithdrawEndorsement,
    WithdrawOutcome,
    WordOutcome,
)
from daybook.events.people import GrantRole, RevokeRole
from daybook.events.practice import PracticeSet, SetPractice
from daybook.events.streams import AnyCommand, boundary
from tests.outcomes_world import (
    ADOPTED,
    ADOPTION,
    DRAFT,
    PLACE,
    SIGNED,
    STANDS,
    aim,
    begin,
    begun,
    carry_over,
    conclude,
    concluded,
    propose,
    proposed,
    translate,
    translated,
    withdrawn,
    word,
    worded,
)
from tests.review_world import agreed
from tests.stories import happened
from tests.test_review_rules_boundaries import decided, within

ACTORS = ("amara", "daniel", "patricia", "gil", "flor")
EARLY = ("07-01", "08-01", "09-01", "10-01")


def _commands() -> Iterator[AnyCommand]:
    for person in ("patricia", "gil", "flor"):
        yield GrantRole(person=person, role="team-member", school="maple")
        yield RevokeRole(person=person, role="team-member", school="maple")
    yield RevokeRole(person="patricia", role="school-leader", school="maple")
    yield SetPractice(quarters=EARLY, least_outcomes=2, most_outcomes=5, rewording="any-time", check_in_days=30)
    yield from (begin(), begin(outcomes="o2", year=2025, seed="o1"), begin(outcomes="o2", year=2025))
    for outcome in ("readers", "writers"):
        yield carry_over(outcome)
        yield from (propose(outcome), propose(outcome, owner="gil"))
        yield WithdrawOutcome(outcomes="o1", outcome=outcome, reason="Too many")
        yield RestoreOutcome(outcomes="o1", outcome=outcome)
        yield MoveOutcome(outcomes="o1", outcome=outcome)
        yield AssignOutcome(outcomes="o1", outcome=outcome, owner="gil")
        yield AssignOutcome(outcomes="o1", outcome=outcome)
        yield from (kind(outcomes="o1", outcome=outcome) for kind in (EndorseOutcome, WithdrawEndorsement))
        yield CommentOnOutcome(outcomes="o1", outcome=outcome, comment="c1", text="Which?")
        yield from (aim(2, outcome=outcome), aim(4, outcome=outcome, reason="Higher"))
        yield from (conclude("met", outcome=outcome), conclude("carried-forward", outcome=outcome))
        yield RedactOutcomeWords(outcomes="o1", about=f"outcome:{outcome}", reason="A name")
    yield MoveOutcome(outcomes="o1", outcome="readers", after="writers")
    yield RedactOutcomeWords(outcomes="o1", about="comment:c1", reason="A name")
    for replaces in ("readers", "w1"):
        yield word("Records", replaces=replaces)
        yield word("Books", wording="w2", replaces=replaces)
        yield word("A block", passage="readers:school:en", wording="w3", replaces=replaces)
        yield translate(of=replaces)
        yield translate("Otros", wording="s2", of=replaces, replaces="s1")
        yield AmendOutcome(
            outcomes="o1", passage="readers:measure:en", wording="w4", text="Amended", replaces=replaces, reason="So"
        )
    for side in ("school", "home-office"):
        yield SignOutcomes(outcomes="o1", side=side, version=1)
        yield SignOutcomes(outcomes="o1", side=side, version=2)
    yield AdoptOutcomes(outcomes="o1")
    for of in ("conclusion-1", "conclusion-2"):
        yield WordOutcome(outcomes="o1", passage="readers:conclusion:es", wording="s7", text="Registros", of=of)
    yield begin(outcomes="o2")


ASKED = [(command, actor) for command in _commands() for actor in ACTORS]
BEGINNINGS: dict[str, tuple[Event, ...]] = {
    "a school": PLACE,
    "a draft": DRAFT,
    "a draft reworded": (*DRAFT, worded("Records"), translated(of="w1"), proposed("writers")),
    "a draft signed": (*DRAFT, proposed("writers"), withdrawn("writers"), *SIGNED),
    "adopted": ADOPTED,
    "a draft of the next year": (
        *PLACE,
        begun(),
        proposed(owner="gil"),
        *SIGNED,
        ADOPTION,
        begun(outcomes="o2", year=2025),
    ),
    "carried forward": (*PLACE, begun(), proposed(owner="gil"), *SIGNED, ADOPTION, concluded("carried-forward")),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(BEGINNINGS)), st.data())
def test_what_would_change_a_decision_falls_within_its_boundary(beginning: str, data: st.DataObject) -> None:
    history = happened(BEGINNINGS[beginning])
    for _ in range(data.draw(st.integers(0, 5), label="steps")):
        able = [(asked, events) for asked in ASKED if (events := decided(history, asked))]
        (_, actor), events = data.draw(st.sampled_from(able))
        for event in events:
            history.record(event, actor)
    now = [(asked, events) for asked in ASKED if (events := decided(history, asked)) is not None]
    for (_, actor), events in now:
        later = history.copy()
        recorded = [later.record(event, actor) for event in events]
        for asked, before in now:
            if recorded and decided(later, asked) != before:
                rests_on = boundary(*asked)
                assert any(within(rests_on, one) for one in recorded), f"{asked} rests on {events}"


MINE: tuple[AnyCommand, ...] = (
    word("Records"),
    translate(),
    CommentOnOutcome(outcomes="o1", outcome="readers", comment="c1", text="Which?"),
    EndorseOutcome(outcomes="o1", outcome="readers"),
    AssignOutcome(outcomes="o1", outcome="readers", owner="gil"),
    aim(4),
    propose("writers"),
)
THEIRS: tuple[AnyCommand, ...] = (
    word("A block", passage="readers:school:en", wording="w9"),
    WordOutcome(outcomes="o1", passage="readers:school:es", wording="s9", text="Un bloque", of="readers"),
    CommentOnOutcome(outcomes="o1", outcome="readers", comment="c2", text="This one"),
    EndorseOutcome(outcomes="o1", outcome="readers"),
    propose("families"),
)


@pytest.mark.parametrize("theirs", THEIRS)
@pytest.mark.parametrize("mine", MINE)
def test_two_people_at_different_places_never_wait_for_each_other(mine: AnyCommand, theirs: AnyCommand) -> None:
    history = happened(DRAFT)
    [event] = history.decide(theirs, "daniel")
    assert not within(boundary(mine, "patricia"), history.record(event, "daniel"))


def test_an_aim_waits_for_the_consensus_that_it_rests_on_and_for_no_rating() -> None:
    history = happened(DRAFT)
    assert within(boundary(propose("writers", indicators=STANDS), "gil"), history.record(agreed(3), "ruth"))
    early = PracticeSet(quarters=EARLY, least_outcomes=3, most_outcomes=5, rewording="any-time", check_in_days=30)
    assert within(boundary(conclude(), "gil"), history.record(early, "amara"))
    assert not within(boundary(propose("writers"), "gil"), history.record(early, "amara"))


def test_an_aim_waits_for_a_consensus_on_its_indicators_in_any_review_of_the_school() -> None:
    history = happened(DRAFT)
    draft = history.state("outcomes:o1")
    here, elsewhere = history.record(agreed(3), "ruth"), history.record(agreed(3, "CI.1"), "ruth")
    unseen = propose("writers", indicators=(StandsAt(indicator="CI.2"),))
    for command in (unseen, carry_over(outcomes="o1"), begin(seed="o0")):
        assert within(boundary(command, "gil", draft), here)
    assert not within(boundary(unseen, "gil", draft), elsewhere)
