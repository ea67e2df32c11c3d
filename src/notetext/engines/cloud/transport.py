"""HTTP: one pooled session, bounded in time and size, that never follows, retries or leaks."""

from __future__ import annotations

import math
import os
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import ClassVar

import requests
import urllib3
from pydantic import SecretStr
from requests.auth import AuthBase

from notetext.engines import CancelToken
from notetext.engines.cloud.connections import IDLE_LIMIT_S, PooledAdapter, watched
from notetext.engines.cloud.network import Network
from notetext.engines.cloud.no_answer import NoAnswerError, no_answer
from notetext.engines.cloud.unpacking import Unpacking
from notetext.engines.cloud.watchdog import Stage, Watch, Watchdog
from notetext.errors import NoteTextError

_CHUNK_BYTES = 1 << 16
_POOL_SIZE = 64
_REFUSAL_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long the network may take, in seconds.

    Each holds for all of what it is for, however slowly the bytes drip.

    Attributes:
        connect_s: for a connection, with a proxy's tunnel and the TLS handshake; also for each
            piece of a request to go out.
        read_s: for the head of an answer, from when the request is out; also between two pieces of
            its body.
        answer_s: for the body of an answer.
        send_s: for a request to go out.
    """

    connect_s: float = 10.0
    read_s: float = 60.0
    answer_s: float = 120.0
    send_s: float = 600.0


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


class _Session(requests.Session):
    """Keeps nothing of an answer, and reads nothing of it."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        # Even where redirects are not followed, requests reads all of theirs into memory.
        return None


class Transport:
    """Makes requests; safe to call from several threads, and after a fork.

    Args:
        user_agent: who asks, as every request says.
        timeouts: for each request.
        idle_limit_s: seconds after which a connection is not used again.
        network: whom to trust, and through which proxy; ``None``: as the environment says.
    """

    def __init__(
        self,
        user_agent: str,
        timeouts: Timeouts,
        idle_limit_s: float = IDLE_LIMIT_S,
        network: Network | None = None,
    ) -> None:
        self._network = network or Network()
        self._user_agent = user_agent
        self._timeouts = timeouts
        self._idle_limit_s = idle_limit_s
        self._session: requests.Session | None = None
        self._watchdog = Watchdog()
        self._owner = 0
        self._lock = threading.Lock()

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """What must not be shown of how the service is reached."""
        return self._network.secrets

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
        within_s: float = math.inf,
        cancel: CancelToken | None = None,
        patience_s: float = 0.0,
    ) -> Answer:
        """Makes one request; the answer may have any status.

        A request with a ``body`` costs, and gets a connection of its own: on one that was idle, a
        server that closes it just then would leave it uncertain what became of the request.

        Args:
            method: of HTTP.
            url: without a query.
            auth: must always be given: requests would otherwise look into ``.netrc``.
            max_bytes: the longest answer, unpacked; of a longer one, only the beginning is read.
                A refusal is read up to 1 MiB.
            query: goes into the URL.
            form: goes into the body, as a form.
            body: goes out piece by piece.
            accept: the ``Accept`` header.
            within_s: seconds that all of it may take, whatever the time-outs allow.
            cancel: set when the caller gives up before, or ``None``.
            patience_s: seconds that a request which was sent is still waited for then.

        Raises:
            NoAnswerError: there was no whole answer.
            ConfigurationError: certificates would not be checked, or the proxy is not known.
            NoteTextError: the body could not be made.
        """
        timeouts = self._timeouts
        headers = {"Accept": accept}
        if body is not None:
            headers["Content-Type"] = body.media_type
        # Whatever the caller is handling is no cause of what goes wrong here.
        handled = sys.exception()
        sending = None if body is None else _Sending(body)
        failure: NoAnswerError | NoteTextError
        session, watchdog = self._live_session()
        watch = Watch(
            {
                Stage.CONNECTING: timeouts.connect_s,
                Stage.SENDING: timeouts.send_s,
                Stage.WAITING: timeouts.read_s,
                Stage.READING: timeouts.answer_s,
            },
            within_s,
            cancel,
            patience_s,
            fresh=body is not None,
        )
        with watchdog.watching(watch), watched(watch):
            # The error is made in the handler but raised behind it: an exception of requests
            # holds the request, with the token, and must not hang on ours.
            try:
                with session.request(
                    method,
                    url,
                    params=query,
                    # requests streams whatever can be iterated.
                    data=form if sending is None else sending,
                    headers=headers,
                    auth=auth,
                    timeout=(timeouts.connect_s, timeouts.read_s),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    answer = _answer(response, max_bytes)
                    if not watch.cut:
                        return answer
                    # What was cut off looks like the end of an answer of unknown length.
                    failure = no_answer(None, watch, handled)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                if sending is not None and sending.failure is not None:
                    failure = sending.failure
                else:
                    failure = no_answer(error, watch, handled)
        raise failure

    def close(self) -> None:
        """Closes the connections; the next request opens new ones."""
        with self._lock:
            if self._session is not None and self._owner == os.getpid():
                self._session.close()
                self._watchdog.close()
            self._session = None

    def _live_session(self) -> tuple[requests.Session, Watchdog]:
        with self._lock:
            # Two processes must not share a socket, and a fork has none of the other threads: it
            # gets a session and a watchdog of its own.
            if self._session is None or self._owner != os.getpid():
                self._session = _Session()
                self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
                self._session.headers["User-Agent"] = self._user_agent
                self._session.headers["Accept-Encoding"] = Unpacking.ACCEPTED
                adapter = PooledAdapter(_POOL_SIZE, self._network, self._idle_limit_s)
                self._session.mount("https://", adapter)
                self._session.mount("http://", adapter)
                if self._owner != os.getpid():
                    self._watchdog = Watchdog()
                self._owner = os.getpid()
            return self._session, self._watchdog


def _answer(response: requests.Response, max_bytes: int) -> Answer:
    status = response.status_code
    if not 200 <= status < 300:
        max_bytes = min(max_bytes, _REFUSAL_BYTES)
    unpacking = Unpacking(response.headers.get("Content-Encoding", ""), max_bytes)
    # `read1` returns what has come; `read` would wait for a full piece of a trickling body.
    while not unpacking.full and (piece := response.raw.read1(_CHUNK_BYTES, decode_content=False)):
        unpacking.add(piece)
    return Answer(status, response.headers, unpacking.content(), not unpacking.full)
