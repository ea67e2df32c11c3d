"""What holds for every picture: its size within the limits, its way up, its resolution, damage."""

from __future__ import annotations

from dataclasses import dataclass

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

_MOST_STRETCHED = 3.0
"""The most by which a scanner's two resolutions differ; a fax's by 2.1."""
_ROUNDING = 0.01
"""PNG and BMP count pixels per metre, and some programs round to whole centimetres."""
_OF_SCREENS = frozenset({72, 96})


@dataclass(frozen=True, slots=True)
class Resolution:
    """How close a picture's pixels lie.

    Attributes:
        dpi: dots per inch from left to right, or ``None`` if nobody knows.
        dpi_y: from top to bottom, where that is another; ``None``: the same.
    """

    dpi: float | None = None
    dpi_y: float | None = None

    def turned(self) -> Resolution:
        """Of the same picture by a quarter turn."""
        return self if self.dpi_y is None else Resolution(self.dpi_y, self.dpi)

    @classmethod
    def of_page(cls, image: Image.Image, said: float | None, *, sideways: bool) -> Resolution:
        """That of the upright page which a picture becomes.

        Args:
            image: as it is in its file.
            said: what the caller says, who is believed before the file.
            sideways: whether it becomes upright by a quarter turn.
        """
        if said is not None:
            return cls(said)
        claimed = resolution(image)
        return claimed.turned() if sideways else claimed


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


def resolution(image: Image.Image) -> Resolution:
    """The dots per inch that a picture's header claims, as far as they are in reason.

    Programs write 0, 1 or 65,535 where they know nothing, or 72 or 96 into one of the two.
    """
    claimed = image.info.get("dpi")
    if not isinstance(claimed, tuple) or len(claimed) != 2:
        return Resolution()
    across, down = (_in_reason(value) for value in claimed)
    if across is None or down is None:
        return Resolution(across or down)
    if {round(across), round(down)} & _OF_SCREENS and round(max(across, down)) > max(_OF_SCREENS):
        return Resolution(max(across, down))
    ratio = across / down
    if not 1 / _MOST_STRETCHED <= ratio <= _MOST_STRETCHED:
        return Resolution()
    if abs(ratio - 1) < _ROUNDING:
        return Resolution(across)
    return Resolution(across, down)


def _in_reason(claimed: object) -> float | None:
    try:
        dpi = float(claimed)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
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
