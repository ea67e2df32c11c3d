"""A service that keeps failing is left in peace, and tried again."""

from __future__ import annotations

import contextlib
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.cloud.breaker import Breaker
from notetext.errors import (
    AuthenticationError,
    CancelledError,
    CloudError,
    ConfigurationError,
    EngineError,
    EngineUnavailableError,
    NoteTextError,
    QuotaError,
    RateLimitError,
    ServerError,
    SubmissionUncertainError,
    TaskFailedError,
)
from notetext.model import Usage
from notetext.testing import NoWaiting


def no_connection() -> NoteTextError:
    return EngineUnavailableError("no connection", engine="aspose")


def ask(breaker: Breaker, error: BaseException | None = None) -> bool:
    """Whether the service was asked; it answers, or fails with an error."""
    asked = False
    with contextlib.suppress(BaseException), breaker.asking():
        asked = True
        if error is not None:
            raise error
    return asked


@pytest.fixture
def clock() -> NoWaiting:
    return NoWaiting()


@pytest.fixture
def breaker(clock: NoWaiting) -> Breaker:
    return Breaker("aspose", failures=3, rest_s=60, waiting=clock)


def test_three_failures_in_a_row_are_enough(breaker: Breaker) -> None:
    for error in (no_connection(), no_connection(), None, no_connection(), no_connection()):
        assert ask(breaker, error)
    assert ask(breaker, no_connection())
    with pytest.raises(EngineUnavailableError, match=r"another 60 s.*no connection") as caught:
        ask_plainly(breaker)
    assert isinstance(caught.value.__cause__, EngineUnavailableError)


def ask_plainly(breaker: Breaker) -> None:
    with breaker.asking():
        raise AssertionError("the service was asked")


def test_after_the_rest_one_tries_and_opens_the_way_for_all(
    breaker: Breaker, clock: NoWaiting
) -> None:
    for _ in range(3):
        ask(breaker, no_connection())
    clock.wait(61, None)
    with (
        breaker.asking(),
        pytest.raises(EngineUnavailableError, match="while another page tries it"),
    ):
        ask_plainly(breaker)
    assert [ask(breaker) for _ in range(3)] == [True] * 3


def test_a_try_that_fails_closes_the_way_again(breaker: Breaker, clock: NoWaiting) -> None:
    for _ in range(3):
        ask(breaker, no_connection())
    for _ in range(4):
        clock.wait(61, None)
        assert ask(breaker, no_connection())
        assert not ask(breaker)


@pytest.mark.parametrize("end", [CancelledError("no"), KeyboardInterrupt(), ValueError()], ids=repr)
def test_a_try_that_is_given_up_lets_the_next_one_try(
    breaker: Breaker, clock: NoWaiting, end: BaseException
) -> None:
    for _ in range(3):
        ask(breaker, no_connection())
    clock.wait(61, None)
    assert ask(breaker, end)
    assert ask(breaker)


@pytest.mark.parametrize(
    "error",
    [
        AuthenticationError("refused", engine="aspose"),
        ConfigurationError("no credentials"),
        RateLimitError("slower", engine="aspose", retry_after_s=5),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_lasts_needs_no_second_failure(breaker: Breaker, error: NoteTextError) -> None:
    assert ask(breaker, error)
    assert not ask(breaker)


def test_a_pause_that_the_service_wants_is_kept(breaker: Breaker, clock: NoWaiting) -> None:
    ask(breaker, RateLimitError("slower", engine="aspose", retry_after_s=600))
    clock.wait(599, None)
    assert not ask(breaker)
    clock.wait(2, None)
    assert ask(breaker)


@pytest.mark.parametrize(
    "error",
    [
        TaskFailedError("blank", engine="aspose"),
        CloudError("too large", engine="aspose", status_code=413),
        EngineError("the page is black", engine="aspose"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_is_one_pages_own_is_no_failure_of_the_service(
    breaker: Breaker, error: NoteTextError
) -> None:
    assert [ask(breaker, error) for _ in range(9)] == [True] * 9


def test_a_spent_quota_leaves_the_way_open_to_what_was_paid_before(breaker: Breaker) -> None:
    spent = QuotaError("spent", engine="aspose", status_code=402)
    assert [ask(breaker, spent) for _ in range(9)] == [True] * 9


def test_what_a_ledger_remembers_says_nothing_of_the_service(breaker: Breaker) -> None:
    def uncertain(submissions: int) -> NoteTextError:
        error = SubmissionUncertainError("perhaps", engine="aspose")
        error.usage = Usage(submissions=submissions, uncertain=1)
        return error

    assert [ask(breaker, uncertain(0)) for _ in range(9)] == [True] * 9
    assert [ask(breaker, uncertain(1)) for _ in range(9)] == [True] * 3 + [False] * 6


def test_the_first_answer_is_remembered(breaker: Breaker) -> None:
    ask(breaker, no_connection())
    assert not breaker.has_answered
    ask(breaker, TaskFailedError("blank", engine="aspose"))
    assert breaker.has_answered


def test_what_is_told_later_has_no_place_and_no_usage_of_the_page_that_failed(
    breaker: Breaker,
) -> None:
    error = AuthenticationError("refused", engine="aspose")
    error.usage = Usage(submissions=1)
    ask(breaker, error)
    error.located("note.jpg", 1)
    with pytest.raises(EngineUnavailableError) as caught:
        ask_plainly(breaker)
    last = caught.value.__cause__
    assert isinstance(last, AuthenticationError)
    assert (last.usage, last.source, last.page) == (None, None, None)


def test_a_copy_begins_anew(breaker: Breaker) -> None:
    ask(breaker, ConfigurationError("no credentials"))
    assert not ask(breaker)
    assert ask(pickle.loads(pickle.dumps(breaker)))


def test_threads_ask_side_by_side_and_one_of_them_tries(breaker: Breaker, clock: NoWaiting) -> None:
    together = threading.Barrier(8)

    def fail(_: int) -> bool:
        try:
            with breaker.asking():
                together.wait(10)
                raise ServerError("500", engine="aspose")
        except ServerError:
            return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(fail, range(8))) == 8
        assert not ask(breaker)
        clock.wait(61, None)
        go_on = threading.Event()

        def hold(_: int) -> bool:
            try:
                with breaker.asking():
                    return go_on.wait(10)
            except EngineUnavailableError:
                go_on.set()
                return False

        assert sum(threads.map(hold, range(8))) >= 1
    assert ask(breaker)


def test_what_began_before_the_way_was_closed_makes_the_rest_no_longer(
    breaker: Breaker, clock: NoWaiting
) -> None:
    late = breaker.asking()
    late.__enter__()
    for _ in range(3):
        ask(breaker, no_connection())
    clock.wait(50, None)
    error = no_connection()
    assert not late.__exit__(type(error), error, None)
    clock.wait(11, None)
    assert ask(breaker)


@given(st.lists(st.floats(0, 200), max_size=60), st.integers(1, 5))
def test_a_service_that_stays_down_is_asked_a_few_times_and_then_once_a_rest(
    pauses_s: list[float], failures: int
) -> None:
    clock = NoWaiting()
    breaker = Breaker("aspose", failures, rest_s=60, waiting=clock)
    start, asked = clock.now(), 0
    for pause_s in pauses_s:
        asked += ask(breaker, no_connection())
        clock.wait(pause_s, None)
    assert asked <= failures + (clock.now() - start) / 60
    clock.wait(60, None)
    assert ask(breaker)
