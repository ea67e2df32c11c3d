"""A document of several pages."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

Frames = Callable[..., bytes]


def frames(*shades: int) -> bytes:
    """A TIFF with a page of each shade of grey; a black one makes the measuring engine fail."""
    pages = [Image.new("L", (60, 40), shade) for shade in shades]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    return file.getvalue()


@pytest.fixture(scope="session", name="frames")
def frames_fixture() -> Frames:
    """Makes documents; see the function."""
    return frames
