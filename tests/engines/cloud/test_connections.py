"""Connections: used again while that is safe, and by one process only."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator

import pytest
import requests
from parrot import ParrotServer

from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.connections import PooledAdapter, watched
from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.transport import Answer, Timeouts, Transport
from notetext.engines.cloud.watchdog import Watch


def get(transport: Transport, url: str) -> Answer:
    return transport.request("GET", url, auth=NoAuth(), max_bytes=1000)


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport("me/1", Timeouts())
    yield transport
    transport.close()


def test_a_connection_is_used_again(server: ParrotServer, transport: Transport) -> None:
    for _ in range(3):
        get(transport, f"{server.url}/x")
    assert {request.connection for request in server.requests} == {1}


def test_a_connection_that_was_idle_too_long_is_not_used_again() -> None:
    # The server closes idle connections just when the next request comes.
    with ParrotServer(idle_close_s=0.25) as server:
        careless = Transport("me/1", Timeouts(), idle_limit_s=9)
        careful = Transport("me/1", Timeouts(), idle_limit_s=0.1)
        for transport in (careless, careful):
            get(transport, f"{server.url}/x")
        time.sleep(0.4)
        with pytest.raises(NoAnswerError) as caught:
            get(careless, f"{server.url}/x")
        assert caught.value.sent
        assert get(careful, f"{server.url}/x").status == 404
        careless.close()
        careful.close()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_opens_connections_of_its_own(server: ParrotServer) -> None:
    transport = Transport("me/1", Timeouts())
    get(transport, f"{server.url}/x")
    child = multiprocessing.get_context("fork").Process(
        target=get, args=(transport, f"{server.url}/x")
    )
    child.start()
    child.join()
    get(transport, f"{server.url}/x")
    assert child.exitcode == 0
    assert [request.connection for request in server.requests] == [1, 2, 1]
    transport.close()


def test_it_may_be_used_again_after_it_was_closed(
    server: ParrotServer, transport: Transport
) -> None:
    get(transport, f"{server.url}/x")
    transport.close()
    assert get(transport, f"{server.url}/x").status == 404
    assert server.requests[1].connection == 2


def test_an_attempt_was_sent_once_a_request_went_out(server: ParrotServer) -> None:
    adapter = PooledAdapter(size=1)
    with requests.Session() as session:
        session.mount("http://", adapter)
        refused, answered = Watch({}), Watch({})
        with watched(refused), pytest.raises(requests.ConnectionError):
            session.get("http://127.0.0.1:9/", timeout=5)
        with watched(answered):
            session.get(f"{server.url}/x", timeout=5)
    assert (refused.sent, answered.sent) == (False, True)
