"""The image converter: chosen by content, upright, frame by frame, within limits."""

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import Limits
from notetext.converters import Document, OpenOptions
from notetext.converters.image import ImageConverter
from notetext.documents import Source
from notetext.errors import CorruptInputError, InputTooLargeError, NoteTextError

FORMATS = ["JPEG", "PNG", "BMP", "WEBP", "GIF", "TIFF"]


def open_bytes(data: bytes, options: OpenOptions | None = None) -> Document:
    options = options or OpenOptions()
    return ImageConverter().open(Source(None, data, options.limits), options)


def encode(image: Image.Image, format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def corner_marked(width: int = 48, height: int = 32) -> Image.Image:
    """White, with a black block at the top left."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("black", (0, 0, 16, 8))
    return image


def is_corner_marked(image: Image.Image) -> bool:
    grey = np.asarray(image.convert("L"))
    return bool(
        grey[:6, :14].mean() < 60 and grey[10:, :].mean() > 200 and grey[:6, 20:].mean() > 200
    )


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_is_opened_by_its_content(format: str) -> None:
    data = encode(corner_marked(), format)
    assert ImageConverter().accepts(data[:4096])
    with open_bytes(data) as document:
        assert document.page_count == 1
        page = document.page(1)
        assert (page.width, page.height) == (48, 32)
        assert is_corner_marked(page.image())


@pytest.mark.parametrize("head", [b"", b"B", b"%PDF-1.7", b"RIFF\0\0\0\0WAVE", b"text", b"MM\0"])
def test_other_content_is_left_to_other_converters(head: bytes) -> None:
    assert not ImageConverter().accepts(head)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_page_is_upright_by_its_exif_orientation(format: str, orientation: int) -> None:
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
    with open_bytes(encode(stored, format, exif=exif)) as document:
        page = document.page(1)
        assert (page.width, page.height) == (48, 32)
        assert page.image().size == (48, 32)
        assert is_corner_marked(page.image())
        passed_on = orientation == 1 and format in {"JPEG", "PNG"}
        assert (page.encoded is not None) is passed_on


@pytest.mark.parametrize("format", ["GIF", "TIFF"])
def test_every_frame_is_a_page_and_any_can_be_asked_for(format: str) -> None:
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 80, 160, 240)]
    data = encode(frames[0], format, save_all=True, append_images=frames[1:])
    with open_bytes(data) as document:
        assert document.page_count == 4
        for number in (4, 2, 3, 1):
            shade = np.asarray(document.page(number).image().convert("L")).mean()
            assert shade == pytest.approx(80 * (number - 1), abs=2)


def test_frames_of_a_tiff_keep_their_own_sizes() -> None:
    frames = [Image.new("L", (20, 30)), Image.new("1", (50, 10)), Image.new("RGB", (7, 7))]
    data = encode(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    with open_bytes(data) as document:
        pages = [document.page(number) for number in (1, 2, 3)]
        assert [(page.width, page.height) for page in pages] == [(20, 30), (50, 10), (7, 7)]
        assert [page.image().size for page in pages] == [(20, 30), (50, 10), (7, 7)]


def test_of_a_multi_picture_jpeg_the_first_picture_is_read() -> None:
    second = Image.new("RGB", (8, 8), "red")
    data = encode(corner_marked(), "MPO", save_all=True, append_images=[second])
    with open_bytes(data) as document:
        assert document.page_count == 1
        assert is_corner_marked(document.page(1).image())


def test_the_resolution_is_the_files_unless_the_caller_knows_better() -> None:
    data = encode(corner_marked(), "PNG", dpi=(150, 150))
    with open_bytes(data) as document:
        assert document.page(1).dpi == pytest.approx(150, abs=0.1)
    with open_bytes(data, OpenOptions(dpi=200)) as document:
        assert document.page(1).dpi == 200
    with open_bytes(encode(corner_marked(), "PNG")) as document:
        assert document.page(1).dpi is None


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    # 2.5 thousand million pixels in a few bytes of header.
    header = encode(Image.new("1", (1, 1)), "PNG")
    data = header[:16] + (50_000).to_bytes(4, "big") * 2 + header[24:]
    with pytest.raises(NoteTextError):
        open_bytes(data).page(1)
    fat = encode(Image.new("L", (1000, 1000)), "PNG")
    small = OpenOptions(limits=Limits(max_pixels=999_999))
    with pytest.raises(InputTooLargeError, match=r"max_pixels=999,999") as caught:
        open_bytes(fat, small).page(1)
    assert (caught.value.limit, caught.value.actual) == ("max_pixels", 1_000_000)


def test_a_gif_that_hides_a_huge_frame_is_not_decoded_on_the_way_to_the_next() -> None:
    # After an extension without blocks, Pillow takes the next frame for one more block, and what
    # lies in that for frames.
    huge = b"," + struct.pack("<HHHHB", 0, 0, 60_000, 1_400, 0) + b"\2\2\x44\1\0"
    control = b"!\xf9\4\0\0\0\0\0"
    block = (bytes(33) + b"\0" + control + huge).ljust(255, b"\0")
    small = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2"
    data = b"GIF89a" + struct.pack("<HHBBB", 16, 16, 0, 0, 0) + b"!\1\0"
    data += small + b"\xff" + block + b"\0" + 2 * (small + b"\2\x44\1\0") + b";"
    document = open_bytes(data, OpenOptions(limits=Limits(max_pixels=1_000_000)))
    assert document.page_count == 3
    for number in (1, 2, 3):
        with pytest.raises(InputTooLargeError, match="60,000×1,400"):
            document.page(number)


def test_pillows_own_limit_is_neither_asked_nor_changed() -> None:
    before = Image.MAX_IMAGE_PIXELS
    data = encode(Image.new("1", (13_500, 13_500)), "PNG")
    with open_bytes(data, OpenOptions(limits=Limits(max_pixels=200_000_000))) as document:
        assert document.page(1).width == 13_500
    assert before == Image.MAX_IMAGE_PIXELS


def test_too_many_frames_are_refused() -> None:
    frames = [Image.new("L", (4, 4), shade) for shade in range(6)]
    data = encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(InputTooLargeError, match="max_pages=5"):
        open_bytes(data, OpenOptions(limits=Limits(max_pages=5)))


@pytest.mark.parametrize("format", FORMATS)
def test_a_truncated_picture_is_corrupt_or_says_that_it_is_not_whole(format: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (40, 40, 3), dtype=np.uint8))
    data = encode(noise, format)
    for end in [12, 20, 40, len(data) // 2, len(data) * 3 // 4]:
        cut = data[:end]
        if not ImageConverter().accepts(cut):
            continue
        with suppress(CorruptInputError), open_bytes(cut) as document:
            page = document.page(1)
            assert page.image().size == (40, 40)
            assert "cut off" in page.warnings[0]


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_without_a_whole_header_cannot_be_opened(format: str) -> None:
    with pytest.raises(CorruptInputError):
        open_bytes(encode(corner_marked(), format)[:12])


def test_a_tiff_that_breaks_off_costs_the_first_page_that_is_missing() -> None:
    frames = [Image.new("L", (20, 20), shade) for shade in (0, 80, 160, 240)]
    data = encode(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    with open_bytes(data[: len(data) // 2]) as document:
        assert document.page_count == 3
        shades = [np.asarray(document.page(number).image()).mean() for number in (1, 2)]
        assert shades == [0, 80]
        with pytest.raises(CorruptInputError):
            document.page(3)


@pytest.mark.parametrize("format", FORMATS)
def test_garbled_bytes_raise_nothing_but_errors_of_ours(format: str) -> None:
    data = encode(corner_marked(), format)
    dice = random.Random(format)
    for _ in range(60):
        garbled = bytearray(data)
        for _ in range(dice.randint(1, 8)):
            garbled[dice.randrange(6, len(data))] = dice.randrange(256)
        if not ImageConverter().accepts(bytes(garbled)):
            continue
        with suppress(NoteTextError), open_bytes(bytes(garbled)) as document:
            for number in range(1, document.page_count + 1):
                document.page(number).image()


def test_a_file_is_opened_again_for_every_page_and_never_left_open(tmp_path: Path) -> None:
    path = tmp_path / "note.png"
    path.write_bytes(encode(corner_marked(), "PNG"))
    with ImageConverter().open(Source.of_path(path, Limits()), OpenOptions()) as document:
        page = document.page(1)
        assert page.image().getpixel((0, 0)) == (0, 0, 0)
        assert page.image() is not page.image()
