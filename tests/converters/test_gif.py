"""The outline of a GIF: frames counted and measured without decoding one."""

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress

import pytest
from PIL import Image

from notetext.converters.gif import GifOutline, outline_of


def animated(frames: int, size: tuple[int, int] = (12, 8)) -> bytes:
    images = [Image.new("L", size, 40 * n) for n in range(frames)]
    file = io.BytesIO()
    images[0].save(file, "GIF", save_all=True, append_images=images[1:], comment=b"a comment")
    return file.getvalue()


def outline(data: bytes, most_frames: int = 100) -> GifOutline:
    return outline_of(io.BytesIO(data), most_frames)


@pytest.mark.parametrize("frames", [1, 2, 6])
def test_as_many_frames_are_counted_as_pillow_finds(frames: int) -> None:
    assert outline(animated(frames)) == GifOutline(frames, 12, 8)


def test_no_more_frames_are_looked_at_than_was_asked() -> None:
    file = io.BytesIO(animated(6))
    assert outline_of(file, 3).frames == 3
    assert file.tell() < len(file.getvalue()) / 1.5


def test_a_frame_that_reaches_beyond_the_screen_makes_the_picture_larger() -> None:
    data = animated(1)
    at = data.index(b",", 13)
    moved = data[: at + 1] + struct.pack("<HH", 100, 50) + data[at + 5 :]
    assert outline(moved) == GifOutline(1, 112, 58)


def test_of_a_file_that_is_cut_off_the_frames_that_began_count() -> None:
    data = animated(4)
    counted = [outline(data[:end]).frames for end in range(len(data) // 3, len(data))]
    assert counted == sorted(counted)
    assert counted[-1] == 4


@pytest.mark.parametrize("data", [b"", b"GIF89a", animated(1)[:13]])
def test_a_file_without_a_frame_has_no_outline(data: bytes) -> None:
    with pytest.raises(EOFError):
        outline(data)


def test_rubbish_between_blocks_is_passed_over_but_not_for_ever() -> None:
    data = animated(1)
    at = data.index(b"!", 13)
    assert outline(data[:at] + bytes(1000) + data[at:]).frames == 1
    with pytest.raises(EOFError, match="no frame"):
        outline(data[:at] + bytes(200_000) + data[at:])


def test_garbled_bytes_have_an_outline_or_none() -> None:
    data, dice = animated(3), random.Random(1)
    for _ in range(300):
        garbled = bytearray(data)
        for _ in range(dice.randint(1, 9)):
            garbled[dice.randrange(6, len(data))] = dice.randrange(256)
        with suppress(EOFError):
            assert 1 <= outline(bytes(garbled)).frames <= 100
