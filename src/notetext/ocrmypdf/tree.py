"""A page's words with their places, as OCRmyPDF draws them.

OCRmyPDF's own drawing knows lines and words by upright boxes, and a line's angle; it puts each word
where the box of the word, turned by that angle, begins. Around a line that is turned, an upright
box is far larger than the line, and words would land in the wrong place and size. So a line that
is turned gets boxes for which that drawing comes out exact: what `_line_box` and `_word_box` solve.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from notetext.exporters.searchable_pdf.word_boxes import BoxedWord, boxed_lines
from notetext.model import Box, Word, standing
from notetext.result import Page
from ocrmypdf import Baseline, BoundingBox, OcrClass, OcrElement

_ASCENT, _DESCENT = 1.069, 0.293
"""How far Noto Sans, in which OCRmyPDF writes, reaches above and below the line, in parts of the
font's size: a line of it that fills its box from top to bottom is selected where it is seen."""


def page_tree(page: Page, dpi: float, number: int, language: str | None) -> OcrElement:
    """A page as OCRmyPDF wants it.

    Args:
        page: that was read.
        dpi: of its pixels.
        number: from 0.
        language: of all of it, in OCRmyPDF's own words; ``None`` if it may be one of several.
    """
    tree = OcrElement(
        ocr_class=OcrClass.PAGE,
        bbox=BoundingBox(0, 0, page.width, page.height),
        dpi=dpi,
        page_number=number,
    )
    places = boxed_lines(page)
    for paragraph in page.paragraphs:
        lines = [_line(next(places), line.words, language) for line in paragraph.lines if line.text]
        if lines:
            around = BoundingBox(
                min(line.bbox.left for line in lines if line.bbox),
                min(line.bbox.top for line in lines if line.bbox),
                max(line.bbox.right for line in lines if line.bbox),
                max(line.bbox.bottom for line in lines if line.bbox),
            )
            tree.children.append(
                OcrElement(ocr_class=OcrClass.PARAGRAPH, bbox=around, children=lines)
            )
    return tree


@dataclass(frozen=True, slots=True)
class _Written:
    """How a line runs: along (cos, -sin), with its baseline so far across, in pixels.

    Attributes:
        angle: counter-clockwise, in degrees.
        baseline: how far across the page, along (sin, cos).
        size: of the font.
    """

    angle: float
    baseline: float
    size: float

    @property
    def cos(self) -> float:
        return math.cos(math.radians(self.angle))

    @property
    def sin(self) -> float:
        return math.sin(math.radians(self.angle))

    @property
    def is_upright(self) -> bool:
        return self.angle == 0


def _line(places: Sequence[BoxedWord], words: Sequence[Word], language: str | None) -> OcrElement:
    boxes = [word.box for word in places]
    written = _written(boxes)
    around = Box.around(boxes)
    box, intercept = _line_box(written, around)
    read = [word for word in standing(words) if word.text]
    return OcrElement(
        ocr_class=OcrClass.LINE,
        bbox=box,
        baseline=Baseline(0.0, intercept),
        textangle=None if written.is_upright else written.angle,
        language=language,
        children=[
            OcrElement(
                ocr_class=OcrClass.WORD,
                bbox=_word_box(written, place.box),
                text=place.text,
                confidence=word.confidence,
            )
            for place, word in zip(places, read, strict=True)
        ],
    )


def _written(boxes: Sequence[Box]) -> _Written:
    """How a line runs, as the mean of its words, the longer ones counting for more."""
    along_x = sum(x2 - x1 + x3 - x4 for x1, _, x2, _, x3, _, x4, _ in boxes)
    along_y = sum(y2 - y1 + y3 - y4 for _, y1, _, y2, _, y3, _, y4 in boxes)
    upright = along_x > 0 and all(box.is_upright for box in boxes)
    angle = 0.0 if upright else math.degrees(math.atan2(-along_y, along_x))
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    top = bottom = total = 0.0
    for box in boxes:
        across = [x * sin + y * cos for x, y in box.corners]
        start, end = _ends(box, cos, sin)
        length = abs(end - start) or 1.0
        top += length * (across[0] + across[1]) / 2
        bottom += length * (across[2] + across[3]) / 2
        total += length
    top, bottom = top / total, bottom / total
    size = max((bottom - top) / (_ASCENT + _DESCENT), 0.1)
    return _Written(angle, top + _ASCENT * size, size)


def _ends(box: Box, cos: float, sin: float) -> tuple[float, float]:
    """How far along a line a word begins and ends."""
    along = [x * cos - y * sin for x, y in box.corners]
    return (along[0] + along[3]) / 2, (along[1] + along[2]) / 2


def _line_box(written: _Written, around: Box) -> tuple[BoundingBox, float]:
    """A box, and how far the baseline is from the bottom of it, turned; for both, see above.

    OCRmyPDF turns the box's corners about its top left one, takes the upright box around them, goes
    to its bottom, and from there down by the intercept: there is the baseline. What lies between
    the top and the baseline is the font's size. Of a box that is taller than wide it asks whether
    text can be as narrow as that; this one never is, once it is turned.
    """
    cos, sin = written.cos, written.sin
    width, height = around.right - around.left, around.bottom - around.top
    if abs(cos) >= abs(sin):
        width = max(width, height)
    else:
        height = max(width, height)
    turned_height = width * abs(sin) + height * abs(cos)
    turned_top = min(0.0, width * sin) + min(0.0, height * cos)
    # The top left corner lies on a line across the page; its other coordinate is where words are.
    across = written.baseline - written.size - turned_top
    left, top = around.left, around.top
    if abs(cos) >= abs(sin):
        top = (across - left * sin) / cos
    else:
        left = (across - top * cos) / sin
    box = BoundingBox(left, top, left + width, top + height)
    return box, written.size - turned_height


def _word_box(written: _Written, box: Box) -> BoundingBox:
    """A word's box; of a word that is turned, the end of its baseline that OCRmyPDF looks for.

    It measures words along the page, across it where the line is steep.
    """
    if written.is_upright:
        return BoundingBox(box.left, box.top, box.right, box.bottom)
    cos, sin = written.cos, written.sin
    start, end = sorted(_ends(box, cos, sin))
    length = end - start
    x = start * cos + written.baseline * sin
    y = -start * sin + written.baseline * cos
    if abs(cos) >= abs(sin):
        far = x + math.copysign(length, cos)
        return BoundingBox(min(x, far), y, max(x, far), y)
    far = y - math.copysign(length, sin)
    return BoundingBox(x, min(y, far), x, max(y, far))
