"""Where something stands on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Box(tuple[float, float, float, float, float, float, float, float]):
    """Four corners in pixels, clockwise from the text's top left: x1, y1, x2, y2, x3, y3, x4, y4.

    The origin is the page's top left corner, x goes right and y goes down. "Top left" is the
    text's own: on a page that lies on its side, it may be the lowest corner.

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

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The four corners as (x, y), clockwise from the text's top left."""
        return tuple(zip(self[::2], self[1::2], strict=True))

    @property
    def is_upright(self) -> bool:
        """Whether the text stands upright: no side leans by more than a pixel.

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
