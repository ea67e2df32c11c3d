"""The boxes of words, drawn on the page."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from notetext.display.confidence import confidence_colour
from notetext.display.pictures import page_image, small_jpeg
from notetext.errors import PageRangeError
from notetext.page_image import to_pixels

if TYPE_CHECKING:
    from notetext.result import Page, RecognitionResult

_FILL = 56
_EDGE = 230
"""How opaque boxes and their edges are, of 255."""
_PIXELS_PER_EDGE = 700
_NOTEBOOK_SIDE = 1000


def draw_overlay(page: Page, image: Image.Image | None = None) -> Image.Image:
    """Draws the words' boxes; see `Page.overlay`. The picture may be a smaller one of the page."""
    pixels = page_image(page) if image is None else Image.fromarray(to_pixels(image))
    picture = pixels.convert("RGB")
    scale_x = picture.width / page.width if page.width else 1.0
    scale_y = picture.height / page.height if page.height else 1.0
    edge = max(1, round(min(picture.size) / _PIXELS_PER_EDGE))
    pen = ImageDraw.Draw(picture, "RGBA")
    for word in page.words:
        if word.box is not None:
            colour = confidence_colour(word.confidence)
            corners = [(x * scale_x, y * scale_y) for x, y in word.box.corners]
            pen.polygon(corners, fill=(*colour, _FILL))
            # A polygon's own outline takes a mask of the whole picture for each.
            pen.line([*corners, corners[0]], fill=(*colour, _EDGE), width=edge)
    return picture


def show_page(result: RecognitionResult, number: int | None) -> None:
    """Shows a page's overlay; see `RecognitionResult.show`."""
    pages = {page.number: page for page in reversed(result.pages)}
    page = result.pages[0] if number is None and result.pages else pages.get(number or 0)
    if page is None:
        known = ", ".join(str(page.number) for page in result.pages) or "none"
        raise PageRangeError(f"the result has no page {number}; it has {known}")
    overlay = page.overlay()
    interactive = sys.modules.get("IPython")
    if interactive is not None and interactive.get_ipython() is not None:
        notebook = import_module("IPython.display")
        notebook.display(notebook.Image(data=small_jpeg(overlay, _NOTEBOOK_SIDE), format="jpeg"))
    else:
        overlay.show(title=result.source.name)
