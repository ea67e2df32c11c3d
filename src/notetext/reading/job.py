"""An open document on its way through the rooms: one page's way, and the order of the pages."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from contextvars import copy_context
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notetext.converters import Document, SourcePage
from notetext.documents import GivenDocument, Limits
from notetext.documents.attachment import Attachment
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    CancelledError,
    InputError,
    NoteTextError,
    StoreError,
    UnsupportedLanguageError,
)
from notetext.model import (
    Artifact,
    Block,
    Box,
    LeftOut,
    Paragraph,
    SourceInfo,
    Timings,
    Usage,
    Word,
    describe_languages,
)
from notetext.model.rebuilding import with_words_of
from notetext.preprocessors import Preprocessor
from notetext.reading.cancelling import LinkedCancel
from notetext.reading.clock import Clock
from notetext.reading.failing import ends_document
from notetext.reading.layout import arrange
from notetext.reading.options import ReadOptions, TextLayerUse
from notetext.reading.outcome import PageOutcome, failed_page, log_page, not_begun, warned
from notetext.reading.pixel_reading import read_picture, read_places, reads_parts
from notetext.reading.placement import place_blocks, place_left_out, place_paragraph, place_word
from notetext.reading.plan import Plan
from notetext.reading.preparing import picture_of
from notetext.reading.text_layer import ENGINE_NAME as TEXT_LAYER
from notetext.reading.text_layer import (
    TextLayerDecision,
    as_fragments,
    decide,
    merge,
    regrouped,
)
from notetext.reading.told_languages import languages_read, with_languages
from notetext.reading.whole_document import read_whole
from notetext.result import Page
from notetext.result.structure.finding import find_blocks

if TYPE_CHECKING:
    from notetext.reading.page_cache import DocumentCache


@dataclass(frozen=True, slots=True)
class Job:
    """An open document, and how its pages are to be read; a context manager."""

    engine: Engine
    preprocessors: tuple[Preprocessor, ...]
    limits: Limits
    given: GivenDocument
    document: Document
    source: SourceInfo
    numbers: Sequence[int]
    options: ReadOptions
    request: Request
    warnings: tuple[str, ...]
    refusal: UnsupportedLanguageError | None = None
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

    def read(self) -> Iterator[PageOutcome]:
        """Reads the pages in the order asked for; as many at once as the engine takes.

        No more pages are under way than that, however slowly the caller takes them. None is begun
        after a failure that is no page's fault, unless the caller keeps all.
        """
        if self.whole:
            yield from self._read_whole()
            return
        at_once = min(self.engine.parallel_pages, len(self.numbers))
        if at_once <= 1:
            yield from self._read_one_by_one()
            return
        given_up = LinkedCancel(self.request.cancel)
        job = replace(self, request=replace(self.request, cancel=given_up))
        with ThreadPoolExecutor(at_once, thread_name_prefix="notetext-page") as pool:
            under_way: deque[Future[PageOutcome]] = deque()
            numbers = iter(self.numbers)
            fatal: NoteTextError | None = None
            try:
                while True:
                    # What is under way may be paid for, and is taken even if no more is begun.
                    while fatal is None and len(under_way) < at_once:
                        if (number := next(numbers, None)) is None:
                            break
                        # Listeners of engines find the caller's context there, such as its trace.
                        run = copy_context().run
                        under_way.append(pool.submit(run, job.read_page, number))
                    if not under_way:
                        break
                    outcome = under_way.popleft().result()
                    if fatal is None and ends_document(outcome.failure, self.options.on_error):
                        fatal = outcome.failure
                    yield outcome
                if fatal is not None:
                    yield from not_begun(numbers, self.engine.name, self.warnings, fatal)
            finally:
                # An interrupt, or a caller who takes no more pages, must not wait for a service.
                given_up.set()
                for future in under_way:
                    future.cancel()

    def _read_one_by_one(self) -> Iterator[PageOutcome]:
        numbers = iter(self.numbers)
        for number in numbers:
            outcome = self.read_page(number)
            yield outcome
            if outcome.failure and ends_document(outcome.failure, self.options.on_error):
                yield from not_begun(numbers, self.engine.name, self.warnings, outcome.failure)

    def has_text(self) -> bool:
        """Whether any page holds text that needs no engine."""
        for number in self.numbers:
            try:
                decision = self._decision(self.document.page(number))
            except InputError:
                continue
            if decision.words or not decision.read_pixels:
                return True
        return False

    def plan(self) -> Plan:
        """Finds out which pages the engine would be asked for; nothing is read."""
        to_read = tuple(number for number in self.numbers if self._needs_engine(number))
        tasks = min(1, len(to_read)) if self.whole else len(to_read)
        submissions = tasks if self.engine.paid else 0
        return Plan(tuple(self.numbers), to_read, submissions, self.engine.price)

    def _needs_engine(self, number: int) -> bool:
        try:
            source_page = self.document.page(number)
            if self._known(source_page) is not None:
                return False
            return self.whole or self._decision(source_page).read_pixels
        except InputError:
            # The page will fail before it comes to an engine.
            return False

    def _read_whole(self) -> Iterator[PageOutcome]:
        """Reads the document by an engine that takes it whole."""
        pages = [self.document.page(number) for number in self.numbers]
        known = [self._known(page) for page in pages]
        if None not in known:
            yield from (page for page in known if page is not None)
            return
        clock = Clock()
        try:
            readings = read_whole(self.engine, self.given, self._page_request(), len(pages))
        except CancelledError:
            raise
        except NoteTextError as error:
            failure = error.located(self.source.name)
            failed = [
                failed_page(page.number, self.engine.name, self.warnings, failure, page)
                for page in pages
            ]
            # What was spent was spent once.
            yield failed[0]
            yield from (replace(outcome, usage=Usage()) for outcome in failed[1:])
            return
        engine_s = clock.lap()
        for page, reading in zip(pages, readings, strict=True):
            timings = Timings(engine_s=engine_s)
            yield self._kept(self._finished(page, reading, arrange(reading), timings))
            engine_s = 0.0

    def read_page(self, number: int) -> PageOutcome:
        """Reads one page. A failure is reported, not raised."""
        started = time.perf_counter()
        source_page: SourcePage | None = None
        try:
            timed = replace(self, request=self._page_request())
            timed.request.check(self.engine.name)
            source_page = self.document.page(number)
            with self.stored.lock(source_page) if self.stored is not None else nullcontext():
                outcome = self._known(source_page)
                if outcome is None:
                    outcome = self._kept(timed._read(source_page))
        except CancelledError:
            raise
        except NoteTextError as error:
            failure = error.located(self.source.name, number)
            outcome = failed_page(number, self.engine.name, self.warnings, failure, source_page)
        total_s = time.perf_counter() - started
        outcome = replace(outcome, timings=outcome.timings.model_copy(update={"total_s": total_s}))
        log_page(outcome)
        return outcome

    def _known(self, source_page: SourcePage) -> PageOutcome | None:
        """A page that was read before, if there is a store and it is there."""
        page = self.stored.get(source_page) if self.stored is not None else None
        return None if page is None else PageOutcome(page.page, artifacts=page.artifacts)

    def _kept(self, outcome: PageOutcome) -> PageOutcome:
        """Stores a page that was just read, if there is a store and it is no stopgap."""
        if self.stored is None or outcome.provisional:
            return outcome
        try:
            self.stored.put(outcome.page, outcome.artifacts)
        except StoreError as error:
            # What was read, and perhaps paid for, is not lost with the store.
            return warned(outcome, (error.message,))
        return outcome

    def _read(self, source_page: SourcePage) -> PageOutcome:
        decision = self._decision(source_page)
        known = [word for word in decision.words if self._is_wanted(word)]
        places = [box for box in decision.places if self._is_partly_wanted(box)]
        warnings = decision.warnings
        if decision.read_pixels and (places or not decision.places):
            if self.refusal is None:
                return warned(self._read_pixels(source_page, known, places, decision), warnings)
            if not known:
                raise UnsupportedLanguageError(self.refusal.message, known=self.refusal.known)
            languages = describe_languages(self.request.languages)
            warning = (
                "what stands in pictures on this page, or is drawn, was not read: the engine "
                f"{self.engine.name!r} does not read {languages}"
            )
            warnings = (*warnings, warning)
        return PageOutcome(
            self._page(
                source_page,
                engine=TEXT_LAYER,
                paragraphs=arrange(Reading(fragments=as_fragments(known)), self._check),
                left_out=decision.drawn,
                warnings=warnings,
            )
        )

    def _decision(self, source_page: SourcePage) -> TextLayerDecision:
        use = self.options.text_layer
        layer = None if use is TextLayerUse.IGNORE else source_page.text_layer()
        return decide(layer, self.options.mode, use)

    def _read_pixels(
        self,
        source_page: SourcePage,
        known: Sequence[Word],
        places: Sequence[Box],
        decision: TextLayerDecision,
    ) -> PageOutcome:
        """Takes a page, or places on it, through steps, engine and layout.

        Of ``known`` words, `merge` tells more.
        """
        clock = Clock()
        image = picture_of(source_page, self.options.region, self.limits.max_pixels)
        convert_s = clock.lap()
        steps, engine, request = self.preprocessors, self.engine, self.request
        if reads_parts(engine, source_page, places):
            found = read_places(image, places, steps, engine, request)
        else:
            # An engine that waits for a service lets go of the pixels: nobody else may hold them.
            handed_over = [image]
            del image
            # Words that the document holds as text tell which way up it is.
            found = read_picture(handed_over.pop(), steps, engine, request, tried=not known)
        clock.lap()
        reading, to_page, to_image = found.reading, found.to_page, found.to_image
        if known:
            placed = [place_word(word, to_image) for word in known]
            reading = merge(reading, placed, regrouped(decision.doubted, known, placed))
            drawn = (place_left_out(rule, to_image) for rule in decision.drawn)
            reading = replace(reading, left_out=(*reading.left_out, *drawn))
        arranged = arrange(reading, self._check)
        # Where the page was set straight, lines are level, and indentation tells.
        blocks = place_blocks(find_blocks(arranged, reading.left_out), to_page)
        paragraphs = tuple(place_paragraph(paragraph, to_page) for paragraph in arranged)
        reading = replace(
            reading, left_out=tuple(place_left_out(piece, to_page) for piece in reading.left_out)
        )
        layout_s = clock.lap()
        timings = Timings(
            convert_s=convert_s,
            preprocess_s=found.preprocess_s,
            engine_s=found.engine_s,
            layout_s=layout_s,
        )
        angle = round(found.angle, 2)
        return self._finished(source_page, reading, paragraphs, timings, angle, blocks)

    def _finished(
        self,
        source_page: SourcePage,
        reading: Reading,
        paragraphs: tuple[Paragraph, ...],
        timings: Timings,
        angle: float = 0.0,
        blocks: Sequence[Block] = (),
    ) -> PageOutcome:
        return PageOutcome(
            self._page(
                source_page,
                engine=reading.engine or self.engine.name,
                angle=angle,
                paragraphs=paragraphs,
                blocks=blocks,
                left_out=tuple(reading.left_out),
                warnings=tuple(reading.warnings),
            ),
            timings,
            reading.usage,
            tuple(
                Artifact(page=source_page.number, name=name, data=data)
                for name, data in reading.artifacts.items()
            ),
            provisional=reading.provisional,
        )

    def _check(self) -> None:
        """Raises if the caller gave up, or the page's time is over."""
        self.request.check(self.engine.name)

    def _is_wanted(self, word: Word) -> bool:
        """Whether a word's middle lies in the region that the caller wants."""
        if self.options.region is None or word.box is None:
            return True
        left, top, right, bottom = self.options.region
        x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
        return left <= x <= right and top <= y <= bottom

    def _is_partly_wanted(self, box: Box) -> bool:
        """Whether a place lies on the region that the caller wants, by a pixel at least."""
        if self.options.region is None:
            return True
        left, top, right, bottom = self.options.region
        across = min(right, box.right) - max(left, box.left)
        return across >= 1 and min(bottom, box.bottom) - max(top, box.top) >= 1

    def _page(
        self,
        source_page: SourcePage,
        *,
        engine: str,
        angle: float = 0.0,
        paragraphs: tuple[Paragraph, ...],
        blocks: Sequence[Block] = (),
        left_out: tuple[LeftOut, ...] = (),
        warnings: tuple[str, ...],
    ) -> Page:
        if self.request.tell_languages:
            paragraphs = with_languages(paragraphs, self.engine, self.request)
        words = [word for paragraph in paragraphs for word in paragraph.words]
        return Page(
            number=source_page.number,
            width=source_page.width,
            height=source_page.height,
            dpi=source_page.dpi,
            dpi_y=source_page.dpi_y,
            angle=angle,
            engine=engine,
            languages=languages_read(self.request, words),
            paragraphs=paragraphs,
            left_out=left_out,
            blocks=with_words_of(
                blocks, [line.words for each in paragraphs for line in each.lines]
            ),
            warnings=(*self.warnings, *source_page.warnings, *warnings),
        )

    def _page_request(self) -> Request:
        timeout_s = self.limits.timeout_s
        if timeout_s is None:
            return self.request
        return replace(self.request, deadline=time.monotonic() + timeout_s)
