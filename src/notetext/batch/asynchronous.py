"""Reading without keeping an event loop from its other work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from notetext.batch.items import Item
from notetext.batch.running import Batch, BatchOptions
from notetext.batch.work import Work
from notetext.documents import DocumentLike
from notetext.result import RecognitionResult

_T = TypeVar("_T")


async def recognize(work: Work, source: DocumentLike) -> RecognitionResult:
    """Reads a document in a thread; see `NoteText.arecognize`."""
    cancelled = threading.Event()
    try:
        return await _in_thread(lambda: work.pipeline.recognize(source, work.options, cancelled))
    finally:
        cancelled.set()


async def recognize_many(
    work: Work, sources: Iterable[DocumentLike], options: BatchOptions
) -> AsyncGenerator[Item, None]:
    """Reads many documents; see `NoteText.arecognize_many`."""
    batch = Batch(work, sources, options)
    items = batch.items()
    # One thread iterates, so that sources and progress are always called from the same one.
    thread = ThreadPoolExecutor(1, "notetext-batch")
    try:
        while (item := await asyncio.wrap_future(thread.submit(next, items, None))) is not None:
            yield item
    finally:
        batch.cancel()
        thread.submit(items.close)
        thread.shutdown(wait=False)


async def _in_thread(call: Callable[[], _T]) -> _T:
    """Runs a call in a thread of its own; whoever is cancelled does not wait for its end."""
    future: Future[_T] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            future.set_result(call())
        # It is raised again where the call is awaited.
        except BaseException as error:  # noqa: BLE001
            future.set_exception(error)

    threading.Thread(target=run, name="notetext-async").start()
    return await asyncio.wrap_future(future)
