"""How fast the service is asked, by all threads together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest
from parrot import Parrot, ParrotServer, submission

from notetext.engines import CancelToken, Request
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import CancelledError, ConfigurationError, EngineTimeoutError
from notetext.testing import Fault, NoWaiting, Phase, ReceivedRequest

MakeParrot = Callable[..., Parrot]


class StandingClock:
    """A clock on which time passes in waits only."""

    def __init__(self) -> None:
        self.time = 100.0
        self.turns: list[float] = []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        self.turns.append(self.time + seconds)


def test_requests_are_spread_evenly() -> None:
    limit, clock = RateLimit(4, None), StandingClock()
    for _ in range(5):
        limit.wait_for_request(Deadline("parrot", clock))
    assert clock.turns == [100.0, 100.25, 100.5, 100.75, 101.0]


def test_time_in_which_nobody_asked_is_not_saved_up() -> None:
    limit, clock = RateLimit(4, None), StandingClock()
    limit.wait_for_request(Deadline("parrot", clock))
    clock.time = 200.0
    for _ in range(2):
        limit.wait_for_request(Deadline("parrot", clock))
    assert clock.turns == [100.0, 200.0, 200.25]


def test_a_request_whose_caller_gave_up_is_not_made(
    make_parrot: MakeParrot, server: ParrotServer, request_: Request
) -> None:
    token = threading.Event()
    token.set()
    parrot = make_parrot(rate_limit=RateLimit(10, None))
    with pytest.raises(CancelledError):
        parrot.tasks.result(submission(), replace(request_, cancel=token), UsageCounter())
    assert server.requests == []


@pytest.mark.parametrize("phase", [None, Phase.SUBMIT, Phase.LOOK])
def test_every_request_takes_its_turn_those_for_a_token_and_after_it_too(
    clock: NoWaiting, request_: Request, phase: Phase | None
) -> None:
    came: list[float] = []

    def note(request: ReceivedRequest) -> Fault | None:
        came.append(clock.now())
        if request.phase is not phase or len(came) > 3:
            return None
        return Fault.expired_token()

    with ParrotServer("Hello", on_request=note) as server:
        parrot = Parrot(server.url, clock, rate_limit=RateLimit(0.1, None))
        assert parrot.tasks.result(submission(), request_, UsageCounter()) == "Hello"
        parrot.client.close()
    # A token, a submission, a poll; with a fault, another token and the request once more.
    assert len(came) == (3 if phase is None else 5)
    assert all(after - before > 9.9 for before, after in pairwise(came))


def test_no_more_tasks_are_under_way_than_allowed(clock: NoWaiting, request_: Request) -> None:
    counts: list[int] = []
    lock = threading.Lock()
    current = 0

    def watch(request: ReceivedRequest) -> Fault | None:
        nonlocal current
        with lock:
            if request.phase is Phase.SUBMIT:
                current += 1
                counts.append(current)
            elif request.phase is Phase.LOOK:
                current -= 1
        return None

    with ParrotServer(on_request=watch) as server:
        parrot = Parrot(server.url, clock, rate_limit=RateLimit(None, 2))
        with ThreadPoolExecutor(8) as pool:
            list(
                pool.map(
                    lambda _: parrot.tasks.result(submission(), request_, UsageCounter()), range(24)
                )
            )
        parrot.client.close()
    assert len(counts) == 24
    assert max(counts) <= 2


def test_a_turn_that_does_not_come_in_time_is_an_error() -> None:
    limit, clock = RateLimit(None, 1), StandingClock()
    with limit.task(Deadline("parrot", clock)):
        late = Deadline("parrot", clock, at=clock.time)
        with pytest.raises(EngineTimeoutError), limit.task(late):
            pass


@pytest.mark.parametrize("wrong", [(0, None), (-1, None), (None, 0)], ids=str)
def test_a_limit_of_nothing_is_refused(wrong: tuple[float | None, int | None]) -> None:
    with pytest.raises(ConfigurationError):
        RateLimit(*wrong)
