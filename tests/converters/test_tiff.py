"""Which frames of a TIFF are pages."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import pytest
from PIL import Image

from notetext import Limits
from notetext.converters import OpenOptions
from notetext.converters.image import ImageConverter
from notetext.documents import Document, Source
from notetext.errors import InputTooLargeError

REDUCED, MULTIPAGE, MASK = 1, 2, 4


def tiff(frames: Sequence[tuple[int, int, int]], tag: int = 254) -> bytes:
    """An uncompressed grey TIFF of frames, each (width, height, subfile type), by hand."""
    data = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for number, (width, height, kind) in enumerate(frames):
        pixels = len(data)
        data += bytes([number % 12 * 20]) * (width * height)
        struct.pack_into("<I", data, link, len(data))
        entries = [
            (tag, 4, kind),
            (256, 4, width),
            (257, 4, height),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, pixels),
            (277, 3, 1),
            (278, 4, height),
            (279, 4, width * height),
        ]
        data += struct.pack("<H", len(entries))
        for code, size, value in sorted(entries):
            data += struct.pack("<HHII", code, size, 1, value)
        link = len(data)
        data += bytes(4)
    return bytes(data)


def opened(data: bytes, limits: Limits | None = None) -> Document:
    options = OpenOptions(limits=limits or Limits())
    return ImageConverter().open(Source(None, data, options.limits), options)


def shades(data: bytes) -> list[int]:
    """The places of the frames that are pages, by their shades of grey."""
    with opened(data) as document:
        pages = [document.page(number) for number in range(1, document.page_count + 1)]
        colours = [page.image().getpixel((0, 0)) for page in pages]
    return [int(colour) // 20 for colour in colours if isinstance(colour, (int, float))]


@pytest.mark.parametrize(
    ("frames", "pages"),
    [
        ([(60, 40, 2), (15, 10, 1), (60, 40, 2), (15, 10, 1)], [0, 2]),
        ([(15, 10, REDUCED), (60, 40, 0)], [1]),
        ([(64, 64, 0), (32, 32, 1), (16, 16, 1), (8, 8, 1), (1, 1, 1)], [0]),
        ([(60, 40, 0), (60, 40, MASK), (30, 20, MASK | REDUCED)], [0]),
        ([(60, 40, REDUCED | MULTIPAGE)] * 3, [0, 1, 2]),
        ([(60, 40, 0), (60, 40, REDUCED)], [0, 1]),
        ([(60, 40, 0), (20, 39, REDUCED)], [0, 1]),
        ([(60, 40, MASK)], [0]),
        ([(60, 40, MULTIPAGE)] * 2, [0, 1]),
    ],
)
def test_thumbnails_smaller_copies_and_masks_are_no_pages(
    frames: list[tuple[int, int, int]], pages: list[int]
) -> None:
    assert shades(tiff(frames)) == pages


def test_the_old_tag_says_so_too() -> None:
    assert shades(tiff([(60, 40, 1), (15, 10, 2), (60, 40, 3)], tag=255)) == [0, 2]


def test_copies_do_not_count_against_the_limit_of_pages() -> None:
    pyramid = tiff([(64, 64, 0), (32, 32, 1), (16, 16, 1), (8, 8, 1)])
    with opened(pyramid, Limits(max_pages=1)) as document:
        assert document.page_count == 1
    with pytest.raises(InputTooLargeError, match="max_pages=1"):
        opened(tiff([(64, 64, 0), (32, 32, 1), (64, 64, 0)]), Limits(max_pages=1))


def test_copies_without_end_are_not_followed_for_ever() -> None:
    endless = tiff([(64, 64, 0)] + [(8, 8, REDUCED)] * 200)
    with opened(endless) as document:
        assert document.page_count == 1
    with pytest.raises(InputTooLargeError, match="max_pages=2"):
        opened(endless, Limits(max_pages=2))


def test_a_resolution_turns_with_its_page() -> None:
    file = io.BytesIO()
    Image.new("L", (40, 20)).save(file, "TIFF", dpi=(300, 600), tiffinfo={0x0112: 6})
    with opened(file.getvalue()) as document:
        page = document.page(1)
        assert (page.width, page.height, page.dpi, page.dpi_y) == (20, 40, 600, 300)
        page.image()
        again = document.page(1)
        assert (again.dpi, again.dpi_y) == (600, 300)
