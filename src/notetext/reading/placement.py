"""Puts what was found in a picture back to where it stands on the page as it came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notetext.model import Block, Box, LeftOut, Line, Paragraph, Word
from notetext.model.rebuilding import rebuilt

if TYPE_CHECKING:
    from notetext.page_image import Matrix


def place_paragraph(paragraph: Paragraph, transform: Matrix) -> Paragraph:
    """Moves a paragraph by a projective map.

    Args:
        paragraph: in the picture's pixels.
        transform: 3×3, from the picture's coordinates to the page's.

    Returns:
        The paragraph in the page's pixels, to a hundredth of a pixel.
    """
    return Paragraph(
        lines=tuple(place_line(line, transform) for line in paragraph.lines),
        box=place_box(paragraph.box, transform),
    )


def place_blocks(blocks: Sequence[Block], transform: Matrix) -> tuple[Block, ...]:
    """Moves blocks by a projective map, but for the words of their lines."""

    def placed(box: Box) -> Box:
        return place_box(box, transform) or box

    return tuple(rebuilt(block, lambda part: part, placed) for block in blocks)


def place_line(line: Line, transform: Matrix) -> Line:
    """Moves a line by a projective map."""
    return Line(
        words=tuple(place_word(word, transform) for word in line.words),
        box=place_box(line.box, transform),
    )


def place_word(word: Word, transform: Matrix) -> Word:
    """Moves a word by a projective map."""
    return word.model_copy(update={"box": place_box(word.box, transform)})


def place_left_out(piece: LeftOut, transform: Matrix) -> LeftOut:
    """Moves what was left out by a projective map."""
    return piece.model_copy(update={"box": place_box(piece.box, transform)})


def place_box(box: Box | None, transform: Matrix) -> Box | None:
    """Moves a box by a projective map; in plain arithmetic, for one box that is the fastest."""
    if box is None:
        return None
    (a, b, c), (d, e, f), (g, h, i) = transform.tolist()
    values: list[float] = []
    for x, y in box.corners:
        w = g * x + h * y + i
        values += (round((a * x + b * y + c) / w, 2), round((d * x + e * y + f) / w, 2))
    return Box(values)
