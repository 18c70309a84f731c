"""The sample network: 20 schools, the demo people, reviews done and to come, and years of plans at four schools.

Everything is made by sending commands through the same door as people do, with a clock that is set
by hand and ids that follow from what they name, so that it comes out the same every time.
"""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from daybook.events.practice import Practice
from daybook.server.codec import Codec
from daybook.server.identity import Identity, Person
from daybook.server.log import Log
from daybook.server.sample_day import finished_review
from daybook.server.sample_script import Script, play
from daybook.server.sample_year import found_school, people_of, read_story, tell_year

RUBRICS = Path(__file__).parent.parent / "rubrics"
FOUNDER = "admin"
YEARS = ("year-maple", "year-cedar", "year-olive", "year-redwood")
"""Stories of the last complete school year."""
GOING_ON = "current-maple"
"""The story of the year that today lies in."""
_HISTORY = timedelta(days=950)  # back before the reviews that the oldest plans began with
_LAST = uuid5(NAMESPACE_URL, "daybook:the last command of the sample network")


class DemoPerson(NamedTuple):
    """Someone to sign in as: the key, which is also their id, a name, what they are, and at which school."""

    key: str
    name: str
    role: str
    school: str | None = None


DEMO_PEOPLE = (
    DemoPerson("admin", "Amara Okafor", "network administrator"),
    DemoPerson("coach", "Daniel Reyes", "network leader"),
    DemoPerson("facilitator", "Ruth Lindqvist", "facilitator"),
    DemoPerson("reviewer-1", "Ana Ruiz", "reviewer"),
    DemoPerson("reviewer-2", "Ben Whitfield", "reviewer"),
    DemoPerson("reviewer-3", "Chiyo Tanaka", "reviewer"),
    DemoPerson("reviewer-4", "Dolores Vega", "reviewer"),
    DemoPerson("reviewer-5", "Elijah Brooks", "reviewer"),
    DemoPerson("reviewer-6", "Farah Nasser", "reviewer"),
    DemoPerson("reviewer-7", "Gustavo Lima", "reviewer"),
    DemoPerson("reviewer-8", "Hannah Cole", "reviewer"),
    DemoPerson("principal", "Patricia Moreno", "school leader", "maple"),
    DemoPerson("teacher", "Tomás Herrera", "team member", "maple"),
    DemoPerson("family", "Flor Jiménez", "observer", "maple"),
    DemoPerson("auditor", "Olivia Grant", "auditor"),
    DemoPerson("cedar-principal", "Marcus Bell", "school leader", "cedar"),
    DemoPerson("olive-principal", "Elena Vargas", "school leader", "olive"),
    DemoPerson("olive-parent", "Rosa Maldonado", "team member", "olive"),
    DemoPerson("redwood-principal", "Lorraine Shaw", "school leader", "redwood"),
)

SCHOOLS = (
    ("maple", "Maple Street Elementary", "elementary"),
    ("cedar", "Cedar Grove Elementary", "elementary"),
    ("juniper", "Juniper Elementary", "elementary"),
    ("magnolia", "Magnolia Elementary", "elementary"),
    ("sycamore", "Sycamore Park Elementary", "elementary"),
    ("willow", "Willow Creek Elementary", "elementary"),
    ("acacia", "Acacia Avenue Elementary", "elementary"),
    ("laurel", "Laurel Heights Elementary", "elementary"),
    ("olive", "Olive Hill Span School", "span"),
    ("jacaranda", "Jacaranda Span School", "span"),
    ("birch", "Birchwood Middle School", "middle"),
    ("aspen", "Aspen Middle School", "middle"),
    ("alder", "Alder Middle School", "middle"),
    ("hawthorn", "Hawthorn Middle School", "middle"),
    ("poplar", "Poplar Middle School", "middle"),
    ("redwood", "Redwood High School", "high"),
    ("oak", "Oak Valley High School", "high"),
    ("elm", "Elm City High School", "high"),
    ("pine", "Pine Ridge High School", "high"),
    ("cypress", "Cypress High School", "high"),
)

_TEAM = [{"person": "facilitator", "role": "facilitator"}] + [
    {"person": f"reviewer-{n}", "role": "reviewer"} for n in range(1, 9)
]


async def make_sample(log: Log, codec: Codec, identity: Identity, today: date) -> None:
    """Make the sample network, or what is missing of it; when it is all there, nothing happens.

    `today` is the day of the review that is ready to open.
    """
    if await log.find_command(_LAST) is not None:
        return
    first = await log.read(limit=1)
    if first:  # the last attempt was cut short: the same commands again, so that each takes effect once
        today = first[0].at.date() + _HISTORY
    for person in sample_people():
        await identity.add_person(person)
    await play(log, codec, tell_sample(today), _LAST)


def sample_people() -> list[Person]:
    """List everyone in the sample network: those to sign in as, and those who are only there."""
    stories = [person for name in YEARS for person in people_of(read_story(name))]
    return [*(Person(person.key, person.name) for person in DEMO_PEOPLE), *stories]


def tell_sample(today: date) -> list[Script]:
    """Tell everything that happened in the sample network before `today`."""
    years = {name: read_story(name) for name in (*YEARS, GOING_ON)}
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    founding = Script(midnight - _HISTORY + timedelta(hours=16))
    _found(founding)
    for name in YEARS:
        found_school(founding, FOUNDER, years[name])
    import_rubric(founding, RUBRICS / "pif-illustrative-1.toml")
    begins = today.year if today >= Practice().quarters_of(today.year)[0] else today.year - 1
    last_year = [script for name in YEARS for script in tell_year(years[name], begins - 1, today)]
    this_year = tell_year(years[GOING_ON], begins, today)
    autumn = finished_review(read_story("cedar-fall"), today - timedelta(days=35))
    ready = Script(midnight - timedelta(days=7))
    ready.send(
        "coach",
        "schedule-review",
        review=f"maple-{today.isoformat()}",
        school="maple",
        date=today.isoformat(),
        rubric="pif-illustrative-1",
        focus=["CI.1", "CI.2", "CI.3", "SC.1", "SC.2", "FE.1", "FE.2", "SL.1"],
        team=[*_TEAM, {"person": "family", "role": "observer"}],
    )
    return [founding, *last_year, *this_year, autumn, ready]


def import_rubric(script: Script, path: Path) -> None:
    """Draft, fill and publish the rubric version that a TOML file holds."""
    version = tomllib.loads(path.read_text(encoding="utf-8"))
    rubric = version["id"]
    script.send(
        FOUNDER, "draft-rubric", rubric=rubric, title=version["title"], note=version["note"], levels=version["levels"]
    )
    for system in version["systems"]:
        script.send(FOUNDER, "add-system", rubric=rubric, code=system["code"], name=system["name"])
        for indicator in system["indicators"]:
            script.send(FOUNDER, "add-indicator", rubric=rubric, system=system["code"], **indicator)
    script.send(FOUNDER, "publish-rubric", rubric=rubric)


def _found(script: Script) -> None:
    script.send(FOUNDER, "grant-role", person=FOUNDER, role="network-administrator")
    for leader in ("coach", "home-family", "home-operations"):
        script.send(FOUNDER, "grant-role", person=leader, role="network-leader")
    script.send(FOUNDER, "grant-role", person="auditor", role="auditor")
    for school, name, grades in SCHOOLS:
        script.send(FOUNDER, "add-school", school=school, name=name, grades=grades)
