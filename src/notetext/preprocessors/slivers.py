"""Takes slivers of the neighbours off a picture of one written line."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from notetext.page_image import PageImage
from notetext.page_image.one_line import find_one_line
from notetext.preprocessors import Preprocessor


@dataclass(frozen=True)
class RemoveSlivers(Preprocessor):
    """Takes away what the edges have cut off the lines above and below a picture's one line.

    A picture of a line, a word or a field, cut out of a page, shows a little of its neighbours,
    which would be read too. What touches the upper or the lower edge, does not reach into the rows
    of the line's small letters, and is lower than the line's own pieces is painted over with the
    paper around it. A picture of more than one line is returned as it is, like one without slivers.

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.slivers import RemoveSlivers
    >>> image = PageImage(np.full((60, 300), 250, np.uint8))
    >>> RemoveSlivers()(image) is image
    True
    """

    name = "remove_slivers"
    version = "2"

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the picture with its one line alone."""
        line = find_one_line(image)
        if line is None or not line.slivers.any():
            return image
        size = (image.width, image.height)
        edge = FADING * line.stroke
        brush = np.ones((2 * edge + 1, 2 * edge + 1), np.uint8)
        mask = cv2.resize(cv2.dilate(line.slivers, brush), size, interpolation=cv2.INTER_NEAREST)
        painted = cv2.inpaint(image.pixels, mask, 3, cv2.INPAINT_TELEA)
        return image.with_pixels(np.asarray(painted, np.uint8))


FADING = 2
"""Widths of a stroke by which what is painted over is widened: ink fades out."""
