"""Worker processes of our own, each with a reader of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing.synchronize import Event
from queue import LifoQueue

from notetext.batch.crews import Crew
from notetext.batch.work import Outcome, Work, portable, read_packed
from notetext.opening import DocumentLike
from notetext.options import CancelToken


class Processes(Crew):
    """Reads in processes that are started afresh, never forked.

    A process has one document at a time and a pool of its own: when it dies, that is known to be
    the end of that document, and no other is lost.
    """

    def __init__(self, work: Work, workers: int) -> None:
        """Packs the reader; processes start when there is something to read.

        Args:
            work: how to read.
            workers: how many processes.

        Raises:
            ConfigurationError: a part of the reader cannot cross.
        """
        self.at_once = workers
        self._packed = work.packed()
        self._limits = work.pipeline.limits
        self._cancelled = multiprocessing.get_context("spawn").Event()
        self._workers = [_Worker(self._cancelled) for _ in range(workers)]
        self._idle: LifoQueue[_Worker] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def read(self, source: DocumentLike) -> Future[Outcome]:
        """Hands the document to a process that has none."""
        given = portable(source, self._limits)
        worker = self._idle.get_nowait()
        future = worker.read(self._packed, given)
        future.add_done_callback(lambda _: self._idle.put(worker))
        return future

    def give_up(self) -> None:
        """Asks the processes to stop after the page, or the part of it, that is under way."""
        self._cancelled.set()

    def close(self) -> None:
        """Ends the processes."""
        for worker in self._workers:
            worker.stop()


class _Worker:
    """One process, started when it is first needed, and again when it has died."""

    def __init__(self, cancelled: Event) -> None:
        self._cancelled = cancelled
        self._pool: ProcessPoolExecutor | None = None

    def read(self, packed: bytes, source: DocumentLike) -> Future[Outcome]:
        if self._pool is not None:
            try:
                return self._pool.submit(_read, packed, source)
            except BrokenExecutor:
                self._pool.shutdown()
        self._pool = ProcessPoolExecutor(
            1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._cancelled,),
        )
        return self._pool.submit(_read, packed, source)

    def stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


# In the worker process: set when the batch is given up.
_cancelled: CancelToken | None = None


def _begin(cancelled: Event) -> None:
    """Sets up a worker process."""
    global _cancelled
    _cancelled = cancelled
    # Ctrl-C reaches every process of a terminal; the one that runs the batch tells this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_batch, daemon=True).start()


def _end_with_the_batch() -> None:
    """Ends this process when the one that runs the batch was killed: nobody else would."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _read(packed: bytes, source: DocumentLike) -> Outcome:
    return read_packed(packed, source, _cancelled)
