"""Quotation marks touch the words that they open or close, however far off a hand sets them.

A mark that stands by itself between words may also be a ditto mark, in a list or a bill: those
stand far from all words, or beside numbers, and stay alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from notetext.engines.local.ctc import DecodedWord

_QUOTE = '"'
_REACH = 4.0  # time steps: two characters, however widely the hand writes
_STOPS = ".!?…"


def touching(words: Sequence[DecodedWord]) -> list[tuple[int, DecodedWord]]:
    """Sets the quotation marks of a line to the words that they belong to.

    >>> from notetext.engines.local.ctc import DecodedWord
    >>> from notetext.engines.local.quotes import touching
    >>> texts = ['"', "Yes,", '"', "he"]
    >>> words = [DecodedWord(text, 3 * n, 3 * n + 2, 0.9) for n, text in enumerate(texts)]
    >>> [(number, word.text) for number, word in touching(words)]
    [(1, '"Yes,"'), (3, 'he')]

    Args:
        words: from left to right.

    Returns:
        Words, each with the number of the one that it was, or that a mark was set to.
    """
    rest = [*enumerate(words)]
    done: list[tuple[int, DecodedWord]] = []
    while rest:
        number, word = rest.pop(0)
        before = done[-1][1] if done else None
        after = rest[0][1] if rest else None
        if word.text != _QUOTE:
            done.append((number, word))
        elif before is not None and _closes(done, word, after):
            done[-1] = (done[-1][0], _joined(before, word, before))
        elif after is not None and _opens(before, word, after):
            rest[0] = (rest[0][0], _joined(word, after, after))
        else:
            done.append((number, word))
    return done


def _closes(
    done: Sequence[tuple[int, DecodedWord]], mark: DecodedWord, after: DecodedWord | None
) -> bool:
    """Whether a mark belongs to the last word before it."""
    before = done[-1][1]
    last = before.text[-1]
    if mark.start - before.end > _REACH or not (last.isalpha() or last in f",;{_STOPS}"):
        return False
    if after is None or last in ",;":
        return True
    if last in _STOPS and (after.text[0].islower() or after.text[0] == _QUOTE):
        return True
    texts = [word.text for _, word in done]
    opened = sum(text[0] == _QUOTE for text in texts)
    return opened > sum(len(text) > 1 and text[-1] == _QUOTE for text in texts)


def _opens(before: DecodedWord | None, mark: DecodedWord, after: DecodedWord) -> bool:
    """Whether a mark that does not close belongs to the word after it."""
    return (
        after.text[0].isalpha()
        and after.start - mark.end <= _REACH
        and (before is None or not before.text[-1].isdigit())
    )


def _joined(first: DecodedWord, second: DecodedWord, word: DecodedWord) -> DecodedWord:
    """Two neighbours in one, of which one is a word."""
    mark_first = word is second
    alternatives = tuple(
        _QUOTE + other if mark_first else other + _QUOTE for other in word.alternatives
    )
    return replace(
        word,
        text=first.text + second.text,
        start=first.start,
        end=second.end,
        confidence=min(first.confidence, second.confidence),
        alternatives=alternatives,
    )
