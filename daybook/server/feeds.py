"""Secret addresses of calendars: who made them, for which plan, and that they can be taken back.

An address is shown once, when it is made; only the hash of its secret is kept. Who holds it reads what its
person may see at that moment, and nothing once it is revoked.
"""

import secrets
from collections import deque
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from msgspec import Struct

from daybook.server.database import Database
from daybook.server.templates import Language

MOST_FEEDS = 5  # in use at once, for one person and plan
_READS_ALLOWED, _IN = 60, timedelta(minutes=10)  # for one address by one process; calendars ask a few times a day
_MOST_COUNTED = 10_000


class Feed(Struct, frozen=True):
    """An address that has not been revoked. `mine` is for one that tells only of what its person owns.

    `zone` names that of the device on which it was made, where that said it.
    """

    feed: int
    person: str
    plan: str
    language: Language
    mine: bool
    created_at: datetime
    read_at: datetime | None
    zone: str | None


class TooManyFeeds(Exception):
    """Someone has as many addresses for a plan as anyone may."""


class Feeds:
    """The addresses of one network."""

    def __init__(self, database: Database, network: str) -> None:
        """Keep them in this database."""
        self._database, self._network = database, network
        self._reads: dict[int, deque[datetime]] = {}

    async def _run(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        return await self._database.run(query, network=self._network, **values)

    async def make(
        self, person: str, plan: str, language: Language, at: datetime, *, mine: bool, zone: str | None
    ) -> str:
        """Make an address and return its secret, which is shown only now. Raises TooManyFeeds."""
        token = secrets.token_urlsafe(32)
        made = await self._run(
            """
            INSERT INTO feeds (token_sha256, network, person, plan, language, mine, created_at, zone)
            SELECT %(hashed)s, %(network)s, %(person)s, %(plan)s, %(language)s, %(mine)s, %(at)s, %(zone)s
            WHERE (
                SELECT count(*) FROM feeds
                WHERE network = %(network)s AND person = %(person)s AND plan = %(plan)s AND revoked_at IS NULL
            ) < %(most)s
            RETURNING feed
            """,
            hashed=_hash(token),
            person=person,
            plan=plan,
            language=language,
            mine=mine,
            at=at,
            zone=zone,
            most=MOST_FEEDS,
        )
        if not made:
            raise TooManyFeeds
        return token

    async def find(self, token: str) -> Feed | None:
        """Return the address with this secret, None when there is none or it was revoked."""
        rows = await self._run(
            """
            SELECT feed, person, plan, language, mine, created_at, read_at, zone FROM feeds
            WHERE network = %(network)s AND token_sha256 = %(hashed)s AND revoked_at IS NULL
            """,
            hashed=_hash(token),
        )
        return Feed(*rows[0]) if rows else None

    async def of(self, person: str, plan: str) -> list[Feed]:
        """List someone's addresses for a plan, oldest first."""
        rows = await self._run(
            """
            SELECT feed, person, plan, language, mine, created_at, read_at, zone FROM feeds
            WHERE network = %(network)s AND person = %(person)s AND plan = %(plan)s AND revoked_at IS NULL
            ORDER BY feed
            """,
            person=person,
            plan=plan,
        )
        return [Feed(*row) for row in rows]

    async def revoke(self, feed: int, person: str, plan: str, at: datetime) -> None:
        """Take an address back, if it is this person's for this plan; one that was taken back before stays so."""
        await self._run(
            """
            UPDATE feeds SET revoked_at = %(at)s
            WHERE network = %(network)s AND feed = %(feed)s AND person = %(person)s AND plan = %(plan)s
            AND revoked_at IS NULL
            """,
            feed=feed,
            person=person,
            plan=plan,
            at=at,
        )

    def may_read(self, feed: Feed, at: datetime) -> bool:
        """Count a reading of an address, and tell whether there were not too many of late."""
        if len(self._reads) > _MOST_COUNTED:
            self._reads.clear()
        reads = self._reads.setdefault(feed.feed, deque())
        while reads and reads[0] <= at - _IN:
            reads.popleft()
        if len(reads) >= _READS_ALLOWED:
            return False
        reads.append(at)
        return True

    async def was_read(self, feed: Feed, at: datetime) -> None:
        """Note that a calendar read an address, at most once a minute."""
        if feed.read_at is None or at - feed.read_at > timedelta(minutes=1):
            await self._run(
                "UPDATE feeds SET read_at = %(at)s WHERE network = %(network)s AND feed = %(feed)s",
                feed=feed.feed,
                at=at,
            )


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
