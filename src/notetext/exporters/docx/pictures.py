"""Pages and drawings as pictures for a document of a given width."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import PurePath

from PIL import Image

from notetext.errors import InputError
from notetext.exporters import PageImages
from notetext.model import Box, PageStatus
from notetext.page_image import to_pixels
from notetext.result import Page, RecognitionResult
from notetext.result.display.pictures import small_jpeg

_DPI = 300  # on paper: more shows no stroke that less would not


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a document.

    Attributes:
        jpeg: the file.
        width: on paper, in inches.
        height: likewise.
        said: what it shows, for those who do not see it.
    """

    jpeg: bytes
    width: float
    height: float
    said: str


class Pictures:
    """The pictures of a result's pages, as wide as a document's text.

    Args:
        result: what was read.
        images: its pages' pixels.
        width: of the text, in inches.
        height: that a picture may have.
    """

    def __init__(
        self, result: RecognitionResult, images: PageImages, width: float, height: float
    ) -> None:
        self._pages = {page.number: page for page in result.pages}
        self._images = images
        self._width, self._height = width, height
        self._name = PurePath(result.source.name or "the note").name
        self._open: tuple[int, Image.Image] | None = None  # one page's pixels are held at a time

    def page(self, number: int) -> Picture | None:
        """A whole page; ``None`` of one that could not be opened."""
        page, image = self._pages[number], self._image(number)
        if image is None:
            return None
        scale, stretch = self._scale(page)
        width, height = scale * page.width, scale * stretch * page.height
        return _picture(image, width, height, f"Page {number} of {self._name}")

    def figure(self, number: int, place: Box) -> Picture | None:
        """A drawing, as large as it is on the picture of its page."""
        page, image = self._pages[number], self._image(number)
        if image is None:
            return None
        left, top = max(0.0, place.left), max(0.0, place.top)
        right, bottom = min(page.width, place.right), min(page.height, place.bottom)
        if right <= left or bottom <= top:
            return None
        across, down = image.width / page.width, image.height / page.height
        start, end = (int(left * across), int(top * down)), (right * across, bottom * down)
        scale, stretch = self._scale(page)
        width, height = scale * (right - left), scale * stretch * (bottom - top)
        cut = image.crop((*start, math.ceil(end[0]), math.ceil(end[1])))
        return _picture(cut, width, height, f"Figure on page {number} of {self._name}")

    def _scale(self, page: Page) -> tuple[float, float]:
        """Inches for each pixel from left to right, and how much longer those down the page are."""
        stretch = page.dpi / page.dpi_y if page.dpi and page.dpi_y else 1.0
        return min(self._width / page.width, self._height / (stretch * page.height)), stretch

    def _image(self, number: int) -> Image.Image | None:
        page = self._pages[number]
        if not (page.width and page.height):
            return None
        if self._open is None or self._open[0] != number:
            try:
                pixels = to_pixels(self._images.image(number))
            except InputError:
                if page.status is PageStatus.FAILED:
                    return None
                raise
            self._open = number, Image.fromarray(pixels)
        return self._open[1]


def _picture(image: Image.Image, width: float, height: float, said: str) -> Picture:
    return Picture(small_jpeg(image, round(_DPI * max(width, height)) or 1), width, height, said)
