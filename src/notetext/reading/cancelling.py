"""Giving up work that is under way."""

from __future__ import annotations

import threading

from notetext.engines import CancelToken


def nobody_gives_up() -> None:
    """The check of work that goes on whatever happens."""


class LinkedCancel:
    """A cancel token that is set by itself, or as soon as another one is.

    >>> import threading
    >>> from notetext.reading.cancelling import LinkedCancel
    >>> outer = threading.Event()
    >>> token = LinkedCancel(outer)
    >>> outer.set()
    >>> token.is_set()
    True

    Args:
        outer: the other one, or ``None``.
    """

    def __init__(self, outer: CancelToken | None) -> None:
        self._outer = outer
        self._own = threading.Event()

    def set(self) -> None:
        """Gives up; the other token stays as it is."""
        self._own.set()

    def is_set(self) -> bool:
        """Whether the work was given up; safe to call from any thread."""
        return self._own.is_set() or (self._outer is not None and self._outer.is_set())
