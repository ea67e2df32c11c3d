"""How fast the service is asked, by all threads together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import WaitFor
from notetext.errors import ConfigurationError


class RateLimit:
    """Spreads requests evenly, and keeps the number of tasks that are under way small.

    Args:
        requests_per_second: the most requests, of whatever kind; ``None``: any number.
        max_in_flight: the most tasks that are submitted and not done; ``None``: any number.

    Raises:
        ConfigurationError: a number is not positive.
    """

    def __init__(self, requests_per_second: float | None, max_in_flight: int | None) -> None:
        if requests_per_second is not None and requests_per_second <= 0:
            raise ConfigurationError("requests_per_second must be positive")
        if max_in_flight is not None and max_in_flight < 1:
            raise ConfigurationError("max_in_flight must be at least 1")
        self._gap_s = 0.0 if requests_per_second is None else 1 / requests_per_second
        self._next = 0.0
        self._lock = threading.Lock()
        self._tasks = None if max_in_flight is None else threading.Semaphore(max_in_flight)

    def wait_for_request(self, deadline: Deadline) -> None:
        """Returns when it is this request's turn.

        Raises:
            CancelledError: the caller gave up.
        """
        if not self._gap_s:
            return
        with self._lock:
            turn = max(deadline.now(), self._next)
            self._next = turn + self._gap_s
        deadline.sleep(turn - deadline.now(), WaitFor.TURN)

    @contextmanager
    def task(self, deadline: Deadline) -> Iterator[None]:
        """A block for each task that is under way.

        Raises:
            CancelledError: the caller gave up.
            EngineTimeoutError: the deadline came before it was this task's turn.
        """
        if self._tasks is None:
            yield
            return
        deadline.acquire(self._tasks, WaitFor.PLACE)
        try:
            yield
        finally:
            self._tasks.release()
