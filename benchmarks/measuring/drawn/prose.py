"""Running text to draw, of the pages of handwriting."""

from __future__ import annotations

import re
from pathlib import Path

from measuring.transcribed import dev_pages

_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def paragraphs(data: Path) -> list[str]:
    """What stands on the English notes, each page as a paragraph without breaks of lines."""
    return [
        " ".join(_BROKEN_WORD.sub("", page.text).split()) for page in dev_pages(data, "notes_en")
    ]
