"""Check boxes that are signs of a text, wherever they stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notetext.model import Word
from notetext.result.structure.markers import box_of

_TICKS = "✅✓✔"
"""Signs of their own, with no box around them: in a cell they are but text."""


@dataclass(frozen=True, slots=True)
class WrittenBox:
    """A check box among words.

    Attributes:
        first: the number of its first word.
        end: that of the word behind it; ``[ ]`` may be two.
        done: whether it is ticked.
    """

    first: int
    end: int
    done: bool


def written_boxes(words: Sequence[Word]) -> Iterator[WrittenBox]:
    """Finds the check boxes among words, from the first to the last.

    >>> from notetext import Word
    >>> from notetext.result.structure.written_boxes import written_boxes
    >>> words = [Word(text=text) for text in ("[", "]", "milk", "☑")]
    >>> [(box.first, box.end, box.done) for box in written_boxes(words)]
    [(0, 2, False), (3, 4, True)]
    """
    number = 0
    while number < len(words):
        end = number + 1
        for count in (1, 2):
            some = words[number : number + count]
            text = " ".join(word.text for word in some)
            box = None if text in _TICKS or any(word.struck for word in some) else box_of(text)
            if box is not None:
                end = number + len(some)
                yield WrittenBox(number, end, bool(box.done))
                break
        number = end
