"""Fragments as they stand on a page that was turned level."""

from __future__ import annotations

import math

import pytest

from notetext.model import Box, Line, Word
from notetext.result.structure.level import level


def askew(text: str, left: float, top: float, angle: float) -> Line:
    """A line 200 long and 20 high, turned by degrees, clockwise, about the page's corner."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = [(left, top), (left + 200, top), (left + 200, top + 20), (left, top + 20)]
    box = Box.of_corners((x * cos - y * sin, x * sin + y * cos) for x, y in corners)
    return Line(words=(Word(text=text, box=box),), box=box)


@pytest.mark.parametrize("angle", [-12.0, -1.0, 0.0, 3.0])
def test_the_writing_is_level_whatever_the_page(angle: float) -> None:
    fragments = level([askew("one", 10, 10, angle), askew("two", 10, 50, angle)])
    for fragment, y in zip(fragments, (20, 60), strict=True):
        assert (fragment.left, fragment.right) == pytest.approx((10, 210))
        assert (fragment.y, fragment.slope) == pytest.approx((y, 0), abs=1e-6)
        assert fragment.height == pytest.approx(20)


def test_a_fragment_ends_where_its_words_do() -> None:
    words = (
        Word(text="two", box=Box.rectangle(12, 2, 40, 18)),
        Word(text="words", box=Box.rectangle(50, 2, 90, 18)),
    )
    (fragment,) = level([Line(words=words, box=Box.rectangle(0, 0, 100, 20))])
    assert (fragment.left, fragment.right) == (12, 90)
    assert [(span.text, span.left, span.right) for span in fragment.spans] == [
        ("two", 12, 40),
        ("words", 50, 90),
    ]


def test_words_without_places_share_their_lines() -> None:
    line = Line(words=(Word(text="two"), Word(text="words")), box=Box.rectangle(0, 0, 100, 20))
    (fragment,) = level([line])
    assert [(span.text, span.left, span.right) for span in fragment.spans] == [
        ("two words", 0, 100)
    ]


@pytest.mark.parametrize("angle", [-8.0, 0.0, 2.0])
def test_rows_of_short_pieces_tell_how_the_page_lies(angle: float) -> None:
    """Prices far from their items; each piece was found sloping down a little."""
    pieces = [askew("item", left, 30.0 * row, angle) for row in range(8) for left in (0.0, 1500.0)]
    sloping = [
        Line(
            words=piece.words,
            box=Box.of_corners(
                (x, y + (0.8 if corner in (1, 2) else 0.0))
                for corner, (x, y) in enumerate(piece.box.corners)
            ),
        )
        for piece in pieces
        if piece.box is not None
    ]
    fragments = level(sloping)
    left, right = (
        sorted(f.y for f in fragments if (f.left < 1000) is first) for first in (True, False)
    )
    assert left == pytest.approx(right, abs=2.5)
