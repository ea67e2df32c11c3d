"""The HTTP server by hand, as a client sees it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import requests

from notetext.testing import Fault
from notetext.testing.fake_http import FakeHttpServer, HttpAnswer, HttpRequest


class Echo:
    """A server that answers with a request's body, and fails as it is told."""

    def __init__(self, idle_close_s: float | None = None) -> None:
        self.fault: Fault | None = None
        self.planned: list[HttpRequest] = []
        self.answered: list[HttpRequest] = []
        self.http = FakeHttpServer("echo", self._plan, self._answer, idle_close_s)

    def _plan(self, request: HttpRequest) -> Fault | None:
        self.planned.append(request)
        return self.fault

    def _answer(self, request: HttpRequest, fault: Fault | None) -> HttpAnswer:
        self.answered.append(request)
        return HttpAnswer(201, request.body, "text/plain", [("X-Echo", "yes")])


@pytest.fixture
def echo() -> Iterator[Echo]:
    echo = Echo()
    echo.http.start()
    yield echo
    echo.http.stop()


def post(echo: Echo, timeout: float = 5.0) -> requests.Response:
    return requests.post(f"{echo.http.url}/a/b?x=1&x=2&y=3", data=b"hello", timeout=timeout)


def test_a_request_is_told_twice_before_and_with_its_body(echo: Echo) -> None:
    answer = post(echo)
    assert (answer.status_code, answer.text, answer.headers["X-Echo"]) == (201, "hello", "yes")
    (planned,), (answered,) = echo.planned, echo.answered
    assert (planned.body, answered.body) == (b"", b"hello")
    assert (answered.method, answered.path) == ("POST", "/a/b")
    assert answered.query == {"x": "1", "y": "3"}
    assert answered.headers["content-length"] == "5"


def test_a_body_may_come_in_chunks(echo: Echo) -> None:
    with requests.Session() as session:
        for chunks in ([b"hel", b"lo"], []):
            answer = session.post(echo.http.url, data=iter(chunks), timeout=5)
            assert answer.text == b"".join(chunks).decode()
    assert [request.connection for request in echo.answered] == [1, 1]


def test_connections_are_counted(echo: Echo) -> None:
    with requests.Session() as session:
        for _ in range(2):
            session.get(echo.http.url, timeout=5)
    requests.get(echo.http.url, timeout=5)
    assert [request.connection for request in echo.answered] == [1, 1, 2]


@pytest.mark.parametrize(
    ("fault", "answered"),
    [
        (Fault.reset(after_body=False), 0),
        (Fault.reset(after_body=True), 1),
        (Fault.cut_off(), 1),
        (Fault.silence(0.05), 1),
    ],
    ids=lambda value: str(getattr(value, "effect", value)),
)
def test_a_connection_breaks_where_it_is_told_to(echo: Echo, fault: Fault, answered: int) -> None:
    echo.fault = fault
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        post(echo)
    assert len(echo.answered) == answered


def test_an_answer_trickles(echo: Echo) -> None:
    echo.fault = Fault.slow_body(0.03)
    before = time.monotonic()
    assert post(echo).text == "hello"
    assert time.monotonic() - before >= 0.1


def test_a_connection_that_was_idle_is_dropped_unanswered() -> None:
    echo = Echo(idle_close_s=0.1)
    echo.http.start()
    with requests.Session() as session:
        session.get(echo.http.url, timeout=5)
        time.sleep(0.2)
        with pytest.raises(requests.ConnectionError):
            session.get(echo.http.url, timeout=5)
    echo.http.stop()
    assert len(echo.planned) == 1


def test_a_fault_is_an_answer_of_its_own() -> None:
    answer = HttpAnswer.of(Fault.rate_limited(seconds=3))
    assert (answer.status, answer.headers) == (429, [("Retry-After", "3")])


def test_it_stops_at_once_even_with_open_connections() -> None:
    echo = Echo()
    echo.http.start()
    session = requests.Session()
    session.get(echo.http.url, timeout=5)
    echo.http.stop()
    session.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "echo"]
