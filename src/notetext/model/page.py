"""A page that was read: paragraphs → lines → words, frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from notetext.model.block import Block, with_words
from notetext.model.box import Box
from notetext.model.frozen import FrozenModel
from notetext.model.language import Language
from notetext.model.left_out import LeftOut
from notetext.model.mode import Mode
from notetext.model.word import (
    DOUBTFUL_BELOW,
    Kind,
    Word,
    blanks_before,
    standing,
    text_of,
)
from notetext.model.written import Written


class Line(Written, FrozenModel):
    """A written line."""

    words: tuple[Word, ...] = ()
    """In reading order, with those that the writer struck out."""
    box: Box | None = None

    @property
    def text(self) -> str:
        """The words that stand, set apart by blanks where their script sets blanks.

        Indentation and wider gaps stand in it where print in a fixed pitch shows them.

        >>> from notetext import Line, Word
        >>> Line(words=(Word(text="return", blanks=4), Word(text="0", blanks=1))).text
        '    return 0'
        """
        return text_of(self.words)

    @property
    def blanks(self) -> tuple[int, ...]:
        """How many blanks stand before each of the words; none before those struck out."""
        return blanks_before(self.words)

    @property
    def is_struck(self) -> bool:
        """Whether all of its words are struck out: then no text has the line."""
        return bool(self.words) and not standing(self.words)

    @property
    def is_spaced(self) -> bool:
        """Whether its blanks are those of the page: it is code, or a row of a table."""
        return any(word.blanks is not None for word in self.words)

    @property
    def confidence(self) -> float | None:
        """The mean over the words, weighted by their characters."""
        return mean_confidence(self.words)

    @property
    def kind(self) -> Kind | None:
        """What most of it is, by characters; ``None`` if nobody said."""
        return usual_kind(self.words)

    @property
    def language(self) -> Language | None:
        """What most of it was told to be in, by characters; ``None`` if nobody told."""
        return next(iter(languages_told(self.words)), None)


class Paragraph(Written, FrozenModel):
    """Lines that belong together."""

    lines: tuple[Line, ...] = ()
    box: Box | None = None

    @property
    def text(self) -> str:
        """The lines, each ended by a newline."""
        return "".join(f"{line.text}\n" for line in self.lines if not line.is_struck)

    @property
    def is_struck(self) -> bool:
        """Whether all of its lines are struck out: then no text has the paragraph."""
        return bool(self.lines) and all(line.is_struck for line in self.lines)

    @property
    def language(self) -> Language | None:
        """What most of it was told to be in, by characters; ``None`` if nobody told."""
        return next(iter(languages_told(self.words)), None)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words, in reading order, with those that the writer struck out."""
        return tuple(word for line in self.lines for word in line.words)


class PageStatus(StrEnum):
    """Whether a page was read."""

    READ = "read"
    FAILED = "failed"


class PageError(FrozenModel):
    """Why a page could not be read."""

    page: int
    kind: str
    """The name of the error's class, such as ``"CorruptInputError"``."""
    base: str | None = None
    """The class of `notetext.errors` that it is one of: ``kind`` itself, unless a plug-in raised an
    error of its own; ``None`` in files of before."""
    message: str

    def __str__(self) -> str:
        return f"page {self.page}: {self.message}"


class PageData(Written, FrozenModel):
    """What is known of a page; what can be done with it, `notetext.Page` knows."""

    number: Annotated[int, Field(ge=1)]
    """From 1."""
    width: Annotated[int, Field(ge=0)]
    """Pixels of the page as it came in, upright by its EXIF tag; 0 if it could not be opened."""
    height: Annotated[int, Field(ge=0)]
    dpi: Annotated[float, Field(gt=0)] | None = None
    """Dots per inch, or ``None`` if the document does not say; from left to right, where pixels
    are not square."""
    dpi_y: Annotated[float, Field(gt=0)] | None = None
    """Dots per inch from top to bottom, where that is another, as with faxes; ``None``: ``dpi``."""
    angle: float = 0.0
    """Degrees, counter-clockwise, by which the lines are turned on the page as it came in."""
    status: PageStatus = PageStatus.READ
    engine: str
    """What read the page: an engine's name, or ``text_layer``."""
    languages: tuple[Language, ...] = ()
    """What its text is in: what the caller said, or what was told, most of the text first. Empty if
    nothing was read, and in files of before."""
    paragraphs: tuple[Paragraph, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    """What was found and is no part of the text; a warning counts it."""
    blocks: tuple[Block, ...] = Field(default=(), validate_default=True)
    """What the page is made of; each line belongs to one of them."""
    warnings: tuple[str, ...] = ()
    """What to know about how this page was read."""
    error: PageError | None = None
    """Why the page could not be read, if its status is ``failed``."""

    @field_validator("blocks", mode="before")
    @classmethod
    def _with_words(cls, blocks: object, info: ValidationInfo) -> object:
        paragraphs: Sequence[Paragraph] = info.data.get("paragraphs", ())
        return with_words(
            blocks, [line.words for paragraph in paragraphs for line in paragraph.lines]
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in reading order."""
        return tuple(line for paragraph in self.paragraphs for line in paragraph.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words, in reading order, with those that the writer struck out."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        """The paragraphs, set apart by blank lines."""
        return "\n".join(each.text for each in self.paragraphs if not each.is_struck)

    @property
    def confidence(self) -> float | None:
        """The mean over the words, weighted by characters; ``None`` if there is none to weigh."""
        return mean_confidence(self.words)

    def low_confidence(self, below: float = DOUBTFUL_BELOW) -> tuple[Word, ...]:
        """The words worth a look: the doubtful ones, and those without a confidence, in order."""
        return tuple(
            word
            for word in standing(self.words)
            if word.confidence is None or word.is_doubtful(below)
        )


def mean_confidence(words: Sequence[Word]) -> float | None:
    """The mean over words that stand, by characters; ``None`` if there is none to weigh."""
    weighed = [
        (word.confidence, len(word.text))
        for word in words
        if word.confidence is not None and not word.struck
    ]
    total = sum(weight for _, weight in weighed)
    if not total:
        return None
    return sum(confidence * weight for confidence, weight in weighed) / total


def usual_kind(words: Iterable[Word]) -> Kind | None:
    """The kind of most characters that stand; handwritten if there are as many of both.

    >>> from notetext import Kind, Word
    >>> from notetext.model import usual_kind
    >>> usual_kind([Word(text="Name:", kind=Kind.PRINTED), Word(text="Ann", kind="handwritten")])
    <Kind.PRINTED: 'printed'>

    Returns:
        The kind; ``None`` if no word has one.
    """
    counts = dict.fromkeys(Kind, 0)
    for word in words:
        if word.kind is not None and not word.struck:
            counts[word.kind] += len(word.text)
    return max(counts, key=counts.__getitem__) if any(counts.values()) else None


def languages_told(words: Iterable[Word]) -> tuple[Language, ...]:
    """The languages that words that stand are in, that of the most characters first.

    >>> from notetext import Word
    >>> from notetext.model import languages_told
    >>> words = [Word(text="oui", language="fr"), Word(text="never", language="en")]
    >>> [language.value for language in languages_told(words)]
    ['en', 'fr']
    """
    counts: dict[Language, int] = {}
    for word in words:
        if word.language is not None and not word.struck:
            counts[word.language] = counts.get(word.language, 0) + len(word.text)
    return tuple(sorted(counts, key=lambda language: -counts[language]))


def mode_read(mode: Mode, words: Iterable[Word]) -> Mode:
    """The mode that words were read in, or most of them, if it was decided line by line.

    Args:
        mode: that was asked for.
        words: what came of it.

    Returns:
        Never `Mode.AUTO`; `Mode.HANDWRITTEN` in doubt.
    """
    if mode is not Mode.AUTO:
        return mode
    return Mode.PRINTED if usual_kind(words) is Kind.PRINTED else Mode.HANDWRITTEN


def summary(words: Sequence[Word]) -> str:
    """How much was read, and how surely, for a repr."""
    confidence = mean_confidence(words)
    sure = "unknown" if confidence is None else f"{confidence:.2f}"
    return f"words={len(standing(words))}, confidence={sure}"
