"""Lines are bold beside the others of their page, whatever the picture does to all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from notetext.engines.local.boldness import bold_lines
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine
from notetext.model import Kind

SIZE = 32
TEXTS = (
    "Opening hours",
    "The library is open from nine to five on",
    "weekdays, and on Saturdays until noon. It",
    "is closed in August.",
    "Fees",
    "Nothing is to be paid by children and by",
    "students of the university.",
)
HEADINGS = [text in {"Opening hours", "Fees"} for text in TEXTS]


def page_of(
    thick: Sequence[bool], sizes: Sequence[int] = (), texts: Sequence[str] = TEXTS
) -> Image.Image:
    """Lines of a height of 60 pixels; of those that are thick the pen is a pixel broader."""
    page = Image.new("L", (800, 60 * len(texts)), 240)
    pen = ImageDraw.Draw(page)
    for row, (text, is_thick) in enumerate(zip(texts, thick, strict=True)):
        font = ImageFont.load_default(sizes[row] if sizes else SIZE)
        pen.text((20, 60 * row + 8), text, font=font, fill=40, stroke_width=int(is_thick))
    return page


def read(
    page: Image.Image, texts: Sequence[str] = TEXTS, kinds: Sequence[Kind | None] = ()
) -> list[ReadLine]:
    pixels: NDArray[np.uint8] = np.asarray(page)
    lines = []
    for row, text in enumerate(texts):
        right = 20 + ImageFont.load_default(SIZE).getlength(text) + 10
        # The detector's numbers are NumPy's.
        place = DetectedLine.rectangle(10, np.float64(60 * row + 5), right, 60 * row + 50)
        words = [DecodedWord(word, 0.0, 1.0, 0.9) for word in text.split()]
        lines.append(ReadLine(cut(pixels, place), words, kind=kinds[row] if kinds else None))
    return lines


def shaded(page: Image.Image) -> Image.Image:
    """The right half in a shade with a soft rim."""
    light = np.clip(1.0 - (np.arange(page.width) - 300) / 200, 0.5, 1.0)
    return Image.fromarray((np.asarray(page) * light).astype(np.uint8))


@pytest.mark.parametrize(
    "seen",
    [
        lambda page: page,
        ImageOps.invert,
        shaded,
        lambda page: page.filter(ImageFilter.GaussianBlur(2.5)),
        lambda page: ImageOps.invert(shaded(page)),
    ],
    ids=["clean", "light on dark", "shaded", "unsharp", "light on dark, shaded"],
)
def test_lines_by_a_thicker_pen_are_bold(seen: object) -> None:
    assert callable(seen)
    assert bold_lines(read(seen(page_of(HEADINGS)))) == HEADINGS


def test_where_all_lines_are_alike_none_is_bold() -> None:
    for thick in (False, True):
        assert not any(bold_lines(read(page_of([thick] * len(TEXTS)))))


def test_a_larger_line_is_not_bold_for_its_size() -> None:
    sizes = [SIZE + 6 * is_heading for is_heading in HEADINGS]
    assert not any(bold_lines(read(page_of([False] * len(TEXTS), sizes))))


def test_a_smaller_line_is_not_bold_for_its_size() -> None:
    texts = (*TEXTS, "Printed on the second of March")
    sizes = [*[SIZE] * len(TEXTS), SIZE - 12]
    assert not any(bold_lines(read(page_of([False] * len(texts), sizes, texts), texts)))


def test_a_pen_is_not_compared_with_print() -> None:
    kinds = [Kind.HANDWRITTEN if is_heading else Kind.PRINTED for is_heading in HEADINGS]
    assert not any(bold_lines(read(page_of(HEADINGS), kinds=kinds)))
    assert bold_lines(read(page_of(HEADINGS), kinds=[Kind.PRINTED] * len(TEXTS))) == HEADINGS


def test_a_line_of_signs_tells_nothing() -> None:
    texts = ("----", *TEXTS)
    assert not bold_lines(read(page_of([True, *HEADINGS], texts=texts), texts))[0]


def test_a_page_without_lines_has_no_bold_ones() -> None:
    assert bold_lines([]) == []
