"""A proxy between browser and server, of the kinds that schools have: it falls silent, cuts lines, refuses sockets.

Silent is what half-open connections look like: bytes are taken, nothing is passed on, and nobody is told.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.server_fixtures import Server


class Proxy:
    """Stands at an address of its own in front of a server; give it to `sign_in` in its place."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ear.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.refuses_sockets = False
        """Whether a request to become a WebSocket is answered with 403, as by a proxy that knows only pages."""
        self.cuts_sockets_after: float | None = None
        """Seconds after which it ends a WebSocket, as a proxy does that has lost patience with a long request."""
        self.is_deaf = False
        """Whether new lines are taken, and nothing that comes over them is passed on."""
        self.refused = 0
        self.upgraded = 0
        self._lines: list[socket.socket] = []
        self._silent: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    def token(self, person: str) -> str:
        return self.server.token(person)

    def fall_silent(self) -> None:
        """Keep every line that is open, and pass nothing on over it ever again. New lines work."""
        self._silent.update(self._lines)

    def cut(self) -> None:
        """Close every line at once."""
        for line in list(self._lines):
            _close(line)

    def close(self) -> None:
        self._ear.close()
        self.cut()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._ear.accept()
                threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        self._lines.append(browser)
        if self.is_deaf:
            self._silent.add(browser)
        with suppress(OSError):
            head = browser.recv(65536)
            upgrade = b"upgrade: websocket" in head.lower()
            if upgrade and self.refuses_sockets:
                self.refused += 1
                browser.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                _close(browser)
                return
            with socket.create_connection(("127.0.0.1", self.server.port)) as server:
                if upgrade:
                    self.upgraded += 1
                    if self.cuts_sockets_after is not None:
                        threading.Timer(self.cuts_sockets_after, _close, (browser,)).start()
                if browser not in self._silent:
                    server.sendall(head)
                back = threading.Thread(target=self._pass_on, args=(server, browser, browser), daemon=True)
                back.start()
                self._pass_on(browser, server, browser)
                back.join()
        _close(browser)

    def _pass_on(self, source: socket.socket, sink: socket.socket, line: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if line not in self._silent:
                    sink.sendall(data)
        if line not in self._silent:
            for end in (source, sink):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)


def _close(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()


@contextmanager
def proxy_for(server: Server) -> Iterator[Proxy]:
    """Put a proxy before a server for a while."""
    proxy = Proxy(server)
    try:
        yield proxy
    finally:
        proxy.close()
