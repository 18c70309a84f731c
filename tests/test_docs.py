"""What the documents say that a machine can compare with the code. A test that fails prints what should stand there."""

import argparse
import ast
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import Struct

from daybook.events import (
    outcomes,
    outcomes_commands,
    people,
    plan,
    plan_commands,
    practice,
    review,
    review_commands,
    rubric,
    school,
)
from daybook.events.core import stored_name
from daybook.server import live_socket, protocol
from daybook.server.cli import _parser
from daybook.server.documents import FROM_CLIENT, FROM_SERVER

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

STREAMS: dict[str, tuple[Any, Any]] = {
    "people": (people.PeopleEvent, people.PeopleCommand),
    "school": (school.SchoolEvent, school.SchoolCommand),
    "rubric": (rubric.RubricEvent, rubric.RubricCommand),
    "review": (review.ReviewEvent, review_commands.ReviewCommand),
    "practice": (practice.PracticeSet, practice.SetPractice),
    "outcomes": (outcomes.OutcomesEvent, outcomes_commands.OutcomesCommand),
    "plan": (plan.PlanEvent, plan_commands.PlanCommand),
}


def summary(kind: type[Struct]) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]


def table(of: str, place: int) -> str:
    """Write out the table of all events or all commands, in the order of the code."""
    rows = [f"| stream | {of} | what it says |", "| --- | --- | --- |"]
    for stream, unions in STREAMS.items():
        rows += [
            f"| {stream} | `{stored_name(kind)}` | {summary(kind)} |"
            for kind in get_args(unions[place]) or [unions[place]]
        ]
    return "\n".join(rows)


@pytest.mark.parametrize(("of", "place"), [("event", 0), ("command", 1)])
def test_the_readme_lists_every_event_and_every_command(of: str, place: int) -> None:
    expected = table(of, place)
    _, begin, rest = README.partition(f"<!-- {of}s -->\n")
    found, end, _ = rest.partition(f"\n<!-- /{of}s -->")
    assert begin, f"README.md has no place for the {of}s"
    assert end, f"the place for the {of}s in README.md does not end"
    assert found.strip() == expected, f"README.md should say:\n{expected}"


# Commands


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {name for line in re.findall(r"^\.PHONY:(.*)$", makefile, re.M) for name in line.split()}


def subcommands() -> dict[str, argparse.ArgumentParser]:
    [choices] = [a.choices for a in _parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(choices)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_command_that_is_written_down_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shown = "\n".join((*re.findall(r"```sh\n(.*?)```", text, re.S), *re.findall(r"`([^`\n]+)`", text)))
    assert set(re.findall(r"^make ([a-z]+)", shown, re.M)) <= targets()
    known = subcommands()
    for name, rest in re.findall(r"(?:^|\s)daybook ([a-z-]+)(.*)$", shown, re.M):
        assert name in known, f"daybook {name}"
        assert set(re.findall(r"(--[a-z-]+)", rest)) <= set(known[name]._option_string_actions), f"daybook {name}"


def test_the_readme_begins_with_the_two_commands_that_matter() -> None:
    assert "```sh\nmake run\n" in README
    assert "```sh\nmake test\n" in README


def test_operations_name_every_command_and_every_variable() -> None:
    assert {name for name in subcommands() if f"`daybook {name}" not in OPERATIONS} == set()
    assert {name for name in variables() if f"`{name}`" not in OPERATIONS} == set()


def variables() -> set[str]:
    """Every environment variable that the server is set up by; how workers learn of it is no one's business."""
    found = {"TZ"}
    for path in (ROOT / "daybook").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.environ.get", "os.getenv"):
                [name, *_] = node.args
                assert isinstance(name, ast.Constant)
                found.add(str(name.value))
    return found


# Links and paths


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#:]+)\)", text):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_are_named_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    places = (ROOT, ROOT / "daybook", ROOT / "daybook" / "server")
    for named in re.findall(r"`((?:[a-z_]+/)+[\w.-]+\.(?:py|js|html|sql|toml|jsonl|po))`", text):
        assert any((place / named).exists() for place in places), named


def test_the_readmes_example_of_an_event_type_is_in_every_file_it_names() -> None:
    _, _, rest = README.partition("## Adding an event type")
    section, _, _ = rest.partition("\n## ")
    files = re.findall(r"^\| `([^`]+)`", section, re.M)
    assert len(files) >= 6
    names = re.compile("RatingWithdrawn|WithdrawRating|rating-withdrawn|withdraw-rating")
    for named in files:
        under = ROOT if named.startswith("tests/") else ROOT / "daybook"
        assert names.search((under / named).read_text(encoding="utf-8")), named


# The live protocol


def test_the_protocol_document_names_every_message_and_every_close_code() -> None:
    messages = {stored_name(kind) for kind in (*FROM_CLIENT, *FROM_SERVER)}
    assert {name for name in messages if f"`{name}`" not in PROTOCOL} == set()
    codes = {value for name, value in vars(protocol).items() if name.isupper() and isinstance(value, int)}
    codes -= {protocol.LONGEST_MESSAGE}
    assert len(codes) >= 6
    assert {code for code in {*codes, live_socket._SERVER_ERROR} if f"| {code} |" not in PROTOCOL} == set()


def test_the_protocol_document_names_every_field_of_a_message() -> None:
    parts: tuple[type[Struct], ...] = (protocol.Subscription, protocol.Patched, protocol.Present)
    for kind in (*FROM_CLIENT, *FROM_SERVER, *parts):
        for field in kind.__struct_fields__:
            assert f"`{field}`" in PROTOCOL, f"{kind.__name__}.{field}"


def test_the_protocol_document_says_what_the_protocol_is_called_and_where_it_is_described() -> None:
    assert f"`{protocol.SUBPROTOCOL}`" in PROTOCOL
    assert "/asyncapi.json" in PROTOCOL
    assert f"{protocol.LONGEST_MESSAGE:,} bytes" in PROTOCOL


# Decisions


def test_decisions_are_numbered_without_gaps_and_say_what_was_decided() -> None:
    assert [path.name.partition("-")[0] for path in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]
    for number, path in enumerate(DECISIONS, start=1):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. "), path.name
        assert "**Decided.**" in text, path.name
