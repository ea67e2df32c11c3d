"""What happens to a page before an engine sees it."""

from __future__ import annotations

import math

from notetext.converters import SourcePage
from notetext.errors import ConfigurationError, NoteTextError, PreprocessingError
from notetext.errors.foreign_text import shown
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.reading.options import Region


def picture_of(page: SourcePage, region: Region | None) -> PageImage:
    """The picture of a page, or of a part of it; not decoded yet if it is the whole page.

    Args:
        page: a page of an open document.
        region: ``(left, top, right, bottom)`` in pixels of the page, or ``None`` for all of it.

    Raises:
        ConfigurationError: the region lies outside of the page.
    """
    image = PageImage.lazy(page.image, page.width, page.height, dpi=page.dpi, encoded=page.encoded)
    if region is None:
        return image
    left, top, right, bottom = region
    if left >= image.width or top >= image.height:
        raise ConfigurationError(
            f"region={shown(region)} lies outside of the page's {image.width}×{image.height} pixels"
        )
    return image.cropped(int(left), int(top), math.ceil(right), math.ceil(bottom))


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
