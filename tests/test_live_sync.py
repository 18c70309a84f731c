"""Whatever happens, and whenever a viewer joins, leaves or comes back: patches lead to the fresh view."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from daybook.events.core import Refused
from daybook.projections.view import Audiences, seen
from daybook.server import history
from daybook.server.codec import Codec
from daybook.server.live import Hub, Socket
from daybook.server.log import Log
from tests.live_client import Believed
from tests.small_network import FOCUS, LEVELS, REVIEW, REVIEWERS, STREAM, Sender, found

VIEWERS = ("fay", *REVIEWERS, "olu", "aud", "pat", "adi", "dee")


class Watched:
    """The log of a small network, its hub, and viewers who come and go."""

    def __init__(self, log: Log, choice: random.Random) -> None:
        self.log, self.choice = log, choice
        self.codec = Codec()
        self.sender = Sender(log, self.codec)
        self.hub = Hub(log, self.codec, self.sender.door.people)
        self.sockets: dict[str, Socket] = {}
        self.believed: dict[str, Believed] = {}
        self.followed = 0

    async def bring(self) -> None:
        """Bring the hub what was recorded since, as the follower does."""
        page = [self.codec.decode(stored) for stored in await self.log.read(after=self.followed)]
        if page:
            self.sender.door.observe(page)
            await self.hub.observe(page)
            self.followed = page[-1].position

    async def join(self, person: str) -> None:
        """Connect a viewer, from where they were or from nothing."""
        socket = self.sockets[person] = Socket(person, "")
        self.hub.sockets.add(socket)
        known = self.believed.setdefault(person, Believed(STREAM))
        if self.choice.random() < 0.3:
            known = self.believed[person] = Believed(STREAM)
        await self.hub.join(socket, STREAM, known.position)
        self.read(person)

    def leave(self, person: str) -> None:
        """Cut a viewer's connection; what was in their outbox is lost with it."""
        socket = self.sockets.pop(person)
        self.hub.leave(socket)

    def read(self, person: str) -> None:
        """Let a viewer read what was sent to them."""
        socket = self.sockets[person]
        while socket.outbox:
            self.believed[person].take(socket.outbox.pop(0))
        if socket.closing is not None:
            self.leave(person)
            self.believed[person] = Believed(STREAM)

    async def fresh(self, person: str) -> tuple[dict[str, Any], Audiences]:
        """Return what a fold of the whole log shows this person now."""
        room, _, _ = await history.room_at(self.log, self.codec, STREAM, None)
        audiences = room.audiences_of(person, room.view, await self.sender.door.people())
        return msgspec.json.decode(msgspec.json.encode(seen(room.view, audiences))), audiences

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

    async def random_role(self) -> None:
        """Give or take a role that opens or closes the room to someone."""
        kind = self.choice.choice(["grant-role", "revoke-role"])
        await self.sender.send("adi", kind, person="dee", role="auditor")


@asynccontextmanager
async def watched(database: str, seed: int) -> AsyncIterator[Watched]:
    async with Log(database, f"network-{seed}") as log:
        network = Watched(log, random.Random(seed))
        await found(network.sender)
        await network.bring()
        network.hub.start(network.followed)
        yield network


@pytest.mark.parametrize("seed", range(12))
async def test_patches_lead_to_the_fresh_view_for_every_audience_from_any_position(database: str, seed: int) -> None:
    async with watched(database, seed) as network:
        for _ in range(150):
            roll = network.choice.random()
            person = network.choice.choice(VIEWERS)
            if roll < 0.55:
                await network.random_command()
            elif roll < 0.58:
                await network.random_role()
            elif roll < 0.78:
                await network.bring()
            elif person in network.sockets:
                if network.choice.random() < 0.4:
                    network.leave(person)
                else:
                    network.read(person)
            else:
                await network.join(person)
        await network.bring()
        compared = 0
        for person in [*network.sockets]:
            network.read(person)
            fresh, audiences = await network.fresh(person)
            if audiences and person not in network.sockets:  # put out, and taken in again since
                await network.join(person)
            if audiences:
                assert not network.believed[person].gap
                assert network.believed[person].view == fresh, f"{person} as {sorted(audiences)}"
                compared += 1
            else:
                assert person not in network.sockets, f"{person} is still in a room that is closed to them"
        assert compared or seed


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
