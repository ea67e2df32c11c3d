"""PDF files made to measure, a reader that finds ink, and what PDFium and Poppler see in a PDF."""

from __future__ import annotations

import ctypes
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from html import unescape

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray

from notetext import Box, Line, NoteText, Word
from notetext.engines import Engine, Reading, Request
from notetext.page_image import PageImage

Rectangle = tuple[float, float, float, float]
FindWords = Callable[..., list[tuple[str, Rectangle]]]


def make_pdf(
    contents: str | Sequence[str], *, password: str | None = None, **entries: object
) -> bytes:
    """A PDF of 400×300 points, a page a content stream, which may use the font ``/F``.

    All pages share one dictionary of resources. ``entries`` are those of each page, such as
    ``Rotate=90``.
    """
    pdf = pikepdf.new()
    name = pikepdf.Name
    font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
    resources = pdf.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)))
    for content in [contents] if isinstance(contents, str) else contents:
        page = pdf.add_blank_page(page_size=(400, 300))
        page.Contents = pdf.make_stream(content.encode("ascii"))
        page.Resources = resources
        for key, value in entries.items():
            page[f"/{key}"] = value
    file = io.BytesIO()
    locked = pikepdf.Encryption(owner="the owner", user=password) if password else None
    pdf.save(file, encryption=locked)
    return file.getvalue()


@pytest.fixture(name="make_pdf", scope="session")
def make_pdf_fixture() -> Callable[..., bytes]:
    """Makes PDFs; see the function."""
    return make_pdf


class InkEngine(Engine):
    """Reads one word, ``ink``, where the page is dark."""

    name = "ink"

    def read(self, page: PageImage, request: Request) -> Reading:
        rows, columns = np.nonzero(page.grey() < 128)
        if not rows.size:
            return Reading()
        edges = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        box = Box.rectangle(*(float(edge) for edge in edges))
        return Reading(lines=[Line(words=(Word(text="ink", box=box, confidence=0.9),), box=box)])


@pytest.fixture(scope="session")
def reader() -> NoteText:
    """Reads the word ``ink`` where a page is dark."""
    return NoteText(engine=InkEngine())


def rendered(data: bytes, index: int = 0) -> NDArray[np.uint8]:
    """A page of a PDF in pixels of a point: H×W (grey) or H×W×3 (RGB)."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[index]
        pixels = page.render(rev_byteorder=True).to_numpy().copy()
        page.close()
    return np.asarray(pixels, np.uint8)


@pytest.fixture(name="rendered", scope="session")
def rendered_fixture() -> Callable[..., NDArray[np.uint8]]:
    """Draws a page of a PDF; see the function."""
    return rendered


def pdfium_characters(data: bytes, index: int = 0) -> Iterator[tuple[str, Rectangle]]:
    """Every character of a page, with left, bottom, right and top in points."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[index]
        text = page.get_textpage()
        for n in range(text.count_chars()):
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            if pdfium.FPDFText_GetCharBox(text, n, left, right, bottom, top):
                code = pdfium.FPDFText_GetUnicode(text, n)
                yield chr(code), (left.value, bottom.value, right.value, top.value)
        text.close()
        page.close()


def pdfium_words(data: bytes, index: int = 0) -> list[tuple[str, Rectangle]]:
    """Every word of a page, with left, bottom, right and top in points."""
    words: list[tuple[str, Rectangle]] = []
    parts: list[tuple[str, Rectangle]] = []
    for character, box in [*pdfium_characters(data, index), (" ", (0.0, 0.0, 0.0, 0.0))]:
        if not character.isspace():
            parts.append((character, box))
        elif parts:
            lefts, bottoms, rights, tops = zip(*(box for _, box in parts), strict=True)
            edges = (min(lefts), min(bottoms), max(rights), max(tops))
            words.append(("".join(c for c, _ in parts), edges))
            parts = []
    return words


def pdftotext(data: bytes, *options: str) -> str:
    """The text of a PDF, by Poppler; the test is skipped where that is not installed."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (apt-get install poppler-utils)")
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode("utf-8")


def poppler_words(data: bytes) -> list[tuple[str, Rectangle]]:
    """Every word, with left, top, right and bottom in points from the top."""
    pattern = r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>'
    found = re.findall(pattern, pdftotext(data, "-bbox"))
    return [
        (unescape(text), (float(a), float(b), float(c), float(d))) for a, b, c, d, text in found
    ]


@pytest.fixture(name="pdfium_words", scope="session")
def pdfium_words_fixture() -> FindWords:
    """Finds words with PDFium; see the function."""
    return pdfium_words


@pytest.fixture(name="poppler_words", scope="session")
def poppler_words_fixture() -> FindWords:
    """Finds words with Poppler; see the function."""
    return poppler_words


@pytest.fixture(name="pdftotext", scope="session")
def pdftotext_fixture() -> Callable[..., str]:
    """Reads text with Poppler; see the function."""
    return pdftotext


@pytest.fixture(name="pdfium_characters", scope="session")
def pdfium_characters_fixture() -> Callable[[bytes], Iterator[tuple[str, Rectangle]]]:
    """Finds characters with PDFium; see the function."""
    return pdfium_characters
