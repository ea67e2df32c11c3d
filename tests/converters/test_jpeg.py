"""Segments before a JPEG's pixels: as many as cameras write, and no more."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from notetext.converters.jpeg import check_segments
from notetext.errors import CorruptInputError


def jpeg(more: bytes = b"") -> bytes:
    """A small JPEG, with something between its beginning and its first segment."""
    file = io.BytesIO()
    Image.new("RGB", (16, 16)).save(file, "JPEG")
    return file.getvalue()[:2] + more + file.getvalue()[2:]


def segments(count: int, size: int = 2) -> bytes:
    return (b"\xff\xe1" + size.to_bytes(2, "big") + bytes(size - 2)) * count


@pytest.mark.parametrize("more", [b"", segments(500), segments(3, 65_535), b"\xff" * 50])
def test_what_cameras_and_programs_write_passes(more: bytes) -> None:
    check_segments(io.BytesIO(jpeg(more)))


@pytest.mark.parametrize("data", [b"\xff\xd8", b"\xff\xd8\xff\xe1\xff", b"\xff\xd8\xff\xd9"])
def test_a_file_that_ends_too_soon_is_left_to_the_decoder(data: bytes) -> None:
    check_segments(io.BytesIO(data))


@pytest.mark.parametrize("more", [segments(200_000), b"\xff" * 2_000_000, bytes(2_000_000)])
def test_what_would_keep_the_decoder_busy_is_refused_at_once(more: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(CorruptInputError, match="too much before its pixels"):
        check_segments(io.BytesIO(jpeg(more)))
    assert time.perf_counter() - started < 2


def test_segments_after_the_pixels_began_do_not_count() -> None:
    check_segments(io.BytesIO(jpeg() + segments(200_000)))
