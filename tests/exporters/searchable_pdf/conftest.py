"""PDF files made to measure, a reader that finds ink, and pages as PDFium draws them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray

from notetext import Box, Line, NoteText, Word
from notetext.engines import Engine, Reading, Request
from notetext.page_image import PageImage


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
