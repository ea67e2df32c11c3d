"""Processes that nobody needs any more end, whether or not another document comes."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest

from notetext import NoteText
from notetext.engines import Engine, Reading, Request
from notetext.model import Line, Word
from notetext.page_image import PageImage
from notetext.reading.isolation import Isolation
from notetext.reading.options import ReadOptions
from notetext.reading.pipeline import Pipeline

pytestmark = pytest.mark.slow

# The processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

GREY = np.full((40, 60), 200, np.uint8)
OPTIONS = ReadOptions.of("auto", "en", {})


class Telling(Engine):
    """Says in which process it reads, after a while."""

    name = "telling"

    def read(self, page: PageImage, request: Request) -> Reading:
        time.sleep(page.height / 100)
        return Reading(lines=[Line(words=(Word(text=str(os.getpid())),))])


@pytest.fixture
def isolated() -> Iterator[Callable[[float], Pipeline]]:
    """Makes pipelines whose idle processes leave after some seconds."""
    made: list[Isolation] = []

    def make(idle_s: float) -> Pipeline:
        pipeline = NoteText(engine=Telling())._pipeline
        made.append(Isolation(pipeline, idle_s))
        return replace(pipeline, isolation=made[-1])

    yield make
    for isolation in made:
        isolation.close()


def process(pipeline: Pipeline) -> int:
    """The process that reads a page."""
    return int(pipeline.recognize(GREY, OPTIONS).words[0].text)


def at_once(pipeline: Pipeline, documents: int) -> set[int]:
    """The processes that read so many documents at once."""
    together = threading.Barrier(documents)

    def read(_: int) -> int:
        pages = pipeline.iter_pages(GREY, OPTIONS)
        first = next(pages)
        together.wait(60)
        pages.close()
        return int(first.text)

    with ThreadPoolExecutor(documents) as threads:
        return set(threads.map(read, range(documents)))


def is_at_work(process: int) -> bool:
    """Whether a process lives; one that has ended and is not yet missed does not."""
    try:
        with open(f"/proc/{process}/stat") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def living(processes: set[int]) -> set[int]:
    return {process for process in processes if is_at_work(process)}


def wait_for(processes: set[int], number: int) -> set[int]:
    """Those that live once there are no more than so many."""
    end = time.monotonic() + 30
    while len(living(processes)) > number and time.monotonic() < end:
        time.sleep(0.05)
    return living(processes)


def test_all_but_one_leave_when_nothing_more_comes(isolated: Callable[[float], Pipeline]) -> None:
    pipeline = isolated(1)
    processes = at_once(pipeline, 3)
    assert len(processes) == 3
    staying = wait_for(processes, 1)
    time.sleep(1.5)
    assert living(processes) == staying
    assert process(pipeline) in staying


def test_those_that_are_busy_stay_and_no_more(isolated: Callable[[float], Pipeline]) -> None:
    pipeline = isolated(2)
    processes = at_once(pipeline, 3)
    used: set[int] = set()
    end = time.monotonic() + 30
    while len(living(processes)) > 1 and time.monotonic() < end:
        used.add(process(pipeline))
    assert living(processes) == used
    assert len(used) == 1
    assert pipeline.isolation is not None
    assert len(pipeline.isolation._idle) == 1


def test_a_document_that_is_open_keeps_its_process(isolated: Callable[[float], Pipeline]) -> None:
    pipeline = isolated(0.2)
    at_once(pipeline, 2)
    pages = [pipeline.iter_pages(GREY, OPTIONS) for _ in range(2)]
    processes = {int(next(page).text) for page in pages}
    time.sleep(1)
    assert living(processes) == processes
    for page in pages:
        page.close()


def test_the_next_documents_are_read_though_processes_have_left(
    isolated: Callable[[float], Pipeline],
) -> None:
    pipeline = isolated(0.1)
    for _ in range(3):
        assert len(at_once(pipeline, 2)) == 2
        time.sleep(0.3)


def test_one_that_was_killed_while_it_waited_is_replaced(
    isolated: Callable[[float], Pipeline],
) -> None:
    pipeline = isolated(60)
    first = process(pipeline)
    os.kill(first, 9)
    # Until all of its threads have ended, too, and not longer: it is left to whom it belongs to.
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    second = process(pipeline)
    assert (second != first, process(pipeline) == second) == (True, True)


def test_a_copy_keeps_its_processes_as_long(isolated: Callable[[float], Pipeline]) -> None:
    isolation = isolated(5).isolation
    assert pickle.loads(cloudpickle.dumps(isolation))._idle_s == 5
