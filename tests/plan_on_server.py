"""A plan on a running server, for tests of its page: Maple Street's, for the school year that it is now.

Patricia (`principal`) leads the school, Tomás (`teacher`) is on its grade 4 team and carries the strategy, Flor
(`family`) observes, the `coach` leads the network.
"""

from datetime import date, timedelta

from daybook.events.practice import Practice
from tests.server_fixtures import Server

PLAN = "maple-plan"
AT = f"/plans/{PLAN}"
IF = "We read aloud together every morning and talk about what we read."
THEN = "Children hear fluent reading daily and ask for books themselves."


def this_year() -> int:
    """Return the calendar year in which the school year of today begins."""
    today = date.today()  # noqa: DTZ011  (the server goes by the day of this machine)
    return next(year for year in (today.year, today.year - 1) if Practice().quarters_of(year)[0] <= today)


def days_ago(days: int) -> str:
    """Return a day of this school year, as many days ago as it has had."""
    today = date.today()  # noqa: DTZ011
    return max(today - timedelta(days=days), Practice().quarters_of(this_year())[0]).isoformat()


def draft(server: Server) -> None:
    """Begin a plan with a vision, a priority, a strategy and what stands under it."""

    def lead(kind: str, /, **data: object) -> None:
        server.do("principal", kind, plan=PLAN, **data)

    rubric = "pif-illustrative-1"
    lead("begin-plan", school="maple", year=this_year())
    lead("word-passage", passage="vision", wording="v-1", text="Every child at Maple Street reads with joy.")
    lead("add-priority", priority="reading", text="All readers grow.", rubric=rubric, indicators=["CI.1", "CI.2"])
    words = {"title": "Morning read-aloud", "if_": IF, "then": THEN, "owner": "teacher"}
    lead("add-strategy", strategy="aloud", priority="reading", **words)
    lead(
        "add-action",
        action="books",
        strategy="aloud",
        text="Choose ten books a grade.",
        owner="teacher",
        due=days_ago(0),
    )
    lead("add-action", action="time", strategy="aloud", text="Set twenty minutes aside.", after="action:books")
    measure = {"text": "Students who read at home", "unit": "% of students", "baseline": 40, "target": 70}
    lead("add-measure", measure="home", strategy="aloud", **measure, after="action:time")
    support = {"need": "coaching", "text": "A coach for the fourth grade."}
    lead("request-support", support="coach", strategy="aloud", **support, after="measure:home")


def adopted(server: Server) -> None:
    """The same plan adopted, with a check-in, two readings and a proposal."""
    draft(server)
    server.do("principal", "adopt-plan", plan=PLAN, version="Start of the year")
    for days, value in ((60, 44), (20, 51)):
        reading = {"reading": f"r-{value}", "on": days_ago(days), "value": value}
        server.do("teacher", "take-reading", plan=PLAN, measure="home", **reading)
    check_in = {"check_in": "c-1", "strategy": "aloud", "on": days_ago(10), "status": "on-track"}
    server.do("teacher", "hold-check-in", plan=PLAN, **check_in, note="Six of eight rooms read aloud daily.")
    asked = {"proposal": "p-1", "passage": "strategy:aloud:if", "replaces": "aloud"}
    server.do(
        "family", "propose-change", plan=PLAN, **asked, text=IF.replace("morning", "day"), why="Some arrive late."
    )
