"""A page that was read: paragraphs → lines → words, frozen."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from notetext.attachment import Attachment
from notetext.box import Box
from notetext.spacing import join_words

if TYPE_CHECKING:
    from PIL import Image

Confidence: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class FrozenModel(BaseModel):
    """What every part of a result is: frozen, and lossless in JSON."""

    # Unknown fields are skipped, so that this version reads files of a newer minor one.
    model_config = ConfigDict(
        frozen=True, extra="ignore", ser_json_bytes="base64", val_json_bytes="base64"
    )


class Word(FrozenModel):
    """A word, or a run of characters of a script that sets no blanks."""

    text: str
    box: Box | None = None
    """On the page as it came in; ``None`` if the engine gives no places."""
    confidence: Confidence | None = None
    """The engine's belief that the word is right; ``None`` if it gives none."""
    alternatives: tuple[str, ...] = ()
    """The next best readings, the likeliest first."""


class Line(FrozenModel):
    """A written line."""

    words: tuple[Word, ...] = ()
    box: Box | None = None

    @property
    def text(self) -> str:
        """The words, set apart by blanks where their script sets blanks."""
        return join_words([word.text for word in self.words])

    @property
    def confidence(self) -> float | None:
        """The mean over the words, weighted by their characters."""
        return mean_confidence(self.words)


class Paragraph(FrozenModel):
    """Lines that belong together."""

    lines: tuple[Line, ...] = ()
    box: Box | None = None

    @property
    def text(self) -> str:
        """The lines, each ended by a newline."""
        return "".join(f"{line.text}\n" for line in self.lines)


class PageStatus(StrEnum):
    """Whether a page was read."""

    READ = "read"
    FAILED = "failed"


class PageError(FrozenModel):
    """Why a page could not be read."""

    page: int
    kind: str
    """The name of the error's class, such as ``"CorruptInputError"``."""
    message: str


class Page(FrozenModel):
    """A page of the document."""

    number: Annotated[int, Field(ge=1)]
    """From 1."""
    width: Annotated[int, Field(ge=0)]
    """Pixels of the page as it came in, upright by its EXIF tag; 0 if it could not be opened."""
    height: Annotated[int, Field(ge=0)]
    dpi: Annotated[float, Field(gt=0)] | None = None
    angle: float = 0.0
    """Degrees, counter-clockwise, by which the lines are turned on the page as it came in."""
    status: PageStatus = PageStatus.READ
    engine: str
    """What read the page: an engine's name, or ``text_layer``."""
    paragraphs: tuple[Paragraph, ...] = ()
    warnings: tuple[str, ...] = ()
    """What to know about how this page was read."""
    error: PageError | None = None
    """Why the page could not be read, if its status is ``failed``."""
    _attachment: Attachment = PrivateAttr(default_factory=Attachment)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in reading order."""
        return tuple(line for paragraph in self.paragraphs for line in paragraph.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words, in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        """The paragraphs, set apart by blank lines."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def confidence(self) -> float | None:
        """The mean over the words, weighted by characters; ``None`` if there is none to weigh."""
        return mean_confidence(self.words)

    def low_confidence(self, below: float = 0.6) -> tuple[Word, ...]:
        """The doubtful words: those of a confidence below a limit, or of none, in reading order."""
        return tuple(
            word for word in self.words if word.confidence is None or word.confidence < below
        )

    def __repr__(self) -> str:
        return f"Page(number={self.number}, {summary(self.words)})"

    def overlay(self, image: Image.Image | None = None) -> Image.Image:
        """Draws where the words stand, coloured by confidence, on a copy of the page.

        Green is sure, yellow is so-so, red is doubtful, and blue has no confidence.

        Args:
            image: the page's pixels, upright; of the document that was read if left out.

        Returns:
            A picture of the size of ``image``, in RGB.

        Raises:
            MissingSourceError: the document is not to be had; see `RecognitionResult.attach`.
        """
        from notetext.display.overlay import draw_overlay

        return draw_overlay(self, image)


def mean_confidence(words: Sequence[Word]) -> float | None:
    """The mean over words, weighted by characters; ``None`` if there is none to weigh."""
    weighed = [(word.confidence, len(word.text)) for word in words if word.confidence is not None]
    total = sum(weight for _, weight in weighed)
    if not total:
        return None
    return sum(confidence * weight for confidence, weight in weighed) / total


def summary(words: Sequence[Word]) -> str:
    """How much was read, and how surely, for a repr."""
    confidence = mean_confidence(words)
    sure = "unknown" if confidence is None else f"{confidence:.2f}"
    return f"words={len(words)}, confidence={sure}"
