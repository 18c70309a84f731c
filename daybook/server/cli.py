"""The command line: `daybook serve`, `demo`, `migrate`, `rebuild`, `add-person`."""

import argparse
import asyncio
import getpass
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec
import psycopg
import uvicorn
from litestar import Litestar

from daybook.events.core import Refused
from daybook.events.people import GrantRole
from daybook.server.app import create_app
from daybook.server.codec import Codec
from daybook.server.database import Database
from daybook.server.door import Door
from daybook.server.embedded import EmbeddedPostgresFailed, start_postgres
from daybook.server.explain import explain
from daybook.server.identity import Identity, Person, SignInNameTaken
from daybook.server.log import Log
from daybook.server.postgres import migrate
from daybook.server.rebuild import rebuild
from daybook.server.sample import DEMO_PEOPLE, make_sample
from daybook.server.services import Settings, now
from daybook.server.templates import in_words

SAMPLE = "sample"
_SHORTEST_PASSWORD = 12
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_SETTINGS = "DAYBOOK_SETTINGS"  # how worker processes are told what their parent was


def database(data: Path) -> str:
    """Return the connection string of DATABASE_URL or, without one, of the embedded server, migrated either way."""
    elsewhere = os.environ.get("DATABASE_URL")
    try:
        conninfo = elsewhere or start_postgres(data)
        applied = migrate(conninfo)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        if not elsewhere:
            raise
        sys.exit(f"The database that DATABASE_URL names cannot be used: {error}")
    except (EmbeddedPostgresFailed, OSError) as error:
        sys.exit(f"The embedded database in {data} cannot be used: {error}")
    for name in applied:
        print(f"Applied migration {name}", file=sys.stderr)
    return conninfo


def check_address(host: str, port: int) -> None:
    """Leave with a sentence, before anything is promised, when this address cannot be listened at."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except (OSError, OverflowError) as error:
        sys.exit(f"{host}, port {port} cannot be listened at: {error}. Choose another with --port.")


def application() -> Litestar:
    """Build the application in a worker process, as its parent was set up."""
    settings = msgspec.json.decode(os.environ[_SETTINGS], type=Settings)
    return create_app(settings)


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    os.environ[_SETTINGS] = msgspec.json.encode(settings).decode()
    shown = f"[{host}]" if ":" in host else host
    print(f"Daybook is at http://{shown}:{port}/", flush=True)
    # uvicorn raises the signal that ended it once more; by default that would skip stopping the embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        "daybook.server.cli:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=65_536,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )


async def ensure_sample(conninfo: str, today: date) -> None:
    """Make the sample network, unless it was made before."""
    database = Database(conninfo)
    await database.open()
    try:
        async with Log(conninfo, SAMPLE) as log:
            await make_sample(log, Codec(), Identity(database, SAMPLE), today)
    finally:
        await database.close()


def _demo(arguments: argparse.Namespace) -> None:
    if arguments.host not in _LOOPBACK and not arguments.open_to_all:
        sys.exit("In demo mode anyone can be anyone, so it serves this machine only. Say --open-to-all if you mean it.")
    check_address(arguments.host, arguments.port)
    conninfo = database(arguments.data)
    asyncio.run(ensure_sample(conninfo, now().astimezone().date()))
    shown = f"http://{arguments.host}:{arguments.port}"
    print(f"Sign in at {shown}/sign-in as anyone of the sample network. Two browsers make two people.")
    for person in DEMO_PEOPLE[:5]:
        print(f"  {person.key:12} {person.name}, {person.role}")
    settings = Settings(conninfo, SAMPLE, demo=True, session_check=arguments.session_check)
    serve(settings, arguments.host, arguments.port, arguments.workers)


def _serve(arguments: argparse.Namespace) -> None:
    check_address(arguments.host, arguments.port)
    conninfo = database(arguments.data)
    settings = Settings(
        conninfo,
        arguments.network,
        secure_cookies=not arguments.plain_http,
        metrics_token=os.environ.get("DAYBOOK_METRICS_TOKEN"),
        session_check=arguments.session_check,
    )
    serve(settings, arguments.host, arguments.port, arguments.workers)


def _migrate(arguments: argparse.Namespace) -> None:
    database(arguments.data)
    print("The database is up to date.")


def _rebuild(arguments: argparse.Namespace) -> None:
    def progress(done: int, of: int) -> None:
        print(f"\r{done:,} of {of:,} events", end="", file=sys.stderr, flush=True)

    position = rebuild(database(arguments.data), arguments.network, progress)
    print(f"\nThe stored views are rebuilt, complete to position {position:,}.")


def _add_person(arguments: argparse.Namespace) -> None:
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < _SHORTEST_PASSWORD:
        sys.exit(f"A password needs at least {_SHORTEST_PASSWORD} characters.")
    try:
        person = msgspec.convert({"id": arguments.id, "name": arguments.name}, Person)
    except msgspec.ValidationError as error:
        sys.exit(in_words(explain(error), "en"))
    asyncio.run(_keep_person(database(arguments.data), arguments, person, password))


async def _keep_person(conninfo: str, arguments: argparse.Namespace, person: Person, password: str) -> None:
    keeper = Database(conninfo)
    await keeper.open()
    try:
        async with Log(conninfo, arguments.network) as log:
            identity = Identity(keeper, arguments.network)
            await identity.add_person(person, arguments.sign_in_name, password)
            await identity.end_sessions_of(person.id, now())  # those of the password before
            if arguments.administrator:
                door = Door(log, Codec(), now)
                command = GrantRole(person=person.id, role="network-administrator")
                await door.carry_out(person.id, uuid4(), command)
    except SignInNameTaken:
        sys.exit(f"Somebody else signs in as {arguments.sign_in_name}. Choose another name to sign in with.")
    except Refused as refused:
        sys.exit(f"{person.name} can sign in as {arguments.sign_in_name}, without the role. {refused.sentence}")
    finally:
        await keeper.close()
    print(f"{person.name} can sign in as {arguments.sign_in_name}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="daybook", description="Judge, plan and improve together.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[[argparse.Namespace], None], says: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=says, description=says)
        sub.add_argument(
            "--data", type=Path, default=Path("data"), help="folder of the embedded database, without DATABASE_URL"
        )
        sub.set_defaults(run=run)
        return sub

    def address(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
        sub.add_argument("--port", type=int, default=8000, help="port to listen at (default: %(default)s)")
        sub.add_argument("--workers", type=int, default=1, help="number of processes (default: %(default)s)")
        sub.add_argument(
            "--session-check",
            type=float,
            default=10.0,
            metavar="SECONDS",
            help="how soon an open page is closed after its session has ended (default: %(default)s)",
        )

    demo = command("demo", _demo, "Make the sample network, once, and serve it with demo sign-in.")
    address(demo)
    demo.add_argument("--open-to-all", action="store_true", help="serve other machines too, although anyone is anyone")
    served = command("serve", _serve, "Serve a network.")
    address(served)
    served.add_argument("--plain-http", action="store_true", help="no TLS in front: cookies without the Secure flag")
    command("migrate", _migrate, "Bring the database up to date.")
    rebuilt = command("rebuild", _rebuild, "Rebuild the stored views from the log, beside the old ones, and swap.")
    added = command("add-person", _add_person, "Add someone who signs in by password; it is read from standard input.")
    added.add_argument("id", help="a short id, which the log will use")
    added.add_argument("name", help="their name")
    added.add_argument("--sign-in-name", required=True, help="what they sign in with, such as an e-mail address")
    added.add_argument("--administrator", action="store_true", help="make them the network's first administrator")
    for sub in (served, rebuilt, added):
        sub.add_argument("--network", default=SAMPLE, help="the network's id (default: %(default)s)")
    return parser


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    arguments = _parser().parse_args(argv)
    arguments.run(arguments)


if __name__ == "__main__":
    main()
