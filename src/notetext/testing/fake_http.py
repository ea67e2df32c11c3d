"""HTTP/1.1 by hand enough to break it: resets, silence, trickling bodies, idle closes."""

from __future__ import annotations

import itertools
import json
import logging
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from notetext.testing.faults import Effect, Fault

_log = logging.getLogger("notetext")


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What came from the client; the body is empty before it was read.

    Attributes:
        method: of HTTP.
        path: without the query.
        query: the first value of each name.
        headers: by lower-case names.
        body: as it came.
        connection: counts from 1; the same for requests on one connection.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    connection: int


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What goes back to the client."""

    status: int
    body: bytes = field(repr=False)
    media_type: str = "application/json"
    headers: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, fault: Fault) -> HttpAnswer:
        """The answer that a fault puts in place of the right one."""
        return cls(fault.status, fault.body.encode(), fault.media_type, fault.sent_headers())


def json_answer(value: Mapping[str, object], status: int = 200) -> HttpAnswer:
    """An answer in JSON."""
    return HttpAnswer(status, json.dumps(value).encode())


def problem_answer(
    status: int, title: str, media_type: str = "application/json", **more: object
) -> HttpAnswer:
    """A refusal as problem details (RFC 9457)."""
    problem = {"title": title, "status": status} | more
    return HttpAnswer(status, json.dumps(problem).encode(), media_type)


class FakeHttpServer:
    """Listens on a free port of the loopback interface, with a thread for each connection.

    Args:
        name: of its threads.
        planned: decides, once a request's headers have come, what will go wrong with it.
        answered: makes the answer once all of it has come.
        idle_close_s: a request on a connection that was idle for longer is dropped unanswered.
    """

    def __init__(
        self,
        name: str,
        planned: Callable[[HttpRequest], Fault | None],
        answered: Callable[[HttpRequest, Fault | None], HttpAnswer],
        idle_close_s: float | None,
    ) -> None:
        self.planned = planned
        self.answered = answered
        self.idle_close_s = idle_close_s
        self.connections = itertools.count(1)
        self.stopping = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name=name, daemon=True
        )

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        """Begins to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stops listening and drops the connections."""
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.drop_connections()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    # Threads end when their connections are dropped, and `server_close` waits for that.
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, owner: FakeHttpServer) -> None:
        self.owner = owner
        self.reset: set[socket.socket] = set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        if request in self.reset:
            self.reset.discard(request)
            # With a linger time of 0, closing sends a reset instead of a proper end.
            request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            request.close()
        else:
            super().shutdown_request(request)

    def drop_connections(self) -> None:
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:  # The client has closed it already.
                    continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # Clients may hang up when they like.
            _log.error("the fake server failed", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Headers and body go out as one piece, at once.
    disable_nagle_algorithm = True
    wbufsize: ClassVar[int] = -1

    def setup(self) -> None:
        super().setup()
        self._number = next(self.server.owner.connections)
        self._answered_at = time.monotonic()

    def do_POST(self) -> None:
        self._serve()

    def do_GET(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        owner = self.server.owner
        idle_s = time.monotonic() - self._answered_at
        if owner.idle_close_s is not None and idle_s > owner.idle_close_s:
            self._drop()
            return
        fault = owner.planned(self._received(b""))
        effect = fault.effect if fault is not None else None
        if effect is Effect.RESET_BEFORE_BODY:
            self._drop()
            return
        body = self._body()
        answer = owner.answered(self._received(body), fault)
        if effect is Effect.RESET_AFTER_BODY:
            self._drop()
        elif effect is Effect.SILENCE and fault is not None:
            owner.stopping.wait(fault.seconds)
            self._drop()
        elif effect is Effect.RESET_WITHIN_ANSWER:
            self._begin(answer)
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.wfile.flush()
            self._drop()
        else:
            self._send(answer, fault.seconds if fault and effect is Effect.TRICKLE else 0.0)
        self._answered_at = time.monotonic()

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").casefold() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():  # Trailers, up to an empty line.
            pass

    def _received(self, body: bytes) -> HttpRequest:
        url = urlsplit(self.path)
        return HttpRequest(
            method=self.command,
            path=url.path,
            query={name: values[0] for name, values in parse_qs(url.query).items()},
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
            connection=self._number,
        )

    def _begin(self, answer: HttpAnswer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()

    def _send(self, answer: HttpAnswer, pause_s: float) -> None:
        self._begin(answer)
        if not pause_s:
            self.wfile.write(answer.body)
        for place in range(len(answer.body) if pause_s else 0):
            self.wfile.write(answer.body[place : place + 1])
            self.wfile.flush()
            if self.server.owner.stopping.wait(pause_s):
                break
        self.wfile.flush()

    def _drop(self) -> None:
        self.close_connection = True
        self.server.reset.add(self.connection)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""
