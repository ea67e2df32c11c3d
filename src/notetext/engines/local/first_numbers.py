"""The first number of a list, which many draw like a letter: it is one if a 2 counts on from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from notetext.engines.local.line_reading import ReadLine

_ONE = re.compile(r"[1Il|][.)]")
_TWO = re.compile(r"2[.)]")
_BESIDE = 1.0  # heights of the line that its number may stand further left or right than the next


def counted_from_one(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Writes ``1.`` for the ``I.``, ``l.`` or ``|.`` above a ``2.``.

    Args:
        lines: of a page, in any order, each with words.

    Returns:
        The same lines in the same order.
    """
    ones = [line for line in lines if _ONE.fullmatch(line.words[0].text)]
    firsts = [
        _first_above(line, ones) for line in lines if ones and _TWO.fullmatch(line.words[0].text)
    ]
    return [_with_one(line) if any(line is first for first in firsts) else line for line in lines]


def _first_above(second: ReadLine, ones: Sequence[ReadLine]) -> ReadLine | None:
    """The nearest line above another whose number it counts on from, if there is one."""
    x, y = second.image.line.axis[0].tolist()
    reach = _BESIDE * second.image.line.height
    above = [
        line
        for line in ones
        if line.words[0].text[1] == second.words[0].text[1]
        and line.image.line.axis[0, 1] < y
        and abs(line.image.line.axis[0, 0] - x) <= reach
    ]
    return max(above, key=lambda line: line.image.line.axis[0, 1], default=None)


def _with_one(line: ReadLine) -> ReadLine:
    number, *rest = line.words
    text = "1" + number.text[1]
    others = tuple(other for other in number.alternatives if other != text)
    return replace(line, words=[replace(number, text=text, alternatives=others), *rest])
