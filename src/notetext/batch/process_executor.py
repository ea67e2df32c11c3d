"""Worker processes of our own, each with a reader of its own."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from queue import LifoQueue

from notetext.batch.executors import DocumentExecutor
from notetext.batch.work import Outcome, Work, portable, read_packed
from notetext.documents import DocumentLike
from notetext.reading.processes.worker import WorkerProcess, cancelled


class ProcessExecutor(DocumentExecutor):
    """Reads in processes that are started afresh, never forked.

    A process has one document at a time: when it dies, that is known to be the end of that
    document, and no other is lost.
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
        self._workers = [WorkerProcess(tells_log=True) for _ in range(workers)]
        self._idle: LifoQueue[WorkerProcess] = LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._waiting = ThreadPoolExecutor(workers, "notetext-worker")

    def read(self, source: DocumentLike) -> Future[Outcome]:
        """Hands the document to a process that has none."""
        return self._waiting.submit(self._read, portable(source, self._limits))

    def give_up(self) -> None:
        """Asks the processes to stop after the page, or the part of it, that is under way."""
        for worker in self._workers:
            worker.give_up()

    def close(self) -> None:
        """Ends the processes."""
        self._waiting.shutdown(cancel_futures=True)
        for worker in self._workers:
            worker.stop()

    def _read(self, source: DocumentLike) -> Outcome:
        worker = self._idle.get()
        try:
            return worker.call(_read, self._packed, source)
        finally:
            self._idle.put(worker)


def _read(packed: bytes, source: DocumentLike) -> Outcome:
    return read_packed(packed, source, cancelled())
