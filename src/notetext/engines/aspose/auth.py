"""Tokens: fetched once, shared by all threads, and never asked for with refused credentials."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from requests import PreparedRequest
from requests.auth import AuthBase

from notetext.engines.aspose.waiting import Patience
from notetext.engines.aspose.wire import TokenAnswer
from notetext.errors import AuthenticationError, RateLimitError

_YOUNG_S = 60.0
_EARLY_S = 60.0


class BearerAuth(AuthBase):
    """Sets our token, and keeps requests from setting a password out of ``.netrc`` instead."""

    def __init__(self, token: SecretStr) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sets the header."""
        request.headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
        return request


class NoAuth(AuthBase):
    """Sets nothing, and keeps requests from setting a password out of ``.netrc``."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Leaves the request alone."""
        return request


@dataclass(frozen=True, slots=True)
class Token:
    """A token with the seconds, on the caller's clock, at which it came and goes."""

    value: SecretStr
    issued_at: float
    expires_at: float


class TokenSource:
    """Gives the current token; safe to call from several threads.

    Args:
        fetch: asks the service for a token.
    """

    def __init__(self, fetch: Callable[[Patience], TokenAnswer]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._refusal: AuthenticationError | None = None
        self._banned_until = 0.0

    def token(self, patience: Patience) -> Token:
        """The current token, or a new one shortly before that expires.

        Raises:
            AuthenticationError: the service refused the credentials, now or before.
            RateLimitError: the service asked for a pause that is not over.
        """
        with self._locked(patience):
            token = self._token
            if token is None or patience.now() >= token.expires_at:
                token = self._new_token(patience)
            return token

    def renewed(self, refused: Token, patience: Patience) -> Token:
        """A token in place of one that the service refused; threads share the renewal.

        Raises:
            AuthenticationError: the service refused the credentials.
            RateLimitError: the service asked for a pause that is not over.
        """
        with self._locked(patience):
            if self._token is not None and self._token is not refused:
                return self._token
            return self._new_token(patience)

    def may_renew(self, refused: Token, status: int, patience: Patience) -> bool:
        """Whether a new token may help after a 401 or a 403.

        A 403 on a young token is about quota or rights, not about the token.
        """
        young = patience.now() - refused.issued_at < _YOUNG_S
        return status == 401 or (status == 403 and not young)

    def _new_token(self, patience: Patience) -> Token:
        if self._refusal is not None:
            # A fresh object: an error may be raised in several threads, and is written to.
            raise AuthenticationError(
                self._refusal.message, engine="aspose", status_code=self._refusal.status_code
            )
        if patience.now() < self._banned_until:
            pause = self._banned_until - patience.now()
            raise RateLimitError(
                f"the service gives these credentials no token for another {pause:.0f} s",
                engine="aspose",
                status_code=429,
                retry_after_s=pause,
            )
        self._token = None
        try:
            answer = self._fetch(patience)
        except AuthenticationError as error:
            self._refusal = error.with_traceback(None)
            raise
        except RateLimitError as error:
            self._banned_until = patience.now() + (error.retry_after_s or 0.0)
            raise
        now = patience.now()
        lifetime = max(0.0, answer.expires_in)
        early = min(_EARLY_S, lifetime / 10)
        self._token = Token(answer.access_token, now, now + lifetime - early)
        return self._token

    @contextmanager
    def _locked(self, patience: Patience) -> Iterator[None]:
        patience.acquire(self._lock)
        try:
            yield
        finally:
            self._lock.release()
