"""Pictures that are already in memory: Pillow's and NumPy's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from notetext.documents.document import Document, OpenOptions, SourcePage
from notetext.documents.page_range import check_number
from notetext.documents.pictures import Resolution, check_pixels, damaged, orientation, upright
from notetext.errors import UnsupportedFormatError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PixelsDocument(Document):
    """A document of one page whose pixels the user gave; of a file with frames, the current one."""

    page_count = 1

    def __init__(self, image: Image.Image, options: OpenOptions) -> None:
        """Wraps a picture.

        Raises:
            InputTooLargeError: it has more pixels than the limits allow.
            CorruptInputError: it has none.
        """
        check_pixels(image.width, image.height, options)
        self._page = PixelsPage(image, options)

    def page(self, number: int) -> SourcePage:
        """Returns the only page."""
        check_number(number, self.page_count)
        return self._page


class PixelsPage(SourcePage):
    """The page of a picture in memory, upright by the picture's EXIF orientation."""

    number = 1

    def __init__(self, image: Image.Image, options: OpenOptions) -> None:
        found = Resolution.of_page(image, options.dpi, sideways=orientation(image) >= 5)
        self.dpi, self.dpi_y = found.dpi, found.dpi_y
        try:
            self._image = upright(image)
        except Exception as error:
            raise damaged(error) from error
        self.width, self.height = self._image.size

    def image(self) -> Image.Image:
        """The picture itself.

        Raises:
            CorruptInputError: it comes from a file that was not read yet, and is damaged or closed.
        """
        return loaded(self._image)


def loaded(image: Image.Image) -> Image.Image:
    """The same picture, decoded if it was not yet.

    Raises:
        CorruptInputError: it comes from a file that is damaged or closed.
    """
    try:
        image.load()
    except Exception as error:
        raise damaged(error) from error
    return image


def image_of_array(array: NDArray[np.generic], options: OpenOptions) -> Image.Image:
    """Makes a picture of an array.

    Args:
        array: H×W (grey) or H×W×3 (RGB), uint8.
        options: the limits.

    Raises:
        UnsupportedFormatError: the array is another; the message says how to convert it.
        InputTooLargeError: it has more pixels than the limits allow.
    """
    import numpy as np

    grey_or_rgb = array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)
    if array.dtype != np.uint8 or not grey_or_rgb or 0 in array.shape:
        raise UnsupportedFormatError(
            f"the array is {array.dtype} of shape {array.shape}; give uint8 of shape H×W (grey) "
            "or H×W×3 (RGB), with values from 0 (black) to 255 (white)"
        )
    # An array may be larger than memory, as long as nobody copies it.
    check_pixels(array.shape[1], array.shape[0], options)
    return Image.fromarray(np.ascontiguousarray(array))
