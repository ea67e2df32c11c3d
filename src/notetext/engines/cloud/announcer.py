"""Tells what happens: in records of the logger ``notetext``, and to whoever listens."""

from __future__ import annotations

import logging
import pickle
import threading
from typing import cast

from notetext.engines.cloud.events import (
    Event,
    EventListener,
    Retried,
    TaskTakenOver,
    TokenRenewed,
    Waited,
)

_log = logging.getLogger("notetext")

_NOT_PICKLED = (
    "on_event of a cloud engine cannot be pickled (%s), so the engine's copy in another process "
    "tells nobody; its log records are as they were"
)

_LOGGED = (Retried, TaskTakenOver, TokenRenewed, Waited)
"""What explains where time goes. Requests would be too many, and pages have a record each."""


class Announcer:
    """Tells events, in the thread where they happen. Safe to use from several threads.

    Args:
        engine: the engine's name, for the records.
        listener: is called with each event; that it fails is said once and harms nothing else.
    """

    def __init__(self, engine: str, listener: EventListener | None = None) -> None:
        self._engine = engine
        self._listener = listener
        self._complained = False
        self._lock = threading.Lock()

    def tell(self, event: Event) -> None:
        """Tells an event."""
        if isinstance(event, _LOGGED):
            _log.info("%s: %s", self._engine, event)
        if self._listener is None:
            return
        try:
            self._listener(event)
        except Exception as error:  # noqa: BLE001 (somebody else's code)
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        with self._lock:
            first, self._complained = not self._complained, True
        if first:
            _log.warning(
                "%s: on_event failed with %s: %s; reading goes on, and further failures of it are "
                "not told",
                self._engine,
                type(error).__name__,
                error,
            )


def pickled_listener(listener: EventListener | None) -> bytes | None:
    """A listener as it crosses to another process; nothing, which is logged, if it cannot."""
    if listener is None:
        return None
    import cloudpickle  # type: ignore[import-untyped]

    try:
        return cast(bytes, cloudpickle.dumps(listener))
    except Exception as error:  # noqa: BLE001 (somebody else's code)
        _log.warning(_NOT_PICKLED, error)
        return None


def unpickled_listener(data: bytes | None) -> EventListener | None:
    """The listener that `pickled_listener` made this of."""
    return None if data is None else cast(EventListener, pickle.loads(data))  # noqa: S301 (ours)
