"""Connections that know whether a request went out on them, and how long they have been idle.

A submission that may have reached the service must not be sent again, so two things have to be
certain that urllib3 does not tell: whether a byte of a failed request was sent, and that no
request goes out on a connection which the server is about to close for being idle.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any, ClassVar

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection

IDLE_LIMIT_S = 5.0
"""Seconds after which a connection is not used again."""


@dataclass(slots=True)
class Attempt:
    """One request on its way; ``sent`` once it may have reached the service."""

    sent: bool = False


_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


@contextmanager
def watched_attempt() -> Iterator[Attempt]:
    """Tells of the one request that this thread makes inside the block whether it was sent."""
    attempt = Attempt()
    token = _attempt.set(attempt)
    try:
        yield attempt
    finally:
        _attempt.reset(token)


class _QuietResponse(HTTPResponse):
    """A response of which urllib3 logs nothing: of a head that is none it would, as it came."""

    def begin(self) -> None:
        super().begin()
        self.msg.defects.clear()
        self.msg.set_payload("")


class _WatchedConnection(HTTPConnection):
    response_class = _QuietResponse
    idle_limit_s: ClassVar[float] = IDLE_LIMIT_S
    # A program that debugs its own requests with `HTTPConnection.debuglevel = 1` would print
    # ours, with the secret and the token.
    debuglevel = 0
    _answered_at = 0.0

    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        # Connecting first tells a failed connection, a proxy's tunnel and the TLS handshake
        # apart from a request that was sent.
        if self.sock is None:
            self.connect()
        attempt = _attempt.get()
        if attempt is not None:
            attempt.sent = True
        super().endheaders(*args, **kwargs)

    def getresponse(self) -> Any:
        response = super().getresponse()
        self._answered_at = time.monotonic()
        return response

    @property
    def is_connected(self) -> bool:
        # The pool asks this before it lends the connection again.
        fresh = time.monotonic() - self._answered_at <= self.idle_limit_s
        return fresh and super().is_connected


class _WatchedTlsConnection(_WatchedConnection, HTTPSConnection):
    pass


class PooledAdapter(HTTPAdapter):
    """requests' adapter with connections of the kind above, and without retries of its own.

    Certificates are checked whatever the session says: a common recipe turns the check off for
    all sessions of a program. Proxies are asked for tunnels only, since they could read, and keep,
    what goes through them in the clear; plain HTTP is spoken with this machine alone.

    Args:
        size: how many idle connections are kept.
        idle_limit_s: seconds after which a connection is not used again.
    """

    def __init__(self, size: int, idle_limit_s: float = IDLE_LIMIT_S) -> None:
        limit = {"idle_limit_s": idle_limit_s}
        plain = type("_Connection", (_WatchedConnection,), limit)
        tls = type("_TlsConnection", (_WatchedTlsConnection,), limit)
        self._pools = {
            "http": type("_Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("_TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
        super().__init__(pool_maxsize=size, max_retries=0)

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        """Sends a request; see `requests.adapters.HTTPAdapter.send`."""
        tunnelled = (request.url or "").lower().startswith("https://")
        return super().send(
            request, stream, timeout, verify or True, cert, proxies if tunnelled else None
        )

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Makes the pools of direct connections."""
        super().init_poolmanager(*args, **kwargs)
        self._watch(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        """Makes the pools of connections through a proxy."""
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        self._watch(manager)
        return manager

    def _watch(self, manager: PoolManager) -> None:
        manager.pool_classes_by_scheme = self._pools
