"""Pixels as arrays: from Pillow's pictures of any mode to grey or colour of 8 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    Pixels: TypeAlias = NDArray[np.uint8]

_DEEP_MODES = frozenset({"I;16", "I;16L", "I;16B", "I;16N", "I", "F"})
_STRIP_PIXELS = 32 << 20
_SOLID = 128  # of 255: less is the edge of a stroke
_LIGHT = 160  # a grey level
_NEARLY_ALL = 0.98
_RANGE_ENDS = tuple(float((1 << bits) - 1) for bits in (1, 8, 10, 12, 14, 15, 16))


def to_pixels(image: Image.Image) -> Pixels:
    """Turns a Pillow picture of any mode into H×W (grey) or H×W×3 (RGB), uint8.

    Transparent parts become white paper, or black where all that is there is light writing, which
    nobody could see on white. Grey values of more than 8 bits are scaled so that the
    brightest fits: white is the end of the smallest usual range (1, 8, 10, 12, 14, 15 or 16 bits;
    for floats 0…1 or likewise) that holds it, or the brightest value itself beyond those. Where
    there are values below zero, the darkest is black. What is not a number is paper.
    """
    import numpy as np
    from PIL import Image

    if image.mode == "La":
        image = image.convert("LA")
    if image.mode in _DEEP_MODES:
        return _scaled_to_uint8(np.asarray(image))
    if image.has_transparency_data:
        is_grey = image.mode in {"1", "L", "LA"}
        image = _on_paper(image.convert("RGBA"))
        image = image.convert("L") if is_grey else image
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode not in {"L", "RGB"}:
        image = image.convert("RGB")
    assert isinstance(image, Image.Image)
    return _array_of(image)


def _array_of(image: Image.Image) -> Pixels:
    """A copy of a grey or colour picture; of a large one by strips, since Pillow's takes twice."""
    import numpy as np

    if image.width * image.height <= _STRIP_PIXELS:
        return np.asarray(image)
    shape = (image.height, image.width, 3) if image.mode == "RGB" else (image.height, image.width)
    pixels = np.empty(shape, np.uint8)
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(image.height, top + rows)
        pixels[top:bottom] = np.asarray(image.crop((0, top, image.width, bottom)))
    return pixels


def _on_paper(image: Image.Image) -> Image.Image:
    from PIL import Image

    alpha = image.getchannel("A")
    paper = Image.new("RGB", image.size, "black" if _is_light_writing(image, alpha) else "white")
    paper.paste(image, mask=alpha)
    return paper


def _is_light_writing(image: Image.Image, alpha: Image.Image) -> bool:
    """Whether what is not transparent is light, and so little that it can be no page."""
    solid = alpha.point(lambda value: 255 if value >= _SOLID else 0)
    levels = image.convert("L").histogram(mask=solid)
    count = sum(levels)
    light = sum(levels[_LIGHT:])
    return 0 < count < image.width * image.height / 2 and light >= _NEARLY_ALL * count


def _scaled_to_uint8(values: NDArray[np.generic]) -> Pixels:
    """Scales grey values of any range to 0…255; see `to_pixels`."""
    import numpy as np

    # Doubles, as the range of single floats can be wider than a single float.
    floats = np.asarray(values, np.float64)
    finite = floats[np.isfinite(floats)]
    black = min(0.0, float(finite.min(initial=0.0)))
    white = float(finite.max(initial=0.0))
    if black == 0.0:
        white = next((end for end in _RANGE_ENDS if white <= end), white)
    scaled = (floats - black) / ((white - black) or 1.0) * 255.0
    scaled = np.nan_to_num(scaled, nan=255.0, posinf=255.0, neginf=0.0)
    return np.asarray(np.clip(scaled + 0.5, 0, 255), np.uint8)
