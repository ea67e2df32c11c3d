"""A PDF page is drawn at the resolution of what is on it, with either converter."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest

from notetext.converters import Converter, Document
from notetext.converters.pdf import PdfConverter
from notetext.converters.pdf_resolution import Contents, fitting_dpi

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]

# The picture of 40 × 40 pixels, over all of a page of 400 × 300 points: 7 and 10 dpi.
COARSE = "q 400 0 0 300 0 0 cm /Im Do Q"


def scan(
    size_pt: tuple[float, float],
    *,
    pixels: tuple[int, int] = (600, 800),
    before: str = "",
    after: str = "",
    place: str | None = None,
    turned: int = 0,
) -> bytes:
    """A page that a picture of noise covers, between what is drawn before and after."""
    width, height = size_pt
    noise = np.random.default_rng(1).integers(0, 255, pixels[::-1], np.uint8)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=size_pt)
        image = pdf.make_stream(
            noise.tobytes(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=pixels[0],
            Height=pixels[1],
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.resources.XObject = pikepdf.Dictionary(I=image)
        page.resources.Font = pikepdf.Dictionary(F=font)
        page.obj.Rotate = turned
        drawn = place or f"{width} 0 0 {height} 0 0 cm"
        page.contents_add(f"{before} q {drawn} /I Do Q {after}".encode("ascii"))
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


@pytest.mark.parametrize("size", [(600, 800), (450, 600), (24, 32), (1800, 2400)])
def test_the_same_picture_has_the_same_pixels_however_large_its_page(
    converter: Converter, open_pdf: OpenPdf, size: tuple[float, float]
) -> None:
    with open_pdf(converter, scan(size)) as document:
        page = document.page(1)
        assert (page.width, page.height) == (600, 800)
        assert page.warnings == ()


def test_pdfium_draws_a_picture_pixel_for_pixel(open_pdf: OpenPdf) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (800, 600), np.uint8)
    with open_pdf(PdfConverter(), scan((450, 600))) as document:
        assert np.array_equal(np.asarray(document.page(1).image().convert("L")), noise)


def test_a_page_that_lies_on_its_side_is_no_other(converter: Converter, open_pdf: OpenPdf) -> None:
    sideways = scan((800, 600), place="0 600 -800 0 800 0 cm", turned=90)
    with open_pdf(converter, sideways) as document:
        page = document.page(1)
        assert (page.width, page.height, page.dpi) == (600, 800, 72)


def test_the_finer_way_of_a_fax_counts(converter: Converter, open_pdf: OpenPdf) -> None:
    with open_pdf(converter, scan((612, 792), pixels=(1734, 1078))) as document:
        assert document.page(1).dpi == pytest.approx(204, abs=0.1)


@pytest.mark.parametrize(
    ("before", "after", "dpi"),
    [
        ("BT /F 12 Tf 3 Tr 50 50 Td (unseen) Tj ET", "", 96),
        ("BT /F 12 Tf 50 50 Td (below) Tj ET", "", 96),
        ("", "BT /F 12 Tf 50 50 Td (a stamp) Tj ET", 300),
        ("", "0 g 30 240 100 40 re f", 300),
    ],
)
def test_what_is_drawn_over_a_scan_is_drawn_finely(
    converter: Converter, open_pdf: OpenPdf, before: str, after: str, dpi: float
) -> None:
    with open_pdf(converter, scan((450, 600), before=before, after=after)) as document:
        assert document.page(1).dpi == pytest.approx(dpi)


def test_a_resolution_that_is_asked_for_wins(converter: Converter, open_pdf: OpenPdf) -> None:
    with open_pdf(converter, scan((450, 600)), dpi=300) as document:
        assert (document.page(1).dpi, document.page(1).width) == (300, 1875)


def test_a_coloured_area_that_was_saved_as_a_picture_is_none(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with open_pdf(converter, make_pdf(COARSE)) as document:
        assert document.page(1).dpi == 300


def test_pictures_within_forms_count_and_those_off_the_page_do_not(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    # /Fm draws /Im in half the size.
    with open_pdf(converter, make_pdf("q 40 0 0 40 0 0 cm /Fm Do Q", size=(40, 40))) as document:
        assert document.page(1).dpi == pytest.approx(144)
    with open_pdf(converter, make_pdf("q 4 0 0 4 900 0 cm /Im Do Q")) as document:
        assert document.page(1).dpi == 300


@pytest.mark.parametrize(
    ("contents", "size", "dpi"),
    [
        (Contents(), (595, 842), 300),
        (Contents(None, drawn=False), (595, 842), 300),
        (Contents(200, True, False), (595, 842), 200),
        (Contents(297, True, False), (595, 842), 300),
        (Contents(600, True, False), (595, 842), 300),
        (Contents(600, True, False), (298, 421), 600),
        (Contents(1200, False, True), (595, 842), 300),
        (Contents(150, False, True), (595, 842), 300),
        (Contents(72, True, True), (595, 842), 300),
        (Contents(72, True, True), (960, 540), 300),
    ],
)
def test_the_resolution_follows_from_what_is_there(
    contents: Contents, size: tuple[float, float], dpi: float
) -> None:
    assert fitting_dpi(contents, *size) == pytest.approx(dpi, abs=1)


@pytest.mark.parametrize("shrunk", [1, 8, 64])
def test_a_fine_scan_costs_no_more_than_a_sheet_of_a4(shrunk: int) -> None:
    size = (595 / shrunk, 842 / shrunk)
    dpi = fitting_dpi(Contents(1200 * shrunk, True, False), *size)
    assert size[0] * size[1] * (dpi / 72) ** 2 == pytest.approx(2480 * 3508, rel=0.01)


def test_a_stamp_on_a_photo_of_one_point_a_pixel_costs_no_more_than_a3() -> None:
    dpi = fitting_dpi(Contents(72, True, True), 3000, 4000)
    assert 3000 * 4000 * (dpi / 72) ** 2 == pytest.approx(4960 * 3508, rel=0.06)
