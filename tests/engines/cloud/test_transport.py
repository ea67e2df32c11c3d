"""The network as it is: proxies, .netrc, idle connections, endless answers, forks."""

from __future__ import annotations

import gzip
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from parrot import ParrotServer
from raw_server import RawServer

from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.transport import Answer, Timeouts, Transport
from notetext.testing import Fault, Phase


def get(transport: Transport, url: str, max_bytes: int = 1000) -> Answer:
    return transport.request("GET", url, auth=NoAuth(), max_bytes=max_bytes)


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport("me/1", Timeouts(connect_s=2, read_s=2, answer_s=0.5))
    yield transport
    transport.close()


def test_requests_say_who_asks(server: ParrotServer, transport: Transport) -> None:
    get(transport, f"{server.url}/x")
    assert server.requests[0].headers["user-agent"] == "me/1"


def test_proxies_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, transport: Transport
) -> None:
    with RawServer([b"HTTP/1.1 200 OK\r\n\r\n"]) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        with pytest.raises(NoAnswerError) as caught:
            get(transport, "https://service.invalid/x")
    assert proxy.seen[0].startswith(b"CONNECT service.invalid:443 HTTP/1.")
    assert not caught.value.sent


def test_no_proxy_sees_what_is_said_in_the_clear_to_this_machine(
    monkeypatch: pytest.MonkeyPatch, server: ParrotServer, transport: Transport
) -> None:
    with RawServer([b"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"]) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        # It would, without our own adapter:
        assert requests.get(server.url, timeout=5).status_code == 502
        get(transport, f"{server.url}/x")
    assert len(proxy.seen) == 1
    assert len(server.requests) == 1


def test_a_proxy_that_refuses_the_tunnel_was_sent_nothing_of_ours(
    monkeypatch: pytest.MonkeyPatch, transport: Transport
) -> None:
    with RawServer([b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"]) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        with pytest.raises(NoAnswerError, match="proxy") as caught:
            get(transport, "https://service.invalid/x")
    assert not caught.value.sent


def test_the_ca_bundle_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, transport: Transport, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    with pytest.raises(NoAnswerError) as caught:
        get(transport, "https://127.0.0.1:9/")
    assert not caught.value.sent


def test_a_redirect_is_an_answer(transport: Transport, server: ParrotServer) -> None:
    server.script(Phase.LOOK, Fault.redirect(f"{server.url}/elsewhere"))
    assert get(transport, f"{server.url}/tasks/7").status == 307
    assert len(server.requests) == 1


def test_an_answer_is_read_only_as_far_as_allowed(transport: Transport) -> None:
    with RawServer([b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 10_000] * 100]) as endless:
        answer = get(transport, endless.url, max_bytes=30_000)
    assert not answer.whole
    assert len(answer.body) < 200_000


def test_an_answer_that_trickles_for_ever_is_given_up(transport: Transport) -> None:
    with (
        RawServer([b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 40], pause_s=0.05) as trickle,
        pytest.raises(NoAnswerError) as caught,
    ):
        get(transport, trickle.url)
    assert caught.value.sent


def test_an_answer_in_chunks_and_compressed_is_understood(transport: Transport) -> None:
    body = gzip.compress(b"hello" * 10)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = (
        b"%x\r\n%s\r\n" % (10, body[:10]),
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(body) - 10, body[10:]),
    )
    with RawServer([head, *chunks]) as server:
        assert get(transport, server.url).body == b"hello" * 10


def test_a_compressed_answer_counts_as_long_as_it_is_unpacked(transport: Transport) -> None:
    body = gzip.compress(bytes(50_000_000))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    with RawServer([head, body]) as bomb:
        answer = get(transport, bomb.url, max_bytes=1000)
    assert not answer.whole
    assert len(answer.body) < 1_000_000


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n" + b"x" * 100_000,
    ],
    ids=["nothing", "no-http", "cut", "wrong-chunks", "wrong-gzip", "endless-header"],
)
def test_what_is_no_answer_was_sent_for_nothing(transport: Transport, answer: bytes) -> None:
    with RawServer([answer]) as server, pytest.raises(NoAnswerError) as caught:
        get(transport, server.url)
    assert caught.value.sent
    assert caught.value.__context__ is None


def test_a_refused_connection_was_not_sent(transport: Transport) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    with pytest.raises(NoAnswerError, match="refused") as caught:
        get(transport, url)
    assert not caught.value.sent
    assert not caught.value.permanent


def test_what_the_caller_is_handling_is_not_taken_for_the_cause(transport: Transport) -> None:
    try:
        raise ssl.SSLCertVerificationError("of somebody else")
    except ssl.SSLCertVerificationError:
        with RawServer([b""]) as server, pytest.raises(NoAnswerError) as caught:
            get(transport, server.url)
    assert not caught.value.permanent


def test_a_connection_that_does_not_come_about_was_not_sent() -> None:
    # A listener whose queue is full takes no more connections.
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(8)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
        transport = Transport("me/1", Timeouts(connect_s=0.2))
        with pytest.raises(NoAnswerError, match=r"within 0\.2 s") as caught:
            get(transport, f"http://127.0.0.1:{listener.getsockname()[1]}/")
        assert not caught.value.sent
        for client in waiting:
            client.close()
