"""Where each word of a page is put, also if the engine did not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from notetext.model import Box, standing
from notetext.model.spacing import blank_between
from notetext.result import Page

# Engines without places give text in order: its lines fill the page but for these margins.
_MARGIN = 0.05
# Readers want to see a blank of about this share of the height between two words.
_BLANK = 0.2


@dataclass(frozen=True, slots=True)
class BoxedWord:
    """A word and its place.

    Attributes:
        text: of the word.
        box: in pixels of the page.
        blank_after: whether a blank sets it apart from the next word of its line.
    """

    text: str
    box: Box
    blank_after: bool


def boxed_words(page: Page) -> Iterator[BoxedWord]:
    """Gives a page's words in reading order, each with a place; see `boxed_lines`."""
    for line in boxed_lines(page):
        yield from line


def boxed_lines(page: Page) -> Iterator[list[BoxedWord]]:
    """Gives the words of a page's lines in reading order, each with a place.

    A word without a box gets its share of its line's box, by characters; a line without a box gets
    a band of the page. What has no text, or is struck out, is left out.
    """
    lines = [line for line in page.lines if line.text]
    for index, line in enumerate(lines):
        words = [word for word in standing(line.words) if word.text]
        boxes = [word.box for word in words]
        shares = (line.box or _band(page, index, len(lines))).shared_by([w.text for w in words])
        boxed = []
        for n, (word, box) in enumerate(zip(words, boxes, strict=True)):
            following = words[n + 1] if n + 1 < len(words) else None
            blank_after = following is not None and blank_between(word.text, following.text)
            place = box or shares[n]
            if blank_after:
                place = _clear_of(place, boxes[n + 1] or shares[n + 1])
            boxed.append(BoxedWord(word.text, place, blank_after))
        yield boxed


def _band(page: Page, index: int, count: int) -> Box:
    """The ``index``-th of ``count`` bands from the top of the page to its bottom."""
    left, right = _MARGIN * page.width, (1 - _MARGIN) * page.width
    top = _MARGIN * page.height
    pitch = (1 - 2 * _MARGIN) * page.height / count
    return Box.rectangle(left, top + index * pitch, right, top + (index + 0.8) * pitch)


def _clear_of(box: Box, following: Box) -> Box:
    """Ends a word a little earlier if the next one touches it, so that readers see the blank."""
    (x1, y1), (x2, y2), _, (x4, y4) = box.corners
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return box
    height = ((x4 - x1) ** 2 + (y4 - y1) ** 2) ** 0.5
    next_x, next_y = following.corners[0]
    start = ((next_x - x1) * (x2 - x1) + (next_y - y1) * (y2 - y1)) / length
    end = start - _BLANK * height
    return box.part(0.0, end / length) if length / 2 < end < length else box
