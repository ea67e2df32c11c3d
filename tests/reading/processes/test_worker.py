"""A process that works for this one, and may die or be ended."""

from __future__ import annotations

import multiprocessing
import operator
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator

import cloudpickle  # type: ignore[import-untyped]
import pytest

from notetext.errors import CancelledError
from notetext.reading.processes.worker import (
    WorkerDiedError,
    WorkerProcess,
    WorkerTimeoutError,
    cancelled,
)

pytestmark = pytest.mark.slow

# The processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerProcess]:
    worker = WorkerProcess()
    yield worker
    worker.stop()


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_calls_are_answered_by_one_process_that_is_not_this_one(worker: WorkerProcess) -> None:
    first, second = (worker.call(os.getpid) for _ in range(2))
    assert first == second != os.getpid()
    assert worker.call(operator.add, 20, 22) == 42


def test_what_was_raised_there_is_raised_here_and_costs_nothing(worker: WorkerProcess) -> None:
    before = worker.call(os.getpid)
    with pytest.raises(ZeroDivisionError):
        worker.call(operator.truediv, 1, 0)
    with pytest.raises(TypeError, match="the answer cannot cross"):
        worker.call(threading.Lock)
    assert worker.call(os.getpid) == before


def test_a_process_that_dies_is_told_with_its_cause_and_another_comes(
    worker: WorkerProcess,
) -> None:
    before = worker.call(os.getpid)
    with pytest.raises(WorkerDiedError, match="exit code 7") as caught:
        worker.call(os._exit, 7)
    assert caught.value.exit_code == 7
    assert not worker.is_alive
    assert worker.call(os.getpid) != before
    with pytest.raises(WorkerDiedError, match="SIGABRT") as caught:
        worker.call(os.abort)
    assert caught.value.exit_code == -signal.SIGABRT
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.exit_code) == (str(caught.value), -signal.SIGABRT)


def test_a_process_that_takes_too_long_is_ended(worker: WorkerProcess) -> None:
    process = worker.call(os.getpid)
    with pytest.raises(WorkerTimeoutError):
        worker.call(time.sleep, 600, timeout_s=0.1)
    assert is_gone(process)
    assert worker.call(operator.add, 20, 22, timeout_s=60) == 42


def test_a_call_that_is_cancelled_ends_what_does_not_stop_by_itself(
    worker: WorkerProcess,
) -> None:
    process = worker.call(os.getpid)
    cancel = threading.Event()
    threading.Timer(0.1, cancel.set).start()
    with pytest.raises(CancelledError):
        worker.call(time.sleep, 600, cancel=cancel)
    assert is_gone(process)


def asked_to_stop() -> bool:
    token = cancelled()
    return token is not None and token.is_set()


class Asked:
    """Where it is unpacked, it becomes the answer."""

    def __reduce__(self) -> tuple[Callable[[], bool], tuple[()]]:
        return asked_to_stop, ()


def test_a_process_knows_that_it_was_asked_to_stop() -> None:
    worker = WorkerProcess()
    asked = cloudpickle.dumps(Asked())
    before = worker.call(cloudpickle.loads, asked)
    worker.give_up()
    assert (before, worker.call(cloudpickle.loads, asked)) == (False, True)
    worker.stop()
    assert not asked_to_stop()


def test_stopping_leaves_no_process_behind() -> None:
    others = set(multiprocessing.active_children())
    worker = WorkerProcess()
    process = worker.call(os.getpid)
    worker.stop()
    worker.stop()
    assert is_gone(process)
    assert set(multiprocessing.active_children()) <= others
    assert not worker.is_alive
