"""Leaving a service in peace that keeps failing, rather than asking it for every page."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from notetext.engines.cloud.waiting import Waiting, current_waiting
from notetext.errors import (
    AuthenticationError,
    CloudError,
    ConfigurationError,
    EngineTimeoutError,
    EngineUnavailableError,
    NoteTextError,
    QuotaError,
    RateLimitError,
    SubmissionUncertainError,
    TaskFailedError,
    UnsupportedLanguageError,
)


class Breaker:
    """Lets callers ask a service until it has failed several times in a row.

    Then it is left in peace for a while, after which one caller tries: an answer opens the way for
    all, a failure closes it again. Missing or refused credentials and a wanted pause close it at
    once. Safe to use from several threads, which ask side by side; a copy in another
    process begins anew.

    >>> from notetext.engines.cloud.breaker import Breaker
    >>> from notetext.errors import EngineUnavailableError
    >>> from notetext.testing import NoWaiting
    >>> clock = NoWaiting()
    >>> breaker = Breaker("aspose", failures=1, waiting=clock)
    >>> def fail():
    ...     with breaker.asking():
    ...         raise EngineUnavailableError("no connection", engine="aspose")
    >>> for _ in range(2):
    ...     try:
    ...         fail()
    ...     except EngineUnavailableError as error:
    ...         print(error)
    no connection
    it is not asked for another 60 s, since it keeps failing; the last time: no connection
    >>> clock.wait(60, None)
    >>> with breaker.asking():
    ...     print("asked")
    asked

    Args:
        engine: the engine's name, for the errors.
        failures: how many in a row are too many.
        rest_s: seconds for which the service is left in peace; longer if it says so itself.
        waiting: the clock.
    """

    def __init__(
        self,
        engine: str,
        failures: int = 3,
        rest_s: float = 60.0,
        waiting: Waiting | None = None,
    ) -> None:
        self._engine = engine
        self._limit = failures
        self._rest_s = rest_s
        self._waiting = waiting or current_waiting()
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._closed_until: float | None = None
        self._trying = False
        self._last: NoteTextError | None = None
        self.has_answered = False
        """Whether the service has ever answered, if only that it cannot read a page."""

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A block that asks the service; what it raises tells how the service is.

        Raises:
            EngineUnavailableError: the service is left in peace; its ``__cause__`` is the last
                failure.
        """
        trying = self._entered()
        try:
            yield
        except NoteTextError as error:
            if is_the_pages(error):
                self._answered(trying)
            elif _is_the_services(error):
                self._failed(error, trying)
            else:
                self._left(trying)
            raise
        except BaseException:
            self._left(trying)
            raise
        self._answered(trying)

    def _entered(self) -> bool:
        """Whether this caller is the one who tries; who may not ask is told so."""
        with self._lock:
            if self._closed_until is None:
                return False
            rest_s = self._closed_until - self._waiting.now()
            if rest_s <= 0 and not self._trying:
                self._trying = True
                return True
            last = copy.copy(self._last)
        pause = f"for another {rest_s:.0f} s" if rest_s > 0 else "while another page tries it"
        raise EngineUnavailableError(
            f"it is not asked {pause}, since it keeps failing; the last time: "
            f"{last.message if last else ''}",
            engine=self._engine,
        ) from last

    def _answered(self, trying: bool) -> None:
        with self._lock:
            self._trying = self._trying and not trying
            self._in_a_row, self._closed_until, self._last = 0, None, None
            self.has_answered = True

    def _failed(self, error: NoteTextError, trying: bool) -> None:
        rest_s = self._rest_s
        if isinstance(error, RateLimitError) and error.retry_after_s is not None:
            rest_s = max(rest_s, error.retry_after_s)
        with self._lock:
            self._trying = self._trying and not trying
            self._in_a_row += 1
            # What a caller began before the way was closed makes the rest no longer.
            is_open = self._closed_until is None or trying
            if is_open and (self._in_a_row >= self._limit or _is_lasting(error)):
                self._closed_until = self._waiting.now() + rest_s
                # A copy: the error itself goes on to say on which page it happened.
                self._last = copy.copy(error)
                self._last.usage = None

    def _left(self, trying: bool) -> None:
        """The caller gave up, or failed by itself: nothing is known of the service."""
        with self._lock:
            self._trying = self._trying and not trying

    def __reduce__(self) -> tuple[type[Breaker], tuple[str, int, float]]:
        return Breaker, (self._engine, self._limit, self._rest_s)


def is_the_pages(error: NoteTextError) -> bool:
    """Whether an error settles what becomes of one page, and would meet it again tomorrow."""
    refused = (
        type(error) is CloudError
        and error.status_code is not None
        and 400 <= error.status_code < 500
    )
    return refused or isinstance(error, (TaskFailedError, UnsupportedLanguageError))


def _is_the_services(error: NoteTextError) -> bool:
    """Whether an error that is not the page's says that the service had better be left alone.

    What a ledger remembers of a page, the service was not asked for. A spent quota or budget ends
    submissions alone: tasks that were paid for before are still to be fetched.
    """
    if isinstance(error, QuotaError):
        return False
    if isinstance(error, SubmissionUncertainError) and error.usage is not None:
        return error.usage.submissions > 0
    return isinstance(
        error, (CloudError, ConfigurationError, EngineTimeoutError, EngineUnavailableError)
    )


def _is_lasting(error: NoteTextError) -> bool:
    """Whether it needs no second failure to know that the next would be one, too."""
    wants_a_pause = isinstance(error, RateLimitError) and error.retry_after_s is not None
    return wants_a_pause or isinstance(error, (AuthenticationError, ConfigurationError))
