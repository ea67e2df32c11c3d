"""An engine that counts strokes."""

import cv2

from notetext.engines import Engine, Reading, Request
from notetext.model import Box, Line, Word
from notetext.page_image import PageImage


class TallyEngine(Engine):
    """Counts the separate strokes on a page: its text is their number."""

    name = "tally"
    version = "1"

    def read(self, image: PageImage, request: Request) -> Reading:
        """Counts connected dark spots."""
        _, ink = cv2.threshold(image.grey(), 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
        labels, _ = cv2.connectedComponents(ink)
        if labels < 2:
            return Reading()
        left, top, width, height = cv2.boundingRect(ink)
        box = Box.rectangle(left, top, left + width, top + height)
        return Reading(fragments=[Line(words=(Word(text=str(labels - 1), box=box),), box=box)])
