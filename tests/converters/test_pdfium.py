"""PDFium: what is encrypted, damaged or closed, and what it may keep; with either converter."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from pydantic import SecretStr

from notetext.converters import Converter, Document, pdfium
from notetext.converters.pdf import PdfConverter
from notetext.errors import (
    CorruptInputError,
    EncryptedPdfError,
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
    real = pdfium._WithForms

    def counted(*given: object) -> object:
        opened.append(given)
        return real(*given)

    monkeypatch.setattr(pdfium, "_WithForms", counted)
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
