"""A page's picture as a PDF image."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, JpegImagePlugin

from notetext.exporters import PageImages
from notetext.page_image import to_pixels

if TYPE_CHECKING:
    from notetext.result import Page

_JPEG_HEAD = b"\xff\xd8\xff"
_JPEG_SCAN, _JPEG_END = b"\xff\xda", b"\xff\xd9"
_ORIENTATION_TAG = 0x0112
_QUALITY = 92

# From the unit square in which PDF draws an image to the unit square of the upright page, by the
# EXIF orientation of the image's bytes.
UPRIGHT = (1, 0, 0, 1, 0, 0)
_TURNS = {
    1: UPRIGHT,
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_COLOURS = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


def page_picture(pdf: Pdf, page: Page, images: PageImages) -> tuple[Object, tuple[int, ...]]:
    """Makes an image of a page.

    A JPEG stays as it is, also if it lies on its side. Of other formats, what is lossless stays
    lossless, and what was compressed with loss (HEIC, WebP) becomes a JPEG.

    Returns:
        The image, and the matrix that makes it upright in the unit square.
    """
    source = images.source
    head = source.head() if source is not None else b""
    if source is not None and head.startswith(_JPEG_HEAD):
        jpeg = _jpeg(pdf, _with_end(source.read()), (page.width, page.height))
        if jpeg is not None:
            return jpeg
    image = images.image(page.number)
    if head[4:8] == b"ftyp" or head[8:12] == b"WEBP":
        file = io.BytesIO()
        Image.fromarray(to_pixels(image)).save(file, "JPEG", quality=_QUALITY)
        jpeg = _jpeg(pdf, file.getvalue(), image.size)
        assert jpeg is not None
        return jpeg
    return _lossless(pdf, image), UPRIGHT


def _with_end(data: bytes) -> bytes:
    """A JPEG that was cut off, with the end marker that viewers wait for; others as they are."""
    return data if data.rfind(_JPEG_END) > data.rfind(_JPEG_SCAN) else data + _JPEG_END


def _jpeg(pdf: Pdf, data: bytes, size: tuple[int, int]) -> tuple[Object, tuple[int, ...]] | None:
    """A JPEG's own bytes, or ``None`` if they are not the page."""
    header = JpegImagePlugin.JpegImageFile(io.BytesIO(data))
    orientation = header.getexif().get(_ORIENTATION_TAG, 1)
    turn = _TURNS.get(orientation, UPRIGHT)
    sideways = turn[0] == 0
    if header.mode not in _COLOURS or (header.size[::-1] if sideways else header.size) != size:
        return None
    image = Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=header.width,
        Height=header.height,
        ColorSpace=_COLOURS[header.mode],
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    if header.mode == "CMYK" and "adobe" in header.info:
        # Adobe's programs write inks upside down, and say that it was they.
        image.Decode = Array([1, 0] * 4)
    return pdf.make_indirect(image), turn


def _lossless(pdf: Pdf, image: Image.Image) -> Object:
    if image.mode != "1":
        image = Image.fromarray(to_pixels(image))
    bits = 1 if image.mode == "1" else 8
    colours = 3 if image.mode == "RGB" else 1
    parameters = Dictionary(
        Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=image.width
    )
    stream = Stream(
        pdf,
        _png_data(image),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=_COLOURS["RGB" if colours == 3 else "L"],
        BitsPerComponent=bits,
        Filter=Name.FlateDecode,
        DecodeParms=parameters,
    )
    return pdf.make_indirect(stream)


def _png_data(image: Image.Image) -> bytes:
    """The compressed rows of the picture as PNG; PDF has the same compression and filters."""
    file = io.BytesIO()
    image.save(file, "PNG")
    data = file.getvalue()
    rows: list[bytes] = []
    start = 8
    while start < len(data):
        length = int.from_bytes(data[start : start + 4], "big")
        if data[start + 4 : start + 8] == b"IDAT":
            rows.append(data[start + 8 : start + 8 + length])
        start += 12 + length
    return b"".join(rows)
