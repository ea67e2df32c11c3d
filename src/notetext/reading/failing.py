"""What becomes of a document some or all of whose pages could not be read."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Sequence

from notetext.errors import (
    AuthenticationError,
    ConfigurationError,
    NoteTextError,
    QuotaError,
    RecognitionError,
    RegionError,
    UnsupportedLanguageError,
)
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line
from notetext.errors.unread_pages import UnreadPagesWarning
from notetext.model import DocumentData, PageError
from notetext.reading.options import OnError
from notetext.reading.outcome import PageOutcome

_log = logging.getLogger("notetext")


def is_no_pages_fault(error: NoteTextError) -> bool:
    """Whether every other page would fail for the same: configuration, credentials, quota.

    Other pages may be larger, or hold their text in whatever language.
    """
    if isinstance(error, (RegionError, UnsupportedLanguageError)):
        return False
    return error.ends_run or isinstance(
        error, (ConfigurationError, AuthenticationError, QuotaError)
    )


def ends_document(failure: NoteTextError | None, on_error: OnError) -> bool:
    """Whether no more pages are begun after a failure."""
    return failure is not None and on_error is not OnError.KEEP and is_no_pages_fault(failure)


def failure_of(
    outcomes: Sequence[PageOutcome], on_error: OnError, source: str | None
) -> NoteTextError | None:
    """What a document raises whose pages came out like that; ``None``: nothing.

    Args:
        outcomes: of all its pages.
        on_error: what the caller wants.
        source: the document's name.
    """
    failures = [outcome.failure for outcome in outcomes if outcome.failure is not None]
    if not failures or on_error is OnError.KEEP:
        return None
    if on_error is OnError.WARN:
        nobodys = next(filter(is_no_pages_fault, failures), None)
        if nobodys is not None:
            return nobodys
        if len(failures) < len(outcomes):
            return None
    # An engine that takes the document whole fails once for all of its pages.
    different = list({id(failure): failure for failure in failures}.values())
    if len(different) == 1:
        return different[0]
    return RecognitionError(
        f"{len(failures)} of {len(outcomes)} pages could not be read; the first: "
        f"{failures[0].message}",
        failures=different,
    ).located(source)


def passed_on(outcomes: Iterable[PageOutcome], on_error: OnError) -> Iterator[PageOutcome]:
    """The pages of a document that is read page by page, in their order.

    Unless everything is kept, pages that failed wait until one was read beside which they are kept,
    and what is no page's fault is raised after what was under way.

    Raises:
        NoteTextError: what `failure_of` says.
    """
    if on_error is OnError.KEEP:
        yield from outcomes
        return
    waiting: list[PageOutcome] = []
    fatal: NoteTextError | None = None
    was_read = False
    for outcome in outcomes:
        if outcome.failure is None:
            was_read = True
            yield from waiting
            waiting.clear()
            yield outcome
        elif ends_document(outcome.failure, on_error):
            fatal = fatal or outcome.failure
        elif on_error is OnError.RAISE:
            raise outcome.failure
        elif was_read:
            yield outcome
        else:
            waiting.append(outcome)
    failure = fatal or failure_of(waiting, on_error, _source_of(waiting))
    if failure is not None:
        raise failure


def _source_of(outcomes: Sequence[PageOutcome]) -> str | None:
    return next((outcome.failure.source for outcome in outcomes if outcome.failure), None)


def log_unread(result: DocumentData) -> None:
    """Logs that pages of a document could not be read, if there are any."""
    if result.errors:
        _log.warning("%s", describe_unread(result))


def describe_unread(result: DocumentData) -> str:
    """What is said of the pages of a document that could not be read."""
    count, first = len(result.errors), result.errors[0]
    return one_line(
        f"{_named(result.source.name)}{count} of {len(result.pages)} pages could not be read and "
        f"{'has' if count == 1 else 'have'} no text, "
        f"{'' if count == 1 else 'the first: '}{first}; result.errors has "
        f"{'it' if count == 1 else 'them all'}"
    )


def warn_of_unread(result: DocumentData, on_error: OnError) -> None:
    """Tells the caller's caller that pages of a document could not be read, unless all is kept."""
    log_unread(result)
    if result.errors and on_error is OnError.WARN:
        warnings.warn(describe_unread(result), UnreadPagesWarning, stacklevel=3)


def warn_of_page(error: PageError, source: str | None, on_error: OnError) -> None:
    """Tells the caller's caller of the first page of a document that could not be read."""
    said = one_line(
        f"{_named(source)}{error}; page.error says so of every page that could not be read"
    )
    _log.warning("%s", said)
    if on_error is OnError.WARN:
        warnings.warn(said, UnreadPagesWarning, stacklevel=3)


def _named(source: str | None) -> str:
    return f"{one_line(source, NAME_CHARACTERS)}: " if source else ""
