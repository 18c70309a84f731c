"""The house rules that a machine can check."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import daybook
from daybook.events.core import Command, Event, NotAllowed, Refused
from daybook.events.streams import AnyCommand, AnyEvent
from daybook.projections import outcomes_entries, passages, plan_entries, room, rubric
from daybook.projections.view import Shown
from daybook.server.openapi import ENTRIES

PACKAGE = Path(daybook.__file__).parent
TESTS = Path(__file__).parent
PURE = sorted([*(PACKAGE / "events").glob("*.py"), *(PACKAGE / "projections").glob("*.py")])
STORIES = sorted(TESTS.glob("test_*_rules*.py"))
MAY_WRITE = {"log.py", "append.py", "feeds.py", "identity.py", "stored.py", "rebuild.py", "postgres.py"}


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> Iterator[str]:
    """Name what is called anywhere within, by the last word: `datetime.now()` is `now`."""
    for child in ast.walk(node):
        if isinstance(child, ast.Call):
            if isinstance(child.func, ast.Name):
                yield child.func.id
            elif isinstance(child.func, ast.Attribute):
                yield child.func.attr


def named(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Name):
            yield child.id
        elif isinstance(child, ast.Attribute):
            yield child.attr
        elif isinstance(child, ast.alias):
            yield child.name


# The core is pure


@pytest.mark.parametrize("path", PURE, ids=relative)
def test_the_core_reads_no_clock_draws_no_number_and_opens_nothing(path: Path) -> None:
    clocks = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "fromtimestamp"}
    chance = {"uuid1", "uuid4", "random", "randbytes", "token_bytes", "token_hex", "urandom", "choice", "shuffle"}
    world = {"open", "print", "input", "getenv", "read_text", "write_text", "exec", "eval", "__import__"}
    assert set(called(tree(path))) & (clocks | chance | world) == set()
    assert set(named(tree(path))) & {"environ", "random", "secrets", "os", "sys"} == set()


# Write once, then derive


def statements(path: Path) -> Iterator[str]:
    """The SQL of a module: every string constant in which something is written to a table."""
    writes = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|TRUNCATE|COPY\s+\S+.*\bFROM)\b", re.S)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and writes.search(node.value):
            yield node.value


def test_only_the_log_identity_and_stored_views_write() -> None:
    writing = {path.name for path in (PACKAGE / "server").rglob("*.py") if list(statements(path))}
    assert writing <= MAY_WRITE
    assert {"identity.py", "stored.py", "rebuild.py"} <= writing, "this test no longer sees the statements"
    assert [path for path in PURE if list(statements(path))] == []


def test_events_are_inserted_by_the_function_of_the_log_alone() -> None:
    for path in (PACKAGE / "server").rglob("*.py"):
        assert not [text for text in statements(path) if re.search(r"INTO\s+events\b", text)], path.name
    with_inserts = [
        path.name
        for path in sorted((PACKAGE / "server" / "migrations").glob("*.sql"))
        if re.search(r"INSERT\s+INTO\s+events\b", path.read_text(encoding="utf-8"))
    ]
    assert with_inserts == ["0001_log.sql"]


# Words


def test_stored_names_are_written_out_and_told_apart() -> None:
    kinds = (*get_args(AnyEvent), *get_args(AnyCommand))
    names = [str(kind.__struct_config__.tag) for kind in kinds]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


def test_every_event_and_command_class_is_in_the_union() -> None:
    assert set(Event.__subclasses__()) == set(get_args(AnyEvent))
    assert set(Command.__subclasses__()) == set(get_args(AnyCommand))


def test_every_kind_of_entry_is_described() -> None:
    shown = {
        kind
        for module in (room, rubric, passages, plan_entries, outcomes_entries)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, Shown)
        and kind is not Shown
        and kind.__module__ == module.__name__
    }
    assert shown
    assert shown == set(ENTRIES)


# Stories are complete


def test_every_command_and_every_event_is_in_a_story() -> None:
    said = {name for path in (*STORIES, *TESTS.glob("*_world.py")) for name in called(tree(path))}
    assert {kind.__name__ for kind in get_args(AnyCommand)} - said == set()
    assert {kind.__name__ for kind in get_args(AnyEvent)} - said == set()


def refusals() -> list[str]:
    """Every refusal of the rules: its sentence as a pattern."""
    return [
        pattern(node.args[0])
        for path in PURE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in (Refused.__name__, NotAllowed.__name__)
    ]


def pattern(sentence: ast.expr) -> str:
    """A sentence with anything in its places, which are named in braces."""
    assert isinstance(sentence, ast.Constant), ast.unparse(sentence)
    return ".+".join(map(re.escape, re.split(r"\{\w+\}", str(sentence.value))))


def told() -> set[str]:
    """Return the sentences that stories expect, as they stand in the files of the stories and of their worlds."""
    found: set[str] = set()
    for path in (*STORIES, *TESTS.glob("*_world.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values))
    return found


def test_every_refusal_is_reached_by_a_story() -> None:
    sentences = told()
    found = refusals()
    assert len(found) > 30
    assert [said for said in found if not any(re.fullmatch(said, one) for one in sentences)] == []


def test_a_refusal_is_a_sentence() -> None:
    assert [said for said in refusals() if not said.endswith(".")] == []


# What is not ours


@pytest.mark.parametrize("library", sorted((PACKAGE / "web/static/vendor").iterdir()), ids=lambda path: path.name)
def test_a_library_comes_with_its_licence_and_says_its_version_and_origin(library: Path) -> None:
    wanted = json.loads((PACKAGE.parent / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    title, _, said = (library / "README.md").read_text(encoding="utf-8").partition("\n")
    version = wanted[library.name]
    assert title.endswith(f" {version}")
    assert f"`{library.name}` {version}" in said
    assert "To renew:" in said
    assert "Copyright" in (library / "LICENSE").read_text(encoding="utf-8")
    assert all("sourceMappingURL" not in path.read_text(encoding="utf-8") for path in library.rglob("*.js"))


@pytest.mark.parametrize("sheet", sorted((PACKAGE / "web/static").glob("*.css")), ids=relative)
def test_no_style_hangs_on_just_any_neighbour(sheet: Path) -> None:
    """Beside such a selector, whatever is put anywhere has its neighbours styled anew, with all that is in them."""
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    selectors = [one for head in re.findall(r"([^{};]+)\{", rules) for one in head.split(",")]
    for selector in selectors:
        for before, after in re.findall(r"(\S+) [+~] (?=(\S+))", selector):
            assert any(mark in before for mark in ".#[:"), selector.strip()
            assert after != "*", selector.strip()
