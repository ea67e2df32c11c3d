"""Pages that are made up, with their words and their picture."""

from __future__ import annotations

import hashlib
import io

import numpy as np
from PIL import Image

from notetext import Box, Language, Line, Mode, Page, Paragraph, RecognitionResult, Word

_WORDS_A_LINE = 10
_LINES_A_PARAGRAPH = 5
_WIDTH, _HEIGHT, _DPI = 2480, 3508, 300


def page_of_words(count: int) -> RecognitionResult:
    """An A4 page of slightly climbing lines, with the picture that it was read from."""
    dice = np.random.default_rng(5)
    lines = []
    for row in range(count // _WORDS_A_LINE):
        top = 200 + row * 60
        words = []
        for column in range(_WORDS_A_LINE):
            left = 200 + column * 205
            corners = (left, top, left + 190, top - 2, left + 190, top + 44, left, top + 46)
            text = "".join(chr(97 + n) for n in dice.integers(0, 26, dice.integers(2, 10)))
            words.append(Word(text=text, box=Box(corners), confidence=float(dice.random())))
        box = Box.around(word.box for word in words if word.box)
        lines.append(Line(words=tuple(words), box=box))
    paragraphs = [
        Paragraph(lines=tuple(lines[start : start + _LINES_A_PARAGRAPH]))
        for start in range(0, len(lines), _LINES_A_PARAGRAPH)
    ]
    page = Page(
        number=1,
        width=_WIDTH,
        height=_HEIGHT,
        dpi=_DPI,
        engine="local",
        paragraphs=tuple(paragraphs),
    )
    result = RecognitionResult(
        engine="local", mode=Mode.PRINTED, languages=(Language.ENGLISH,), pages=(page,)
    )
    noise = dice.normal(230, 8, (_HEIGHT, _WIDTH)).clip(0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "JPEG", quality=80, dpi=(_DPI, _DPI))
    source = result.source.model_copy(
        update={"sha256": hashlib.sha256(file.getvalue()).hexdigest()}
    )
    return result.model_copy(update={"source": source}).attach(file.getvalue())
