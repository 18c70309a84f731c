"""A small school's plan and people who change it at random: what they ask for is often allowed, and often not.

Pat leads the school, Tom and Ina are on its teams, Hob coaches it for the home office, Olu and Oz observe it.
Adi administers the network, Aud audits it, and Eve has no part in it.
"""

import random
from typing import Any

from daybook.events.core import Refused
from daybook.events.plan_state import Plan
from daybook.events.plan_tags import REDACTABLE, place_of
from tests.small_network import FOCUS, Sender

PLAN = "elm-2025"
STREAM = f"plan:{PLAN}"
OBSERVERS = ("olu", "oz")
PEOPLE = ("pat", "tom", "ina", "hob", "adi", *OBSERVERS)
VIEWERS = (*PEOPLE, "aud", "eve")
TEAMS_OWN = ("check-in:", "proposal:")
"""How the keys of entries begin that no observer may ever see."""
LIKELY = {
    "propose-change": ("tom", "ina", *OBSERVERS),
    "withdraw-proposal": ("tom", "ina", *OBSERVERS),
    "agree-to-refinement": ("pat", "tom", "ina", "hob"),
    "withdraw-agreement": ("pat", "tom", "ina", "hob"),
    "answer-support": ("hob", "adi"),
    "redact-plan-words": ("pat", "adi"),
}
"""Who is often allowed to do what the school's leader does not."""


async def found_plan(sender: Sender) -> None:
    """Give people their parts at the school, and begin its plan, with enough in it to be adopted."""

    async def do(actor: str, kind: str, **data: Any) -> None:
        await sender.send(actor, kind, plan=PLAN, **data)

    roles = {"tom": "team-member", "ina": "team-member", "hob": "network-leader", "olu": "observer", "oz": "observer"}
    for person, role in roles.items():
        await sender.send("adi", "grant-role", person=person, role=role, school="elm")
    quarters = ["07-01", "10-01", "01-01", "03-01"]  # so that on 17 March the last one has begun
    how = {"least_outcomes": 3, "most_outcomes": 5, "rewording": "in-refinements", "check_in_days": 45}
    await sender.send("adi", "set-practice", quarters=quarters, **how)
    await do("pat", "begin-plan", school="elm", year=2025)
    await do("pat", "word-passage", passage="vision", wording="v0", text="All of us.")
    for n in ("1", "2"):
        await do("pat", "add-priority", priority=n, text="Read.", rubric="three", indicators=[FOCUS[0]])
        await do("pat", "add-strategy", strategy=n, priority=n, title="Groups", if_="We group", then="all grow")
        await do("pat", "add-measure", measure=n, strategy=n, text="Words", unit="words", baseline=1, target=9)
        await do("pat", "add-action", action=n, strategy=n, text="Form groups", owner="ina", due="2026-03-01")


class Planner:
    """Asks for changes of the plan, in somebody's name, by what the plan is like just now."""

    def __init__(self, sender: Sender, choice: random.Random) -> None:
        self.sender, self.choice = sender, choice
        self.count = 0

    async def ask(self) -> None:
        """Send something that may or may not be allowed."""
        held = await self.sender.door.states.refresh(STREAM)
        assert isinstance(held.value, Plan)
        kind, data = self._command(held.value)
        likely = LIKELY.get(kind, ("pat",)) if self.choice.random() < 0.8 else PEOPLE
        try:
            await self.sender.send(self.choice.choice(likely), kind, plan=PLAN, **data)
        except Refused:
            return

    def _command(self, plan: Plan) -> tuple[str, dict[str, Any]]:
        self.count += 1
        made = f"n{self.count}"
        return self.choice.choice((self._text, self._part, self._part, self._year, self._talk, self._talk))(plan, made)

    def _pick(self, some: Any, otherwise: str = "1") -> Any:
        return self.choice.choice(sorted(some) or [otherwise])

    def _name(self, plan: Plan, kind: str) -> str:
        """Name a part of a kind, without its kind."""
        return str(self._pick([p.partition(":")[2] for p in plan.parts if p.startswith(f"{kind}:")]))

    def _text(self, plan: Plan, made: str) -> tuple[str, dict[str, Any]]:
        refinement = plan.open_refinement() or "none"
        new = ("vision", "family:es", *(f"refinement:{refinement}:{text}" for text in ("changed", "why")))
        passage = self._pick([*plan.wordings, *new])
        data = {"passage": passage, "wording": made, "text": f"Words {made}", "replaces": plan.wordings.get(passage)}
        if self.choice.random() < 0.15:
            named = [place_of(passage), *(f"check-in:{one}" for one in plan.check_ins)]
            named += [f"proposal:{one}" for one in plan.proposals] + [f"reading:{one}" for one in plan.readings]
            about = self._pick(named)
            assert about.partition(":")[0] in REDACTABLE
            return "redact-plan-words", {"about": about, "reason": "A name"}
        return "word-passage", data

    def _part(self, plan: Plan, made: str) -> tuple[str, dict[str, Any]]:
        part = self._pick(plan.parts)
        priority, strategy = self._name(plan, "priority"), self._name(plan, "strategy")
        parent = plan.parts[part].under
        after = self.choice.choice([None, *plan.children.get(parent, [])])
        elsewhere = (parent, f"strategy:{strategy}", f"priority:{priority}")
        under = None if parent == "plan" else self.choice.choice(elsewhere)
        owner = self.choice.choice((None, "ina", "tom", "hob"))
        return self.choice.choice(
            (
                ("add-priority", {"priority": made, "text": "More.", "rubric": "three", "indicators": [FOCUS[1]]}),
                (
                    "add-strategy",
                    {"strategy": made, "priority": priority, "title": "T", "if_": "I", "then": "T", "owner": owner},
                ),
                ("add-action", {"action": made, "strategy": strategy, "text": "Do", "owner": owner}),
                ("request-support", {"support": made, "strategy": strategy, "need": "coaching", "text": "Help"}),
                ("move-part", {"part": part, "under": under, "after": after}),
                ("move-part", {"part": part, "under": under, "after": None}),
                ("retire-part", {"part": part, "reason": f"Why {made}"}),
                ("restore-part", {"part": part}),
                ("assign-part", {"part": part, "owner": owner}),
                ("fund-strategy", {"strategy": strategy, "amount": self.choice.randrange(9), "source": "Title I"}),
            )
        )

    def _year(self, plan: Plan, made: str) -> tuple[str, dict[str, Any]]:
        day = f"2026-02-{self.choice.randrange(1, 29):02}"
        measure, strategy = self._name(plan, "measure"), self._name(plan, "strategy")
        action, support = self._name(plan, "action"), self._name(plan, "support")
        reading, priority = self._pick(plan.readings), self._name(plan, "priority")
        word = plan.wordings.get(f"reflection:{priority}")
        status = self.choice.choice(("on-track", "off-track", "done"))
        step = self.choice.choice(("under-way", "stuck", "done"))
        answer = self.choice.choice(("agreed", "declined"))
        request = plan.parts.get(f"support:{support}")
        answered = {"replaces": request.answered} if request and request.answered else {}
        return self.choice.choice(
            (
                ("take-reading", {"measure": measure, "reading": made, "on": day, "value": 3, "note": "Read"}),
                ("withdraw-reading", {"measure": measure, "reading": reading, "reason": "Wrong"}),
                ("set-target", {"measure": measure, "baseline": 1, "target": self.choice.randrange(9)}),
                ("schedule-action", {"action": action, "due": self.choice.choice((None, day))}),
                ("report-action", {"action": action, "status": step, "note": f"Note {made}"}),
                ("answer-support", {"support": support, "answer": answer, "text": f"Answer {made}"} | answered),
                (
                    "hold-check-in",
                    {"check_in": made, "strategy": strategy, "on": day, "status": status, "note": f"Secret {made}"},
                ),
                (
                    "reflect-on-priority",
                    {"priority": priority, "wording": made, "text": "It went", "carries": "finished", "replaces": word},
                ),
            )
        )

    def _talk(self, plan: Plan, made: str) -> tuple[str, dict[str, Any]]:
        passage = self._pick(plan.wordings)
        under = self._pick([part for part in plan.parts if part.startswith(("priority:", "strategy:"))])
        proposal = self._pick([name for name, one in plan.proposals.items() if one.became is None])
        refinement = plan.open_refinement() or "none"
        waiting = plan.proposals.get(proposal)
        words = plan.wordings.get(waiting.said.passage or "") if waiting else None
        proposed = {"proposal": made, "text": f"Secret {made}", "why": f"Secret why {made}"}
        citation = {"kind": "reading", "item": self._pick(plan.readings.keys() - plan.withdrawn_readings)}
        text = f"refinement:{refinement}:{self.choice.choice(('changed', 'why'))}"
        worded = {"passage": text, "wording": made, "text": f"Because {made}", "replaces": plan.wordings.get(text)}
        return self.choice.choice(
            (
                ("adopt-plan", {"version": f"Start {made}"}),
                ("propose-change", {**proposed, "passage": passage, "replaces": plan.wordings.get(passage)}),
                ("propose-change", {**proposed, "under": under}),
                ("accept-proposal", {"proposal": proposal, "made": made, "replaces": words, "title": "Made"}),
                ("decline-proposal", {"proposal": proposal, "reason": f"Secret reason {made}"}),
                ("withdraw-proposal", {"proposal": proposal}),
                ("open-refinement", {"refinement": made, "quarter": 3}),
                ("cite-evidence", {"refinement": refinement, "citation": citation}),
                ("remove-citation", {"refinement": refinement, "citation": citation}),
                ("agree-to-refinement", {"refinement": refinement}),
                ("withdraw-agreement", {"refinement": refinement}),
                ("close-refinement", {"refinement": refinement, "version": f"Version {made}"}),
                ("word-passage", worded),
                ("word-passage", worded),
            )
        )
