"""An engine that reads nothing and answers what it was told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from notetext.engines import Engine, Reading, Request
from notetext.model import Box, Line, Word

if TYPE_CHECKING:
    from notetext.page_image import PageImage


class FakeEngine(Engine):
    r"""Answers every page with a text, or raises; safe to call from several threads.

    A copy in another process has a record of its own.

    >>> from notetext.engines import Request
    >>> from notetext.testing import FakeEngine
    >>> import numpy as np
    >>> from notetext.model import Mode
    >>> from notetext.page_image import PageImage
    >>> image = PageImage(np.zeros((40, 60), np.uint8))
    >>> engine = FakeEngine("Dear diary,\nno rain.")
    >>> reading = engine.read(image, Request(Mode.PRINTED, ()))
    >>> [line.text for line in reading.lines], reading.lines[1].box
    (['Dear diary,', 'no rain.'], Box(0, 20, 60, 20, 60, 40, 0, 40))

    Args:
        answer: the text, or a function that is given the page and returns it, or raises.
        confidence: of every word.

    Attributes:
        requests: what it was asked, in the order in which it was asked.
        sizes: width and height of the pages that it was given, in the same order.
    """

    name = "fake"

    def __init__(
        self, answer: str | Callable[[PageImage], str] = "", *, confidence: float | None = 1.0
    ) -> None:
        self._answer = answer
        self._confidence = confidence
        self._lock = threading.Lock()
        self.requests: list[Request] = []
        self.sizes: list[tuple[int, int]] = []

    def read(self, image: PageImage, request: Request) -> Reading:
        """Answers; the lines share the page's height evenly, their words the width."""
        with self._lock:
            self.requests.append(request)
            self.sizes.append((image.width, image.height))
        answer = self._answer if isinstance(self._answer, str) else self._answer(image)
        rows = answer.splitlines()
        height = image.height / max(1, len(rows))
        return Reading(
            lines=[
                self._line(row, image.width, number * height, (number + 1) * height)
                for number, row in enumerate(rows)
            ]
        )

    def __getstate__(self) -> dict[str, Any]:
        # What it was asked here, it was not asked elsewhere.
        return self.__dict__ | {"_lock": None, "requests": [], "sizes": []}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ |= state | {"_lock": threading.Lock()}

    def _line(self, row: str, width: int, top: float, bottom: float) -> Line:
        texts = row.split()
        step = width / max(1, len(texts))
        words = tuple(
            Word(
                text=text,
                box=Box.rectangle(number * step, top, (number + 1) * step, bottom),
                confidence=self._confidence,
            )
            for number, text in enumerate(texts)
        )
        return Line(words=words, box=Box.rectangle(0, top, width, bottom) if words else None)
