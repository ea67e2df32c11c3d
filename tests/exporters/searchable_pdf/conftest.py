"""PDF files made to measure."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pikepdf
import pytest


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
