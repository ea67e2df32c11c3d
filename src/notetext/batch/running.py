"""The course of a batch: documents go out, items come back."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sized
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import partial
from itertools import islice
from queue import SimpleQueue
from typing import Generic, TypeAlias, TypeVar

from notetext.batch.executors import DocumentExecutor, executor_for
from notetext.batch.failures import FailureStreak
from notetext.batch.items import BatchItem, Item
from notetext.batch.progress import BatchState, Progress, ProgressLike, progress_of
from notetext.batch.sources import several
from notetext.batch.work import Outcome, Work
from notetext.documents import DocumentLike
from notetext.errors import (
    BatchStoppedError,
    CancelledError,
    ConfigurationError,
    EngineError,
    EngineUnavailableError,
    NoteTextError,
)
from notetext.errors.checking import check_number
from notetext.errors.foreign_text import shown
from notetext.errors.main_guard import MainGuardError
from notetext.errors.wording import counted
from notetext.reading.failing import log_unread
from notetext.reading.modes import check_languages
from notetext.reading.options import OnError
from notetext.result import RecognitionResult

_Source = TypeVar("_Source", bound=DocumentLike)

_HELD_BACK = 4
"""In order, so many documents that are done may wait for a slow one, for each one under way."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch runs; see `NoteText.recognize_many`.

    Attributes:
        workers: how many documents at once, or ``None``.
        executor: where to read, or ``None``.
        ordered: give the items back in the order of the sources.
        stop_after: failures of the engine's provider in a row that end the batch, or ``None``.
        progress: what shows how far the batch is.
    """

    workers: int | None = None
    executor: Executor | None = None
    ordered: bool = False
    stop_after: int | None = 5
    progress: ProgressLike = False

    def __post_init__(self) -> None:
        check_number("stop_after", self.stop_after, 1, whole=True)
        if not isinstance(self.progress, (bool, Progress)) and not callable(self.progress):
            raise ConfigurationError(
                f"progress={shown(self.progress)} shows none; give True, or a function that is "
                "called with a BatchState"
            )


class Batch(Generic[_Source]):
    """Many documents on their way; to be iterated over once.

    What can be told before a document is opened is told when it is made.

    Args:
        work: how to read.
        sources: pulled as they are needed.
        options: how to go about it.

    Raises:
        ConfigurationError: the options do not fit the engine, or the reader cannot cross.
    """

    def __init__(self, work: Work, sources: Iterable[_Source], options: BatchOptions) -> None:
        sources = several(sources)
        check_languages(work.pipeline.engine, work.options)
        self._work = work
        self._options = options
        self._executor = executor_for(work, options.workers, options.executor)
        self._queue = _Queue(self._executor, sources)
        self._total = len(sources) if isinstance(sources, Sized) else None

    def items(self) -> Generator[BatchItem[_Source], None, None]:
        """Reads the documents; see `NoteText.recognize_many`."""
        progress = progress_of(self._options.progress)
        streak = FailureStreak(self._options.stop_after)
        state = BatchState(self._total)
        stopped: BatchStoppedError | None = None
        try:
            progress.update(state)
            queue = self._queue
            for item in queue.in_order() if self._options.ordered else queue.as_done():
                result = item.result if item.error is None else item.error.partial
                if isinstance(result, RecognitionResult):
                    self._work.attach(result, item.source)
                    if item.error is None:
                        log_unread(result)
                state = state.after(item)
                progress.update(state)
                if item.error is not None and self._work.options.on_error is OnError.RAISE:
                    raise item.error
                yield item
                try:
                    streak.add(item)
                except BatchStoppedError as error:
                    stopped = stopped or error
                    if not streak.is_quota:
                        raise stopped from None
                    # Whatever is under way may be paid for, and ends.
                    self._queue.hand_out_no_more()
            if stopped is not None:
                raise BatchStoppedError(f"{stopped.message}; {_left(streak, state)}")
        except MainGuardError as error:
            # Where in here it came up helps nobody.
            raise error.with_traceback(None) from None
        finally:
            self.cancel()
            self._executor.close()
            progress.close()

    def cancel(self) -> None:
        """Ends the batch; may be called from any thread, and returns at once."""
        self._executor.give_up()
        self._queue.close()


def _left(streak: FailureStreak, state: BatchState) -> str:
    """What a batch that a quota has ended leaves undone."""
    count = streak.not_submitted
    pages = f"{counted(count, 'page')} {'was' if count == 1 else 'were'} not submitted"
    if state.total is None or state.documents == state.total:
        return pages
    left = state.total - state.documents
    return f"{pages}, and {counted(left, 'document')} {'was' if left == 1 else 'were'} not begun"


_Finished: TypeAlias = tuple[int, _Source, Future[Outcome]] | None


class _Queue(Generic[_Source]):
    """Hands documents out to an executor and takes their outcomes back, never holding many."""

    def __init__(self, executor: DocumentExecutor, sources: Iterable[_Source]) -> None:
        self._executor = executor
        self._numbered = enumerate(sources)
        self._under_way: dict[int, Future[Outcome]] = {}
        self._finished: SimpleQueue[_Finished[_Source]] = SimpleQueue()

    def as_done(self) -> Iterator[BatchItem[_Source]]:
        """The items as they are done."""
        self._hand_out()
        while self._under_way:
            item = self._take()
            # The next document is handed out first: the caller may think about this one for long.
            self._hand_out()
            yield item

    def in_order(self) -> Iterator[BatchItem[_Source]]:
        """The items in the order of their documents."""
        held_back: dict[int, BatchItem[_Source]] = {}
        following = 0
        self._hand_out()
        while self._under_way or held_back:
            while following not in held_back:
                item = self._take()
                held_back[item.index] = item
                if len(held_back) < _HELD_BACK * self._executor.at_once:
                    self._hand_out()
            item = held_back.pop(following)
            following += 1
            self._hand_out()
            yield item

    def hand_out_no_more(self) -> None:
        """Lets what is under way be the last."""
        self._numbered = enumerate(())

    def close(self) -> None:
        """Ends a `_take` that waits, and takes back what nobody has begun to read."""
        self._finished.put(None)
        for future in list(self._under_way.values()):
            future.cancel()

    def _hand_out(self) -> None:
        """Gives the executor as many documents as it takes."""
        for index, source in islice(self._numbered, self._executor.at_once - len(self._under_way)):
            future = self._handed_out(source)
            self._under_way[index] = future
            future.add_done_callback(partial(self._put, index, source))

    def _put(self, index: int, source: _Source, future: Future[Outcome]) -> None:
        self._finished.put((index, source, future))

    def _handed_out(self, source: DocumentLike) -> Future[Outcome]:
        try:
            return self._executor.read(source)
        except NoteTextError as error:
            failed: Future[Outcome] = Future()
            failed.set_result(error)
            return failed
        except (BrokenExecutor, RuntimeError) as error:
            raise BatchStoppedError(f"the executor takes no more documents: {error}") from error

    def _take(self) -> BatchItem[_Source]:
        """Waits for the next document that is done."""
        finished = self._finished.get()
        if finished is None:
            raise CancelledError("the caller cancelled the batch")
        index, source, future = finished
        del self._under_way[index]
        return Item.of(index, source, _outcome(future))


def _outcome(future: Future[Outcome]) -> Outcome:
    """What became of a document, also if its worker did not live to tell."""
    try:
        return future.result()
    except NoteTextError:
        raise
    except BrokenExecutor as error:
        failure: EngineError = EngineUnavailableError(
            "the worker process died while it read this document: it was killed, or out of memory; "
            "if every document of a script ends so, put the script's code under "
            'if __name__ == "__main__":',
            engine="batch",
        )
        failure.__cause__ = error
    # A cluster's own errors, and documents that do not pickle.
    except Exception as error:  # noqa: BLE001
        failure = EngineError(
            f"the executor could not read it: {type(error).__name__}: {error}", engine="batch"
        )
        failure.__cause__ = error
    return failure
