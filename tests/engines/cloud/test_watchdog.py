"""Every request ends by the clock, or with its caller, whatever the other side does."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from parrot import ParrotServer, submission
from raw_server import HEAD, SLOW_ANSWERS, Endless, RawServer

from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.connections import IDLE_LIMIT_S
from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.transport import Answer, Timeouts, Transport
from notetext.testing import Fault, Phase

BRIEF = Timeouts(connect_s=0.4, read_s=0.4, answer_s=0.4, send_s=0.4)
NEVER_S = 30.0
"""As long as to a test nothing happens at all."""


@pytest.fixture
def make_transport() -> Iterator[Callable[..., Transport]]:
    made: list[Transport] = []

    def make(timeouts: Timeouts = BRIEF, idle_limit_s: float = IDLE_LIMIT_S) -> Transport:
        made.append(Transport("me/1", timeouts, idle_limit_s))
        return made[-1]

    yield make
    for transport in made:
        transport.close()


def get(transport: Transport, url: str, **parameters: object) -> Answer:
    return transport.request(
        "GET",
        url,
        auth=NoAuth(),
        max_bytes=10_000,
        **parameters,  # type: ignore[arg-type]
    )


def no_answer(ask: Callable[[], Answer]) -> NoAnswerError:
    """Why there was none, and not by the sockets' own time-outs."""
    start = time.monotonic()
    with pytest.raises(NoAnswerError) as caught:
        ask()
    assert time.monotonic() - start < NEVER_S / 2
    return caught.value


@pytest.mark.parametrize("kind", SLOW_ANSWERS)
@pytest.mark.parametrize(
    "inside_s", [False, True], ids=["by the time-outs", "by the caller's time"]
)
def test_an_answer_that_drips_without_end_has_one(
    make_transport: Callable[..., Transport], kind: str, inside_s: bool
) -> None:
    transport = make_transport(Timeouts() if inside_s else BRIEF)
    with RawServer(Endless(kind), pause_s=0.05) as server:
        error = no_answer(lambda: get(transport, server.url, within_s=0.4 if inside_s else NEVER_S))
    assert error.sent
    assert error.late == inside_s


def test_a_message_names_the_time_that_really_passed(
    make_transport: Callable[..., Transport],
) -> None:
    with RawServer(lingers=True) as silent:
        error = no_answer(lambda: get(make_transport(Timeouts()), silent.url, within_s=1.25))
    seconds = float(str(error).removeprefix("no whole answer came within ").removesuffix(" s"))
    assert 1.2 <= seconds < NEVER_S / 2


@pytest.mark.parametrize("kind", ["`100 Continue` without end", "trailers without end"])
def test_what_is_no_answer_is_not_read_for_as_long_as_there_is_time(
    make_transport: Callable[..., Transport], kind: str
) -> None:
    with RawServer(Endless(kind)) as server:
        error = no_answer(lambda: get(make_transport(Timeouts()), server.url))
    assert error.sent
    # What was sent into the buffers of the sockets was not all read.
    assert server.sent < 50_000_000


def test_a_server_that_takes_no_request_is_given_up(
    make_transport: Callable[..., Transport],
) -> None:
    body = submission(bytes(20_000_000))
    with RawServer(hears=False, lingers=True) as deaf:
        error = no_answer(
            lambda: make_transport(Timeouts(connect_s=NEVER_S, send_s=0.4)).request(
                "POST", deaf.url, auth=NoAuth(), max_bytes=100, body=body
            )
        )
    assert "could not be sent within" in str(error)
    assert error.sent


@pytest.mark.parametrize(
    ("pieces", "hears"),
    [([], False), ([], True), (Endless("a head that drips"), True)],
    ids=["deaf", "silent", "dripping"],
)
def test_a_proxy_without_an_answer_is_named_and_was_sent_nothing(
    make_transport: Callable[..., Transport],
    monkeypatch: pytest.MonkeyPatch,
    pieces: list[bytes],
    hears: bool,
) -> None:
    with RawServer(pieces, pause_s=0.05, hears=hears, lingers=True) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url.replace("//", "//user:pass@"))
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        error = no_answer(lambda: get(make_transport(), "https://service.invalid/x"))
    assert str(error).startswith(f"the proxy 127.0.0.1:{proxy.port} did not answer within 0.")
    assert str(error).endswith("check HTTPS_PROXY, or proxies=")
    assert not error.sent


def test_a_handshake_without_an_end_is_given_up(make_transport: Callable[..., Transport]) -> None:
    with RawServer(lingers=True) as silent:
        url = silent.url.replace("http:", "https:")
        error = no_answer(lambda: get(make_transport(), url))
    assert "the TLS handshake came to no end within" in str(error)
    assert not error.sent


def test_a_name_that_nobody_resolves_in_time_is_given_up(
    make_transport: Callable[..., Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [asked.wait(NEVER_S)][1:])
    error = no_answer(lambda: get(make_transport(), "http://service.invalid/x"))
    asked.set()
    assert "no connection came about within" in str(error)
    assert not error.sent


def test_a_name_that_nobody_knows_is_told(make_transport: Callable[..., Transport]) -> None:
    error = no_answer(lambda: get(make_transport(Timeouts()), "http://service.invalid/x"))
    assert "its name cannot be resolved" in str(error) or "within" in str(error)
    assert not error.sent


def test_a_dead_address_leaves_time_for_the_next(
    make_transport: Callable[..., Transport],
    monkeypatch: pytest.MonkeyPatch,
    server: ParrotServer,
) -> None:
    # A listener whose queue is full takes no more connections.
    with socket.socket() as dead:
        dead.bind(("127.0.0.1", 0))
        dead.listen(0)
        waiting = [socket.socket() for _ in range(8)]
        for client in waiting:
            client.setblocking(False)
            client.connect_ex(dead.getsockname())
        alive = ("127.0.0.1", int(server.url.rsplit(":", 1)[1]))
        addresses = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", address)
            for address in (dead.getsockname(), alive)
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_: addresses)
        answer = get(make_transport(Timeouts(connect_s=2)), "http://service.invalid/x")
        for client in waiting:
            client.close()
    assert answer.status == 404


def cancelled_after(seconds: float) -> threading.Event:
    cancel = threading.Event()
    threading.Timer(seconds, cancel.set).start()
    return cancel


def test_a_caller_who_gives_up_waits_for_no_answer(
    make_transport: Callable[..., Transport],
) -> None:
    with RawServer(lingers=True) as silent:
        error = no_answer(
            lambda: get(make_transport(Timeouts()), silent.url, cancel=cancelled_after(0.2))
        )
    assert str(error) == "the caller gave up"
    assert error.sent
    assert not error.late


def test_what_was_sent_may_be_waited_for_a_little_longer(
    make_transport: Callable[..., Transport],
) -> None:
    cancel = threading.Event()
    cancel.set()
    with RawServer([b"HTTP", b"/1.1 204 No\r\n\r\n"], pause_s=0.3) as slow:
        transport = make_transport(Timeouts())
        no_answer(lambda: get(transport, slow.url, cancel=cancel))
        assert get(transport, slow.url, cancel=cancelled_after(0.05), patience_s=9).status == 204


def test_a_redirect_is_read_no_further_than_other_answers(
    make_transport: Callable[..., Transport],
) -> None:
    head = b"HTTP/1.1 307 There\r\nLocation: /there\r\n\r\n"
    with RawServer([head, *[bytes(1 << 20)] * 200]) as server:
        answer = get(make_transport(Timeouts()), server.url)
    assert (answer.status, answer.whole) == (307, False)
    assert server.sent < 50_000_000


def test_nothing_of_an_answer_is_kept_for_the_next(
    make_transport: Callable[..., Transport],
) -> None:
    head = HEAD + b"Set-Cookie: a=b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    transport = make_transport()
    with RawServer([head]) as server:
        get(transport, server.url)
        get(transport, server.url)
    assert len(server.seen) == 2
    assert b"ookie" not in server.seen[1]


def test_a_request_that_costs_goes_out_on_a_connection_of_its_own(
    make_transport: Callable[..., Transport],
) -> None:
    # The server closes whatever was idle just when the next request comes.
    with ParrotServer(idle_close_s=0.25) as server:
        transport = make_transport(Timeouts(), idle_limit_s=NEVER_S)
        get(transport, f"{server.url}/x")
        time.sleep(0.3)
        assert no_answer(lambda: get(transport, f"{server.url}/x")).sent
        get(transport, f"{server.url}/x")
        time.sleep(0.3)
        answer = transport.request(
            "POST", f"{server.url}/y", auth=NoAuth(), max_bytes=100, body=submission()
        )
        assert answer.status == 404


def watchdogs() -> int:
    return sum(thread.name == "notetext-watchdog" for thread in threading.enumerate())


def test_one_thread_looks_after_all_requests_and_ends(
    make_transport: Callable[..., Transport], server: ParrotServer
) -> None:
    while watchdogs():
        time.sleep(0.05)
    transport = make_transport(Timeouts())
    server.script(Phase.LOOK, Fault.silence(0.5).repeated(8))
    threads = [
        threading.Thread(target=lambda: no_answer(lambda: get(transport, f"{server.url}/tasks/7")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert watchdogs() == 1
    for thread in threads:
        thread.join()
    transport.close()
    while watchdogs():
        time.sleep(0.05)
