"""Where the words of a result stand."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from notetext.model import Box, Line, Word
from notetext.testing.fake_service import FakeResult
from notetext.testing.placed_text import as_png, picture_size, placed_rows


def picture(kind: str, mode: str = "L") -> bytes:
    file = io.BytesIO()
    Image.new(mode, (60, 40)).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["BMP", "GIF", "JPEG", "PNG", "TIFF"])
def test_the_formats_that_the_service_reads_are_read(kind: str) -> None:
    assert picture_size(picture(kind)) == (60, 40)
    with Image.open(io.BytesIO(as_png(picture(kind)))) as png:
        assert (png.format, png.size) == ("PNG", (60, 40))


def test_a_pdf_is_as_large_as_a_page_of_a4() -> None:
    assert picture_size(b"%PDF-1.7 ...") == (595, 842)


def test_a_picture_for_printers_is_one_too() -> None:
    assert as_png(picture("JPEG", "CMYK")).startswith(b"\x89PNG")


def test_what_is_no_picture_is_told() -> None:
    for ask in (picture_size, as_png):
        with pytest.raises(ValueError, match="cannot be read"):
            ask(b"picture")


def test_words_without_places_share_the_picture() -> None:
    rows = placed_rows(FakeResult("Tea &\n\nmilk"), (60, 40))
    assert [row.text for row in rows] == ["Tea &", "milk"]
    assert [word.corners for word in rows[0].words] == [(0, 0, 30, 20), (30, 0, 60, 20)]
    assert placed_rows(FakeResult(" \n"), (60, 40)) == []


def test_words_with_places_stand_where_they_stand() -> None:
    words = (Word(text="Tea", box=Box.rectangle(1, 2, 30, 20)), Word(text="?"))
    rows = placed_rows(FakeResult("Tea ?", [Line(words=words), Line()]), (60, 40))
    (row,) = rows
    assert row.corners == (1, 2, 30, 20)
    assert row.as_line() == Line(words=words)


def test_what_is_struck_out_is_no_part_of_an_answer() -> None:
    words = (Word(text="Tea"), Word(text="milk", struck=True))
    rows = placed_rows(FakeResult("Tea", [Line(words=words), Line(words=words[1:])]), (60, 40))
    assert [row.text for row in rows] == ["Tea"]


def test_a_row_can_be_cut() -> None:
    (row,) = placed_rows(FakeResult("Tea and milk"), (60, 40))
    cut = row.only(lambda x, y: x < 40)
    assert cut is not None
    assert cut.text == "Tea and"
    assert row.only(lambda x, y: False) is None
