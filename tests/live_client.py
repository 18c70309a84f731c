"""A client of the live protocol, as the protocol's rules have it: what it believes after each frame."""

from typing import Any

import msgspec


class Believed:
    """One viewer's view of one stream, folded from frames."""

    def __init__(self, stream: str) -> None:
        """Know nothing yet."""
        self.stream = stream
        self.view: dict[str, Any] = {}
        self.position: int | None = None
        self.gap = False
        self.frames: list[str] = []

    def take(self, text: str) -> None:
        """Take in one frame. At or before mine: ignored; a `previous` after mine: there is a gap."""
        self.frames.append(text)
        message = msgspec.json.decode(text)
        match message["type"]:
            case "snapshot":
                self.view, self.position, self.gap = message["view"], message["position"], False
            case "patch":
                self._patch(message)
            case "patches":
                for patched in message["patches"]:
                    self._patch(patched)
            case "resync":
                self.view, self.position = {}, None
            case _:
                pass  # presence and the like are no part of the view

    def _patch(self, patched: dict[str, Any]) -> None:
        if self.position is None or patched["position"] <= self.position:
            return
        if patched["previous"] > self.position:
            self.gap = True
            return
        for key, value in patched["patch"].items():
            if value is None:
                self.view.pop(key, None)
            else:
                self.view[key] = value
        self.position = patched["position"]
