"""Which words of a page a correction is of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from notetext.model import Line, Word


def covered(words: Sequence[Word], start: int, old: Sequence[str]) -> tuple[int, ...] | None:
    """The places of the words that a correction is of; ``None`` if they are not there.

    Words that are struck out are passed over, as in the page's text.

    >>> from notetext import Word
    >>> from notetext.result.corrections.covered import covered
    >>> words = [Word(text="to"), Word(text="a", struck=True), Word(text="the")]
    >>> covered(words, 0, ("to", "the")), covered(words, 1, ("the",)), covered(words, 1, ("a",))
    ((0, 2), (2,), None)

    Args:
        words: of the page.
        start: the place of the first.
        old: their texts.
    """
    stand = (place for place in range(start, len(words)) if not words[place].struck)
    places = tuple(islice(stand, len(old)))
    return places if [words[place].text for place in places] == [*old] else None


def is_start(line: Line, place: int) -> bool:
    """Whether nothing that stands comes before a place in a line."""
    return all(word.struck for word in line.words[:place])
