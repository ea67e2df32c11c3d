"""How confidence looks."""

from __future__ import annotations

from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]

# Okabe and Ito's colours, which the colour-blind can tell apart (https://jfly.uni-koeln.de/color/).
_SURE: Colour = (0, 158, 115)
_MIDDLING: Colour = (230, 159, 0)
_DOUBTFUL: Colour = (213, 94, 0)
_UNKNOWN: Colour = (0, 114, 178)
_MIDDLE = 0.75


def confidence_colour(confidence: float | None) -> Colour:
    """Green at 1, orange in the middle, vermilion from 0.5 down, blue where nobody knows.

    >>> from notetext.result.display.colours import confidence_colour
    >>> confidence_colour(1.0), confidence_colour(0.2), confidence_colour(None)
    ((0, 158, 115), (213, 94, 0), (0, 114, 178))
    """
    if confidence is None:
        return _UNKNOWN
    if confidence >= _MIDDLE:
        return _between(_MIDDLING, _SURE, (confidence - _MIDDLE) / (1 - _MIDDLE))
    return _between(_DOUBTFUL, _MIDDLING, max(0.0, 1 - 4 * (_MIDDLE - confidence)))


def _between(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue
