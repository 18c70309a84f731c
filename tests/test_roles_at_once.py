"""A role that was taken back counts from the answer on, not from when the follower has brought the event."""

from daybook.server.codec import Codec
from daybook.server.log import Log
from tests.small_network import Sender, found


async def test_whoever_lost_a_role_has_lost_it_once_that_is_answered(log: Log) -> None:
    sender = Sender(log, Codec())  # which no follower feeds
    await found(sender)
    assert (await sender.door.people()).leads("pat", "elm")
    await sender.send("adi", "revoke-role", person="pat", role="school-leader", school="elm")
    assert not (await sender.door.people()).leads("pat", "elm")
    await sender.send("adi", "grant-role", person="pat", role="school-leader", school="elm")
    assert (await sender.door.people()).leads("pat", "elm")
