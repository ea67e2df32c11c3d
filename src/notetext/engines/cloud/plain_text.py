"""From a service's plain text to lines."""

from __future__ import annotations

import re
from itertools import islice

from notetext.model import Line, Word

_PIECE = re.compile(r"[^\s]++|[\n\r\f]")


def lines_of(text: str) -> list[Line]:
    r"""The lines of plain text; a blank one has no words and ends a paragraph.

    >>> from notetext.engines.cloud.plain_text import lines_of
    >>> [line.text for line in lines_of("\nTo do:\r\n\r\nbuy milk\n")]
    ['To do:', '', 'buy milk']
    """
    lines = [Line(words=tuple(Word(text=part) for part in row.split())) for row in _rows(text)]
    while lines and not lines[0].words:
        del lines[0]
    while lines and not lines[-1].words:
        del lines[-1]
    return lines


def pieces_in(text: str, most: int) -> int:
    r"""How many words and line ends there are; counted no further than one more than ``most``.

    >>> from notetext.engines.cloud.plain_text import pieces_in
    >>> pieces_in("To do:\nbuy milk", 100), pieces_in("a " * 1000, 100)
    (5, 101)
    """
    return sum(1 for _ in islice(_PIECE.finditer(text), most + 1))


def _rows(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
