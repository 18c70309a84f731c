"""The network's view across streams, and a rubric version's own: these events give this view."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from daybook.events.core import Event, Recorded
from daybook.events.review import Member, MemberAdded, MemberRemoved, ReviewEvent, ReviewScheduled
from daybook.events.rubric import IndicatorAdded, RubricDrafted, RubricPublished, Said, SystemAdded
from daybook.events.school import SchoolRenamed
from daybook.projections import rubric as rubric_view
from daybook.projections.network import (
    HANDLED,
    Earlier,
    ReviewListed,
    RubricListed,
    SchoolListed,
    StandingRating,
    project,
    reads,
    school_of,
)
from daybook.projections.rubric import IndicatorText, RubricShown, SystemShown
from daybook.projections.view import Entry, Found, View, apply
from tests.every_event import EVERY_EVENT
from tests.review_world import (
    CLOSED,
    DAY,
    OPENED,
    PEOPLE,
    SCHOOL,
    agreed,
    noted,
    rated,
    revealed,
    rubric_version,
    said,
    scheduled,
)
from tests.stories import NO_COMMAND, happened


def minute(count: int) -> datetime:
    """When the event after this many is recorded."""
    return datetime(2026, 3, 9, 15, count, tzinfo=UTC)


def folded(*events: Event) -> dict[str, Found]:
    """Fold events as the stored view does: with no entries at hand but those that `reads` names."""
    view: dict[str, Found] = {}
    for recorded in happened(events).recorded:
        view |= project({key: view[key] for key in reads(recorded) if key in view}, recorded)
    return view


MAPLE = Found(SchoolListed("maple", "Maple Street", "elementary"), ("list:schools",))
LEVELS = tuple(said(f"Level {level}") for level in range(1, 5))
VERSION = Found(RubricListed("pif-1", said("PIF"), LEVELS), ("list:rubrics",))
TEAM_FACETS = tuple(f"person:{person}" for person in ("ruth", "ana", "ben", "chiyo", "flor"))
SET = Found(
    ReviewListed(
        review="m1",
        school="maple",
        date=DAY,
        rubric="pif-1",
        levels=4,
        phase="scheduled",
        focus=("CI.1", "CI.2"),
        team={"ruth": "facilitator", "ana": "reviewer", "ben": "reviewer", "chiyo": "reviewer", "flor": "observer"},
    ),
    ("list:reviews", "school:maple", *TEAM_FACETS),
)


def review_in(view: dict[str, Found], key: str = "review:m1") -> ReviewListed:
    value = view[key].value
    assert isinstance(value, ReviewListed)
    return value


def test_schools_and_rubric_versions_are_listed() -> None:
    assert folded(SCHOOL, *rubric_version(published=False)) == {"school:maple": MAPLE, "rubric:pif-1": VERSION}


def test_a_school_is_listed_by_its_latest_name_and_a_version_says_when_it_is_final() -> None:
    assert folded(SCHOOL, SchoolRenamed(school="maple", name="Maple Hill"), *rubric_version()) == {
        "school:maple": Found(SchoolListed("maple", "Maple Hill", "elementary"), ("list:schools",)),
        "rubric:pif-1": Found(RubricListed("pif-1", said("PIF"), LEVELS, published=True), ("list:rubrics",)),
    }


def test_a_review_is_found_by_its_school_and_by_everyone_on_its_team() -> None:
    assert folded(scheduled()) == {"review:m1": SET}


def test_a_change_of_the_team_changes_by_whom_the_review_is_found() -> None:
    view = folded(
        scheduled(),
        MemberAdded(review="m1", person="dolores", role="reviewer"),
        MemberAdded(review="m1", person="ana", role="observer"),
        MemberRemoved(review="m1", person="ben"),
    )
    assert view["review:m1"].facets == (
        "list:reviews",
        "school:maple",
        "person:ruth",
        "person:ana",
        "person:chiyo",
        "person:flor",
        "person:dolores",
    )
    assert review_in(view).team == {
        "ruth": "facilitator",
        "ana": "observer",
        "chiyo": "reviewer",
        "flor": "observer",
        "dolores": "reviewer",
    }


def test_a_review_says_how_far_it_is() -> None:
    assert review_in(folded(scheduled(), OPENED)).phase == "open"
    assert review_in(folded(scheduled(), OPENED, CLOSED)).phase == "closed"


def test_a_consensus_becomes_the_schools_standing_rating() -> None:
    view = folded(scheduled(), OPENED, rated("ana", 3), revealed("ben", "chiyo"), agreed(3), agreed(1, "CI.1"))
    assert view.keys() == {"review:m1", "standing:maple:CI.2", "standing:maple:CI.1"}
    assert view["standing:maple:CI.2"] == Found(
        StandingRating(school="maple", indicator="CI.2", level=3, levels=4, rubric="pif-1", review="m1", at=minute(4)),
        ("list:standing", "school:maple"),
    )
    assert review_in(view).agreed == ("CI.2", "CI.1")


def later_review(levels: int = 7) -> ReviewScheduled:
    return ReviewScheduled(
        review="m2",
        school="maple",
        date=date(2027, 3, 8),
        rubric="pif-2",
        levels=levels,
        focus=("CI.2",),
        team=(Member(person="ruth", role="facilitator"),),
    )


def agreed_later(level: int) -> Event:
    return replace(agreed(level), review="m2")


def test_a_later_review_takes_the_place_of_the_standing_rating_and_keeps_the_trend() -> None:
    view = folded(scheduled(), agreed(3), later_review(), agreed_later(6))
    assert view["standing:maple:CI.2"].value == StandingRating(
        school="maple",
        indicator="CI.2",
        level=6,
        levels=7,
        rubric="pif-2",
        review="m2",
        at=minute(3),
        before=(Earlier(level=3, levels=4, rubric="pif-1", review="m1", at=minute(1)),),
    )


def test_a_consensus_put_right_is_no_step_of_the_trend() -> None:
    view = folded(scheduled(), agreed(3), later_review(), agreed_later(6), agreed_later(5))
    standing = view["standing:maple:CI.2"].value
    assert isinstance(standing, StandingRating)
    assert (standing.level, standing.at, standing.before) == (
        5,
        minute(4),
        (Earlier(level=3, levels=4, rubric="pif-1", review="m1", at=minute(1)),),
    )
    assert review_in(view, "review:m2").agreed == ("CI.2",)


def test_ratings_evidence_reveals_and_roles_are_no_part_of_it() -> None:
    assert folded(scheduled(), *PEOPLE, rated("ana", 3), noted(), revealed("ben", "chiyo")) == {"review:m1": SET}


def test_the_events_that_change_it_are_named_so_that_no_other_needs_decoding() -> None:
    changing: set[str] = set()
    view = folded(SCHOOL, *rubric_version(published=False), scheduled())
    for event in EVERY_EVENT:
        tags = ("review:m1", "school:maple") if isinstance(event, ReviewEvent) else ("somewhere",)
        recorded = Recorded(position=1, at=minute(0), actor="amara", command=NO_COMMAND, tags=tags, event=event)
        patch = project(view, recorded)
        view |= patch
        if patch:
            changing.add(recorded.type)
    assert changing == HANDLED


def test_an_events_school_is_read_from_its_tags() -> None:
    recorded = happened([scheduled(), agreed(3)]).recorded[1]
    assert school_of(recorded) == "maple"


# A rubric version's own view


def rubric_folded(*events: Event) -> View:
    view: View = {}
    for recorded in happened(events).recorded:
        apply(view, rubric_view.project(view, recorded))
    return view


def test_a_rubric_version_shows_its_systems_and_indicators_in_the_order_of_adding() -> None:
    def indicator(code: str, system: str) -> IndicatorAdded:
        return IndicatorAdded(
            rubric="pif-1",
            system=system,
            code=code,
            statement=said(f"{code} is done"),
            acts=said("Teams"),
            look_fors=(said("A calendar"),),
            descriptors=(said("No"), said("Yes")),
        )

    def text(code: str, system: str) -> Entry:
        return Entry(
            IndicatorText(
                code,
                system,
                said(f"{code} is done"),
                said("Teams"),
                (said("A calendar"),),
                (said("No"), said("Yes")),
            ),
            "room",
        )

    begun = RubricDrafted(rubric="pif-1", title=said("PIF"), note=said("Made up"), levels=(said("Low"), said("High")))
    assert rubric_folded(
        begun,
        SystemAdded(rubric="pif-1", code="FE", name=Said("Family Engagement", "Participación")),
        SystemAdded(rubric="pif-1", code="CI", name=said("Curriculum")),
        indicator("CI.2", "CI"),
        indicator("FE.1", "FE"),
        indicator("CI.1", "CI"),
        RubricPublished(rubric="pif-1"),
    ) == {
        "rubric": Entry(
            RubricShown(
                "pif-1", said("PIF"), said("Made up"), (said("Low"), said("High")), ("FE", "CI"), published=True
            ),
            "room",
        ),
        "system:FE": Entry(SystemShown("FE", Said("Family Engagement", "Participación"), ("FE.1",)), "room"),
        "system:CI": Entry(SystemShown("CI", said("Curriculum"), ("CI.2", "CI.1")), "room"),
        "indicator:CI.2": text("CI.2", "CI"),
        "indicator:FE.1": text("FE.1", "FE"),
        "indicator:CI.1": text("CI.1", "CI"),
    }


def test_everyone_reads_a_rubric_that_is_there() -> None:
    people = happened(PEOPLE).people()
    assert rubric_view.audiences("eve", rubric_folded(*rubric_version()), people) == {"room"}
    assert rubric_view.audiences("eve", {}, people) == frozenset()
