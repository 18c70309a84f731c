"""A small network for tests that need many: one school, a rubric of three levels, and a review that is open."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from daybook.server.codec import Codec
from daybook.server.door import Door, Envelope
from daybook.server.log import Log

REVIEW = "elm-spring"
STREAM = f"review:{REVIEW}"
FOCUS = ("CI.1", "CI.2")
REVIEWERS = ("ana", "ben", "chiyo")
TEAM = {"fay": "facilitator", **dict.fromkeys(REVIEWERS, "reviewer"), "olu": "observer"}
LEVELS = 3


class Clock:
    """A clock that moves one second whenever it is asked."""

    def __init__(self) -> None:
        """Begin on a morning in March."""
        self.at = datetime(2026, 3, 17, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time, and move on."""
        self.at += timedelta(seconds=1)
        return self.at


class Sender:
    """Sends commands whose ids count up, so that two histories of the same length have the same ids."""

    def __init__(self, log: Log, codec: Codec, clock: Callable[[], datetime] | None = None) -> None:
        """Send through a door of its own."""
        self.door = Door(log, codec, clock or Clock())
        self._count = 0

    async def send(self, actor: str, kind: str, /, **data: Any) -> tuple[int, ...]:
        """Send a command; refusals are raised."""
        self._count += 1
        return await self.door.handle(actor, Envelope(uuid5(NAMESPACE_URL, str(self._count)), kind, data))


def said(text: str) -> dict[str, str]:
    """Say the same in both languages."""
    return {"en": text, "es": text}


async def found(sender: Sender) -> None:
    """Make the network and open the review."""
    send = sender.send
    await send("adi", "grant-role", person="adi", role="network-administrator")
    await send("adi", "grant-role", person="aud", role="auditor")
    await send("adi", "add-school", school="elm", name="Elm Street School", grades="elementary")
    await send("adi", "grant-role", person="pat", role="school-leader", school="elm")
    levels = [said(name) for name in ("low", "middle", "high")]
    await send("adi", "draft-rubric", rubric="three", title=said("Three"), note=said("Three levels"), levels=levels)
    await send("adi", "add-system", rubric="three", code="CI", name=said("Curriculum"))
    for code in FOCUS:
        await send(
            "adi",
            "add-indicator",
            rubric="three",
            system="CI",
            code=code,
            statement=said(code),
            acts=said("Teams"),
            look_fors=[],
            descriptors=levels,
        )
    await send("adi", "publish-rubric", rubric="three")
    team = [{"person": person, "role": role} for person, role in TEAM.items()]
    await send(
        "adi",
        "schedule-review",
        review=REVIEW,
        school="elm",
        date="2026-03-17",
        rubric="three",
        focus=list(FOCUS),
        team=team,
    )
    await send("fay", "open-review", review=REVIEW)
