"""Reading without keeping an event loop from its other work."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from notetext.batch.calls import Calls
from notetext.batch.items import BatchItem
from notetext.batch.running import Batch, BatchOptions
from notetext.batch.work import Work
from notetext.documents import DocumentLike
from notetext.result import RecognitionResult

_Source = TypeVar("_Source", bound=DocumentLike)


async def recognize(work: Work, source: DocumentLike, calls: Calls) -> RecognitionResult:
    """Reads a document in a thread, when it is its turn; see `NoteText.arecognize`.

    Whoever is cancelled does not wait for the end. A turn comes to the coroutine, not to a thread:
    one that was cancelled before it goes on has nothing read.
    """
    turn = calls.queue()
    try:
        await asyncio.wrap_future(turn)
    except BaseException:
        calls.leave(turn)
        raise
    cancelled = threading.Event()

    def read() -> RecognitionResult:
        return work.pipeline.recognize(source, work.options, cancelled)

    try:
        return await asyncio.wrap_future(calls.start(read))
    finally:
        cancelled.set()


async def recognize_many(
    work: Work, sources: Iterable[_Source], options: BatchOptions
) -> AsyncGenerator[BatchItem[_Source], None]:
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
