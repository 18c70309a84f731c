"""The files that run Daybook in containers say what the command line and the server understand."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

from daybook.server.app import create_app
from daybook.server.cli import _parser
from daybook.server.services import Settings

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNDERSTOOD = {"DATABASE_URL", "DAYBOOK_METRICS_TOKEN", "TZ"}
BY_OTHERS = {"PGPASSWORD": "libpq", "FORWARDED_ALLOW_IPS": "uvicorn"}


def words(command: object) -> list[str]:
    return shlex.split(command) if isinstance(command, str) else [str(word) for word in command or ()]  # type: ignore[attr-defined]


def steps() -> list[str]:
    return [line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]


def commands() -> list[list[str]]:
    """Every command that is run when a container starts."""
    own = [words(COMPOSE["services"]["app"].get(key)) for key in ("command", "entrypoint")]
    image = [json.loads(step.partition(" ")[2]) for step in steps() if step.startswith(("CMD", "ENTRYPOINT"))]
    return [command for command in (*own, *image) if command]


def test_a_command_of_ours_is_one_that_the_command_line_takes() -> None:
    ours = [command for command in commands() if command[0] == "daybook"]
    assert ours
    for command in ours:
        assert _parser().parse_args(command[1:]).run is not None


def test_the_server_listens_where_the_port_is_published() -> None:
    [command] = [command for command in commands() if command[0] == "daybook"]
    arguments = _parser().parse_args(command[1:])
    assert arguments.host == "0.0.0.0", "the loopback address of a container is its own"
    [published] = COMPOSE["services"]["app"]["ports"]
    address, _, inside = published.rpartition(":")
    assert int(inside) == arguments.port
    assert address.startswith("127.0.0.1:"), "a proxy with TLS goes in front"
    assert f"EXPOSE {arguments.port}" in DOCKERFILE


def test_the_server_is_set_up_by_names_that_it_knows() -> None:
    given = set(COMPOSE["services"]["app"]["environment"])
    assert given - UNDERSTOOD <= BY_OTHERS.keys()
    read = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "daybook" / "server").glob("*.py"))
    for name in UNDERSTOOD - {"TZ"}:
        assert f'environ.get("{name}")' in read


def test_health_is_asked_at_an_address_that_answers() -> None:
    routes = {route.path for route in create_app(Settings("")).routes}
    asked = [json.dumps(COMPOSE["services"]["app"]["healthcheck"]["test"]), DOCKERFILE]
    for text in asked:
        [path] = re.findall(r"http://127\.0\.0\.1:8000(/[\w/]+)", text)
        assert path in routes


def test_the_server_waits_for_a_healthy_database_and_keeps_its_log() -> None:
    app, database = COMPOSE["services"]["app"], COMPOSE["services"]["db"]
    assert app["depends_on"]["db"]["condition"] == "service_healthy"
    assert "healthcheck" in database
    [volume] = database["volumes"]
    name, _, place = volume.partition(":")
    assert name in COMPOSE["volumes"]
    assert place == "/var/lib/postgresql", "since 18 the image wants the parent of its data directory"
    assert "ports" not in database, "nothing but the server reaches the database"


def test_the_password_of_the_database_stands_in_no_file() -> None:
    said = {
        COMPOSE["services"]["db"]["environment"]["POSTGRES_PASSWORD"],
        COMPOSE["services"]["app"]["environment"]["PGPASSWORD"],
    }
    assert said == {"${POSTGRES_PASSWORD:?set it in .env}"}
    taken_along = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert taken_along[0] == "*", "the image gets nothing that is not named"
    assert "!.env" not in taken_along
    assert "/.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


def test_the_image_runs_as_somebody_without_rights() -> None:
    users = [step.partition(" ")[2] for step in steps() if step.startswith("USER")]
    assert users[-1:] == ["daybook"]
