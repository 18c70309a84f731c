"""A process that appends until it is killed: `python -m tests.log_worker <conninfo> <file>`.

It proposes commands of one to three events and, with two tasks, claims one number after the other against all
other workers. Each acknowledgement is a line of the file: command, first and last position. When the log is
unavailable it sends the same command again, as a device would.
"""

import asyncio
import os
import random
import sys

from daybook.events.core import Match
from daybook.server.log import Appended, Conflict, Log, LogUnavailable, Proposal
from tests.proposals import event, proposal

TASKS = 6


async def send(log: Log, given: Proposal, acknowledged: int) -> None:
    while True:
        try:
            answer: Appended = await log.append(given)
        except LogUnavailable:
            continue
        break
    line = f"{given.command} {answer.positions[0]} {answer.positions[-1]}\n"
    os.write(acknowledged, line.encode())


async def append(log: Log, acknowledged: int) -> None:
    while True:
        events = [event(f"review:{random.randrange(9)}", data=f'"{i}"') for i in range(random.randint(1, 3))]
        await send(log, proposal(*events), acknowledged)


async def claim(log: Log, acknowledged: int) -> None:
    number = 0
    while True:
        tag = f"claim:{number}"
        given = proposal(event("claims", "claimed", tag), boundary=(Match(("claimed",), (tag,)),))
        try:
            await send(log, given, acknowledged)
        except Conflict:
            number += 1


async def main(conninfo: str, file: str) -> None:
    acknowledged = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    async with Log(conninfo, "network") as log:
        others = [append(log, acknowledged) for _ in range(TASKS)]
        await asyncio.gather(claim(log, acknowledged), claim(log, acknowledged), *others)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
