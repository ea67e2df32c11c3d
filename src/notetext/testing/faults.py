"""What can go wrong on purpose at a fake service."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum, auto
from typing import Self


class Phase(StrEnum):
    """What a client asks for. A look at a completed task brings its results."""

    TOKEN = auto()
    SUBMIT = auto()
    LOOK = auto()
    CANCEL = auto()


class Effect(StrEnum):
    """How a fault changes an answer."""

    REPLACE = auto()
    EXPIRE_TOKEN = auto()
    RESET_BEFORE_BODY = auto()
    RESET_AFTER_BODY = auto()
    RESET_WITHIN_ANSWER = auto()
    SILENCE = auto()
    TRICKLE = auto()
    TRUNCATE = auto()
    QUOTE = auto()
    WRONG_BASE64 = auto()
    TASK_PENDING = auto()
    TASK_STATUS = auto()
    TASK_UNKNOWN = auto()
    TASK_FAILED = auto()


TASK_EFFECTS = frozenset(
    {Effect.TASK_PENDING, Effect.TASK_STATUS, Effect.TASK_UNKNOWN, Effect.TASK_FAILED}
)
"""What a service says in words of its own."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, ``times`` times; made by the methods below.

    >>> from notetext.testing import Fault
    >>> Fault.rate_limited(seconds=2).sent_headers()
    [('Retry-After', '2')]
    >>> Fault.pending(looks=3).times
    3
    """

    effect: Effect = Effect.REPLACE
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    media_type: str = "application/json"
    seconds: float = 0.0
    retry_after_s: int | None = None
    retry_after_as_date: bool = False
    processed: bool = False
    words: tuple[str, ...] = ()
    times: int = 1

    @classmethod
    def answer(
        cls,
        status: int,
        body: str = "",
        *,
        headers: Sequence[tuple[str, str]] = (),
        media_type: str = "application/json",
        processed: bool = False,
    ) -> Self:
        """Any answer in place of the right one.

        Args:
            status: of HTTP.
            body: as it is sent.
            headers: further ones.
            media_type: the ``Content-Type``.
            processed: the server did what was asked, and answers this nevertheless.
        """
        return cls(
            status=status,
            body=body,
            headers=tuple(headers),
            media_type=media_type,
            processed=processed,
        )

    @classmethod
    def unauthorized(cls) -> Self:
        """401, although the token is good."""
        return cls.answer(401, json.dumps({"title": "Unauthorized", "status": 401}))

    @classmethod
    def expired_token(cls) -> Self:
        """401, and all tokens given so far are no longer good."""
        return cls(effect=Effect.EXPIRE_TOKEN, status=401, body='{"title": "Unauthorized"}')

    @classmethod
    def invalid_client(cls) -> Self:
        """400, as the token endpoint answers to wrong credentials."""
        return cls.answer(400, json.dumps({"error": "invalid_client"}))

    @classmethod
    def rate_limited(cls, seconds: int | None = None, *, as_date: bool = False) -> Self:
        """429, with a ``Retry-After`` in seconds or as a date, or without one."""
        return cls(status=429, retry_after_s=seconds, retry_after_as_date=as_date)

    @classmethod
    def unavailable(cls, seconds: int | None = None, *, as_date: bool = False) -> Self:
        """503, with a ``Retry-After`` in seconds or as a date, or without one."""
        return cls(status=503, retry_after_s=seconds, retry_after_as_date=as_date)

    @classmethod
    def redirect(cls, location: str = "https://elsewhere.invalid/") -> Self:
        """307, which a client must not follow with a picture and a token."""
        return cls.answer(307, headers=[("Location", location)])

    @classmethod
    def reset(cls, *, after_body: bool) -> Self:
        """The connection is reset: when the headers have come, or when all was read and done."""
        return cls(effect=Effect.RESET_AFTER_BODY if after_body else Effect.RESET_BEFORE_BODY)

    @classmethod
    def cut_off(cls) -> Self:
        """The server does what was asked; the connection is reset after half of its answer."""
        return cls(effect=Effect.RESET_WITHIN_ANSWER)

    @classmethod
    def silence(cls, seconds: float) -> Self:
        """The server does what was asked, says nothing for so long, and hangs up."""
        return cls(effect=Effect.SILENCE, seconds=seconds)

    @classmethod
    def slow_body(cls, seconds: float) -> Self:
        """The answer comes byte by byte, with so many seconds between."""
        return cls(effect=Effect.TRICKLE, seconds=seconds)

    @classmethod
    def truncated_json(cls) -> Self:
        """The right answer's first half, as a complete body."""
        return cls(effect=Effect.TRUNCATE)

    @classmethod
    def quoted_id(cls) -> Self:
        """The task's id as a JSON string instead of bare text."""
        return cls(effect=Effect.QUOTE)

    @classmethod
    def wrong_base64(cls) -> Self:
        """Results that are no Base64."""
        return cls(effect=Effect.WRONG_BASE64)

    @classmethod
    def pending(cls, looks: int = 1) -> Self:
        """The task is not ready for so many looks."""
        return cls(effect=Effect.TASK_PENDING, times=looks)

    @classmethod
    def task_status(cls, status: str, *, code: str = "NotReady") -> Self:
        """A look finds that status, known or not, and no results."""
        return cls(effect=Effect.TASK_STATUS, words=(status, code))

    @classmethod
    def not_exist(cls) -> Self:
        """The server does not know the task."""
        return cls(effect=Effect.TASK_UNKNOWN)

    @classmethod
    def task_error(cls, *messages: str) -> Self:
        """The task failed."""
        return cls(effect=Effect.TASK_FAILED, words=messages)

    def sent_headers(self) -> list[tuple[str, str]]:
        """The headers of the answer; a ``Retry-After`` date counts from now."""
        if self.retry_after_s is None:
            return list(self.headers)
        value = str(self.retry_after_s)
        if self.retry_after_as_date:
            until = datetime.now(UTC) + timedelta(seconds=self.retry_after_s)
            value = format_datetime(until, usegmt=True)
        return [*self.headers, ("Retry-After", value)]

    def repeated(self, times: int) -> Self:
        """The same, so many times one after the other."""
        return replace(self, times=times)
