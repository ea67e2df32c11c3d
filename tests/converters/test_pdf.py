"""Converters for PDF: what they take for one, and how they treat the user's file."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from notetext import Limits
from notetext.converters import Converter, Document, OpenOptions
from notetext.documents import Source
from notetext.errors import InputTooLargeError

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


def test_too_many_pages_are_refused(
    converter: Converter, make_pdf: MakePdf, open_pdf: OpenPdf
) -> None:
    with pytest.raises(InputTooLargeError, match="max_pages=2") as caught:
        open_pdf(converter, make_pdf(["", "", ""]), limits=Limits(max_pages=2))
    assert (caught.value.limit, caught.value.actual) == ("max_pages", 3)
