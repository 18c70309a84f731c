"""Presence across processes: who is in a room by another worker or host.

A signal, not a fact: it is passed on by NOTIFY, stored nowhere, and may be lost. Each process says who
is in its rooms when that changes and again every few seconds; one that falls silent is forgotten.
"""

import asyncio
import logging
from contextlib import suppress
from uuid import uuid4

import msgspec
import psycopg
from msgspec import Struct, structs
from psycopg import sql

from daybook.server.database import Database
from daybook.server.live import Hub
from daybook.server.log import LogUnavailable
from daybook.server.postgres import connect
from daybook.server.protocol import Present

_SAY_AGAIN = 10.0  # seconds
_SILENT_AFTER = 25.0  # seconds without a word, after which a process counts as gone
_LONGEST = 7_900  # bytes; NOTIFY takes less than 8,000
_LOG = logging.getLogger(__name__)


class Announcement(Struct, frozen=True, omit_defaults=True):
    """Who is in a room by one process."""

    process: str
    stream: str
    people: list[Present]
    first: bool = False


class Relay:
    """Passes presence between the hub of this process and those of others."""

    def __init__(self, conninfo: str, network: str, database: Database, hub: Hub) -> None:
        """Speak for this hub from now on."""
        self._conninfo, self._channel = conninfo, f"presence:{network}"
        self._database, self._hub = database, hub
        self._process = uuid4().hex
        self._saying: asyncio.Queue[Announcement] = asyncio.Queue(maxsize=1_000)
        self._last_heard: dict[str, float] = {}
        hub.announce = self._announce

    def _announce(self, stream: str, people: list[Present], *, first: bool) -> None:
        with suppress(asyncio.QueueFull):  # it will be said again
            self._saying.put_nowait(Announcement(self._process, stream, people, first))

    async def run(self) -> None:
        """Speak and listen, for ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._speak())
            tasks.create_task(self._listen())
            tasks.create_task(self._say_again())

    async def _speak(self) -> None:
        while True:
            said = await self._saying.get()
            payload = msgspec.json.encode(said).decode()
            if len(payload) > _LONGEST:  # who is here matters more than what they have not saved
                people = [structs.replace(one, unsaved=[]) for one in said.people]
                payload = msgspec.json.encode(structs.replace(said, people=people)).decode()
            if len(payload) > _LONGEST:
                _LOG.warning("a room has too many people to tell other processes of")
                continue
            with suppress(LogUnavailable):
                await self._database.run("SELECT pg_notify(%(to)s, %(payload)s)", to=self._channel, payload=payload)

    async def _say_again(self) -> None:
        while True:
            await asyncio.sleep(_SAY_AGAIN)
            silent = asyncio.get_running_loop().time() - _SILENT_AFTER
            gone = [process for process, heard in self._last_heard.items() if heard < silent]
            for process in gone:
                del self._last_heard[process]
            self._hub.announce_all(gone)

    async def _listen(self) -> None:
        while True:
            try:
                connection = await connect(self._conninfo, "presence")
                try:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
                    async for notice in connection.notifies():
                        self._hear(notice.payload)
                finally:
                    await connection.close()
            except (psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError) as error:
                _LOG.warning("presence of other processes is not heard: %s", error)
                await asyncio.sleep(1)

    def _hear(self, payload: str) -> None:
        said = msgspec.json.decode(payload, type=Announcement)
        if said.process != self._process:
            self._last_heard[said.process] = asyncio.get_running_loop().time()
            self._hub.heard(said.process, said.stream, said.people, first=said.first)
