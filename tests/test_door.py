"""A decision is made on what belongs together, whatever the follower brings while it is being prepared."""

from daybook.events import people
from daybook.events.streams import State
from daybook.server.codec import Codec
from daybook.server.door import Door
from daybook.server.log import Log
from daybook.server.warm import Held
from tests.small_network import Clock, Sender, found

PAGE = "elm-june"


class Overtaken(Door):
    """A door whose follower brings news of a stream just after a decision has named what else it looks at."""

    async def _held(self, stream: str, *, fresh: bool) -> Held[State]:
        if stream == people.STREAM:
            await self.states.refresh(f"outcomes:{PAGE}")
        return await super()._held(stream, fresh=fresh)


async def test_a_stream_that_moves_on_while_others_are_read_is_decided_on_what_it_names_by_then(log: Log) -> None:
    codec = Codec()
    sender = Sender(log, codec)
    await found(sender)
    await sender.send("adi", "grant-role", person="hob", role="network-leader")
    door = Overtaken(log, codec, Clock())
    await door.states.get(f"outcomes:{PAGE}")  # held as it was before it began
    await sender.send("pat", "begin-outcomes", outcomes=PAGE, school="elm", year=2026, rubric="three")
    sender.door = door
    words = dict.fromkeys(("statement", "measure", "school_commitment", "home_commitment"), "Words")
    aim = {"indicators": [{"indicator": "CI.1"}], "target": 3}
    assert await sender.send("pat", "propose-outcome", outcomes=PAGE, outcome="readers", **aim, **words)
