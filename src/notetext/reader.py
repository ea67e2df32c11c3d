"""`NoteText`: one call from a document to its text."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Generator, Iterable, Sequence
from concurrent.futures import Executor
from enum import Enum
from typing import TYPE_CHECKING, Literal, Self, TypeAlias, Unpack

from notetext.batch import BatchItem
from notetext.batch.calls import Calls
from notetext.batch.items import Given
from notetext.batch.progress import ProgressLike
from notetext.batch.running import Batch, BatchOptions
from notetext.batch.work import Work
from notetext.converters.named import ConverterLike
from notetext.documents import DocumentLike, Limits
from notetext.engines import Engine
from notetext.engines.named import EngineLike
from notetext.engines.named import engine as named_engine
from notetext.model import LanguageLike, Mode, ModeLike
from notetext.preprocessors import PreprocessorsLike
from notetext.reading.composing import DEFAULT_ENGINE, cached, compose, opened_store
from notetext.reading.failing import warn_of_unread
from notetext.reading.options import ReadKeywords, ReadOptions
from notetext.reading.plan import Plan
from notetext.result import Page, RecognitionResult

if TYPE_CHECKING:
    from notetext.store import Store


class _Unset(Enum):
    UNSET = "unset"


_UNSET: Literal[_Unset.UNSET] = _Unset.UNSET
_MaybeUnset: TypeAlias = Literal[_Unset.UNSET]


class NoteText:
    """Reads notes: photos, scans and pictures of handwriting and print.

    Every part has a default and can be replaced by a name or an object. Making a reader is cheap;
    models are loaded on the first page, or by `load`.

    Threads may share a reader. A reader pickles if its parts do, without models and without
    secrets. It is a context manager; `close` frees what the reader made itself, never an engine
    that was passed in, and a closed reader may be used again.

    >>> from notetext import NoteText
    >>> reader = NoteText()
    >>> result = reader.recognize("examples/notes/shopping.jpg")
    >>> print(result.lines[0].text)
    Shopping list
    """

    def __init__(
        self,
        engine: EngineLike = DEFAULT_ENGINE,
        preprocessors: PreprocessorsLike | None = None,
        converters: Sequence[ConverterLike] | ConverterLike | None = None,
        limits: Limits | None = None,
        store: Store | str | os.PathLike[str] | None = None,
        isolate: bool | None = None,
    ) -> None:
        """Composes a reader.

        Args:
            engine: what reads: a name (``"local"``) or an `Engine`.
            preprocessors: the steps before it, in their order: names (``"contrast"``),
                `Preprocessor` objects, or plain functions from a Pillow picture to a Pillow
                picture; ``()`` for none; the engine's own choice if left out.
            converters: what opens documents, asked in turn: names or `Converter` objects; all that
                come with notetext if left out.
            limits: how much a document may ask of the machine.
            store: where finished pages are kept, so that none is read twice: the path of a file,
                or a `Store`. In it a cloud engine also notes what it submits, so that no page is
                paid twice, however a run ends and however many share the store. Steps without a
                version keep pages from being stored, with a warning.
            isolate: read in processes that may be ended, so that a crash, a hang or a leak in
                native code costs one page, for documents of strangers; a script then needs
                ``if __name__ == "__main__":``. If left out: where only that can keep a limit,
                which is ``limits.timeout_s`` with an engine that computes, and
                ``limits.max_memory_bytes``.

        Raises:
            UnknownNameError: a name is unknown; the message lists the known ones.
            ConfigurationError: an object is no such part, or ``isolate=False`` with a limit that
                needs it.
            StoreError: the store cannot be opened.
        """
        self._owns_engine = isinstance(engine, str)
        self._engine = named_engine(engine)
        self._preprocessors = preprocessors
        pipeline = compose(self._engine, preprocessors, converters, limits)
        self._owns_store = isinstance(store, (str, os.PathLike))
        self._store = opened_store(store)
        self._isolate = isolate
        self._pipeline = cached(pipeline, self._store).isolated(isolate)
        self._calls = Calls(self._engine, self._pipeline.isolation is not None)

    @property
    def engine(self) -> Engine:
        """What reads."""
        return self._engine

    def recognize(
        self,
        path: DocumentLike,
        mode: ModeLike = Mode.AUTO,
        language: LanguageLike | Sequence[LanguageLike] | None = None,
        **options: Unpack[ReadKeywords],
    ) -> RecognitionResult:
        """Reads a document.

        Args:
            path: a path, bytes, a binary file object, a Pillow picture, or a NumPy array (H×W or
                H×W×3, RGB, uint8). What it is, its content decides, not its name.
            mode: ``"handwritten"``, ``"printed"`` or ``"auto"``: what stands there, line by line,
                if the engine tells them apart, as the local one does. With others: handwritten
                where the engine reads that language by hand, else printed with a warning.
            language: a `Language`, an ISO 639 code or an English name, or a list of them, the
                likeliest first; or ``"auto"``: the engine tells it, each paragraph's for itself,
                as the local one does. If left out: ``"auto"`` where the engine can, else English.
            **options: ``pages``, ``region``, ``text_layer``, ``password``, ``dpi``, ``on_error``,
                ``timeout_s``, ``preprocessors``: `ReadKeywords` explains them.

        Returns:
            The text with everything that is known about it. A blank page is an empty text. Pages
            that failed beside others are in ``errors``, with an `UnreadPagesWarning`.

        Raises:
            InputError: the document cannot be opened.
            ConfigurationError: an option is unknown or does not fit the engine, or credentials are
                missing.
            AuthenticationError: the credentials were refused.
            QuotaError: a quota or a budget is used up; ``error.partial`` has what was read.
            NoteTextError: nothing could be read: the page's error, or a `RecognitionError` with the
                errors of several.
        """
        asked = ReadOptions.of(mode, language, options, self._engine)
        result = self._pipeline.recognize(path, asked)
        warn_of_unread(result, asked.on_error)
        return result

    def iter_pages(
        self,
        path: DocumentLike,
        mode: ModeLike = Mode.AUTO,
        language: LanguageLike | Sequence[LanguageLike] | None = None,
        **options: Unpack[ReadKeywords],
    ) -> Generator[Page, None, None]:
        """Reads a document page by page, in flat memory; takes what `recognize` takes.

        Yields:
            The pages, each as soon as it is read. One that failed beside others has ``page.error``;
            those at the beginning wait for one that is read.

        Raises:
            NoteTextError: as `recognize`, after the pages that were read.
        """
        return self._pipeline.iter_pages(
            path, ReadOptions.of(mode, language, options, self._engine)
        )

    def recognize_many(
        self,
        sources: Iterable[Given],
        mode: ModeLike = Mode.AUTO,
        language: LanguageLike | Sequence[LanguageLike] | None = None,
        *,
        workers: int | None = None,
        executor: Executor | None = None,
        ordered: bool = False,
        progress: ProgressLike = False,
        stop_after: int | None = 5,
        **options: Unpack[ReadKeywords],
    ) -> Generator[BatchItem[Given], None, None]:
        """Reads many documents, several at once; ``docs/scaling.md`` shows how far that goes.

        A document that cannot be read is an item with an error, and costs no other. Memory does
        not grow with the number of documents: sources are pulled as they are needed, and no more
        documents are under way than are read at once. Giving up the iteration ends the batch.

        Args:
            sources: documents as `recognize` takes them; may be a generator without end.
            mode: as for `recognize`, for all of them.
            language: as for `recognize`, for all of them.
            workers: how many documents are read at once: by processes where the engine computes
                (a script then needs ``if __name__ == "__main__":``), by threads where it mostly
                waits for a service. If left out: one, by a thread, or as many as a cloud engine
                takes. With ``executor``, how many documents it is given at once.
            executor: where to read instead: any `concurrent.futures.Executor`, also that of a Dask
                client. It stays open.
            ordered: give the items back in the order of the sources, not as they are done.
            progress: ``True`` for a bar on standard error or in the notebook, a `Progress`, or a
                function that is called with a `BatchState` after every document.
            stop_after: failures in a row that are not the documents' (no connection, no
                credentials, no quota) after which the batch stops; ``None``: never.
            **options: as for `recognize`. With ``on_error="raise"`` the first failure is raised.

        Yields:
            An `Item` for each document, a `ReadItem` or a `FailedItem`.

        Raises:
            ConfigurationError: an option is unknown or does not fit, or a part of the reader
                cannot cross into another process; at once, not at the first item.
            BatchStoppedError: the engine's provider failed ``stop_after`` times in a row, or once
                if every other document would meet the same.

        >>> from notetext import NoteText
        >>> from pathlib import Path
        >>> notes = sorted(Path("examples/notes").glob("*.jpg"))
        >>> for item in NoteText().recognize_many(notes[:2], ordered=True):
        ...     if item.error is None:
        ...         print(item.source.name, len(item.result.words) > 0)
        letter.jpg True
        minutes.jpg True
        """
        how = BatchOptions(workers, executor, ordered, stop_after, progress)
        return Batch(self._work(mode, language, options), sources, how).items()

    async def arecognize(
        self,
        path: DocumentLike,
        mode: ModeLike = Mode.AUTO,
        language: LanguageLike | Sequence[LanguageLike] | None = None,
        **options: Unpack[ReadKeywords],
    ) -> RecognitionResult:
        """Reads a document without keeping the event loop; takes what `recognize` takes.

        As many calls are under way at once as `Engine.parallel_documents` says; the others wait in
        turn, without a thread each. Time-outs count from a call's turn. Cancelling returns at once:
        a call that waits is dropped, a local page that is under way is finished and dropped. With a
        store, a cloud task goes on and its result is fetched when the page is read again; without
        one it is deleted, since nobody could.

        Raises:
            NoteTextError: as `recognize`.
        """
        from notetext.batch.asynchronous import recognize

        work = self._work(mode, language, options)
        result = await recognize(work, path, self._calls)
        warn_of_unread(result, work.options.on_error)
        return result

    def arecognize_many(
        self,
        sources: Iterable[Given],
        mode: ModeLike = Mode.AUTO,
        language: LanguageLike | Sequence[LanguageLike] | None = None,
        *,
        workers: int | None = None,
        executor: Executor | None = None,
        ordered: bool = False,
        progress: ProgressLike = False,
        stop_after: int | None = 5,
        **options: Unpack[ReadKeywords],
    ) -> AsyncGenerator[BatchItem[Given], None]:
        """Reads many documents without keeping the event loop; takes what `recognize_many` takes.

        ``sources`` and ``progress`` are called in a thread.

        Yields:
            An `Item` for each document.

        Raises:
            NoteTextError: as `recognize_many`.
        """
        from notetext.batch.asynchronous import recognize_many

        how = BatchOptions(workers, executor, ordered, stop_after, progress)
        return recognize_many(self._work(mode, language, options), sources, how)

    def _work(
        self,
        mode: ModeLike,
        language: LanguageLike | Sequence[LanguageLike] | None,
        options: ReadKeywords,
    ) -> Work:
        return Work(self._pipeline, ReadOptions.of(mode, language, options, self._engine))

    def plan(
        self,
        path: DocumentLike,
        mode: ModeLike = Mode.AUTO,
        language: LanguageLike | Sequence[LanguageLike] | None = None,
        **options: Unpack[ReadKeywords],
    ) -> Plan:
        """Finds out what `recognize` would do, and what it might cost; nothing is read or sent.

        It takes what `recognize` takes.

        >>> from notetext import NoteText
        >>> NoteText().plan("examples/notes/letter.jpg").to_read
        (1,)

        Raises:
            InputError: the document cannot be opened.
            ConfigurationError: an option is unknown or does not fit the engine.
        """
        return self._pipeline.plan(path, ReadOptions.of(mode, language, options, self._engine))

    def with_options(
        self,
        *,
        engine: EngineLike | _MaybeUnset = _UNSET,
        preprocessors: PreprocessorsLike | _MaybeUnset | None = _UNSET,
        converters: Sequence[ConverterLike] | ConverterLike | _MaybeUnset | None = _UNSET,
        limits: Limits | _MaybeUnset | None = _UNSET,
        store: Store | str | os.PathLike[str] | _MaybeUnset | None = _UNSET,
        isolate: bool | _MaybeUnset | None = _UNSET,
    ) -> NoteText:
        """A copy with some parts replaced; it shares this reader's engine and store if they stay.

        >>> from notetext import Limits, NoteText
        >>> quick = NoteText().with_options(limits=Limits(max_pages=5))
        """
        reader = NoteText(
            engine=self._engine if engine is _UNSET else engine,
            preprocessors=self._preprocessors if preprocessors is _UNSET else preprocessors,
            converters=self._pipeline.converters if converters is _UNSET else converters,
            limits=self._pipeline.limits if limits is _UNSET else limits,
            store=self._store if store is _UNSET else store,
            isolate=self._isolate if isolate is _UNSET else isolate,
        )
        if engine is _UNSET and isolate is _UNSET:
            reader._calls = self._calls
        return reader

    def load(self) -> Self:
        """Loads the engine's models now, so that the first page is as fast as the next.

        Returns:
            The reader itself.
        """
        self._pipeline.load()
        return self

    def close(self) -> None:
        """Frees what the reader made itself; an engine or a store that was passed in stays."""
        self._calls.close()
        if self._pipeline.isolation is not None:
            self._pipeline.isolation.close()
        self._pipeline.patches.close()
        if self._owns_engine:
            self._engine.close()
        if self._owns_store and self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        steps = [step.name for step in self._pipeline.preprocessors]
        return f"NoteText(engine={self._engine.name!r}, preprocessors={steps})"
