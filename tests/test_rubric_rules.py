"""A rubric version: drafted, filled, published, and then never changed. It may have from two to seven levels."""

import pytest

from daybook.events.people import RoleGranted
from daybook.events.rubric import (
    AddIndicator,
    AddSystem,
    DraftRubric,
    IndicatorAdded,
    PublishRubric,
    RubricDrafted,
    RubricPublished,
    Said,
    SystemAdded,
)
from tests.stories import given

FOUNDED = RoleGranted(person="amara", role="network-administrator")
ADMINISTRATORS_ONLY = "Only a network administrator may do this. Ask yours to do it for you."
PUBLISHED_STAYS = "This version of the rubric is published and never changes. Draft a new version instead."


def said(words: str) -> Said:
    return Said(en=words, es=f"{words} (es)")


def levels(count: int) -> tuple[Said, ...]:
    return tuple(said(f"Level {level}") for level in range(1, count + 1))


def draft(count: int = 4) -> DraftRubric:
    return DraftRubric(rubric="pif-1", title=said("PIF"), note=said("Made up"), levels=levels(count))


def drafted(count: int = 4) -> RubricDrafted:
    return RubricDrafted(rubric="pif-1", title=said("PIF"), note=said("Made up"), levels=levels(count))


SYSTEM = SystemAdded(rubric="pif-1", code="CI", name=said("Curriculum & Instruction"))
OTHER_SYSTEM = SystemAdded(rubric="pif-1", code="FE", name=said("Family Engagement"))
PUBLISHED = RubricPublished(rubric="pif-1")


def add_system(code: str = "CI", name: str = "Curriculum & Instruction") -> AddSystem:
    return AddSystem(rubric="pif-1", code=code, name=said(name))


def add_indicator(code: str = "CI.2", system: str = "CI", descriptors: int = 4) -> AddIndicator:
    return AddIndicator(
        rubric="pif-1",
        system=system,
        code=code,
        statement=said("Teams plan together"),
        acts=said("Grade-level teams"),
        look_fors=(said("A shared calendar"),),
        descriptors=levels(descriptors),
    )


def indicator(code: str = "CI.2", system: str = "CI", descriptors: int = 4) -> IndicatorAdded:
    return IndicatorAdded(
        rubric="pif-1",
        system=system,
        code=code,
        statement=said("Teams plan together"),
        acts=said("Grade-level teams"),
        look_fors=(said("A shared calendar"),),
        descriptors=levels(descriptors),
    )


@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_a_version_is_drafted_filled_and_published_whatever_its_number_of_levels(count: int) -> None:
    (
        given(FOUNDED)
        .when(draft(count), "amara")
        .then(drafted(count))
        .when(add_system(), "amara")
        .then(SYSTEM)
        .when(add_indicator(descriptors=count), "amara")
        .then(indicator(descriptors=count))
        .when(PublishRubric(rubric="pif-1"), "amara")
        .then(PUBLISHED)
    )


def test_two_versions_do_not_share_an_id() -> None:
    given(FOUNDED, drafted()).when(draft(3), "amara").then_refused(
        "There is already a rubric version with the id pif-1. Choose another."
    )


def test_nothing_is_added_to_a_version_that_nobody_drafted() -> None:
    for command in (add_system(), add_indicator(), PublishRubric(rubric="pif-1")):
        given(FOUNDED).when(command, "amara").then_refused(
            "There is no rubric version with the id pif-1. Draft it first."
        )


def test_a_system_is_added_once() -> None:
    given(FOUNDED, drafted(), SYSTEM).when(add_system(name="Another name"), "amara").then_refused(
        "The system CI is already part of this version."
    )


def test_an_indicator_belongs_to_a_system_that_is_there() -> None:
    given(FOUNDED, drafted(), OTHER_SYSTEM).when(add_indicator(), "amara").then_refused(
        "There is no system CI in this version. Add it first."
    )


def test_an_indicator_is_added_once_whatever_its_system() -> None:
    given(FOUNDED, drafted(), SYSTEM, OTHER_SYSTEM, indicator()).when(add_indicator(system="FE"), "amara").then_refused(
        "The indicator CI.2 is already part of this version."
    )


@pytest.mark.parametrize(("count", "sent"), [(3, 4), (7, 4), (4, 0)])
def test_an_indicator_describes_every_level_and_no_other(count: int, sent: int) -> None:
    given(FOUNDED, drafted(count), SYSTEM).when(add_indicator(descriptors=sent), "amara").then_refused(
        f"CI.2 needs one descriptor for each of the {count} levels; {sent} were sent."
    )


def test_an_empty_version_is_not_published() -> None:
    given(FOUNDED, drafted()).when(PublishRubric(rubric="pif-1"), "amara").then_refused(
        "Every system needs an indicator before publishing; there is none in the whole version."
    )


def test_a_system_without_indicators_is_not_published() -> None:
    given(FOUNDED, drafted(), SYSTEM, OTHER_SYSTEM, indicator()).when(
        PublishRubric(rubric="pif-1"), "amara"
    ).then_refused("Every system needs an indicator before publishing; there is none in FE.")


def test_a_published_version_never_changes() -> None:
    story = given(FOUNDED, drafted(), SYSTEM, indicator(), PUBLISHED)
    for command in (draft(), add_system("FE"), add_indicator("CI.3"), PublishRubric(rubric="pif-1")):
        story.when(command, "amara").then_refused(PUBLISHED_STAYS)


def test_whoever_is_no_administrator_drafts_nothing() -> None:
    story = given(FOUNDED, drafted(), SYSTEM, indicator(), RoleGranted(person="daniel", role="network-leader"))
    for command in (draft(), add_system("FE"), add_indicator("CI.3"), PublishRubric(rubric="pif-1")):
        story.when(command, "daniel").then_not_allowed(ADMINISTRATORS_ONLY)
