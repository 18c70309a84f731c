"""The floor of the benchmarks of live rooms: a plain asyncio server that writes one prepared frame to every socket.

It answers any WebSocket handshake. On a connection that sends a line `go`, it writes the frame to all sockets;
with `go #0000012#`, a frame that has these nine characters in it.
"""

import asyncio
import base64
import hashlib
import sys
from typing import ClassVar, cast

_PLACE = b"#0000000#"
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3


def text_frame(text: bytes) -> bytes:
    """Lay out an unmasked text frame (RFC 6455, section 5.2)."""
    size = len(text)
    head = bytes([0x81, size]) if size < 126 else bytes([0x81, 126]) + size.to_bytes(2, "big")
    return head + text


class Floor(asyncio.Protocol):
    """One connection; `sockets` has those that finished a handshake."""

    sockets: ClassVar[set[asyncio.WriteTransport]] = set()
    frame = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Shake hands, or fan out."""
        if data.startswith(b"go"):
            for line in data.splitlines():
                frame = self.frame.replace(_PLACE, line[3:]) if len(line) > len(b"go") else self.frame
                for socket in self.sockets:
                    socket.write(frame)
            return
        for line in data.split(b"\r\n"):
            if line.lower().startswith(b"sec-websocket-key:"):
                accept = base64.b64encode(hashlib.sha1(line.split(b":", 1)[1].strip() + _GUID).digest())
                self.transport.write(
                    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
                )
                self.sockets.add(self.transport)

    def connection_lost(self, _error: Exception | None) -> None:
        """Forget the socket."""
        self.sockets.discard(self.transport)


async def serve(port: int, size: int) -> None:
    """Serve on loopback until killed, with a frame that is `size` bytes of text."""
    Floor.frame = text_frame(b'{"type":"patch","floor":"' + _PLACE + b"x" * (size - 27 - len(_PLACE)) + b'"}')
    server = await asyncio.get_running_loop().create_server(Floor, "127.0.0.1", port, backlog=2048)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(int(sys.argv[1]), int(sys.argv[2])))
