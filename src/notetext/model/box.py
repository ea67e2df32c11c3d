"""Where something stands on a page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Box(tuple[float, float, float, float, float, float, float, float]):
    """Four corners in pixels, clockwise from the text's top left: x1, y1, x2, y2, x3, y3, x4, y4.

    The origin is the page's top left corner, x goes right and y goes down. "Top left" is the
    text's own: on a page that lies on its side, it may be the lowest corner.

    >>> from notetext import Box
    >>> box = Box.rectangle(10, 20, 110, 50)
    >>> box.left, box.top, box.right, box.bottom
    (10.0, 20.0, 110.0, 50.0)
    >>> box.corners[1]
    (110.0, 20.0)
    """

    __slots__ = ()

    @classmethod
    def rectangle(cls, left: float, top: float, right: float, bottom: float) -> Self:
        """An upright box."""
        return cls(float(v) for v in (left, top, right, top, right, bottom, left, bottom))

    @classmethod
    def of_corners(cls, corners: Iterable[Sequence[float]]) -> Self:
        """A box of four (x, y) corners, clockwise from the text's top left.

        Raises:
            ValueError: there are not four of them.
        """
        values = [float(value) for corner in corners for value in corner]
        if len(values) != 8:
            raise ValueError(f"a box has four corners of two numbers, not {len(values)} numbers")
        return cls(values)

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Self:
        """The upright box around others.

        Raises:
            ValueError: there are none.
        """
        values = [value for box in boxes for value in box]
        return cls.rectangle(
            min(values[::2]), min(values[1::2]), max(values[::2]), max(values[1::2])
        )

    @classmethod
    def along(cls, boxes: Sequence[Box]) -> Self:
        """The smallest box around others that runs in the direction of the first and the last.

        Raises:
            IndexError: there are none.
        """
        first, last = boxes[0], boxes[-1]
        start = ((first[0] + first[6]) / 2, (first[1] + first[7]) / 2)
        end = ((last[2] + last[4]) / 2, (last[3] + last[5]) / 2)
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        cos, sin = math.cos(angle), math.sin(angle)
        corners = [corner for box in boxes for corner in box.corners]
        along = [x * cos + y * sin for x, y in corners]
        across = [y * cos - x * sin for x, y in corners]
        rectangle = [
            (min(along), min(across)),
            (max(along), min(across)),
            (max(along), max(across)),
            (min(along), max(across)),
        ]
        return cls.of_corners((a * cos - b * sin, a * sin + b * cos) for a, b in rectangle)

    def part(self, start: float, end: float) -> Self:
        """The part between two shares of the text's length, from 0 at its start to 1 at its end.

        >>> from notetext import Box
        >>> Box.rectangle(0, 0, 100, 20).part(0.5, 1)
        Box(50, 0, 100, 0, 100, 20, 50, 20)
        """
        (x1, y1), (x2, y2), (x3, y3), (x4, y4) = self.corners
        return type(self)(
            (
                *(x1 + (x2 - x1) * start, y1 + (y2 - y1) * start),
                *(x1 + (x2 - x1) * end, y1 + (y2 - y1) * end),
                *(x4 + (x3 - x4) * end, y4 + (y3 - y4) * end),
                *(x4 + (x3 - x4) * start, y4 + (y3 - y4) * start),
            )
        )

    def shared_by(self, texts: Sequence[str]) -> list[Self]:
        """Parts for words, as wide as they have characters, with a blank between two.

        >>> from notetext import Box
        >>> Box.rectangle(0, 0, 70, 20).shared_by(["read", "it"])
        [Box(0, 0, 40, 0, 40, 20, 0, 20), Box(50, 0, 70, 0, 70, 20, 50, 20)]
        """
        total = sum(len(text) + 1 for text in texts) - 1
        parts = []
        start = 0
        for text in texts:
            end = start + len(text)
            parts.append(self.part(start / total, end / total))
            start = end + 1
        return parts

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four corners as (x, y), clockwise from the text's top left."""
        return tuple(zip(self[::2], self[1::2], strict=True))

    @property
    def is_upright(self) -> bool:
        """Whether the text stands upright: no side leans by more than a pixel.

        >>> from notetext import Box
        >>> Box.rectangle(0, 0, 90, 20).is_upright, Box((0, 5, 90, 0, 90, 20, 0, 25)).is_upright
        (True, False)
        """
        x1, y1, x2, y2, x3, y3, x4, y4 = self
        askew = max(abs(x1 - x4), abs(x2 - x3), abs(y1 - y2), abs(y4 - y3))
        return askew <= 1 and x1 <= x2 and y1 <= y4

    @property
    def left(self) -> float:
        """The smallest x."""
        return min(self[::2])

    @property
    def top(self) -> float:
        """The smallest y."""
        return min(self[1::2])

    @property
    def right(self) -> float:
        """The largest x."""
        return max(self[::2])

    @property
    def bottom(self) -> float:
        """The largest y."""
        return max(self[1::2])

    @property
    def width(self) -> float:
        """From left to right; of a box that leans, of the upright one around it.

        >>> from notetext import Box
        >>> box = Box.rectangle(10, 20, 110, 50)
        >>> box.width, box.height
        (100.0, 30.0)
        """
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom, likewise."""
        return self.bottom - self.top

    def __repr__(self) -> str:
        return f"Box({', '.join(f'{value:g}' for value in self)})"

    def __getnewargs__(self) -> tuple[tuple[float, ...]]:
        return (tuple(self),)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        eight = core_schema.tuple_schema([core_schema.float_schema(allow_inf_nan=False)] * 8)
        return core_schema.no_info_after_validator_function(
            cls, eight, serialization=core_schema.plain_serializer_function_ser_schema(list)
        )
