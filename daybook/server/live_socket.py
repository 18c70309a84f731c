"""One WebSocket conversation: what comes in is read and checked, what goes out waits in the outbox."""

import asyncio
from contextlib import suppress
from typing import Any, assert_never

import msgspec
from litestar import WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect

from daybook.server import protocol
from daybook.server.guard import Need, services_of, signed_in
from daybook.server.live import Hub, Socket, encode
from daybook.server.log import LogUnavailable
from daybook.server.protocol import Bye, Hello, Ping, Pong, Signal, Welcome
from daybook.server.services import Services

HEARTBEAT_MS = 20_000
_SERVER_ERROR = 1011
_GOODBYE = 30.0  # seconds a client has to take in why it is being closed
_decoder = msgspec.json.Decoder(Hello | Signal | Ping)

Connection = WebSocket[Any, Any, Any]


@websocket("/live/v1", opt={"need": Need.SIGNED_IN})
async def live(socket: Connection) -> None:
    """Hold the live conversation of one tab. Session and origin were checked before this is reached."""
    services = services_of(socket)
    offered = socket.scope["subprotocols"]
    await socket.accept(subprotocols=protocol.SUBPROTOCOL if protocol.SUBPROTOCOL in offered else None)
    if socket.state.person is None:
        await socket.close(protocol.SIGN_IN, "Your session has ended. Sign in again.")
        return
    mine = Socket(signed_in(socket).id, socket.state.token)
    services.hub.sockets.add(mine)
    reader = asyncio.create_task(_read(socket, mine, services))
    try:
        await _write(socket, mine)
        await _say_goodbye(socket, mine)
    except (WebSocketDisconnect, OSError):
        pass  # the client left; there is nobody to tell
    finally:
        if reader.done() and not reader.cancelled():
            reader.result()  # what went wrong in reading is raised here, and logged
        reader.cancel()
        services.hub.leave(mine)


async def _write(socket: Connection, mine: Socket) -> None:
    """Empty the outbox until the conversation ends. `Socket.close` interrupts this wherever it waits."""
    with suppress(TimeoutError):
        async with asyncio.timeout(None) as until_closed:
            mine.until_closed = until_closed
            while mine.closing is None:
                for text in await mine.take():
                    await socket.send({"type": "websocket.send", "text": text, "bytes": None})


async def _say_goodbye(socket: Connection, mine: Socket) -> None:
    code, reason = mine.closing or (protocol.RESTART, "")
    with suppress(TimeoutError):
        async with asyncio.timeout(_GOODBYE):
            retry = 1_000 if code in (protocol.TOO_SLOW, protocol.RESTART) else msgspec.UNSET
            text = encode(Bye(reason, retry))
            await socket.send({"type": "websocket.send", "text": text, "bytes": None})
            await socket.send({"type": "websocket.close", "code": code, "reason": reason})


async def _read(socket: Connection, mine: Socket, services: Services) -> None:
    try:
        await _converse(socket, mine, services)
    except LogUnavailable:
        mine.close(protocol.RESTART, "The database is not answering. Trying again will help.")
    except Exception:
        mine.close(_SERVER_ERROR, "Something went wrong here.")
        raise


async def _converse(socket: Connection, mine: Socket, services: Services) -> None:
    epoch = await services.log.epoch()
    while mine.closing is None:
        event = await socket.receive()
        if event["type"] == "websocket.disconnect":
            mine.close(1000, "")
            return
        text = event.get("text")
        if not isinstance(text, str):
            mine.close(protocol.BAD_MESSAGE, "Messages are text, not binary.")
        elif len(text.encode()) > protocol.LONGEST_MESSAGE:
            mine.close(protocol.BAD_MESSAGE, f"A message is longer than {protocol.LONGEST_MESSAGE:,} bytes.")
        else:
            await _take(text, mine, services.hub, epoch)


async def _take(text: str, mine: Socket, hub: Hub, epoch: Any) -> None:
    try:
        message = _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError):
        mine.close(protocol.BAD_MESSAGE, "This is no message of the live protocol.")
        return
    match message:
        case Hello(person=person) if person not in (None, mine.person):
            mine.close(protocol.SIGN_IN, "Somebody else is signed in here now. Sign in again.")
        case Hello():
            mine.send(encode(Welcome(epoch, HEARTBEAT_MS)))
            for subscription in message.streams:
                known = message.epoch is None or message.epoch == epoch
                await hub.join(mine, subscription.stream, subscription.after if known else None)
        case Signal():
            hub.signal(mine, message)
        case Ping():
            mine.send(encode(Pong()))
        case _:
            assert_never(message)
