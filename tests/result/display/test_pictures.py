"""A page's pixels, and pictures small enough to be kept."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import NoteText
from notetext.documents import Attachment
from notetext.engines import Engine
from notetext.errors import MissingSourceError
from notetext.result.display.pictures import picture_in, small_jpeg
from notetext.result.page import picture_of


def test_a_page_is_seen_upright_and_is_a_copy(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "note.jpg"
    on_its_side = Image.new("RGB", (60, 40), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    on_its_side.save(path, exif=exif)
    (page,) = NoteText(engine=engine).recognize(path).pages
    first = picture_of(page)
    assert (first.mode, first.size) == ("RGB", (40, 60))
    first.putpixel((5, 5), (0, 0, 0))
    assert picture_of(page).getpixel((5, 5)) != (0, 0, 0)


def test_pixels_that_the_caller_gave_are_not_drawn_on(engine: Engine) -> None:
    pixels = np.full((40, 60), 200, np.uint8)
    (page,) = NoteText(engine=engine).recognize(pixels).pages
    picture_of(page).paste(0, (0, 0, 60, 40))
    assert (pixels == 200).all()


def test_without_a_document_the_page_and_the_remedy_are_named() -> None:
    with pytest.raises(MissingSourceError, match=r"result\.attach") as caught:
        picture_in(Attachment(), 7)
    assert caught.value.page == 7


@pytest.mark.parametrize(
    ("size", "small"), [((400, 200), (50, 25)), ((200, 400), (25, 50)), ((30, 20), (30, 20))]
)
def test_a_small_picture_keeps_its_shape_and_is_never_enlarged(
    size: tuple[int, int], small: tuple[int, int]
) -> None:
    picture = Image.new("RGB", size, "white")
    with Image.open(io.BytesIO(small_jpeg(picture, 50))) as saved:
        assert (saved.format, saved.size) == ("JPEG", small)
    assert picture.size == size
