"""Which frames of a TIFF are pages: not its thumbnails, smaller copies and masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import TiffImagePlugin

_NEW_SUBFILE_TYPE, _SUBFILE_TYPE = 254, 255
_REDUCED, _MASK = 1, 4
_OLD_REDUCED = 2
_SAME_SHAPE = 1.1
"""How far a thumbnail's proportions may be from its page's, since its sides are rounded."""


@dataclass(frozen=True, slots=True)
class TiffFrame:
    """What the header of a frame says.

    Attributes:
        width: pixels.
        height: pixels.
        is_reduced: whether it calls itself a smaller copy of another frame.
        is_mask: whether it calls itself a mask, which says where another frame is opaque.
    """

    width: int
    height: int
    is_reduced: bool = False
    is_mask: bool = False

    @classmethod
    def of(cls, frame: TiffImagePlugin.TiffImageFile) -> TiffFrame:
        """Reads the tags of the frame at which a file stands."""
        kind = _number(frame, _NEW_SUBFILE_TYPE)
        old = _number(frame, _SUBFILE_TYPE)
        return cls(*frame.size, bool(kind & _REDUCED) or old == _OLD_REDUCED, bool(kind & _MASK))


def pages_among(frames: Sequence[TiffFrame]) -> list[int]:
    """The places, from 0, of the frames that are pages.

    What calls itself a smaller copy is believed if there is something that it can be a copy of:
    some programs mark all their pages so.

    >>> from notetext.converters.tiff import TiffFrame, pages_among
    >>> pages_among([TiffFrame(1200, 500), TiffFrame(400, 167, is_reduced=True)])
    [0]
    >>> pages_among([TiffFrame(400, 167, is_reduced=True)])
    [0]
    """
    whole = [frame for frame in frames if not (frame.is_reduced or frame.is_mask)]
    if not whole:
        return list(range(len(frames)))
    shapes = {(frame.width, frame.height) for frame in whole}
    return [
        place
        for place, frame in enumerate(frames)
        if not (frame.is_mask or (frame.is_reduced and _is_copy(frame, shapes)))
    ]


def _is_copy(frame: TiffFrame, shapes: set[tuple[int, int]]) -> bool:
    return any(
        frame.width < width
        and frame.height < height
        # A side of a few pixels has no proportions to speak of.
        and (frame.width - 1) * height <= _SAME_SHAPE * (frame.height + 1) * width
        and (frame.height - 1) * width <= _SAME_SHAPE * (frame.width + 1) * height
        for width, height in shapes
    )


def _number(frame: TiffImagePlugin.TiffImageFile, tag: int) -> int:
    value = frame.tag_v2.get(tag, 0)
    if isinstance(value, tuple) and value:
        value = value[0]
    return value if isinstance(value, int) else 0
