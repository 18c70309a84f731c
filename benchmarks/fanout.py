"""From a command to a patch on every socket of the room, against a plain server that writes one prepared frame.

floor: a request arrives at a plain asyncio server (uvloop, as ours), which writes one prepared frame of the same
size to each socket; it stores nothing, knows no rooms and checks nobody.
daybook: a command arrives by HTTP, is decided, stored durably in PostgreSQL, followed, projected and sent.
Both run as one process; one client process, the same for both, holds the sockets and takes the time from writing
the request until the last socket has the patch, so its own work is in both figures. Turns alternate; figures are
medians. The ratio should stay at or below 4 with 200 sockets. CPU is the server process's time for each delivery,
the command's share included, and should stay at or below 25 microseconds with 200; memory is the growth of the
server's resident set for each socket, and should stay at or below 30 KB.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median
from typing import cast
from uuid import uuid4

import httpx
import psutil
import uvloop

from benchmarks import table
from daybook.server.embedded import start_postgres, stop_postgres

SOCKETS = (50, 200, 1_000)
TURNS = 60
WARM_UP = 5
REVIEW_TEXT = "Students in three of four rooms explained their answers and wrote a claim with a line from the text."
_KEY = b"dGhlIHNhbXBsZSBub25jZQ=="


class Room:
    """The client's sockets, and how many of them have the patch of this turn."""

    def __init__(self) -> None:
        self.waiting = 0
        self.all_have_it = asyncio.Event()
        self.size = 0

    def expect(self, sockets: int) -> None:
        self.waiting = sockets
        self.all_have_it.clear()

    def one_has_it(self, size: int) -> None:
        self.size = size
        self.waiting -= 1
        if self.waiting == 0:
            self.all_have_it.set()


class Client(asyncio.Protocol):
    """One socket. It looks for patches in the bytes and parses nothing."""

    def __init__(self, room: Room, request: bytes) -> None:
        self.room = room
        self.request = request
        self.open = asyncio.get_running_loop().create_future()
        self.joined = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.WriteTransport, transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.open.done():
            self.open.set_result(data.split(b"\r\n", 1)[0])
        elif b'{"type":"patch"' in data:
            self.room.one_has_it(len(data))
        elif b'{"type":"snapshot"' in data:
            self.joined.set()

    def send(self, text: bytes) -> None:
        """Send a masked text frame whose mask is zero."""
        assert len(text) < 65_536
        head = bytes([0x81, 0x80 | len(text)]) if len(text) < 126 else b"\x81\xfe" + len(text).to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + text)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def running(*command: str) -> Iterator[psutil.Process]:
    """Run a server until the end of the block."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


@asynccontextmanager
async def sockets(room: Room, port: int, number: int, headers: str) -> AsyncIterator[list[Client]]:
    request = (
        f"GET /live/v1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {_KEY.decode()}\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n"
    ).encode()
    loop = asyncio.get_running_loop()
    clients = []
    for _ in range(number):
        _, client = await loop.create_connection(lambda: Client(room, request), "127.0.0.1", port)
        answer = await asyncio.wait_for(client.open, 30)
        assert b"101" in answer, answer
        clients.append(client)
    try:
        yield clients
    finally:
        for client in clients:
            client.transport.close()


async def turn(room: Room, number: int, writer: asyncio.StreamWriter, request: bytes) -> float:
    room.expect(number)
    start = time.perf_counter()
    writer.write(request)
    await asyncio.wait_for(room.all_have_it.wait(), 30)
    return time.perf_counter() - start


class Ours:
    """A person who writes evidence in the sample's review, over one kept connection."""

    def __init__(self, port: int, review: str, cookie: str) -> None:
        self.port, self.review, self.cookie = port, review, cookie

    def request(self, kind: str, data: str) -> bytes:
        body = f'{{"id":"{uuid4()}","type":"{kind}","data":{{"review":"{self.review}"{data}}}}}'
        return (
            f"POST /api/v1/commands HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def evidence(self) -> bytes:
        about = f'"evidence":"e-{uuid4().hex}","source":"observation","stance":"supports","indicators":["CI.2"]'
        return self.request("add-evidence", f',{about},"text":"{REVIEW_TEXT}"')


def sign_in(port: int, person: str) -> str:
    answer = httpx.post(f"http://127.0.0.1:{port}/demo/sign-in", data={"person": person})
    return f"daybook_session={answer.cookies['daybook_session']}"


async def compare(number: int, port: int, floor_port: int, server: psutil.Process, review: str) -> list[str]:
    room, floor_room = Room(), Room()
    cookie = sign_in(port, "reviewer-1")
    ours = Ours(port, review, cookie)
    before = server.memory_info().rss
    async with (
        sockets(room, port, number, f"Cookie: {cookie}\r\n") as clients,
        sockets(floor_room, floor_port, number, ""),
    ):
        for client in clients:
            client.send(f'{{"type":"hello","client":"b","streams":[{{"stream":"review:{review}"}}]}}'.encode())
        for client in clients:
            await asyncio.wait_for(client.joined.wait(), 30)
        await asyncio.sleep(1)  # presence settles
        grown = (server.memory_info().rss - before) / number / 1_000
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        floor_reader, floor_writer = await asyncio.open_connection("127.0.0.1", floor_port)
        took, floor_took, cpu = [], [], []
        for count in range(TURNS + WARM_UP):
            used = server.cpu_times()
            one = await turn(room, number, writer, ours.evidence())
            await reader.readuntil(b'"status":200}')
            now = server.cpu_times()
            floor = await turn(floor_room, number, floor_writer, b"go")
            if count >= WARM_UP:
                took.append(one)
                floor_took.append(floor)
                cpu.append((now.user + now.system - used.user - used.system) / number)
        writer.close()
        floor_writer.close()
        del floor_reader
    return [
        f"{number:,}",
        f"{median(floor_took) * 1e3:.2f}",
        f"{median(took) * 1e3:.2f}",
        f"{median(took) / median(floor_took):.1f}",
        f"{sorted(took)[len(took) * 95 // 100] * 1e3:.1f}",
        f"{sum(cpu) / len(cpu) * 1e6:.1f}",
        f"{grown:.1f}",
    ]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="daybook-fanout-"))
    port, floor_port = free_port(), free_port()
    os.environ["DATABASE_URL"] = start_postgres(folder)
    with (
        running("-m", "daybook.server.cli", "demo", "--port", str(port)) as server,
        running("-m", "benchmarks._floor", str(floor_port), "620"),
    ):
        wait_for(port)
        wait_for(floor_port)
        review = httpx.get(f"http://127.0.0.1:{port}/", headers={"cookie": sign_in(port, "facilitator")}).text.split(
            "/reviews/maple-"
        )[1][:10]
        review = f"maple-{review}"
        opened = Ours(port, review, sign_in(port, "facilitator")).request("open-review", "")
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(opened)
            assert b" 200 " in connection.recv(200)
        rows = [uvloop.run(compare(number, port, floor_port, server, review)) for number in SOCKETS]
    stop_postgres(folder)
    table(["sockets", "floor ms", "daybook ms", "ratio", "p95 ms", "CPU µs each", "KB each"], rows)
