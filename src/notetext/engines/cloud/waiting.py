"""The passing of time, as something that tests can replace."""

from __future__ import annotations

import threading
import time
from contextvars import ContextVar
from typing import Protocol

from notetext.engines import CancelToken

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
