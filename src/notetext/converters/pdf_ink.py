"""Which words of a PDF page can be seen: those without which the page looks different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_characters import FoundWord, PageText
from notetext.converters.pdf_close_look import CloseLook, Found
from notetext.converters.pdf_content import Content
from notetext.converters.pdf_drawing import (
    LEAST_CONTRAST,
    Count,
    differences,
    draw,
    shrunk,
    summed,
    whole,
    without,
    without_icons,
)
from notetext.converters.pdf_geometry import View

if TYPE_CHECKING:
    import pypdfium2
    from numpy.typing import NDArray

    from notetext.converters.pdf_drawing import Shades

# The height of a usual line, and a piece of it that is looked at by itself, in pixels.
_COARSE_LINE = 7.0
_SLICE = 2.0
_MOST_PIXELS = 2_000_000

# In heights of the line: what lies so near the edge of a word's box may be its neighbour's.
_EDGE = 0.1
# How far from its box a word's ink may lie, such as a swash.
_SWASH = 0.5
# From this share of a word's area on, it lies on another.
_OVERLAP = 0.3
# How often the page is drawn, at most, to find objects whose ink lies elsewhere than their words.
_MOST_STRAYS = 24
# How far apart, in heights of the line, what is drawn again for a glow or a shadow stands.
_GLOW = 0.35


@dataclass
class Compared:
    """What the page shows of some words.

    Attributes:
        seen: those that can be seen, or the parts of them that can.
        beneath: those under a picture that shows something there, where scanners put what they
            have read.
        hidden: how many cannot be seen: covered, cut off, in a layer that is off, of no colour of
            their own. What is drawn again for a glow or a shadow is not counted.
    """

    seen: list[FoundWord] = field(default_factory=list)
    beneath: list[FoundWord] = field(default_factory=list)
    hidden: int = 0


def compare_with_ink(
    page: pypdfium2.PdfPage, content: Content, text: PageText, words: Sequence[FoundWord]
) -> Compared:
    """Tells which words can be seen; the caller holds PDFium's lock.

    The page is drawn with and without its text. Where that makes no difference there is nothing to
    see, whatever the reason. What is doubtful is looked at more closely: words that lie on each
    other, parts of words, and words that PDFium may be unable to draw.

    Args:
        page: of pypdfium2.
        content: what it draws.
        text: its characters.
        words: that are painted, and stand on the page.
    """
    if not any(word.address in content.texts for word in words):
        return Compared(list(words))
    return _Comparison(page, content, text, words).compared()


class _Comparison:
    """Words, by their indices, and what the page shows of them."""

    def __init__(
        self,
        page: pypdfium2.PdfPage,
        content: Content,
        text: PageText,
        words: Sequence[FoundWord],
    ) -> None:
        self._page = page
        self._content = content
        self._text = text
        self._words = words
        self._bounds = np.array([word.bounds for word in words], np.float64)
        wide = self._bounds[:, 2] - self._bounds[:, 0]
        high = self._bounds[:, 3] - self._bounds[:, 1]
        sideways = np.array([word.turns % 2 == 1 for word in words])
        self._lines = np.where(sideways, wide, high)

    def compared(self) -> Compared:
        """Looks at all words at once, and at the doubtful ones again."""
        view = self._content.view
        coarse = view.scaled(_COARSE_LINE / max(float(np.median(self._lines)), 0.1), _MOST_PIXELS)
        boxes = coarse.pixels(self._bounds)
        with without_icons(self._page), without(self._distant_images()):
            shown = draw(self._page, coarse.size)
            with without(each.item for each in self._content.texts.values()):
                bare = draw(self._page, coarse.size)
            ink = Count(differences(shown, bare) >= LEAST_CONTRAST)
            inner = shrunk(boxes, _EDGE)
            overlaid = _are_overlaid(inner / 2, (coarse.size[0] // 2 + 1, coarse.size[1] // 2 + 1))
            doubtful = (ink.within(inner) == 0) | overlaid | _are_cut(ink, inner, self._words)
            doubtful &= np.array([word.address in self._content.texts for word in self._words])
            if not doubtful.any():
                return Compared(list(self._words))
            asked = np.flatnonzero(doubtful).tolist()
            close = CloseLook(self._page, self._content, self._text, self._words, self._bounds)
            with without(self._unasked_items()):
                found = close.at(asked, float(self._lines[asked].min()))
                unseen = self._not_elsewhere(found.unseen, coarse)
        return self._sorted(unseen, found, self._doubled(np.flatnonzero(overlaid).tolist(), unseen))

    def _distant_images(self) -> list[pdfium.FPDF_PAGEOBJECT]:
        """Pictures that lie on no word, whose pixels need not be decoded."""
        left, bottom, right, top = self._bounds.T
        return [
            item
            for item, (x1, y1, x2, y2) in self._content.images
            if not ((left < x2) & (x1 < right) & (bottom < y2) & (y1 < top)).any()
        ]

    def _unasked_items(self) -> list[pdfium.FPDF_PAGEOBJECT]:
        """Text objects of which no word is known: PDFium knows what is drawn again for a glow."""
        known = {word.address for word in self._text.found()}
        return [each.item for address, each in self._content.texts.items() if address not in known]

    def _not_elsewhere(self, unseen: set[int], coarse: View) -> set[int]:
        """Without those words whose objects draw something where no word of theirs stands."""
        by_item: dict[int, list[int]] = {}
        for index in unseen:
            by_item.setdefault(self._words[index].address, []).append(index)
        if not by_item:
            return unseen
        shown = draw(self._page, coarse.size)
        if not self._has_strays(by_item, unseen, shown, coarse):
            return unseen
        kept: set[int] = set()
        for number, (address, indices) in enumerate(by_item.items()):
            alone = {address: indices}
            if number >= _MOST_STRAYS or self._has_strays(alone, unseen, shown, coarse):
                kept.update(indices)
        return unseen - kept

    def _has_strays(
        self, by_item: dict[int, list[int]], unseen: set[int], shown: Shades, coarse: View
    ) -> bool:
        with without(self._content.texts[address].item for address in by_item):
            stray = differences(shown, draw(self._page, coarse.size)) >= LEAST_CONTRAST
        seen = [
            index
            for index, word in enumerate(self._words)
            if word.address in by_item and index not in unseen
        ]
        for box in shrunk(coarse.pixels(self._bounds[seen]), -_SWASH):
            left, top, right, bottom = whole(box[None], *coarse.size)[:, 0]
            stray[top:bottom, left:right] = False
        return bool(stray.any())

    def _doubled(self, overlaid: list[int], unseen: set[int]) -> set[int]:
        """Words that are drawn again in the same place; the last one stands."""
        doubled: set[int] = set()
        last: dict[str, list[int]] = {}
        order = self._content.texts
        for index in sorted(overlaid, key=lambda each: -order[self._words[each].address].order):
            twins = last.setdefault(self._words[index].text, [])
            reach = _GLOW * self._lines[index]
            width = self._bounds[index, 2] - self._bounds[index, 0]
            reach = min(reach, width / 2)
            if any(
                np.abs(self._bounds[twin] - self._bounds[index]).max() < reach for twin in twins
            ):
                doubled.add(index)
            elif index not in unseen:
                twins.append(index)
        return doubled

    def _sorted(self, unseen: set[int], found: Found, doubled: set[int]) -> Compared:
        compared = Compared()
        for index, word in enumerate(self._words):
            if index in doubled:
                continue
            if index in unseen:
                if index in found.pictured and self._is_beneath(word):
                    compared.beneath.append(word)
                else:
                    compared.hidden += not word.nameless
            elif index in found.parts:
                compared.seen += (self._text.part(word, part) for part in found.parts[index])
                compared.hidden += 1
            else:
                compared.seen.append(word)
        return compared

    def _is_beneath(self, word: FoundWord) -> bool:
        """Whether a picture is drawn over a word."""
        order = self._content.texts[word.address].order
        x, y = (word.bounds[0] + word.bounds[2]) / 2, (word.bounds[1] + word.bounds[3]) / 2
        return any(
            later > order and left <= x <= right and bottom <= y <= top
            for later, (left, bottom, right, top) in self._content.pictures
        )


def _are_overlaid(boxes: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.bool_]:
    """Which words lie on each other."""
    width, height = size
    # Lines may be set so tight that their boxes overlap: the words' middles count.
    high = (boxes[:, 3] - boxes[:, 1]) / 4
    middles = boxes.copy()
    middles[:, 1] += high
    middles[:, 3] -= high
    left, top, right, bottom = whole(middles, width, height)
    layers = np.zeros((height + 1, width + 1), np.int16)
    for rows, columns, step in (
        (top, left, 1),
        (bottom, right, 1),
        (top, right, -1),
        (bottom, left, -1),
    ):
        np.add.at(layers, (rows, columns), step)
    summed(layers.copy(), layers)
    several = layers[:height, :width] > 1
    if not several.any():
        return np.zeros(len(boxes), np.bool_)
    shared = Count(several).within(middles)
    area = (middles[:, 2] - middles[:, 0]) * (middles[:, 3] - middles[:, 1])
    overlaid: NDArray[np.bool_] = shared > _OVERLAP * area
    return overlaid


def _are_cut(
    ink: Count, boxes: NDArray[np.float64], words: Sequence[FoundWord]
) -> NDArray[np.bool_]:
    """Which words have a place, as wide as a character, without ink."""
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    across = wide >= high
    length = np.maximum(wide, high)
    pieces = np.array([len(word.characters) for word in words])
    pieces = np.minimum(pieces, np.maximum(length // _SLICE, 1).astype(int))
    of_word = np.repeat(np.arange(len(words)), pieces)
    first = np.cumsum(pieces) - pieces
    number = np.arange(len(of_word)) - first[of_word]
    step = (length / pieces)[of_word]
    slices = boxes[of_word]
    lying, upright = across[of_word], ~across[of_word]
    slices[lying, 0] += (number * step)[lying]
    slices[lying, 2] = slices[lying, 0] + step[lying]
    slices[upright, 1] += (number * step)[upright]
    slices[upright, 3] = slices[upright, 1] + step[upright]
    cut = np.zeros(len(words), np.bool_)
    cut[of_word[ink.within(slices) == 0]] = True
    return cut
