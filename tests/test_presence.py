"""Presence: who is in the room, by whichever process, and never what they choose."""

import asyncio
from typing import Any

import msgspec

from tests.server_fixtures import MAPLE, Live, Server, Start

STREAM = f"review:{MAPLE}"


async def enter(live: Live) -> None:
    """Join the room."""
    hello = {"type": "hello", "client": "t", "streams": [{"stream": STREAM}]}
    await live.send(msgspec.json.encode(hello).decode())


async def until_present(live: Live, *people: str) -> list[dict[str, Any]]:
    """Read until exactly these people are in the room, and return what is said of them."""
    async with asyncio.timeout(30):
        while True:
            message = msgspec.json.decode(await live.recv())
            if message["type"] == "presence" and {one["person"] for one in message["people"]} == set(people):
                return list(message["people"])


async def test_people_see_who_comes_what_they_look_at_and_who_leaves(demo: Server) -> None:
    async with demo.socket("facilitator") as here:
        await enter(here)
        async with demo.socket("reviewer-1") as there:
            await enter(there)
            await until_present(here, "facilitator", "reviewer-1")
            await until_present(there, "facilitator", "reviewer-1")
            await there.send(
                msgspec.json.encode({"type": "signal", "stream": STREAM, "looking_at": "CI.2", "typing": True}).decode()
            )
            said: list[dict[str, Any]] = []
            while not any(one.get("looking_at") == "CI.2" and one["typing"] for one in said):
                said = await until_present(here, "facilitator", "reviewer-1")
        await until_present(here, "facilitator")


async def test_people_in_other_processes_are_present_too(sample: str, start: Start) -> None:
    one, other = start("demo", conninfo=sample), start("demo", conninfo=sample)
    async with one.socket("facilitator") as here:
        await enter(here)
        await until_present(here, "facilitator")
        async with other.socket("reviewer-1") as there:
            await enter(there)
            await until_present(there, "facilitator", "reviewer-1")
            await until_present(here, "facilitator", "reviewer-1")
        await until_present(here, "facilitator")
