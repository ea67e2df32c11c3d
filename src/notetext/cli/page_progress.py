"""Counting pages: those that there are, beforehand, and those that are done, as they are."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from notetext.cli.inputs import STANDARD_INPUT
from notetext.cli.progress_bar import ProgressBar
from notetext.converters import Converter, OpenOptions
from notetext.documents import GivenDocument, Source
from notetext.documents.page_range import parse_pages
from notetext.errors import NoteTextError
from notetext.reading.options import ReadKeywords
from notetext.reading.outcome import PAGE_OF_RECORD
from notetext.result import RecognitionResult


class PageProgress:
    """Tells a bar what is done: pages as they are read, and documents as they come.

    Args:
        bar: what shows it.
    """

    def __init__(self, bar: ProgressBar) -> None:
        self._bar = bar
        self._lock = threading.Lock()
        self._read = 0
        self._finished = 0

    def page_read(self) -> None:
        """A page of a document is done that is not."""
        with self._lock:
            self._read += 1
        self._show()

    def document_finished(self, result: RecognitionResult | None) -> None:
        """A document is done; one that could not be opened counts as a page."""
        with self._lock:
            self._finished += 1 if result is None else max(1, len(result.pages))
        self._show()

    def _show(self) -> None:
        # Pages tell that they are done where they are read in this process; documents always do.
        self._bar.set_done(max(self._read, self._finished))


@contextmanager
def followed(
    bar: ProgressBar, names: Sequence[str], opening: OpeningOfAll
) -> Iterator[PageProgress]:
    """A block in which a bar follows what is read.

    Args:
        bar: what shows it; if it is not shown, nothing is counted.
        names: the documents' paths.
        opening: how they are opened to count their pages.
    """
    progress = PageProgress(bar)
    if not bar.is_shown:
        yield progress
        return
    logger = logging.getLogger("notetext")
    handler = _PageHandler(progress)
    level = logger.level
    enough = threading.Event()
    counting = threading.Thread(target=_count, args=(bar, names, opening, enough), daemon=True)
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    counting.start()
    try:
        yield progress
    finally:
        enough.set()
        logger.setLevel(level)
        logger.removeHandler(handler)
        bar.close()
        counting.join()


class OpeningOfAll:
    """How documents are opened, to see how many of their pages are read.

    Args:
        converters: what opens them.
        keywords: which pages, and by which password.
        options: limits, dpi and password.
    """

    def __init__(
        self, converters: Sequence[Converter], keywords: ReadKeywords, options: OpenOptions
    ) -> None:
        self._converters = converters
        self._pages = keywords.get("pages")
        self._options = options

    def pages_of(self, name: str) -> int:
        """How many pages of a document are read; one for what cannot be opened."""
        if name == STANDARD_INPUT:
            return 1
        try:
            given = GivenDocument.of(name, self._converters, self._options)
            assert isinstance(given.content, Source)
            document = given.converter().open(given.content, self._options)
            try:
                return len(parse_pages(self._pages, document.page_count))
            finally:
                document.close()
        except NoteTextError:
            return 1  # it is told when it is read


def _count(
    bar: ProgressBar, names: Sequence[str], opening: OpeningOfAll, enough: threading.Event
) -> None:
    total = 0
    for name in names:
        if enough.is_set():
            return
        total += opening.pages_of(name)
    bar.set_total(total)


class _PageHandler(logging.Handler):
    """Counts the log's records of pages; there is one for each page that is done."""

    def __init__(self, progress: PageProgress) -> None:
        super().__init__(logging.DEBUG)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, PAGE_OF_RECORD):
            self._progress.page_read()
