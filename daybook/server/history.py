"""Looking back at one stream: its view at a moment, and the patches that led there.

The same folds as the live room, from storage. What a viewer is told of the past is cut by the same
audiences, so a value that was hidden then and never revealed stays hidden in a replay.
"""

from datetime import datetime

from daybook.server.codec import Codec
from daybook.server.live import Room, Step
from daybook.server.log import Log


async def room_at(log: Log, codec: Codec, stream: str, moment: int | datetime | None) -> tuple[Room, list[Step], int]:
    """Fold a stream up to a position or a time (all of it for None): the room, its steps, the position reached."""
    upto = moment if isinstance(moment, int) else None
    stored, position = await log.read_stream(stream, upto=upto)
    room = Room(stream)
    steps: list[Step] = []
    for event in stored:
        if isinstance(moment, datetime) and event.at > moment:
            position = event.position - 1
            break
        steps.append(room.step(codec.decode(event)))
    return room, steps, position
