"""Pages' pictures in a PDF: what was given, byte for byte or pixel by pixel."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from notetext import NoteText, RecognitionResult
from notetext.page_image import to_pixels

Render = Callable[..., NDArray[np.uint8]]


def pdf_of(result: RecognitionResult) -> bytes:
    data = result.to("pdf")
    assert isinstance(data, bytes)
    return data


def embedded_jpeg(data: bytes) -> bytes:
    """The picture of the first page as it lies in the file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        image = pdf.pages[0].resources.XObject["/Page"]
        assert image.Filter == pikepdf.Name.DCTDecode
        return image.read_raw_bytes()


def test_an_upright_jpeg_is_embedded_byte_for_byte(letter: RecognitionResult, notes: Path) -> None:
    assert embedded_jpeg(pdf_of(letter)) == (notes / "letter.jpg").read_bytes()


def picture() -> Image.Image:
    """A picture without any symmetry, in soft colours."""
    image = Image.new("RGB", (120, 80), (250, 240, 200))
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, 60, 24), fill=(40, 60, 120))
    pen.rectangle((8, 40, 24, 72), fill=(200, 80, 60))
    return image


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_on_its_side_stays_as_it_is_and_is_seen_upright(
    reader: NoteText, rendered: Render, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture().save(file, "JPEG", quality=95, exif=exif, dpi=(72, 72))
    result = reader.recognize(file.getvalue())
    data = pdf_of(result)
    assert embedded_jpeg(data) == file.getvalue()
    upright = np.asarray(ImageOps.exif_transpose(Image.open(file)).convert("RGB"), float)
    assert np.abs(rendered(data) - upright).mean() < 3


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "CMYK", "I;16"])
def test_a_lossless_picture_stays_as_it_is(reader: NoteText, rendered: Render, mode: str) -> None:
    image = (
        picture().convert("L").convert("I").convert(mode)
        if mode == "I;16"
        else (picture().convert(mode))
    )
    image.info["dpi"] = (72, 72)
    data = pdf_of(reader.recognize(image))
    expected = to_pixels(image)
    seen = rendered(data).reshape(expected.shape[0], expected.shape[1], -1)
    assert (seen == expected.reshape(*expected.shape[:2], -1)).all()


def test_a_jpeg_in_inks_has_the_colours_that_its_maker_meant(
    reader: NoteText, rendered: Render, tmp_path: Path
) -> None:
    path = tmp_path / "inks.jpg"
    picture().convert("CMYK").save(path, quality=95, dpi=(72, 72))
    data = pdf_of(reader.recognize(path))
    assert embedded_jpeg(data) == path.read_bytes()
    assert np.abs(rendered(data) - np.asarray(Image.open(path).convert("RGB"), float)).mean() < 12


def test_a_picture_compressed_with_loss_stays_small(reader: NoteText, tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(200, 20, (400, 600, 3)).clip(0, 255)
    path = tmp_path / "photo.webp"
    Image.fromarray(noise.astype(np.uint8)).save(path, quality=50)
    data = pdf_of(reader.recognize(path))
    assert len(embedded_jpeg(data)) < noise.size / 2
