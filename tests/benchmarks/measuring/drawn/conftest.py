"""What drawing needs: a font that lies nowhere, and a folder of handwriting without a hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from measuring.drawn import fonts
from measuring.drawn.places import measured_pages
from PIL import Image, ImageDraw, ImageFont

WORDS = "alpha bravo carried delta echoes foxtrot golfing hotel indigo juliet kilogram limes mikado"


@pytest.fixture(autouse=True)
def pillows_own_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fonts of the benchmark are not on every machine."""
    monkeypatch.setattr(fonts, "_sized", lambda face, x_height: _font(round(2 * x_height)))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Pages of the names and with the places of the real ones, with a bar at each place."""
    for page in [page for name in ("notes_en", "letters_en") for page in measured_pages(name)]:
        path = page.picture(tmp_path / "data")
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.new("L", (1600, 1500), 250)
        for place in page.places:
            middle = (place.top + place.bottom) / 2
            ImageDraw.Draw(image).rectangle(
                (place.left, middle - 9, place.right, middle + 9), fill=40
            )
        image.save(path, quality=50)
        lines = [f"{WORDS} {number}" for number in range(40)]
        path.with_suffix(".txt").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "data"
