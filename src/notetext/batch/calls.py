"""Calls that wait for a thread, of which there are few."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from notetext.engines import Engine

_T = TypeVar("_T")

_WAITING = 32
"""So many threads may wait for a service."""


class Calls:
    """Runs calls in threads, no more at once than an engine takes; the rest wait in turn.

    Safe to use from several threads and event loops. Its threads start when they are needed. A
    copy in another process begins without any.

    Args:
        engine: whose calls they are.
        isolated: whether each takes a process.
    """

    def __init__(self, engine: Engine, isolated: bool = False) -> None:
        self._engine = engine
        self._isolated = isolated
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None

    @property
    def at_once(self) -> int:
        """How many calls are under way at once."""
        if self._engine.parallel_documents is not None:
            return self._engine.parallel_documents
        waits = self._engine.runs_in == "thread" and not self._isolated
        return _WAITING if waits else _cores()

    def submit(self, call: Callable[[], _T]) -> Future[_T]:
        """Has a call run when it is its turn; cancelled before that, it never runs."""
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self.at_once, "notetext-async")
            return self._threads.submit(call)

    def close(self) -> None:
        """Lets the threads end after the calls that they were given; returns at once."""
        with self._lock:
            threads, self._threads = self._threads, None
        if threads is not None:
            threads.shutdown(wait=False)

    def __reduce__(self) -> tuple[type[Calls], tuple[Engine, bool]]:
        return Calls, (self._engine, self._isolated)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
