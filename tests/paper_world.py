"""June Outcomes and a plan as views, made by hand, for what prints and exports them."""

from datetime import UTC, date, datetime
from typing import Any

from daybook.events.outcomes import Baseline
from daybook.events.plan_values import Citation
from daybook.projections.outcomes_entries import OutcomeOrderShown, OutcomeShown, OutcomesShown, SignatureShown
from daybook.projections.passages import TextShown
from daybook.projections.plan_entries import (
    ActionShown,
    CheckInShown,
    MeasureShown,
    OrderShown,
    PlanShown,
    PriorityShown,
    ReadingShown,
    RefinementShown,
    StatusShown,
    StrategyShown,
    SupportShown,
    VersionShown,
)
from daybook.projections.view import Shown
from daybook.server.outcomes_paper import Around

SPRING = datetime(2026, 5, 20, 17, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 5, 22, 0, tzinfo=UTC)
PRINTED = date(2026, 9, 1)


def text(passage: str, words: str | None, wording: str = "w1", **more: Any) -> dict[str, Shown]:
    """Word a passage, under a key of its own."""
    return {f"text:{passage}": TextShown(passage, wording, words, "principal", SPRING, **more)}


def outcome(name: str, **texts: str | None) -> dict[str, Shown]:
    """Propose an outcome, whose English wordings have its own id."""
    said = OutcomeShown(name, "principal", (Baseline("CI.2", 2, 4, "maple-2026"),), 3, "teacher")
    view: dict[str, Shown] = {f"outcome:{name}": said}
    for part in ("statement", "measure", "school", "home-office"):
        view |= text(f"{name}:{part}:en", texts.get(part.replace("-", "_"), f"{name} {part}"), name)
    return view


def june(*names: str, **texts: str | None) -> dict[str, Shown]:
    """Adopt outcomes, all with the same texts where some are given."""
    shown = OutcomesShown(
        outcomes="maple-2026-27",
        school="maple",
        year=2026,
        rubric="pif",
        levels=4,
        least=3,
        most=5,
        phase="adopted",
        begun_at=SPRING,
        adopted_at=JUNE,
    )
    view: dict[str, Shown] = {"outcomes": shown, "order:outcomes": OutcomeOrderShown(names)}
    for name in names:
        view |= outcome(name, **texts)
    return view


def signed(*people: str) -> dict[str, Shown]:
    """Sign for the school, and as the last one for the home office."""
    *school, home = people
    signatures = [SignatureShown("school", person, JUNE) for person in school]
    return {f"signature:{s.side}:{s.person}": s for s in (*signatures, SignatureShown("home-office", home, JUNE))}


LEVELS = ("Not Yet Begun", "Beginning", "Partial Implementation", "Full Implementation")
AROUND = Around(
    school="Maple Street Elementary",
    names={"principal": "Dolores Peña", "teacher": "Óscar Núñez", "coach": "Grace Lee"},
    indicators={"CI.2": "Teachers plan together from the same standards."},
    levels=LEVELS,
    reviews={"maple-2026": (date(2026, 3, 17), LEVELS)},
)


TREE_PEOPLE = {"principal": "Dolores Peña", "teacher": "Óscar Núñez", "coach": "Grace Lee", "parent": "Flor Jiménez"}
QUARTERS = (date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1))
ENDS = date(2027, 6, 30)
AUTUMN = datetime(2026, 10, 12, 16, 0, tzinfo=UTC)


def strategy(name: str, priority: str, title: str = "Read aloud", **more: Any) -> dict[str, Shown]:
    """Add a strategy with its three texts."""
    return (
        {f"strategy:{name}": StrategyShown(name, priority, more.pop("owner", "teacher"), SPRING, **more)}
        | text(f"strategy:{name}:title", title)
        | text(f"strategy:{name}:if", "every team reads aloud daily")
        | text(f"strategy:{name}:then", "more pupils read at grade level")
    )


def measure(
    name: str,
    under: str,
    words: str,
    *readings: tuple[date, float],
    unit: str = "%",
    baseline: float = 41.5,
    target: float = 60,
) -> dict[str, Shown]:
    """Add a measure that was read some times."""
    shown = MeasureShown(name, under, unit=unit, baseline=baseline, target=target, lower_is_better=False)
    view: dict[str, Shown] = {f"measure:{name}": shown} | text(f"measure:{name}", words)
    for number, (day, value) in enumerate(readings):
        view[f"reading:{name}:r{number}"] = ReadingShown(name, f"r{number}", day, value, None, "teacher")
    return view


def year() -> dict[str, Shown]:
    """Make a plan in its second quarter, as the team sees it: two priorities, three strategies, one of them retired."""
    view: dict[str, Shown] = {
        "plan": PlanShown(
            plan="maple-plan",
            school="maple",
            year=2026,
            quarters=QUARTERS,
            ends=ENDS,
            rewording="in-refinements",
            check_in_days=45,
            outcomes="maple-2026-27",
            phase="adopted",
            begun_at=SPRING,
            adopted_at=JUNE,
        ),
        "order:plan": OrderShown("plan", ("priority:reading", "priority:families")),
        "priority:reading": PriorityShown("reading", "readers", None, ("CI.2", "CI.4"), 3),
        "priority:families": PriorityShown("families", None, "pif", ("FE.1",), 4),
        "order:priority:reading": OrderShown("priority:reading", ("strategy:aloud", "strategy:old", "strategy:groups")),
        "order:strategy:aloud": OrderShown(
            "strategy:aloud", ("measure:fluency", "action:books", "measure:minutes", "action:train", "support:coach")
        ),
    }
    view |= text("vision", "Every child reads.\n\n- in English\n- in Spanish")
    view |= text("family:en", "Read with your child.") | text("family:es", "Lea con su hijo.")
    view |= text("priority:reading", "Pupils read *well* by grade 3")
    view |= text("priority:families", "Families are partners")
    view |= strategy("aloud", "reading", funding=12500, funding_source="Title I")
    view |= strategy("old", "reading", "Summer packets", retired_at=AUTUMN, reason="Nobody used them.")
    view |= strategy("groups", "reading", "Small groups", owner=None)
    view |= measure("fluency", "aloud", "Fluent readers", (date(2026, 9, 10), 44), (date(2026, 10, 8), 47.5))
    view |= measure("minutes", "aloud", "Minutes a day", unit="minutes", baseline=10, target=25)
    view["action:books"] = ActionShown("books", "aloud", "teacher", date(2026, 9, 15), "done", reported_at=AUTUMN)
    view["action:train"] = ActionShown("train", "aloud", "coach", date(2026, 11, 20), "under-way")
    view |= text("action:books", "Buy 200 books") | text("action:train", "Train the teams")
    view["support:coach"] = SupportShown("coach", "aloud", "coaching", "principal", SPRING, "coach", "agreed", "Yes.")
    view |= text("support:coach", "Two coaching days a month")
    view["status:aloud"] = StatusShown("aloud", "on-track", date(2026, 10, 9), "c1")
    view["check-in:c1"] = CheckInShown(
        "c1", "aloud", date(2026, 10, 9), "on-track", "Going well", "No time on Fridays", "teacher", AUTUMN
    )
    view["refinement:q1"] = RefinementShown(
        *("q1", 1, "principal", AUTUMN, 40),
        citations=(Citation("reading", "r1"),),
        agreed=("principal", "teacher"),
        overtaken=("teacher",),
        closed_at=AUTUMN,
        version="October",
        to_position=52,
    )
    view |= text("refinement:q1:changed", "Summer packets retired.") | text("refinement:q1:why", "Nobody used them.")
    view["version:12"] = VersionShown("Start of the year", 12, JUNE, "principal")
    view["version:52"] = VersionShown("October", 52, AUTUMN, "principal", "q1")
    return view
