"""The network's list of schools."""

from daybook.events.people import RoleGranted
from daybook.events.school import AddSchool, RenameSchool, SchoolAdded, SchoolRenamed
from tests.stories import given

FOUNDED = RoleGranted(person="amara", role="network-administrator")
MAPLE = SchoolAdded(school="maple", name="Maple Street", grades="elementary")
ADMINISTRATORS_ONLY = "Only a network administrator may do this. Ask yours to do it for you."


def test_an_administrator_adds_a_school() -> None:
    given(FOUNDED).when(AddSchool(school="maple", name="Maple Street", grades="elementary"), "amara").then(MAPLE)


def test_two_schools_do_not_share_an_id() -> None:
    given(FOUNDED, MAPLE).when(AddSchool(school="maple", name="Maple Hill", grades="high"), "amara").then_refused(
        "There is already a school with the id maple. Choose another."
    )


def test_a_school_is_renamed_and_keeps_its_id() -> None:
    (
        given(FOUNDED, MAPLE)
        .when(RenameSchool(school="maple", name="Maple Hill"), "amara")
        .then(SchoolRenamed(school="maple", name="Maple Hill"))
        .when(RenameSchool(school="maple", name="Maple Hill"), "amara")
        .then_nothing()
        .when(RenameSchool(school="maple", name="Maple Street"), "amara")
        .then(SchoolRenamed(school="maple", name="Maple Street"))
    )


def test_a_school_that_is_not_there_has_no_name_to_change() -> None:
    given(FOUNDED, MAPLE).when(RenameSchool(school="oak", name="Oak"), "amara").then_refused(
        "There is no school with the id oak."
    )


def test_whoever_is_no_administrator_changes_no_school() -> None:
    story = given(FOUNDED, MAPLE, RoleGranted(person="daniel", role="network-leader"))
    story.when(AddSchool(school="oak", name="Oak", grades="high"), "daniel").then_not_allowed(ADMINISTRATORS_ONLY)
    story.when(RenameSchool(school="maple", name="Oak"), "daniel").then_not_allowed(ADMINISTRATORS_ONLY)
