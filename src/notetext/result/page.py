"""`Page`: a page that was read, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import PrivateAttr, ValidationInfo, field_validator

from notetext.documents import Attachment
from notetext.model import PageData, summary
from notetext.result.structure.finding import find_blocks

if TYPE_CHECKING:
    from PIL import Image


class Page(PageData):
    """A page of the document."""

    _attachment: Attachment = PrivateAttr(default_factory=Attachment)

    @field_validator("blocks", mode="before")
    @classmethod
    def _found_if_missing(cls, blocks: object, info: ValidationInfo) -> object:
        """Files of before have no blocks, and not every page comes from a reader."""
        if blocks or not info.data.get("paragraphs"):
            return blocks
        return find_blocks(info.data["paragraphs"], info.data.get("left_out", ()))

    def __repr__(self) -> str:
        if self.error is not None:
            return f"Page(number={self.number}, failed: {self.error.kind})"
        return f"Page(number={self.number}, {summary(self.words)})"

    def overlay(self, image: Image.Image | None = None) -> Image.Image:
        """Draws where the words stand, coloured by confidence, on a copy of the page.

        Green is sure, yellow is so-so, red is doubtful, and blue has no confidence.

        Args:
            image: the page's pixels, upright; of the document that was read if left out.

        Returns:
            A picture of the size of ``image``, in RGB.

        Raises:
            MissingSourceError: the document is not to be had; see `RecognitionResult.attach`.
        """
        from notetext.result.display.overlay import draw_overlay

        return draw_overlay(self, picture_of(self) if image is None else image)


def hold(page: Page, attachment: Attachment) -> None:
    """Makes a page keep the document that it was read from."""
    page._attachment = attachment


def picture_of(page: Page) -> Image.Image:
    """A page's pixels, upright, in grey or RGB.

    Raises:
        MissingSourceError: the document is not to be had.
    """
    from notetext.result.display.pictures import picture_in

    return picture_in(page._attachment, page.number)
