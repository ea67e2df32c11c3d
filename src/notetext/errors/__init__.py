"""Every error that notetext raises on purpose, in one tree.

::

    NoteTextError
    ├─ InputError
    │  ├─ InputNotFoundError            (also FileNotFoundError)
    │  ├─ UnsupportedFormatError        (also ValueError)
    │  ├─ CorruptInputError             (also ValueError)
    │  ├─ EncryptedPdfError             (also PermissionError)
    │  ├─ PageRangeError                (also ValueError)
    │  └─ InputTooLargeError            (also ValueError)
    ├─ ConfigurationError               (also ValueError)
    │  ├─ UnknownNameError
    │  ├─ MissingDependencyError        (also ImportError)
    │  ├─ RegionError
    │  └─ UnsupportedLanguageError
    ├─ PreprocessingError
    ├─ EngineError
    │  ├─ EngineTimeoutError            (also TimeoutError)
    │  ├─ EngineUnavailableError        (also ConnectionError)
    │  ├─ ProcessDiedError
    │  └─ CloudError
    │     ├─ AuthenticationError        (also PermissionError)
    │     ├─ QuotaError
    │     ├─ RateLimitError
    │     ├─ ServerError
    │     ├─ SubmissionUncertainError
    │     ├─ TaskFailedError
    │     ├─ TaskTimeoutError           (also TimeoutError)
    │     └─ BadResponseError
    ├─ ExportError
    │  └─ MissingSourceError
    ├─ CorrectionError                  (also ValueError)
    ├─ StoreError
    ├─ BatchStoppedError
    ├─ CancelledError
    └─ RecognitionError

An error survives pickle, and holds no response, session or secret. Its text is one bounded line
without control characters, whatever names and words of others it tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar

from notetext.errors.foreign_text import NAME_CHARACTERS, WORDS_CHARACTERS, one_line
from notetext.errors.unread_pages import UnreadPagesWarning as UnreadPagesWarning
from notetext.errors.wording import did_you_mean

if TYPE_CHECKING:
    from notetext.model.correction import Correction
    from notetext.model.document import DocumentData
    from notetext.model.usage import Usage

_E = TypeVar("_E", bound="NoteTextError")

_MOST_MESSAGES = 20


def _rebuild(kind: type[_E], state: dict[str, Any]) -> _E:
    error = kind.__new__(kind)
    error.args = (state["message"],)
    error.__dict__.update(state)
    return error


class NoteTextError(Exception):
    """Anything that notetext could not do.

    Attributes:
        message: what was wrong and what to do about it, without the place; one line.
        source: the name of the document as it is, or ``None`` if it has none; the error's text
            shows it cleaned and cut to 200 characters.
        page: the page, counted from 1, or ``None`` if the error is not one page's.
        usage: what was asked of a paid service before it failed, or ``None``.
        ends_run: whether a batch stops at it at once: every other document would meet it.
        partial: the pages of its document, read or not, as ``on_error="keep"`` gives them: a
            `notetext.RecognitionResult`; ``None`` if no page was come to.
    """

    usage: Usage | None = None
    ends_run: bool = False
    partial: DocumentData | None = None

    def __init__(self, message: str, *, source: str | None = None, page: int | None = None) -> None:
        # What it tells of others goes to logs and terminals, and into results.
        message = one_line(str(message))
        super().__init__(message)
        self.message = message
        self.source = source
        self.page = page

    def located(self, source: str | None = None, page: int | None = None) -> Self:
        """Fills in where the error happened, as far as that is not yet known.

        Args:
            source: the document's name.
            page: the page, from 1.

        Returns:
            The error itself.
        """
        self.source = self.source if self.source is not None else source
        self.page = self.page if self.page is not None else page
        return self

    def __str__(self) -> str:
        place = [one_line(self.source, NAME_CHARACTERS)] if self.source else []
        if self.page is not None:
            place.append(f"page {self.page}")
        return f"{', '.join(place)}: {self.message}" if place else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.__dict__.copy())


class InputError(NoteTextError):
    """The document that was given cannot be read."""


class InputNotFoundError(InputError, FileNotFoundError):
    """There is no file of that name, or it is not a file."""


class UnsupportedFormatError(InputError, ValueError):
    """No converter knows what the bytes are."""


class CorruptInputError(InputError, ValueError):
    """The format is known, but the bytes are damaged."""


class EncryptedPdfError(InputError, PermissionError):
    """The PDF needs a password, or another one."""


class PageRangeError(InputError, ValueError):
    """The pages asked for are not pages of the document."""


class InputTooLargeError(InputError, ValueError):
    """The document is beyond a limit that the caller can raise.

    Attributes:
        limit: the name of the field of `Limits`, such as ``max_pixels``.
        allowed: the limit's value.
        actual: what the document has.
    """

    def __init__(self, message: str, *, limit: str, allowed: int, actual: int) -> None:
        super().__init__(message)
        self.limit = limit
        self.allowed = allowed
        self.actual = actual


class ConfigurationError(NoteTextError, ValueError):
    """The reader was asked for something that does not exist or does not fit."""


class UnknownNameError(ConfigurationError):
    """A name that nobody registered.

    Attributes:
        name: what was asked for.
        known: the names that there are.
    """

    def __init__(self, kind: str, name: str, known: Sequence[str], meant: str = "") -> None:
        likely = f" (did you mean {meant!r}?)" if meant else did_you_mean(name, known)
        known_ones = ", ".join(known) or "none"
        super().__init__(f"there is no {kind} named {name!r}{likely}; known: {known_ones}")
        self.name = name
        self.known = tuple(known)


class MissingDependencyError(ConfigurationError, ImportError):
    """An optional package is needed.

    Attributes:
        extra: the extra of notetext that installs it, or ``None``.
    """

    def __init__(self, message: str, *, extra: str | None = None) -> None:
        super().__init__(message)
        self.extra = extra


class RegionError(ConfigurationError):
    """The region asked for lies outside of the page."""


class UnsupportedLanguageError(ConfigurationError):
    """The engine does not read that language, at least not in that mode.

    Attributes:
        known: the ISO codes of the languages that it does read.
    """

    def __init__(self, message: str, *, known: Sequence[str]) -> None:
        super().__init__(message)
        self.known = tuple(known)


class PreprocessingError(NoteTextError):
    """A preprocessing step failed or returned something that is no page.

    Attributes:
        step: the step's name.
    """

    def __init__(self, message: str, *, step: str) -> None:
        super().__init__(message)
        self.step = step


class EngineError(NoteTextError):
    """An engine failed.

    Attributes:
        engine: the engine's name.
    """

    def __init__(self, message: str, *, engine: str) -> None:
        super().__init__(message)
        self.engine = engine


class EngineTimeoutError(EngineError, TimeoutError):
    """The engine was not done by the deadline."""


class EngineUnavailableError(EngineError, ConnectionError):
    """The engine cannot be reached or cannot be started."""


class ProcessDiedError(EngineError):
    """The process that read a page died: a defect in native code, or out of memory.

    Attributes:
        exit_code: the process's; negative if a signal ended it, such as -6 for ``SIGABRT``.
    """

    def __init__(self, message: str, *, engine: str, exit_code: int | None = None) -> None:
        super().__init__(message, engine=engine)
        self.exit_code = exit_code


class CloudError(EngineError):
    """A cloud service failed.

    Attributes:
        task_id: the service's name for the task, or ``None``.
        status_code: the HTTP status, or ``None`` if there was no answer.
        request_id: the service's name for the request, as in the message; ``None`` if it said none.
    """

    request_id: str | None = None

    def __init__(
        self,
        message: str,
        *,
        engine: str,
        task_id: str | None = None,
        status_code: int | None = None,
    ) -> None:
        super().__init__(message, engine=engine)
        self.task_id = task_id
        self.status_code = status_code

    def about_request(self, request_id: str | None) -> Self:
        """Says which request the error is about, unless it is known or nobody knows.

        Args:
            request_id: the service's name for it.

        Returns:
            The error itself.
        """
        if request_id is not None and self.request_id is None:
            self.request_id = request_id
            self.message = one_line(f"{self.message} (request {request_id})")
            self.args = (self.message,)
        return self


class AuthenticationError(CloudError, PermissionError):
    """The service refused the credentials."""


class QuotaError(CloudError):
    """The account may not submit any more, or the caller's own budget is spent."""


class RateLimitError(CloudError):
    """The service asks to slow down for longer than we may wait.

    Attributes:
        retry_after_s: the seconds to wait, as the service says, or ``None``.
    """

    def __init__(
        self,
        message: str,
        *,
        engine: str,
        task_id: str | None = None,
        status_code: int | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, engine=engine, task_id=task_id, status_code=status_code)
        self.retry_after_s = retry_after_s


class ServerError(CloudError):
    """The service failed and went on failing."""


class SubmissionUncertainError(CloudError):
    """Nobody can tell whether the service took the task; sending it again may cost twice."""


class TaskFailedError(CloudError):
    """The service took the task and could not do it.

    Attributes:
        messages: the service's own words, the first 20, each a line of up to 300 characters.
    """

    def __init__(
        self,
        message: str,
        *,
        engine: str,
        task_id: str | None = None,
        status_code: int | None = None,
        messages: Sequence[str] = (),
    ) -> None:
        super().__init__(message, engine=engine, task_id=task_id, status_code=status_code)
        self.messages = tuple(
            one_line(said, WORDS_CHARACTERS) for said in messages[:_MOST_MESSAGES]
        )


class TaskTimeoutError(CloudError, TimeoutError):
    """The task was not done in time; it can be resumed by its ``task_id``."""


class BadResponseError(CloudError):
    """The service answered something that cannot be understood."""


class ExportError(NoteTextError):
    """A result cannot be written in that format, or not to that file."""


class MissingSourceError(ExportError):
    """The format needs the page's pixels, and the result has none."""


class CorrectionError(NoteTextError, ValueError):
    """Corrections do not fit the result.

    Attributes:
        unfit: those that do not; the others do.
    """

    def __init__(
        self, message: str, *, unfit: Sequence[Correction], source: str | None = None
    ) -> None:
        super().__init__(message, source=source)
        self.unfit = tuple(unfit)


class StoreError(NoteTextError):
    """The store cannot be used."""


class BatchStoppedError(NoteTextError):
    """A batch was given up because the provider kept failing."""


class CancelledError(NoteTextError):
    """The caller cancelled the work."""


class RecognitionError(NoteTextError):
    """Several pages failed: all of them, or some and the caller wanted an exception.

    Attributes:
        failures: the errors, each with its page.
    """

    def __init__(self, message: str, *, failures: Sequence[NoteTextError]) -> None:
        super().__init__(message)
        self.failures = tuple(failures)
