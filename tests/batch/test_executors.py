"""Who reads the documents of a batch."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest

from notetext import NoteText
from notetext.batch.executors import (
    ForeignExecutor,
    IsolatedExecutor,
    ThreadExecutor,
    executor_for,
)
from notetext.batch.process_executor import ProcessExecutor
from notetext.engines import Engine, Reading, Request
from notetext.errors import BatchStoppedError, ConfigurationError
from notetext.model import Line, Word
from notetext.page_image import PageImage
from notetext.testing import FakeEngine

# The worker processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

DEADLY, HEALTHY = (np.full((40, 60), shade, np.uint8) for shade in (6, 9))


class Counting(Engine):
    """Says how many pages it has read in its process; the shade 6 kills that process."""

    name = "counting"
    runs_in = "process"

    def __init__(self) -> None:
        self.reads = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        if page.grey().mean() == 6:
            os.kill(os.getpid(), signal.SIGKILL)
        self.reads += 1
        return Reading(lines=[Line(words=(Word(text=str(self.reads)),))])


class Several(FakeEngine):
    """Waits for a service that takes six pages at once."""

    parallel_pages = 6


def test_an_engine_that_waits_is_given_as_much_as_it_takes_in_threads() -> None:
    work = NoteText(engine=Several())._work("auto", "en", {})
    for workers, at_once in ((None, 6), (2, 2)):
        executor = executor_for(work, workers, None)
        assert isinstance(executor, ThreadExecutor)
        assert executor.at_once == at_once
        executor.close()


def test_an_engine_that_computes_has_one_thread_or_several_processes() -> None:
    work = NoteText(engine=Counting())._work("auto", "en", {})
    for workers in (None, 1):
        executor = executor_for(work, workers, None)
        assert isinstance(executor, ThreadExecutor)
        assert executor.at_once == 1
        executor.close()
    several = executor_for(work, 3, None)
    assert isinstance(several, ProcessExecutor)
    assert several.at_once == 3
    several.close()


def test_an_isolated_reader_keeps_its_own_processes() -> None:
    work = NoteText(engine=Counting(), isolate=True)._work("auto", "en", {})
    one, two = executor_for(work, None, None), executor_for(work, 2, None)
    assert type(one) is ThreadExecutor
    assert isinstance(two, IsolatedExecutor)
    for executor in (one, two):
        executor.close()


def test_an_executor_that_is_given_has_twice_the_documents_of_its_workers() -> None:
    work = NoteText(engine=Counting())._work("auto", "en", {})
    with ThreadPoolExecutor(3) as threads:
        executor = executor_for(work, None, threads)
        assert isinstance(executor, ThreadExecutor)
        assert executor.at_once == 6
        assert executor_for(work, 2, threads).at_once == 2
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert isinstance(executor_for(work, None, processes), ForeignExecutor)


def test_what_cannot_be_an_executor_is_told_at_once() -> None:
    reader = NoteText(engine=FakeEngine())
    with pytest.raises(ConfigurationError, match="workers=0"):
        reader.recognize_many([], workers=0)
    with pytest.raises(ConfigurationError, match="get_executor"):
        reader.recognize_many([], executor="cluster")  # type: ignore[arg-type]


def test_an_executor_of_threads_shares_the_reader_and_stays_open() -> None:
    engine = Counting()
    with ThreadPoolExecutor(1) as pool:
        items = list(NoteText(engine=engine).recognize_many([HEALTHY] * 5, executor=pool))
        assert len(items) == 5
        assert pool.submit(int, "7").result() == 7
    assert engine.reads == 5


def test_an_executor_that_was_shut_down_stops_the_batch() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(BatchStoppedError, match="takes no more documents"):
        list(NoteText(engine=FakeEngine()).recognize_many([HEALTHY], executor=pool))


def test_threads_are_told_when_nobody_waits_any_more() -> None:
    begun, told = threading.Event(), threading.Event()

    class Patient(Engine):
        name = "patient"

        def read(self, page: PageImage, request: Request) -> Reading:
            assert isinstance(request.cancel, threading.Event)
            begun.set()
            if request.cancel.wait(60):
                told.set()
            return Reading()

    executor = executor_for(NoteText(engine=Patient())._work("auto", "en", {}), None, None)
    future = executor.read(HEALTHY)
    assert begun.wait(60)
    executor.give_up()
    executor.close()
    assert told.is_set()
    assert future.done()


@pytest.mark.slow
def test_any_executor_of_processes_will_do_and_stays_open() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        items = list(NoteText(engine=Counting()).recognize_many([HEALTHY] * 3, executor=pool))
        counts = [item.result.words[0].text for item in items if item.result is not None]
        assert counts == ["1", "2", "3"]
        assert pool.submit(int, "7").result() == 7


@pytest.mark.slow
def test_an_executor_whose_process_died_stops_the_batch() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        items = NoteText(engine=Counting()).recognize_many([DEADLY] * 9, executor=pool)
        with pytest.raises(BatchStoppedError):
            list(items)


@pytest.mark.slow
def test_several_isolated_documents_at_once_leave_no_process_behind() -> None:
    others = set(multiprocessing.active_children())
    reader = NoteText(engine=Counting(), isolate=True)
    items = list(reader.recognize_many([HEALTHY, DEADLY, HEALTHY, HEALTHY], workers=2))
    assert sorted(type(item.error).__name__ for item in items) == ["NoneType"] * 3 + [
        "ProcessDiedError"
    ]
    assert set(multiprocessing.active_children()) <= others
