"""In which direction scripts are written."""

from __future__ import annotations

import re

_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def is_from_the_right(text: str) -> bool:
    """Whether a text holds characters that may be written from right to left.

    >>> from notetext.model.direction import is_from_the_right
    >>> is_from_the_right("word"), is_from_the_right("\u05de\u05d9\u05dc\u05d4")
    (False, True)
    """
    return not text.isascii() and _FROM_THE_RIGHT.search(text) is not None
