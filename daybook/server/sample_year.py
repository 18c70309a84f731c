"""A school's year in the sample network: what a file of `samples/` tells, as commands.

A file tells a school's people and teams, short reviews, and the steps of one plan year, each a line of day, who,
command and data. Days count from the plan's year, so that the story is always of a recent one: `0-10-08` is the
eighth of October in the calendar year in which the plan begins, `1-01-14` comes in the next, and `-8` is eight days
before today. A step may leave unsaid what follows from the steps before it: the plan, the ids of readings and
check-ins, which wording an edit replaces, which draft is signed, and that a new part comes after the last one. `next`
says that it is about the June Outcomes of the year after, `seed` that they begin with what this year carries forward.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from daybook.events.practice import Practice
from daybook.server.door import COMMANDS
from daybook.server.identity import Person
from daybook.server.sample_day import finished_review
from daybook.server.sample_script import Script

SAMPLES = Path(__file__).parent.parent / "samples"
_MEETING = timedelta(hours=22)  # hours UTC: the afternoon on the west coast
_BETWEEN = timedelta(minutes=4)
_DAYS = ("on", "due", "date")
_WEEKEND = 5
_OTHER_DRAFT = ("propose-outcome", "withdraw-outcome", "restore-outcome", "word-outcome", "aim-outcome")
_ADDS = {
    "add-priority": "priority",
    "add-strategy": "strategy",
    "add-action": "action",
    "add-measure": "measure",
    "request-support": "support",
}


def read_story(name: str) -> dict[str, Any]:
    """Read one of the files."""
    return tomllib.loads((SAMPLES / f"{name}.toml").read_text(encoding="utf-8"))


def people_of(told: dict[str, Any]) -> list[Person]:
    """List the people that a story brings along, who are not among those to sign in as."""
    return [Person(one["id"], one["name"]) for one in told["people"] if "name" in one]


def found_school(script: Script, founder: str, told: dict[str, Any]) -> None:
    """Give a story's people their roles and teams."""
    school = told["school"]
    for team in told["teams"]:
        script.send(founder, "form-team", school=school, **team)
    for one in told["people"]:
        if "role" in one:
            script.send(founder, "grant-role", person=one["id"], role=one["role"], school=school)
        for team in one.get("teams", []):
            script.send(founder, "join-team", team=team, person=one["id"])


def tell_year(told: dict[str, Any], year: int, today: date) -> list[Script]:
    """Tell a story's reviews and its school year, which begins in `year`, as far as they went before `today`."""
    teller = Teller(told["school"], year, today)
    reviews = [finished_review(review, teller.day(review["day"])) for review in told.get("reviews", [])]
    return [*reviews, teller.tell(told)]


class Teller:
    """Says what a story's steps leave unsaid."""

    def __init__(self, school: str, year: int, today: date) -> None:
        """Begin with nothing worded."""
        self.school, self.year, self.today = school, year, today
        self._wordings: dict[str, list[str]] = {}
        self._proposed: dict[str, str | None] = {}
        self._youngest: dict[str, str] = {}
        self._drafts: Counter[str] = Counter()

    def day(self, told: str) -> date:
        """Return the day that is meant; for a Saturday or Sunday the Friday before."""
        if told.startswith("-"):
            meant = self.today + timedelta(days=int(told))
        else:
            years, month, day = map(int, told.split("-"))
            meant = date(self.year + years, month, day)
        return meant - timedelta(days=max(0, meant.weekday() - _WEEKEND + 1))

    def tell(self, told: dict[str, Any]) -> Script:
        """Put the steps in the order of their days, and finish each."""
        script = Script(datetime.min.replace(tzinfo=UTC))
        told_steps = [step for chapter in told["chapters"] for step in self._steps(chapter)]
        last, number = date.min, 0
        for day, said_day, actor, kind, data in sorted(told_steps, key=lambda step: step[0]):
            number = number + 1 if day == last else 0
            last = day
            script.wait_until(datetime(day.year, day.month, day.day, tzinfo=UTC) + _MEETING + number * _BETWEEN)
            script.send(actor, kind, **self._finished(kind, day, said_day, data))
        return script

    def _steps(self, chapter: dict[str, Any]) -> Iterator[tuple[date, str, str, str, dict[str, Any]]]:
        """List a chapter's steps and readings before today; none when it is to be told only later in the year."""
        if "from" in chapter and self.today < self.day(chapter["from"]):
            return
        begins = Practice().quarters_of(self.year)[0]
        steps = [*chapter["steps"]]
        for actor, measure, values in chapter.get("readings", []):
            steps += [[on, actor, "take-reading", {"measure": measure, "value": value}] for on, value in values.items()]
        for said_day, actor, kind, data in steps:
            day = self.day(said_day)
            if day < self.today and (day >= begins or not said_day.startswith("-")):
                yield day, said_day, actor, kind, data

    def _finished(self, kind: str, day: date, said_day: str, data: dict[str, Any]) -> dict[str, Any]:
        """Add to a step what it leaves unsaid."""
        wanted = COMMANDS[kind].__struct_fields__
        year = self.year + 1 if data.pop("next", False) else self.year
        full = {name: self.day(value).isoformat() if name in _DAYS else value for name, value in data.items()}
        on = f"now{said_day}" if said_day.startswith("-") else said_day[2:]
        usual = {
            "plan": f"{self.school}-{year}",
            "outcomes": f"{self.school}-{year}",
            "school": self.school,
            "year": year,
            "rubric": "pif-illustrative-1",
            "on": day.isoformat(),
            "check_in": f"{data.get('strategy')}-{on}",
            "reading": f"{data.get('measure')}-{on}",
            "quarter": sum(start <= day for start in Practice().quarters_of(self.year)),
        }
        for name, value in usual.items():
            if name in wanted and not (name == "rubric" and kind == "add-priority"):
                full.setdefault(name, value)
        if data.get("seed"):
            full["seed"] = f"{self.school}-{self.year}"
        if kind in _OTHER_DRAFT and not full.get("passage", "").endswith(":es"):
            self._drafts[full["outcomes"]] += 1
        if kind == "sign-outcomes":
            full.setdefault("version", self._drafts[full["outcomes"]])
        self._place(kind, full)
        self._name_wordings(kind, full)
        return full

    def _place(self, kind: str, full: dict[str, Any]) -> None:
        """Put a new part after the last one that was added beside it."""
        part = _ADDS.get(kind)
        if part is None:
            return
        beside = f"{full['plan']}:{full.get('strategy') if part != 'strategy' else full['priority']}"
        if beside in self._youngest:
            full.setdefault("after", self._youngest[beside])
        self._youngest[beside] = full[part] if part == "priority" else f"{part}:{full[part]}"

    def _name_wordings(self, kind: str, full: dict[str, Any]) -> None:
        """Say which wording an edit or a proposal has read, and give a new one its id."""
        if kind == "propose-change":
            self._proposed[full["proposal"]] = full.get("passage")
        passage = self._proposed[full["proposal"]] if kind == "accept-proposal" else full.get("passage")
        if kind == "conclude-outcome":  # whose wordings count themselves
            concluded = self._wordings.setdefault(f"outcomes:{full['outcomes']}:{full['outcome']}:conclusion:en", [])
            concluded.append(f"conclusion-{len(concluded) + 1}")
        if kind == "answer-support":
            answers = self._wordings.setdefault(f"plan:{full['plan']}:answer:{full['support']}", [])
            if answers:
                full["replaces"] = answers[-1]
            answers.append(f"answer-{len(answers) + 1}")
        if kind == "reflect-on-priority":
            passage = f"reflection:{full['priority']}"
        if passage is None:
            return
        stream = f"plan:{full['plan']}" if "plan" in full else f"outcomes:{full['outcomes']}"
        known = self._wordings.setdefault(f"{stream}:{passage}", _first_wording(stream, passage))
        if not known and "replaces" in full:  # what came along from the year before
            known.append(full["replaces"])
        if known:
            full["replaces"] = known[-1]
        if kind == "propose-change":
            return
        if passage.endswith(":es") and "outcomes" in full:
            english = passage.removesuffix("es") + "en"
            full["of"] = self._wordings.get(f"{stream}:{english}", _first_wording(stream, english))[-1]
        ids = (f"{passage.replace(':', '-')}-{n}" for n in count(len(known) + 1))
        known.append(next(one for one in ids if one not in known))
        full["made" if kind == "accept-proposal" else "wording"] = known[-1]


def _first_wording(stream: str, passage: str) -> list[str]:
    """Return the id of a passage's first wording, if it comes with a part or an outcome: that one's own."""
    if stream.startswith("outcomes:"):
        return [passage.partition(":")[0]] if passage.endswith(":en") else []
    kind, _, rest = passage.partition(":")
    return [] if kind in {"vision", "family", "refinement", "reflection"} else [rest.partition(":")[0]]
