"""Documents with text under them: originals that stay what they were, and pages of pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray
from PIL import Image

from notetext import Box, Line, NoteText, Page, Paragraph, RecognitionResult, Word
from notetext.errors import ExportError
from notetext.model import PageStatus

Rectangle = tuple[float, float, float, float]
MakePdf = Callable[..., bytes]
Render = Callable[..., NDArray[np.uint8]]
FindWords = Callable[..., list[tuple[str, Rectangle]]]
ToText = Callable[..., str]


def pdf_of(result: RecognitionResult) -> bytes:
    data = result.to("pdf")
    assert isinstance(data, bytes)
    return data


INK = "1 0 0 1 0 0 cm 0 g 100 120 60 24 re f 2 0 0 2 50 50 cm"
"""A black rectangle; what follows would be moved, were the coordinates not restored."""


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 60, 300, 250)])
def test_a_pdf_keeps_its_page_and_gets_the_words_where_they_are_seen(
    reader: NoteText,
    rendered: Render,
    make_pdf: MakePdf,
    rotation: int,
    crop: Sequence[float] | None,
    pdfium_words: FindWords,
) -> None:
    entries = {"Rotate": rotation} | ({"CropBox": pikepdf.Array(crop)} if crop else {})
    original = make_pdf(INK, **entries)
    data = pdf_of(reader.recognize(original))
    ((text, place),) = pdfium_words(data)
    assert text == "ink"
    assert place == pytest.approx((100, 120, 160, 144), abs=1.5)
    assert (rendered(data) == rendered(original)).all()


def test_a_page_without_content_or_resources_gets_its_text(
    reader: NoteText, make_pdf: MakePdf, pdfium_words: FindWords
) -> None:
    with pikepdf.open(io.BytesIO(make_pdf(""))) as pdf:
        for key in ("/Contents", "/Resources"):
            del pdf.pages[0].obj[key]
        file = io.BytesIO()
        pdf.save(file)
    result = reader.recognize(file.getvalue())
    word = Word(text="added", box=Box.rectangle(100, 100, 400, 150))
    paragraphs = (Paragraph(lines=(Line(words=(word,)),)),)
    page = result.pages[0].model_copy(update={"paragraphs": paragraphs})
    data = pdf_of(result.model_copy(update={"pages": (page,)}))
    assert [text for text, _ in pdfium_words(data)] == ["added"]


def test_a_pdf_that_cannot_be_changed_is_an_error_of_ours(
    reader: NoteText, make_pdf: MakePdf
) -> None:
    result = reader.recognize(make_pdf(INK))
    page = result.pages[0].model_copy(update={"number": 7})
    with pytest.raises(ExportError, match="too damaged"):
        pdf_of(result.model_copy(update={"pages": (page,)}))


def test_pages_that_share_their_resources_share_the_font(
    reader: NoteText, make_pdf: MakePdf, pdfium_words: FindWords
) -> None:
    original = make_pdf([INK] * 3)
    data = pdf_of(reader.recognize(original))
    assert [pdfium_words(data, n)[0][0] for n in range(3)] == ["ink"] * 3
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert set(pdf.pages[2].resources.Font.keys()) == {"/F", "/Notetext1"}
        assert pdf.check_pdf_syntax() == []


def test_words_that_a_pdf_holds_already_are_not_added_again(
    reader: NoteText, make_pdf: MakePdf, pdftotext: ToText
) -> None:
    printed = "BT /F 12 Tf 50 200 Td (These words are printed in the document) Tj ET"
    result = reader.recognize(make_pdf(printed))
    assert result.pages[0].engine == "text_layer"
    assert pdftotext(pdf_of(result)).split() == result.text.split()


def test_exporting_what_was_exported_adds_nothing(
    reader: NoteText, make_pdf: MakePdf, pdfium_words: FindWords
) -> None:
    once = pdf_of(reader.recognize(make_pdf(INK)))
    twice = pdf_of(reader.recognize(once))
    assert [text for text, _ in pdfium_words(twice)] == ["ink"]


def test_only_the_pages_that_were_read_come_in_their_order(
    reader: NoteText, make_pdf: MakePdf, pdfium_words: FindWords
) -> None:
    original = make_pdf([f"0 g {n}0 100 50 20 re f" for n in (1, 5, 9)])
    result = reader.recognize(original, pages=[3, 1])
    data = pdf_of(result)
    assert [round(pdfium_words(data, n)[0][1][0]) for n in range(2)] == [90, 10]
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == 2


def test_an_encrypted_pdf_stays_encrypted(reader: NoteText, make_pdf: MakePdf) -> None:
    original = make_pdf(INK, password="secret")
    data = pdf_of(reader.recognize(original, password="secret"))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data), password="secret") as pdf:
        assert "/Notetext1" in pdf.pages[0].resources.Font


def test_a_page_that_failed_keeps_its_picture(reader: NoteText, rendered: Render) -> None:
    pages = [Image.new("L", (60, 40), shade) for shade in (200, 90)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], dpi=(72, 72))
    result = reader.recognize(file.getvalue())
    torn = result.pages[1].model_copy(update={"status": PageStatus.FAILED, "paragraphs": ()})
    lost = Page(number=2, width=0, height=0, engine="ink", status=PageStatus.FAILED)
    for failed, shade in ((torn, 90), (lost, 255)):
        data = pdf_of(result.model_copy(update={"pages": (result.pages[0], failed)}))
        assert rendered(data, 1)[20, 20].min() == shade


def test_a_very_large_page_fits_a_pdf(reader: NoteText) -> None:
    image = Image.new("1", (20_000, 40), 1)
    image.info["dpi"] = (72, 72)
    data = pdf_of(reader.recognize(image))
    with pypdfium2.PdfDocument(data) as pdf:
        assert pdf.get_page_size(0)[0] == pytest.approx(14_400)


def test_a_fax_is_as_large_as_it_was_and_its_words_lie_where_they_are_seen(
    reader: NoteText, pdfium_words: FindWords
) -> None:
    fax = Image.new("1", (1728, 1143), 1)
    # An inch from the left and the top, two inches wide, a quarter of an inch high.
    fax.paste(0, (204, 98, 612, 122))
    file = io.BytesIO()
    fax.save(file, "TIFF", compression="group3", dpi=(204, 98))
    result = reader.recognize(file.getvalue())
    (page,) = result.pages
    assert (page.width, page.height, page.dpi, page.dpi_y) == (1728, 1143, 204, 98)
    data = pdf_of(result)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == pytest.approx(
            [0, 0, 609.9, 839.8], abs=0.1
        )
    ((_, place),) = pdfium_words(data)
    assert place == pytest.approx((72, 750, 216, 768), abs=2)
