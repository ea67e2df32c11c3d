"""What a service has said of a pair of credentials, so that it is not asked in vain."""

from __future__ import annotations

import copy
from collections import deque
from typing import Protocol, TypeAlias

from pydantic import SecretStr

from notetext.engines.cloud.service import Service
from notetext.errors import AuthenticationError, RateLimitError


class ClientCredentials(Protocol):
    """A pair that the service knows."""

    @property
    def client_id(self) -> SecretStr:
        """Which client."""
        ...

    @property
    def client_secret(self) -> SecretStr:
        """What proves it."""
        ...


_Pair: TypeAlias = tuple[SecretStr, SecretStr]


class Refusals:
    """Remembers what became of the pair that was used last; not for several threads at once.

    A service that is asked too often with wrong credentials locks them out, even once they are
    right. What was said holds for that pair alone, and only for as long as the service remembers.

    Args:
        service: how long that is, and how many refusals it bears.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._pair: _Pair | None = None
        self._refusal: AuthenticationError | None = None
        self._refused_at: deque[float] = deque()
        self._forget()

    @property
    def proven(self) -> bool:
        """Whether the service has given a token for this pair before."""
        return self._proven

    def check(self, credentials: ClientCredentials, now: float) -> None:
        """Raises if there is no use in asking the service with these credentials now.

        Args:
            credentials: other ones than before are as good as new.
            now: seconds on the caller's clock, as everywhere here.

        Raises:
            AuthenticationError: it refused them not long ago.
            RateLimitError: it asked for a pause that is not over.
        """
        pair = (credentials.client_id, credentials.client_secret)
        if pair != self._pair:
            self._pair = pair
            self._forget()
        left_s = self._silent_until - now
        if left_s <= 0:
            return
        if self._refusal is None:
            raise RateLimitError(
                f"the service gives these credentials no token for another {left_s:.0f} s",
                engine=self._service.engine,
                status_code=429,
                retry_after_s=left_s,
            )
        # A fresh object: an error may be raised in several threads, and is written to.
        raise copy.copy(self._refusal)

    def accepted(self) -> None:
        """Notes that the service gave a token."""
        self._forget()
        self._proven = True

    def refused(self, error: AuthenticationError, now: float, *, certain: bool) -> None:
        """Notes that the service refused the pair.

        Args:
            error: what to say until it is asked again.
            now: when.
            certain: it said so; if not, a few more tries are allowed.
        """
        memory_s = self._service.refusal_memory_s
        self._refused_at.append(now)
        while self._refused_at[0] <= now - memory_s:
            self._refused_at.popleft()
        self._refusal = copy.copy(error)
        if certain:
            self._silent_until = now + memory_s
        elif len(self._refused_at) >= self._service.refusals_borne:
            self._silent_until = self._refused_at[0] + memory_s

    def paused(self, error: RateLimitError, now: float) -> None:
        """Notes that the service asked for a pause."""
        self._refusal = None
        self._silent_until = now + (error.retry_after_s or 0.0)

    def _forget(self) -> None:
        self._proven = False
        self._refusal = None
        self._refused_at.clear()
        self._silent_until = 0.0
