"""What holds for every picture: its size within the limits, its way up, its resolution, damage."""

from __future__ import annotations

from PIL import Image

from notetext.documents.document import OpenOptions
from notetext.errors import CorruptInputError, InputTooLargeError, NoteTextError

_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by its EXIF orientation; 5 to 8 swap width and height."""


def turn_of(image: Image.Image) -> Image.Transpose | None:
    """What makes a picture upright, by its EXIF orientation; ``None`` if it is."""
    return _TURNS.get(orientation(image))


def upright(image: Image.Image) -> Image.Image:
    """Turns a picture as its EXIF orientation says."""
    turn = turn_of(image)
    return image if turn is None else image.transpose(turn)


def orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 (upright) to 8; 1 if there is none that can be read."""
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001 - a broken EXIF block is no reason not to read the picture
        return 1


def resolution(image: Image.Image) -> float | None:
    """The dots per inch that a picture's header claims, or ``None`` if it claims none in reason."""
    claimed = image.info.get("dpi")
    if not isinstance(claimed, tuple) or len(claimed) != 2:
        return None
    try:
        dpi = (float(claimed[0]) + float(claimed[1])) / 2
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return dpi if 20 <= dpi <= 10_000 else None


def check_pixels(width: int, height: int, options: OpenOptions) -> None:
    """Checks a page's size before it is decoded.

    Raises:
        InputTooLargeError: it has more pixels than the limits allow.
        CorruptInputError: it has none.
    """
    if width < 1 or height < 1:
        raise CorruptInputError(f"the picture is {width}×{height} pixels: there is nothing in it")
    allowed = options.limits.max_pixels
    if width * height > allowed:
        raise InputTooLargeError(
            f"the page is {width:,}×{height:,} pixels, more than limits.max_pixels={allowed:,}; "
            "raise it with Limits(max_pixels=…)",
            limit="max_pixels",
            allowed=allowed,
            actual=width * height,
        )


def damaged(error: Exception) -> NoteTextError:
    """The error of ours for what Pillow raised."""
    if isinstance(error, NoteTextError):
        return error
    if isinstance(error, MemoryError):
        raise error
    return CorruptInputError(
        f"the picture is damaged or cut off ({type(error).__name__}: {error}); "
        "save it again with a program that can still open it"
    )
