"""Whatever the user gives: paths, bytes, file objects, pictures, arrays, and what is none."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import Limits
from notetext.converters import OpenOptions
from notetext.converters.image import ImageConverter
from notetext.documents.opening import open_document
from notetext.errors import (
    ConfigurationError,
    CorruptInputError,
    InputError,
    InputNotFoundError,
    InputTooLargeError,
    UnsupportedFormatError,
)
from notetext.model import SourceInfo

OPTIONS = OpenOptions()


def size_of(given: object, options: OpenOptions = OPTIONS) -> tuple[int, int]:
    _, document = open_document(given, [ImageConverter()], options)  # type: ignore[arg-type]
    with document:
        page = document.page(1)
        assert page.image().size == (page.width, page.height)
        return page.width, page.height


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "note.png"
    Image.new("RGB", (30, 20), "white").save(path)
    return path


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


def test_a_picture_in_memory_is_turned_upright_too(picture: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(file, "JPEG", exif=exif)
    with Image.open(file) as image:
        assert size_of(image) == (20, 30)


def test_a_file_object_is_read_from_where_it_stands(picture: Path) -> None:
    file = io.BytesIO(b"skipped" + picture.read_bytes())
    file.seek(7)
    assert size_of(file) == (30, 20)
    with pytest.raises(CorruptInputError, match="rewind"):
        size_of(file)


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match="no such file"):
        size_of(tmp_path / "missing.png")
    with pytest.raises(InputNotFoundError, match="folder"):
        size_of(tmp_path)
    empty = tmp_path / "empty.png"
    empty.touch()
    with pytest.raises(CorruptInputError, match="empty"):
        size_of(empty)


def test_a_pipe_a_device_and_a_socket_are_errors_and_never_a_wait(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.png"
    os.mkfifo(fifo)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for path in (fifo, Path("/dev/zero"), tmp_path / "socket"):
            with pytest.raises(InputNotFoundError, match="no regular file"):
                size_of(path)


@pytest.mark.parametrize("url", ["https://example.com/a.png", "file:///etc/hosts", "s3://a/b.png"])
def test_a_url_is_refused_and_nothing_is_fetched(url: str) -> None:
    with pytest.raises(InputNotFoundError, match="fetches nothing"):
        size_of(url)


@pytest.mark.parametrize("name", ["a\0b.png", "x" * 5000, ""])
def test_an_impossible_name_is_a_file_that_is_not_there(name: str) -> None:
    with pytest.raises(InputNotFoundError):
        size_of(name)


def test_a_file_that_may_not_be_read_says_so(picture: Path) -> None:
    if os.geteuid() == 0:
        loop = picture.with_name("loop.png")
        loop.symlink_to(loop)
        picture = loop
    else:
        picture.chmod(0)
    with pytest.raises(InputNotFoundError, match=r"permissions|cannot be opened"):
        size_of(picture)


def test_unknown_content_names_the_converters_that_were_asked() -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\(image\).*b'PK"):
        size_of(b"PK\x03\x04 a zip file")


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 4), np.float32),
        np.zeros((4, 4, 4), np.uint8),
        np.zeros((0, 4), np.uint8),
        np.zeros(4, np.uint8),
        np.full((4, 4), np.nan),
        np.zeros((4, 4), bool),
    ],
)
def test_an_array_of_another_kind_says_what_is_needed(array: np.ndarray) -> None:
    with pytest.raises(UnsupportedFormatError, match="uint8"):
        size_of(array)


@pytest.mark.parametrize("thing", [None, 5, ["a.png"], {"path": "a.png"}])
def test_what_is_no_document_is_a_configuration_error(thing: object) -> None:
    with pytest.raises(ConfigurationError, match="is no document"):
        size_of(thing)


def test_a_text_file_object_is_refused() -> None:
    with pytest.raises(InputError, match="binary mode"):
        size_of(io.StringIO("text"))


def test_limits_hold_for_bytes_files_pictures_and_arrays(picture: Path) -> None:
    tight = OpenOptions(limits=Limits(max_file_bytes=10, max_pixels=100))
    with picture.open("rb") as file:
        for given in (picture, picture.read_bytes(), file):
            with pytest.raises(InputTooLargeError, match="max_file_bytes"):
                size_of(given, tight)
    for pixels in (Image.new("L", (30, 20)), np.zeros((20, 30), np.uint8)):
        with pytest.raises(InputTooLargeError, match="max_pixels"):
            size_of(pixels, tight)
