"""The real server as a process of its own, on a copy of the sample network.

The sample network is made once for the whole run; a copy of its database takes some 50 ms. `demo` is
a server on a fresh copy, for tests that change things; `standing_demo` is one server that all tests
of the run share, for those that change nothing that others look at. Whoever stops a server learns
whether anything crashed in it. Each is forked from a process that has imported Daybook and done nothing
else, which saves every test the second that importing takes.
"""

import asyncio
import json
import multiprocessing
import os
import signal
import socket
import ssl
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as connect_socket
from websockets.typing import Origin

from daybook.server.cli import ensure_sample, main
from daybook.server.guard import COOKIE
from daybook.server.protocol import SUBPROTOCOL

SAMPLE_DAY = date(2026, 3, 17)
MAPLE = f"maple-{SAMPLE_DAY}"
"""The sample network's review that is ready to open."""
CEDAR = "cedar-fall"
"""Its review that is finished."""

_TLS = ssl.create_default_context()  # nothing here uses TLS, and httpx would make one for each request
_STARTS_WITHIN = 60.0  # seconds; two cores may be busy with other things
_IMPORTED = multiprocessing.get_context("forkserver")
_IMPORTED.set_forkserver_preload(["daybook.server.cli"])


def _run(arguments: Sequence[str], environment: Mapping[str, str], said: Path) -> None:
    """Be `daybook <arguments>`, in the forked process, as if it had been started from a shell."""
    os.setsid()
    with said.open("a") as told, Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    if environment.get("PYTHONPATH") != os.environ.get("PYTHONPATH"):  # another release, which is not imported yet
        command = [sys.executable, "-m", "daybook.server.cli", *arguments]
        os.execve(sys.executable, command, {**environment, "PYTHONUNBUFFERED": "1"})
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.stdin = os.fdopen(0)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)
    main(arguments)


class Server:
    """A running server process; `url` has no slash at its end."""

    def __init__(self, command: str, *arguments: str, conninfo: str, folder: Path, **environment: str) -> None:
        """Start `daybook <command>` on a free port of loopback and wait until it is ready."""
        self.conninfo = conninfo
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._said = folder / f"{self.port}.log"
        self._arguments = [command, "--port", str(self.port), *arguments]
        self._environment = os.environ | {"DATABASE_URL": conninfo} | environment
        self._tokens: dict[str, str] = {}
        self._clients: list[httpx.Client] = []
        self.start_again()

    def start_again(self) -> None:
        """Start the process at the same address, once it has ended, and wait until it is ready."""
        self.process = _IMPORTED.Process(target=_run, args=(self._arguments, self._environment, self._said))
        self.process.start()
        self._wait()

    def change(self, **environment: str) -> None:
        """Start with other environment variables the next time."""
        self._environment |= environment

    def _wait(self) -> None:
        deadline = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < deadline and self.process.is_alive():
            try:
                if self.ask("GET", "/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"The server did not start:\n{self.said()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def said(self) -> str:
        """Return what the process has printed and logged."""
        return self._said.read_text()

    def stop(self) -> None:
        """Stop it as an operator would, and fail if anything crashed in it while it ran."""
        self._leave()
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(20)
            assert not self.process.is_alive(), f"The server did not stop:\n{self.said()}"
        said = self.said()
        assert "Traceback" not in said, said

    def kill(self) -> None:
        """End it and its workers as a power cut would."""
        self._leave()
        if self.process.is_alive():
            assert self.process.pid is not None
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.join()

    def _leave(self) -> None:
        while self._clients:
            self._clients.pop().close()

    def token(self, person: str) -> str:
        """Sign in as one of the sample network's people, once, and return the session's token."""
        if person not in self._tokens:
            answer = self.ask("POST", "/demo/sign-in", data={"person": person})
            assert answer.status_code == 303, answer.text
            self._tokens[person] = answer.cookies[COOKIE]
        return self._tokens[person]

    def headers(self, person: str | None) -> dict[str, str]:
        """Return the headers that make a request somebody's; none for nobody."""
        return {"cookie": f"{COOKIE}={self.token(person)}"} if person else {}

    def ask(self, method: str, path: str, person: str | None = None, **request: Any) -> httpx.Response:
        """Make one request as somebody or as nobody, and keep no cookie of it."""
        headers = self.headers(person) | request.pop("headers", {})
        return httpx.request(method, self.url + path, headers=headers, timeout=30, verify=_TLS, **request)

    def client(self, person: str | None = None) -> httpx.Client:
        """Return a fresh client that is signed in as somebody, or as nobody. It follows no redirects."""
        client = httpx.Client(base_url=self.url, headers=self.headers(person), timeout=30, verify=_TLS)
        self._clients.append(client)  # closed with the server
        return client

    def async_client(self, person: str | None = None) -> httpx.AsyncClient:
        """As `client`, for tests that await: `async with server.async_client("coach") as client: …`."""
        return httpx.AsyncClient(base_url=self.url, headers=self.headers(person), timeout=30, verify=_TLS)

    def socket(self, person: str | None, origin: str | None = "same", **options: Any) -> connect_socket:
        """Open a live conversation: `async with server.socket("coach") as live: …`."""
        return connect_socket(
            f"ws://127.0.0.1:{self.port}/live/v1",
            subprotocols=options.pop("subprotocols", [SUBPROTOCOL]),
            additional_headers=self.headers(person) | options.pop("headers", {}),
            origin=None if origin is None else Origin(self.url if origin == "same" else origin),
            proxy=None,
            **options,
        )

    def send(self, person: str, kind: str, /, **data: Any) -> httpx.Response:
        """Send one command as JSON, under an id of its own."""
        envelope = {"id": str(uuid4()), "type": kind, "data": data}
        return self.ask("POST", "/api/v1/commands", person, json=envelope)

    def do(self, person: str, kind: str, /, **data: Any) -> None:
        """Send one command that must be accepted."""
        answer = self.send(person, kind, **data)
        assert answer.status_code == 200, answer.text


Live = ClientConnection


async def enter(live: Live, stream: str) -> None:
    """Join a stream, and wait until one is in it: what happens from now on will be heard."""
    await live.send(json.dumps({"type": "hello", "client": "t", "streams": [{"stream": stream}]}))
    async with asyncio.timeout(30):
        while '"type":"snapshot"' not in str(await live.recv()):
            pass


async def closed(live: Live) -> tuple[int | None, str | None]:
    """Wait until the server ends a live conversation, and return by which code and with which reason."""
    await asyncio.wait_for(live.wait_closed(), 20)
    return live.close_code, live.close_reason


Start = Callable[..., Server]


@pytest.fixture(scope="session")
def sample_template(server: str, migrated: str) -> Iterator[str]:
    """Yield the name of a database with the sample network, to make others from. Nothing may connect to it."""
    name = f"daybook_sample_{uuid4().hex[:12]}"
    _create(server, name, migrated)
    # In a thread of its own: a test that drives a browser has an event loop running in this one.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, ensure_sample(make_conninfo(server, dbname=name), SAMPLE_DAY)).result()
    yield name
    _drop(server, name)


@pytest.fixture
def sample(server: str, sample_template: str) -> Iterator[str]:
    """Yield the connection string of a fresh copy of the sample network, as its owner."""
    name = f"daybook_test_{uuid4().hex[:12]}"
    _create(server, name, sample_template)
    yield make_conninfo(server, dbname=name)
    _drop(server, name)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Yield a function that starts servers: `start("serve", "--plain-http", conninfo=sample, TZ="UTC")`."""
    started: list[Server] = []

    def start_one(command: str, *arguments: str, conninfo: str, **environment: str) -> Server:
        started.append(Server(command, *arguments, conninfo=conninfo, folder=tmp_path, **environment))
        return started[-1]

    yield start_one
    try:
        for one in started:
            one.stop()
    finally:
        for one in started:
            one.kill()


@pytest.fixture
def demo(sample: str, start: Start) -> Server:
    """Return a server in demo mode on a fresh copy of the sample network."""
    return start("demo", conninfo=sample)


@contextmanager
def running_copy(server: str, template: str, folder: Path, *arguments: str) -> Iterator[Server]:
    """Run a server, in demo mode unless told otherwise, on a copy of the sample network: for fixtures of any scope."""
    name = f"daybook_running_{uuid4().hex[:12]}"
    _create(server, name, template)
    try:
        running = Server(*(arguments or ("demo",)), conninfo=make_conninfo(server, dbname=name), folder=folder)
        try:
            yield running
            running.stop()
        finally:
            running.kill()
    finally:
        _drop(server, name)


@pytest.fixture(scope="session")
def standing_demo(server: str, sample_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield one server in demo mode for the whole run. Leave what others look at as it is."""
    with running_copy(server, sample_template, tmp_path_factory.mktemp("standing")) as running:
        yield running


def _create(server: str, name: str, template: str) -> None:
    command = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command)


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
