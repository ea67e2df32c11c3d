"""What the caller of ``recognize`` asked for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from numbers import Real
from typing import Literal, TypeAlias, TypedDict

from pydantic import SecretStr

from notetext.documents import Limits, PageSelection
from notetext.engines import Engine
from notetext.errors import ConfigurationError, UnsupportedLanguageError
from notetext.errors.foreign_text import shown
from notetext.errors.wording import did_you_mean
from notetext.model import (
    Box,
    Language,
    LanguageLike,
    Mode,
    ModeLike,
    parse_choice,
    parse_languages,
)
from notetext.preprocessors import Preprocessor, PreprocessorsLike
from notetext.preprocessors.named import preprocessors_of

_EXPECTED = Language.ENGLISH  # where nothing tells

Region: TypeAlias = tuple[float, float, float, float]
"""``(left, top, right, bottom)`` in pixels of a page."""
RegionLike: TypeAlias = Region | Box
"""A region, or the box of what stands there."""


class TextLayerUse(StrEnum):
    """What to do with text that a document already holds as text.

    ``AUTO`` reuses it where it can be trusted, ``IGNORE`` reads the pixels, ``ONLY`` never does.
    """

    AUTO = "auto"
    IGNORE = "ignore"
    ONLY = "only"


class OnError(StrEnum):
    """What becomes of a page that fails.

    ``WARN`` keeps it beside pages that were read, with a warning. Where none could be read, and
    where no page is at fault (configuration, credentials, quota), it raises. ``KEEP`` reports
    every failure in the result alone, ``RAISE`` raises every one.
    """

    WARN = "warn"
    KEEP = "keep"
    RAISE = "raise"


TextLayerLike: TypeAlias = TextLayerUse | Literal["auto", "ignore", "only"]
OnErrorLike: TypeAlias = OnError | Literal["warn", "keep", "raise"]

AUTO_LANGUAGE = "auto"
"""What a caller says in place of a language who does not know it."""


class LanguageTelling(Enum):
    """Whether the engine tells the language itself."""

    NO = auto()
    """The caller says what it is."""
    WHERE_ABLE = auto()
    """Nobody says what it is: if the engine cannot tell either, what is expected is believed."""
    YES = auto()


class ReadKeywords(TypedDict, total=False):
    """What reading a document takes beside the document, the mode and the language."""

    pages: PageSelection | None
    """Which pages, from 1: ``3``, ``[1, 2]`` or ``"1-3,7"``; all if left out."""
    region: RegionLike | None
    """Read only ``(left, top, right, bottom)``, in pixels of each page, or what a `Box` spans."""
    text_layer: TextLayerLike
    """Text that the document holds as text is reused where it can be trusted (``"auto"``), never
    (``"ignore"``), or nothing else is read (``"only"``)."""
    password: str | SecretStr | None
    """For an encrypted document."""
    dpi: float | None
    """The resolution to render at, or to believe instead of the file's own; 20 to 10,000."""
    on_error: OnErrorLike
    """A page that fails beside others that were read is kept in ``result.errors``, with a warning,
    and everything else is raised (``"warn"``, if left out); or every page that fails is kept, and
    nothing said (``"keep"``), or raised (``"raise"``)."""
    timeout_s: float | None
    """Seconds that a page may take, in place of ``limits.timeout_s``, by the same rules;
    ``math.inf``: any; ``None``: what the limits say. It starts no processes: where pages are read
    in this one, it is looked at between the steps, and while a service is waited for."""
    preprocessors: PreprocessorsLike | None
    """The steps before the engine in place of the reader's, for this call; ``()`` for none."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller of ``recognize`` asked for, checked.

    Attributes:
        mode: what kind of writing to expect.
        languages: at least one, the likeliest first; what is expected, if the engine tells them.
        telling: whether it does.
        pages: page numbers from 1 in the order asked for, as a list or as ``"1-3,7"``; ``None``:
            all of them.
        region: ``(left, top, right, bottom)`` in pixels of each page; ``None``: the whole page.
        text_layer: what to do with text that the document holds as text.
        password: for an encrypted document.
        dpi: the resolution to render at or to believe.
        on_error: what becomes of a page that fails.
        timeout_s: seconds that a page may take; infinite: any; ``None``: what the limits say.
        preprocessors: the steps before the engine; ``None``: the reader's.
    """

    mode: Mode
    languages: tuple[Language, ...]
    telling: LanguageTelling = LanguageTelling.NO
    pages: PageSelection | None = None
    region: Region | None = None
    text_layer: TextLayerUse = TextLayerUse.AUTO
    password: SecretStr | None = None
    dpi: float | None = None
    on_error: OnError = OnError.WARN
    timeout_s: float | None = None
    preprocessors: tuple[Preprocessor, ...] | None = None

    def limited(self, limits: Limits) -> Limits:
        """The limits as they are for this call."""
        if self.timeout_s is None:
            return limits
        timeout_s = None if math.isinf(self.timeout_s) else self.timeout_s
        return limits.model_copy(update={"timeout_s": timeout_s})

    @classmethod
    def of(
        cls,
        mode: ModeLike,
        language: LanguageLike | Sequence[LanguageLike] | None,
        keywords: ReadKeywords,
        engine: Engine | None = None,
    ) -> ReadOptions:
        """Checks what a caller wrote.

        Args:
            mode: as of `notetext.NoteText.recognize`.
            language: likewise.
            keywords: likewise.
            engine: what will read; a message about a language has those that it reads.

        Raises:
            ConfigurationError: a value is unknown or out of its range.
            UnsupportedLanguageError: a language is unknown.
            TypeError: a keyword is unknown.
        """
        known = ReadKeywords.__annotations__
        unknown = [name for name in keywords if name not in known]
        if unknown:
            raise TypeError(
                f"reading takes no keyword {unknown[0]!r}; it takes {', '.join(known)}"
                f"{did_you_mean(unknown[0], [*known, 'mode', 'language'])}"
            )
        pages = keywords.get("pages")
        if isinstance(pages, Iterable) and not isinstance(pages, str):
            pages = tuple(pages)
        region = keywords.get("region")
        steps = keywords.get("preprocessors")
        languages, telling = _parse_language(language, engine)
        return cls(
            mode=parse_choice(Mode, mode, "mode"),
            languages=languages,
            telling=telling,
            pages=pages,
            region=None if region is None else _parse_region(region),
            text_layer=parse_choice(
                TextLayerUse, keywords.get("text_layer", TextLayerUse.AUTO), "text_layer"
            ),
            password=_parse_password(keywords.get("password")),
            dpi=_parse_dpi(keywords.get("dpi")),
            on_error=parse_choice(OnError, keywords.get("on_error", OnError.WARN), "on_error"),
            timeout_s=_parse_timeout(keywords.get("timeout_s")),
            preprocessors=None if steps is None else preprocessors_of(steps),
        )


def _parse_language(
    language: LanguageLike | Sequence[LanguageLike] | None, engine: Engine | None
) -> tuple[tuple[Language, ...], LanguageTelling]:
    if language is None:
        return (_EXPECTED,), LanguageTelling.WHERE_ABLE
    given = [language] if isinstance(language, str) else language
    if isinstance(given, Iterable):
        given = list(given)
        autos = [value for value in given if _is_auto(value)]
        if autos and len(given) > 1:
            raise ConfigurationError(
                f"language={shown(given)} is auto and more; give 'auto' alone, or the languages"
            )
        if autos:
            return (_EXPECTED,), LanguageTelling.YES
    return _parse_languages(given, engine), LanguageTelling.NO


def _is_auto(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() == AUTO_LANGUAGE


def _parse_languages(
    language: LanguageLike | Sequence[LanguageLike], engine: Engine | None
) -> tuple[Language, ...]:
    try:
        return parse_languages(language)
    except UnsupportedLanguageError:
        if engine is None:
            raise
        known = engine.languages(Mode.HANDWRITTEN) | engine.languages(Mode.PRINTED)
    return parse_languages(language, known, f"the engine {engine.name!r}")


def _parse_region(region: RegionLike) -> Region:
    if isinstance(region, Box):
        region = (region.left, region.top, region.right, region.bottom)
    try:
        left, top, right, bottom = (float(value) for value in region)
    except (TypeError, ValueError):
        left = top = right = bottom = 0.0
    if not (0 <= left < right and 0 <= top < bottom and math.isfinite(right + bottom)):
        raise ConfigurationError(
            f"region={shown(region)} is no rectangle; give (left, top, right, bottom) in pixels"
        )
    return left, top, right, bottom


def _parse_dpi(dpi: float | None) -> float | None:
    if dpi is not None and not (isinstance(dpi, Real) and 20 <= dpi <= 10_000):
        raise ConfigurationError(f"dpi={shown(dpi)} is out of range; give a number, 20 to 10,000")
    return dpi


def _parse_timeout(timeout_s: float | None) -> float | None:
    if timeout_s is not None and not (isinstance(timeout_s, Real) and timeout_s > 0):
        raise ConfigurationError(f"timeout_s={shown(timeout_s)} is no time; give seconds above 0")
    return timeout_s


def _parse_password(password: str | SecretStr | None) -> SecretStr | None:
    if password is None or isinstance(password, SecretStr):
        return password
    if not isinstance(password, str):
        raise ConfigurationError(f"password is of type {type(password).__name__}; give a string")
    return SecretStr(password)
