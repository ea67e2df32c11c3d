"""Tokens: fetched once, and shared by all threads until shortly before they expire."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import SecretStr

from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import TokenNeed, TokenRenewed, WaitFor
from notetext.errors import CloudError, EngineUnavailableError

_Failure: TypeAlias = CloudError | EngineUnavailableError

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
    """Gives the current token; safe to call from several threads, which share what they wait for.

    Args:
        fetch: asks the service for a token; called by one thread at a time.
    """

    def __init__(self, fetch: Callable[[Deadline], IssuedToken]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._token: Token | None = None
        self._failures = 0
        self._failure: _Failure | None = None

    def token(self, deadline: Deadline) -> Token:
        """The current token, or a new one shortly before that expires.

        Raises:
            NoteTextError: as ``fetch`` raises, for this thread or for one that it waited for.
        """
        with self._locked(deadline) as failure:
            token = self._token
            if token is None or deadline.now() >= token.expires_at:
                need = TokenNeed.FIRST if token is None else TokenNeed.EXPIRED
                token = self._new_token(deadline, failure, need)
            return token

    def renewed(self, refused: Token, deadline: Deadline) -> Token:
        """A token in place of one that the service refused; threads share the renewal.

        Raises:
            NoteTextError: as ``fetch`` raises, for this thread or for one that it waited for.
        """
        with self._locked(deadline) as failure:
            if self._token is not None and self._token is not refused:
                return self._token
            return self._new_token(deadline, failure, TokenNeed.REFUSED)

    def may_renew(self, refused: Token, status: int, deadline: Deadline) -> bool:
        """Whether a new token may help after a 401 or a 403.

        A 403 on a young token is about quota or rights, not about the token.
        """
        young = deadline.now() - refused.issued_at < _YOUNG_S
        return status == 401 or (status == 403 and not young)

    def _new_token(self, deadline: Deadline, failure: _Failure | None, need: TokenNeed) -> Token:
        """A new token, unless another thread has just failed to get one."""
        self._token = None
        if failure is not None:
            raise failure
        start = deadline.now()
        try:
            issued = self._fetch(deadline)
        except (CloudError, EngineUnavailableError) as error:
            self._failures += 1
            self._failure = copy.copy(error)
            raise
        now = deadline.now()
        lifetime_s = max(0.0, issued.lifetime_s)
        early_s = min(_EARLY_S, lifetime_s / 10)
        self._token = Token(issued.value, now, now + lifetime_s - early_s)
        deadline.tell(TokenRenewed(need, now - start, lifetime_s))
        return self._token

    @contextmanager
    def _locked(self, deadline: Deadline) -> Iterator[_Failure | None]:
        """Holds the lock; yields what another thread failed with while this one waited for it."""
        before = self._failures
        deadline.acquire(self._lock, WaitFor.TOKEN)
        try:
            # Each thread raises an object of its own.
            yield None if self._failures == before else copy.copy(self._failure)
        finally:
            self._lock.release()
