"""Chalk on blackboards."""

from dataclasses import dataclass

from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor


@dataclass(frozen=True)
class Blackboard(Preprocessor):
    """Turns bright writing on a dark ground into dark writing on a bright ground.

    Attributes:
        threshold: the mean grey, 0 to 255, below which a page is a blackboard.
    """

    name = "blackboard"
    version = "1"
    threshold: int = 110

    def __call__(self, image: PageImage) -> PageImage:
        """Inverts a dark page; a bright one stays as it is."""
        grey = image.grey()
        return image if grey.mean() >= self.threshold else image.with_pixels(255 - grey)
