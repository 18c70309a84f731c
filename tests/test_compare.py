"""Two moments of a plan side by side."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from daybook.projections.compare import Difference, Where, compare
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    OrderShown,
    PlanShown,
    PriorityShown,
    ReadingShown,
    StrategyShown,
    SupportShown,
)
from daybook.projections.view import Shown
from daybook.projections.wording import Piece

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
        "priority:reading": PriorityShown("reading", None, None, ("CI.2",)),
        **text("priority:reading", "Reading by grade 3"),
        "priority:families": PriorityShown("families", None, None, ("FE.1",)),
        **text("priority:families", "Families as partners"),
        "order:priority:reading": OrderShown("priority:reading", ("strategy:groups", "strategy:library")),
        "strategy:groups": StrategyShown("groups", "reading", "ana"),
        **text("strategy:groups:title", "Small groups"),
        **text("strategy:groups:then", "children read more"),
        "strategy:library": StrategyShown("library", "reading", None),
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
        "reading:fluent:oct": ReadingShown("fluent", "oct", date(2025, 10, 15), 45.5, None, "ana"),
        "check-in:c1": CheckInShown("c1", "groups", date(2025, 11, 3), "off-track", "Too few", None, "ana", LATER),
    }
    assert compare(plan(), after) == [
        Difference("set", "action", "action:list", "due", "2025-10-01", "2025-11-01", GROUPS),
        Difference("set", "action", "action:list", "status", "not-started", "done", GROUPS),
        Difference("set", "measure", "measure:fluent", "target", "60", "70", GROUPS),
        Difference("set", "support", "support:coach", "answer", None, "declined", GROUPS),
        Difference("set", "support", "support:coach", "words", None, "No coach is free.", GROUPS),
        Difference(
            "happened", "reading", "reading:fluent:oct", before="2025-10-15", after="45.5 percent", where=GROUPS
        ),
        Difference("happened", "check-in", "check-in:c1", "off-track", "2025-11-03", "Too few", GROUPS),
    ]


def test_an_added_part_is_one_difference_with_its_words() -> None:
    after = plan() | text("strategy:clubs:title", "Reading clubs") | text("strategy:clubs:then", "they read at home")
    after["strategy:clubs"] = StrategyShown("clubs", "families", None)
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
