"""Notes whose words stand where they would stand on paper."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest

from notetext import Box, Kind, Line, Paragraph, Word

Note = Callable[..., list[Paragraph]]

CHARACTER, HEIGHT, DISTANCE = 10.0, 30.0, 40.0


def note_of(*rows: str, slope: float = 0.0, kind: Kind | None = None) -> list[Paragraph]:
    """A note in paragraphs, with an empty line between two.

    Blanks are as wide as a letter, so that indentation and gaps are those of the texts. A line
    that begins with ``#`` is written half as large again.
    """
    paragraphs: list[list[Line]] = [[]]
    for number, row in enumerate(rows):
        if not row.strip():
            paragraphs.append([])
            continue
        size = 1.5 if row.startswith("#") else 1.0
        words = _words(row.lstrip("#"), 100.0, 100 + DISTANCE * number, size, kind)
        turned = [word.model_copy(update={"box": _turned(word.box, slope)}) for word in words]
        box = Box.along([word.box for word in turned if word.box is not None])
        paragraphs[-1].append(Line(words=tuple(turned), box=box))
    return [Paragraph(lines=tuple(lines)) for lines in paragraphs if lines]


def _words(row: str, left: float, y: float, size: float, kind: Kind | None) -> list[Word]:
    words, start = [], 0
    for text in row.split():
        start = row.index(text, start)
        x, width = left + start * CHARACTER * size, len(text) * CHARACTER * size
        half = HEIGHT * size / 2
        # Words reach a little into the blanks around them.
        box = Box.rectangle(x - 3, y - half, x + width + 3, y + half)
        words.append(Word(text=text, box=box, kind=kind))
        start += len(text)
    return words


def _turned(box: Box | None, degrees: float) -> Box | None:
    if box is None:
        return None
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Box.of_corners((x * cos - y * sin, x * sin + y * cos) for x, y in box.corners)


@pytest.fixture(params=[0.0, 4.0], ids=["level", "slanted"])
def note(request: pytest.FixtureRequest) -> Note:
    """Makes notes, on a sheet that lies straight or is turned a little."""

    def make(*rows: str, kind: Kind | None = None) -> Sequence[Paragraph]:
        return note_of(*rows, slope=request.param, kind=kind)

    return make  # type: ignore[return-value]
