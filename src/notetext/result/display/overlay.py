"""The boxes of words, drawn on the page."""

from __future__ import annotations

import sys
from importlib import import_module

from PIL import Image, ImageDraw

from notetext.model import PageData, standing
from notetext.page_image import to_pixels
from notetext.result.display.colours import confidence_colour
from notetext.result.display.pictures import small_jpeg

_FILL = 56
_EDGE = 230
"""How opaque boxes and their edges are, of 255."""
_PIXELS_PER_EDGE = 700
_NOTEBOOK_SIDE = 1000


def draw_overlay(page: PageData, image: Image.Image) -> Image.Image:
    """Draws the words' boxes; see `Page.overlay`. The picture may be a smaller one of the page."""
    picture = Image.fromarray(to_pixels(image)).convert("RGB")
    scale_x = picture.width / page.width if page.width else 1.0
    scale_y = picture.height / page.height if page.height else 1.0
    edge = max(1, round(min(picture.size) / _PIXELS_PER_EDGE))
    pen = ImageDraw.Draw(picture, "RGBA")
    for word in standing(page.words):
        if word.box is not None:
            colour = confidence_colour(word.confidence)
            corners = [(x * scale_x, y * scale_y) for x, y in word.box.corners]
            pen.polygon(corners, fill=(*colour, _FILL))
            # A polygon's own outline takes a mask of the whole picture for each.
            pen.line([*corners, corners[0]], fill=(*colour, _EDGE), width=edge)
    return picture


def show(picture: Image.Image, title: str | None) -> None:
    """Shows a picture: in a notebook, or in the system's viewer."""
    interactive = sys.modules.get("IPython")
    if interactive is not None and interactive.get_ipython() is not None:
        notebook = import_module("IPython.display")
        notebook.display(notebook.Image(data=small_jpeg(picture, _NOTEBOOK_SIDE), format="jpeg"))
    else:
        picture.show(title=title)
