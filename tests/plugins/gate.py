"""A gate before a server on this machine: it speaks TLS, or lets nobody in."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import trustme

Door = Literal["open", "shut", "broken", "mute", "untrusted", "expired", "elsewhere", "endless"]


_LONG_AGO, _DAY = datetime(2020, 1, 1, tzinfo=UTC), timedelta(days=1)


class Gate:
    """Stands before the service: speaks TLS, passes requests on, or lets nobody in.

    Args:
        target: the service's port.
        authority: whom the client trusts.
        answer: what the door "endless" answers, byte by byte.
    """

    def __init__(self, target: int, authority: trustme.CA, answer: Iterable[bytes] = ()) -> None:
        self._target = target
        self._answer = answer
        self._contexts: dict[str, ssl.SSLContext] = {
            "open": _context(authority.issue_cert("127.0.0.1")),
            "untrusted": _context(trustme.CA().issue_cert("127.0.0.1")),
            "elsewhere": _context(authority.issue_cert("elsewhere.example")),
            "expired": _context(
                authority.issue_cert("127.0.0.1", not_before=_LONG_AGO, not_after=_LONG_AGO + _DAY)
            ),
        }
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self._door: Door = "open"
        self.turn("open")
        self.url = f"https://127.0.0.1:{self._port}"

    def turn(self, door: Door) -> None:
        """From now on; connections of before are closed."""
        self.close()
        self._door = door
        if door != "shut":
            self._open()

    def close(self) -> None:
        """Closes all that is open."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None

    def _open(self) -> None:
        gate, connections = self, []

        class Server(ThreadingHTTPServer):
            daemon_threads = False

            def get_request(self) -> tuple[socket.socket, Any]:
                connection, address = super().get_request()
                if gate._door == "broken":
                    connection.close()
                    raise OSError("nobody is let in")
                if gate._door == "mute":
                    connections.append(connection)
                    raise OSError("nobody is answered")
                context = gate._contexts.get(gate._door, gate._contexts["open"])
                try:
                    connection = context.wrap_socket(connection, server_side=True)
                except OSError:
                    connection.close()
                    raise
                connections.append(connection)
                return connection, address

            def server_close(self) -> None:
                for connection in connections:
                    try:
                        connection.shutdown(socket.SHUT_RDWR)
                    except OSError:  # It is closed already.
                        continue
                    finally:
                        if gate._door == "mute":
                            connection.close()
                super().server_close()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if gate._door == "endless":
                    self._drip(gate._answer)
                    return
                service = http.client.HTTPConnection("127.0.0.1", gate._target, timeout=5)
                service.request(self.command, self.path, body, dict(self.headers))
                answer = service.getresponse()
                content = answer.read()
                service.close()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def _drip(self, pieces: Iterable[bytes]) -> None:
                self.close_connection = True
                with suppress(OSError):
                    for piece in pieces:
                        self.wfile.write(piece)
                        time.sleep(0.02)

            do_GET = do_DELETE = do_POST  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = Server(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.005,))
        self._thread.start()


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
