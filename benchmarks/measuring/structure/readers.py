"""What reads notes into Markdown: notetext, and RapidOCR, whose reading is used in two ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, cast

Reader = Callable[[Path], dict[str, str]]
"""Gives the Markdown of a picture, by the names of the ways in which it was made."""


def notetext() -> Reader:
    """This library: hand and print told by itself."""
    from notetext import NoteText

    reader = NoteText()
    return lambda path: {"notetext": str(reader.recognize(path, "auto", "en").to("markdown"))}


class _Output(Protocol):
    """What RapidOCR gives of a page; it has types only where it is installed."""

    @property
    def txts(self) -> Sequence[str] | None: ...

    def to_markdown(self) -> str: ...


def rapidocr() -> Reader:
    """RapidOCR's lines as they come, and the Markdown that it makes of them itself."""
    from rapidocr import RapidOCR

    ocr = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path) -> dict[str, str]:
        found = cast("_Output", ocr(str(path)))
        return {
            "RapidOCR, its lines": "\n".join(found.txts or ()),
            "RapidOCR, its Markdown": found.to_markdown(),
        }

    return read


READERS: dict[str, Callable[[], Reader]] = {"notetext": notetext, "rapidocr": rapidocr}
