"""June Outcomes on the sample network, at a school that has none of its own there: Cedar Grove, rated in its review.

Patricia leads it here, Tomás teaches there, and Flor observes it.
"""

from playwright.sync_api import Page

from tests.server_fixtures import CEDAR, Server

TRIAL = {"outcomes": "cedar-trial"}
ADDRESS = "/outcomes/cedar-trial"
RUBRIC = "pif-illustrative-1"
OUTCOMES = {"readers": "CI.1", "families": "FE.1", "culture": "SC.1"}


def people_of_cedar(server: Server) -> None:
    """Give the sample network's people their parts at Cedar Grove."""
    for person, role in {"principal": "school-leader", "teacher": "team-member", "family": "observer"}.items():
        server.do("admin", "grant-role", person=person, role=role, school="cedar")


def begin_trial(server: Server, *, year: int = 2022) -> None:
    """Begin outcomes for a year that has come to its last quarter by now, and for which the school has none."""
    people_of_cedar(server)
    server.do("principal", "begin-outcomes", **TRIAL, school="cedar", year=year, rubric=RUBRIC)


def propose(server: Server, outcome: str, person: str = "teacher") -> None:
    """Propose an outcome in a few words."""
    server.do(
        person,
        "propose-outcome",
        **TRIAL,
        outcome=outcome,
        indicators=[{"indicator": OUTCOMES[outcome], "review": CEDAR}],
        target=4,
        statement=f"What is true of {outcome} in June.",
        measure=f"How we know of {outcome}.",
        school_commitment=f"The school for {outcome}.",
        home_commitment=f"The home office for {outcome}.",
        owner="principal",
    )


def draft(server: Server) -> None:
    """Make a draft with three outcomes."""
    begin_trial(server)
    for outcome in OUTCOMES:
        propose(server, outcome)


def adopted(server: Server) -> None:
    """Have three outcomes adopted."""
    draft(server)
    server.do("principal", "sign-outcomes", **TRIAL, side="school", version=3)
    server.do("coach", "sign-outcomes", **TRIAL, side="home-office", version=3)
    server.do("principal", "adopt-outcomes", **TRIAL)


def leave_out_the_first(page: Page) -> None:
    """Leave the first outcome out, for a reason."""
    page.locator("#outcome-readers summary", has_text="More for Outcome 1").click()
    page.locator("#outcome-readers").get_by_role("button", name="Leave it out").click()
    page.get_by_label("Why it is left out").fill("Too many.")
    page.keyboard.press("Control+Enter")


def ask_to_adopt(page: Page) -> None:
    """Press the button that unfolds what adopting means, and the one in there."""
    page.get_by_role("button", name="Adopt the outcomes").click()
    page.locator("#signing form.fields").get_by_role("button", name="Adopt the outcomes").click()
