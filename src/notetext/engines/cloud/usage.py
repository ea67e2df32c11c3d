"""What was asked of the paid service, counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from notetext.errors import NoteTextError
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
