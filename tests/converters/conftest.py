"""PDF files made to measure, and what opens them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image

from notetext.converters import Converter, Document, OpenOptions
from notetext.converters.pdf import PdfConverter
from notetext.converters.poppler import PopplerConverter
from notetext.documents import Source
from notetext.errors import MissingDependencyError

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]
FindInk = Callable[[Image.Image], tuple[int, int, int, int]]


def make_pdf(
    contents: str | Sequence[str] = "",
    *,
    size: tuple[float, float] = (400, 300),
    password: str | None = None,
    **entries: Any,
) -> bytes:
    """A PDF of one page a content stream.

    The streams may use the font ``/F`` (Helvetica), the pictures ``/Im`` (grey) and ``/Cut`` (with
    a soft mask), the form ``/Fm`` (``/Im`` in half its size) and the states ``/Ghost`` (fully
    transparent) and ``/Half`` (half transparent).

    Args:
        contents: a content stream, or one a page.
        size: of the pages, in points.
        password: to encrypt with.
        entries: of each page's dictionary, such as ``Rotate=90``.
    """
    name = pikepdf.Name
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
    jpeg = io.BytesIO()
    Image.new("L", (40, 40), 200).save(jpeg, "JPEG")
    picture = {
        "Type": name.XObject,
        "Subtype": name.Image,
        "Width": 40,
        "Height": 40,
        "ColorSpace": name.DeviceGray,
        "BitsPerComponent": 8,
    }
    image = pdf.make_stream(jpeg.getvalue(), Filter=name.DCTDecode, **picture)
    form = pdf.make_stream(
        b"/Im Do",
        Type=name.XObject,
        Subtype=name.Form,
        BBox=pikepdf.Array([0, 0, 1, 1]),
        Matrix=pikepdf.Array([0.5, 0, 0, 0.5, 0, 0]),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image)),
    )
    resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F=pdf.make_indirect(font)),
        XObject=pikepdf.Dictionary(Im=image, Fm=form),
        ExtGState=pikepdf.Dictionary(
            Ghost=pikepdf.Dictionary(ca=0), Half=pikepdf.Dictionary(ca=0.5)
        ),
    )
    for content in [contents] if isinstance(contents, str) else contents:
        pdf.add_blank_page()
        page = pdf.pages[-1].obj
        page.MediaBox = pikepdf.Array([0, 0, *size])
        page.Contents = pdf.make_stream(content.encode("latin-1"))
        page.Resources = resources
        for key, value in entries.items():
            page[f"/{key}"] = value
    file = io.BytesIO()
    if password is None:
        pdf.save(file)
    else:
        pdf.save(file, encryption=pikepdf.Encryption(owner="the owner", user=password))
    return file.getvalue()


@pytest.fixture(name="make_pdf")
def make_pdf_fixture() -> MakePdf:
    """Makes PDFs; see the function."""
    return make_pdf


@pytest.fixture(params=[PdfConverter, PopplerConverter])
def converter(request: pytest.FixtureRequest) -> Converter:
    """Each converter for PDF in turn."""
    made: Converter = request.param()
    return available(made)


@pytest.fixture
def poppler() -> Converter:
    """The converter that draws with Poppler."""
    return available(PopplerConverter())


def available(converter: Converter) -> Converter:
    """The converter itself; the test is skipped if what it needs is not installed."""
    try:
        converter.check()
    except MissingDependencyError as error:
        pytest.skip(str(error))
    return converter


@pytest.fixture
def open_pdf() -> OpenPdf:
    """Opens bytes with a converter and with any of `OpenOptions`."""

    def open_bytes(converter: Converter, data: bytes, **options: Any) -> Document:
        opening = OpenOptions(**options)
        return converter.open(Source(None, data, opening.limits), opening)

    return open_bytes


@pytest.fixture
def ink() -> FindInk:
    """Finds the left, the top, the right and the bottom of what is dark."""

    def find(image: Image.Image) -> tuple[int, int, int, int]:
        rows, columns = np.nonzero(np.asarray(image.convert("L")) < 128)
        return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1

    return find
