"""The token endpoint of a fake service: OAuth's client credentials grant (RFC 6749, 4.4)."""

from __future__ import annotations

import math
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qs

from notetext.testing.fake_http import HttpAnswer, json_answer
from notetext.testing.faults import Fault
from notetext.testing.received import ReceivedRequest

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Lockout:
    """When a pair of credentials is refused unseen.

    Attributes:
        failures: after so many refusals of the pair.
        seconds: for so long.
    """

    failures: int
    seconds: int


class FakeTokens:
    """Gives tokens, and knows which are good; safe to use from several threads.

    Args:
        credentials: the only client id and client secret that are good; ``None``: any are.
        lifetime_s: seconds that a token is good for.
        lockout: when a pair is locked out; ``None``: never.
    """

    def __init__(
        self, credentials: tuple[str, str] | None, lifetime_s: float, lockout: Lockout | None
    ) -> None:
        self._credentials = credentials
        self._lifetime_s = lifetime_s
        self._lockout = lockout
        self._lock = threading.Lock()
        self._good_until: dict[str, float] = {}
        self._failures: Counter[tuple[str, str]] = Counter()
        self._locked_until: dict[tuple[str, str], float] = {}

    @property
    def given(self) -> list[str]:
        """The tokens that are good now, if they have not expired."""
        with self._lock:
            return list(self._good_until)

    def accept(self, token: str) -> None:
        """Takes a token for good."""
        with self._lock:
            self._good_until[token] = time.monotonic() + self._lifetime_s

    def forget(self) -> None:
        """Makes all tokens bad."""
        with self._lock:
            self._good_until.clear()

    def is_good(self, authorization: str) -> bool:
        """Whether an ``Authorization`` header has a good token."""
        scheme, _, token = authorization.partition(" ")
        with self._lock:
            good_until = self._good_until.get(token.strip(), 0.0)
        return scheme.casefold() == "bearer" and time.monotonic() < good_until

    def answer(self, request: ReceivedRequest) -> HttpAnswer:
        """A token for good credentials, or what OAuth says instead."""
        if request.media_type != _FORM:
            return _refusal("invalid_request", f"the body must be {_FORM}")
        form = parse_qs(request.body.decode("utf-8", "replace"))
        pair = (form.get("client_id", [""])[0], form.get("client_secret", [""])[0])
        locked_s = self._locked_s(pair)
        if locked_s > 0:
            return HttpAnswer.of(Fault.rate_limited(seconds=math.ceil(locked_s)))
        if form.get("grant_type") != ["client_credentials"]:
            return _refusal("unsupported_grant_type", "the grant_type must be client_credentials")
        if not (all(pair) if self._credentials is None else pair == self._credentials):
            self._count_failure(pair)
            return HttpAnswer.of(Fault.invalid_client())
        token = uuid.uuid4().hex
        self.accept(token)
        lifetime = self._lifetime_s
        seconds = int(lifetime) if lifetime == int(lifetime) else lifetime
        return json_answer({"access_token": token, "expires_in": seconds, "token_type": "Bearer"})

    def _locked_s(self, pair: tuple[str, str]) -> float:
        with self._lock:
            return self._locked_until.get(pair, 0.0) - time.monotonic()

    def _count_failure(self, pair: tuple[str, str]) -> None:
        if self._lockout is None:
            return
        with self._lock:
            self._failures[pair] += 1
            if self._failures[pair] >= self._lockout.failures:
                self._locked_until[pair] = time.monotonic() + self._lockout.seconds
                del self._failures[pair]


def _refusal(error: str, description: str) -> HttpAnswer:
    return json_answer({"error": error, "error_description": description}, status=400)
