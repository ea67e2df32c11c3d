"""What can be drawn of a picture that is damaged or cut off, and how much is missing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFile, TiffImagePlugin

from notetext.documents.pictures import turn_of

END_OF_JPEG = b"\xff\xd9"
_ANYTHING = np.random.default_rng(0).integers(0, 255, 1 << 16, np.uint8).tobytes()
"""Goes on where a JPEG is cut off, so that what it changes was not there."""
_FILLING = 64
_STRIP_PIXELS = 1 << 22


@dataclass(frozen=True, slots=True)
class PartialPicture:
    """A picture as far as it could be drawn, on white.

    Attributes:
        image: the size of the whole.
        missing: which share of it is not there; ``None`` if nobody can tell.
    """

    image: Image.Image
    missing: float | None

    @property
    def warning(self) -> str:
        """What the user should know."""
        if self.missing is None:
            return "the picture is cut off or damaged: parts of it may be missing or unsharp"
        if self.missing == 0:
            return "the end of the picture's file is missing or damaged; all of it could be drawn"
        share = f"{100 * self.missing:.0f} %" if self.missing >= 0.01 else "less than 1 %"
        return f"the picture is cut off or damaged: {share} of it is missing, and was left blank"


def drawn_part(
    opened: Callable[[], AbstractContextManager[ImageFile.ImageFile]],
) -> PartialPicture | None:
    """Draws a picture whose decoder fails, as far as that comes.

    It is decoded on two grounds, black and white: where these show, nothing was drawn.

    Args:
        opened: opens the file anew, at the frame.

    Returns:
        ``None`` if nothing of it can be drawn.
    """
    with opened() as frame:
        light = _decoded_on(frame, 255)
    with opened() as frame:
        dark = _decoded_on(frame, 0)
    if light.mode != dark.mode or light.size != dark.size:
        return None
    undrawn = _differences(light, dark)
    del dark
    return _on_white(light, undrawn)


def drawn_part_of_jpeg(
    opened: Callable[[bytes], AbstractContextManager[ImageFile.ImageFile]],
) -> PartialPicture | None:
    """Draws a JPEG that is cut off, as far as it is there.

    It is decoded with two endings. Where these make a difference, nothing was left of the file.

    Args:
        opened: opens the file anew, with such an ending.

    Returns:
        ``None`` if nothing of it can be drawn.
    """
    with opened(END_OF_JPEG) as frame:
        ended = frame.copy()
        in_passes = bool(frame.info.get("progressive"))
    with opened(_ANYTHING + END_OF_JPEG) as frame:
        undrawn = _differences(ended, frame.copy())
    rows = np.flatnonzero(np.asarray(undrawn).any(axis=1))
    if not rows.size:
        return PartialPicture(ended, 0.0)
    if in_passes:
        return PartialPicture(ended, None)
    # A decoder that has lost its place may find another, further down.
    undrawn.paste(255, (0, int(rows[0]), *undrawn.size))
    return _on_white(ended, undrawn)


def without_filling(data: bytes) -> bytes:
    """A JPEG that is cut off, without what says nothing at its end.

    Downloads that break off leave zeros, and half a marker would make one with what is put behind.
    """
    if data.endswith(bytes(_FILLING)):
        data = data.rstrip(b"\0")
    return data.rstrip(b"\xff")


def _decoded_on(frame: ImageFile.ImageFile, ground: int) -> Image.Image:
    """What a decoder draws before it fails, on a ground of one level."""
    bands = len(frame.getbands())
    # Pillow makes a TIFF upright once it is drawn, and says its size as it will be.
    size = getattr(frame, "_tile_size", frame.size)
    paper = Image.new(frame.mode, size, (ground,) * bands if bands > 1 else ground)
    frame.im = paper.im
    try:
        frame.load()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - that it fails is known; what counts is how far it came
        frame.tile = []
    # The decoder has drawn on this very paper; a palette makes something else of it.
    drawn = paper if frame.im is paper.im and frame.mode != "P" else Image.Image.copy(frame)
    # The tag goes once the frame was turned, also if its decoder has failed before.
    if isinstance(frame, TiffImagePlugin.TiffImageFile):
        turn = turn_of(frame)
        return drawn if turn is None else drawn.transpose(turn)
    return drawn


def _differences(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where two pictures differ, black elsewhere; by strips, for the memory."""
    mask = Image.new("L", one.size, 0)
    rows = max(1, _STRIP_PIXELS // one.width)
    for top in range(0, one.height, rows):
        strip = (0, top, one.width, min(one.height, top + rows))
        differs = np.asarray(one.crop(strip)) != np.asarray(other.crop(strip))
        if differs.ndim == 3:
            differs = differs.any(axis=2)
        mask.paste(Image.fromarray(differs.astype(np.uint8) * 255), strip[:2])
    return mask


def _on_white(image: Image.Image, undrawn: Image.Image) -> PartialPicture | None:
    missing = undrawn.histogram()[255] / (undrawn.width * undrawn.height)
    if missing == 1:
        return None
    if missing == 0:
        return PartialPicture(image, 0.0)
    if image.mode in {"I;16", "I;16L", "I;16B", "I;16N", "I", "F"}:
        values = np.array(image)
        values[np.asarray(undrawn) > 0] = values.max()
        return PartialPicture(Image.fromarray(values), missing)
    if image.mode not in {"L", "RGB"}:
        image = image.convert("L" if image.mode == "1" else "RGB")
    image.paste("white", mask=undrawn)
    return PartialPicture(image, missing)
