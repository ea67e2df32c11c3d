"""Waits that take no time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from notetext.engines import CancelToken
from notetext.engines.cloud.waiting import waiting_in_tests


class NoWaiting:
    """A clock that jumps over every wait, and remembers how long each would have been.

    Give it to ``AsposeEngine(waiting=…)``. Let the `FakeAsposeServer` answer after a number of
    looks then, not of seconds: its own clock does not jump.

    Attributes:
        waits: the seconds of each wait, in the order in which they were asked for.
    """

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._skipped = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        """Seconds on the scale of `time.monotonic`, plus those that were skipped."""
        return time.monotonic() + self._skipped

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        """Moves the clock on and returns at once."""
        with self._lock:
            self.waits.append(seconds)
            self._skipped += seconds


@contextmanager
def no_waiting() -> Iterator[NoWaiting]:
    """Lets every `AsposeEngine` that is made inside the block skip its waits.

    For programs that make their engine themselves. It holds in this thread only.

    >>> from notetext.testing import no_waiting
    >>> from notetext.engines.aspose import AsposeEngine
    >>> with no_waiting() as clock:
    ...     engine = AsposeEngine()
    >>> clock.waits
    []
    """
    clock = NoWaiting()
    token = waiting_in_tests.set(clock)
    try:
        yield clock
    finally:
        waiting_in_tests.reset(token)
