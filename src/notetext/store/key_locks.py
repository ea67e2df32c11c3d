"""One thread at a time for each key."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class KeyLocks:
    """Keeps threads that want the same page from reading it twice."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queues: dict[bytes, tuple[threading.Lock, int]] = {}

    @contextmanager
    def lock(self, key: bytes) -> Iterator[None]:
        """Waits until no other thread of this process is in such a block with that key."""
        with self._guard:
            held, waiting = self._queues.get(key, (threading.Lock(), 0))
            self._queues[key] = (held, waiting + 1)
        try:
            with held:
                yield
        finally:
            with self._guard:
                held, waiting = self._queues.pop(key)
                if waiting > 1:
                    self._queues[key] = (held, waiting - 1)

    def __reduce__(self) -> tuple[type[KeyLocks], tuple[()]]:
        return KeyLocks, ()
