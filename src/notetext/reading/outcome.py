"""What became of a page."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from notetext.converters import SourcePage
from notetext.errors import NoteTextError
from notetext.model import Artifact, PageError, PageStatus, Timings, Usage
from notetext.result import Page

_log = logging.getLogger("notetext")

PAGE_OF_RECORD = "notetext_page"
"""The attribute of a log record that tells of a page: the page's number."""


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """A page that went through, and what it took; see `Reading` for ``provisional``."""

    page: Page
    timings: Timings = field(default_factory=Timings)
    usage: Usage = field(default_factory=Usage)
    artifacts: tuple[Artifact, ...] = ()
    failure: NoteTextError | None = None
    provisional: bool = False


def warned(outcome: PageOutcome, more: tuple[str, ...]) -> PageOutcome:
    """An outcome with more warnings for its page."""
    warnings = (*outcome.page.warnings, *more)
    return replace(outcome, page=outcome.page.model_copy(update={"warnings": warnings}))


def failed_page(
    number: int,
    engine: str,
    warnings: tuple[str, ...],
    error: NoteTextError,
    source_page: SourcePage | None = None,
) -> PageOutcome:
    """A page that could not be read.

    Args:
        number: from 1.
        engine: what was to read it.
        warnings: of all the document's pages.
        error: why.
        source_page: what is known of the page, if it could be opened.
    """
    page = Page(
        number=number,
        width=source_page.width if source_page else 0,
        height=source_page.height if source_page else 0,
        dpi=source_page.dpi if source_page else None,
        dpi_y=source_page.dpi_y if source_page else None,
        status=PageStatus.FAILED,
        engine=engine,
        warnings=warnings,
        error=page_error(error, number),
    )
    return PageOutcome(page, usage=error.usage or Usage(), failure=error)


def not_begun(
    numbers: Iterable[int], engine: str, warnings: tuple[str, ...], error: NoteTextError
) -> Iterator[PageOutcome]:
    """The pages that nobody has begun to read after an error that was the page's before them."""
    for number in numbers:
        # What was spent was spent once.
        yield replace(failed_page(number, engine, warnings, error), usage=Usage())


def page_error(error: NoteTextError, number: int) -> PageError:
    """What a result says of an error."""
    ours = next(kind for kind in type(error).__mro__ if kind.__module__ == NoteTextError.__module__)
    return PageError(
        page=number, kind=type(error).__name__, base=ours.__name__, message=error.message
    )


def log_page(outcome: PageOutcome) -> None:
    """Logs what became of a page, and how long it took; never its text."""
    timings = outcome.timings
    _log.debug(
        "page %d %s by %s: convert %.3f s, preprocess %.3f s, engine %.3f s, layout %.3f s",
        outcome.page.number,
        outcome.page.status.value,
        outcome.page.engine,
        timings.convert_s,
        timings.preprocess_s,
        timings.engine_s,
        timings.layout_s,
        extra={PAGE_OF_RECORD: outcome.page.number},
    )
