"""Netpbm's pictures: PBM, PGM and PPM, in bytes or in numbers that are written out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from PIL import Image, PpmImagePlugin

from notetext.errors import CorruptInputError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL._imaging import PixelAccess

_COMMENT = re.compile(rb"#[^\r\n]*")
_BLANKS = b" \t\r\n\v\f"
_DIGITS = b"0123456789"
_CHUNK_BYTES = 1 << 22
_HEADER = re.compile(rb"P[1-6](?:(?:\s|#[^\r\n]*[\r\n])+\d{1,10}){2,3}")
_HEADER_WITHIN = 4096
_MOST_DIGITS = re.compile(rb"\d{6}")
"""More than any number has that a sample can be."""


def check_header(file: BinaryIO) -> None:
    """Looks whether a file begins with its sizes, since Pillow reads comments byte by byte.

    Args:
        file: at its beginning.

    Raises:
        CorruptInputError: it does not, within the first few thousand bytes.
    """
    if _HEADER.match(file.read(_HEADER_WITHIN)) is None:
        raise CorruptInputError(
            "the picture does not begin with its width and height; save it again with a program "
            "that can open it"
        )


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
        levels = _of_bytes(data, count, highest)
    elif header.mode == "1":
        levels = _of_bits(data, count)
    else:
        levels = _of_numbers(data, count, highest)
    if len(levels) < count:
        raise OSError(f"the picture is cut off after {len(levels):,} of {count:,} samples")
    shape = (header.height, header.width, bands) if bands > 1 else (header.height, header.width)
    return Image.fromarray(levels.reshape(shape))


def _of_bytes(data: bytes, count: int, highest: int) -> NDArray[np.uint8]:
    kind = np.dtype(">u2") if highest > 255 else np.dtype(np.uint8)
    samples = np.frombuffer(data, kind, min(count, len(data) // kind.itemsize))
    return _in_eight_bits(samples, highest)


def _of_bits(data: bytes, count: int) -> NDArray[np.uint8]:
    """Of bits, of which 1 is black; they need no blanks between them."""
    digits = _COMMENT.sub(b"", data).translate(None, _BLANKS)[:count]
    if digits.translate(None, b"01"):
        raise ValueError("there is something else than 0 and 1 among the bits")
    return np.asarray((np.frombuffer(digits, np.uint8) ^ 1) & 1, np.uint8) * np.uint8(255)


def _of_numbers(data: bytes, count: int, highest: int) -> NDArray[np.uint8]:
    text = _COMMENT.sub(b"", data)
    levels = np.empty(min(count, (len(text) + 1) // 2), np.uint8)
    found = start = 0
    while start < len(text) and found < len(levels):
        end = _end_of_number(text, start + _CHUNK_BYTES)
        chunk = text[start:end]
        if chunk.translate(None, _BLANKS + _DIGITS) or _MOST_DIGITS.search(chunk):
            raise ValueError("there is something else than small numbers among the samples")
        # Blanks alone would be one number, 0.
        numbers = np.fromstring(chunk, np.uint32, sep=" ") if chunk.strip() else np.empty(0)
        part = _in_eight_bits(numbers[: len(levels) - found].astype(np.uint32), highest)
        levels[found : found + len(part)] = part
        found, start = found + len(part), end
    return levels[:found]


def _end_of_number(text: bytes, at: int) -> int:
    """Where the number ends in whose midst a place may lie; a number that never ends is none."""
    limit = min(len(text), at + 16)
    while at < limit and text[at] in _DIGITS:
        at += 1
    return min(at, len(text))


def _in_eight_bits(samples: NDArray[np.generic], highest: int) -> NDArray[np.uint8]:
    levels = np.arange(highest + 1, dtype=np.uint32) * 255
    table = ((levels + highest // 2) // highest).astype(np.uint8)
    return np.asarray(table[np.minimum(samples, highest)], np.uint8)
