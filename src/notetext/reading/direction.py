"""Lines of scripts that are written from right to left, and mixed ones.

On the page all fragments come from left to right. A page that is written from right to left is
looked at in a mirror, so that its columns, lines and indents are found as on any other; then the
words of each line are put in the order in which they are read, as the Unicode Bidirectional
Algorithm would have set them (UAX #9, from the display back to the text).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from notetext.model import Box, Line, Word
from notetext.model.direction import is_from_the_right
from notetext.result.structure.level import Fragment, Span

_OPENING = "([{<\u00ab"
_CLOSING = dict(zip(")]}>\u00bb", _OPENING, strict=True))
_TURNED = str.maketrans({**_CLOSING, **{value: key for key, value in _CLOSING.items()}})


def runs_from_the_right(words: Sequence[Word]) -> bool:
    """Whether most letters are of scripts that are written from right to left."""
    texts = [word.text for word in words]
    kinds = [_direction(character) for text in texts for character in text]
    return kinds.count("R") > kinds.count("L")


def mirrored(fragment: Fragment) -> Fragment:
    """A fragment as it is seen in a mirror: what was right is left."""
    words, spans = fragment.line.words, fragment.spans
    if len(words) == len(spans):
        words = words[::-1]
    return replace(
        fragment,
        line=fragment.line.model_copy(update={"words": words}),
        spans=tuple(Span(span.text, -span.right, -span.left) for span in spans[::-1]),
        left=-fragment.right,
        right=-fragment.left,
        start_y=fragment.end_y,
        end_y=fragment.start_y,
    )


def as_read(line: Line, is_mirrored: bool) -> Line:
    """A line's words in the order in which they are read.

    >>> from notetext import Line, Word
    >>> from notetext.reading.direction import as_read
    >>> words = "see \u05e2\u05d5\u05dc\u05dd \u05e9\u05dc\u05d5\u05dd there".split()
    >>> line = Line(words=tuple(Word(text=text) for text in words))
    >>> [words.index(word.text) for word in as_read(line, is_mirrored=False).words]
    [0, 2, 1, 3]

    Args:
        line: whose words come from left to right; if mirrored, from right to left.
        is_mirrored: whether the page is.
    """
    words = list(line.words)
    if not is_mirrored and not any(is_from_the_right(word.text) for word in words):
        return line
    box = line.box
    if is_mirrored:
        boxes = [word.box for word in reversed(words) if word.box is not None]
        box = Box.along(boxes) if boxes else box
    kinds = [kind for kind in (_kind(word.text) for word in words) if kind]
    # A sentence seldom begins and ends with words of another direction.
    from_the_right = is_mirrored or kinds[0] == kinds[-1] == "R" or runs_from_the_right(words)
    if from_the_right and not is_mirrored:
        words.reverse()
    blanks = [word.blanks for word in words]
    if from_the_right:
        ordered = _turned(words, "L", lambda kind: kind in {"L", "N"})
    else:
        ordered = _turned(words, "R", lambda kind: kind == "R")
    if any(blanks):
        ordered = [
            word.model_copy(update={"blanks": count})
            for word, count in zip(ordered, blanks, strict=True)
        ]
    return line.model_copy(update={"words": tuple(_with_brackets(ordered)), "box": box})


def _with_brackets(words: list[Word]) -> list[Word]:
    """The words with their brackets turned, where they are seen rather than meant.

    What opens on the right looks like what closes on the left. Some programs write down the one,
    some the other; what is meant opens first.
    """
    text = "".join(word.text for word in words)
    turned = text.translate(_TURNED)
    if turned == text or _is_balanced(text) or not _is_balanced(turned):
        return words
    return [word.model_copy(update={"text": word.text.translate(_TURNED)}) for word in words]


def _is_balanced(text: str) -> bool:
    opened: list[str] = []
    for character in text:
        if character in _OPENING:
            opened.append(character)
        elif character in _CLOSING and (not opened or opened.pop() != _CLOSING[character]):
            return False
    return not opened


def _turned(words: Sequence[Word], against: str, ends: Callable[[str], bool]) -> list[Word]:
    """The words, with the runs that go against the line's direction turned.

    Args:
        words: in the line's direction.
        against: the kind of the words that go against it; a run holds one of them.
        ends: whether a run may begin or end with a word of a kind.
    """
    kinds = [_kind(word.text) for word in words]
    ordered: list[Word] = []
    start = 0
    other = "R" if against == "L" else "L"
    while start < len(words):
        stop = start
        while stop < len(words) and kinds[stop] != other:
            stop += 1
        inner = [index for index in range(start, stop) if ends(kinds[index])]
        if against in kinds[start:stop]:
            first, last = inner[0], inner[-1] + 1
            ordered += [*words[start:first], *reversed(words[first:last]), *words[last:stop]]
        else:
            ordered += words[start:stop]
        ordered += words[stop : stop + 1]
        start = stop + 1
    return ordered


def _kind(text: str) -> str:
    """``R`` for a word from right to left, ``L``, ``N`` for a number, empty for signs alone."""
    kinds = {_direction(character) for character in text}
    return next((kind for kind in "RLN" if kind in kinds), "")


@lru_cache(maxsize=4096)
def _direction(character: str) -> str:
    found = unicodedata.bidirectional(character)
    return {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N"}.get(found, "")
