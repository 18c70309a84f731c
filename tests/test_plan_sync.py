"""A plan, whatever is done to it and whoever looks on: patches lead to the fresh view, and observers learn no more."""

import json
import random
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from daybook.events.core import Recorded, Refused
from daybook.events.streams import REDACTIONS, redacts
from daybook.projections import plan
from daybook.projections.view import Shown, View, apply, seen
from daybook.server import history
from daybook.server.append import falls_within
from daybook.server.live import patches_for
from daybook.server.log import Log
from tests.planning import OBSERVERS, STREAM, TEAMS_OWN, VIEWERS, Planner, found_plan
from tests.small_network import found
from tests.watching import Watched

HALF = timedelta(seconds=0.5)


class InPlan(Watched):
    """The plan of a small network's school."""

    def __init__(self, log: Log, choice: random.Random) -> None:
        super().__init__(log, choice, STREAM)
        self.planner = Planner(self.sender, choice)

    async def something(self) -> None:
        """Change the plan, now and then someone's part at the school."""
        if self.choice.random() < 0.03:
            kind = self.choice.choice(("grant-role", "revoke-role"))
            person, role = self.choice.choice((("oz", "observer"), ("tom", "team-member"), ("tom", "observer")))
            try:
                await self.sender.send("adi", kind, person=person, role=role, school="elm")
            except Refused:
                return
        else:
            await self.planner.ask()


@asynccontextmanager
async def planned(database: str, seed: int) -> AsyncIterator[InPlan]:
    async with Log(database, f"network-{seed}") as log:
        network = InPlan(log, random.Random(seed))
        await found(network.sender)
        await found_plan(network.sender)
        await network.bring()
        network.hub.start(network.followed)
        yield network


@pytest.mark.parametrize("seed", range(12))
async def test_patches_lead_to_the_fresh_view_for_every_audience_from_any_position(database: str, seed: int) -> None:
    async with planned(database, seed) as network:
        await network.live_through(VIEWERS, network.something, 300)
        assert await network.compare() or seed


@pytest.mark.parametrize("seed", range(100, 104))
async def test_observers_are_sent_nothing_that_is_the_teams(database: str, seed: int) -> None:
    async with planned(database, seed) as network:
        for person in OBSERVERS:
            await network.join(person)
        for _ in range(250):
            await network.planner.ask()
            await network.bring()
            for person in OBSERVERS:
                network.read(person)
        fresh, _ = await network.fresh("aud")
        team_only = [key for key in fresh if key.startswith(TEAMS_OWN)]
        assert len(team_only) > 10, "there was little to hide"
        for person in OBSERVERS:
            mine = {
                value["proposal"]
                for key, value in fresh.items()
                if key.startswith("proposal:") and value["person"] == person
            }
            for text in network.believed[person].frames:
                message = json.loads(text)
                patches = message["patches"] if message["type"] == "patches" else [message]
                for one in patches:
                    for key in one.get("patch", one.get("view", {})):
                        assert not key.startswith(TEAMS_OWN), f"{person} was sent {key}"
                        assert not key.startswith("mine:") or key.removeprefix("mine:") in mine, f"{person}: {key}"


def folded(events: Iterable[Recorded]) -> View:
    """Fold a plan's events from nothing, as simply as can be."""
    view: View = {}
    for recorded in events:
        apply(view, plan.project(view, recorded))
    return view


async def erase(network: InPlan) -> None:
    """Erase the words that redactions name, as whoever leads the stored views does a moment after each."""
    stored, _ = await network.log.read_stream(STREAM)
    for redaction in stored:
        named = redacts(network.codec.decode(redaction).event) if redaction.type in REDACTIONS else None
        if named is not None:
            doomed = [e for e in stored if e.position < redaction.position and falls_within(named, e.type, e.tags)]
            await network.log.erase([commitment for e in doomed for commitment in e.prose or ()])


@pytest.mark.parametrize("seed", range(200, 204))
async def test_the_plan_at_any_moment_is_a_fresh_fold_of_what_had_happened(database: str, seed: int) -> None:
    async with planned(database, seed) as network:
        for _ in range(200):
            await network.planner.ask()
        await erase(network)
        stored, head = await network.log.read_stream(STREAM)
        events = [network.codec.decode(event) for event in stored]
        assert len(events) > 60
        for moment in (*range(events[0].position - 1, head + 1), *(e.at for e in events), events[-1].at + HALF):
            room, _, _ = await history.room_at(network.log, network.codec, STREAM, moment)
            past = [e for e in events if (e.position if isinstance(moment, int) else e.at) <= moment]
            assert room.view == folded(past), moment


@pytest.mark.parametrize("seed", range(300, 304))
async def test_the_history_that_each_is_told_leads_to_what_each_may_see(database: str, seed: int) -> None:
    async with planned(database, seed) as network:
        for _ in range(200):
            await network.planner.ask()
        people = await network.sender.door.people()
        room, steps, _ = await history.room_at(network.log, network.codec, STREAM, None)
        for person in VIEWERS:
            audiences = room.audiences_of(person, room.view, people)
            told: dict[str, Shown] = {}
            for patched in patches_for(steps, 0, audiences):
                for key, value in patched.patch.items():
                    if value is None:
                        del told[key]
                    else:
                        told[key] = value
            assert told == seen(room.view, audiences), person
