"""What Ctrl-C must not cut in two: a submission whose id nobody would know."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextvars import copy_context
from typing import TypeVar

from notetext.engines import CancelToken

_T = TypeVar("_T")
_GRACE_S = 1.0
_SLICE_S = 0.1


class AnyCancel:
    """A cancel token that is set by itself, or as soon as another one is.

    Args:
        other: the other one, or ``None``.
    """

    def __init__(self, other: CancelToken | None) -> None:
        self._other = other
        self._own = threading.Event()

    def set(self) -> None:
        """Gives up."""
        self._own.set()

    def is_set(self) -> bool:
        """Whether the work was given up."""
        return self._own.is_set() or (self._other is not None and self._other.is_set())


def uninterrupted(call: Callable[[], _T], cancel: AnyCancel) -> _T:
    """Makes a call that Ctrl-C does not tear apart.

    Python interrupts the main thread alone, and wherever it is. There the call runs in a thread
    beside it; an interrupt sets the token, gives the call a second to end by itself, and goes on
    then, whether it has ended or not. If it has, with an error, that is the interrupt's cause.

    Args:
        call: ends soon after the token is set, unless it is past the point of giving up.
        cancel: the token that it looks at.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()
    future: Future[_T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        # It is raised again in the main thread.
        except BaseException as error:  # noqa: BLE001
            future.set_exception(error)

    # In the caller's context, such as its trace.
    thread = threading.Thread(
        target=copy_context().run, args=(run,), name="notetext-submission", daemon=True
    )
    try:
        thread.start()
        # In slices: not every system lets Ctrl-C end a wait without an end.
        while not wait([future], _SLICE_S).done:
            pass
    except BaseException as interrupt:
        cancel.set()
        if wait([future], _GRACE_S).done:
            raise interrupt from future.exception()
        raise
    return future.result()
