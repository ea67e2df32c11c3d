"""What was asked of the paid service, counted; and how much may be asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from notetext.errors import NoteTextError, QuotaError
from notetext.model import Usage


class UsageCounter:
    """Counts what one page or document costs; for one thread."""

    def __init__(self) -> None:
        self.submissions = 0
        self.polls = 0
        self.uncertain = 0

    def usage(self) -> Usage:
        """The counts so far."""
        return Usage(submissions=self.submissions, looks=self.polls, uncertain=self.uncertain)


@contextmanager
def counted_usage() -> Iterator[UsageCounter]:
    """A block whose use of the service is counted; an error that leaves it is told the counts."""
    counter = UsageCounter()
    try:
        yield counter
    except NoteTextError as error:
        error.usage = counter.usage()
        raise


class SubmissionBudget:
    """How many tasks an engine may submit; safe to call from several threads.

    Args:
        engine: the engine's name, for the error.
        limit: the most submissions, or ``None`` for any number.
    """

    def __init__(self, engine: str, limit: int | None) -> None:
        self._engine = engine
        self._limit = limit
        self._used = 0
        self._lock = threading.Lock()

    def take(self) -> None:
        """Takes one submission, before it is sent.

        Raises:
            QuotaError: all are taken.
        """
        with self._lock:
            if self._limit is not None and self._used >= self._limit:
                raise QuotaError(
                    f"max_submissions={self._limit} tasks were submitted; raise it to go on",
                    engine=self._engine,
                )
            self._used += 1

    def give_back(self) -> None:
        """Gives back a submission that the service certainly did not take."""
        with self._lock:
            self._used -= 1
