"""The formats of pictures that Pillow opens for us: by which bytes they are known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
    features,
)

from notetext.converters.isobmff import HEVC_BRANDS, brands_of
from notetext.converters.jpeg import check_segments
from notetext.converters.netpbm import NetpbmFile, check_header
from notetext.errors import MissingDependencyError

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_NETPBM = re.compile(rb"P[1-6](?:\s|#[^\r\n]*[\r\n])+\d")


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A file format: its first bytes, the class of Pillow's that reads it, a check before that.

    The class is called directly: `Image.open` would also try formats that nobody asked for, and
    checks a size limit that is the whole process's, where ours is the caller's.

    Attributes:
        signatures: beginnings, in which a dot stands for any byte; or what tells it.
        reader: of Pillow's or ours.
        media_type: such as ``"image/jpeg"``.
        many_pages: whether every frame is a page.
        check: looks through a file before the reader does, and raises if that would do harm.
    """

    signatures: tuple[bytes, ...] | Callable[[bytes], bool]
    reader: type[ImageFile.ImageFile]
    media_type: str
    many_pages: bool = False
    check: Callable[[BinaryIO], None] | None = None

    def matches(self, head: bytes) -> bool:
        """Whether a file of these first bytes is of the format."""
        if callable(self.signatures):
            return self.signatures(head)
        return any(
            len(head) >= len(signature)
            and all(s in (b, 0x2E) for s, b in zip(signature, head, strict=False))
            for signature in self.signatures
        )


def format_of(head: bytes) -> PictureFormat | None:
    """The format of a file of these first bytes, or ``None``."""
    return next((kind for kind in _FORMATS if kind.matches(head)), None)


def _is_avif(head: bytes) -> bool:
    brands = brands_of(head)
    return bool(brands & _AVIF_BRANDS) and not brands & HEVC_BRANDS


def _is_netpbm(head: bytes) -> bool:
    return _NETPBM.match(head) is not None


def _needs(feature: str, name: str) -> Callable[[BinaryIO], None]:
    def check(file: BinaryIO) -> None:
        if not features.check(feature):
            raise MissingDependencyError(
                f"this Pillow was built without {name}; install the wheel of PyPI: "
                "pip install --force-reinstall pillow"
            )

    return check


_FORMATS = (
    PictureFormat(
        (b"\xff\xd8\xff",), JpegImagePlugin.JpegImageFile, "image/jpeg", check=check_segments
    ),
    PictureFormat((b"\x89PNG\r\n\x1a\n",), PngImagePlugin.PngImageFile, "image/png"),
    PictureFormat((b"RIFF....WEBP",), WebPImagePlugin.WebPImageFile, "image/webp"),
    PictureFormat(
        (b"GIF87a", b"GIF89a"), GifImagePlugin.GifImageFile, "image/gif", many_pages=True
    ),
    PictureFormat(
        (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
        TiffImagePlugin.TiffImageFile,
        "image/tiff",
        many_pages=True,
    ),
    PictureFormat((b"BM",), BmpImagePlugin.BmpImageFile, "image/bmp"),
    PictureFormat(
        _is_avif, AvifImagePlugin.AvifImageFile, "image/avif", check=_needs("avif", "AVIF")
    ),
    PictureFormat(
        (b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"),
        Jpeg2KImagePlugin.Jpeg2KImageFile,
        "image/jp2",
        check=_needs("jpg_2000", "JPEG 2000"),
    ),
    PictureFormat(_is_netpbm, NetpbmFile, "image/x-portable-anymap", check=check_header),
)
