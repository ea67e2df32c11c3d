"""What reads notes into Markdown: notetext, and RapidOCR with its lines one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rapidocr.utils.output import RapidOCROutput

Reader = Callable[[Path], str]


def notetext() -> Reader:
    """This library: hand and print told by itself."""
    from notetext import NoteText

    reader = NoteText()

    def read(path: Path) -> str:
        return str(reader.recognize(path, "auto", "en").to("markdown"))

    return read


def rapidocr_lines() -> Reader:
    """RapidOCR's lines as they come, each in a line of its own: what one copies out of it."""
    read = _rapidocr()
    return lambda path: "\n".join(read(path).txts or ())


def rapidocr_markdown() -> Reader:
    """The Markdown that RapidOCR makes itself of its lines."""
    read = _rapidocr()
    return lambda path: read(path).to_markdown()


def _rapidocr() -> Callable[[Path], RapidOCROutput]:
    from rapidocr import RapidOCR

    ocr = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path) -> RapidOCROutput:
        found = ocr(str(path))
        if not isinstance(found, RapidOCROutput):
            raise TypeError("RapidOCR gave no output of a whole page")
        return found

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "notetext": notetext,
    "RapidOCR, lines": rapidocr_lines,
    "RapidOCR, to_markdown": rapidocr_markdown,
}
