"""The log of a worker process, told to the one that started it."""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection
from queue import SimpleQueue

_NAME = "notetext"


def log_level() -> int:
    """The level from which on somebody here wants to know."""
    return logging.getLogger(_NAME).getEffectiveLevel()


def tell_log(connection: Connection, level: int) -> None:
    """In a worker process: sends what is logged, before the answer to the call that logged it.

    Args:
        connection: takes pairs of ``None`` and a record.
        level: from which on.
    """
    logger = logging.getLogger(_NAME)
    logger.setLevel(level)
    logger.addHandler(_Telling(connection))


def log_again(record: logging.LogRecord) -> None:
    """Logs a record that a worker process has sent."""
    logger = logging.getLogger(_NAME)
    if logger.isEnabledFor(record.levelno):
        logger.handle(record)


class _Telling(QueueHandler):
    """Sends records without what may not pickle; a handler's lock lets one thread at a time."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(SimpleQueue())
        self._connection = connection

    def enqueue(self, record: logging.LogRecord) -> None:
        """Sends a record; a line that was closed has nobody at its other end who would read it."""
        with suppress(OSError):
            self._connection.send((None, record))
