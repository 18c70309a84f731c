"""Many at once in one plan, on the real log: elsewhere nobody waits, and at the same place nobody is overwritten."""

import asyncio
from typing import Any

import pytest

from daybook.events.core import Refused
from daybook.events.plan_state import Plan
from daybook.events.years import Years, years_of
from daybook.server.codec import Codec
from daybook.server.log import Appended, Conflict, Log, Proposal
from tests.plan_world import CHANGED, STALE
from tests.planning import PLAN, STREAM, found_plan
from tests.small_network import Sender, found

MANY = 20


class Contested(Log):
    """A log that counts how often something had to be decided again."""

    conflicts = 0

    async def append(self, proposal: Proposal) -> Appended:
        try:
            return await super().append(proposal)
        except Conflict:
            self.conflicts += 1
            raise


async def planned(log: Contested) -> Sender:
    """Found the plan with many strategies and action steps; counting begins after it."""
    sender = Sender(log, Codec())
    await found(sender)
    await found_plan(sender)
    for n in range(MANY):
        text = {"title": f"Title {n}", "if_": "We group", "then": "all grow"}
        await sender.send("pat", "add-strategy", plan=PLAN, strategy=f"s{n}", priority="1", **text)
        await sender.send("pat", "add-action", plan=PLAN, action=f"a{n}", strategy=f"s{n}", text="Form groups")
    log.conflicts = 0
    return sender


async def each_from_elsewhere(log: Log, asked: list[tuple[str, str, dict[str, Any]]]) -> list[Any]:
    """Send commands at the same moment, each through a server of its own that has read the plan as it was."""
    senders = [Sender(log, Codec()) for _ in asked]
    for n, sender in enumerate(senders):
        sender._count = 10_000 * (n + 1)  # ids of their own
        await sender.door.states.get(STREAM)
        await sender.door.people()
    sent = (
        sender.send(actor, kind, plan=PLAN, **data) for sender, (actor, kind, data) in zip(senders, asked, strict=True)
    )
    return await asyncio.gather(*sent, return_exceptions=True)


async def test_at_different_places_nothing_is_decided_twice(database: str) -> None:
    async with Contested(database, "network") as log:
        await planned(log)
        asked: list[tuple[str, str, dict[str, Any]]] = []
        for n in range(MANY):
            wording = {"wording": f"w{n}", "text": "We pair", "replaces": f"s{n}"}
            asked += [
                ("pat", "word-passage", wording | {"passage": f"strategy:s{n}:if"}),
                ("pat", "word-passage", wording | {"passage": f"strategy:s{n}:then"}),
                ("pat", "report-action", {"action": f"a{n}", "status": "under-way"}),
                ("hob", "take-reading", {"measure": "1", "reading": f"r{n}", "on": "2026-02-02", "value": n}),
                ("olu", "propose-change", {"proposal": f"c{n}", "passage": "vision", "text": "All of you."}),
            ]
        answers = await each_from_elsewhere(log, asked)
        assert [answer for answer in answers if not isinstance(answer, tuple)] == []
        assert log.conflicts == 0


async def test_of_two_who_word_the_same_passage_the_second_is_told_and_overwrites_nothing(database: str) -> None:
    async with Contested(database, "network") as log:
        sender = await planned(log)
        passage = "strategy:s1:if"
        asked: list[tuple[str, str, dict[str, Any]]] = [
            ("pat", "word-passage", {"passage": passage, "wording": f"w{n}", "text": f"Words {n}", "replaces": "s1"})
            for n in range(8)
        ]
        answers = await each_from_elsewhere(log, asked)
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert [answer.sentence for answer in refused] == [STALE] * 7
        [won] = [n for n, answer in enumerate(answers) if isinstance(answer, tuple)]
        plan = (await sender.door.states.refresh(STREAM)).value
        assert isinstance(plan, Plan)
        assert plan.wordings[passage] == f"w{won}"
        assert log.conflicts > 0


SET: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("assign-part", {"part": "action:a1", "replaces": None}, [{"owner": one} for one in ("pat", "hob")]),
    ("schedule-action", {"action": "a1", "replaces": None}, [{"due": f"2026-02-0{n}"} for n in (2, 3, 4)]),
    ("fund-strategy", {"strategy": "s1", "source": "Gift", "replaces": None}, [{"amount": n} for n in (1, 2, 3)]),
    (
        "set-target",
        {"measure": "1", "baseline": 1, "replaces": {"baseline": 1, "target": 9}},
        [{"target": 4}, {"target": 5}],
    ),
    ("report-action", {"action": "a1", "replaces": "not-started"}, [{"status": n} for n in ("under-way", "done")]),
]


@pytest.mark.parametrize(("kind", "about", "values"), SET, ids=[kind for kind, *_ in SET])
async def test_of_those_who_set_the_same_value_one_does_and_the_others_are_told(
    database: str, kind: str, about: dict[str, Any], values: list[dict[str, Any]]
) -> None:
    async with Contested(database, "network") as log:
        await planned(log)
        answers = await each_from_elsewhere(log, [("pat", kind, about | value) for value in values])
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert [answer.sentence for answer in refused] == [CHANGED] * (len(values) - 1)
        assert log.conflicts > 0


@pytest.mark.parametrize("closing", ["adopt-plan", "retire-part"])
async def test_words_that_cross_with_what_ends_them_are_refused_or_stand_before_it(database: str, closing: str) -> None:
    async with Contested(database, "network") as log:
        sender = await planned(log)
        ending = {"version": "First"} if closing == "adopt-plan" else {"part": "priority:1", "reason": "Too much."}
        word = {"passage": "strategy:s1:if", "wording": "w1", "text": "We pair", "replaces": "s1"}
        ended, worded = await each_from_elsewhere(log, [("pat", closing, ending), ("pat", "word-passage", word)])
        assert isinstance(ended, tuple)
        plan = (await sender.door.states.refresh(STREAM)).value
        assert isinstance(plan, Plan)
        if isinstance(worded, tuple):
            assert worded < ended
            assert plan.wordings["strategy:s1:if"] == "w1"
        else:
            assert isinstance(worded, Refused)
            assert plan.wordings["strategy:s1:if"] == "s1"


@pytest.mark.parametrize("kind", ["begin-plan", "begin-outcomes"])
async def test_of_two_who_begin_the_same_year_elsewhere_at_once_one_does(database: str, kind: str) -> None:
    async with Contested(database, "network") as log:
        sender = await planned(log)
        about = {"school": "elm", "year": 2027} | ({"rubric": "three"} if kind == "begin-outcomes" else {})
        name = kind.removeprefix("begin-")
        asked = [("pat", kind, about | {name: f"elm-{n}"}) for n in range(4)]
        senders = [Sender(log, Codec()) for _ in asked]
        for n, other in enumerate(senders):
            other._count = 10_000 * (n + 1)  # ids of their own
            await other.door.states.get(years_of("elm"))  # each has read the school's years before any of them begins
        sent = (
            other.send(actor, asked_for, **data) for other, (actor, asked_for, data) in zip(senders, asked, strict=True)
        )
        answers = await asyncio.gather(*sent, return_exceptions=True)
        [begun] = [n for n, answer in enumerate(answers) if isinstance(answer, tuple)]
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert [f"2027–28 already, under the id elm-{begun}." in answer.sentence for answer in refused] == [True] * 3
        assert log.conflicts > 0
        years = (await sender.door.states.refresh(years_of("elm"))).value
        assert isinstance(years, Years)
        assert [one for one, year in getattr(years, "plans" if name == "plan" else name).items() if year == 2027] == [
            f"elm-{begun}"
        ]
