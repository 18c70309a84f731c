"""Every page with made-up contents, few and many."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from daybook.projections.forward import Doing, SupportGiven
from daybook.projections.network_plans import OutcomesListed, PlanListed
from daybook.projections.plan_entries import StatusShown

LEVELS = ["Not Yet Begun", "Beginning", "Partial Implementation", "Full Implementation"]
AFTERNOON = datetime(2026, 11, 24, 15, 5, tzinfo=UTC)
EVERYBODY = {"me": {"id": "ana", "name": "Ana Ruiz", "initials": "AR"}, "path": "/", "demo": True}
SHARP = "<b>Maple & Oak</b>"


class Page(HTMLParser):
    """A page's structure: tags with their attributes, in order, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def every(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def standing(level: int, *before: int) -> dict[str, object]:
    def at(years: int) -> datetime:
        return AFTERNOON - timedelta(days=365 * years)

    return {
        "level": level,
        "levels": 4,
        "level_name": LEVELS[level - 1],
        "at": AFTERNOON,
        "review": "maple-2026",
        "rubric": "pif-1",
        "before": [
            {"level": n, "levels": 4, "level_name": LEVELS[n - 1], "at": at(len(before) - i), "review": f"maple-{i}"}
            for i, n in enumerate(before)
        ],
    }


def line(at: datetime, position: int = 7) -> dict[str, object]:
    return {
        "position": position,
        "at": at,
        "actor": "ana",
        "actor_name": "Ana Ruiz",
        "about": f"A part {SHARP}",
        "sentence": f"Ana Ruiz rated CI.{position} {SHARP}",
        "stream": "review:maple-2026",
        "stream_title": "maple-2026",
        "then": "/reviews/maple-2026/replay?at=7",
        "why": None,
        "href": "/reviews/maple-2026",
        "school": "maple",
        "school_name": SHARP,
    }


def many(count: int, make: Callable[[int], dict[str, object]]) -> list[dict[str, object]]:
    return [make(i) for i in range(count)]


PLAN = PlanListed("p1", "maple", 2026, "adopted", date(2026, 7, 1), date(2027, 6, 30), None)


def strategies(count: int) -> list[Doing]:
    status = StatusShown("s0", "needs-attention", date(2026, 10, 1), "c1")
    supports = (SupportGiven("coach", "coaching", "agreed"), SupportGiven("money", "budget", None))
    return [Doing(f"s{i}", SHARP if i else None, "ana", None if i else status, supports[:i]) for i in range(count)]


def school_context(count: int) -> dict[str, Any]:
    indicators = many(
        count,
        lambda i: {
            "code": f"CI.{i}",
            "statement": SHARP,
            "standing": standing(1 + i % 4, 2, 3) if i % 2 else None,
            "doing": strategies(i),
        },
    )
    return {
        "school": {"school": "maple", "name": SHARP, "grades": "elementary"},
        "systems": [{"code": "CI", "name": SHARP, "indicators": indicators}] if count else [],
        "others": [{"code": "OLD.1", "statement": "OLD.1", "standing": standing(2), "doing": []}] if count else [],
        "plan": PLAN if count else None,
        "begins": {"outcomes": True, "plan": count > 1},
        "latest": {"plans": [PLAN] * count, "outcomes": [OutcomesListed("o1", "maple", 2026, "adopted")] * count},
        "years": [{"year": 2026, "plans": [PLAN], "outcomes": [OutcomesListed("o1", "maple", 2026, "draft")]}] * count,
        "levels": LEVELS,
        "reviews": many(count, lambda i: {"review": f"maple-{i}", "date": date(2026, 3, 14), "phase": "open"}),
        "rubric_note": SHARP,
    }
