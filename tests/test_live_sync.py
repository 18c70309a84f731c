"""Whatever happens, and whenever a viewer joins, leaves or comes back: patches lead to the fresh view."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from daybook.events.core import Refused
from daybook.server.live import Socket
from daybook.server.log import Log
from tests.small_network import FOCUS, LEVELS, REVIEW, REVIEWERS, STREAM, found
from tests.watching import Watched

VIEWERS = ("fay", *REVIEWERS, "olu", "aud", "pat", "adi", "dee")


class InReview(Watched):
    """The room of a small network's review."""

    async def random_command(self) -> None:
        """Send something that may or may not be allowed."""
        pick = self.choice.choice
        code, person = pick(FOCUS), pick(REVIEWERS)
        answer = pick([*range(1, LEVELS + 1), "abstain", "insufficient-evidence"])
        number = self.choice.randrange(6)
        item = {
            "source": pick(["data", "survey"]),
            "stance": "supports",
            "indicators": [code],
            "text": f"Seen {number}",
        }
        actor, kind, data = pick(
            [
                (person, "give-rating", {"indicator": code, "answer": answer}),
                (person, "give-rating", {"indicator": code, "answer": answer}),
                (person, "withdraw-rating", {"indicator": code}),
                (person, "add-evidence", {"evidence": f"e-{number}", **item}),
                (person, "revise-evidence", {"evidence": f"e-{number}", **item}),
                (person, "withdraw-evidence", {"evidence": f"e-{number}"}),
                (person, "join-review", {}),
                ("fay", pick(["reveal-ratings", "join-review"]), {"indicator": code}),
                ("fay", "record-consensus", {"indicator": code, "level": 2, "rationale": "Agreed."}),
                ("fay", pick(["add-member", "remove-member"]), {"person": pick(["dee", "olu", person])}),
            ]
        )
        if kind == "join-review":
            data = {}
        if kind == "add-member":
            data = {**data, "role": pick(["observer", "reviewer"])}
        try:
            await self.sender.send(actor, kind, review=REVIEW, **data)
        except Refused:
            return

    async def something(self) -> None:
        """Do something, now and then to someone's roles."""
        if self.choice.random() < 0.05:
            await self.random_role()
        else:
            await self.random_command()

    async def random_role(self) -> None:
        """Give or take a role that opens or closes the room to someone."""
        kind = self.choice.choice(["grant-role", "revoke-role"])
        await self.sender.send("adi", kind, person="dee", role="auditor")


@asynccontextmanager
async def watched(database: str, seed: int) -> AsyncIterator[InReview]:
    async with Log(database, f"network-{seed}") as log:
        network = InReview(log, random.Random(seed), STREAM)
        await found(network.sender)
        await network.bring()
        network.hub.start(network.followed)
        yield network


@pytest.mark.parametrize("seed", range(12))
async def test_patches_lead_to_the_fresh_view_for_every_audience_from_any_position(database: str, seed: int) -> None:
    async with watched(database, seed) as network:
        await network.live_through(VIEWERS, network.something, 150)
        assert await network.compare() or seed


async def test_a_viewer_with_a_gap_sees_that_there_is_one(database: str) -> None:
    async with watched(database, 99) as network:
        await network.join("fay")
        await network.sender.send("ana", "join-review", review=REVIEW)
        await network.bring()
        network.sockets["fay"].outbox.clear()
        await network.sender.send("ben", "join-review", review=REVIEW)
        await network.bring()
        network.read("fay")
        assert network.believed["fay"].gap


async def test_coming_back_soon_brings_patches_and_coming_back_late_a_snapshot(database: str) -> None:
    async with watched(database, 98) as network:
        await network.join("fay")
        network.leave("fay")
        await network.sender.send("ana", "join-review", review=REVIEW)
        await network.bring()
        await network.hub.join(socket := Socket("fay", ""), STREAM, network.believed["fay"].position)
        assert [msgspec.json.decode(text)["type"] for text in socket.outbox] == ["patches"]
        for number in range(450):
            item = {"source": "data", "stance": "supports", "indicators": ["CI.1"], "text": "Seen."}
            await network.sender.send("ana", "add-evidence", review=REVIEW, evidence=f"e-{number}", **item)
        await network.bring()
        await network.hub.join(socket := Socket("fay", ""), STREAM, network.believed["fay"].position)
        assert [msgspec.json.decode(text)["type"] for text in socket.outbox] == ["snapshot"]


async def test_a_full_outbox_closes_its_own_socket_only(database: str) -> None:
    async with watched(database, 97) as network:
        await network.join("fay")
        await network.join("aud")
        for number in range(300):
            item = {"source": "data", "stance": "supports", "indicators": ["CI.1"], "text": "Seen."}
            await network.sender.send("ana", "add-evidence", review=REVIEW, evidence=f"e-{number}", **item)
            if number % 50 == 49:
                await network.bring()
                network.read("aud")
        await network.bring()
        assert network.sockets["fay"].closing is not None
        assert network.sockets["fay"].closing[0] == 4408
        assert network.sockets["aud"].closing is None
        network.read("aud")
        assert network.believed["aud"].view == (await network.fresh("aud"))[0]
