"""Folds that are loaded while the log goes on, several at once."""

import asyncio
from typing import Any

import pytest

from daybook.events.review_state import Review
from daybook.events.streams import evolve, initial
from daybook.server.codec import Codec
from daybook.server.log import Log, StoredEvent
from daybook.server.warm import Warm
from tests.small_network import STREAM, Sender, found


class Slow(Log):
    """A log whose readers get what they asked for only when they are let go, in any order."""

    held_back: asyncio.Queue[tuple[asyncio.Task[Any] | None, asyncio.Event]]

    async def read_stream(self, *asked: Any, **more: Any) -> tuple[list[StoredEvent], int]:
        found = await super().read_stream(*asked, **more)
        gate = asyncio.Event()
        self.held_back.put_nowait((asyncio.current_task(), gate))
        await gate.wait()
        return found


@pytest.mark.parametrize("first", [0, 1])
async def test_what_comes_while_two_load_the_same_reaches_both(database: str, first: int) -> None:
    async with Log(database, "network") as log, Slow(database, "network") as slow:
        slow.held_back = asyncio.Queue()
        codec, sender = Codec(), Sender(log, Codec())
        await found(sender)
        warm = Warm(slow, codec, initial, lambda _, state, recorded: evolve(state, recorded.event))
        loads = [asyncio.create_task(warm.get(STREAM)) for _ in range(2)]
        gates = dict([await slow.held_back.get() for _ in loads])
        loads[first].cancel()
        await asyncio.wait([loads[first]])
        (position,) = await sender.send("ana", "give-rating", review="elm-spring", indicator="CI.1", answer=2)
        warm.observe([codec.decode(stored) for stored in await log.read(after=position - 1)])
        gates[loads[1 - first]].set()
        held = await loads[1 - first]
        assert held.position == position
        assert isinstance(held.value, Review)
        assert held.value.rounds["CI.1"].answers["ana"] == 2
