"""What reads notes into Markdown: notetext, RapidOCR in two ways, and Tesseract."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol, cast


@dataclass(frozen=True, slots=True)
class Written:
    """What was made of a page.

    Attributes:
        markdown: all of it.
        html: the same, if there is any.
    """

    markdown: str
    html: str = ""


Reader = Callable[[Path], dict[str, Written]]
"""Gives what was made of a picture, by the names of the ways in which it was made."""


def notetext() -> Reader:
    """This library: hand and print told by itself."""
    from notetext import NoteText

    reader = NoteText()

    def read(path: Path) -> dict[str, Written]:
        result = reader.recognize(path, "auto", "en")
        return {"notetext": Written(str(result.to("markdown")), str(result.to("article")))}

    return read


class _Output(Protocol):
    """What RapidOCR gives of a page; it has types only where it is installed."""

    @property
    def txts(self) -> Sequence[str] | None: ...

    def to_markdown(self) -> str: ...


def rapidocr() -> Reader:
    """RapidOCR's lines as they come, and the Markdown that it makes of them itself."""
    from rapidocr import RapidOCR

    ocr = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path) -> dict[str, Written]:
        found = cast("_Output", ocr(str(path)))
        return {
            "RapidOCR, its lines": Written("\n".join(found.txts or ())),
            "RapidOCR, its Markdown": Written(found.to_markdown()),
        }

    return read


def tesseract() -> Reader:
    """Tesseract's program with its defaults, and its hOCR as Markdown."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": os.environ.get("OMP_NUM_THREADS", "1")}

    def read(path: Path) -> dict[str, Written]:
        command = ["tesseract", str(path), "-", "-l", "eng", "hocr"]
        answer = subprocess.run(command, capture_output=True, check=True, env=environment)
        return {"Tesseract, its hOCR": Written(markdown_of_hocr(answer.stdout.decode()))}

    return read


def markdown_of_hocr(hocr: str) -> str:
    """Markdown of hOCR: its paragraphs, set apart by blank lines, and the lines in them.

    What it calls a header is a heading; what a line begins with, such as ``-`` or ``1.``, is the
    list that it looks like.
    """
    parser = _Hocr()
    parser.feed(hocr)
    return "\n\n".join("\n".join(lines) for lines in parser.paragraphs if lines)


class _Hocr(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[list[str]] = []
        self._words: list[str] | None = None
        self._prefix = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if kind == "ocr_par":
            self.paragraphs.append([])
        elif kind in {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}:
            self._end_line()
            self._words = []
            self._prefix = "# " if kind == "ocr_header" else ""

    def handle_data(self, data: str) -> None:
        if self._words is not None and data.strip():
            self._words.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._end_line()

    def _end_line(self) -> None:
        if self._words:
            self.paragraphs[-1].append(self._prefix + " ".join(self._words))
        self._words = None


READERS: dict[str, Callable[[], Reader]] = {
    "notetext": notetext,
    "rapidocr": rapidocr,
    "tesseract": tesseract,
}
