"""Connections that know how far a request is, and how long they have been idle.

A submission that may have reached the service must not be sent again, so two things have to be
certain that urllib3 does not tell: whether a byte of a failed request was sent, and that no
request goes out on a connection which the server is about to close for being idle.
"""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import SSLError
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from notetext.engines.cloud.dialling import dialled
from notetext.engines.cloud.network import Network, check_bundle
from notetext.engines.cloud.watchdog import Stage, Watch

IDLE_LIMIT_S = 5.0
"""Seconds after which a connection is not used again."""

_BUNDLE_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_MOST_INTERIM_ANSWERS = 20
_MOST_TRAILER_LINES = 100

_watch: ContextVar[Watch] = ContextVar("watch")


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """A block in which this thread makes one request, of which the watch is told."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)
        watch.let_go()


class _BoundedResponse(http.client.HTTPResponse):
    """Takes no endless answers: time would end them, but the processor has better to do."""

    _interim = 0

    def begin(self) -> None:
        super().begin()
        # Of a head that is none urllib3 would log what came, and that may hold a token.
        self.msg.defects.clear()
        self.msg.set_payload("")

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        if status == http.client.CONTINUE:
            self._interim += 1
            if self._interim > _MOST_INTERIM_ANSWERS:
                raise http.client.HTTPException("one interim answer follows another")
        return version, status, reason

    def _read_and_discard_trailer(self) -> None:
        for _ in range(_MOST_TRAILER_LINES):
            line = self.fp.readline(1 << 16)
            if line in {b"\r\n", b"\n", b""}:
                return
        raise http.client.HTTPException("the trailers have no end")


class _WatchedConnection(HTTPConnection):
    idle_limit_s: ClassVar[float] = IDLE_LIMIT_S
    # A program that debugs its own requests with `HTTPConnection.debuglevel = 1` would print
    # ours, with the secret and the token.
    debuglevel = 0
    response_class = _BoundedResponse
    _answered_at = 0.0

    def _new_conn(self) -> socket.socket:
        watch = _watch.get()
        if self.proxy is not None:
            watch.proxy = f"{self.proxy.host}:{self.proxy.port}"
        try:
            connection = dialled(self._dns_host, self.port, watch, self.socket_options or ())
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        connection.settimeout(self.timeout)
        watch.enter(Stage.TUNNELLING if self.proxy is not None else Stage.SHAKING_HANDS)
        return connection

    def _tunnel(self) -> None:
        super()._tunnel()
        watch = _watch.get()
        if watch.cut:
            # A proxy's answer that was cut off looks whole.
            raise TimeoutError
        watch.enter(Stage.SHAKING_HANDS)

    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        watch = _watch.get()
        # Connecting first tells a failed connection, a proxy's tunnel and the TLS handshake
        # apart from a request that was sent.
        if self.sock is None:
            self.connect()
        else:
            watch.hold(self.sock)
        watch.enter(Stage.SENDING)
        super().endheaders(*args, **kwargs)

    def getresponse(self) -> Any:
        watch = _watch.get()
        watch.enter(Stage.WAITING)
        response = super().getresponse()
        watch.enter(Stage.READING)
        self._answered_at = time.monotonic()
        return response

    @property
    def is_connected(self) -> bool:
        # The pool asks this before it lends the connection again.
        rested = time.monotonic() - self._answered_at <= self.idle_limit_s
        return not _watch.get().fresh and rested and super().is_connected


class _WatchedTlsConnection(_WatchedConnection, HTTPSConnection):
    pass


class PooledAdapter(HTTPAdapter):
    """requests' adapter with connections of the kind above, and without retries of its own.

    Certificates are checked whatever the session says: a common recipe turns the check off for
    all sessions of a program. Proxies are asked for tunnels only, since they could read, and keep,
    what goes through them in the clear; plain HTTP is spoken with this machine alone.

    Args:
        size: how many idle connections are kept.
        network: whom to trust and how to get there; what the session says of it is left aside.
        idle_limit_s: seconds after which a connection is not used again.
    """

    def __init__(
        self, size: int, network: Network | None = None, idle_limit_s: float = IDLE_LIMIT_S
    ) -> None:
        self._network = network or Network()
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
        """Sends a request; see `requests.adapters.HTTPAdapter.send`.

        Raises:
            TlsFileError: the file of authorities, or of the client certificate, is of no use.
            ConfigurationError: certificates would not be checked, or the proxy is not known.
        """
        network = self._network
        network.check()
        given = network.proxy_url
        tunnelled = (request.url or "").lower().startswith("https://")
        if given is not None:
            proxies = {"https": given} if given else None
        authorities = network.bundle or verify or True
        try:
            return super().send(
                request,
                stream,
                timeout,
                authorities,
                network.certificate,
                proxies if tunnelled else None,
            )
        except OSError as error:
            if tunnelled and (isinstance(error, SSLError) or type(error) is OSError):
                network.check_files()
                if network.bundle is None and network.context is None:
                    _check_usual_bundle(
                        authorities if isinstance(authorities, str) else DEFAULT_CA_BUNDLE_PATH
                    )
            raise

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Tells a pool of connections whom to trust, and who we are."""
        if self._network.context is None:
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
            return
        # The context says whom; requests would have it trust certifi's authorities as well.
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None
        if cert:
            conn.cert_file, conn.key_file = cert

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Makes the pools of direct connections."""
        if self._network.context is not None:
            kwargs["ssl_context"] = self._network.context
        super().init_poolmanager(*args, **kwargs)
        self._watch(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        """Makes the pools of connections through a proxy."""
        if self._network.context is not None:
            kwargs["ssl_context"] = self._network.context
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        self._watch(manager)
        return manager

    def _watch(self, manager: PoolManager) -> None:
        manager.pool_classes_by_scheme = self._pools


def _check_usual_bundle(path: str) -> None:
    """Looks whether the file that the environment names, or certifi's, holds authorities.

    Raises:
        TlsFileError: it does not.
    """
    named = [name for name in _BUNDLE_VARIABLES if os.environ.get(name) == path]
    check_bundle(path, f"mend {named[0]}, or unset it" if named else "install certifi again")
