"""What runs in the process that an isolated document is read in: one document at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notetext.documents import GivenDocument
from notetext.engines import Request
from notetext.errors import ConfigurationError, EngineError, NoteTextError
from notetext.errors.portable import portable
from notetext.model import SourceInfo
from notetext.reading.plan import Plan
from notetext.reading.processes.packing import unpack
from notetext.reading.processes.worker import cancelled

if TYPE_CHECKING:
    from notetext.converters import OpenOptions
    from notetext.documents.opening import Content
    from notetext.reading.job import Job
    from notetext.reading.options import ReadOptions
    from notetext.reading.outcome import PageOutcome
    from notetext.reading.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of an open document before any page is read.

    Attributes:
        source: what it is.
        numbers: the pages that are wanted.
        request: what the engine is asked for.
        warnings: of all its pages.
        whole: whether the engine takes the document whole.
    """

    source: SourceInfo
    numbers: tuple[int, ...]
    request: Request
    warnings: tuple[str, ...]
    whole: bool


_pipeline: Pipeline | None = None
_job: Job | None = None


def prepare(packed: bytes, max_memory_bytes: int | None) -> None:
    """Gets a reader ready, models in memory.

    Args:
        packed: its pipeline.
        max_memory_bytes: how much memory this process may have from now on.

    Raises:
        ConfigurationError: it cannot be unpacked here, or memory cannot be limited.
    """
    global _pipeline
    _pipeline = unpack(packed)
    assert _pipeline is not None
    _pipeline.engine.load()
    if max_memory_bytes is not None:
        _limit_memory(max_memory_bytes)


def open_document(
    content: Content, opening: OpenOptions, options: ReadOptions, steps: bytes | None = None
) -> Outline:
    """Opens a document; the one before is closed.

    Args:
        content: the document.
        opening: how to open it.
        options: how to read it.
        steps: before the engine, packed; ``None``: the reader's.

    Raises:
        InputError: it cannot be opened.
    """
    global _job
    assert _pipeline is not None
    close_document()
    if steps is not None:
        options = replace(options, preprocessors=unpack(steps))
    given = GivenDocument(content, _pipeline.converters, opening)
    _job = _pipeline.open_given(given, options, cancelled())
    return Outline(
        source=_job.source,
        numbers=tuple(_job.numbers),
        # What is left behind belongs to this process.
        request=replace(_job.request, cancel=None, ledger=None),
        warnings=_job.warnings,
        whole=_job.whole,
    )


def read(numbers: Sequence[int]) -> tuple[PageOutcome, ...]:
    """Reads pages of the open document; all of them if the engine takes it whole.

    Raises:
        EngineError: a part raised what is no error of ours.
    """
    assert _job is not None
    try:
        outcomes = tuple(_job.read() if _job.whole else map(_job.read_page, numbers))
        # A document that is read whole has one error for all of its pages.
        errors = {id(outcome.failure): outcome.failure for outcome in outcomes if outcome.failure}
        crossing = {place: portable(error) for place, error in errors.items()}
        return tuple(
            replace(outcome, failure=crossing.get(id(outcome.failure))) for outcome in outcomes
        )
    except NoteTextError:
        raise
    # Engines are anybody's code, and one page must not end a document.
    except Exception as error:
        raise EngineError(
            f"it could not be read: {type(error).__name__}: {error}", engine=_job.engine.name
        ) from error


def plan() -> Plan:
    """Finds out what reading the open document would take."""
    assert _job is not None
    return _job.plan()


def close_document() -> None:
    """Closes the open document, if there is one."""
    global _job
    if _job is not None:
        _job.document.close()
        _job = None


def _limit_memory(max_bytes: int) -> None:
    try:
        import resource
    except ImportError:
        raise ConfigurationError(
            "limits.max_memory_bytes needs a system with resource limits, such as Linux"
        ) from None
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        max_bytes = min(max_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (max_bytes, hard))
