"""The box that files of the MPEG-4 family begin with: HEIC, AVIF, videos."""

from __future__ import annotations

HEVC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
"""Of HEIC; such a file may hold an AVIF beside it."""


def brands_of(head: bytes) -> frozenset[bytes]:
    """The brands that a file claims, or none if it is no file of that family."""
    if head[4:8] != b"ftyp":
        return frozenset()
    box = head[: int.from_bytes(head[:4], "big")]
    return frozenset({box[8:12], *(box[at : at + 4] for at in range(16, len(box), 4))})
