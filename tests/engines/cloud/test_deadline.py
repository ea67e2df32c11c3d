"""When a caller gives up."""

from __future__ import annotations

import threading

import pytest

from notetext.engines import CancelToken, Request
from notetext.engines.cloud.deadline import Deadline
from notetext.errors import CancelledError, EngineTimeoutError
from notetext.model import Mode
from notetext.testing import NoWaiting


class Cancelling(NoWaiting):
    """A clock on which the caller cancels in the first wait."""

    def __init__(self) -> None:
        super().__init__()
        self.token = threading.Event()

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        super().wait(seconds, cancel)
        self.token.set()


def test_a_caller_without_a_deadline_never_gives_up(clock: NoWaiting) -> None:
    deadline = Deadline.of(Request(Mode.PRINTED, ()), "parrot", clock)
    clock.wait(1e9, None)
    deadline.check()
    assert deadline.remaining_s() == float("inf")


def test_a_deadline_passes(clock: NoWaiting) -> None:
    request = Request(Mode.PRINTED, (), deadline=clock.now() + 10)
    deadline = Deadline.of(request, "parrot", clock)
    deadline.check()
    assert deadline.remaining_s() == pytest.approx(10, abs=1)
    deadline.sleep(11)
    with pytest.raises(EngineTimeoutError, match="not submitted in time") as caught:
        deadline.check()
    assert caught.value.engine == "parrot"


def test_a_caller_who_cancels_does_not_sleep_on() -> None:
    clock = Cancelling()
    deadline = Deadline("parrot", clock, cancel=clock.token)
    with pytest.raises(CancelledError):
        deadline.sleep(5)
    with pytest.raises(CancelledError):
        deadline.sleep(5)
    assert clock.waits == [5]


def test_a_lock_is_waited_for_as_long_as_the_caller_does(clock: NoWaiting) -> None:
    lock, cancel = threading.Lock(), threading.Event()
    Deadline("parrot", clock).acquire(lock)
    cancel.set()
    with pytest.raises(CancelledError):
        Deadline("parrot", clock, cancel=cancel).acquire(lock)
    with pytest.raises(EngineTimeoutError):
        Deadline("parrot", clock, at=clock.now()).acquire(lock)
    lock.release()
    Deadline("parrot", clock).acquire(lock)
