"""The passing of time, as something that tests can replace."""

from __future__ import annotations

import math
import threading
import time
from contextvars import ContextVar
from typing import Protocol

from notetext.engines import CancelToken, Request
from notetext.errors import CancelledError, EngineTimeoutError

_SLICE_S = 0.05


class Waiting(Protocol):
    """A clock, and how to wait on it. Safe to call from several threads."""

    def now(self) -> float:
        """Seconds, on the scale of `time.monotonic`."""
        ...

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        """Returns after ``seconds``, or at once when ``cancel`` is set."""
        ...


class RealWaiting:
    """Waits on the machine's own clock."""

    def now(self) -> float:
        """`time.monotonic`."""
        return time.monotonic()

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        """Sleeps; a token that is no `threading.Event` is asked 20 times a second."""
        if cancel is None:
            time.sleep(seconds)
        elif isinstance(cancel, threading.Event):
            cancel.wait(seconds)
        else:
            end = time.monotonic() + seconds
            while not cancel.is_set() and (rest := end - time.monotonic()) > 0:
                time.sleep(min(_SLICE_S, rest))


waiting_in_tests: ContextVar[Waiting | None] = ContextVar("waiting_in_tests", default=None)
"""What `notetext.testing.no_waiting` sets for the engines that are made in its block."""


def current_waiting() -> Waiting:
    """What an engine that is made here waits with."""
    return waiting_in_tests.get() or RealWaiting()


class Patience:
    """How long one caller waits, and whether the caller is still there.

    Args:
        waiting: the clock.
        request: what holds the deadline and the token of the caller.
    """

    def __init__(self, waiting: Waiting, request: Request | None = None) -> None:
        self._waiting = waiting
        self._deadline = math.inf
        self._cancel: CancelToken | None = None
        if request is not None:
            self._deadline = math.inf if request.deadline is None else request.deadline
            self._cancel = request.cancel

    def now(self) -> float:
        """Seconds on the clock."""
        return self._waiting.now()

    def remaining_s(self) -> float:
        """Seconds to the caller's deadline; infinite if there is none."""
        return self._deadline - self.now()

    def check_cancelled(self) -> None:
        """Raises if the caller gave up.

        Raises:
            CancelledError: the caller cancelled.
        """
        if self._cancel is not None and self._cancel.is_set():
            raise CancelledError("the caller cancelled the recognition")

    def check(self) -> None:
        """Raises if the caller gave up or the deadline is over.

        Raises:
            CancelledError: the caller cancelled.
            EngineTimeoutError: the deadline is over.
        """
        self.check_cancelled()
        if self.remaining_s() <= 0:
            raise EngineTimeoutError(
                "the page was not submitted in time; raise limits.timeout_s", engine="aspose"
            )

    def sleep(self, seconds: float) -> None:
        """Waits, but not on a caller who gives up meanwhile.

        Raises:
            CancelledError: the caller cancelled; at once, not after ``seconds``.
        """
        self.check_cancelled()
        self._waiting.wait(max(0.0, seconds), self._cancel)
        self.check_cancelled()

    def acquire(self, lock: threading.Lock | threading.Semaphore) -> None:
        """Takes a lock that other threads may hold while they talk to the service.

        Raises:
            CancelledError: the caller cancelled.
            EngineTimeoutError: the deadline is over.
        """
        while not lock.acquire(timeout=_SLICE_S):
            self.check()
