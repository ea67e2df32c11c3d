"""`PageImage`: pixels, and the geometry back to the page that they came from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, TypeAlias

from notetext.page_image.pixels import to_pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from notetext.page_image.pixels import Pixels

    Matrix: TypeAlias = NDArray[np.float64]
    Points: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The bytes of a picture as they came in.

    Attributes:
        data: the whole file.
        media_type: such as ``"image/jpeg"``.
    """

    data: bytes = field(repr=False)
    media_type: str


class PageImage:
    """Pixels, their resolution, and the way back to the page that they came from.

    Coordinates are pixels, origin top left, x right, y down; (0, 0) is the outer corner of the
    first pixel. A `PageImage` is never changed: its methods return new ones. Every change of
    geometry goes through `resized`, `rotated`, `warped` or `cropped`, so that whatever is found in
    the picture can be put back where it stands on the page.

    Pixels that come from a file are decoded on the first use of `pixels` or `image`. Threads may
    share a `PageImage`.

    >>> from notetext.page_image import PageImage
    >>> import numpy as np
    >>> page = PageImage(np.zeros((100, 80), np.uint8), dpi=150)
    >>> small = page.cropped(10, 20, 60, 70).resized(25, 25)
    >>> small.to_page([(0, 0), (25, 25)]).tolist()
    [[10.0, 20.0], [60.0, 70.0]]
    >>> small.dpi
    75.0
    """

    __slots__ = ("_decode", "_pixels", "dpi", "encoded", "height", "transform", "width")

    def __init__(
        self, pixels: Pixels, *, dpi: float | None = None, transform: Matrix | None = None
    ) -> None:
        """Wraps pixels.

        Args:
            pixels: H×W (grey) or H×W×3 (RGB), uint8. Not copied; leave them alone afterwards.
            dpi: dots per inch, or ``None`` if nobody knows.
            transform: 3×3, from this picture's coordinates to the page's; the identity if left out.

        Raises:
            ValueError: the array is no such picture, or the transform is not of finite numbers.
        """
        import numpy as np

        grey_or_rgb = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] == 3)
        if pixels.dtype != np.uint8 or not grey_or_rgb or 0 in pixels.shape:
            raise ValueError(
                "pixels must be uint8, H×W or H×W×3 and not empty, "
                f"not {pixels.dtype} of shape {pixels.shape}"
            )
        if transform is not None and not np.isfinite(transform).all():
            raise ValueError("the transform back to the page must be of finite numbers")
        self._pixels: Pixels | None = pixels
        self._decode: Callable[[], Pixels] | None = None
        self.height: int = pixels.shape[0]
        self.width: int = pixels.shape[1]
        self.dpi = dpi
        self.transform: Matrix = np.eye(3) if transform is None else transform
        self.encoded: Encoded | None = None
        """The file that this picture is, pixel by pixel, or ``None`` once anything has changed."""

    @classmethod
    def lazy(
        cls,
        decode: Callable[[], Image.Image],
        width: int,
        height: int,
        *,
        dpi: float | None = None,
        encoded: Encoded | None = None,
    ) -> Self:
        """Makes a page whose pixels are decoded when they are first asked for.

        Args:
            decode: returns the picture, ``width``×``height``, in any mode of Pillow's.
            width: pixels.
            height: pixels.
            dpi: dots per inch, or ``None``.
            encoded: the file that holds just this picture, upright, or ``None``.
        """
        import numpy as np

        page = cls.__new__(cls)
        page._pixels = None
        page._decode = lambda: to_pixels(decode())
        page.width, page.height, page.dpi = width, height, dpi
        page.transform = np.eye(3)
        page.encoded = encoded
        return page

    @property
    def pixels(self) -> Pixels:
        """H×W (grey) or H×W×3 (RGB), uint8; read-only by agreement."""
        pixels = self._pixels
        if pixels is None:
            if self._decode is None:
                raise ValueError("this page image was closed")
            pixels = self._pixels = self._decode()
        return pixels

    @property
    def image(self) -> Image.Image:
        """The same picture for Pillow, of mode L or RGB."""
        from PIL import Image

        return Image.fromarray(self.pixels)

    @property
    def angle(self) -> float:
        """Degrees, counter-clockwise, by which this picture's rows are turned on the page."""
        ends = self.to_page([(0, self.height / 2), (self.width, self.height / 2)])
        dx, dy = ends[1] - ends[0]
        return math.degrees(math.atan2(-dy, dx))

    def grey(self) -> Pixels:
        """The pixels as H×W, uint8 (ITU-R 601 luma)."""
        pixels = self.pixels
        if pixels.ndim == 2:
            return pixels
        import cv2

        return _uint8(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))

    @property
    def is_closed(self) -> bool:
        """Whether there are no pixels any more, see `close`."""
        return self._pixels is None and self._decode is None

    def close(self) -> None:
        """Frees the pixels early; the size, the resolution and the geometry stay."""
        self._pixels = None
        if self.encoded is None:
            self._decode = None

    @property
    def inverse_transform(self) -> Matrix:
        """3×3, from the page's coordinates to this picture's."""
        import numpy as np

        return np.asarray(np.linalg.inv(self.transform), np.float64)

    def to_page(self, points: Points | list[tuple[float, float]]) -> Points:
        """Maps N×2 points of this picture to the page as it came in."""
        return map_points(self.transform, points)

    def from_page(self, points: Points | list[tuple[float, float]]) -> Points:
        """Maps N×2 points of the page as it came in to this picture."""
        return map_points(self.inverse_transform, points)

    def with_pixels(self, pixels: Pixels) -> PageImage:
        """The same view with other pixels of the same height and width.

        Raises:
            ValueError: the size is another.
        """
        if pixels.shape[:2] != (self.height, self.width):
            raise ValueError(
                f"{pixels.shape[1]}×{pixels.shape[0]} pixels cannot stand in for "
                f"{self.width}×{self.height}; use resized, rotated, warped or cropped"
            )
        return PageImage(pixels, dpi=self.dpi, transform=self.transform)

    def resized(self, width: int, height: int) -> PageImage:
        """Scales to ``width``×``height`` pixels, by area when smaller, bicubic when larger."""
        import cv2

        scale_x, scale_y = width / self.width, height / self.height
        smaller = scale_x * scale_y < 1
        method = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
        return self.redrawn(_uint8(cv2.resize(self.pixels, (width, height), interpolation=method)))

    def redrawn(self, pixels: Pixels) -> PageImage:
        """The same view in pixels of any height and width, which somebody else has drawn.

        Unlike `with_pixels`, it takes another size; the corners stay where they are.
        """
        import numpy as np

        scale = [pixels.shape[1] / self.width, pixels.shape[0] / self.height, 1.0]
        return self._derived(pixels, np.diag(scale))

    def cropped(self, left: int, top: int, right: int, bottom: int) -> PageImage:
        """Cuts out the columns ``left…right`` and the rows ``top…bottom`` (ends exclusive).

        Raises:
            ValueError: nothing of the picture lies there.
        """
        left, top = max(0, left), max(0, top)
        right, bottom = min(self.width, right), min(self.height, bottom)
        if left >= right or top >= bottom:
            raise ValueError(
                f"the crop {(left, top, right, bottom)} holds nothing of the "
                f"{self.width}×{self.height} pixels"
            )
        return self._derived(self.pixels[top:bottom, left:right], _translation(-left, -top))

    def rotated(self, angle: float, *, fill: int | None = None) -> PageImage:
        """Turns the picture, which grows so that nothing is cut off.

        Args:
            angle: degrees, counter-clockwise. Quarter turns are exact.
            fill: the grey value (0…255) of the new corners; the median of the border if left out.
        """
        import numpy as np

        width, height = self.width, self.height
        quarters, rest = divmod(angle, 90)
        if rest == 0:
            turns = int(quarters) % 4
            matrix = [
                np.eye(3),
                np.array([[0.0, 1, 0], [-1, 0, width], [0, 0, 1]]),
                np.array([[-1.0, 0, width], [0, -1, height], [0, 0, 1]]),
                np.array([[0.0, -1, height], [1, 0, 0], [0, 0, 1]]),
            ][turns]
            return self._derived(np.ascontiguousarray(np.rot90(self.pixels, turns)), matrix)
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        new_width = math.ceil(abs(width * cos) + abs(height * sin))
        new_height = math.ceil(abs(width * sin) + abs(height * cos))
        turn = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])
        centred = turn @ _translation(-width / 2, -height / 2)
        return self.warped(
            _translation(new_width / 2, new_height / 2) @ centred, new_width, new_height, fill=fill
        )

    def warped(
        self, matrix: Matrix, width: int, height: int, *, fill: int | None = None
    ) -> PageImage:
        """Moves every pixel by a projective map, bilinearly.

        A map that reduces the picture to less than half is preceded by a reduction by area, so
        that thin strokes are not skipped.

        Args:
            matrix: 3×3, invertible, from this picture's coordinates to the new picture's.
            width: of the new picture, in pixels.
            height: of the new picture, in pixels.
            fill: the grey value (0…255) of what lies outside; the median of the border if left out.
        """
        import cv2
        import numpy as np

        scale = self._scale_at_centre(matrix)
        if 2 * scale < 1 and min(self.width, self.height) * scale > 1:
            reduced = self.resized(round(self.width * scale), round(self.height * scale))
            back = np.diag([self.width / reduced.width, self.height / reduced.height, 1.0])
            return reduced.warped(matrix @ back, width, height, fill=fill)
        # OpenCV counts from the centre of the first pixel, we count from its corner.
        centred = _translation(-0.5, -0.5) @ matrix @ _translation(0.5, 0.5)
        value = [float(v) for v in self._border_colour()] if fill is None else [float(fill)] * 3
        # The same pixels, a third faster where nothing recedes.
        affine = np.array_equal(centred[2], [0, 0, 1])
        pixels = (cv2.warpAffine if affine else cv2.warpPerspective)(
            self.pixels,
            np.asarray(centred[:2] if affine else centred, np.float64),
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=value,
        )
        return self._derived(_uint8(pixels), matrix)

    def _derived(self, pixels: Pixels, matrix: Matrix) -> PageImage:
        """The picture that ``matrix`` makes of this one."""
        import numpy as np

        dpi = self.dpi and self.dpi * self._scale_at_centre(matrix)
        return PageImage(pixels, dpi=dpi, transform=self.transform @ np.linalg.inv(matrix))

    def _scale_at_centre(self, matrix: Matrix) -> float:
        """The side of the area to which ``matrix`` maps a pixel in the middle of the picture."""
        import numpy as np

        depth = float(matrix[2] @ [self.width / 2, self.height / 2, 1.0])
        return math.sqrt(abs(float(np.linalg.det(matrix)) / depth**3))

    def _border_colour(self) -> Pixels:
        import numpy as np

        pixels = self.pixels.reshape(self.height, self.width, -1)
        edges = [pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]
        return _uint8(np.median(np.concatenate(edges), axis=0))

    def __repr__(self) -> str:
        state = ", closed" if self.is_closed else ""
        return f"PageImage({self.width}×{self.height}, dpi={self.dpi}{state})"


def map_points(matrix: Matrix, points: Points | list[tuple[float, float]]) -> Points:
    """Maps N×2 points by a projective 3×3 matrix."""
    import numpy as np

    flat = np.asarray(points, np.float64).reshape(-1, 2)
    mapped = flat @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(mapped[:, :2] / mapped[:, 2:], np.float64)


def _translation(dx: float, dy: float) -> Matrix:
    import numpy as np

    return np.array([[1.0, 0, dx], [0, 1, dy], [0, 0, 1]])


def _uint8(values: NDArray[np.generic] | object) -> Pixels:
    import numpy as np

    return np.asarray(values, dtype=np.uint8)
