"""The embedded server: found again, shared, restarted after a crash, and stopped by the last who leaves."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from daybook.server.embedded import EmbeddedPostgresFailed, start_postgres, stop_postgres

WRITE = "CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (1)"
START_AND_WAIT = """
import sys
from pathlib import Path
from daybook.server.embedded import start_postgres
print(start_postgres(Path(sys.argv[1])), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "a place with 'quotes'"
    yield folder
    stop_postgres(folder)


def postmaster(folder: Path) -> psutil.Process | None:
    try:
        pid = int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        return psutil.Process(pid)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None


def another(folder: Path) -> subprocess.Popen[str]:
    """Start a process that uses the server too, until it is sent a line or killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


def kept(conninfo: str) -> int:
    with psycopg.connect(conninfo) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def test_data_is_there_at_the_next_start(folder: Path) -> None:
    with psycopg.connect(start_postgres(folder), autocommit=True) as connection:
        connection.execute(WRITE)
        assert connection.execute(
            "SELECT current_database(), current_setting('fsync'), current_setting('synchronous_commit')"
        ).fetchone() == ("daybook", "on", "on")
    stop_postgres(folder)
    assert postmaster(folder) is None
    assert kept(start_postgres(folder)) == 1
    assert start_postgres(folder) == start_postgres(folder)


def test_the_server_outlives_a_killed_application_and_is_found_again(folder: Path) -> None:
    killed = another(folder)
    running = postmaster(folder)
    killed.kill()
    killed.communicate()
    start_postgres(folder)
    assert running is not None
    assert postmaster(folder) == running
    stop_postgres(folder)
    assert postmaster(folder) is None


def test_the_last_to_leave_stops_the_server(folder: Path) -> None:
    first, second = another(folder), another(folder)
    leave(first)
    assert postmaster(folder) is not None
    leave(second)
    assert postmaster(folder) is None


def test_what_was_committed_survives_a_killed_server(folder: Path) -> None:
    with psycopg.connect(start_postgres(folder), autocommit=True) as connection:
        connection.execute(WRITE)
        connection.execute("INSERT INTO kept VALUES (2)")
        running = postmaster(folder)
        assert running is not None
        os.kill(running.pid, signal.SIGKILL)
    assert kept(start_postgres(folder)) == 2


@pytest.mark.parametrize("kind", ["another program", "a dead postgres that nobody reaped"])
def test_a_stale_pid_is_not_taken_for_the_server(folder: Path, kind: str) -> None:
    with psycopg.connect(start_postgres(folder), autocommit=True) as connection:
        connection.execute(WRITE)
    pid_file = folder / "postgres" / "postmaster.pid"
    stale = pid_file.read_text().splitlines()
    stop_postgres(folder)
    program = Path(shutil.copy(str(shutil.which("sleep")), folder / ("postgres-like" if "dead" in kind else "program")))
    # The server asks whether the process exists, and cannot tell when it belongs to somebody else.
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = {"user": (folder / "postgres").owner(), "group": (folder / "postgres").group(), "extra_groups": ()}
    with subprocess.Popen([program, "600"], cwd="/", **owner) as stranger:
        if "dead" in kind:
            stranger.kill()
            os.waitid(os.P_PID, stranger.pid, os.WEXITED | os.WNOWAIT)
        pid_file.write_text("\n".join([str(stranger.pid), *stale[1:]]) + "\n")
        assert kept(start_postgres(folder)) == 1
        stranger.kill()


def test_a_folder_too_deep_for_a_socket(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["deeper"] * 20)
    try:
        with psycopg.connect(start_postgres(folder)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        stop_postgres(folder)


def test_data_of_another_version_is_refused(folder: Path) -> None:
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedPostgresFailed, match="PostgreSQL 16, not 18"):
        start_postgres(folder)
