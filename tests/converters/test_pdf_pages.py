"""Where a PDF page's pixels lie, with either converter; pages are lazy and independent."""

from __future__ import annotations

import io
import random
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from pydantic import SecretStr

from notetext import Limits
from notetext.converters import Converter, Document, OpenOptions
from notetext.converters.pdf import PdfConverter
from notetext.documents import Source
from notetext.errors import CorruptInputError, PageRangeError

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]
FindInk = Callable[[Image.Image], tuple[int, int, int, int]]

# In points, on a page of 400×300: 30 from the left, 20 from the top, 100 wide, 40 high.
BLOCK = "0 g 30 240 100 40 re f"


def test_a_pdf_is_known_by_its_header_even_after_junk(converter: Converter) -> None:
    assert converter.accepts(b"%PDF-1.7\n")
    assert converter.accepts(b"\xef\xbb\xbf" + b" " * 500 + b"%PDF-2.0\n")
    assert not converter.accepts(b"\x89PNG\r\n\x1a\n")
    assert not converter.accepts(b" " * 2000 + b"%PDF-1.7")


def test_a_page_is_rendered_at_300_dpi_unless_asked(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, ink: FindInk
) -> None:
    with open_pdf(converter, make_pdf(BLOCK)) as document:
        page = document.page(1)
        assert (page.dpi, page.width, page.height) == (300, 1667, 1250)
        assert page.image().size == (1667, 1250)
        assert page.image().mode == "RGB"
        assert page.warnings == ()
        assert page.encoded is None
    with open_pdf(converter, make_pdf(BLOCK), dpi=72) as document:
        page = document.page(1)
        assert (page.dpi, page.width, page.height) == (72, 400, 300)
        assert ink(page.image()) == pytest.approx((30, 20, 130, 60), abs=1)


@pytest.mark.parametrize(
    ("rotation", "size", "place"),
    [
        (0, (400, 300), (30, 20, 130, 60)),
        (90, (300, 400), (240, 30, 280, 130)),
        (180, (400, 300), (270, 240, 370, 280)),
        (270, (300, 400), (20, 270, 60, 370)),
    ],
)
def test_a_page_comes_upright_by_its_rotation(
    converter: Converter,
    make_pdf: MakePdf,
    rotation: int,
    size: tuple[int, int],
    place: tuple[int, ...],
    open_pdf: OpenPdf,
    ink: FindInk,
) -> None:
    with open_pdf(converter, make_pdf(BLOCK, Rotate=rotation), dpi=72) as document:
        page = document.page(1)
        assert (page.width, page.height) == size
        assert ink(page.image()) == pytest.approx(place, abs=1)


@pytest.mark.parametrize("rotation", [0, 90])
def test_a_page_ends_at_its_crop_box(
    converter: Converter, make_pdf: MakePdf, rotation: int, open_pdf: OpenPdf, ink: FindInk
) -> None:
    crop = pikepdf.Array([20, 200, 220, 290])
    data = make_pdf(BLOCK, CropBox=crop, Rotate=rotation)
    with open_pdf(converter, data, dpi=144) as document:
        page = document.page(1)
        upright = (
            page.image() if rotation == 0 else page.image().transpose(Image.Transpose.ROTATE_90)
        )
        assert upright.size == (400, 180)
        assert ink(upright) == pytest.approx((20, 20, 220, 100), abs=2)


def test_a_crop_box_beyond_the_page_is_cut_to_it_or_the_page_is_refused(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, ink: FindInk
) -> None:
    data = make_pdf(BLOCK, CropBox=pikepdf.Array([-50, 100, 200, 900]))
    with open_pdf(converter, data, dpi=72) as document:
        page = document.page(1)
        assert (page.width, page.height) == (200, 200)
        # Some versions of Poppler show what lies below the box as well.
        refused = [CorruptInputError] if converter.name == "poppler" else []
        with suppress(*refused):
            assert ink(page.image()) == pytest.approx((30, 20, 130, 60), abs=1)


def test_a_media_box_may_begin_anywhere(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, ink: FindInk
) -> None:
    data = make_pdf(BLOCK, MediaBox=pikepdf.Array([-100, 50, 300, 350]))
    with open_pdf(converter, data, dpi=72) as document:
        assert ink(document.page(1).image()) == pytest.approx((130, 70, 230, 110), abs=1)


def test_a_page_with_a_user_unit_is_taken_for_one_of_points(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with open_pdf(converter, make_pdf(BLOCK, UserUnit=2), dpi=72) as document:
        page = document.page(1)
        assert page.image().size == (page.width, page.height) == (400, 300)


def test_annotations_and_filled_forms_are_drawn(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, ink: FindInk
) -> None:
    data = make_pdf()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        look = pdf.make_stream(
            b"0 g 0 0 50 20 re f",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, 50, 20]),
        )
        ink_note, field = (
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=subtype,
                    Rect=pikepdf.Array([left, 100, left + 50, 120]),
                    AP=pikepdf.Dictionary(N=look),
                    F=4,
                )
            )
            for subtype, left in ((pikepdf.Name.Ink, 20), (pikepdf.Name.Widget, 200))
        )
        field.FT, field.T, field.V = pikepdf.Name.Tx, "name", "x"
        pdf.pages[0].obj.Annots = pikepdf.Array([ink_note, field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        file = io.BytesIO()
        pdf.save(file)
    with open_pdf(converter, file.getvalue(), dpi=72) as document:
        image = document.page(1).image()
        assert ink(image.crop((0, 0, 150, 300))) == pytest.approx((20, 180, 70, 200), abs=1)
        assert ink(image.crop((150, 0, 400, 300))) == pytest.approx((50, 180, 100, 200), abs=1)
        layer = document.page(1).text_layer()
        assert layer is not None
        assert layer.has_marks


def test_both_converters_draw_the_same_page(
    poppler: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    text = "BT /F 20 Tf 40 150 Td (The same note, drawn twice) Tj ET"
    data = make_pdf(f"{BLOCK} {text}", Rotate=90)
    pictures = []
    for made in (PdfConverter(), poppler):
        with open_pdf(made, data, dpi=100) as document:
            pictures.append(np.asarray(document.page(1).image().convert("L"), np.float32))
    assert np.abs(pictures[0] - pictures[1]).mean() < 3


def test_pages_are_independent_and_come_in_any_order(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, ink: FindInk
) -> None:
    contents = [f"0 g {10 * number} 100 10 10 re f" for number in range(1, 6)]
    with open_pdf(converter, make_pdf(contents), dpi=72) as document:
        assert document.page_count == 5
        for number in (5, 1, 3, 3):
            page = document.page(number)
            assert page.number == number
            assert ink(page.image())[0] == pytest.approx(10 * number, abs=1)
            assert page.image() is not page.image()


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_page_that_is_not_there_is_refused(
    converter: Converter, make_pdf: MakePdf, number: int, open_pdf: OpenPdf
) -> None:
    with (
        open_pdf(converter, make_pdf(["", ""])) as document,
        pytest.raises(PageRangeError, match="has 2"),
    ):
        document.page(number)


def test_a_file_is_read_where_it_lies_and_left_as_it_was(
    converter: Converter,
    make_pdf: MakePdf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ink: FindInk,
) -> None:
    monkeypatch.chdir(tmp_path)
    # A name that a program could take for an option.
    path = Path("-r 10 ü.pdf")
    path.write_bytes(make_pdf(BLOCK))
    path.chmod(stat.S_IRUSR)
    before = path.read_bytes()
    with converter.open(Source.of_path(path, Limits()), OpenOptions(dpi=72)) as document:
        assert ink(document.page(1).image()) == pytest.approx((30, 20, 130, 60), abs=1)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_closed_document_gives_no_more_pages(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    document = open_pdf(converter, make_pdf(BLOCK))
    page = document.page(1)
    document.close()
    document.close()
    for ask in (page.image, page.text_layer, lambda: document.page(1)):
        with pytest.raises(ValueError, match="was closed"):
            ask()


def test_what_pdfium_forgets_on_the_way_is_read_again(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, open_pdf: OpenPdf, ink: FindInk
) -> None:
    opened = []
    real = pypdfium2.PdfDocument

    def counted(*given: object) -> object:
        opened.append(given)
        return real(*given)

    monkeypatch.setattr("pypdfium2.PdfDocument", counted)
    monkeypatch.setattr("notetext.converters.pdfium._MOST_KEPT_BYTES", 20_000)
    padding = random.Random(1).randbytes(15_000).hex()
    data = make_pdf(
        [f"0 g {10 * n} 100 10 10 re f % {padding}" for n in range(1, 9)], password="s3cret"
    )
    with open_pdf(PdfConverter(), data, password=SecretStr("s3cret"), dpi=72) as document:
        for number in (*range(1, 9), 2):
            assert ink(document.page(number).image())[0] == pytest.approx(10 * number, abs=1)
    assert 3 <= len(opened) <= 9


def test_several_threads_may_read_several_documents(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    contents = [f"0 g {10 * n} 100 10 {10 * n} re f BT /F 9 Tf 9 9 Td (n{n}) Tj ET" for n in (1, 2)]
    data = make_pdf(contents * 4)
    with open_pdf(converter, data, dpi=72) as one, open_pdf(converter, data, dpi=72) as other:

        def read(number: int) -> tuple[bytes, object]:
            page = (one if number % 3 else other).page(number)
            return page.image().tobytes(), page.text_layer()

        alone = [read(number) for number in (1, 2)]
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(read, range(1, 9)))
    assert together == alone * 4
