"""What a PDF holds beside its pages is named, since it is not read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from notetext.converters import Converter, Document

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]

COVER = "BT /F 12 Tf 20 70 Td (Please wait...) Tj ET"


def warnings_of(document: Document) -> list[str]:
    return [warning for n in (1, document.page_count) for warning in document.page(n).warnings]


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


def test_a_dynamic_xfa_form_says_that_it_is_one(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    def dynamic(pdf: pikepdf.Pdf) -> None:
        pdf.Root.NeedsRendering = True
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp:xdp/>"))

    with open_pdf(converter, changed(make_pdf([COVER, COVER]), dynamic)) as document:
        (warning,) = warnings_of(document)
    assert "dynamic XFA form" in warning
    assert "not read" in warning


@pytest.mark.parametrize("count", [1, 5])
def test_attached_files_are_named(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, count: int
) -> None:
    def portfolio(pdf: pikepdf.Pdf) -> None:
        for number in range(count):
            pdf.attachments[f"scan{number}\n.pdf"] = b"%PDF-1.7"
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)

    with open_pdf(converter, changed(make_pdf([COVER, COVER]), portfolio)) as document:
        (warning,) = warnings_of(document)
    assert "scan0" in warning
    assert "portfolio" in warning
    assert str(count) in warning
    assert "\n" not in warning
    assert ("…" in warning) == (count > 3)


def test_an_ordinary_pdf_says_nothing(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with open_pdf(converter, make_pdf([COVER, COVER])) as document:
        assert warnings_of(document) == []
