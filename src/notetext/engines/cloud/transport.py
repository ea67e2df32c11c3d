"""HTTP: one pooled session, bounded in time and size, that never follows, retries or leaks."""

from __future__ import annotations

import os
import ssl
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import requests
import urllib3
from requests.auth import AuthBase

from notetext.engines.cloud.connections import IDLE_LIMIT_S, PooledAdapter, watched_attempt
from notetext.errors import NoteTextError

_CHUNK_BYTES = 1 << 16
_POOL_SIZE = 64


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long the network may take, in seconds.

    Attributes:
        connect_s: for a connection; also for each piece of a request to go out.
        read_s: for the service to begin its answer, and between two pieces of it.
        answer_s: for all of an answer's body.
    """

    connect_s: float = 10.0
    read_s: float = 60.0
    answer_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said. Headers and body stay out of the repr.

    Attributes:
        status: of HTTP.
        headers: their names in any capitals.
        body: decoded as ``Content-Encoding`` says.
        whole: ``False`` if the body was longer than allowed; there is only its beginning then.
        hidden: hides secrets; words of the body go through it before they go anywhere else.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    whole: bool = True
    hidden: Callable[[str], str] = field(default=str, repr=False, compare=False)


class NoAnswerError(Exception):
    """There was no whole answer.

    Attributes:
        sent: the request, or a part of it, may have reached the service.
        permanent: it will be no better the next time.
    """

    def __init__(self, reason: str, *, sent: bool, permanent: bool = False) -> None:
        super().__init__(reason)
        self.sent = sent
        self.permanent = permanent


class SentBody(ABC):
    """A request's body, made while it is sent: nothing of it lies in memory.

    Small pieces also keep the time-out of a send, which counts for one piece, off long uploads.
    """

    media_type: ClassVar[str] = "application/json"

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __iter__(self) -> Iterator[bytes]:
        """The pieces; anew at each call, since a request may have to be repeated."""


class _Sending(SentBody):
    """A body that remembers why it could not be made, whatever urllib3 makes of that."""

    def __init__(self, body: SentBody) -> None:
        self._body = body
        self.failure: NoteTextError | None = None

    def __len__(self) -> int:
        return len(self._body)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._body
        except NoteTextError as error:
            self.failure = error
            raise


class Transport:
    """Makes requests; safe to call from several threads, and after a fork.

    Proxies and the CA bundle come from the environment, as requests does it.

    Args:
        user_agent: who asks, as every request says.
        timeouts: for each request.
        idle_limit_s: seconds after which a connection is not used again.
    """

    def __init__(
        self, user_agent: str, timeouts: Timeouts, idle_limit_s: float = IDLE_LIMIT_S
    ) -> None:
        self._user_agent = user_agent
        self._timeouts = timeouts
        self._idle_limit_s = idle_limit_s
        self._session: requests.Session | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def request(
        self,
        method: str,
        url: str,
        *,
        auth: AuthBase,
        max_bytes: int,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: SentBody | None = None,
        accept: str = "application/json",
        read_s: float | None = None,
    ) -> Answer:
        """Makes one request; the answer may have any status.

        Args:
            method: of HTTP.
            url: without a query.
            auth: must always be given: requests would otherwise look into ``.netrc``.
            max_bytes: the longest answer; of a longer one, only the beginning is read.
            query: goes into the URL.
            form: goes into the body, as a form.
            body: goes out piece by piece.
            accept: the ``Accept`` header.
            read_s: in place of the usual read time-out.

        Raises:
            NoAnswerError: there was no whole answer.
            NoteTextError: the body could not be made.
        """
        headers = {"Accept": accept}
        if body is not None:
            headers["Content-Type"] = body.media_type
        # Whatever the caller is handling is no cause of what goes wrong here.
        handled = sys.exception()
        sending = None if body is None else _Sending(body)
        failure: NoAnswerError | NoteTextError
        with watched_attempt() as attempt:
            # The error is made in the handler but raised behind it: an exception of requests
            # holds the request, with the token, and must not hang on ours.
            try:
                with self._live_session().request(
                    method,
                    url,
                    params=query,
                    # requests streams whatever can be iterated.
                    data=form if sending is None else sending,
                    headers=headers,
                    auth=auth,
                    timeout=(self._timeouts.connect_s, read_s or self._timeouts.read_s),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    content = self._read(response, max_bytes)
                    whole = len(content) <= max_bytes
                    return Answer(response.status_code, response.headers, content, whole)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                if sending is not None and sending.failure is not None:
                    failure = sending.failure
                else:
                    failure = self._failure(error, attempt.sent, handled)
        raise failure

    def close(self) -> None:
        """Closes the connections; the next request opens new ones."""
        with self._lock:
            if self._session is not None and self._owner == os.getpid():
                self._session.close()
            self._session = None

    def _live_session(self) -> requests.Session:
        with self._lock:
            # Two processes must not share a socket: a fork gets a session of its own.
            if self._session is None or self._owner != os.getpid():
                self._session = requests.Session()
                self._session.headers["User-Agent"] = self._user_agent
                adapter = PooledAdapter(_POOL_SIZE, self._idle_limit_s)
                self._session.mount("https://", adapter)
                self._session.mount("http://", adapter)
                self._owner = os.getpid()
            return self._session

    def _read(self, response: requests.Response, max_bytes: int) -> bytes:
        pieces = bytearray()
        end = time.monotonic() + self._timeouts.answer_s
        # `read1` returns what has come; `read` would wait for a full piece of a trickling body.
        while piece := response.raw.read1(_CHUNK_BYTES, decode_content=True):
            pieces += piece
            if len(pieces) > max_bytes:
                break
            if time.monotonic() > end:
                raise requests.ReadTimeout
        return bytes(pieces)

    def _failure(
        self, error: Exception, sent: bool, handled: BaseException | None
    ) -> NoAnswerError:
        causes = list(_causes(error, handled))
        timeouts = self._timeouts

        def due_to(*kinds: type[BaseException]) -> bool:
            return any(isinstance(cause, kinds) for cause in causes)

        if due_to(ssl.SSLCertVerificationError):
            return NoAnswerError(
                "its certificate is not trusted here; if a proxy of your network puts in its own, "
                "name its CA in REQUESTS_CA_BUNDLE",
                sent=sent,
                permanent=True,
            )
        if isinstance(error, ValueError):
            return NoAnswerError("the address or the proxy's is none", sent=sent, permanent=True)
        if due_to(urllib3.exceptions.NameResolutionError):
            reason = "its name cannot be resolved; check the network and the DNS"
        elif due_to(ssl.SSLError, urllib3.exceptions.SSLError):
            reason = "the TLS connection failed"
        elif due_to(requests.exceptions.ProxyError, urllib3.exceptions.ProxyError):
            reason = "the proxy did not connect us; check HTTPS_PROXY"
        elif sent and due_to(requests.ReadTimeout, urllib3.exceptions.ReadTimeoutError):
            reason = f"no whole answer came within {timeouts.read_s:g} s"
        elif sent:
            reason = "the connection broke while the request or the answer was under way"
        elif isinstance(error, requests.ConnectTimeout):
            reason = f"no connection came about within {timeouts.connect_s:g} s"
        else:
            reason = "the connection was refused; check the network"
        # A time-out while reading is taken for sent, whoever reports it.
        return NoAnswerError(reason, sent=sent or isinstance(error, requests.ReadTimeout))


def _causes(error: BaseException, but: BaseException | None) -> Iterator[BaseException]:
    """The error and all that it wraps: by reason, by argument, or as its context."""
    seen = {id(but)}
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            inner: Iterable[object] = getattr(cause, "args", ())
            waiting += [getattr(cause, "reason", None), *inner, cause.__context__, cause.__cause__]
