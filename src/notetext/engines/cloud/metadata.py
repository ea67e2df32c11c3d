"""Takes metadata (where a photo was taken, by whom, with what) out of a file, not its pixels.

Only the segments that are needed to draw the picture are kept, byte by byte.
"""

from __future__ import annotations

import re
import struct

_JPEG_START, _JPEG_END, _JPEG_SCAN = 0xD8, 0xD9, 0xDA
# After the header of a scan: a marker that is neither a stuffed 0xFF nor a restart.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# JFIF (resolution), the colour profile, and how Adobe's programs coded the colours.
_KEPT_APPLICATION_DATA = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP pHYs sBIT bKGD cICP".split()
)
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def without_metadata(data: bytes, media_type: str) -> bytes | None:
    """Returns the picture without EXIF, XMP, IPTC, comments, thumbnails, and what follows its end.

    Args:
        data: a JPEG or PNG file.
        media_type: ``"image/jpeg"`` or ``"image/png"``.

    Returns:
        The shorter file, or ``None`` if it is of another type or not built as it should be.
    """
    kept: list[memoryview] | None = None
    if media_type == "image/jpeg":
        kept = _jpeg_parts(data)
    elif media_type == "image/png":
        kept = _png_parts(data)
    return None if kept is None else b"".join(kept)


def _jpeg_parts(data: bytes) -> list[memoryview] | None:
    view = memoryview(data)
    if data[:2] != b"\xff\xd8":
        return None
    parts, place = [view[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # A fill byte may stand before a marker.
            place += 1
            continue
        if marker in {0x00, 0x01, _JPEG_START, _JPEG_END} or 0xD0 <= marker <= 0xD7:
            return None
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if end > len(data) or end < place + 4:
            return None
        if _is_kept(marker, data[place + 4 : end]):
            parts.append(view[place:end])
        place = end
        if marker == _JPEG_SCAN:
            following = _NEXT_MARKER.search(data, place)
            if following is None:
                return None
            parts.append(view[place : following.start()])
            place = following.start()
            if data[place + 1] == _JPEG_END:
                parts.append(view[place : place + 2])
                return parts
    return None


def _is_kept(marker: int, content: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return any(
            marker == kept and content.startswith(name) for kept, name in _KEPT_APPLICATION_DATA
        )
    return marker != 0xFE


def _png_parts(data: bytes) -> list[memoryview] | None:
    view = memoryview(data)
    if not data.startswith(_PNG_SIGNATURE):
        return None
    place = len(_PNG_SIGNATURE)
    parts = [view[:place]]
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            return None
        if kind in _KEPT_CHUNKS:
            parts.append(view[place:end])
        place = end
        if kind == b"IEND":
            return parts
    return None
