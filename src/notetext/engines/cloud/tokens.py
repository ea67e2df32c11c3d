"""Tokens: fetched once, shared by all threads, and never asked for with refused credentials."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from notetext.engines.cloud.deadline import Deadline
from notetext.errors import AuthenticationError, RateLimitError

_YOUNG_S = 60.0
_EARLY_S = 60.0


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token as the service gave it.

    Attributes:
        value: goes into the header of each request.
        lifetime_s: seconds that it is good for.
    """

    value: SecretStr
    lifetime_s: float


@dataclass(frozen=True, slots=True)
class Token:
    """A token with the seconds, on the caller's clock, at which it came and goes."""

    value: SecretStr
    issued_at: float
    expires_at: float


class TokenSource:
    """Gives the current token; safe to call from several threads.

    Args:
        engine: the engine's name, for the errors.
        fetch: asks the service for a token.
    """

    def __init__(self, engine: str, fetch: Callable[[Deadline], IssuedToken]) -> None:
        self._engine = engine
        self._fetch = fetch
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._refusal: AuthenticationError | None = None
        self._banned_until = 0.0

    def token(self, deadline: Deadline) -> Token:
        """The current token, or a new one shortly before that expires.

        Raises:
            AuthenticationError: the service refused the credentials, now or before.
            RateLimitError: the service asked for a pause that is not over.
        """
        with self._locked(deadline):
            token = self._token
            if token is None or deadline.now() >= token.expires_at:
                token = self._new_token(deadline)
            return token

    def renewed(self, refused: Token, deadline: Deadline) -> Token:
        """A token in place of one that the service refused; threads share the renewal.

        Raises:
            AuthenticationError: the service refused the credentials.
            RateLimitError: the service asked for a pause that is not over.
        """
        with self._locked(deadline):
            if self._token is not None and self._token is not refused:
                return self._token
            return self._new_token(deadline)

    def may_renew(self, refused: Token, status: int, deadline: Deadline) -> bool:
        """Whether a new token may help after a 401 or a 403.

        A 403 on a young token is about quota or rights, not about the token.
        """
        young = deadline.now() - refused.issued_at < _YOUNG_S
        return status == 401 or (status == 403 and not young)

    def _new_token(self, deadline: Deadline) -> Token:
        if self._refusal is not None:
            # A fresh object: an error may be raised in several threads, and is written to.
            raise AuthenticationError(
                self._refusal.message, engine=self._engine, status_code=self._refusal.status_code
            )
        if deadline.now() < self._banned_until:
            pause = self._banned_until - deadline.now()
            raise RateLimitError(
                f"the service gives these credentials no token for another {pause:.0f} s",
                engine=self._engine,
                status_code=429,
                retry_after_s=pause,
            )
        self._token = None
        try:
            issued = self._fetch(deadline)
        except AuthenticationError as error:
            self._refusal = error.with_traceback(None)
            raise
        except RateLimitError as error:
            self._banned_until = deadline.now() + (error.retry_after_s or 0.0)
            raise
        now = deadline.now()
        lifetime_s = max(0.0, issued.lifetime_s)
        early_s = min(_EARLY_S, lifetime_s / 10)
        self._token = Token(issued.value, now, now + lifetime_s - early_s)
        return self._token

    @contextmanager
    def _locked(self, deadline: Deadline) -> Iterator[None]:
        deadline.acquire(self._lock)
        try:
            yield
        finally:
            self._lock.release()
