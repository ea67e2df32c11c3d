"""A listener that says what it is told to, byte by byte if need be, and keeps what it hears."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterable, Iterator
from itertools import chain, repeat

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"

SLOW_ANSWERS: dict[str, tuple[bytes, bytes]] = {
    "a head that drips": (HEAD, b"X: y\r\n"),
    "`100 Continue` without end": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "trailers without end": (CHUNKED, b"X: y\r\n"),
    "a body that drips": (HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
    "a body that drips, of unknown length": (HEAD + b"\r\n", b"x"),
    "chunks that drip": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
}
"""How answers begin that never end, and how they go on."""


class Endless:
    """The pieces of such an answer, from the beginning each time."""

    def __init__(self, kind: str) -> None:
        self._begin, self._more = SLOW_ANSWERS[kind]

    def __iter__(self) -> Iterator[bytes]:
        return chain([self._begin], repeat(self._more))


class RawServer:
    """Sends given pieces to each client, with pauses between, and then hangs up.

    Args:
        pieces: what each client gets, anew for each.
        pause_s: between two pieces.
        hears: waits for the client to say something first.
        lingers: says nothing more in the end, and does not hang up.
    """

    def __init__(
        self,
        pieces: Iterable[bytes] = (),
        *,
        pause_s: float = 0.0,
        hears: bool = True,
        lingers: bool = False,
    ) -> None:
        outer = self
        self.seen: list[bytes] = []
        self.sent = 0
        self.stopping = threading.Event()

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                if hears:
                    outer.seen.append(self.request.recv(10_000))
                for piece in pieces:
                    try:
                        self.request.sendall(piece)
                    except OSError:
                        return
                    outer.sent += len(piece)
                    if outer.stopping.wait(pause_s):
                        return
                if lingers:
                    outer.stopping.wait()

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> RawServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
