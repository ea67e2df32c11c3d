"""The sets that are made of pages of handwriting."""

from __future__ import annotations

from pathlib import Path

from measuring.drawn.crops import english_crops
from measuring.drawn.places import measured_pages
from measuring.drawn.struck import struck
from measuring.transcribed import TranscribedImage
from PIL import Image


def test_places_lie_in_order_and_words_in_lines_of_their_own() -> None:
    for page in measured_pages("notes_en"):
        first, second, third = page.lines
        assert first.top < second.top < third.top
        assert len({word.line for word in page.words}) == len(page.words)


def test_a_crop_is_as_large_as_its_lines_and_has_their_text(data: Path, tmp_path: Path) -> None:
    crops = english_crops(data, tmp_path)
    lines = [crop for crop in crops if crop.path.name.startswith("line")]
    assert all(len(crop.text.splitlines()) == 1 for crop in lines)
    regions = [crop for crop in crops if crop not in lines]
    assert all(len(crop.text.splitlines()) == 3 for crop in regions)
    page = measured_pages("notes_en")[0]
    with Image.open(lines[0].path) as image:
        assert 1 < image.height / page.lines[0].height < 1.4
    assert lines[0].text == page.text_lines(data)[page.lines[0].line]


def test_the_text_of_a_struck_page_lacks_what_is_struck_out(data: Path, tmp_path: Path) -> None:
    pages = {page.path.name: page for page in struck(data, tmp_path)}
    page = next(page for page in measured_pages("notes_en") if page.words)
    (made,) = (page_made for name, page_made in pages.items() if Path(page.name).stem in name)
    lines = made.text.splitlines()
    for word in page.words:
        whole = page.text_lines(data)[word.line].split()
        assert word.word is not None
        del whole[word.word]
        assert lines[word.line].split() == whole
    assert _darker(made, page.picture(data))


def _darker(made: TranscribedImage, page: Path) -> bool:
    with Image.open(made.path) as struck_out, Image.open(page) as before:
        return sum(struck_out.histogram()[:128]) > sum(before.histogram()[:128])
