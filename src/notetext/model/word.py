"""A word, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field

from notetext.model.box import Box
from notetext.model.frozen import FrozenModel
from notetext.model.language import Language
from notetext.model.spacing import blank_between
from notetext.model.written import Written

DOUBTFUL_BELOW = 0.9
"""Words of less confidence than this are doubtful."""

Confidence: TypeAlias = Annotated[float, Field(ge=0, le=1)]


class Kind(StrEnum):
    """What stands there: written by a hand, or printed."""

    HANDWRITTEN = "handwritten"
    PRINTED = "printed"


class Word(Written, FrozenModel):
    """A word, or a run of characters of a script that sets no blanks."""

    text: str
    box: Box | None = None
    """On the page as it came in; ``None`` if the engine gives no places."""
    confidence: Confidence | None = None
    """The engine's belief that the word is right; ``None`` if it gives none."""
    alternatives: tuple[str, ...] = ()
    """The next best readings, the likeliest first."""
    kind: Kind | None = None
    """What stands there, as its look tells; ``None`` if nobody said."""
    language: Language | None = None
    """What the text around it was told to be in; ``None`` if the caller said what it is in."""
    blanks: Annotated[int, Field(ge=0)] | None = None
    """How many blanks stand before it in its line, where print in a fixed pitch shows them; before
    the first word they are the line's indentation. ``None``: as many as its script sets."""
    struck: bool = False
    """Whether the writer struck it out: it stands in its place in the line, and in no text."""
    bold: bool | None = None
    """Whether it stands out by the weight of its letters: it is of a line in bold print, or by a
    clearly thicker pen than the page's usual one, or in a bold font of a PDF's own text; ``None``
    if nobody looked."""

    def is_doubtful(self, below: float = DOUBTFUL_BELOW) -> bool:
        """Whether its confidence is below a limit; that of one without is not known.

        >>> from notetext import Word
        >>> Word(text="libary", confidence=0.4).is_doubtful(), Word(text="library").is_doubtful()
        (True, False)
        """
        return self.confidence is not None and self.confidence < below


def standing(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words that the writer let stand.

    >>> from notetext import Word
    >>> from notetext.model import standing
    >>> [word.text for word in standing([Word(text="not", struck=True), Word(text="now")])]
    ['now']
    """
    return tuple(word for word in words if not word.struck)


def blanks_before(words: Sequence[Word]) -> tuple[int, ...]:
    """How many blanks stand before each of the words of a line; none before those struck out."""
    before = ""
    counts = []
    for word in words:
        if word.struck:
            counts.append(0)
            continue
        usual = int(blank_between(before, word.text))
        counts.append(usual if word.blanks is None else word.blanks)
        before = word.text or before
    return tuple(counts)


def text_of(words: Sequence[Word]) -> str:
    """The words of a line that stand, set apart by blanks where their script sets blanks."""
    stand = standing(words)
    blanks = blanks_before(stand)
    return "".join(" " * count + word.text for count, word in zip(blanks, stand, strict=True))
