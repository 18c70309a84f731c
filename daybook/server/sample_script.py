"""What is to be sent for the sample network, each command with its time, before any of it is sent.

Stories of several schools run side by side, and the log's times must go up with its positions: so
every story is written down whole, and what it asks for is sent in the order of time.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from daybook.server.codec import Codec
from daybook.server.door import Door, Envelope
from daybook.server.log import Log

_BREATH = timedelta(seconds=17)


class Step(NamedTuple):
    """A command that someone sends at a time."""

    at: datetime
    actor: str
    kind: str
    data: dict[str, Any]

    @property
    def id(self) -> UUID:
        """An id that follows from what is said, by whom, and when."""
        said = f"{self.actor}:{self.kind}:{sorted(self.data.items())}:{self.at.isoformat()}"
        return uuid5(NAMESPACE_URL, f"daybook:{said}")


class Script:
    """A story as it is written down, some seconds from one command to the next unless it waits."""

    def __init__(self, at: datetime) -> None:
        """Start the clock."""
        self.at = at
        self.steps: list[Step] = []

    def send(self, actor: str, kind: str, /, **data: Any) -> None:
        """Have someone send a command some seconds after the last one."""
        self.at += _BREATH
        self.steps.append(Step(self.at, actor, kind, data))

    def wait_until(self, at: datetime) -> None:
        """Move the clock on."""
        self.at = at


async def play(log: Log, codec: Codec, stories: Iterable[Script], last: UUID) -> None:
    """Send what all stories ask for in the order of time, the last command under the id `last`.

    A command that was sent before takes no effect again.
    """
    steps = sorted((step for story in stories for step in story.steps), key=attrgetter("at"))
    now = steps[0].at
    door = Door(log, codec, lambda: now)
    for number, step in enumerate(steps, start=1):
        now = step.at
        await door.handle(step.actor, Envelope(last if number == len(steps) else step.id, step.kind, step.data))
