"""PDFs that are encrypted, damaged, empty or too large, with either converter."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image
from pydantic import SecretStr

from notetext import Limits
from notetext.converters import Converter, Document
from notetext.converters.pdf import PdfConverter
from notetext.errors import (
    CorruptInputError,
    EncryptedPdfError,
    InputTooLargeError,
    NoteTextError,
)

MakePdf = Callable[..., bytes]
OpenPdf = Callable[..., Document]
FindInk = Callable[[Image.Image], tuple[int, int, int, int]]

# In points, on a page of 400×300: 30 from the left, 20 from the top, 100 wide, 40 high.
BLOCK = "0 g 30 240 100 40 re f"


def test_an_encrypted_pdf_asks_for_its_password(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    data = make_pdf(BLOCK, password="s3cret")
    with pytest.raises(EncryptedPdfError, match="pass its password"):
        open_pdf(converter, data)
    with pytest.raises(EncryptedPdfError, match="does not open") as caught:
        open_pdf(converter, data, password=SecretStr("guess"))
    assert "guess" not in repr(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).message == caught.value.message


@pytest.mark.parametrize("password", ["s3cret", "the owner"])
def test_an_encrypted_pdf_opens_with_the_users_or_the_owners_password(
    converter: Converter, make_pdf: MakePdf, password: str, open_pdf: OpenPdf, ink: FindInk
) -> None:
    data = make_pdf(BLOCK, password="s3cret")
    with open_pdf(converter, data, password=SecretStr(password), dpi=72) as document:
        assert ink(document.page(1).image()) == pytest.approx((30, 20, 130, 60), abs=1)


def test_a_password_does_no_harm_where_none_is_needed(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with open_pdf(converter, make_pdf(BLOCK), password=SecretStr("any"), dpi=72) as document:
        assert document.page(1).image().size == (400, 300)


def test_a_pdf_without_pages_is_an_error(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with pytest.raises(CorruptInputError, match="no pages"):
        open_pdf(converter, make_pdf([]))


def test_broken_cross_references_are_repaired(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf, ink: FindInk
) -> None:
    data = make_pdf(BLOCK)
    start = data.rindex(b"startxref")
    broken = data[:start] + b"startxref\n999999\n%%EOF\n"
    with open_pdf(converter, broken, dpi=72) as document:
        assert ink(document.page(1).image()) == pytest.approx((30, 20, 130, 60), abs=1)


def test_a_page_without_a_size_is_damaged(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    data = make_pdf(["", ""], CropBox=pikepdf.Array([500, 500, 600, 600]))
    with open_pdf(converter, data) as document:
        with pytest.raises(CorruptInputError, match="no size") as caught:
            document.page(2)
        assert caught.value.page == 2


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"rubbish " * 100])
def test_what_only_looks_like_a_pdf_is_damaged(
    converter: Converter, data: bytes, open_pdf: OpenPdf
) -> None:
    with pytest.raises(CorruptInputError, match="damaged"):
        open_pdf(converter, data)


def test_damage_anywhere_is_an_error_of_ours_or_none(make_pdf: MakePdf, open_pdf: OpenPdf) -> None:
    data = make_pdf([BLOCK, "BT /F 12 Tf 50 50 Td (text) Tj ET"], size=(40, 30))
    rng = random.Random(3)
    opened = 0
    for _ in range(150):
        damaged = bytearray(data[: rng.randrange(20, len(data))] if rng.random() < 0.3 else data)
        for _ in range(rng.randrange(6)):
            damaged[rng.randrange(8, len(damaged))] = rng.randrange(256)
        try:
            with open_pdf(PdfConverter(), bytes(damaged), dpi=72) as document:
                page = document.page(1)
                page.image()
                page.text_layer()
                opened += 1
        except NoteTextError:
            pass
    assert opened > 20


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


def test_too_many_pages_are_refused(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with pytest.raises(InputTooLargeError, match="max_pages=2") as caught:
        open_pdf(converter, make_pdf(["", "", ""]), limits=Limits(max_pages=2))
    assert (caught.value.limit, caught.value.actual) == ("max_pages", 3)
