"""Why a request had no answer, and what to do about it."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import requests
import urllib3

from notetext.engines.cloud.network import TlsFileError
from notetext.engines.cloud.watchdog import Stage, Watch

_NOT_YET_VALID, _EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 9, 10, 62, 64
"""Of OpenSSL: X509_V_ERR_*."""


class NoAnswerError(Exception):
    """There was no whole answer.

    Attributes:
        sent: the request, or a part of it, may have reached the service.
        permanent: it will be no better the next time.
        late: the caller's own time was up.
    """

    def __init__(
        self, reason: str, *, sent: bool, permanent: bool = False, late: bool = False
    ) -> None:
        super().__init__(reason)
        self.sent = sent
        self.permanent = permanent
        self.late = late


def no_answer(
    error: Exception | None, watch: Watch, handled: BaseException | None = None
) -> NoAnswerError:
    """The reason in words.

    Args:
        error: what requests raised; ``None`` if the answer was cut off and nobody noticed.
        watch: of the request.
        handled: what the caller was handling, and no cause.
    """
    causes = [] if error is None else list(_causes(error, handled))

    def due_to(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if watch.cut:
        reason = "the caller gave up" if watch.given_up else _too_late(watch)
        return NoAnswerError(reason, sent=watch.sent, late=watch.over and not watch.given_up)
    for cause in causes:
        if isinstance(cause, TlsFileError):
            return NoAnswerError(str(cause), sent=watch.sent, permanent=True)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NoAnswerError(_distrust(cause), sent=watch.sent, permanent=True)
    if isinstance(error, ValueError):
        return NoAnswerError("the address or the proxy's is none", sent=watch.sent, permanent=True)
    if due_to(urllib3.exceptions.NameResolutionError):
        whose = f"the name of the proxy {watch.proxy}" if watch.proxy else "its name"
        reason = f"{whose} cannot be resolved; check the network and the DNS"
    # A connection that was refused is a time-out to urllib3.
    elif due_to(requests.Timeout, TimeoutError, urllib3.exceptions.TimeoutError) and not due_to(
        urllib3.exceptions.NewConnectionError
    ):
        reason = _too_late(watch)
    elif watch.stage is Stage.TUNNELLING or due_to(
        requests.exceptions.ProxyError, urllib3.exceptions.ProxyError
    ):
        reason = f"the proxy {watch.proxy} did not connect us; check HTTPS_PROXY, or proxies="
    elif due_to(ssl.SSLError, urllib3.exceptions.SSLError):
        reason = "the TLS connection failed"
    elif watch.sent:
        reason = "the connection broke while the request or the answer was under way"
    else:
        reason = "the connection was refused; check the network"
    # A time-out while reading is taken for sent if no connection of ours has told.
    unseen = watch.stage is Stage.CONNECTING and isinstance(error, requests.ReadTimeout)
    return NoAnswerError(reason, sent=watch.sent or unseen)


def _too_late(watch: Watch) -> str:
    """What did not come to an end, and how long that really was waited for."""
    waited = f"within {watch.elapsed_s:.1f} s"
    if watch.stage is Stage.CONNECTING:
        to_proxy = f" to the proxy {watch.proxy}" if watch.proxy else ""
        advice = "; check HTTPS_PROXY, or proxies=" if watch.proxy else ""
        return f"no connection{to_proxy} came about {waited}{advice}"
    if watch.stage is Stage.TUNNELLING:
        return f"the proxy {watch.proxy} did not answer {waited}; check HTTPS_PROXY, or proxies="
    if watch.stage is Stage.SHAKING_HANDS:
        return f"the TLS handshake came to no end {waited}"
    if watch.stage is Stage.SENDING:
        return f"the request could not be sent {waited}"
    return f"no whole answer came {waited}"


def _distrust(error: ssl.SSLCertVerificationError) -> str:
    """What is wrong with a certificate."""
    code = error.verify_code
    if code in {_EXPIRED, _NOT_YET_VALID}:
        what = "has expired" if code == _EXPIRED else "is not valid yet"
        return (
            f"its certificate {what}; this machine's clock says "
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC: if that is right, whoever runs the service, "
            "or the proxy that stands in for it, has to renew the certificate"
        )
    if code in {_OTHER_NAME, _OTHER_ADDRESS}:
        return (
            "its certificate is for another host: somebody else answers there; check base_url, the "
            "DNS and the proxy"
        )
    return (
        "its certificate is not trusted here; if a proxy of your network puts in its own, "
        "name the file of its CA in REQUESTS_CA_BUNDLE, or as verify="
    )


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
