"""How a service is reached: other authorities, client certificates, proxies; never unchecked."""

from __future__ import annotations

import pickle
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from pydantic import SecretStr
from raw_server import RawServer

from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.network import Network, Proxies, Verify, concealed_proxies
from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.transport import Timeouts, Transport
from notetext.errors import ConfigurationError

PASSWORD = "pa55word-of-a-proxy"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        certificate = self.connection.getpeercert()
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.send_header("X-Client", "known" if certificate else "unknown")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(authority: trustme.CA, *, wants_certificate: bool = False) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    if wants_certificate:
        authority.configure_trust(context)
        context.verify_mode = ssl.CERT_REQUIRED
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def bundle(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
def certificate(authority: trustme.CA, tmp_path: Path) -> Path:
    """A client's, with its key in the same file."""
    path = tmp_path / "client.pem"
    authority.issue_cert("client.example").private_key_and_cert_chain_pem.write_to_path(str(path))
    return path


@pytest.fixture
def get() -> Iterator[Callable[[str, Network], str]]:
    """What a server says of us, reached in one way."""
    made: list[Transport] = []

    def ask(url: str, network: Network) -> str:
        made.append(Transport("me/1", Timeouts(connect_s=5, read_s=5), network=network))
        answer = made[-1].request("GET", url, auth=NoAuth(), max_bytes=100)
        return answer.headers["X-Client"]

    yield ask
    for transport in made:
        transport.close()


Get = Callable[[str, Network], str]


def test_a_file_of_authorities_is_trusted(authority: trustme.CA, bundle: Path, get: Get) -> None:
    with serving(authority) as url:
        assert get(url, Network.of(bundle, None, None)) == "unknown"
        assert get(url, Network.of(str(bundle), None, None)) == "unknown"
        with pytest.raises(NoAnswerError, match="verify="):
            get(url, Network.of(None, None, None))


def test_verify_goes_before_the_environment(
    authority: trustme.CA, bundle: Path, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with serving(authority) as url:
        assert get(url, Network.of(bundle, None, None)) == "unknown"
        context = ssl.create_default_context(cafile=str(bundle))
        assert get(url, Network.of(context, None, None)) == "unknown"


def test_a_context_trusts_nobody_else(
    authority: trustme.CA, bundle: Path, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    with serving(authority) as url, pytest.raises(NoAnswerError, match="not trusted") as caught:
        get(url, Network.of(context, None, None))
    assert not caught.value.sent
    assert context.cert_store_stats()["x509"] == 0


@pytest.mark.parametrize("whole", [True, False])
def test_a_client_certificate_is_shown(
    authority: trustme.CA, bundle: Path, certificate: Path, get: Get, tmp_path: Path, whole: bool
) -> None:
    with serving(authority, wants_certificate=True) as url:
        cert = certificate if whole else (certificate, str(certificate))
        assert get(url, Network.of(bundle, cert, None)) == "known"
        context = ssl.create_default_context(cafile=str(bundle))
        assert get(url, Network.of(context, cert, None)) == "known"
        with pytest.raises(NoAnswerError):
            get(url, Network.of(bundle, None, None))


@pytest.mark.parametrize("unchecked", [False, 0, ""])
def test_the_check_cannot_be_turned_off(unchecked: object) -> None:
    with pytest.raises(ConfigurationError, match=r"always checked.*give verify= its file"):
        Network.of(unchecked, None, None)  # type: ignore[arg-type]


def unchecking(context: ssl.SSLContext) -> None:
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE


def nameless(context: ssl.SSLContext) -> None:
    context.check_hostname = False


@pytest.mark.parametrize("turn_off", [unchecking, nameless])
def test_nor_by_a_context_before_or_after(
    authority: trustme.CA, get: Get, turn_off: Callable[[ssl.SSLContext], None]
) -> None:
    context = ssl.create_default_context()
    network = Network.of(context, None, None)
    turn_off(context)
    with pytest.raises(ConfigurationError, match="does not check"):
        Network.of(context, None, None)
    with serving(authority) as url, pytest.raises(ConfigurationError, match="does not check"):
        get(url, network)


@pytest.mark.parametrize("fine", [None, True])
def test_what_is_usual_may_be_said(fine: Verify) -> None:
    assert Network.of(fine, None, None) == Network()


def test_files_of_no_use_are_told_at_once(tmp_path: Path, certificate: Path) -> None:
    missing, empty = tmp_path / "missing.pem", tmp_path / "empty.pem"
    empty.write_text("")
    for path, message in ((missing, "is not there"), (empty, "holds no certificates")):
        with pytest.raises(ConfigurationError, match=f"authorities .*{message}; give verify="):
            Network.of(path, None, None)
    for cert in (missing, empty, (certificate, empty), (certificate, missing)):
        with pytest.raises(ConfigurationError, match="client certificate cannot be used"):
            Network.of(None, cert, None)
    with pytest.raises(ConfigurationError, match="pair of files"):
        Network.of(None, (certificate,), None)


def test_a_key_with_a_passphrase_asks_nobody(
    certificate: Path, tmp_path: Path, authority: trustme.CA
) -> None:
    leaf = authority.issue_cert("client.example")
    key = serialization.load_pem_private_key(leaf.private_key_pem.bytes(), None)
    locked = tmp_path / "locked.pem"
    locked.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"passphrase"),
        )
        + leaf.cert_chain_pems[0].bytes()
    )
    with pytest.raises(ConfigurationError, match="passphrase"):
        Network.of(None, locked, None)


def test_a_file_that_vanishes_is_named_when_it_is_needed(
    authority: trustme.CA, bundle: Path, certificate: Path, get: Get
) -> None:
    network = Network.of(bundle, certificate, None)
    certificate.unlink()
    with (
        serving(authority) as url,
        pytest.raises(NoAnswerError, match=r"client\.pem' is not there"),
    ):
        get(url, network)
    bundle.unlink()
    with serving(authority) as url, pytest.raises(NoAnswerError, match=r"ca\.pem' is not there"):
        get(url, Network(bundle=network.bundle))


@pytest.mark.parametrize("as_mapping", [str, lambda u: {"https": u}, lambda u: {"all": u}])
def test_a_proxy_goes_before_the_environment(
    get: Get, monkeypatch: pytest.MonkeyPatch, as_mapping: Callable[[str], Proxies]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "service.invalid")
    with RawServer([b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"]) as proxy:
        network = Network.of(None, None, as_mapping(proxy.url))
        with pytest.raises(NoAnswerError, match="proxy") as caught:
            get("https://service.invalid/", network)
    assert proxy.seen[0].startswith(b"CONNECT service.invalid:443")
    assert not caught.value.sent


@pytest.mark.parametrize("none", [{}, "", {"https": ""}])
def test_no_proxy_is_none_whatever_the_environment_says(
    authority: trustme.CA, bundle: Path, get: Get, monkeypatch: pytest.MonkeyPatch, none: Proxies
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with serving(authority) as url:
        assert get(url, Network.of(bundle, None, none)) == "unknown"


def test_a_proxys_password_goes_to_the_proxy_and_is_shown_nowhere(get: Get) -> None:
    with RawServer([b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"]) as proxy:
        url = proxy.url.replace("//", f"//me:{PASSWORD}@")
        network = Network.of(None, None, concealed_proxies(url))
        with pytest.raises(NoAnswerError) as caught:
            get("https://service.invalid/", network)
    assert b"Proxy-Authorization: Basic " in proxy.seen[0]
    assert PASSWORD not in f"{network!r} {caught.value!r}"
    assert [secret.get_secret_value() for secret in network.secrets] == [url, PASSWORD]


@pytest.mark.parametrize(
    "wrong",
    [f"http://me:{PASSWORD}@:80", f"socks5://{PASSWORD}@h:1", "proxy:x", {"htps": PASSWORD}],
)
def test_a_proxy_that_is_none_is_an_error_without_its_address(wrong: Proxies) -> None:
    with pytest.raises(ConfigurationError, match="proxies=") as caught:
        Network.of(None, None, concealed_proxies(wrong))
    assert PASSWORD not in str(caught.value)


def test_a_proxy_without_a_password_is_pickled(certificate: Path) -> None:
    network = Network.of(None, certificate, "http://proxy.example:3128")
    assert pickle.loads(pickle.dumps(network.without_secrets())) == network


def test_a_proxy_with_a_password_stays_behind_and_the_copy_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = SecretStr(f"http://me:{PASSWORD}@proxy.example:3128")
    data = pickle.dumps(Network.of(None, None, url).without_secrets())
    assert PASSWORD.encode() not in data
    copy = pickle.loads(data)
    with pytest.raises(ConfigurationError, match="set it in the process"):
        copy.check()
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    copy.check()
    assert copy.proxy_url is None


def test_a_context_is_not_pickled_and_that_is_said() -> None:
    with pytest.raises(ConfigurationError, match="give verify= and cert= files"):
        Network.of(ssl.create_default_context(), None, None).without_secrets()


def test_a_silent_proxy_of_ours_ends_by_the_clock(get: Get) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        transport = Transport(
            "me/1",
            Timeouts(connect_s=0.2),
            network=Network.of(None, None, f"http://127.0.0.1:{silent.getsockname()[1]}"),
        )
        with pytest.raises(NoAnswerError, match=r"the proxy 127.0.0.1:.* did not answer"):
            transport.request("GET", "https://service.invalid/", auth=NoAuth(), max_bytes=1)
        transport.close()
