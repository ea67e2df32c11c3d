"""What happens to a page before an engine sees it."""

from __future__ import annotations

import math

from notetext.converters import SourcePage
from notetext.errors import NoteTextError, PreprocessingError, RegionError
from notetext.errors.foreign_text import shown
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.reading.options import Region

ENOUGH_DPI = 300.0
"""The resolution beyond which writing does not become more legible; what scanners use for text."""
_NOT_SQUARE = 1.1
"""How far the two resolutions differ where letters look other than they were written: those of a
fine fax, 204 × 196, differ less than hands do."""


def picture_of(page: SourcePage, region: Region | None, max_pixels: int) -> PageImage:
    """The picture of a page, or of a part of it, in square pixels.

    It is not decoded yet if it is the whole page, and its pixels are square already.

    Args:
        page: a page of an open document.
        region: ``(left, top, right, bottom)`` in pixels of the page, or ``None`` for all of it.
        max_pixels: the most that it may become by being made square.

    Raises:
        RegionError: the region lies outside of the page.
    """
    image = PageImage.lazy(page.image, page.width, page.height, dpi=page.dpi, encoded=page.encoded)
    if region is None:
        return _in_square_pixels(image, page, max_pixels)
    left, top, right, bottom = region
    if left >= image.width or top >= image.height:
        raise RegionError(
            f"region={shown(region)} lies outside of the page's {image.width}×{image.height} pixels"
        )
    part = image.cropped(int(left), int(top), math.ceil(right), math.ceil(bottom))
    return _in_square_pixels(part, page, max_pixels)


def _in_square_pixels(image: PageImage, page: SourcePage, max_pixels: int) -> PageImage:
    """Stretches a picture whose resolution is not the same both ways, as that of a fax is not.

    Its coarser side gets what writing needs, its finer one loses no more than is of use.
    """
    across, down = page.dpi, page.dpi_y
    if across is None or down is None:
        return image
    coarse, fine = min(across, down), max(across, down)
    if fine / coarse < _NOT_SQUARE:
        return image
    dpi = min(max(coarse, ENOUGH_DPI), fine)
    most = math.sqrt(across * down * max_pixels / (image.width * image.height))
    dpi = min(dpi, most)
    width, height = image.width * dpi / across, image.height * dpi / down
    square = image.resized(max(1, round(width)), max(1, round(height)))
    square.dpi = dpi
    return square


def apply_step(step: Preprocessor, image: PageImage) -> PageImage:
    """Takes a picture through a step.

    Raises:
        PreprocessingError: the step failed, or returned something else.
    """
    try:
        changed = step(image)
    except NoteTextError:
        raise
    except Exception as error:  # a step is anybody's code
        raise PreprocessingError(
            f"the step {step.name!r} failed: {type(error).__name__}: {error}", step=step.name
        ) from error
    if not isinstance(changed, PageImage):
        raise PreprocessingError(
            f"the step {step.name!r} returned a {type(changed).__name__}, not a PageImage",
            step=step.name,
        )
    if changed.is_closed:
        raise PreprocessingError(
            f"the step {step.name!r} closed the picture that it returned; "
            "leave closing to whoever made the picture",
            step=step.name,
        )
    return changed
