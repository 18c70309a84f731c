"""A plan of Elm Street's on a running server, adopted, in the school year that it is, to print and export."""

from datetime import date
from typing import Any

from daybook.server.zones import today
from tests.server_fixtures import Server

PLAN = "elm-paper"
YEAR = today().year if today().month >= 7 else today().year - 1
"""The school year that it is when the test runs: the server goes by the clock."""
FIRST = date(YEAR, 7, 1)
DUE = date(YEAR + 1, 5, 15)
VERSION = "Start of the year"


def do(server: Server, person: str, kind: str, **data: Any) -> None:
    """Send a command about the plan that must be accepted."""
    server.do(person, kind, plan=PLAN, **data)


def plan_at_elm(server: Server) -> None:
    """Give Elm Street its people, and a plan with a strategy, a measure that was read, action steps and a check-in."""
    for person, role in (("principal", "school-leader"), ("teacher", "team-member"), ("family", "observer")):
        server.do("admin", "grant-role", person=person, role=role, school="elm")
    do(server, "principal", "begin-plan", school="elm", year=YEAR)
    do(server, "principal", "word-passage", passage="vision", wording="v1", text="Every child *reads*.")
    do(server, "principal", "word-passage", passage="family:es", wording="f1", text="Lea con su hijo.")
    do(
        server,
        "principal",
        "add-priority",
        priority="reading",
        text="Pupils read well",
        rubric="pif-illustrative-1",
        indicators=["CI.1"],
    )
    do(
        server,
        "principal",
        "add-strategy",
        strategy="aloud",
        priority="reading",
        title="Read aloud",
        if_="every team reads aloud",
        then="more pupils read well",
        owner="teacher",
    )
    do(server, "principal", "fund-strategy", strategy="aloud", amount=12500, source="Title I")
    do(
        server,
        "principal",
        "add-measure",
        measure="fluency",
        strategy="aloud",
        text="Fluent readers",
        unit="%",
        baseline=41.5,
        target=60,
    )
    for action, owner in (("books", "teacher"), ("train", "principal")):
        texts = {"books": '=HYPERLINK("https://example.org")', "train": "Train the teams"}
        do(
            server,
            "principal",
            "add-action",
            action=action,
            strategy="aloud",
            text=texts[action],
            owner=owner,
            due=DUE.isoformat(),
        )
    do(server, "principal", "adopt-plan", version=VERSION)
    do(server, "teacher", "take-reading", measure="fluency", reading="r1", on=FIRST.isoformat(), value=44)
    do(
        server,
        "teacher",
        "hold-check-in",
        check_in="c1",
        strategy="aloud",
        on=FIRST.isoformat(),
        status="on-track",
        note="Going well among ourselves",
    )
