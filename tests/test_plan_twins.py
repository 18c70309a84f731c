"""What the server and the browser both say of a plan, they say alike: charts, and what someone may do."""

import json
import random
import shutil
import subprocess
from datetime import date, timedelta
from itertools import product
from typing import Any

import msgspec

from daybook.server.if_then import says_itself
from daybook.server.measure_chart import chart_of
from daybook.server.plan_can import May, rights_of
from daybook.server.plan_sheet import PlanSheet
from daybook.server.templates import WEB

QUARTERS = ["2026-07-01", "2026-10-01", "2027-01-01", "2027-04-01"]
ENDS = "2027-06-30"


def in_the_browsers_words(script: str, asked: object) -> Any:
    """Run a script that answers what it reads, with the modules of the pages at hand."""
    node = shutil.which("node")
    assert node, "Node.js is missing. Debian: apt-get install nodejs"
    read = "let read = ''; for await (const part of process.stdin) read += part;\nconst asked = JSON.parse(read);\n"
    whole = script.replace("STATIC", (WEB / "static").as_uri()).replace("READ", read)
    ran = [node, "--input-type=module", "--eval", whole]
    answer = subprocess.run(ran, input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60)
    return json.loads(answer.stdout)


def test_a_measure_is_drawn_alike() -> None:
    chance = random.Random(20260317)
    first = date.fromisoformat(QUARTERS[0])
    cases = []
    for _ in range(500):
        days = sorted(chance.randint(-20, 400) for _ in range(chance.randint(0, 12)))
        values = [chance.choice([chance.uniform(-1e6, 1e6), chance.randint(0, 100), 0.5]) for _ in days]
        readings = [((first + timedelta(days=day)).isoformat(), value) for day, value in zip(days, values, strict=True)]
        cases.append((chance.uniform(0, 100), float(chance.randint(0, 100)), readings))
    script = """
    import { chartOf } from "STATIC/measure-chart.js";
    READ
    const { cases, quarters, ends } = asked;
    console.log(JSON.stringify(cases.map(([baseline, target, readings]) =>
      chartOf({ baseline, target }, readings.map(([on, value]) => ({ on, value })), quarters, ends))));
    """
    drawn = in_the_browsers_words(script, {"cases": cases, "quarters": QUARTERS, "ends": ENDS})
    for (baseline, target, readings), other in zip(cases, drawn, strict=True):
        assert chart_of(baseline, target, readings, QUARTERS, ENDS) == other


def test_a_part_is_called_alike_also_when_its_words_were_erased() -> None:
    texts = {"strategy:a:title": None, "strategy:b:title": "*Small* groups", "priority:c": None, "priority:d": "*Read*"}
    view = {f"text:{passage}": {"kind": "text", "text": text} for passage, text in texts.items()}
    parts = ["strategy:a", "strategy:b", "priority:c", "priority:d", "priority:e"]
    script = """
    import { calledIn } from "STATIC/plan-view.js";
    READ
    console.log(JSON.stringify(asked.parts.map((part) => calledIn(asked.view, part))));
    """
    nobody = May(lead=False, home=False, administer=False, member=False, family=False, team=False, act=False)
    plan = {"plan": {"phase": "draft", "quarters": QUARTERS, "refining": None}}
    rights = rights_of(plan, nobody, "nobody", date(2026, 3, 17))
    sheet = PlanSheet(view, rights, "en", {"open": None})
    called = [sheet.called(part) for part in parts]
    assert called == ["words erased", "*Small* groups", "words erased", "Read", ""]
    assert in_the_browsers_words(script, {"view": view, "parts": parts}) == called


def test_half_a_strategy_says_itself_alike() -> None:
    halves: dict[str, bool] = {
        "If each team meets,": True,
        "if": True,
        "  Si cada equipo se reúne,": True,
        "«If» each": False,
        "Since each team meets,": False,
        "Iffy": False,
        "Sí, cada equipo": False,
        "we meet,": False,
        "then they read.": False,
        "": False,
    }
    script = """
    import { saysItself } from "STATIC/if-then.js";
    READ
    console.log(JSON.stringify(asked.map((text) =>
      [saysItself(text, "if"), saysItself(text, "then"), saysItself(null, "if")])));
    """
    told = in_the_browsers_words(script, list(halves))
    for (text, expected), other in zip(halves.items(), told, strict=True):
        assert [says_itself(text, "if"), says_itself(text, "then"), says_itself(None, "if")] == other
        assert other[0] is expected, text
    assert [says_itself(text, "then") for text in ("Then all read.", "Entonces leen.", "Thence", "If")] == [
        True,
        True,
        False,
        False,
    ]


def view_of(phase: str, rewording: str, refining: str | None, retired: str | None) -> dict[str, Any]:
    def part(kind: str, name: str, **more: Any) -> dict[str, Any]:
        return {"kind": kind, kind: name, "retired_at": "then" if retired == f"{kind}:{name}" else None} | more

    about = {"phase": phase, "rewording": rewording, "refining": refining, "quarters": QUARTERS}
    return {
        "plan": {"kind": "plan", **about},
        "priority:p": part("priority", "p"),
        "strategy:s": part("strategy", "s", priority="p", owner="ana"),
        "action:a": part("action", "a", strategy="s", owner="ben"),
        "measure:m": part("measure", "m", strategy="s", owner=None),
        "support:u": part("support", "u", strategy="s", owner="ben"),
        "refinement:r": {"kind": "refinement", "refinement": "r"},
    }


PASSAGES = [
    *("vision", "family:en", "priority:p", "strategy:s:title", "strategy:s:then", "action:a", "measure:m", "support:u"),
    *("refinement:r:why", "refinement:q:why", "reflection:p"),
]
PARTS = ["priority:p", "strategy:s", "action:a", "measure:m", "support:u"]


def test_what_someone_may_do_is_said_alike() -> None:
    people = [
        May(lead=True, home=False, administer=False, member=True, family=False, team=True, act=True),
        May(lead=False, home=True, administer=True, member=False, family=False, team=True, act=True),
        May(lead=False, home=False, administer=False, member=True, family=True, team=True, act=True),
        May(lead=False, home=False, administer=False, member=False, family=False, team=False, act=True),
        May(lead=False, home=False, administer=False, member=False, family=False, team=True, act=False),
    ]
    phases = ("draft", "adopted", "closed")
    retired = (None, "priority:p", "action:a")
    states = product(phases, ("in-refinements", "any-time"), (None, "r"), retired, ("2026-11-24", "2027-05-01"))
    cases = [(state, may, me) for state in states for may in people for me in ("ana", "ben", "eve")]
    script = """
    import * as can from "STATIC/plan-can.js";
    READ
    const { cases, passages, parts } = asked;
    console.log(JSON.stringify(cases.map(([view, may, me, today]) => {
      const rights = can.rightsOf(view, may, me, today);
      const of = (one, about) => about.map((name) => one(rights, view, name));
      return [
        ...[can.mayWord, can.mayPropose].flatMap((one) => of(one, passages)),
        ...[can.mayWork, can.mayArrange].flatMap((one) => of(one, parts)),
        can.mayRequest(rights, view, "strategy:s"), can.mayAnswer(rights, view, "support:u"),
        can.maySchedule(rights, view, "action:a"),
        ...["priority", "strategy", "action", "measure", "support"].map((kind) => can.mayShape(rights, kind)),
        can.mayProposeUnder(rights), can.mayAgree(rights), can.mayRefine(rights), can.mayErase(rights),
      ];
    })));
    """
    asked = [(view_of(*state[:4]), msgspec.to_builtins(may), me, state[4]) for state, may, me in cases]
    told = in_the_browsers_words(script, {"cases": asked, "passages": PASSAGES, "parts": PARTS})
    for (state, may, me), other in zip(cases, told, strict=True):
        rights = rights_of(view_of(*state[:4]), may, me, date.fromisoformat(state[4]))
        mine = [*map(rights.word, PASSAGES), *map(rights.propose, PASSAGES), *map(rights.work, PARTS)]
        mine += [*map(rights.arrange, PARTS), rights.request("strategy:s"), rights.answer("support:u")]
        mine += [
            rights.schedule("action:a"),
            *map(rights.shape, ("priority", "strategy", "action", "measure", "support")),
        ]
        mine += [rights.propose_under(), rights.agree(), rights.refine(), rights.erase()]
        assert mine == other, (state, may, me)
