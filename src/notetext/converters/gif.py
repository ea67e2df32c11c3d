"""How many frames a GIF has, and how large they get, found out without decoding any."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

_EXTENSION, _FRAME = b"!", b","
_HAS_PALETTE = 0x80
_MOST_STRAY_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class GifOutline:
    """What the structure of a GIF says.

    Attributes:
        frames: how many there are, as far as was looked.
        width: of the picture once its frames have been laid over each other, in pixels.
        height: likewise.
    """

    frames: int
    width: int
    height: int


def outline_of(file: BinaryIO, most_frames: int) -> GifOutline:
    """Follows the blocks of a GIF to its end, or to where it is cut off.

    Args:
        file: at its beginning.
        most_frames: where to stop looking.

    Raises:
        EOFError: there is no frame, or it does not begin in the first of much rubbish.
    """
    width, height, flags = struct.unpack("<6xHHBxx", _bytes(file, 13))
    file.seek(_palette_size(flags), 1)
    frames = strays = 0
    try:
        while frames < most_frames and strays <= _MOST_STRAY_BYTES:
            kind = file.read(1)
            if kind == _EXTENSION:
                file.seek(1, 1)
                _skip_blocks(file)
            elif kind == _FRAME:
                left, top, across, down, flags = struct.unpack("<HHHHB", _bytes(file, 9))
                frames += 1
                width, height = max(width, left + across), max(height, top + down)
                file.seek(_palette_size(flags) + 1, 1)
                _skip_blocks(file)
            elif kind in {b"", b";"}:
                break
            else:
                strays += 1
    except EOFError:
        if frames == 0:
            raise
    if frames == 0:
        raise EOFError("there is no frame")
    return GifOutline(frames, width, height)


def _palette_size(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & _HAS_PALETTE else 0


def _skip_blocks(file: BinaryIO) -> None:
    while size := _bytes(file, 1)[0]:
        file.seek(size, 1)


def _bytes(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise EOFError("the file is cut off")
    return data
