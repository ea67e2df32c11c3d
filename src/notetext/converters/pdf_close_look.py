"""A closer look at words of a PDF page of which it is doubtful whether they can be seen."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_characters import FoundWord, PageText
from notetext.converters.pdf_content import Content, bounds_of, is_clipped
from notetext.converters.pdf_drawing import (
    LEAST_CONTRAST,
    Count,
    Place,
    differences,
    draw,
    shrunk,
    whole,
    without,
)
from notetext.converters.pdf_geometry import Rectangle, View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from notetext.converters.pdf_drawing import Shades

# Of 255: what differs more within a word's box shows something, such as a picture of writing.
_PICTURE_CONTRAST = 48

# The height of the lowest line in pixels, and that from which on characters can be told apart.
_LINE = 20.0
_CHARACTERS_FROM = 10.0
_MOST_PIXELS = 1_000_000
_MOST_PAGE_PIXELS = 400_000_000
# How often the page is drawn, at most, to tell apart words that lie on each other.
_MOST_LAYERS = 12
# In heights of the line: what lies so near the edge of a word's box may be its neighbour's.
_EDGE = 0.1
# What is blurred by drawing: half a pixel on each side.
_AROUND = np.array([-0.5, -0.5, 0.5, 0.5])


@dataclass
class Found:
    """What was found of doubtful words, by their indices.

    Attributes:
        unseen: those that cannot be seen, though they leave ink on paper of their own.
        pictured: of them, those where the page shows something else.
        parts: the characters that can be seen, of words of which not all can.
    """

    unseen: set[int] = field(default_factory=set)
    pictured: set[int] = field(default_factory=set)
    parts: dict[int, list[range]] = field(default_factory=dict)


class CloseLook:
    """Draws a page with some of its words, and with none of them."""

    def __init__(
        self,
        page: pypdfium2.PdfPage,
        content: Content,
        text: PageText,
        words: Sequence[FoundWord],
        bounds: NDArray[np.float64],
    ) -> None:
        """Keeps what is needed.

        Args:
            page: of pypdfium2.
            content: what it draws.
            text: its characters.
            words: all of them.
            bounds: of the words, N×4, in points.
        """
        self._page = page
        self._content = content
        self._text = text
        self._words = words
        self._bounds = bounds
        self._own = _OwnInk(page)

    def at(self, asked: Sequence[int], line: float) -> Found:
        """Tells what can be seen of words.

        Args:
            asked: their indices.
            line: the height of the lowest of them, in points.
        """
        scale, view, place = self._frame(asked, line)
        self._view, self._place = view, place
        boxes = self._boxes(self._bounds[list(asked)])
        box_of = dict(zip(asked, boxes, strict=True))
        items = {index: self._text.items(self._words[index].characters) for index in asked}
        shown = draw(self._page, view.size, place)
        every = {address: item for held in items.values() for address, item in held.items()}
        found = Found()
        with without(every.values()):
            bare = draw(self._page, view.size, place)
        for layer in _layers(
            asked, shrunk(boxes, _EDGE), (place[2] - place[0], place[3] - place[1])
        ):
            mine = {address for index in layer for address in items[index]}
            with without(item for address, item in every.items() if address not in mine):
                drawn = draw(self._page, view.size, place)
            ink = Count(differences(drawn, bare) >= LEAST_CONTRAST)
            for index, count in zip(
                layer, ink.within(np.stack([box_of[index] for index in layer])), strict=True
            ):
                contrast = _contrast(shown, box_of[index])
                if count == 0 or contrast < LEAST_CONTRAST:
                    if self._paints(items[index], self._words[index].bounds):
                        found.unseen.add(index)
                        if contrast >= _PICTURE_CONTRAST:
                            found.pictured.add(index)
                elif line * scale >= _CHARACTERS_FROM:
                    parts = self._parts(self._words[index], ink)
                    if parts is not None:
                        found.parts[index] = parts
        return found

    def _frame(self, asked: Sequence[int], line: float) -> tuple[float, View, Place]:
        """How large the page is drawn, and the part of it that has the words."""
        within = self._bounds[list(asked)]
        margin = line
        left, bottom = within[:, :2].min(axis=0) - margin
        right, top = within[:, 2:].max(axis=0) + margin
        scale = min(_LINE / line, math.sqrt(_MOST_PIXELS / ((right - left) * (top - bottom))))
        view = self._content.view.scaled(scale, _MOST_PAGE_PIXELS)
        (edges,) = view.pixels(np.array([[left, bottom, right, top]]))
        x1, y1 = np.floor(edges[:2]).astype(int).clip(0)
        x2, y2 = np.ceil(edges[2:]).astype(int)
        width, height = view.size
        x2, y2 = max(x1 + 1, min(x2, width)), max(y1 + 1, min(y2, height))
        return scale, view, (int(x1), int(y1), int(x2), int(y2))

    def _boxes(self, bounds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Left, top, right and bottom in pixels of the part that is drawn."""
        left, top, _, _ = self._place
        boxes: NDArray[np.float64] = self._view.pixels(bounds) - (left, top, left, top)
        return boxes

    def _paints(self, items: dict[int, pdfium.FPDF_PAGEOBJECT], bounds: Rectangle) -> bool:
        """Whether a word would leave ink if it could: PDFium may have no glyphs for it."""
        return any(
            self._draws(address, item, bounds)
            for address, item in items.items()
            if address in self._content.texts
        )

    def _draws(self, address: int, item: pdfium.FPDF_PAGEOBJECT, bounds: Rectangle) -> bool:
        if self._content.texts[address].in_form:
            # What a form holds stands in a space of its own.
            return is_clipped(item, bounds_of(item)) or self._own.has_any(item)
        return is_clipped(item, bounds) or self._own.has(item, bounds)

    def _parts(self, word: FoundWord, ink: Count) -> list[range] | None:
        """The characters that can be seen, ``None`` if all can."""
        tight = [self._text.tight_bounds(index) for index in word.characters]
        solid = np.array([right > left and top > bottom for left, bottom, right, top in tight])
        boxes = self._boxes(np.array(tight))
        hidden = solid & (ink.within(boxes + _AROUND) == 0)
        if not hidden.any() or hidden.all():
            return None
        for at in np.flatnonzero(hidden).tolist():
            index = word.characters[at]
            held = self._text.items(range(index, index + 1))
            hidden[at] = all(
                address in self._content.texts
                and not self._content.texts[address].in_form
                and self._draws(address, item, tight[at])
                for address, item in held.items()
            )
        if not hidden.any():
            return None
        return list(_runs(word.characters, ~hidden))


class _OwnInk:
    """What text objects draw by themselves, on nothing."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._drawn: dict[int, tuple[NDArray[np.bool_], Rectangle]] = {}

    def has_any(self, item: pdfium.FPDF_PAGEOBJECT) -> bool:
        """Whether an object draws anything."""
        ink, _ = self._ink(item)
        return bool(ink.any())

    def has(self, item: pdfium.FPDF_PAGEOBJECT, bounds: Rectangle) -> bool:
        """Whether an object of the page draws something within bounds, in points."""
        ink, (left, bottom, right, top) = self._ink(item)
        if not ink.any():
            return False
        height, width = ink.shape
        across, up = width / max(right - left, 1e-6), height / max(top - bottom, 1e-6)
        x1, y1 = (bounds[0] - left) * across, (top - bounds[3]) * up
        x2, y2 = (bounds[2] - left) * across, (top - bounds[1]) * up
        rows = slice(max(0, math.floor(y1)), max(0, math.ceil(y2)))
        columns = slice(max(0, math.floor(x1)), max(0, math.ceil(x2)))
        return bool(ink[rows, columns].any())

    def _ink(self, item: pdfium.FPDF_PAGEOBJECT) -> tuple[NDArray[np.bool_], Rectangle]:
        address = ctypes.addressof(item.contents)
        if address not in self._drawn:
            bounds = bounds_of(item)
            self._drawn[address] = self._mask(item, bounds), bounds
        return self._drawn[address]

    def _mask(self, item: pdfium.FPDF_PAGEOBJECT, bounds: Rectangle) -> NDArray[np.bool_]:
        width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
        if not (width > 0 and height > 0):
            return np.zeros((1, 1), np.bool_)
        scale = min(_LINE / height, math.sqrt(_MOST_PIXELS / (width * height)))
        raw = pdfium.FPDFTextObj_GetRenderedBitmap(self._page.pdf, self._page, item, scale)
        if not raw:
            return np.zeros((1, 1), np.bool_)
        # It is closed by PDFium's binding when nobody has it any more.
        bitmap = pypdfium2.PdfBitmap.from_raw(raw)
        mask: NDArray[np.bool_] = bitmap.to_numpy()[:, :, 3] > 0
        return mask


def _layers(
    asked: Sequence[int], boxes: NDArray[np.float64], size: tuple[int, int]
) -> list[list[int]]:
    """Words in groups of which none lies on another; those of too many layers are in no group."""
    width, height = size
    layers: list[tuple[list[int], NDArray[np.bool_]]] = []
    edges = whole(boxes, width, height).T.tolist()
    for index, (left, top, right, bottom) in zip(asked, edges, strict=True):
        place = (slice(top, max(bottom, top + 1)), slice(left, max(right, left + 1)))
        for indices, taken in layers:
            if not taken[place].any():
                indices.append(index)
                taken[place] = True
                break
        else:
            if len(layers) < _MOST_LAYERS:
                taken = np.zeros((height, width), np.bool_)
                taken[place] = True
                layers.append(([index], taken))
    return [indices for indices, _ in layers]


def _contrast(shown: Shades, box: NDArray[np.float64]) -> int:
    """How much a drawing varies within a box, of 255."""
    height, width, _ = shown.shape
    left, top, right, bottom = whole(box[None], width, height)[:, 0].tolist()
    part = shown[top : max(bottom, top + 1), left : max(right, left + 1), :3]
    return int(np.ptp(part.reshape(-1, 3), axis=0).max()) if part.size else 0


def _runs(characters: range, visible: NDArray[np.bool_]) -> Iterator[range]:
    """The characters that are visible, in runs of those that follow each other."""
    start = None
    for at, is_visible in enumerate([*visible.tolist(), False]):
        if is_visible and start is None:
            start = at
        elif not is_visible and start is not None:
            yield characters[start:at]
            start = None
