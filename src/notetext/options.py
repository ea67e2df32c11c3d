"""What a caller can ask for, and what an engine is told."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from numbers import Real
from typing import Annotated, Protocol, TypeAlias, TypedDict, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from notetext.errors import CancelledError, ConfigurationError, EngineTimeoutError
from notetext.language import Language

LanguageLike: TypeAlias = Language | str
Region: TypeAlias = tuple[float, float, float, float]
PageSelection: TypeAlias = str | int | Sequence[int]
_Choice = TypeVar("_Choice", bound=StrEnum)


class Mode(StrEnum):
    """What kind of writing to expect.

    ``AUTO`` is ``HANDWRITTEN`` where the engine reads that language by hand, and ``PRINTED``
    elsewhere.
    """

    AUTO = "auto"
    HANDWRITTEN = "handwritten"
    PRINTED = "printed"


class TextLayerUse(StrEnum):
    """What to do with text that a document already holds as text.

    ``AUTO`` reuses it where it can be trusted, ``IGNORE`` reads the pixels, ``ONLY`` never does.
    """

    AUTO = "auto"
    IGNORE = "ignore"
    ONLY = "only"


class OnError(StrEnum):
    """What becomes of a page that fails: ``KEEP`` reports it in the result, ``RAISE`` raises."""

    KEEP = "keep"
    RAISE = "raise"


class Limits(BaseModel):
    """How much a document may ask of the machine; checked before anything is decoded.

    >>> Limits(max_pages=20).max_pages
    20
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_file_bytes: Annotated[int, Field(gt=0)] = 1 << 30
    """The largest document, in bytes (1 GiB)."""
    max_pixels: Annotated[int, Field(gt=0)] = 150_000_000
    """The largest page, in pixels; 150 million are 450 MB in colour, or A0 at 300 dpi."""
    max_pages: Annotated[int, Field(gt=0)] = 10_000
    """The most pages or frames in a document."""
    timeout_s: Annotated[float, Field(gt=0)] | None = None
    """Seconds that a page may take, or the opening of the document; ``None``: any.

    It is checked between the steps. Where pages are read in a process of their own (`NoteText`'s
    ``isolate``), that process is ended a second later, whatever it does.
    """
    max_memory_bytes: Annotated[int, Field(gt=0)] | None = None
    """The memory that the process may take in which pages are read; ``None``: any. On Linux only.
    """


class CancelToken(Protocol):
    """Tells that the caller no longer wants the result; `threading.Event` is one."""

    def is_set(self) -> bool:
        """Returns whether the work was cancelled; safe to call from any thread."""
        ...


class OnUncertain(StrEnum):
    """What becomes of a task that a killed process may or may not have submitted.

    ``SUBMIT`` submits it, perhaps for the second time, and counts it; ``ERROR`` leaves it alone.
    """

    SUBMIT = "submit"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SubmittedTask:
    """A task of a paid service, as another run has left it.

    Attributes:
        task_id: the service's name for it; ``None`` if nobody knows whether it was submitted.
        age_s: seconds since it was submitted, or was about to be.
    """

    task_id: str | None
    age_s: float


class TaskLedger(Protocol):
    """What was submitted to paid services, so that a killed run pays for nothing twice.

    An engine names its tasks by keys that identify all that is submitted: the service's address,
    the settings and the content. Safe to use from several threads; every method raises a
    `StoreError` if the ledger cannot be read or written.
    """

    on_uncertain: OnUncertain
    """What to do with a task of which nobody knows whether it was submitted."""

    def find(self, key: str) -> SubmittedTask | None:
        """What another run has left of this task, if anything."""
        ...

    def intend(self, key: str) -> None:
        """The task is about to be submitted."""
        ...

    def submitted(self, key: str, task_id: str) -> None:
        """The service took the task and gave it an id."""
        ...

    def finished(self, key: str) -> None:
        """The task's result has come."""
        ...

    def withdrawn(self, key: str) -> None:
        """The task certainly gives no result: it was refused, failed or deleted."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked to do with a page.

    Attributes:
        mode: `Mode.HANDWRITTEN` or `Mode.PRINTED`, never `Mode.AUTO`.
        languages: at least one, the likeliest first.
        deadline: when to give up, on the clock of `time.monotonic`, or ``None``.
        cancel: set when the caller gave up, or ``None``.
        language_model: whether the engine may help the pixels with what it knows of the language;
            it makes words of everything, also of writing that is upside down.
        ledger: where an engine that costs money notes what it submits, or ``None``.
    """

    mode: Mode
    languages: tuple[Language, ...]
    deadline: float | None = None
    cancel: CancelToken | None = None
    language_model: bool = True
    ledger: TaskLedger | None = None

    def check(self, engine: str) -> None:
        """Raises if the caller gave up or the deadline is over; for engines, between steps.

        Args:
            engine: the engine's name, for the message.

        Raises:
            CancelledError: the caller cancelled.
            EngineTimeoutError: the deadline is over.
        """
        if self.cancel is not None and self.cancel.is_set():
            raise CancelledError("the caller cancelled the recognition")
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise EngineTimeoutError(
                f"the engine {engine!r} was not done in time; raise limits.timeout_s", engine=engine
            )


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller of ``recognize`` asked for, checked.

    Attributes:
        mode: what kind of writing to expect.
        languages: at least one, the likeliest first.
        pages: page numbers from 1 in the order asked for, as a list or as ``"1-3,7"``; ``None``:
            all of them.
        region: ``(left, top, right, bottom)`` in pixels of each page; ``None``: the whole page.
        text_layer: what to do with text that the document holds as text.
        password: for an encrypted document.
        dpi: the resolution to render at or to believe.
        on_error: what becomes of a page that fails.
    """

    mode: Mode
    languages: tuple[Language, ...]
    pages: PageSelection | None = None
    region: Region | None = None
    text_layer: TextLayerUse = TextLayerUse.AUTO
    password: SecretStr | None = None
    dpi: float | None = None
    on_error: OnError = OnError.KEEP

    @classmethod
    def of(
        cls,
        mode: Mode | str,
        language: LanguageLike | Sequence[LanguageLike],
        *,
        pages: PageSelection | None = None,
        region: Region | None = None,
        text_layer: TextLayerUse | str = TextLayerUse.AUTO,
        password: str | SecretStr | None = None,
        dpi: float | None = None,
        on_error: OnError | str = OnError.KEEP,
    ) -> ReadOptions:
        """Checks what a caller wrote.

        Raises:
            ConfigurationError: a value is unknown or out of its range.
            UnsupportedLanguageError: a language is unknown.
        """
        if isinstance(pages, Iterable) and not isinstance(pages, str):
            pages = tuple(pages)
        if region is not None:
            region = _parse_region(region)
        if dpi is not None and not (isinstance(dpi, Real) and 20 <= dpi <= 10_000):
            raise ConfigurationError(f"dpi={dpi!r} is out of range; give a number, 20 to 10,000")
        if password is not None and not isinstance(password, (str, SecretStr)):
            raise ConfigurationError(
                f"password is of type {type(password).__name__}; give a string"
            )
        return cls(
            mode=parse_choice(Mode, mode, "mode"),
            languages=parse_languages(language),
            pages=pages,
            region=region,
            text_layer=parse_choice(TextLayerUse, text_layer, "text_layer"),
            password=SecretStr(password) if isinstance(password, str) else password,
            dpi=dpi,
            on_error=parse_choice(OnError, on_error, "on_error"),
        )


class ReadKeywords(TypedDict, total=False):
    """What ``recognize`` takes beside document, mode and language; see there."""

    pages: PageSelection | None
    region: Region | None
    text_layer: TextLayerUse | str
    password: str | SecretStr | None
    dpi: float | None
    on_error: OnError | str


def _parse_region(region: Region) -> Region:
    try:
        left, top, right, bottom = (float(value) for value in region)
    except (TypeError, ValueError):
        left = top = right = bottom = 0.0
    if not (0 <= left < right and 0 <= top < bottom and math.isfinite(right + bottom)):
        raise ConfigurationError(
            f"region={region!r} is no rectangle; give (left, top, right, bottom) in pixels"
        )
    return left, top, right, bottom


def parse_choice(kind: type[_Choice], value: _Choice | str, name: str) -> _Choice:
    """Finds the member of an enumeration that a caller meant.

    >>> parse_choice(Mode, "Printed", "mode")
    <Mode.PRINTED: 'printed'>

    Raises:
        ConfigurationError: there is none; the message lists them.
    """
    try:
        return kind(value.strip().lower())
    except (ValueError, AttributeError):
        known = ", ".join(repr(member.value) for member in kind)
        raise ConfigurationError(f"{name}={value!r} is unknown; choose from {known}") from None


def parse_languages(value: LanguageLike | Sequence[LanguageLike]) -> tuple[Language, ...]:
    """Finds the languages that a caller meant, in the caller's order and each one once.

    >>> [language.value for language in parse_languages(["en", "French", "eng"])]
    ['en', 'fr']

    Raises:
        UnsupportedLanguageError: a name is unknown.
        ConfigurationError: the list is empty.
    """
    values = [value] if isinstance(value, str) else list(value)
    if not values:
        raise ConfigurationError("no language was given; give at least one, such as 'en'")
    return tuple(dict.fromkeys(Language.parse(item) for item in values))
