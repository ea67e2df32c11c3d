"""Pixels on their way through the rooms, with the geometry back to the page.

`ink` measures what is on them: where the ink is, and how large the writing.
"""

from typing import TYPE_CHECKING

from notetext.page_image.image import Encoded, PageImage, map_points
from notetext.page_image.pixels import to_pixels

if TYPE_CHECKING:
    from notetext.page_image.image import Matrix as Matrix
    from notetext.page_image.image import Points as Points
    from notetext.page_image.pixels import Pixels as Pixels

__all__ = ["Encoded", "PageImage", "map_points", "to_pixels"]
