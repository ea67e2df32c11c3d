"""Reading one document of a batch, in whatever thread or process that happens."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from notetext.converters import OpenOptions
from notetext.documents import DocumentLike, GivenDocument, Limits, Source
from notetext.documents.attachment import Attachment
from notetext.engines import CancelToken
from notetext.errors import CancelledError, EngineError, NoteTextError
from notetext.errors.main_guard import MainGuardError
from notetext.errors.portable import portable as portable_error
from notetext.reading.options import ReadOptions
from notetext.reading.pipeline import Pipeline
from notetext.reading.processes.packing import pack, unpack
from notetext.result import RecognitionResult
from notetext.result.recognition_result import has_document, hold

Outcome: TypeAlias = "RecognitionResult | NoteTextError"


@dataclass(frozen=True, slots=True)
class Work:
    """How the documents of a batch are read.

    Attributes:
        pipeline: the parts of the reader.
        options: what the caller asked for.
    """

    pipeline: Pipeline
    options: ReadOptions

    def read(self, source: DocumentLike, cancel: CancelToken | None = None) -> Outcome:
        """Reads a document. Whatever goes wrong with it is its outcome.

        Raises:
            CancelledError: the batch was given up.
            MainGuardError: the script has no ``if __name__ == "__main__":``.
        """
        try:
            return self.pipeline.recognize(source, self.options, cancel)
        except (CancelledError, MainGuardError):
            raise
        except NoteTextError as error:
            return error
        # Engines are anybody's code, and one document must not end a batch.
        except Exception as error:  # noqa: BLE001
            failure = EngineError(
                f"it could not be read: {type(error).__name__}: {error}",
                engine=self.pipeline.engine.name,
            )
            failure.__cause__ = error
            return failure

    def attach(self, result: RecognitionResult, source: DocumentLike) -> None:
        """Gives a result its document again, which it left behind in another process."""
        if callable(getattr(source, "read", None)):
            return
        pipeline, options = self.pipeline, self.options
        opening = OpenOptions(limits=pipeline.limits, dpi=options.dpi, password=options.password)
        # A document that is gone meanwhile is missed by those who ask for its pixels.
        with contextlib.suppress(NoteTextError):
            document = GivenDocument.of(source, pipeline.converters, opening)
            if not has_document(result):
                hold(result, Attachment(document, result.source.sha256))

    def packed(self) -> bytes:
        """The work as bytes that another process can unpack, functions of notebooks included.

        Raises:
            ConfigurationError: a part cannot cross; the message names it.
        """
        pipeline = self.pipeline.for_worker()
        return pack(
            replace(self, pipeline=pipeline),
            pipeline.prepared_by(self.options.preprocessors).parts(),
            "use executor=ThreadPoolExecutor(…)",
        )


def read_packed(packed: bytes, source: DocumentLike, cancel: CancelToken | None = None) -> Outcome:
    """Reads a document in another process.

    Args:
        packed: what `Work.packed` made.
        source: what `portable` made.
        cancel: set when the batch was given up.
    """
    try:
        work: Work = unpack(packed)
    except NoteTextError as error:
        return error
    outcome = work.read(source, cancel)
    return portable_error(outcome) if isinstance(outcome, NoteTextError) else outcome


def portable(source: DocumentLike, limits: Limits) -> DocumentLike:
    """The document in a form that another process can open.

    A path becomes absolute, since the other process may stand in another folder; a file object is
    read to its end.

    Raises:
        InputError: a file object gives no bytes, or more than the limits allow.
    """
    if isinstance(source, (str, os.PathLike)):
        name = os.fsdecode(source)
        return str(Path(name).absolute()) if Path(name).exists() else name
    if callable(getattr(source, "read", None)):
        return Source.of_file(cast(BinaryIO, source), limits).read()
    return source
