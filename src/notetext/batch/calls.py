"""Calls that wait for their turn, and the few threads that run them."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from notetext.engines import Engine

_T = TypeVar("_T")

_WAITING = 32
"""So many threads may wait for a service."""


class Calls:
    """Runs calls in threads, no more at once than an engine takes; the rest wait for their turn.

    A turn is taken with `queue`, and then either used by `start`, once it has come, or given up by
    `leave`. Safe to use from several threads and event loops. A copy in another process begins
    without calls.

    Args:
        engine: whose calls they are.
        isolated: whether each takes a process.
    """

    def __init__(self, engine: Engine, isolated: bool = False) -> None:
        self._engine = engine
        self._isolated = isolated
        self._lock = threading.Lock()
        self._under_way = 0
        self._waiting: deque[Future[None]] = deque()
        self._threads: ThreadPoolExecutor | None = None

    @property
    def at_once(self) -> int:
        """How many calls are under way at once."""
        if self._engine.parallel_documents is not None:
            return self._engine.parallel_documents
        waits = self._engine.runs_in == "thread" and not self._isolated
        return _WAITING if waits else _cores()

    def queue(self) -> Future[None]:
        """A turn; it is done when it has come."""
        turn: Future[None] = Future()
        with self._lock:
            if self._under_way >= self.at_once:
                self._waiting.append(turn)
                return turn
            self._under_way += 1
        turn.set_running_or_notify_cancel()
        turn.set_result(None)
        return turn

    def leave(self, turn: Future[None]) -> None:
        """Gives up a turn, whether or not it has come."""
        if not turn.cancel():
            self._pass_on()
            return
        with self._lock, contextlib.suppress(ValueError):
            self._waiting.remove(turn)

    def start(self, call: Callable[[], _T]) -> Future[_T]:
        """Runs a call whose turn has come. The turn lasts as long as its thread is busy."""
        try:
            future = self._pool().submit(copy_context().run, call)
        except BaseException:
            self._pass_on()
            raise
        future.add_done_callback(lambda _: self._pass_on())
        return future

    def close(self) -> None:
        """Lets the threads end after the calls that they run; returns at once."""
        with self._lock:
            threads, self._threads = self._threads, None
        if threads is not None:
            threads.shutdown(wait=False)

    def _pool(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self.at_once, "notetext-async")
            return self._threads

    def _pass_on(self) -> None:
        """Gives a turn that is over to the next who waits and has not given up."""
        with self._lock:
            while self._waiting:
                turn = self._waiting.popleft()
                if turn.set_running_or_notify_cancel():
                    break
            else:
                self._under_way -= 1
                return
        turn.set_result(None)

    def __reduce__(self) -> tuple[type[Calls], tuple[Engine, bool]]:
        return Calls, (self._engine, self._isolated)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
