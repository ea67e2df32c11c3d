"""A page's pixels, and pictures small enough to be kept in a notebook."""

from __future__ import annotations

import io

from PIL import Image

from notetext.documents import Attachment
from notetext.errors import MissingSourceError
from notetext.page_image import to_pixels

_QUALITY = 60


def picture_in(attachment: Attachment, number: int) -> Image.Image:
    """A page's pixels, upright, in grey or RGB.

    Raises:
        MissingSourceError: the document is not to be had.
    """
    images = attachment.open()
    if images is None:
        raise MissingSourceError(
            "a picture of the page needs its document, and this result has none; bring it back "
            "with result.attach(…), or pass the picture",
            page=number,
        )
    with images:
        return Image.fromarray(to_pixels(images.image(number)).copy())


def small_jpeg(image: Image.Image, max_side: int) -> bytes:
    """A picture in grey or RGB as a JPEG of no more than so many pixels in width and height."""
    small = image.copy()
    small.thumbnail((max_side, max_side))
    file = io.BytesIO()
    small.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()
