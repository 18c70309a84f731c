"""What was recorded cannot be changed, by privilege and by trigger; and what an erasure leaves."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from daybook.server.log import Appended, Log, NewEvent, ProseRow, commit_prose
from daybook.server.postgres import APP_ROLE, MigrationChanged, migrate
from tests.proposals import event, proposal, within

CHANGES = [
    "UPDATE events SET data = '[]'",
    "UPDATE events SET actor = actor WHERE false",
    "DELETE FROM events",
    "TRUNCATE events",
    "UPDATE commands SET first_position = 7",
    "UPDATE commands SET fingerprint = 'other'",
    "DELETE FROM commands",
    "TRUNCATE commands",
    "UPDATE prose SET text = 'other'",
    "TRUNCATE prose",
    "TRUNCATE events, commands, prose",
]
ONLY_THE_OWNER_MAY = [
    "INSERT INTO events SELECT network, position + 1, recorded_at, type, tags, data, command_id, actor FROM events",
    "INSERT INTO commands SELECT network, gen_random_uuid(), fingerprint, first_position FROM commands",
    "DELETE FROM prose",
    "UPDATE networks SET epoch = gen_random_uuid()",
    "DELETE FROM networks",
    "CREATE TABLE more (id int)",
    "ALTER TABLE events DISABLE TRIGGER ALL",
]


def with_prose(*texts: str) -> NewEvent:
    rows = tuple(ProseRow(commit_prose(text, text.encode() * 3), text.encode() * 3, text) for text in texts)
    return event()._replace(prose=rows, data=f'["{"".join(row.commitment for row in rows)}"]')


@pytest.mark.parametrize("change", CHANGES)
async def test_nobody_can_change_what_was_recorded(log: Log, database: str, change: str) -> None:
    await log.append(proposal(with_prose("mine")))
    before = await log.read()
    for setting in ("SELECT 1", f"SET ROLE {APP_ROLE}", "SET session_replication_role = replica"):
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(setting)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(change)
    assert await log.read() == before


@pytest.mark.parametrize("change", ONLY_THE_OWNER_MAY)
async def test_the_application_writes_through_its_functions_alone(log: Log, database: str, change: str) -> None:
    await log.append(proposal(with_prose("mine")))
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"SET ROLE {APP_ROLE}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(change)


async def test_reading_appending_and_following_have_the_rights_of_the_application(log: Log, database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"REVOKE SELECT ON events FROM {APP_ROLE}")
        connection.execute(f"REVOKE EXECUTE ON FUNCTION append_batch FROM {APP_ROLE}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await log.read()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await log.append(proposal(event()))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await anext(log.follow(0))


async def test_the_functions_are_not_for_everyone(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for function in ("append_batch(text, json, json, json, json)", "erase_prose(text, text[])"):
            row = connection.execute("SELECT has_function_privilege('pg_monitor', %s, 'EXECUTE')", (function,))
            assert row.fetchone() == (False,)


async def test_erasing_takes_the_text_and_its_salt_and_nothing_else(log: Log, database: str) -> None:
    given = proposal(with_prose("mine", "yours"), with_prose("ours"))
    await log.append(given)
    before = await log.read()
    mine, yours = given.events[0].prose
    assert before[0].prose == {mine.commitment: "mine", yours.commitment: "yours"}

    await log.erase([mine.commitment])
    await log.erase([mine.commitment])

    after = await log.read()
    assert after == [before[0]._replace(prose={yours.commitment: "yours"}), before[1]]
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT text, salt, commitment FROM prose ORDER BY text").fetchall()
    assert [text for text, _, _ in rows] == ["ours", "yours"]
    assert all(commit_prose(text, salt) == commitment for text, salt, commitment in rows)

    await log.erase([yours.commitment])
    assert (await log.read())[0] == before[0]._replace(prose=None)


async def test_a_resent_command_whose_prose_was_erased_is_still_answered(log: Log, database: str) -> None:
    given, other = proposal(with_prose("mine")), proposal(with_prose("yours"))
    await log.append(given)
    await log.append(other)
    await log.erase([given.events[0].prose[0].commitment])
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT command_id FROM commands WHERE fingerprint IS NULL").fetchall()
    assert rows == [(given.command,)]
    assert await log.append(given._replace(fingerprint=b"unknown")) == Appended((1,), repeated=True)


async def test_prose_of_another_network_stays(log: Log, database: str) -> None:
    given = proposal(with_prose("mine"))
    await log.append(given)
    async with Log(database, "another") as another:
        await another.append(given)
        await another.erase([given.events[0].prose[0].commitment])
        assert (await another.read())[0].prose is None
    assert (await log.read())[0].prose is not None


def test_a_commitment_is_sha256_over_salt_and_text() -> None:
    # printf '\x01salté' | sha256sum
    assert commit_prose("é", b"\x01salt") == "0f56f7e2e6b1fb6cb1d5d5d52567a9b00078ccbd9936e62fd3fb45f281837b27"


@pytest.fixture
def ordinary(server: str) -> Iterator[str]:
    """Yield an empty database whose owner is neither superuser nor allowed to make roles."""
    name = sql.Identifier(owner := f"daybook_owner_{uuid4().hex[:8]}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'secret'").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))
        yield make_conninfo(server, dbname=owner, user=owner, password="secret")
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("DROP ROLE {}").format(name))


async def test_an_ordinary_owner_is_told_what_is_missing_and_can_then_run_it(
    ordinary: str, server: str, migrated: str
) -> None:
    owner = str(conninfo_to_dict(ordinary)["user"])
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="may not make the role daybook_app") as refused:
        migrate(ordinary)
    hint = refused.value.diag.message_hint
    assert hint is not None
    assert hint.endswith(f"GRANT {APP_ROLE} TO {owner};")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("GRANT daybook_app TO {}").format(sql.Identifier(owner)))

    assert migrate(ordinary)
    async with Log(ordinary, "network") as log:
        assert await log.append(proposal(event(), boundary=within("review:maple"))) == Appended((1,), repeated=False)
    with psycopg.connect(ordinary) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM events")


def test_migrations_are_applied_once(database: str) -> None:
    assert migrate(database) == []


def test_an_applied_migration_is_never_edited(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE migrations SET sha256 = 'of another text' WHERE name = '0001_log'")
    with pytest.raises(MigrationChanged, match="0001_log"):
        migrate(database)
