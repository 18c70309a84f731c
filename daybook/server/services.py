"""What one process of the application is made of, and how it starts and stops."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from daybook.server.codec import Codec
from daybook.server.database import Database
from daybook.server.door import Clock, Door
from daybook.server.feeds import Feeds
from daybook.server.identity import Identity
from daybook.server.live import Hub
from daybook.server.log import Log, LogUnavailable
from daybook.server.presence import Relay
from daybook.server.protocol import SIGN_IN
from daybook.server.stored import Projector, Stored

_LOG = logging.getLogger(__name__)


class Settings(Struct, frozen=True):
    """How a process is set up. `demo` lets anyone sign in as anyone: only for a sample network on loopback.

    `session_check` is the time in seconds between looks at whether the sessions of open sockets still hold.
    """

    conninfo: str
    network: str = "sample"
    demo: bool = False
    secure_cookies: bool = False
    metrics_token: str | None = None
    session_check: float = 10.0


class Services(Struct):
    """The parts of a running process, handed to every route."""

    settings: Settings
    clock: Clock
    log: Log
    codec: Codec
    door: Door
    hub: Hub
    database: Database
    identity: Identity
    stored: Stored
    feeds: Feeds


def now() -> datetime:
    """Return the time that is recorded with events."""
    return datetime.now(UTC)


@contextlib.asynccontextmanager
async def running(settings: Settings, clock: Clock = now) -> AsyncIterator[Services]:
    """Start everything that runs beside the routes, and stop it in the end."""
    codec = Codec()
    log = Log(settings.conninfo, settings.network)
    database = Database(settings.conninfo)
    door = Door(log, codec, clock)
    hub = Hub(log, codec, door.people)
    services = Services(
        settings=settings,
        clock=clock,
        log=log,
        codec=codec,
        door=door,
        hub=hub,
        database=database,
        identity=Identity(database, settings.network),
        stored=Stored(database, settings.network, log),
        feeds=Feeds(database, settings.network),
    )
    await log.open()
    await database.open()
    head = await log.head()
    hub.start(head)
    tasks = [
        _vital("follower", _follow(services, head)),
        _vital("projector", Projector(settings.conninfo, settings.network, log, codec).run()),
        _vital("presence", Relay(settings.conninfo, settings.network, database, hub).run()),
        _vital("session watch", _watch_sessions(services)),
    ]
    try:
        yield services
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await database.close()
        await log.close()


def _vital(name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Run something without which the process is of no use: should it end, so does the process."""

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            _LOG.critical("the %s ended, so this process does too", name, exc_info=task.exception())
            os.kill(os.getpid(), signal.SIGTERM)

    task = asyncio.create_task(work, name=name)
    task.add_done_callback(ended)
    return task


async def _follow(services: Services, after: int) -> None:
    """Bring every event to the states and the rooms, once for this process."""
    async with contextlib.aclosing(services.log.follow(after)) as pages:
        async for page in pages:
            recorded = [services.codec.decode(stored) for stored in page]
            services.door.observe(recorded)
            await services.hub.observe(recorded)


async def _watch_sessions(services: Services) -> None:
    """Close the sockets of people whose session has ended."""
    while True:
        await asyncio.sleep(services.settings.session_check)
        sockets = list(services.hub.sockets)
        if not sockets:
            continue
        with contextlib.suppress(LogUnavailable):  # nobody is thrown out because the database is away
            valid = await services.identity.still_valid({socket.token for socket in sockets}, services.clock())
            for socket in sockets:
                if socket.token not in valid:
                    socket.close(SIGN_IN, "Your session has ended. Sign in again.")
