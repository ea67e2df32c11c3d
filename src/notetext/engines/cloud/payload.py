"""The bytes of a page as they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notetext.engines.cloud.metadata import without_metadata

if TYPE_CHECKING:
    from notetext.page_image import PageImage, Pixels

_JPEG_QUALITY = 92
_SENT_AS_IT_IS = frozenset({"image/jpeg", "image/png"})


def encoded_page(image: PageImage, *, keep_metadata: bool = False) -> bytes:
    """Returns a page as JPEG or PNG.

    A page that still is the upright JPEG or PNG that came in goes out with the same pixels, bit by
    bit; any other one goes as the smaller of PNG and JPEG of quality 92.

    Args:
        image: the page, which stays as it is.
        keep_metadata: leave EXIF and the like in a file that goes as it is.
    """
    original = image.encoded
    if original is not None and original.media_type in _SENT_AS_IT_IS:
        if keep_metadata:
            data: bytes | None = original.data
        else:
            data = without_metadata(original.data, original.media_type)
        if data is not None:
            return data
    return _compressed(image.pixels)


def _compressed(pixels: Pixels) -> bytes:
    import cv2

    if pixels.ndim == 3:
        pixels = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)  # type: ignore[assignment]
    png = cv2.imencode(".png", pixels)[1]
    jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1]
    return min(png.tobytes(), jpeg.tobytes(), key=len)
