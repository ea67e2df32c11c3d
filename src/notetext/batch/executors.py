"""Who reads the documents of a batch: threads, processes, or somebody else's executor."""

from __future__ import annotations

import itertools
import threading
import uuid
from abc import ABC, abstractmethod
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace

from notetext.batch.work import Outcome, Work, portable, read_packed
from notetext.documents import DocumentLike
from notetext.errors import ConfigurationError
from notetext.errors.checking import check_number

_IN_AN_EXECUTOR = 64


class DocumentExecutor(ABC):
    """Reads documents, several at once.

    Attributes:
        at_once: how many documents it takes before the first is done.
    """

    at_once: int

    @abstractmethod
    def read(self, source: DocumentLike) -> Future[Outcome]:
        """Takes a document; fewer than ``at_once`` are under way.

        Raises:
            InputError: the document cannot be handed over.
        """

    @abstractmethod
    def give_up(self) -> None:
        """Lets whoever reads know that nobody waits any more; returns at once."""

    @abstractmethod
    def close(self) -> None:
        """Waits for what is under way, as far as its own threads and processes go."""


class ThreadExecutor(DocumentExecutor):
    """Reads in threads of this process, which share the reader."""

    def __init__(self, work: Work, at_once: int, pool: Executor | None = None) -> None:
        """Gets the threads ready.

        Args:
            work: how to read.
            at_once: how many documents are under way.
            pool: whose threads to use; its own if left out.
        """
        self.at_once = at_once
        self._work = work
        self._cancelled = threading.Event()
        self._own = None if pool else ThreadPoolExecutor(at_once, "notetext-document")
        self._pool = pool or self._own

    def read(self, source: DocumentLike) -> Future[Outcome]:
        """Hands the document to a thread."""
        assert self._pool is not None
        return self._pool.submit(copy_context().run, self._work.read, source, self._cancelled)

    def give_up(self) -> None:
        """Ends the waits of a cloud engine; a local page that is under way is finished."""
        self._cancelled.set()

    def close(self) -> None:
        """Waits for its own threads."""
        if self._own is not None:
            self._own.shutdown(wait=True, cancel_futures=True)


class IsolatedExecutor(ThreadExecutor):
    """Reads in threads that each have a process of their own, one of several on the machine."""

    def __init__(self, work: Work, workers: int) -> None:
        """Gets the threads ready.

        Args:
            work: how to read; its pipeline is isolated.
            workers: how many documents are under way.
        """
        pipeline = replace(work.pipeline.for_worker(), isolation=None).isolated(True)
        super().__init__(replace(work, pipeline=pipeline), workers)
        self._isolation = pipeline.isolation

    def close(self) -> None:
        """Waits for the threads, and ends their processes."""
        super().close()
        if self._isolation is not None:
            self._isolation.close()


class ForeignExecutor(DocumentExecutor):
    """Reads where somebody else's executor runs: in processes, on a cluster."""

    def __init__(self, work: Work, at_once: int, executor: Executor) -> None:
        """Packs the reader.

        Raises:
            ConfigurationError: a part of the reader cannot cross.
        """
        self.at_once = at_once
        self._packed = work.packed()
        self._limits = work.pipeline.limits
        self._executor = executor
        self._batch = uuid.uuid4().hex
        self._calls = itertools.count()

    def read(self, source: DocumentLike) -> Future[Outcome]:
        """Hands the document to the executor."""
        # Dask takes equal calls for one, and would not read the same document again.
        call = f"{self._batch}-{next(self._calls)}"
        given = portable(source, self._limits)
        return self._executor.submit(_read_elsewhere, self._packed, given, call)

    def give_up(self) -> None:
        """Can reach nobody there."""

    def close(self) -> None:
        """Leaves the executor open: it is the caller's."""


def _read_elsewhere(packed: bytes, source: DocumentLike, call: str) -> Outcome:
    return read_packed(packed, source)


def executor_for(work: Work, workers: int | None, executor: Executor | None) -> DocumentExecutor:
    """Chooses who reads.

    Args:
        work: how to read.
        workers: how many documents at once, or ``None`` to leave that to the engine.
        executor: where to read, or ``None`` for threads or processes of our own.

    Raises:
        ConfigurationError: there can be no such executor.
    """
    check_number("workers", workers, 1, whole=True)
    if executor is not None:
        if not isinstance(executor, Executor):
            raise ConfigurationError(
                f"executor={executor!r} is no concurrent.futures.Executor; of a Dask client, "
                "give client.get_executor()"
            )
        at_once = workers or _twice_the_workers(executor)
        if isinstance(executor, ThreadPoolExecutor):
            return ThreadExecutor(work, at_once, executor)
        return ForeignExecutor(work, at_once, executor)
    if work.pipeline.isolation is not None:
        return (
            IsolatedExecutor(work, workers) if workers and workers > 1 else ThreadExecutor(work, 1)
        )
    engine = work.pipeline.engine
    if engine.runs_in == "thread":
        return ThreadExecutor(work, workers or engine.parallel_pages)
    if workers is None or workers == 1:
        return ThreadExecutor(work, 1)
    from notetext.batch.process_executor import ProcessExecutor

    return ProcessExecutor(work, workers)


def _twice_the_workers(executor: Executor) -> int:
    """How many documents an executor gets, so that none of its workers waits for the next one."""
    workers = getattr(executor, "_max_workers", None)
    return 2 * workers if isinstance(workers, int) else _IN_AN_EXECUTOR
