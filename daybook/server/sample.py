"""The sample network: 20 schools, the demo people, one review ready to open and one that is finished.

Everything is made by sending commands through the same door as people do, with a clock that is set
by hand and ids that follow from what they name, so that it comes out the same every time.
"""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from daybook.server.codec import Codec
from daybook.server.door import Door, Envelope
from daybook.server.identity import Identity, Person
from daybook.server.log import Log
from daybook.server.sample_day import finished_review

RUBRICS = Path(__file__).parent.parent / "rubrics"
FOUNDER = "admin"
_HISTORY = timedelta(days=300)
_LAST = uuid5(NAMESPACE_URL, "daybook:the last command of the sample network")


class DemoPerson(NamedTuple):
    """Someone of the sample network: the key to sign in with, which is also their id, a name, and what they are."""

    key: str
    name: str
    role: str


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
    DemoPerson("principal", "Patricia Moreno", "school leader"),
    DemoPerson("teacher", "Tomás Herrera", "team member"),
    DemoPerson("family", "Flor Jiménez", "observer"),
    DemoPerson("auditor", "Olivia Grant", "auditor"),
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


class Hand:
    """Sends commands at times of its choosing."""

    def __init__(self, log: Log, codec: Codec, at: datetime) -> None:
        """Start the clock."""
        self.at = at
        self.door = Door(log, codec, lambda: self.at)

    async def send(self, actor: str, kind: str, /, **data: Any) -> None:
        """Send a command some seconds after the last one, under an id that follows from what it says."""
        self.at += timedelta(seconds=17)
        said = f"{actor}:{kind}:{sorted(data.items())}:{self.at.isoformat()}"
        await self.door.handle(actor, Envelope(uuid5(NAMESPACE_URL, f"daybook:{said}"), kind, data))

    def wait_until(self, at: datetime) -> None:
        """Move the clock on."""
        self.at = at


async def make_sample(log: Log, codec: Codec, identity: Identity, today: date) -> None:
    """Make the sample network, or what is missing of it; when it is all there, nothing happens.

    `today` is the day of the review that is ready to open.
    """
    if await log.find_command(_LAST) is not None:
        return
    first = await log.read(limit=1)
    if first:  # the last attempt was cut short: the same commands again, so that each takes effect once
        today = first[0].at.date() + _HISTORY
    for person in DEMO_PEOPLE:
        await identity.add_person(Person(person.key, person.name))
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    hand = Hand(log, codec, midnight - _HISTORY + timedelta(hours=16))
    await _found(hand)
    await import_rubric(hand, RUBRICS / "pif-illustrative-1.toml")
    await finished_review(hand, today - timedelta(days=35))
    hand.wait_until(midnight - timedelta(days=7))
    ready = {
        "review": f"maple-{today.isoformat()}",
        "school": "maple",
        "date": today.isoformat(),
        "rubric": "pif-illustrative-1",
        "focus": ["CI.1", "CI.2", "CI.3", "SC.1", "SC.2", "FE.1", "FE.2", "SL.1"],
        "team": [*_TEAM, {"person": "family", "role": "observer"}],
    }
    await hand.door.handle("coach", Envelope(_LAST, "schedule-review", ready))


async def import_rubric(hand: Hand, path: Path) -> None:
    """Draft, fill and publish the rubric version that a TOML file holds."""
    version = tomllib.loads(path.read_text(encoding="utf-8"))  # noqa: ASYNC240 - a small file, once, before serving
    rubric = version["id"]
    await hand.send(
        FOUNDER, "draft-rubric", rubric=rubric, title=version["title"], note=version["note"], levels=version["levels"]
    )
    for system in version["systems"]:
        await hand.send(FOUNDER, "add-system", rubric=rubric, code=system["code"], name=system["name"])
        for indicator in system["indicators"]:
            await hand.send(FOUNDER, "add-indicator", rubric=rubric, system=system["code"], **indicator)
    await hand.send(FOUNDER, "publish-rubric", rubric=rubric)


async def _found(hand: Hand) -> None:
    await hand.send(FOUNDER, "grant-role", person=FOUNDER, role="network-administrator")
    await hand.send(FOUNDER, "grant-role", person="coach", role="network-leader")
    await hand.send(FOUNDER, "grant-role", person="auditor", role="auditor")
    for school, name, grades in SCHOOLS:
        await hand.send(FOUNDER, "add-school", school=school, name=name, grades=grades)
    await hand.send(FOUNDER, "grant-role", person="principal", role="school-leader", school="maple")
    await hand.send(FOUNDER, "grant-role", person="teacher", role="team-member", school="maple")
    await hand.send(FOUNDER, "grant-role", person="family", role="observer", school="maple")
    ilt, grade = "maple-ilt", "maple-grade-4"
    await hand.send(
        FOUNDER, "form-team", team=ilt, school="maple", kind="ilt", name="Maple Street Instructional Leadership Team"
    )
    await hand.send(FOUNDER, "form-team", team=grade, school="maple", kind="grade-level", name="Grade 4")
    await hand.send(FOUNDER, "join-team", team=ilt, person="principal")
    await hand.send(FOUNDER, "join-team", team=grade, person="teacher")
