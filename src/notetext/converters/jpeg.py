"""What stands before a JPEG's pixels, looked through before Pillow does."""

from __future__ import annotations

from typing import BinaryIO

from notetext.errors import CorruptInputError

_MOST_SEGMENTS = 1_000
_MOST_STRAY_BYTES = 100_000

_SCAN_OR_END = (b"\xff\xda", b"\xff\xd9")
_WITHOUT_LENGTH = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})


def check_segments(file: BinaryIO) -> None:
    """Counts the segments, since Pillow takes the square of their number.

    Args:
        file: at its beginning.

    Raises:
        CorruptInputError: there are more than any camera or program writes.
    """
    at = 2
    segments = strays = 0
    while segments <= _MOST_SEGMENTS and strays <= _MOST_STRAY_BYTES:
        file.seek(at)
        head = file.read(4)
        if len(head) < 4 or head[:2] in _SCAN_OR_END:
            return
        if head[0] != 0xFF or head[1] == 0xFF:
            at += 1
            strays += 1
        else:
            at += 2 if head[1] in _WITHOUT_LENGTH else 2 + int.from_bytes(head[2:], "big")
            segments += 1
    raise CorruptInputError(
        "the picture has too much before its pixels that is none of them; "
        "save it again with a program that can open it"
    )
