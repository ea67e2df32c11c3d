"""The rooms in their order, from what the user gave to the result."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notetext.converters import Converter, OpenOptions
from notetext.documents import DocumentLike, GivenDocument, Limits
from notetext.documents.opening import name_of
from notetext.documents.page_range import parse_pages
from notetext.engines import CancelToken, Engine, Request
from notetext.errors import (
    ConfigurationError,
    NoteTextError,
    UnsupportedLanguageError,
)
from notetext.errors.foreign_text import shown
from notetext.errors.main_guard import MainGuardError
from notetext.model import Timings, Usage, mode_read
from notetext.preprocessors import Preprocessor
from notetext.reading.failing import failure_of, passed_on, warn_of_page
from notetext.reading.job import Job
from notetext.reading.modes import check_languages, choose_mode, tells_languages
from notetext.reading.options import LanguageTelling, ReadOptions
from notetext.reading.patch_reading import EnginePatchReader
from notetext.reading.plan import Plan
from notetext.reading.told_languages import languages_read
from notetext.reading.whole_document import takes_whole
from notetext.result import Page, RecognitionResult
from notetext.result.page import hold as hold_page
from notetext.result.recognition_result import hold

if TYPE_CHECKING:
    from notetext.reading.isolation import IsolatedJob, Isolation
    from notetext.reading.page_cache import DocumentCache, PageCache


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The rooms in their order. Safe to use from several threads if its parts are.

    With ``isolation``, it only hands documents over to processes that read them.
    """

    engine: Engine
    preprocessors: tuple[Preprocessor, ...]
    converters: tuple[Converter, ...]
    limits: Limits
    patches: EnginePatchReader
    cache: PageCache | None = None
    isolation: Isolation | None = None

    def steps(self) -> tuple[Preprocessor, ...]:
        """The preprocessors as they work here."""
        return tuple(step.with_reader(self.patches) for step in self.preprocessors)

    def prepared_by(self, preprocessors: tuple[Preprocessor, ...] | None) -> Pipeline:
        """The same with other steps; ``None``: with its own."""
        if preprocessors is None:
            return self
        other = replace(self, preprocessors=preprocessors)
        if self.cache is None:
            return other
        return replace(other, cache=self.cache.of(self.cache.store, other.steps(), self.engine))

    def parts(self) -> dict[str, object]:
        """The parts by what messages call them."""
        return {
            **{f"the step {step.name!r}": step for step in self.preprocessors},
            f"the engine {self.engine.name!r}": self.engine,
            **{f"the converter {part.name!r}": part for part in self.converters},
        }

    def for_worker(self) -> Pipeline:
        """The same as one of several worker processes uses it, with its one engine."""
        engine = self.engine.for_worker()
        return replace(self, engine=engine, patches=EnginePatchReader(engine, in_worker=True))

    def recognize(
        self, given: DocumentLike, options: ReadOptions, cancel: CancelToken | None = None
    ) -> RecognitionResult:
        """Reads a document; see `NoteText.recognize`.

        Raises:
            CancelledError: ``cancel`` was set meanwhile.
        """
        started = time.perf_counter()
        with self.open(given, options, cancel) as job:
            outcomes = list(job.read())
        failure = failure_of(outcomes, options.on_error, job.source.name)
        words = [word for outcome in outcomes for word in outcome.page.words]
        timings = sum((outcome.timings for outcome in outcomes), Timings())
        result = RecognitionResult(
            source=job.source,
            engine=self.engine.name,
            mode=mode_read(job.request.mode, words),
            languages=languages_read(job.request, words),
            timings=timings.model_copy(update={"total_s": time.perf_counter() - started}),
            usage=sum((outcome.usage for outcome in outcomes), Usage()),
            artifacts=tuple(artifact for outcome in outcomes for artifact in outcome.artifacts),
            pages=tuple(outcome.page for outcome in outcomes),
        )
        hold(result, job.attachment)
        if failure is not None:
            # What was read, and perhaps paid for, is not lost with the rest.
            failure.partial = result
            raise failure
        return result

    def iter_pages(self, given: DocumentLike, options: ReadOptions) -> Generator[Page, None, None]:
        """Reads a document page by page; see `NoteText.iter_pages`."""
        is_told = False
        with self.open(given, options) as job:
            for outcome in passed_on(job.read(), options.on_error):
                error = outcome.page.error
                if error is not None and not is_told:
                    warn_of_page(error, job.source.name, options.on_error)
                    is_told = True
                hold_page(outcome.page, job.attachment)
                yield outcome.page

    def plan(self, given: DocumentLike, options: ReadOptions) -> Plan:
        """What reading a document would take; see `NoteText.plan`."""
        with self.open(given, options) as job:
            return job.plan()

    def isolated(self, wanted: bool | None) -> Pipeline:
        """The same, if need be with processes of its own to read in.

        Args:
            wanted: what the caller says; ``None``: where nothing else can keep the limits. Engines
                that run in threads wait more than they compute, and look at the clock themselves.
                A call's own time-out starts no processes: without them it holds between steps.

        Raises:
            ConfigurationError: it is not wanted, but the limits need it.
        """
        if wanted is not None and not isinstance(wanted, bool):
            raise ConfigurationError(
                f"isolate={shown(wanted)} is unknown; give True, False or None"
            )
        limits = self.limits
        if wanted is False and limits.max_memory_bytes is not None:
            raise ConfigurationError(
                "limits.max_memory_bytes holds for processes that may be ended; leave out "
                "isolate=False, or the limit"
            )
        computes = self.engine.runs_in == "process"
        needed = limits.max_memory_bytes is not None or (limits.timeout_s is not None and computes)
        if not (needed if wanted is None else wanted):
            return self
        from notetext.reading.isolation import Isolation

        return replace(self, isolation=Isolation(self))

    def load(self) -> None:
        """Loads the engine's models where it will read."""
        (self.isolation or self.engine).load()

    def open(
        self, given: DocumentLike, options: ReadOptions, cancel: CancelToken | None = None
    ) -> Job | IsolatedJob:
        """Opens a document and settles which of its pages are read, and how.

        Raises:
            InputError: it cannot be opened.
            ConfigurationError: the options do not fit the engine.
            PageRangeError: it has no such pages.
        """
        # What can be told before a document is opened is told first.
        check_languages(self.engine, options)
        opening = OpenOptions(limits=self.limits, dpi=options.dpi, password=options.password)
        try:
            document_given = GivenDocument.of(given, self.converters, opening)
            if self.isolation is not None:
                return self.isolation.open(document_given, options, cancel)
            return self.open_given(document_given, options, cancel)
        except MainGuardError as error:
            # Where in here it came up helps nobody.
            raise error.with_traceback(None) from None
        except NoteTextError as error:
            raise error.located(name_of(given)) from error.__cause__

    def open_given(
        self, document_given: GivenDocument, options: ReadOptions, cancel: CancelToken | None
    ) -> Job:
        """Opens a document in this process; see `open`."""
        pipeline = self.prepared_by(options.preprocessors)
        refusal: UnsupportedLanguageError | None = None
        try:
            tells = tells_languages(self.engine, options.telling)
            mode, warnings = choose_mode(self.engine, options.mode, options.languages)
        except UnsupportedLanguageError as error:
            # Text that the document holds is in any language.
            mode, warnings, refusal = options.mode, (), error
            tells = options.telling is not LanguageTelling.NO
        source, document = document_given.open()
        try:
            numbers = parse_pages(options.pages, document.page_count)
        except NoteTextError as error:
            document.close()
            raise error.located(source.name) from None
        request = Request(
            mode=mode, languages=options.languages, cancel=cancel, tell_languages=tells
        )
        whole = refusal is None and takes_whole(self.engine, document_given, options)
        stored: DocumentCache | None = None
        if pipeline.cache is not None:
            request = replace(request, ledger=pipeline.cache.store.ledger)
            stored = pipeline.cache.document(document_given, source, options, request, whole)
        job = Job(
            engine=self.engine,
            preprocessors=pipeline.steps(),
            limits=options.limited(self.limits),
            given=document_given,
            document=document,
            source=source,
            numbers=numbers,
            options=options,
            request=request,
            warnings=warnings,
            refusal=refusal,
            whole=whole,
            stored=stored,
        )
        if refusal is not None and not job.has_text():
            document.close()
            raise refusal
        return job
