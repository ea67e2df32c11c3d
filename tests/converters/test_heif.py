"""HEIC, as phones write it."""

from __future__ import annotations

import io
import random
import sys

import numpy as np
import pytest
from PIL import Image

from notetext import Limits
from notetext.converters import Document, OpenOptions
from notetext.converters.heif import HeifConverter
from notetext.documents import Source
from notetext.errors import (
    CorruptInputError,
    InputTooLargeError,
    MissingDependencyError,
    NoteTextError,
    PageRangeError,
)
from notetext.page_image import to_pixels

pillow_heif = pytest.importorskip("pillow_heif", reason="it writes the pictures of these tests")


def encode(*images: Image.Image, exif: Image.Exif | None = None) -> bytes:
    file = pillow_heif.HeifFile()
    for image in images:
        file.add_from_pillow(image)
    buffer = io.BytesIO()
    more = {"exif": exif.tobytes()} if exif is not None else {}
    file.save(buffer, quality=95, **more)
    return buffer.getvalue()


def open_bytes(data: bytes, options: OpenOptions | None = None) -> Document:
    options = options or OpenOptions()
    return HeifConverter().open(Source(None, data, options.limits), options)


def corner_marked() -> Image.Image:
    """White, with a black block at the top left."""
    image = Image.new("RGB", (96, 64), "white")
    image.paste("black", (0, 0, 32, 16))
    return image


def is_corner_marked(image: Image.Image) -> bool:
    grey = np.asarray(image.convert("L"))
    return bool(
        grey[:14, :30].mean() < 60 and grey[20:, :].mean() > 200 and grey[:12, 40:].mean() > 200
    )


def test_a_heic_is_known_by_its_brand() -> None:
    assert HeifConverter().accepts(encode(corner_marked())[:4096])
    assert HeifConverter().accepts(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic")
    assert HeifConverter().accepts(b"\0\0\0\x14ftypmif1\0\0\0\0mif1")


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\0\0\0\x18ftyp",
        b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
        b"\0\0\0\x14ftypmp42\0\0\0\0isomheic",  # beyond the end of the box
        b"\xff\xd8\xff\xe0",
    ],
)
def test_other_content_is_left_to_other_converters(head: bytes) -> None:
    assert not HeifConverter().accepts(head)


def test_a_heic_is_one_page() -> None:
    with open_bytes(encode(corner_marked())) as document:
        assert document.page_count == 1
        page = document.page(1)
        assert (page.width, page.height, page.dpi) == (96, 64, None)
        assert is_corner_marked(page.image())
        assert page.image() is not page.image()
        assert (page.encoded, page.warnings) == (None, ())
        with pytest.raises(PageRangeError):
            document.page(2)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_page_is_upright_by_its_orientation(orientation: int) -> None:
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = corner_marked() if undo is None else corner_marked().transpose(undo)
    exif = Image.Exif()
    exif[0x0112] = orientation
    # The encoder makes the container's rotation of it, and keeps the tag as well, as phones do.
    with open_bytes(encode(stored, exif=exif)) as document:
        page = document.page(1)
        assert (page.width, page.height) == (96, 64)
        assert page.image().size == (96, 64)
        assert is_corner_marked(page.image())


def test_the_primary_picture_is_read_and_the_others_are_mentioned() -> None:
    data = encode(corner_marked(), Image.new("RGB", (32, 32), "red"))
    with open_bytes(data) as document:
        assert document.page_count == 1
        assert is_corner_marked(document.page(1).image())
        assert "2 pictures" in document.page(1).warnings[0]


@pytest.mark.parametrize("mode", ["L", "RGBA", "I;16"])
def test_every_kind_of_pixels_can_be_read(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray(np.asarray(corner_marked().convert("L")).astype(np.uint16) * 257)
    else:
        image = corner_marked().convert(mode)
    with open_bytes(encode(image)) as document:
        pixels = to_pixels(document.page(1).image())
    assert is_corner_marked(Image.fromarray(pixels))


def test_the_size_is_checked_before_anything_is_decoded() -> None:
    options = OpenOptions(limits=Limits(max_pixels=96 * 64 - 1))
    with pytest.raises(InputTooLargeError, match="max_pixels"):
        open_bytes(encode(corner_marked()), options)


def test_the_callers_resolution_is_believed() -> None:
    with open_bytes(encode(corner_marked()), OpenOptions(dpi=200)) as document:
        assert document.page(1).dpi == 200


def test_a_truncated_picture_is_damaged() -> None:
    data = encode(corner_marked())
    with pytest.raises(CorruptInputError), open_bytes(data[: len(data) // 2]) as document:
        document.page(1).image()


def test_damage_anywhere_is_an_error_of_ours_or_none() -> None:
    data = encode(corner_marked())
    rng = random.Random(1)
    for _ in range(100):
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 8)):
            damaged[rng.randrange(12, len(damaged))] = rng.randrange(256)
        try:
            with open_bytes(bytes(damaged)) as document:
                document.page(1).image()
        except NoteTextError:
            pass


def test_pillow_learns_nothing_of_it() -> None:
    before = dict(Image.OPEN)
    with open_bytes(encode(corner_marked())) as document:
        document.page(1).image()
    assert before == Image.OPEN


def test_without_a_decoder_the_message_is_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = encode(corner_marked())
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    with open_bytes(data) as document:  # the other decoder does as well
        assert is_corner_marked(document.page(1).image())
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'notetext\[heif\]'") as caught:
        open_bytes(data)
    assert caught.value.extra == "heif"
    with pytest.raises(MissingDependencyError):
        HeifConverter().check()
