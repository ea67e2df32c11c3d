"""Whatever the user gives: paths, bytes, file objects, pictures, arrays, and what is none."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import Limits
from notetext.converters import OpenOptions
from notetext.converters.image import ImageConverter
from notetext.converters.pdf import PdfConverter
from notetext.documents import GivenDocument
from notetext.documents.opening import name_of, open_document
from notetext.errors import ConfigurationError, InputTooLargeError, UnsupportedFormatError
from notetext.model import SourceInfo

OPTIONS = OpenOptions()


def size_of(given: object, options: OpenOptions = OPTIONS) -> tuple[int, int]:
    _, document = open_document(given, [ImageConverter()], options)  # type: ignore[arg-type]
    with document:
        page = document.page(1)
        assert page.image().size == (page.width, page.height)
        return page.width, page.height


def test_a_path_bytes_a_file_a_picture_and_an_array_are_documents(picture: Path) -> None:
    data = picture.read_bytes()
    with picture.open("rb") as file, Image.open(picture) as image:
        for given in (
            picture,
            str(picture),
            data,
            bytearray(data),
            memoryview(data),
            io.BytesIO(data),
            file,
            image,
            np.zeros((20, 30, 3), np.uint8),
            np.zeros((20, 30), np.uint8),
            np.zeros((20, 60), np.uint8)[:, ::2],
        ):
            assert size_of(given) == (30, 20)


def test_what_is_known_of_the_source_goes_into_the_result(picture: Path) -> None:
    info, _ = open_document(picture, [ImageConverter()], OPTIONS)
    assert info.name == str(picture)
    assert info.sha256 is not None
    assert len(info.sha256) == 64
    assert open_document(picture.read_bytes(), [ImageConverter()], OPTIONS)[0].name is None
    pixels, _ = open_document(np.zeros((2, 2), np.uint8), [ImageConverter()], OPTIONS)
    assert pixels == SourceInfo()


def test_a_wrong_extension_is_read_all_the_same(picture: Path) -> None:
    assert size_of(picture.rename(picture.with_suffix(".docx"))) == (30, 20)


def test_a_document_is_opened_as_often_as_one_likes(picture: Path) -> None:
    for content in (picture, io.BytesIO(picture.read_bytes()), np.zeros((20, 30), np.uint8)):
        given = GivenDocument.of(content, [ImageConverter()], OPTIONS)
        for _ in range(2):
            info, document = given.open()
            with document:
                assert (document.page(1).width, document.page_count) == (30, 1)
            assert info == given.open()[0]


def test_the_first_converter_that_accepts_the_bytes_opens_them(picture: Path) -> None:
    class Greedy(ImageConverter):
        name = "greedy"

        def accepts(self, head: bytes) -> bool:
            return True

    asked = [PdfConverter(), Greedy(), ImageConverter()]
    assert GivenDocument.of(picture, asked, OPTIONS).converter().name == "greedy"
    assert GivenDocument.of(b"%PDF-1.7", asked, OPTIONS).converter().name == "pdf"


def test_unknown_content_names_the_converters_that_were_asked() -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\(image\).*b'PK"):
        size_of(b"PK\x03\x04 a zip file")


@pytest.mark.parametrize("thing", [None, 5, ["a.png"], {"path": "a.png"}])
def test_what_is_no_document_is_a_configuration_error(thing: object) -> None:
    with pytest.raises(ConfigurationError, match="is no document"):
        size_of(thing)


def test_limits_hold_for_bytes_files_pictures_and_arrays(picture: Path) -> None:
    tight = OpenOptions(limits=Limits(max_file_bytes=10, max_pixels=100))
    with picture.open("rb") as file:
        for given in (picture, picture.read_bytes(), file):
            with pytest.raises(InputTooLargeError, match="max_file_bytes"):
                size_of(given, tight)
    for pixels in (Image.new("L", (30, 20)), np.zeros((20, 30), np.uint8)):
        with pytest.raises(InputTooLargeError, match="max_pixels"):
            size_of(pixels, tight)


def test_a_document_is_called_by_its_path_or_a_file_objects_name(picture: Path) -> None:
    with picture.open("rb") as file:
        assert {name_of(given) for given in (picture, str(picture), file)} == {str(picture)}
    assert name_of(b"bytes") is None
    assert name_of(io.BytesIO()) is None
