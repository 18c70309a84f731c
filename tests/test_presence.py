"""Presence: who is in the room, by whichever process, and never what they choose."""

import asyncio
from typing import Any

import msgspec

from daybook.server.protocol import Present
from daybook.server.tabs import by_person
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


async def test_one_person_in_two_tabs_is_where_they_write_and_all_unsaved_words_show(demo: Server) -> None:
    async def says(tab: Live, looking_at: str | None, *unsaved: str, typing: bool = False) -> None:
        said = {"type": "signal", "stream": STREAM, "looking_at": looking_at, "typing": typing, "unsaved": unsaved}
        await tab.send(msgspec.json.encode(said).decode())

    async def until_shown(looking_at: str, *unsaved: str) -> None:
        wanted = (looking_at, list(unsaved))
        shown = None
        while shown != wanted:
            said = {one["person"]: one for one in await until_present(here, "facilitator", "reviewer-1")}["reviewer-1"]
            shown = (said["looking_at"], said["unsaved"])

    async with demo.socket("facilitator") as here, demo.socket("reviewer-1") as one, demo.socket("reviewer-1") as other:
        await enter(here)
        await enter(one)
        await says(one, "CI.2", "CI.2", typing=True)
        await until_shown("CI.2", "CI.2")
        await enter(other)  # a tab that looks at nothing yet
        await says(other, "FE.1", "FE.1")
        await until_shown("CI.2", "FE.1", "CI.2")
        await says(one, "CI.2", "CI.2")
        await until_shown("FE.1", "FE.1", "CI.2")  # who writes nowhere is where they looked last
        await says(one, "SC.1")
        await until_shown("SC.1", "FE.1")
        await other.close()
        await until_shown("SC.1")


def test_one_who_looks_nowhere_in_the_tab_heard_last_is_where_another_tab_looks() -> None:
    tabs = [Present("ana", "vision"), Present("ben", None, False, ["a"]), Present("ana")]
    assert by_person(tabs) == [Present("ana", "vision"), Present("ben", None, False, ["a"])]


def test_no_more_places_are_told_than_one_may_say() -> None:
    tabs = [Present("ana", None, False, ["a", "b", "c"]), Present("ana", None, False, ["c", "d", "e"])]
    assert by_person(tabs) == [Present("ana", None, False, ["c", "d", "e", "a"])]
