"""One page's way through the rooms, and the order of the pages."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from notetext.attachment import Attachment
from notetext.converters import Converter, Document, OpenOptions, SourcePage
from notetext.engines import Engine, Reading
from notetext.errors import (
    CancelledError,
    NoteTextError,
    RecognitionError,
    StoreError,
)
from notetext.layout import arrange
from notetext.modes import choose_mode
from notetext.opening import DocumentLike, GivenDocument, name_of
from notetext.options import (
    CancelToken,
    Limits,
    OnError,
    ReadOptions,
    Request,
    TextLayerUse,
)
from notetext.page_range import parse_pages
from notetext.placement import place_paragraph, place_word
from notetext.preparing import apply_step, picture_of
from notetext.preprocessors import Preprocessor
from notetext.result import (
    Artifact,
    Page,
    PageError,
    PageStatus,
    Paragraph,
    RecognitionResult,
    SourceInfo,
    Timings,
    Usage,
    Word,
)
from notetext.text_layer import ENGINE_NAME as TEXT_LAYER
from notetext.text_layer import as_fragments, decide, merge
from notetext.whole_document import read_whole, takes_whole

if TYPE_CHECKING:
    from notetext.store.cache import DocumentCache, PageCache

_log = logging.getLogger("notetext")


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page that went through, and what it took."""

    page: Page
    timings: Timings = field(default_factory=Timings)
    usage: Usage = field(default_factory=Usage)
    artifacts: tuple[Artifact, ...] = ()
    failure: NoteTextError | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The rooms in their order. Safe to use from several threads if its parts are."""

    engine: Engine
    preprocessors: tuple[Preprocessor, ...]
    converters: tuple[Converter, ...]
    limits: Limits
    cache: PageCache | None = None

    def recognize(
        self, given: DocumentLike, options: ReadOptions, cancel: CancelToken | None = None
    ) -> RecognitionResult:
        """Reads a document; see `NoteText.recognize`.

        Raises:
            CancelledError: ``cancel`` was set meanwhile.
        """
        started = time.perf_counter()
        with self.open(given, options, cancel) as job:
            readings = list(job.read())
        failures = [reading.failure for reading in readings if reading.failure is not None]
        if failures and options.on_error is OnError.RAISE:
            raise _as_one(failures, len(readings), job.source.name)
        timings = sum((reading.timings for reading in readings), Timings())
        result = RecognitionResult(
            source=job.source,
            engine=self.engine.name,
            mode=job.request.mode,
            languages=job.request.languages,
            timings=timings.model_copy(update={"total_s": time.perf_counter() - started}),
            usage=sum((reading.usage for reading in readings), Usage()),
            artifacts=tuple(artifact for reading in readings for artifact in reading.artifacts),
            pages=tuple(reading.page for reading in readings),
        )
        job.attachment.put_on(result)
        return result

    def iter_pages(self, given: DocumentLike, options: ReadOptions) -> Generator[Page, None, None]:
        """Reads a document page by page; see `NoteText.iter_pages`."""
        with self.open(given, options) as job:
            for reading in job.read():
                if reading.failure is not None and options.on_error is OnError.RAISE:
                    raise reading.failure
                job.attachment.put_on(reading.page)
                yield reading.page

    def open(
        self, given: DocumentLike, options: ReadOptions, cancel: CancelToken | None = None
    ) -> Job:
        """Opens a document and settles which of its pages are read, and how.

        Raises:
            InputError: it cannot be opened.
            ConfigurationError: the options do not fit the engine.
            PageRangeError: it has no such pages.
        """
        mode, warnings = choose_mode(self.engine, options.mode, options.languages)
        opening = OpenOptions(limits=self.limits, dpi=options.dpi, password=options.password)
        try:
            document_given = GivenDocument.of(given, self.converters, opening)
            source, document = document_given.open()
        except NoteTextError as error:
            raise error.located(name_of(given)) from error.__cause__
        try:
            numbers = parse_pages(options.pages, document.page_count)
        except NoteTextError as error:
            document.close()
            raise error.located(source.name) from None
        request = Request(mode=mode, languages=options.languages, cancel=cancel)
        whole = takes_whole(self.engine, document_given, options)
        stored: DocumentCache | None = None
        if self.cache is not None:
            request = replace(request, ledger=self.cache.store.ledger)
            stored = self.cache.document(document_given, source, options, request, whole)
        return Job(
            pipeline=self,
            given=document_given,
            document=document,
            source=source,
            numbers=numbers,
            options=options,
            request=request,
            warnings=warnings,
            whole=whole,
            stored=stored,
        )


@dataclass(frozen=True, slots=True)
class Job:
    """An open document on its way through a pipeline; a context manager."""

    pipeline: Pipeline
    given: GivenDocument
    document: Document
    source: SourceInfo
    numbers: Sequence[int]
    options: ReadOptions
    request: Request
    warnings: tuple[str, ...]
    whole: bool = False
    stored: DocumentCache | None = None

    @property
    def attachment(self) -> Attachment:
        """What a result keeps of the document."""
        return Attachment(self.given, self.source.sha256)

    def __enter__(self) -> Job:
        return self

    def __exit__(self, *_: object) -> None:
        self.document.close()

    def read(self) -> Iterator[PageReading]:
        """Reads the pages in the order asked for; as many at once as the engine takes.

        No more pages are under way than that, however slowly the caller takes them.
        """
        if self.whole:
            yield from self._read_whole()
            return
        at_once = min(self.pipeline.engine.parallel_pages, len(self.numbers))
        if at_once <= 1:
            yield from map(self.read_page, self.numbers)
            return
        with ThreadPoolExecutor(at_once, thread_name_prefix="notetext-page") as pool:
            under_way: deque[Future[PageReading]] = deque()
            try:
                for number in self.numbers:
                    if len(under_way) >= at_once:
                        yield under_way.popleft().result()
                    under_way.append(pool.submit(self.read_page, number))
                while under_way:
                    yield under_way.popleft().result()
            finally:
                for future in under_way:
                    future.cancel()

    def _read_whole(self) -> Iterator[PageReading]:
        """Reads the document by an engine that takes it whole."""
        known = [self._known(number) for number in self.numbers]
        if None not in known:
            yield from (page for page in known if page is not None)
            return
        clock = _Clock()
        pages = [self.document.page(number) for number in self.numbers]
        try:
            readings = read_whole(
                self.pipeline.engine, self.given, self._page_request(), len(pages)
            )
        except CancelledError:
            raise
        except NoteTextError as error:
            failed = [self._failed(page.number, page, error) for page in pages]
            # What was spent was spent once.
            yield failed[0]
            yield from (replace(reading, usage=Usage()) for reading in failed[1:])
            return
        engine_s = clock.lap()
        for page, reading in zip(pages, readings, strict=True):
            timings = Timings(engine_s=engine_s)
            yield self._kept(self._finished(page, reading, arrange(reading), timings))
            engine_s = 0.0

    def read_page(self, number: int) -> PageReading:
        """Reads one page. A failure that is the page's own is reported, not raised."""
        started = time.perf_counter()
        source_page: SourcePage | None = None
        try:
            self.request.check(self.pipeline.engine.name)
            with self.stored.turn(number) if self.stored is not None else nullcontext():
                reading = self._known(number)
                if reading is None:
                    source_page = self.document.page(number)
                    reading = self._kept(self._read(source_page))
        except CancelledError:
            raise
        except NoteTextError as error:
            reading = self._failed(number, source_page, error.located(self.source.name, number))
        total_s = time.perf_counter() - started
        timings = reading.timings.model_copy(update={"total_s": total_s})
        _log.debug(
            "page %d %s by %s: convert %.3f s, preprocess %.3f s, engine %.3f s, layout %.3f s",
            number,
            reading.page.status.value,
            reading.page.engine,
            timings.convert_s,
            timings.preprocess_s,
            timings.engine_s,
            timings.layout_s,
        )
        return replace(reading, timings=timings)

    def _known(self, number: int) -> PageReading | None:
        """A page that was read before, if there is a store and it is there."""
        page = self.stored.get(number) if self.stored is not None else None
        return None if page is None else PageReading(page.page, artifacts=page.artifacts)

    def _kept(self, reading: PageReading) -> PageReading:
        """Stores a page that was just read, if there is a store."""
        if self.stored is None:
            return reading
        try:
            self.stored.put(reading.page, reading.artifacts)
        except StoreError as error:
            # What was read, and perhaps paid for, is not lost with the store.
            warnings = (*reading.page.warnings, error.message)
            page = reading.page.model_copy(update={"warnings": warnings})
            return replace(reading, page=page)
        return reading

    def _read(self, source_page: SourcePage) -> PageReading:
        use = self.options.text_layer
        layer = None if use is TextLayerUse.IGNORE else source_page.text_layer()
        decision = decide(layer, self.options.mode, use)
        known = [word for word in decision.words if self._is_wanted(word)]
        if decision.read_pixels:
            return self._read_pixels(source_page, known)
        return PageReading(
            self._page(
                source_page,
                engine=TEXT_LAYER,
                paragraphs=arrange(Reading(fragments=as_fragments(known))),
                warnings=decision.warnings,
            )
        )

    def _read_pixels(self, source_page: SourcePage, known: Sequence[Word]) -> PageReading:
        """Takes a page through steps, engine and layout; ``known`` words stand as they are."""
        clock = _Clock()
        image = picture_of(source_page, self.options.region)
        convert_s = clock.lap()
        for step in self.pipeline.preprocessors:
            image = apply_step(step, image)
        preprocess_s = clock.lap()
        reading = self.pipeline.engine.read(image, self._page_request())
        engine_s = clock.lap()
        if known:
            to_image = image.inverse_transform
            reading = merge(reading, [place_word(word, to_image) for word in known])
        paragraphs = tuple(
            place_paragraph(paragraph, image.transform) for paragraph in arrange(reading)
        )
        layout_s = clock.lap()
        timings = Timings(
            convert_s=convert_s,
            preprocess_s=preprocess_s,
            engine_s=engine_s,
            layout_s=layout_s,
        )
        return self._finished(source_page, reading, paragraphs, timings, round(image.angle, 2))

    def _finished(
        self,
        source_page: SourcePage,
        reading: Reading,
        paragraphs: tuple[Paragraph, ...],
        timings: Timings,
        angle: float = 0.0,
    ) -> PageReading:
        return PageReading(
            self._page(
                source_page,
                engine=self.pipeline.engine.name,
                angle=angle,
                paragraphs=paragraphs,
                warnings=tuple(reading.warnings),
            ),
            timings,
            reading.usage,
            tuple(
                Artifact(page=source_page.number, name=name, data=data)
                for name, data in reading.artifacts.items()
            ),
        )

    def _is_wanted(self, word: Word) -> bool:
        """Whether a word's middle lies in the region that the caller wants."""
        if self.options.region is None or word.box is None:
            return True
        left, top, right, bottom = self.options.region
        x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
        return left <= x <= right and top <= y <= bottom

    def _page(
        self,
        source_page: SourcePage,
        *,
        engine: str,
        angle: float = 0.0,
        paragraphs: tuple[Paragraph, ...],
        warnings: tuple[str, ...],
    ) -> Page:
        return Page(
            number=source_page.number,
            width=source_page.width,
            height=source_page.height,
            dpi=source_page.dpi,
            angle=angle,
            engine=engine,
            paragraphs=paragraphs,
            warnings=(*self.warnings, *source_page.warnings, *warnings),
        )

    def _page_request(self) -> Request:
        timeout_s = self.pipeline.limits.timeout_s
        if timeout_s is None:
            return self.request
        return replace(self.request, deadline=time.monotonic() + timeout_s)

    def _failed(
        self, number: int, source_page: SourcePage | None, error: NoteTextError
    ) -> PageReading:
        page = Page(
            number=number,
            width=source_page.width if source_page else 0,
            height=source_page.height if source_page else 0,
            dpi=source_page.dpi if source_page else None,
            status=PageStatus.FAILED,
            engine=self.pipeline.engine.name,
            warnings=self.warnings,
            error=PageError(page=number, kind=type(error).__name__, message=error.message),
        )
        return PageReading(page, usage=error.usage or Usage(), failure=error)


class _Clock:
    def __init__(self) -> None:
        self._then = time.perf_counter()

    def lap(self) -> float:
        now = time.perf_counter()
        passed, self._then = now - self._then, now
        return passed


def _as_one(failures: Sequence[NoteTextError], pages: int, source: str | None) -> NoteTextError:
    if len(failures) == 1:
        return failures[0]
    return RecognitionError(
        f"{len(failures)} of {pages} pages could not be read; the first: {failures[0].message}",
        failures=failures,
    ).located(source)
