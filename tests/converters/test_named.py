"""Converters by name, and who opens what if nobody says."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from notetext.converters import HEAD_BYTES
from notetext.converters.image import ImageConverter
from notetext.converters.named import DEFAULT_CONVERTERS, converter, converters
from notetext.errors import ConfigurationError, UnknownNameError

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


def test_a_name_and_an_object_mean_a_converter() -> None:
    assert isinstance(converter("image"), ImageConverter)
    own = ImageConverter()
    assert converter(own) is own


def test_what_means_none_is_told() -> None:
    with pytest.raises(UnknownNameError, match="image, pdf, heif, poppler"):
        converter("floppy")
    with pytest.raises(ConfigurationError, match=r"write ImageConverter\(\)"):
        converter(ImageConverter)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF", "PDF", "HEIC"])
def test_one_default_converter_and_no_other_takes_each_format(kind: str) -> None:
    file = io.BytesIO()
    if kind != "HEIC":
        Image.new("RGB", (8, 8)).save(file, kind)
    head = file.getvalue()[:HEAD_BYTES] or HEIC
    taking = [name for name in DEFAULT_CONVERTERS if converter(name).accepts(head)]
    assert taking == [{"PDF": "pdf", "HEIC": "heif"}.get(kind, "image")]


def test_the_default_converters_come_with_notetext() -> None:
    assert set(DEFAULT_CONVERTERS) <= set(converters.built_in())
