"""Sentences in several languages, written for this, to draw paragraphs of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from notetext.model import Language

_FILE = Path(__file__).with_suffix(".tsv")
_MARGIN = 40


@cache
def sentences() -> dict[Language, tuple[str, ...]]:
    """The sentences of each language, all of them about the same."""
    rows = [line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()]
    languages = dict.fromkeys(code for code, _ in rows)
    return {
        Language.parse(code): tuple(text for other, text in rows if other == code)
        for code in languages
    }


def paragraph(language: Language, number: int, lines: int = 3) -> list[str]:
    """Some sentences below each other; ``number`` says which is the first."""
    known = sentences()[language]
    return [known[(number + line) % len(known)] for line in range(lines)]


def drawn(paragraphs: list[list[str]], font: ImageFont.FreeTypeFont) -> Image.Image:
    """Paragraphs below each other, dark on light; letters that the font lacks lose their accent."""
    pitch = round(1.7 * font.size)
    width = max(font.getlength(line) for lines in paragraphs for line in lines)
    rows = sum(len(lines) + 1 for lines in paragraphs) - 1
    page = Image.new("L", (round(width) + 2 * _MARGIN, rows * pitch + 2 * _MARGIN), 248)
    pen = ImageDraw.Draw(page)
    top = _MARGIN
    for lines in paragraphs:
        for line in lines:
            pen.text((_MARGIN, top), _writable(line, font), font=font, fill=35)
            top += pitch
        top += pitch
    return page


def _writable(text: str, font: ImageFont.FreeTypeFont) -> str:
    return "".join(c if _has(font, c) else _BARE.get(c, c) for c in text)


def _has(font: ImageFont.FreeTypeFont, character: str) -> bool:
    missing = np.asarray(font.getmask("\U0010fffe"))
    shape = np.asarray(font.getmask(character))
    return not np.array_equal(missing, shape)


_BARE = dict(zip("œąćęłńśźżčěřŠšůž", "oacelnszzcerSsuz", strict=True))
