"""TLS: whom the client trusts, and that it cannot be talked out of it."""

from __future__ import annotations

import functools
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
import trustme

from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.transport import Timeouts, Transport


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@contextmanager
def serving(certificate: trustme.LeafCert) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def url(authority: trustme.CA) -> Iterator[str]:
    with serving(authority.issue_cert("127.0.0.1")) as url:
        yield url


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    return authority


def status(url: str) -> int:
    transport = Transport("me/1", Timeouts(connect_s=5, read_s=5))
    try:
        return transport.request("GET", url, auth=NoAuth(), max_bytes=100).status
    finally:
        transport.close()


def test_an_unknown_authority_is_not_trusted_and_nothing_is_sent(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    with pytest.raises(NoAnswerError, match="REQUESTS_CA_BUNDLE") as caught:
        status(url)
    assert not caught.value.sent
    assert caught.value.permanent


def test_the_environment_names_further_authorities(
    url: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    assert status(url) == 204


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_no_variable_turns_the_check_off(
    url: str, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_VERIFY", "PYTHONHTTPSVERIFY"):
        monkeypatch.setenv(name, value)
    with pytest.raises(NoAnswerError) as caught:
        status(url)
    assert not caught.value.sent


LONG_AGO, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "not_before", "not_after", "message"),
    [
        ("127.0.0.1", LONG_AGO, LONG_AGO + timedelta(1), r"has expired; .* clock says .* renew"),
        ("127.0.0.1", LATER - timedelta(1), LATER, r"is not valid yet; .* clock says"),
        ("127.0.0.2", LONG_AGO, LATER, r"for another host: .* check base_url"),
        ("elsewhere.example", LONG_AGO, LATER, r"for another host: .* check base_url"),
    ],
)
def test_what_is_wrong_with_a_certificate_is_told_and_nothing_is_sent(
    trusted: trustme.CA, name: str, not_before: datetime, not_after: datetime, message: str
) -> None:
    certificate = trusted.issue_cert(name, not_before=not_before, not_after=not_after)
    with serving(certificate) as url, pytest.raises(NoAnswerError, match=message) as caught:
        status(url)
    assert not caught.value.sent
    assert caught.value.permanent
    assert caught.value.__context__ is None


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
@pytest.mark.parametrize(
    ("content", "message"), [(None, "is not there"), ("nothing", "holds no certificates")]
)
def test_a_file_of_authorities_that_cannot_be_used_is_named_with_its_variable(
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: str | None,
    message: str,
) -> None:
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(variable, raising=False)
    bundle = tmp_path / "ca.pem"
    if content is not None:
        bundle.write_text(content)
    monkeypatch.setenv(name, str(bundle))
    with pytest.raises(NoAnswerError) as caught:
        status(url)
    told = f"the file of trusted authorities {str(bundle)!r} {message}; mend {name}, or unset it"
    assert str(caught.value) == told
    assert not caught.value.sent
    assert caught.value.permanent


def unverified_session(monkeypatch: pytest.MonkeyPatch) -> None:
    request = functools.partialmethod(requests.Session.request, verify=False)
    monkeypatch.setattr(requests.Session, "request", request)


def unverified_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    merge = requests.Session.merge_environment_settings

    def unverified(*args: object) -> object:
        return {**merge(*args), "verify": False}  # type: ignore[arg-type]

    monkeypatch.setattr(requests.Session, "merge_environment_settings", unverified)


def unverified_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ssl, "_create_default_https_context", ssl._create_unverified_context)


@pytest.mark.parametrize(
    "recipe",
    [unverified_session, unverified_settings, unverified_contexts],
    ids=lambda r: r.__name__,
)
def test_no_recipe_that_turns_the_check_off_in_a_program_turns_it_off_here(
    url: str, monkeypatch: pytest.MonkeyPatch, recipe: Callable[[pytest.MonkeyPatch], None]
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    recipe(monkeypatch)
    with pytest.raises(NoAnswerError, match="certificate is not trusted") as caught:
        status(url)
    assert not caught.value.sent
