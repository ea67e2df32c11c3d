"""How likely a token is by the kinds of its characters alone.

A token is what is no prose: a date, a sum, a telephone number, a mail address, a code, initials.
No list holds them, and which digit or letter comes next nobody knows; what is known is that a
digit often follows a digit, and a full stop a letter. So the pixels decide.
"""

from __future__ import annotations

from enum import IntEnum, auto
from functools import lru_cache


class Shape(IntEnum):
    """The kind of a character in a token."""

    EDGE = 0
    """A blank, or an end of the line."""
    DIGIT = auto()
    LOWER = auto()
    CAPITAL = auto()
    JOINT = auto()
    """A mark that joins digits or letters."""
    SIGN = auto()
    """Any other mark."""


_JOINTS = frozenset("/.:,-–@_")
_TWINS = frozenset("oOlI")
"""Letters that are drawn like digits: after a digit, a token has the digit."""

# What a character is worth after one of each kind, in the order of `Shape`. These are no shares:
# ten digits may be as likely as one, for the pixels seldom leave open more than two or three.
# Found on tokens drawn by nine hand-like fonts that training did not see, and on pages of prose,
# which suffer where letters are worth more in a token (benchmarks/tokens.py).
_WORTH = {
    Shape.EDGE: (0.01, 0.1, 0.01, 0.06, 0.01, 0.2),
    Shape.DIGIT: (0.3, 0.2, 0.1, 0.1, 0.25, 0.15),
    Shape.LOWER: (0.2, 0.02, 0.025, 0.003, 0.1, 0.005),
    Shape.CAPITAL: (0.15, 0.05, 0.01, 0.02, 0.15, 0.005),
    Shape.JOINT: (0.15, 0.15, 0.15, 0.06, 0.05, 0.02),
    Shape.SIGN: (0.15, 0.15, 0.03, 0.03, 0.02, 0.05),
}


@lru_cache(maxsize=4096)
def shape_of(character: str) -> Shape:
    """The kind of a character.

    >>> from notetext.engines.local.token_shapes import shape_of
    >>> [shape_of(character).name for character in "7aA/%"]
    ['DIGIT', 'LOWER', 'CAPITAL', 'JOINT', 'SIGN']
    """
    if character.isalpha():
        return Shape.LOWER if character == character.lower() else Shape.CAPITAL
    if character.isdigit():
        return Shape.DIGIT
    if character.isspace():
        return Shape.EDGE
    return Shape.JOINT if character in _JOINTS else Shape.SIGN


def worth_in_token(before: Shape, character: str) -> float:
    """How likely a character is in a token.

    >>> from notetext.engines.local.token_shapes import Shape, worth_in_token
    >>> worth_in_token(Shape.DIGIT, "0") > worth_in_token(Shape.DIGIT, "g")
    True

    Args:
        before: the kind of the character that it stands after.
        character: a blank stands for the token's end.
    """
    if before is Shape.DIGIT and character in _TWINS:
        return 0.0
    return _WORTH[before][shape_of(character)]
