"""The passing of time."""

from __future__ import annotations

import threading

from notetext.engines.cloud.waiting import RealWaiting, current_waiting
from notetext.testing import no_waiting


class Flag:
    """A token that is no event."""

    def __init__(self) -> None:
        self.value = False

    def is_set(self) -> bool:
        return self.value


def test_the_real_clock_sleeps_and_wakes() -> None:
    clock, token, flag = RealWaiting(), threading.Event(), Flag()
    before = clock.now()
    clock.wait(0.02, None)
    clock.wait(0.02, token)
    clock.wait(0.02, flag)
    assert clock.now() - before >= 0.05
    token.set()
    clock.wait(1000, token)
    flag.value = True
    clock.wait(1000, flag)


def test_an_engine_waits_with_the_clock_of_the_test_that_it_is_made_in() -> None:
    assert isinstance(current_waiting(), RealWaiting)
    with no_waiting() as clock:
        assert current_waiting() is clock
