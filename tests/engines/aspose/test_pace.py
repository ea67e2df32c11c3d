"""How fast the service is asked, by all threads together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from notetext.engines import CancelToken, Request
from notetext.engines.aspose import AsposeEngine
from notetext.engines.aspose.pace import Pace
from notetext.engines.aspose.waiting import Patience
from notetext.errors import CancelledError, ConfigurationError, EngineTimeoutError
from notetext.model import Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest


class StandingClock:
    """A clock on which time passes in waits only."""

    def __init__(self) -> None:
        self.time = 100.0
        self.turns: list[float] = []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        self.turns.append(self.time + seconds)


def page() -> PageImage:
    """The same small page, each time as if it had come from a file again."""
    return PageImage(np.full((30, 40), 200, np.uint8))


def test_requests_are_spread_evenly() -> None:
    pace, clock = Pace(4, None), StandingClock()
    for _ in range(5):
        pace.wait_for_request(Patience(clock))
    assert clock.turns == [100.0, 100.25, 100.5, 100.75, 101.0]


def test_time_in_which_nobody_asked_is_not_saved_up() -> None:
    pace, clock = Pace(4, None), StandingClock()
    pace.wait_for_request(Patience(clock))
    clock.time = 200.0
    for _ in range(2):
        pace.wait_for_request(Patience(clock))
    assert clock.turns == [100.0, 200.0, 200.25]


def test_a_request_whose_caller_gave_up_is_not_made(
    make_engine: Callable[..., AsposeEngine], server: FakeAsposeServer, by_hand: Request
) -> None:
    token = threading.Event()
    token.set()
    engine = make_engine(requests_per_second=10)
    with pytest.raises(CancelledError):
        engine.read(page(), replace(by_hand, cancel=token))
    assert server.requests == []


def test_every_request_takes_its_turn(
    make_engine: Callable[..., AsposeEngine], by_hand: Request, clock: NoWaiting
) -> None:
    engine = make_engine(requests_per_second=0.01)
    engine.read(page(), by_hand)
    # The token, the submission and the look: the first need not wait.
    assert sum(wait > 50 for wait in clock.waits) == 2


def test_no_more_tasks_are_under_way_than_allowed(by_hand: Request) -> None:
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

    with FakeAsposeServer(on_request=watch) as server:
        engine = AsposeEngine(
            client_id="an-id",
            client_secret="a-secret",
            base_url=server.url,
            waiting=NoWaiting(),
            max_in_flight=2,
        )
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: engine.read(page(), by_hand), range(24)))
        engine.close()
    assert len(counts) == 24
    assert max(counts) <= 2


def test_a_turn_that_does_not_come_in_time_is_an_error() -> None:
    pace, clock = Pace(None, 1), StandingClock()
    with pace.task(Patience(clock)):
        late = Patience(clock, Request(Mode.HANDWRITTEN, (), deadline=clock.time))
        with pytest.raises(EngineTimeoutError), pace.task(late):
            pass


@pytest.mark.parametrize(
    "wrong",
    [{"requests_per_second": 0}, {"requests_per_second": -1}, {"max_in_flight": 0}],
    ids=str,
)
def test_a_pace_of_nothing_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError):
        AsposeEngine(**wrong)  # type: ignore[arg-type]
