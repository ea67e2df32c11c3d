"""A written line, or a piece of one, as the detector finds it: a band along a curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class DetectedLine:
    """A written line or a piece of one: a band along a curve, since hands climb, dip and bend.

    Attributes:
        axis: N×2 with N ≥ 2, pixels: points on the middle of the writing, in the order of reading.
        height: pixels, of the band across the axis.
        score: 0 to 1, how sure it is that this is text.
    """

    axis: NDArray[np.float64]
    height: float
    score: float
    _along: NDArray[np.float64] = field(init=False, repr=False)
    """N, pixels: how far each point of the axis is from its start, along the axis."""
    _across: NDArray[np.float64] = field(init=False, repr=False)
    """N×2: at each point of the axis the direction that leads down across the line, of length 1."""

    def __post_init__(self) -> None:
        steps = np.linalg.norm(np.diff(self.axis, axis=0), axis=1)
        tangents = np.gradient(self.axis, axis=0)
        tangents /= np.maximum(np.linalg.norm(tangents, axis=1, keepdims=True), 1e-9)
        object.__setattr__(self, "_along", np.concatenate([[0.0], np.cumsum(steps)]))
        object.__setattr__(self, "_across", np.stack([-tangents[:, 1], tangents[:, 0]], axis=1))

    @classmethod
    def rectangle(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """A level, straight line.

        >>> from notetext.engines.local.detected_line import DetectedLine
        >>> DetectedLine.rectangle(0, 0, 100, 20).to_page([(50.0, 10.0)]).tolist()
        [[50.0, 20.0]]
        """
        middle = (top + bottom) / 2
        return cls(np.array([(left, middle), (right, middle)], np.float64), bottom - top, 1.0)

    @property
    def width(self) -> float:
        """Pixels along the writing."""
        return float(self._along[-1])

    @property
    def corners(self) -> NDArray[np.float64]:
        """4×2, pixels, clockwise from the text's top left: the ends of the band."""
        half = self.height / 2
        return self.to_page([(0, -half), (self.width, -half), (self.width, half), (0, half)])

    def to_page(self, points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
        """Where points of the line lie on the page.

        Args:
            points: N×2, pixels: how far along the axis from its start, how far below the axis.

        Returns:
            N×2, pixels of the page.
        """
        along, below = np.asarray(points, np.float64).reshape(-1, 2).T
        return self._at(self.axis, along) + below[:, None] * self._at(self._across, along)

    def grid(self, columns: int, rows: int, slant: float = 0.0) -> NDArray[np.float32]:
        """Where the pixels of a straightened picture of the line lie on the page.

        Args:
            columns: of the picture.
            rows: of the picture.
            slant: pixels to the right for each pixel up, of strokes that the picture shows upright;
                what lies on the axis stays where it is.

        Returns:
            rows×columns×2, pixels of the page, at the middle of each pixel.
        """
        along = (np.arange(columns) + 0.5) / columns * self.width
        below = ((np.arange(rows) + 0.5) / rows - 0.5) * self.height
        middle, down = self._at(self.axis, along), self._at(self._across, along)
        # Against the direction of reading, for it is counted downwards.
        down = down - slant * np.stack([down[:, 1], -down[:, 0]], axis=1)
        grid = np.multiply.outer(below.astype(np.float32), down.astype(np.float32))
        grid += middle.astype(np.float32)
        return grid

    def part(self, start: float, end: float) -> Self:
        """The line from one point along it to another, in pixels; as it is where it ends sooner.

        >>> from notetext.engines.local.detected_line import DetectedLine
        >>> DetectedLine.rectangle(0, 0, 100, 20).part(20, 60).width
        40.0
        """
        start, end = max(start, 0.0), min(end, self.width)
        between = self._along[(self._along > start) & (self._along < end)]
        along = np.concatenate([[start], between, [end]])
        return type(self)(self._at(self.axis, along), self.height, self.score)

    def begun_sooner(self, length: float) -> Self:
        """The line with so many pixels more before it, in the direction in which it begins.

        >>> from notetext.engines.local.detected_line import DetectedLine
        >>> DetectedLine.rectangle(50, 0, 100, 20).begun_sooner(30).axis.tolist()
        [[20.0, 10.0], [50.0, 10.0], [100.0, 10.0]]
        """
        step = self.axis[1] - self.axis[0]
        start = self.axis[0] - step / max(float(np.linalg.norm(step)), 1e-9) * length
        return type(self)(np.concatenate([start[None], self.axis]), self.height, self.score)

    @property
    def is_sideways(self) -> bool:
        """Whether it rather climbs or falls than runs to the right.

        >>> import numpy as np
        >>> from notetext.engines.local.detected_line import DetectedLine
        >>> DetectedLine(np.array([(10.0, 90.0), (10.0, 20.0)]), 12, 0.9).is_sideways
        True
        """
        along, down = np.abs(self.axis[-1] - self.axis[0])
        return bool(down > along)

    def reversed(self) -> Self:
        """The same band, read from the other end: the writing turned by half a turn."""
        return type(self)(self.axis[::-1], self.height, self.score)

    def mirrored(self, width: float) -> Self:
        """The band on the page's mirror image, in the order of reading there.

        >>> from notetext.engines.local.detected_line import DetectedLine
        >>> line = DetectedLine.rectangle(0, 0, 100, 20).mirrored(300)
        >>> line.axis.tolist()
        [[200.0, 10.0], [300.0, 10.0]]

        Args:
            width: of the page.
        """
        return type(self)(self.axis[::-1] * (-1, 1) + (width, 0), self.height, self.score)

    def lying(self) -> Self:
        """The level rectangle around the band, as if it were one line lying down."""
        (left, top), (right, bottom) = self.corners.min(axis=0), self.corners.max(axis=0)
        middle = (top + bottom) / 2
        axis = np.array([(left, middle), (right, middle)], np.float64)
        return type(self)(axis, bottom - top, self.score)

    def scaled(self, x: float, y: float) -> Self:
        """The line on a page that is larger by ``x`` across and by ``y`` down."""
        height = self.height * (x if self.is_sideways else y)
        return type(self)(self.axis * (x, y), height, self.score)

    def _at(self, values: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.float64]:
        columns = [np.interp(along, self._along, values[:, column]) for column in (0, 1)]
        return np.stack(columns, axis=1)
