"""How long the stages of a page take."""

from __future__ import annotations

import time


class Clock:
    """Gives the seconds since it was asked last."""

    def __init__(self) -> None:
        self._then = time.perf_counter()

    def lap(self) -> float:
        """The seconds since the last call, or since it was made."""
        now = time.perf_counter()
        passed, self._then = now - self._then, now
        return passed
