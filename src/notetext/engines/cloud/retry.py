"""When a request is made again: the only layer of notetext that retries anything."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type

from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import Retried
from notetext.errors import ConfigurationError, NoteTextError

_T = TypeVar("_T")

_attempt: ContextVar[int] = ContextVar("attempt", default=1)


def attempt_number() -> int:
    """Which attempt of a `RetryPolicy` this is, from 1."""
    return _attempt.get()


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how long a request is tried, and the waits between.

    The waits are ``first_wait_s``, then twice as long each time up to ``max_wait_s``; up to half
    of each is cut off by chance, so that clients do not come back together. A ``Retry-After`` of
    the service goes first.

    Attributes:
        attempts: the first one included.
        total_s: no further attempt begins later than this, in seconds after the first.
        first_wait_s: seconds.
        max_wait_s: seconds.
        max_retry_after_s: a longer ``Retry-After`` is an error at once.
    """

    attempts: int = 4
    total_s: float = 120.0
    first_wait_s: float = 0.5
    max_wait_s: float = 8.0
    max_retry_after_s: float = 60.0

    def __post_init__(self) -> None:
        if self.attempts < 1 or min(self.total_s, self.first_wait_s, self.max_wait_s) < 0:
            raise ConfigurationError("a retry policy has at least 1 attempt and no negative time")

    def call(self, attempt: Callable[[], _T], deadline: Deadline) -> _T:
        """Calls ``attempt`` until it returns, or until there is no use or no time left.

        Args:
            attempt: raises `TransientError` for what may pass.
            deadline: the caller's; it ends the attempts as well.

        Raises:
            NoteTextError: what the last `TransientError` stands for, or whatever else
                ``attempt`` raised.
        """
        last = deadline.now() + min(self.total_s, deadline.remaining_s())

        def wait(state: RetryCallState) -> float:
            asked = _failure(state).retry_after_s
            if asked is not None:
                return asked
            full = min(self.max_wait_s, self.first_wait_s * 2.0 ** (state.attempt_number - 1))
            return full * random.uniform(0.5, 1.0)  # noqa: S311 (no secret hangs on it)

        def stop(state: RetryCallState) -> bool:
            in_vain = deadline.now() + state.upcoming_sleep > last
            return state.attempt_number >= self.attempts or in_vain

        def begin(state: RetryCallState) -> None:
            _attempt.set(state.attempt_number)

        def tell(state: RetryCallState) -> None:
            reason = _failure(state).error.message
            deadline.tell(
                Retried(state.attempt_number, self.attempts, state.upcoming_sleep, reason)
            )

        before = _attempt.set(1)
        try:
            outcome: _T | TransientError = Retrying(
                retry=retry_if_exception_type(TransientError),
                wait=wait,
                stop=stop,
                sleep=deadline.sleep,
                before=begin,
                before_sleep=tell,
                retry_error_callback=_failure,
            )(attempt)
        finally:
            # A token is fetched, with attempts of its own, within an attempt of another request.
            _attempt.reset(before)
        if isinstance(outcome, TransientError):
            raise outcome.error
        return outcome


class TransientError(Exception):
    """A failure that may pass.

    Attributes:
        error: what to raise if it does not.
        retry_after_s: the seconds to wait, as the service asks, or ``None``.
    """

    def __init__(self, error: NoteTextError, retry_after_s: float | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.retry_after_s = retry_after_s


def retry_after_s(value: str | None, date: str | None = None) -> float | None:
    """Reads a ``Retry-After`` header, in seconds or as a date.

    >>> from notetext.engines.cloud.retry import retry_after_s
    >>> retry_after_s("7"), retry_after_s("soon"), retry_after_s(None)
    (7.0, None, None)
    >>> retry_after_s("Sun, 22 Nov 2026 10:00:30 GMT", "Sun, 22 Nov 2026 10:00:00 GMT")
    30.0

    Args:
        value: the header.
        date: the answer's ``Date`` header, against which a date is reckoned, since the machine's
            own clock may be wrong.

    Returns:
        Seconds, at least 0, or ``None`` if there is no such header or nobody can read it.
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    until, now = _parse_date(value), _parse_date(date)
    if until is None:
        return None
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def _parse_date(value: str | None) -> datetime | None:
    if not value:
        return None
    try:
        parsed = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _failure(state: RetryCallState) -> TransientError:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, TransientError)
    return error
