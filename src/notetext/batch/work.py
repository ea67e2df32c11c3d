"""Reading one document of a batch, in whatever thread or process that happens."""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from notetext.attachment import Attachment
from notetext.converters import OpenOptions
from notetext.errors import CancelledError, ConfigurationError, EngineError, NoteTextError
from notetext.opening import DocumentLike, GivenDocument
from notetext.options import CancelToken, Limits, ReadOptions
from notetext.pipeline import Pipeline
from notetext.result import RecognitionResult
from notetext.source import Source

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
        """
        try:
            return self.pipeline.recognize(source, self.options, cancel)
        except CancelledError:
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
            Attachment(document, result.source.sha256).put_back_on(result)

    def packed(self) -> bytes:
        """The work as bytes that another process can unpack, functions of notebooks included.

        Raises:
            ConfigurationError: a part cannot cross; the message names it.
        """
        import cloudpickle  # type: ignore[import-untyped]

        try:
            return cast(bytes, cloudpickle.dumps(self))
        # Whatever an object's pickling raises.
        except Exception as error:
            raise ConfigurationError(
                f"{self._stuck_part()} cannot cross into another process: "
                f"{type(error).__name__}: {error}; make what it holds when it is first called, or "
                "use executor=ThreadPoolExecutor(…)"
            ) from error

    def _stuck_part(self) -> str:
        """Names the part that does not pickle."""
        import cloudpickle

        pipeline = self.pipeline
        parts = [
            *((f"the step {step.name!r}", step) for step in pipeline.preprocessors),
            (f"the engine {pipeline.engine.name!r}", pipeline.engine),
            *((f"the converter {part.name!r}", part) for part in pipeline.converters),
        ]
        for name, part in parts:
            try:
                cloudpickle.dumps(part)
            except Exception:  # noqa: BLE001
                return name
        return "the reader"


def read_packed(packed: bytes, source: DocumentLike, cancel: CancelToken | None = None) -> Outcome:
    """Reads a document in another process.

    Args:
        packed: what `Work.packed` made.
        source: what `portable` made.
        cancel: set when the batch was given up.
    """
    try:
        with _unpacking:
            work = _unpacked(packed)
    except NoteTextError as error:
        return error
    return work.read(source, cancel)


_unpacking = threading.Lock()


# A process may serve several batches, and each of its readers loads its models but once.
@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Work:
    import cloudpickle

    try:
        work = cast(Work, cloudpickle.loads(packed))
    # Whatever an import or an object's unpickling raises.
    except Exception as error:
        raise ConfigurationError(
            f"the worker process cannot unpack the reader: {type(error).__name__}: {error}; it "
            "needs the same packages and modules as the process that started the batch"
        ) from error
    pipeline = work.pipeline
    return replace(work, pipeline=replace(pipeline, engine=pipeline.engine.for_worker()))


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
