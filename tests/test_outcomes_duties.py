"""What June Outcomes ask of someone: a signature of theirs that is missing, the adoption, and what came of them."""

from datetime import date, timedelta

from daybook.events.core import Event
from daybook.events.outcomes_rights import NO_RIGHTS, Rights, rights_of
from daybook.events.people import People, RoleGranted
from daybook.events.people import evolve as people_evolve
from daybook.projections.outcomes_duties import AdoptionWaits, ConclusionsDue, Duty, SignatureWaits, outcomes_duties
from tests.outcomes_world import ADOPTION, begun, concluded, proposed, signed, withdrawn, worded
from tests.test_outcomes_projection import shown

THREE = (begun(least=3), proposed(), proposed("families"), proposed("culture"))
SCHOOL, HOME = signed("school", "patricia"), signed("home-office", "daniel")


def rights(person: str, *roles: RoleGranted) -> Rights:
    people = People()
    for role in roles:
        people = people_evolve(people, role)
    return rights_of(person, "maple", people)


LEADER = rights("patricia", RoleGranted(person="patricia", role="school-leader", school="maple"))
COACH = rights("daniel", RoleGranted(person="daniel", role="network-leader"))
TEACHER = rights("tomas", RoleGranted(person="tomas", role="team-member", school="maple"))
LAST = date(2025, 6, 30)


def asked(of: Rights, *events: Event, today: date = LAST) -> tuple[Duty, ...]:
    return outcomes_duties(shown(*events), of, LAST, today)


def test_each_side_is_asked_for_the_signature_that_it_owes() -> None:
    assert asked(LEADER, *THREE) == (SignatureWaits("school", 3, other=False),)
    assert asked(COACH, *THREE) == (SignatureWaits("home-office", 3, other=False),)
    assert asked(COACH, *THREE, SCHOOL) == (SignatureWaits("home-office", 3, other=True),)
    assert asked(TEACHER, *THREE) == asked(NO_RIGHTS, *THREE) == ()


def test_one_leaders_signature_is_enough_for_a_side() -> None:
    assert asked(LEADER, *THREE, signed("school", "another-leader")) == ()


def test_a_change_of_the_words_asks_for_the_signature_again() -> None:
    assert asked(LEADER, *THREE, SCHOOL) == ()
    assert asked(LEADER, *THREE, SCHOOL, worded("Other words")) == (SignatureWaits("school", 3, other=False),)


def test_nobody_is_asked_to_sign_fewer_outcomes_than_are_adopted_or_more() -> None:
    assert asked(LEADER, *THREE[:3]) == ()
    assert asked(LEADER, *THREE, withdrawn("culture")) == ()
    many = (*THREE, *(proposed(f"more-{n}") for n in range(3)))
    assert asked(LEADER, *many) == ()
    assert asked(LEADER, *many[:6]) == (SignatureWaits("school", 5, other=False),)


def test_what_both_sides_have_signed_waits_for_its_adoption_and_then_asks_for_nothing() -> None:
    assert asked(LEADER, *THREE, SCHOOL, HOME) == asked(COACH, *THREE, SCHOOL, HOME) == (AdoptionWaits(3),)
    assert asked(TEACHER, *THREE, SCHOOL, HOME) == ()
    assert asked(TEACHER, *THREE, SCHOOL, HOME, ADOPTION) == ()


def test_what_came_of_each_outcome_is_due_on_the_years_last_day() -> None:
    year = (*THREE, withdrawn("culture"), SCHOOL, HOME, ADOPTION)
    assert asked(LEADER, *year) == asked(COACH, *year) == (ConclusionsDue(2, "readers", LAST, overdue=False),)
    assert asked(TEACHER, *year) == asked(NO_RIGHTS, *year) == ()
    one_left = (*year, concluded("carried-forward"))
    assert asked(LEADER, *one_left, today=LAST + timedelta(1)) == (ConclusionsDue(1, "families", LAST, overdue=True),)
    assert asked(LEADER, *one_left, concluded("met", outcome="families")) == ()
