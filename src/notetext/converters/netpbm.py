"""Netpbm's pictures: PBM, PGM and PPM, in bytes or in numbers that are written out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, PpmImagePlugin

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL._imaging import PixelAccess

_COMMENT = re.compile(rb"#[^\r\n]*")
_BLANKS = b" \t\r\n\v\f"
_DIGITS = b"0123456789"
_MOST_DIGITS = re.compile(rb"\d{6}")
"""More than any number has that a sample can be."""


class NetpbmFile(PpmImagePlugin.PpmImageFile):
    """Pillow's reader, but for what it decodes in Python, sample by sample: that is done here.

    Pillow's takes minutes for a page of unusual depth, and the square of a file's comments.
    """

    def load(self) -> PixelAccess | None:
        """Decodes the samples.

        Raises:
            ValueError: there is something among them that is no number.
            OSError: there are fewer than there should be.
        """
        if self.tile and self.tile[0].codec_name in {"ppm", "ppm_plain"}:
            assert self.fp is not None
            self.fp.seek(self.tile[0].offset)
            whole = _picture(self.fp.read(), self.tile[0].codec_name, self.tile[0].args, self)
            self._mode, self.im, self.tile = whole.mode, whole.im, []
        return super().load()


def _picture(data: bytes, codec: str, args: object, header: Image.Image) -> Image.Image:
    bands = len(header.getbands())
    count = header.width * header.height * bands
    highest = args[-1] if isinstance(args, tuple) and isinstance(args[-1], int) else 1
    if codec == "ppm":
        samples = _bytes_of(data, count, highest)
    elif header.mode == "1":
        samples = _bits_of(data, count)
        highest = 1
    else:
        samples = _numbers_of(data, count)
    if len(samples) < count:
        raise OSError(f"the picture is cut off after {len(samples):,} of {count:,} samples")
    shape = (header.height, header.width, bands) if bands > 1 else (header.height, header.width)
    return Image.fromarray(_in_eight_bits(samples, highest).reshape(shape))


def _in_eight_bits(samples: NDArray[np.generic], highest: int) -> NDArray[np.uint8]:
    levels = np.arange(highest + 1, dtype=np.uint32) * 255
    table = ((levels + highest // 2) // highest).astype(np.uint8)
    return np.asarray(table[np.minimum(samples, highest)], np.uint8)


def _bytes_of(data: bytes, count: int, highest: int) -> NDArray[np.generic]:
    kind = np.dtype(">u2") if highest > 255 else np.dtype(np.uint8)
    return np.frombuffer(data, kind, min(count, len(data) // kind.itemsize))


def _bits_of(data: bytes, count: int) -> NDArray[np.generic]:
    """Bits, of which 1 is black; they need no blanks between them."""
    digits = _COMMENT.sub(b"", data).translate(None, _BLANKS)[:count]
    if digits.translate(None, b"01"):
        raise ValueError("there is something else than 0 and 1 among the bits")
    return np.asarray(ord("1") - np.frombuffer(digits, np.uint8), np.uint8)


def _numbers_of(data: bytes, count: int) -> NDArray[np.generic]:
    text = _COMMENT.sub(b"", data)
    if text.translate(None, _BLANKS + _DIGITS) or _MOST_DIGITS.search(text):
        raise ValueError("there is something else than small numbers among the samples")
    return np.fromstring(text.decode("ascii"), np.uint32, count=-1, sep=" ")[:count]
