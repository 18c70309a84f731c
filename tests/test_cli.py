"""The command line: what it takes, what it refuses in a sentence, and what doing it twice does."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from daybook.server.cli import _parser
from tests.server_fixtures import Start


def run(*arguments: str, conninfo: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "daybook.server.cli", *arguments],
        env=os.environ | {"DATABASE_URL": conninfo},
        input=typed,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )


def refused(*arguments: str, conninfo: str = "", typed: str = "") -> str:
    """Return what is said when a command is not carried out: a sentence, never a traceback."""
    done = run(*arguments, conninfo=conninfo, typed=typed)
    assert done.returncode == 1, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_demo_mode_serves_this_machine_alone_unless_told_otherwise() -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "daybook.example"):
        assert refused("demo", "--host", host) == (
            "In demo mode anyone can be anyone, so it serves this machine only. Say --open-to-all if you mean it."
        )


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_an_address_that_is_taken_is_told_before_anything_is_promised(command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = refused(command, "--port", port)
    assert said.startswith(f"127.0.0.1, port {port} cannot be listened at: ")
    assert said.endswith("Choose another with --port.")
    assert "cannot be listened at" in refused(command, "--port", "99999")


def test_a_database_that_is_not_there_is_told_in_a_sentence(server: str) -> None:
    for conninfo in ("postgresql://127.0.0.1:1/daybook", make_conninfo(server, dbname="none"), "not a connection"):
        said = refused("migrate", conninfo=conninfo)
        assert said.startswith("The database that DATABASE_URL names cannot be used: "), said


def test_a_folder_that_cannot_hold_a_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused("migrate", "--data", str(tmp_path / "file"))
    assert said.startswith(f"The embedded database in {tmp_path / 'file'} cannot be used: "), said


@pytest.mark.parametrize("arguments", [[], ["fly"], ["serve", "--port", "eighty"], ["demo", "--network", "x"]])
def test_what_is_no_command_is_told_with_what_is(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        _parser().parse_args(arguments)
    assert left.value.code == 2
    assert "usage: daybook" in capsys.readouterr().err


def test_every_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _parser().parse_args(["--help"])
    shown = capsys.readouterr().out
    for command in ("serve", "demo", "migrate", "rebuild", "add-person"):
        assert f"\n    {command}" in shown


def test_bringing_the_database_up_to_date_twice_does_it_once(database: str) -> None:
    for _ in range(2):
        done = run("migrate", conninfo=database)
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n"), done
        assert done.stderr == "", "the fixture's database was migrated already"


def test_the_stored_views_are_rebuilt_to_the_head(sample: str) -> None:
    done = run("rebuild", conninfo=sample)
    assert done.returncode == 0, done
    with psycopg.connect(sample) as connection:
        row = connection.execute("SELECT max(position) FROM events").fetchone()
    assert row is not None
    assert f"complete to position {row[0]:,}." in done.stdout


# People


def test_the_first_administrator_of_a_network_is_made_from_the_command_line(database: str, start: Start) -> None:
    done = run(
        *("add-person", "amara", "Amara Okafor", "--sign-in-name", "amara@network.example", "--administrator"),
        *("--network", "oakland"),
        conninfo=database,
        typed="correct horse battery\n",
    )
    assert (done.returncode, done.stdout) == (0, "Amara Okafor can sign in as amara@network.example.\n"), done
    running = start("serve", "--plain-http", "--network", "oakland", conninfo=database)
    client = running.client()
    form = {"name": "Amara@Network.example", "password": "correct horse battery"}
    assert client.post("/sign-in", data=form).status_code == 303
    command = {
        "id": "8c5f9c2e-3d1b-4c55-9d5a-0f6f3f2f7a10",
        "type": "add-school",
        "data": {"school": "elm", "name": "Elm High School", "grades": "high"},
    }
    assert client.post("/api/v1/commands", json=command).status_code == 200
    # The founder's right is gone with the first role: nobody else becomes one that way.
    second = run(
        *("add-person", "ben", "Ben", "--sign-in-name", "ben", "--administrator", "--network", "oakland"),
        conninfo=database,
        typed="correct horse battery\n",
    )
    assert (second.returncode, second.stderr) == (
        1,
        "Ben can sign in as ben, without the role. Only a network administrator may do this. Ask yours to do it for "
        "you.\n",
    )


@pytest.mark.parametrize(
    ("id", "name", "password", "said"),
    [
        ("amara", "Amara", "short", "A password needs at least 12 characters."),
        ("amara", "Amara", "", "A password needs at least 12 characters."),
        (
            "Amara Okafor",
            "Amara",
            "correct horse battery",
            "The id must be a short id of lower-case letters, digits and hyphens, such as maple-2026.",
        ),
        (
            "amara",
            "Amara \u202eOkafor",
            "correct horse battery",
            "The name is blank, or has a hidden character in it: a control character, or a mark that turns the reading "
            "direction. Type it again without.",
        ),
        (
            "amara",
            "x" * 201,
            "correct horse battery",
            "The name is too long: at most 200 characters. Shorten it, or split it in two.",
        ),
    ],
)
def test_who_cannot_be_added_is_told_why(database: str, id: str, name: str, password: str, said: str) -> None:
    asked = ("add-person", id, name, "--sign-in-name", "amara")
    assert refused(*asked, conninfo=database, typed=f"{password}\n") == said


def test_a_sign_in_name_belongs_to_one_person(database: str) -> None:
    added = ("--sign-in-name", "amara")
    assert (
        run("add-person", "amara", "Amara", *added, conninfo=database, typed="correct horse battery\n").returncode == 0
    )
    said = refused("add-person", "ben", "Ben", *added, conninfo=database, typed="correct horse battery\n")
    assert said == "Somebody else signs in as amara. Choose another name to sign in with."


# Starting and stopping


def test_starting_the_sample_network_again_finds_what_was_done_in_it(sample: str, start: Start) -> None:
    first = start("demo", conninfo=sample)
    first.do("admin", "rename-school", school="elm", name="Elm Street High School")
    first.stop()
    again = start("demo", conninfo=sample)
    assert "Elm Street High School" in again.ask("GET", "/network", "admin").text


def test_it_stops_in_good_order_when_told_to(sample: str, start: Start) -> None:
    running = start("demo", conninfo=sample)
    running.token("admin")
    running.process.terminate()
    running.process.join(20)
    assert running.process.exitcode == 0


def test_two_workers_serve_one_network(sample: str, start: Start) -> None:
    running = start("demo", "--workers", "2", conninfo=sample)
    for n in range(8):
        name = f"Elm High School {n}"
        running.do("admin", "rename-school", school="elm", name=name)
        assert name in running.ask("GET", "/network", "coach").text
