"""Who is asking: people's names, passwords, and sessions that can be revoked.

Names and ways to sign in are kept here, outside the log, which holds ids only. A session's token is
random and only its hash is stored; a copy of the database signs nobody in.
"""

import asyncio
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec
import psycopg
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from daybook.events.core import Name, PersonId
from daybook.server.database import Database

SESSION_LASTS = timedelta(days=14)
_ATTEMPTS_COUNT_FOR = timedelta(minutes=15)
# Behind one address there may be a whole school, on the morning when everybody signs in.
_ATTEMPTS_ALLOWED = {"name": 10, "address": 100}
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$cTLEXkOLe1vxhvNwCC2oiw$9H/lQKP+jPv68k5kcVPM7phcBH7gdQpLhwdnDNnn6Tc"
"""Checked when there is no such name, so that its absence takes as long as a wrong password.

It was made of a random password that nobody kept, by the settings that passwords are hashed with.
"""


class Person(msgspec.Struct, frozen=True):
    """Someone known to the network: an id, which the log uses, and a name, which it does not."""

    id: PersonId
    name: Name


class SignInNameTaken(Exception):
    """Somebody else of the network signs in by this name."""


class TooManyAttempts(Exception):
    """Signing in failed too often for this name or from this address."""


class Identity:
    """People and sessions of one network."""

    def __init__(self, database: Database, network: str) -> None:
        """Keep a network's people in this database."""
        self._database, self._network = database, network
        self._hasher = PasswordHash((Argon2Hasher(),))

    async def _run(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        return await self._database.run(query, network=self._network, **values)

    async def add_person(self, person: Person, sign_in_name: str | None = None, password: str | None = None) -> None:
        """Add someone, or give them this name and password from now on. Raises SignInNameTaken."""
        # Hashing is slow by design, so it runs beside the event loop.
        hashed = await asyncio.to_thread(self._hasher.hash, password) if password is not None else None
        try:
            await self._run(
                """
                INSERT INTO people (network, person, name, sign_in_name, password_hash)
                VALUES (%(network)s, %(id)s, %(name)s, %(sign_in)s, %(hashed)s)
                ON CONFLICT (network, person) DO UPDATE
                SET name = excluded.name, sign_in_name = excluded.sign_in_name, password_hash = excluded.password_hash
                """,
                id=person.id,
                name=person.name,
                sign_in=sign_in_name.casefold() if sign_in_name else None,
                hashed=hashed,
            )
        except psycopg.errors.UniqueViolation as error:
            raise SignInNameTaken from error

    async def names(self, ids: Iterable[str] | None = None) -> dict[str, str]:
        """Return names by id: of these people, or of all when no ids are given."""
        wanted = None if ids is None else list(ids)
        rows = await self._run(
            """
            SELECT person, name FROM people WHERE network = %(network)s
            AND (%(ids)s::text[] IS NULL OR person = ANY (%(ids)s)) ORDER BY name
            """,
            ids=wanted,
        )
        return dict(rows)

    async def person(self, id: str) -> Person | None:
        """Return someone by id."""
        names = await self.names([id])
        return Person(id, names[id]) if id in names else None

    async def check_password(self, sign_in_name: str, password: str, address: str, at: datetime) -> Person | None:
        """Return who this is, None when name or password is wrong. Raises TooManyAttempts.

        An attempt is counted as failed before the password is looked at, and taken off when it was right:
        a thousand attempts at once are no way around the limit.
        """
        subjects = [f"name:{sign_in_name.casefold()}"[:200], f"address:{address}"]
        await self._count_attempt(subjects, at)
        if await self._too_many(subjects, at - _ATTEMPTS_COUNT_FOR):
            await self._uncount_attempt(subjects, at)  # or trying on would lock the real person out for ever
            raise TooManyAttempts
        rows = await self._run(
            "SELECT person, name, password_hash FROM people WHERE network = %(network)s AND sign_in_name = %(name)s",
            name=sign_in_name.casefold(),
        )
        hashed = rows[0][2] if rows and rows[0][2] else NOBODY
        right = await asyncio.to_thread(self._hasher.verify, password, hashed)
        if not (right and rows and rows[0][2]):
            return None
        await self._uncount_attempt(subjects, at)
        return Person(rows[0][0], rows[0][1])

    async def _count_attempt(self, subjects: list[str], at: datetime) -> None:
        await self._run(
            "DELETE FROM sign_in_failures WHERE network = %(network)s AND at < %(since)s",
            since=at - _ATTEMPTS_COUNT_FOR,
        )
        await self._run(
            """
            INSERT INTO sign_in_failures (network, subject, at)
            SELECT %(network)s, unnest(%(subjects)s::text[]), %(at)s
            """,
            subjects=subjects,
            at=at,
        )

    async def _too_many(self, subjects: list[str], since: datetime) -> bool:
        counted = await self._run(
            """
            SELECT subject, count(*) FROM sign_in_failures
            WHERE network = %(network)s AND subject = ANY (%(subjects)s) AND at > %(since)s GROUP BY subject
            """,
            subjects=subjects,
            since=since,
        )
        return any(count > _ATTEMPTS_ALLOWED[subject.partition(":")[0]] for subject, count in counted)

    async def _uncount_attempt(self, subjects: list[str], at: datetime) -> None:
        # One row of each subject; rows of the same moment are as good as each other.
        await self._run(
            """
            DELETE FROM sign_in_failures WHERE ctid IN (
                SELECT DISTINCT ON (subject) ctid FROM sign_in_failures
                WHERE network = %(network)s AND subject = ANY (%(subjects)s) AND at = %(at)s
            )
            """,
            subjects=subjects,
            at=at,
        )

    async def start_session(self, person: str, at: datetime) -> str:
        """Begin a session and return its token, which is shown only now."""
        token = secrets.token_urlsafe(32)
        await self._run(
            "DELETE FROM sessions WHERE network = %(network)s AND expires_at < %(at)s",
            at=at,
        )
        await self._run(
            """
            INSERT INTO sessions (token_sha256, network, person, created_at, expires_at)
            VALUES (%(hashed)s, %(network)s, %(person)s, %(at)s, %(expires)s)
            """,
            hashed=_hash(token),
            person=person,
            at=at,
            expires=at + SESSION_LASTS,
        )
        return token

    async def who(self, token: str, at: datetime) -> Person | None:
        """Return whose session this is, None when it has expired, was revoked, or never was."""
        rows = await self._run(
            """
            SELECT p.person, p.name FROM sessions AS s JOIN people AS p USING (network, person)
            WHERE s.token_sha256 = %(hashed)s AND s.network = %(network)s
            AND s.revoked_at IS NULL AND s.expires_at > %(at)s
            """,
            hashed=_hash(token),
            at=at,
        )
        return Person(*rows[0]) if rows else None

    async def still_valid(self, tokens: Iterable[str], at: datetime) -> set[str]:
        """Return those of these sessions that are neither expired nor revoked."""
        by_hash = {_hash(token): token for token in tokens}
        rows = await self._run(
            """
            SELECT token_sha256 FROM sessions WHERE network = %(network)s AND token_sha256 = ANY (%(hashes)s)
            AND revoked_at IS NULL AND expires_at > %(at)s
            """,
            hashes=list(by_hash),
            at=at,
        )
        return {by_hash[bytes(row[0])] for row in rows}

    async def end_session(self, token: str, at: datetime) -> None:
        """Revoke one session, at sign-out."""
        await self._run(
            "UPDATE sessions SET revoked_at = %(at)s WHERE token_sha256 = %(hashed)s", hashed=_hash(token), at=at
        )

    async def end_sessions_of(self, person: str, at: datetime) -> None:
        """Revoke all of someone's sessions."""
        await self._run(
            """
            UPDATE sessions SET revoked_at = %(at)s
            WHERE network = %(network)s AND person = %(person)s AND revoked_at IS NULL
            """,
            person=person,
            at=at,
        )


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
