"""Reading in a process that may die: what goes wrong in native code costs one page."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from notetext.documents import Source
from notetext.documents.attachment import Attachment
from notetext.documents.pictures import check_pixels
from notetext.documents.pixels import loaded
from notetext.errors import (
    CancelledError,
    CorruptInputError,
    EngineTimeoutError,
    EngineUnavailableError,
    NoteTextError,
    ProcessDiedError,
)
from notetext.reading import isolated_reading
from notetext.reading.failing import ends_document
from notetext.reading.outcome import PageOutcome, failed_page, log_page, not_begun
from notetext.reading.processes.packing import pack
from notetext.reading.processes.worker import WorkerDiedError, WorkerProcess, WorkerTimeoutError

if TYPE_CHECKING:
    from notetext.documents import GivenDocument
    from notetext.engines import CancelToken, Request
    from notetext.model import SourceInfo
    from notetext.preprocessors import Preprocessor
    from notetext.reading.options import ReadOptions
    from notetext.reading.pipeline import Pipeline
    from notetext.reading.plan import Plan

_T = TypeVar("_T")

_LONGER_S = 1.0
"""What keeps to a deadline by itself gets so much time to say so, and its process goes on."""
_IDLE_S = 60.0
_STILL_THERE = 0.8
"""A process is used again within this part of the time after which it leaves, not to meet it at
the door."""


class Isolation:
    """The processes in which a reader's documents are read; each waits for the next document.

    Safe to use from several threads: each document under way has a process of its own. One process
    waits for as long as it takes, with its models in memory; the others end by themselves when
    nothing has come for a while.

    Args:
        pipeline: what reads there.
        idle_s: the seconds after which they do.
    """

    def __init__(self, pipeline: Pipeline, idle_s: float = _IDLE_S) -> None:
        self.pipeline = pipeline
        self._idle_s = idle_s
        self._packed: bytes | None = None
        self._staying: WorkerProcess | None = None
        self._idle: list[_IdleWorker] = []
        self._lock = threading.Lock()

    def open(
        self, given: GivenDocument, options: ReadOptions, cancel: CancelToken | None
    ) -> IsolatedJob:
        """Opens a document in a process.

        Raises:
            InputError: it cannot be opened.
            ConfigurationError: a part of the reader cannot cross into another process.
            EngineUnavailableError: no reader can be set up there.
            EngineTimeoutError: opening takes longer than ``timeout_s``.
            ProcessDiedError: opening has killed the process.
        """
        job = IsolatedJob(self, given, options, cancel)
        try:
            job.open()
        except BaseException:
            job.close()
            raise
        return job

    def load(self) -> None:
        """Gets a process ready, if none is.

        Raises:
            ConfigurationError: a part of the reader cannot cross into another process.
            EngineUnavailableError: no reader can be set up there.
        """
        worker = self.take()
        try:
            self.start(worker, None)
        finally:
            self.put_back(worker)

    def start(self, worker: WorkerProcess, cancel: CancelToken | None) -> None:
        """Sets up the reader in a process, unless it is there."""
        if worker.is_alive:
            return
        with self._lock:
            if self._packed is None:
                self._packed = pack(self.pipeline, self.pipeline.parts(), "read with isolate=False")
        try:
            limit = self.pipeline.limits.max_memory_bytes
            worker.call(isolated_reading.prepare, self._packed, limit, cancel=cancel)
        except WorkerDiedError as error:
            raise EngineUnavailableError(
                f"{error} as it started; if every document of a script ends so, put the script's "
                'code under if __name__ == "__main__":, or read with isolate=False',
                engine=self.pipeline.engine.name,
            ) from None

    def take(self) -> WorkerProcess:
        """A process that waits, or a new one."""
        with self._lock:
            leaving = self._leaving()
            # The one that stays goes first, the others by who was busy last: so the rest may leave.
            staying = [one for one in self._idle if one.until == math.inf]
            chosen = (staying or self._idle)[-1:]
            self._idle = [one for one in self._idle if one not in chosen]
        for other in leaving:
            other.stop()
        return chosen[0].worker if chosen else WorkerProcess()

    def put_back(self, worker: WorkerProcess) -> None:
        """Lets a process wait for the next document; one that is dead is forgotten."""
        with self._lock:
            leaving = self._leaving()
            if not worker.is_alive:
                self._staying = None if self._staying is worker else self._staying
            elif self._staying is None or self._staying is worker:
                self._staying = worker
                self._idle.append(_IdleWorker(worker))
            else:
                with contextlib.suppress(WorkerDiedError):
                    worker.leave_after(self._idle_s)
                    until = time.monotonic() + _STILL_THERE * self._idle_s
                    self._idle.append(_IdleWorker(worker, until))
        for other in leaving:
            other.stop()

    def close(self) -> None:
        """Ends the processes that wait; the next document starts another."""
        with self._lock:
            idle, self._idle, self._staying = self._idle, [], None
        for one in idle:
            one.worker.stop()

    def _leaving(self) -> list[WorkerProcess]:
        """Takes out the processes that have left, or are about to."""
        now = time.monotonic()
        leaving = [one.worker for one in self._idle if one.until <= now]
        self._idle = [one for one in self._idle if one.until > now]
        return leaving

    def __reduce__(self) -> tuple[type[Isolation], tuple[Pipeline, float]]:
        return Isolation, (self.pipeline, self._idle_s)


@dataclass(frozen=True, slots=True)
class _IdleWorker:
    """A process that waits, and until when it certainly does, on the clock of `time.monotonic`."""

    worker: WorkerProcess
    until: float = math.inf


class IsolatedJob:
    """An open document in another process, as `reading.job.Job` is one in this; one thread's.

    Attributes:
        source: what it is.
        request: what the engine is asked for.
    """

    source: SourceInfo
    request: Request

    def __init__(
        self,
        isolation: Isolation,
        given: GivenDocument,
        options: ReadOptions,
        cancel: CancelToken | None,
    ) -> None:
        """Takes a process; nothing is opened yet."""
        pipeline = isolation.pipeline
        self._isolation = isolation
        self._engine = pipeline.engine.name
        self._limits = options.limited(pipeline.limits)
        self._given = given
        self._options = options
        self._cancel = cancel
        self._steps = _packed(options.preprocessors)
        self._worker = isolation.take()
        self._outline: isolated_reading.Outline | None = None

    @property
    def attachment(self) -> Attachment:
        """What a result keeps of the document."""
        return Attachment(self._given, self.source.sha256)

    def open(self) -> None:
        """Opens the document there; again if the process has died since."""
        self._isolation.start(self._worker, self._cancel)
        content = self._given.content
        if isinstance(content, Source):
            # The process may stand in another folder.
            content = content.absolute()
        else:
            check_pixels(content.width, content.height, self._given.options)
            content = loaded(content)
        options = replace(self._options, preprocessors=None)
        outline = self._call(
            isolated_reading.open_document, content, self._given.options, options, self._steps
        )
        if isinstance(self._given.content, Source):
            name = self._given.content.name
            outline = replace(outline, source=outline.source.model_copy(update={"name": name}))
        if self._outline is not None and self._outline.source != outline.source:
            raise CorruptInputError("the document became another while it was read")
        self._outline, self.source, self.request = outline, outline.source, outline.request

    def read(self) -> Iterator[PageOutcome]:
        """Reads the pages in the order asked for, one at a time."""
        assert self._outline is not None
        numbers, warnings = self._outline.numbers, self._outline.warnings
        parts = iter([numbers] if self._outline.whole else [(number,) for number in numbers])
        for part in parts:
            try:
                if not self._worker.is_alive:
                    self.open()
                outcomes = self._call(isolated_reading.read, part)
            except CancelledError:
                raise
            except NoteTextError as error:
                failure = error.located(self.source.name, part[0])
                outcomes = tuple(
                    failed_page(number, self._engine, warnings, failure) for number in part
                )
            if self._limits.max_memory_bytes is not None and any(r.failure for r in outcomes):
                # What has run out of memory may still hold it.
                self._worker.kill()
            for outcome in outcomes:
                log_page(outcome)
                yield outcome
            last = outcomes[-1].failure
            if last and ends_document(last, self._options.on_error):
                rest = (number for part in parts for number in part)
                yield from not_begun(rest, self._engine, warnings, last)

    def plan(self) -> Plan:
        """Finds out which pages the engine would be asked for; nothing is read."""
        return self._call(isolated_reading.plan)

    def close(self) -> None:
        """Closes the document; its process waits for the next one."""
        if self._worker.is_alive:
            with contextlib.suppress(WorkerDiedError, WorkerTimeoutError):
                self._worker.call(isolated_reading.close_document, timeout_s=_LONGER_S)
        self._isolation.put_back(self._worker)

    def __enter__(self) -> IsolatedJob:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _call(self, function: Callable[..., _T], *args: object) -> _T:
        timeout_s = self._limits.timeout_s
        try:
            return self._worker.call(
                function,
                *args,
                timeout_s=None if timeout_s is None else timeout_s + _LONGER_S,
                cancel=self._cancel,
            )
        except WorkerTimeoutError:
            raise EngineTimeoutError(
                f"it was not done in {timeout_s:g} s, and its process was ended; raise timeout_s, "
                "or limits.timeout_s",
                engine=self._engine,
            ) from None
        except WorkerDiedError as error:
            raise ProcessDiedError(
                f"{error} while it read this: a defect in native code, or out of memory; the rest "
                "is read by another process",
                engine=self._engine,
                exit_code=error.exit_code,
            ) from None


def _packed(steps: tuple[Preprocessor, ...] | None) -> bytes | None:
    """The steps of one call as they cross into a process."""
    if steps is None:
        return None
    parts = {f"the step {step.name!r}": step for step in steps}
    return pack(steps, parts, "read with isolate=False")
