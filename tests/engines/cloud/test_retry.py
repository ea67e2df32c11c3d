"""How often and how long a request is tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines import Request
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.retry import RetryPolicy, TransientError, retry_after_s
from notetext.errors import ConfigurationError, EngineUnavailableError
from notetext.model import Language, Mode
from notetext.testing import NoWaiting


def failing(after_s: float | None = None) -> TransientError:
    return TransientError(EngineUnavailableError("down", engine="parrot"), after_s)


class Flaky:
    """Fails so many times, then answers with the number of calls."""

    def __init__(self, failures: int, after_s: float | None = None) -> None:
        self.calls = 0
        self._failures = failures
        self._after_s = after_s

    def __call__(self) -> int:
        self.calls += 1
        if self.calls <= self._failures:
            raise failing(self._after_s)
        return self.calls


def test_the_waits_double_up_to_the_longest_with_half_of_each_left_to_chance() -> None:
    clock = NoWaiting()
    policy = RetryPolicy(attempts=8, first_wait_s=1, max_wait_s=8)
    assert policy.call(Flaky(7), Deadline("parrot", clock)) == 8
    fulls = [1, 2, 4, 8, 8, 8, 8]
    for waited, full in zip(clock.waits, fulls, strict=True):
        assert full / 2 <= waited <= full
    assert len({waited / full for waited, full in zip(clock.waits, fulls, strict=True)}) > 1


def test_what_the_service_asks_goes_first() -> None:
    clock = NoWaiting()
    RetryPolicy().call(Flaky(2, after_s=30), Deadline("parrot", clock))
    assert clock.waits == [30, 30]


def test_the_last_error_is_raised_as_itself() -> None:
    flaky = Flaky(99)
    with pytest.raises(EngineUnavailableError, match="down") as caught:
        RetryPolicy(attempts=3).call(flaky, Deadline("parrot", NoWaiting()))
    assert flaky.calls == 3
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_no_attempt_begins_after_the_total() -> None:
    clock, flaky = NoWaiting(), Flaky(99, after_s=40)
    with pytest.raises(EngineUnavailableError):
        RetryPolicy(attempts=99, total_s=100).call(flaky, Deadline("parrot", clock))
    assert flaky.calls == 3
    assert sum(clock.waits) == 80


def test_no_attempt_begins_after_the_callers_deadline() -> None:
    clock, flaky = NoWaiting(), Flaky(99, after_s=4)
    request = Request(Mode.PRINTED, (Language.ENGLISH,), deadline=clock.now() + 10)
    with pytest.raises(EngineUnavailableError):
        RetryPolicy(attempts=99).call(flaky, Deadline.of(request, "parrot", clock))
    assert flaky.calls == 3


def test_other_errors_are_not_retried() -> None:
    def broken() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        RetryPolicy().call(broken, Deadline("parrot", NoWaiting()))


@pytest.mark.parametrize("parameters", [{"attempts": 0}, {"total_s": -1}, {"max_wait_s": -1}])
def test_a_policy_that_makes_no_sense_is_an_error(parameters: dict[str, int]) -> None:
    with pytest.raises(ConfigurationError):
        RetryPolicy(**parameters)


def test_one_attempt_no_waits_and_no_time_are_a_policy() -> None:
    clock = NoWaiting()
    assert RetryPolicy(attempts=1).call(Flaky(0), Deadline("parrot", clock)) == 1
    with pytest.raises(EngineUnavailableError):
        RetryPolicy(attempts=1).call(Flaky(1), Deadline("parrot", clock))
    assert clock.waits == []
    assert RetryPolicy(first_wait_s=0, max_wait_s=0).call(Flaky(3), Deadline("parrot", clock)) == 4
    assert clock.waits == [0, 0, 0]
    with pytest.raises(EngineUnavailableError):
        RetryPolicy(total_s=0).call(Flaky(1), Deadline("parrot", clock))


def test_the_defaults_are_those_that_the_page_tells() -> None:
    page = (Path(__file__).parents[3] / "docs" / "aspose.md").read_text(encoding="utf-8")
    policy = RetryPolicy()
    assert f"up to {policy.attempts} attempts within {policy.total_s:.0f} s" in page
    assert f"a `Retry-After` of up to {policy.max_retry_after_s:.0f} s is obeyed" in page
    assert (policy.first_wait_s, policy.max_wait_s) == (0.5, 8.0)


def test_a_pause_of_decades_is_none() -> None:
    assert retry_after_s("999999999") == 999999999
    assert retry_after_s("1000000000") is None


@given(st.integers(0, 10**8))
def test_seconds_are_read(seconds: int) -> None:
    assert retry_after_s(f" {seconds} ") == seconds


@given(st.integers(-(10**6), 10**6))
def test_dates_are_reckoned_from_the_servers_clock(seconds: int) -> None:
    now = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    then = now + timedelta(seconds=seconds)
    value = retry_after_s(format_datetime(then, usegmt=True), format_datetime(now, usegmt=True))
    assert value == max(0, seconds)


@given(st.text(), st.text() | st.none())
def test_any_header_is_a_pause_or_none(value: str, date: str | None) -> None:
    pause = retry_after_s(value, date)
    assert pause is None or pause >= 0
