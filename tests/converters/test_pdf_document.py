"""Where a PDF page's pixels lie and how many, with either converter; pages are independent."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notetext import Limits
from notetext.converters import Converter, Document
from notetext.converters.pdf_document import allowed_dpi
from notetext.errors import CorruptInputError

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]
FindInk = Callable[[Image.Image], tuple[int, int, int, int]]

# In points, on a page of 400×300: 30 from the left, 20 from the top, 100 wide, 40 high.
BLOCK = "0 g 30 240 100 40 re f"


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


def test_a_page_without_a_size_is_damaged(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    data = make_pdf(["", ""], CropBox=pikepdf.Array([500, 500, 600, 600]))
    with open_pdf(converter, data) as document:
        with pytest.raises(CorruptInputError, match="no size") as caught:
            document.page(2)
        assert caught.value.page == 2


def test_a_huge_page_is_rendered_as_large_as_the_limit_allows(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, ink: FindInk
) -> None:
    data = make_pdf("0 g 3600 3600 7200 7200 re f", size=(14_400, 14_400))
    with open_pdf(converter, data, limits=Limits(max_pixels=1_000_000)) as document:
        page = document.page(1)
        assert page.dpi == 5
        assert page.image().size == (page.width, page.height) == (1000, 1000)
        assert ink(page.image()) == pytest.approx((250, 250, 750, 750), abs=1)
        (warning,) = page.warnings
        assert "200.0×200.0 inches" in warning
        assert "max_pixels=1,000,000" in warning


def test_a_wild_resolution_is_brought_within_the_limit(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with open_pdf(converter, make_pdf(BLOCK, size=(612, 792)), dpi=2897) as document:
        page = document.page(1)
        assert page.dpi == 1266
        assert 149_000_000 < page.width * page.height <= 150_000_000
        assert "instead of 2897" in page.warnings[0]


@pytest.mark.parametrize("size", [(0.01, 14_400), (14_400, 0.01), (3, 3)])
def test_a_strip_of_a_page_still_has_pixels(
    converter: Converter, make_pdf: MakePdf, size: tuple[float, float], open_pdf: OpenPdf
) -> None:
    with open_pdf(converter, make_pdf(size=size), limits=Limits(max_pixels=50)) as document:
        page = document.page(1)
        assert 1 <= page.width * page.height <= 50
        assert page.image().size == (page.width, page.height)


sides = st.floats(72, 14_400)


@given(sides, sides, st.floats(1, 5000), st.integers(1, 10**9))
def test_the_resolution_is_the_one_asked_for_or_the_highest_whole_one_within_the_limit(
    width: float, height: float, asked: float, limit: int
) -> None:
    def pixels(dpi: float) -> int:
        return max(1, round(width * dpi / 72)) * max(1, round(height * dpi / 72))

    dpi = allowed_dpi(width, height, asked, limit)
    assert pixels(dpi) <= limit
    assert dpi <= asked
    if dpi < asked and dpi > 1:
        assert dpi == int(dpi)
        assert pixels(dpi + 2) > limit
