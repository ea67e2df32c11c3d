"""How much of what there may be in an answer, so that it cannot take the machine's memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """What an answer may hold, measured by how long it may be.

    A short answer can be made to stand for much: two bytes of JSON for an object, two of text for a
    word. With these limits, reading an answer takes at most three times what it may be long. No
    page comes near them: by default, it may have 500,000 words.

    >>> from notetext.engines.cloud.answer_limits import AnswerLimits
    >>> AnswerLimits(1 << 28).pieces
    524288

    Attributes:
        max_bytes: the longest answer.
    """

    max_bytes: int = 1 << 20

    @property
    def values(self) -> int:
        """Of JSON, of whatever kind, keys not counted."""
        return max(1_000, self.max_bytes >> 11)

    @property
    def depth(self) -> int:
        """How deep values may stand in each other."""
        return 32

    @property
    def escaped_bytes(self) -> int:
        """Of strings with escapes: unlike others, they are copied to be understood."""
        return max(1 << 16, self.max_bytes >> 2)

    @property
    def text_bytes(self) -> int:
        """Of texts, in UTF-8."""
        return max(1 << 16, self.max_bytes >> 4)

    @property
    def pieces(self) -> int:
        """Words and lines of texts."""
        return max(1_000, self.max_bytes >> 9)

    @property
    def placed_pieces(self) -> int:
        """Words and lines that have a place, and are larger for it."""
        return max(1_000, self.max_bytes >> 11)
