"""One thread at a time for each key."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Keeps threads that want the same page from reading it twice."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queues: dict[bytes, tuple[threading.Lock, int]] = {}

    @contextmanager
    def turn(self, key: bytes) -> Iterator[None]:
        """Waits until no other thread of this process is in such a block with that key."""
        with self._guard:
            lock, waiting = self._queues.get(key, (threading.Lock(), 0))
            self._queues[key] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, waiting = self._queues.pop(key)
                if waiting > 1:
                    self._queues[key] = (lock, waiting - 1)

    def __reduce__(self) -> tuple[type[Turns], tuple[()]]:
        return Turns, ()
