"""Two moments of a plan side by side."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from daybook.events.core import Event, Prose
from daybook.events.plan import PartRetired, ReadingTaken, ReadingWithdrawn
from daybook.events.plan_talk import (
    AgreementWithdrawn,
    CitationRemoved,
    EvidenceCited,
    ProposalWithdrawn,
    RefinementAgreed,
    RefinementClosed,
)
from daybook.events.plan_values import Citation
from daybook.projections.compare import Difference, Where, compare
from daybook.projections.compare_sentences import sentence
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    OrderShown,
    PlanShown,
    PriorityShown,
    ProposalShown,
    ReadingShown,
    RefinementShown,
    StrategyShown,
    SupportShown,
)
from daybook.projections.view import Shown
from daybook.projections.wording import Piece
from tests.plan_shown import ADOPTED, MEASURE, PARTS, PROPOSED, SUPPORT, checked, folded
from tests.plan_shown import OPENED as OPENED_FIRST

AT = datetime(2025, 9, 1, tzinfo=UTC)
LATER = datetime(2025, 12, 1, tzinfo=UTC)


def text(passage: str, words: str) -> dict[str, Shown]:
    return {f"text:{passage}": TextShown(passage, "w1", words, "patricia", AT)}


def plan() -> dict[str, Shown]:
    """Two priorities; the first has two strategies, of which the first has an action step, a measure and a request."""
    quarters = (date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1))
    return {
        "plan": PlanShown("p", "maple", 2025, quarters, date(2026, 6, 30), "in-refinements", 45, None, "adopted", AT),
        **text("vision", "Every child reads."),
        "order:plan": OrderShown("plan", ("priority:reading", "priority:families")),
        "priority:reading": PriorityShown("reading", None, None, ("CI.2",), 2),
        **text("priority:reading", "Reading by grade 3"),
        "priority:families": PriorityShown("families", None, None, ("FE.1",), 3),
        **text("priority:families", "Families as partners"),
        "order:priority:reading": OrderShown("priority:reading", ("strategy:groups", "strategy:library")),
        "strategy:groups": StrategyShown("groups", "reading", "ana", AT),
        **text("strategy:groups:title", "Small groups"),
        **text("strategy:groups:then", "children read more"),
        "strategy:library": StrategyShown("library", "reading", None, AT),
        **text("strategy:library:title", "Library hour"),
        "order:strategy:groups": OrderShown("strategy:groups", ("action:list", "measure:fluent", "support:coach")),
        "action:list": ActionShown("list", "groups", "ana", date(2025, 10, 1)),
        **text("action:list", "Make the lists"),
        "measure:fluent": MeasureShown("fluent", "groups", "percent", 40.0, 60.0, False),
        **text("measure:fluent", "Fluent readers"),
        "support:coach": SupportShown("support", "groups", "coaching", "ana", AT),
        **text("support:coach", "A coach twice a month"),
    }


READING, GROUPS = Where("reading"), Where("reading", "groups")


def test_a_plan_does_not_differ_from_itself() -> None:
    assert compare(plan(), plan()) == []


def test_words_are_compared_one_by_one() -> None:
    after = plan() | text("strategy:groups:then", "children read far more")
    [difference] = compare(plan(), after)
    assert (difference.what, difference.key, difference.field) == (
        "reworded",
        "strategy:groups",
        "strategy:groups:then",
    )
    assert difference.where == GROUPS
    assert difference.pieces == (Piece("same", "children read"), Piece("new", " far"), Piece("same", " more"))


def test_what_is_linked_is_compared_too() -> None:
    after = plan()
    action, measure, support = after["action:list"], after["measure:fluent"], after["support:coach"]
    after |= {
        "action:list": replace(action, status="done", due=date(2025, 11, 1)),
        "measure:fluent": replace(measure, target=70.0),
        "support:coach": replace(support, answer="declined", words="No coach is free."),
        "reading:fluent:oct": ReadingShown("fluent", "oct", date(2025, 10, 15), 45.5, "Two were ill", "ana"),
        "check-in:c1": CheckInShown("c1", "groups", date(2025, 11, 3), "off-track", "Too few", "Buses", "ana", LATER),
    }
    assert compare(plan(), after) == [
        Difference("set", "action", "action:list", "due", "2025-10-01", "2025-11-01", GROUPS),
        Difference("set", "action", "action:list", "status", "not-started", "done", GROUPS),
        Difference("set", "measure", "measure:fluent", "target", "60", "70", GROUPS),
        Difference("set", "support", "support:coach", "answer", None, "declined", GROUPS),
        Difference("set", "support", "support:coach", "words", None, "No coach is free.", GROUPS),
        Difference(
            "happened",
            "reading",
            "reading:fluent:oct",
            before="2025-10-15",
            after="45.5 percent",
            where=GROUPS,
            note="Two were ill",
        ),
        Difference(
            "happened",
            "check-in",
            "check-in:c1",
            "off-track",
            "2025-11-03",
            where=GROUPS,
            note="Too few",
            barriers="Buses",
        ),
    ]


def test_an_added_part_is_one_difference_with_its_words() -> None:
    after = plan() | text("strategy:clubs:title", "Reading clubs") | text("strategy:clubs:then", "they read at home")
    after["strategy:clubs"] = StrategyShown("clubs", "families", None, LATER)
    after["order:priority:families"] = OrderShown("priority:families", ("strategy:clubs",))
    added = Difference("added", "strategy", "strategy:clubs", after="Reading clubs", where=Where("families", "clubs"))
    assert compare(plan(), after) == [added]
    assert compare(after, plan()) == [replace(added, what="removed", before="Reading clubs", after=None)]


def test_a_retired_part_says_why_and_can_be_restored() -> None:
    after = plan()
    after["strategy:groups"] = replace(after["strategy:groups"], retired_at=LATER, reason="It did not help.")
    [retired] = compare(plan(), after)
    assert (retired.what, retired.key, retired.reason) == ("retired", "strategy:groups", "It did not help.")
    [restored] = compare(after, plan())
    assert (restored.what, restored.reason) == ("restored", None)


def test_a_strategy_that_moved_to_another_priority_stands_where_it_is_now() -> None:
    after = plan()
    after["strategy:library"] = replace(after["strategy:library"], priority="families")
    after["order:priority:reading"] = OrderShown("priority:reading", ("strategy:groups",))
    after["order:priority:families"] = OrderShown("priority:families", ("strategy:library",))
    moved = Difference(
        "moved",
        "strategy",
        "strategy:library",
        before="priority:reading",
        after="priority:families",
        where=Where("families", "library"),
    )
    assert compare(plan(), after) == [moved]


def test_reordering_names_as_few_parts_as_possible() -> None:
    after = plan()
    after["order:strategy:groups"] = OrderShown("strategy:groups", ("support:coach", "action:list", "measure:fluent"))
    assert compare(plan(), after) == [Difference("reordered", "support", "support:coach", where=GROUPS)]


# What was withdrawn

OCTOBER = ReadingShown("fluent", "oct", date(2025, 10, 15), 2.5, None, "ana")
WITHDRAWN = replace(OCTOBER, withdrawn=True, reason="A decimal slip.")


def said(difference: Difference, name: str) -> str:
    """Say a difference in English, with ids for people."""
    return sentence(difference, name).put(str, lambda _, value: str(value))


def test_a_reading_taken_and_withdrawn_in_between_is_told_as_withdrawn_with_its_reason() -> None:
    [told] = compare(plan(), plan() | {"reading:fluent:oct": WITHDRAWN})
    assert (told.what, told.reason) == ("happened", "A decimal slip.")
    assert said(told, "Fluent readers") == "“Fluent readers”: 2.5 percent on 2025-10-15, withdrawn"


def test_a_reading_that_was_withdrawn_since_says_which_and_why() -> None:
    [told] = compare(plan() | {"reading:fluent:oct": OCTOBER}, plan() | {"reading:fluent:oct": WITHDRAWN})
    assert (told.what, told.field, told.reason) == ("set", "withdrawn", "A decimal slip.")
    assert said(told, "Fluent readers") == "A reading of “Fluent readers” was withdrawn: 2.5 percent on 2025-10-15"


def test_a_reading_that_was_withdrawn_already_is_no_difference() -> None:
    held = plan() | {"reading:fluent:oct": WITHDRAWN}
    assert compare(held, held | {"reading:fluent:oct": replace(WITHDRAWN, reason=None)}) == []


def test_a_note_that_is_gone_is_told_as_gone() -> None:
    noted = plan() | {"action:list": replace(plan()["action:list"], note="By May.")}
    [told] = compare(noted, plan())
    assert said(told, "List the books") == "“List the books” has no note any more"


def test_a_part_added_and_retired_in_between_is_told_as_both() -> None:
    after = plan() | text("strategy:clubs:title", "Reading clubs")
    after["strategy:clubs"] = StrategyShown("clubs", "families", None, LATER, retired_at=LATER, reason="Nobody came.")
    after["order:priority:families"] = OrderShown("priority:families", ("strategy:clubs",))
    told = compare(plan(), after)
    assert [(one.what, one.reason) for one in told] == [("added", None), ("retired", "Nobody came.")]


def test_a_proposal_that_was_taken_back_was_not_answered() -> None:
    made = proposal(passage="strategy:groups:then")
    [told] = compare(plan() | {"proposal:x": made}, plan() | {"proposal:x": replace(made, outcome="withdrawn")})
    assert said(told, "Small groups") == "The proposal of olu for the “then” of “Small groups” was taken back"


# Proposals and refinements


def proposal(passage: str | None = None, under: str | None = None) -> ProposalShown:
    return ProposalShown("x", "olu", "More words", None, passage, "w1", under, AT)


@pytest.mark.parametrize(
    ("about", "place"),
    [
        ({"passage": "vision"}, "the vision"),
        ({"passage": "family:es"}, "the family section in Spanish"),
        ({"passage": "strategy:groups:if"}, "the “if” of “Its name”"),
        ({"passage": "strategy:groups:title"}, "the words of “Its name”"),
        ({"passage": "action:list"}, "the words of “Its name”"),
        ({"under": "priority:reading"}, "a new strategy under “Its name”"),
        ({"under": "strategy:groups"}, "a new action step under “Its name”"),
    ],
)
def test_a_proposal_says_who_made_it_and_what_it_is_about(about: dict[str, str], place: str) -> None:
    made = proposal(**about)
    [told] = compare(plan(), plan() | {"proposal:x": made})
    assert said(told, "Its name") == f"olu made a proposal for {place}: “More words” (waiting)"
    declined = replace(made, outcome="declined", reason="Not this year.")
    [told] = compare(plan() | {"proposal:x": made}, plan() | {"proposal:x": declined})
    assert said(told, "Its name") == f"The proposal of olu for {place} was answered: declined"
    assert told.reason == "Not this year."


SLIP, CHECK_IN, FOUND = Citation("reading", "oct"), Citation("check-in", "c1"), Citation("evidence", "e1", "fall")
OPENED = RefinementShown("q2", 2, "ana", AT, 40, citations=(SLIP, CHECK_IN))


def test_a_refinement_says_one_by_one_what_it_rests_on_and_no_longer_does() -> None:
    after = plan() | {"refinement:q2": replace(OPENED, citations=(CHECK_IN, FOUND))}
    gone, new = compare(plan() | {"refinement:q2": OPENED}, after)
    assert (gone.field, gone.before, gone.after) == ("citations", "reading:oct", None)
    assert (new.field, new.before, new.after) == ("citations", None, "evidence:e1:fall")
    assert said(gone, "2") == "The refinement of quarter 2 no longer rests on: reading:oct"
    assert said(new, "2") == "The refinement of quarter 2 rests on: evidence:e1:fall"


def test_a_refinement_opened_in_between_says_what_it_rests_on() -> None:
    told = compare(plan(), plan() | {"refinement:q2": OPENED})
    assert [said(one, "2") for one in told] == [
        "The refinement of quarter 2 was opened",
        "The refinement of quarter 2 rests on: reading:oct",
        "The refinement of quarter 2 rests on: check-in:c1",
    ]


def test_a_refinement_that_was_agreed_to_and_closed_says_of_which_quarter_it_is() -> None:
    closed = replace(OPENED, agreed=("ana", "olu"), version="Winter", closed_at=LATER)
    told = [said(one, "2") for one in compare(plan() | {"refinement:q2": OPENED}, plan() | {"refinement:q2": closed})]
    assert told == [
        "The refinement of quarter 2 was closed as “Winter”",
        "Agreed to the refinement of quarter 2: ana olu",
    ]
    [nobody] = compare(plan() | {"refinement:q2": replace(OPENED, agreed=("ana",))}, plan() | {"refinement:q2": OPENED})
    assert said(nobody, "2") == "Nobody agrees to the refinement of quarter 2 any more"


# Any two moments of a year

YEAR: tuple[Event, ...] = (
    *PARTS,
    MEASURE,
    SUPPORT,
    ADOPTED,
    ReadingTaken(plan="p1", measure="fluency", reading="oct", on=date(2026, 10, 5), value=6.5),
    PROPOSED,
    OPENED_FIRST,
    EvidenceCited(plan="p1", refinement="q1", citation=SLIP),
    ReadingWithdrawn(plan="p1", measure="fluency", reading="oct", reason=Prose("A decimal slip.")),
    ProposalWithdrawn(plan="p1", proposal="a1"),
    CitationRemoved(plan="p1", refinement="q1", citation=SLIP),
    checked("c1", date(2026, 10, 6)),
    RefinementAgreed(plan="p1", refinement="q1", person="pat"),
    PartRetired(plan="p1", part="action:groups", reason=Prose("It is done.")),
    AgreementWithdrawn(plan="p1", refinement="q1", person="pat"),
    RefinementAgreed(plan="p1", refinement="q1", person="pat"),
    RefinementClosed(plan="p1", refinement="q1", version="Autumn"),
)
VIEWS = [{key: entry.value for key, entry in folded(*YEAR[:count]).items()} for count in range(len(YEAR) + 1)]


@given(st.lists(st.integers(0, len(YEAR)), min_size=2, max_size=2).map(sorted))
def test_between_any_two_moments_all_can_be_said_and_nothing_withdrawn_is_told_as_standing(moments: list[int]) -> None:
    before, after = (VIEWS[moment] for moment in moments)
    told = compare(before, after)
    for one in told:
        assert "{" not in said(one, "its name")
        entry = after[one.key]
        if isinstance(entry, ReadingShown) and entry.withdrawn:
            assert said(one, "its name").count("withdrawn") == 1
            assert one.reason == "A decimal slip."
    added = {one.key for one in told if one.what == "added"}
    retired = {one.key for one in told if one.what == "retired"}
    assert {key for key in added if getattr(after[key], "retired_at", None)} <= retired
