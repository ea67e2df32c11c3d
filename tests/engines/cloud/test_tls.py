"""TLS: whom the client trusts, and that it cannot be talked out of it."""

from __future__ import annotations

import functools
import ssl
import threading
from collections.abc import Callable, Iterator
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


@pytest.fixture
def url(authority: trustme.CA) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


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
