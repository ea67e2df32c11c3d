"""Lines of Chinese and Japanese; the font is made here, all of its characters boxes."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).parents[1]))

from eastern import EasternSamples

KNOWN = "们说书国々の駅カ。，0123456789"


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a font in which every character looks alike."""
    folder = tmp_path_factory.mktemp("fonts")
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({ord(character): "box" for character in KNOWN + "hdkl"})
    builder.setupGlyf({".notdef": box, "box": box})
    builder.setupHorizontalMetrics({".notdef": (900, 0), "box": (900, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    builder.save(folder / "boxes.ttf")
    return folder


def test_a_line_says_what_the_network_knows_and_is_as_long(fonts: Path) -> None:
    samples = EasternSamples(fonts, list(KNOWN), seed=3)
    for number in range(20):
        sample = samples.make(number)
        assert set(sample.text) <= set(KNOWN)
        assert sample.pixels.shape[0] == 48
        assert sample.pixels.shape[1] >= 8 * len(sample.text)
        assert sample.pixels.std() > 5


def test_the_sample_of_a_number_is_always_the_same(fonts: Path) -> None:
    one, other = (EasternSamples(fonts, list(KNOWN), seed=3).make(7) for _ in range(2))
    assert one.text == other.text
    np.testing.assert_array_equal(one.pixels, other.pixels)


def test_without_fonts_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no font in .* has 们说书"):
        EasternSamples(tmp_path, list(KNOWN), seed=3)
