"""Lines written along pen paths show their letters, and each hand writes them otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from pens import PenFont, find_pen_fonts, write

# What files have: moves, lines, curves and powers of ten.
GLYPHS = {
    "l": "M 100 0 L 100 700",
    "h": "M 100 700 L 100 0 M 100 400 C 200 500 300 500 300 0",
    "d": "M 300 700 L 300 0 L 100 200 L 300 400",
    "k": "M 100 700 L 100 0 M 300 500 L 100 250 L 300 0",
    "i": "M 100 400 L 100 0 M 100 600 L 110 620",
    "M": "M 100 0 L 100 7e+02 L 300 200 L 500 700 L 500 0",
}


@pytest.fixture
def font(tmp_path: Path) -> PenFont:
    glyphs = "".join(
        f'<glyph unicode="{letter}" horiz-adv-x="450" d="{path}"/>'
        for letter, path in GLYPHS.items()
    )
    (tmp_path / "pen.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><font horiz-adv-x="300">'
        f'<glyph unicode=" "/>{glyphs}</font></defs></svg>'
    )
    (found,) = find_pen_fonts(tmp_path)
    return found


def test_a_font_says_what_it_can_write(font: PenFont) -> None:
    assert font.has("Mild kill")
    assert not font.has("Mild kilt")
    assert [len(font.glyphs[letter].strokes) for letter in "lhi "] == [1, 2, 2, 0]
    assert font.glyphs["l"].strokes[0][:, 1].max() == pytest.approx(33)


def test_a_text_is_as_long_as_its_letters(font: PenFont) -> None:
    def width(text: str) -> float:
        return float(
            np.median([write(text, font, np.random.default_rng(n)).shape[1] for n in range(9)])
        )

    assert 2.5 * width("hill") < width("hill hill hill") < 5 * width("hill")


def test_the_same_chance_writes_the_same_and_another_otherwise(font: PenFont) -> None:
    first, again, other = (write("kill hid", font, np.random.default_rng(n)) for n in (3, 3, 4))
    assert np.array_equal(first, again)
    assert first.shape != other.shape or not np.array_equal(first, other)
    assert first.min() >= 0
    assert 0.8 < first.max() <= 1


def test_nothing_leaves_no_ink(font: PenFont) -> None:
    assert not write("", font, np.random.default_rng(1)).any()
