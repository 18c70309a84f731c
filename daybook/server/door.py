"""The one door by which anything enters the log: a command is parsed, decided, and appended.

People, forms, the sample network and later importers all come through here. A command is decided on
warm state, which may be a moment old. The append notices when something that matters came between
(a lost race: decide again), and a refusal on old state is decided once more on fresh state before
anyone hears of it.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

import msgspec
from msgspec import Struct

from daybook.events import people
from daybook.events.core import Event, Recorded, Refused, SaidNo, stored_name
from daybook.events.people import Context, People
from daybook.events.streams import AnyCommand, State, boundary, decide, evolve, initial, reads, stream_of
from daybook.server.codec import Codec, fingerprint
from daybook.server.explain import explain
from daybook.server.log import Conflict, Log, LogUnavailable, NewEvent, Proposal
from daybook.server.warm import Held, Warm

_ATTEMPTS = 20

Clock = Callable[[], datetime]


class Envelope(Struct, frozen=True, forbid_unknown_fields=True):
    """A command as it is sent: its id, made on the device, its type and data, and what it builds on."""

    id: UUID
    type: str
    data: dict[str, Any]
    after: UUID | None = None


class Malformed(SaidNo):
    """What was sent is not a command. The message says what to mend."""


class Door:
    """Decides commands and appends what they come to."""

    def __init__(self, log: Log, codec: Codec, clock: Clock) -> None:
        """Decide against the states of this log; `clock` gives the time that is recorded."""
        self._log, self._codec, self._clock = log, codec, clock
        self.states: Warm[State] = Warm(log, codec, initial, _evolve)

    def observe(self, page: list[Recorded]) -> None:
        """Keep the states current with a page from the follower."""
        self.states.observe(page)

    async def people(self) -> People:
        """Return the roles and teams as they stand."""
        state = (await self.states.get(people.STREAM)).value
        assert isinstance(state, People)
        return state

    async def handle(self, actor: str, envelope: Envelope) -> tuple[int, ...]:
        """Carry a command out and return the positions of its events; none when it had already happened.

        Sending an id again answers as the first time. Raises Malformed, Refused (NotAllowed among
        them), CommandIdReused, or LogUnavailable, after which sending again is safe.
        """
        return await self.carry_out(actor, envelope.id, parse(envelope), envelope.after)

    async def carry_out(self, actor: str, id: UUID, command: AnyCommand, after: UUID | None = None) -> tuple[int, ...]:
        """Carry out a parsed command; see `handle`."""
        if after is not None and await self._log.find_command(after) is None:
            raise Refused("The change that this one builds on has not arrived. Send that one first.")
        stream = stream_of(command)
        mark = fingerprint(actor, command)
        fresh = after is not None  # what it builds on may have come by another process a moment ago
        for _ in range(_ATTEMPTS):
            own = await self._held(stream, fresh=fresh)
            others_read = (people.STREAM, *reads(command, own.value))
            held = [own, *[await self._held(name, fresh=fresh) for name in others_read]]
            # From here to the proposal nothing waits, so the states and their positions belong together.
            complete_to = min(h.position for h in held)
            state, roles = held[0].value, held[1].value
            if (people.STREAM, *reads(command, state)) != others_read:
                continue  # the state moved on while the others were read, and names others now
            assert isinstance(roles, People)
            at = self._clock()
            others = {name: h.value for name, h in zip(others_read[1:], held[2:], strict=True)}
            try:
                events = decide(command, state, Context(actor=actor, at=at, people=roles, others=others))
            except Refused:
                if not fresh:
                    fresh = True
                    continue
                before = await self._log.find_command(id, mark)
                if before is None:
                    raise
                return before  # a resend of what was accepted, and would be refused by now
            if not events and not fresh:
                fresh = True
                continue
            rests_on = boundary(command, actor, state)
            proposal = Proposal(id, mark, actor, at, self._encode(events, state), rests_on, complete_to)
            try:
                positions = (await self._log.append(proposal)).positions
            except Conflict:
                fresh = True
                continue
            if stream == people.STREAM:  # who lost a role is shown nothing from the moment the answer is given
                await self.states.refresh(stream)
            return positions
        raise LogUnavailable("the same place is being changed by many at once")

    async def _held(self, stream: str, *, fresh: bool) -> Held[State]:
        return await (self.states.refresh(stream) if fresh else self.states.get(stream))

    def _encode(self, events: list[Event], state: State) -> tuple[NewEvent, ...]:
        """Make events ready for the log, each tagged on the state after those before it."""
        encoded = []
        if len(events) > 1:
            state = deepcopy(state)  # the warm state is folded from the log alone
        for place, event in enumerate(events, start=1):
            encoded.append(self._codec.encode(event, state))
            if place < len(events):
                state = evolve(state, event)
        return tuple(encoded)


def parse(envelope: Envelope) -> AnyCommand:
    """Turn an envelope into a command. Raises Malformed with a sentence about the first thing that is wrong."""
    return parse_command(envelope.type, envelope.data)


def parse_command(kind: str, data: dict[str, Any], *, strict: bool = True) -> AnyCommand:
    """Turn a type and its data into a command; not `strict` reads numbers from a form's text."""
    if "type" in data:
        raise Malformed("The type of a command stands beside its data, not in it.")
    if kind not in COMMANDS:
        raise Malformed("There is no command “{kind}”. The API's description lists them all.", kind=kind[:100])
    try:
        return msgspec.convert({"type": kind, **data}, COMMANDS[kind], strict=strict)
    except msgspec.ValidationError as error:
        said = explain(error, kind)
        raise Malformed(said.message, **said.values) from error


def _evolve(_stream: str, state: State, recorded: Recorded) -> State:
    return evolve(state, recorded.event)


COMMANDS: dict[str, type[AnyCommand]] = {stored_name(kind): kind for kind in get_args(AnyCommand)}
"""Every command by the name it is sent under, such as `give-rating`."""
