"""What reads notes into Markdown: notetext, and RapidOCR, whose reading is used in two ways."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rapidocr.utils.output import RapidOCROutput

Reader = Callable[[Path], dict[str, str]]
"""Gives the Markdown of a picture, by the names of the ways in which it was made."""


def notetext() -> Reader:
    """This library: hand and print told by itself."""
    from notetext import NoteText

    reader = NoteText()
    return lambda path: {"notetext": str(reader.recognize(path, "auto", "en").to("markdown"))}


def rapidocr() -> Reader:
    """RapidOCR's lines as they come, and the Markdown that it makes of them itself."""
    from rapidocr import RapidOCR

    ocr = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path) -> dict[str, str]:
        found = ocr(str(path))
        if not isinstance(found, RapidOCROutput):
            raise TypeError("RapidOCR gave no output of a whole page")
        return {
            "RapidOCR, its lines": "\n".join(found.txts or ()),
            "RapidOCR, its Markdown": found.to_markdown(),
        }

    return read


READERS: dict[str, Callable[[], Reader]] = {"notetext": notetext, "rapidocr": rapidocr}
