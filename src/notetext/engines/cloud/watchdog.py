"""Ends requests by the clock, or when their caller gives up: from outside, whatever they wait for.

A time-out of a socket counts from one byte to the next, so that a server which sends one now and
then is waited for without end. Shutting the connection down from another thread ends every wait on
it: for a proxy's answer, the TLS handshake, a request to go out, an answer's head, body, trailers.
"""

from __future__ import annotations

import math
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum, auto

from notetext.engines import CancelToken

_EVERY_S = 0.05
_LINGER_S = 1.0


class Stage(Enum):
    """How far a request is."""

    CONNECTING = auto()
    TUNNELLING = auto()
    SHAKING_HANDS = auto()
    SENDING = auto()
    WAITING = auto()
    READING = auto()


class Watch:
    """One request on its way: how far it is, and when that must have an end.

    Attributes:
        stage: how far it is.
        sent: it may have reached the service.
        fresh: it needs a connection of its own.
        proxy: where the connection leads through, as host and port, or an empty string.
        cut: the connection was shut down.

    Args:
        limits_s: seconds that a stage may take, from where it begins to the end of those after it
            that have no limit of their own.
        within_s: seconds that all of it may take.
        cancel: set when the caller gives up before, or ``None``.
        patience_s: seconds that a request which was sent is still waited for then.
        fresh: it needs a connection of its own.
    """

    def __init__(
        self,
        limits_s: Mapping[Stage, float],
        within_s: float = math.inf,
        cancel: CancelToken | None = None,
        patience_s: float = 0.0,
        *,
        fresh: bool = False,
    ) -> None:
        self._limits_s = limits_s
        self._started = time.monotonic()
        self._end = self._started + within_s
        self._stage_end = math.inf
        self._cancel = cancel
        self._patience_s = patience_s
        self._given_up_at: float | None = None
        self._lever: socket.socket | None = None
        self._lock = threading.Lock()
        self.stage = Stage.CONNECTING
        self.sent = False
        self.fresh = fresh
        self.proxy = ""
        self.cut = False
        self.enter(Stage.CONNECTING)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the request was begun."""
        return time.monotonic() - self._started

    @property
    def remaining_s(self) -> float:
        """Seconds until the request or its present stage must have an end."""
        return min(self._end, self._stage_end) - time.monotonic()

    @property
    def given_up(self) -> bool:
        """Whether the caller gave up."""
        return self._cancel is not None and self._cancel.is_set()

    @property
    def over(self) -> bool:
        """Whether all of the request has taken as long as it may."""
        return time.monotonic() >= self._end

    def enter(self, stage: Stage) -> None:
        """Begins a stage, unless the connection was shut down: then nothing more goes out on it."""
        if self.cut:
            return
        self.stage = stage
        if stage in self._limits_s:
            self._stage_end = time.monotonic() + self._limits_s[stage]
        if stage is Stage.SENDING:
            # From now on, nobody can tell whether it reached the service.
            self.sent = True

    def hold(self, connection: socket.socket) -> None:
        """Takes the connection that is to be shut down.

        A duplicate of it is kept: that still leads to the connection when TLS has taken the socket
        over, and never to another one whose number is the same.
        """
        lever = socket.socket(fileno=socket.dup(connection.fileno()))
        with self._lock:
            before, self._lever = self._lever, lever
        if before is not None:
            before.close()
        if self.cut:
            self._shut_down()

    def look(self) -> None:
        """Shuts the connection down if it is time."""
        now = time.monotonic()
        if self._given_up_at is None and self.given_up:
            self._given_up_at = now + (self._patience_s if self.sent else 0.0)
        given_up = self._given_up_at is not None and now >= self._given_up_at
        if not self.cut and (given_up or now >= min(self._end, self._stage_end)):
            self.cut = True
            self._shut_down()

    def let_go(self) -> None:
        """Ends the watch; the connection stays as it is."""
        with self._lock:
            lever, self._lever = self._lever, None
        if lever is not None:
            lever.close()

    def _shut_down(self) -> None:
        with self._lock, suppress(OSError):  # It has come to an end by itself.
            if self._lever is not None:
                self._lever.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """Looks at all requests that are under way; safe to use from several threads.

    One thread does it for all of them. It begins with the first request, and ends when there has
    been none for a while.
    """

    def __init__(self) -> None:
        self._watches: set[Watch] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    @contextmanager
    def watching(self, watch: Watch) -> Iterator[None]:
        """A block in which a request is looked after."""
        with self._changed:
            self._watches.add(watch)
            self._closed = False
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._look_after_all, name="notetext-watchdog", daemon=True
                )
                self._thread.start()
            else:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._watches.discard(watch)

    def close(self) -> None:
        """Ends the thread as soon as nothing is under way; a further request begins another."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _look_after_all(self) -> None:
        while self._have_any():
            for watch in self._under_way():
                watch.look()
            time.sleep(_EVERY_S)

    def _under_way(self) -> list[Watch]:
        with self._changed:
            return list(self._watches)

    def _have_any(self) -> bool:
        """Whether there is something to look after, now or soon; if not, the thread is done."""
        with self._changed:
            if not self._watches and not self._closed:
                self._changed.wait(_LINGER_S)
            if not self._watches:
                self._thread = None
            return bool(self._watches)
