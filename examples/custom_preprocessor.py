"""Steps of your own: a plain function on Pillow pictures, and a class that moves geometry."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from notetext import NoteText
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor

NOTES = Path(__file__).parent / "notes"


def posterized(image: Image.Image) -> Image.Image:
    """Reduces the picture to eight shades."""
    return ImageOps.posterize(image, 3)


@dataclass(frozen=True)
class WithoutMargin(Preprocessor):
    """Cuts a margin off every side.

    Attributes:
        share: of the picture's width and height, 0 to 0.5.
    """

    name = "without_margin"
    version = "1"
    share: float = 0.02

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the middle of the page; boxes still land on the whole page."""
        x, y = round(image.width * self.share), round(image.height * self.share)
        return image.cropped(x, y, image.width - x, image.height - y)


reader = NoteText(preprocessors=["grayscale", posterized, WithoutMargin(share=0.03)])
result = reader.recognize(NOTES / "shopping.jpg")
print(result.text)
print(result.words[0].box)
