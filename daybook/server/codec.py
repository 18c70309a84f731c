"""Between domain events and what the log stores: JSON text with prose taken out, tags, upcasting.

The JSON of an event is written once and kept byte for byte. Where the event has prose, the JSON has
`{"sha256": …}`, a salted commitment; the words and the salt go to a side table from which they can
be erased. Reading puts the words back, or None where they are gone.
"""

import hashlib
import secrets
from typing import Any

import msgspec

from daybook.events.core import Event, Prose, Recorded, stored_name
from daybook.events.streams import AnyCommand, AnyEvent, State, tags
from daybook.server.log import NewEvent, ProseRow, StoredEvent, commit_prose

_SALT_BYTES = 16


class Codec:
    """Encodes and decodes events and commands. It holds reusable buffers: one per thread."""

    def __init__(self) -> None:
        """Build the encoders once; they are the costly part."""
        self._rows: list[ProseRow] = []
        self._words: dict[str, str] = {}
        self._encoder = msgspec.json.Encoder(enc_hook=self._take_out)
        self._decoder = msgspec.json.Decoder(AnyEvent, dec_hook=self._put_back)

    def _take_out(self, value: object) -> object:
        if not isinstance(value, Prose) or value.text is None:
            raise NotImplementedError(f"{type(value).__name__} cannot be stored")
        salt = secrets.token_bytes(_SALT_BYTES)
        commitment = commit_prose(value.text, salt)
        self._rows.append(ProseRow(commitment, salt, value.text))
        return {"sha256": commitment}

    def _put_back(self, kind: type, value: Any) -> Prose:
        if kind is not Prose:
            raise NotImplementedError(f"{kind.__name__} cannot be read back")
        commitment = value["sha256"]
        return Prose(self._words.get(commitment), commitment)

    def encode(self, event: Event, state: State) -> NewEvent:
        """Make an event ready for the log; `state` is the one it was decided on, for the tags."""
        self._rows = []
        data = self._encoder.encode(event).decode()
        return NewEvent(type=stored_name(type(event)), tags=tags(event, state), data=data, prose=tuple(self._rows))

    def decode(self, stored: StoredEvent) -> Recorded:
        """Read an event back, with the words that have not been erased."""
        self._words = stored.prose or {}
        return Recorded(
            position=stored.position,
            at=stored.at,
            actor=stored.actor,
            command=stored.command,
            tags=stored.tags,
            event=self._decoder.decode(stored.data),
        )


def fingerprint(actor: str, command: AnyCommand) -> bytes:
    """Return the SHA-256 by which a second use of a command's id for something else is noticed.

    Whose command it is counts too: otherwise whoever saw the id of another person's blind rating
    could send guesses under it, and would learn from the answers which of them is right.
    """
    return hashlib.sha256(msgspec.json.encode((actor, command), order="deterministic")).digest()
