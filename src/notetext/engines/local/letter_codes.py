"""Small numbers for the letters of a text, so that tables can be laid out by them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def letter_codes(text: str) -> tuple[dict[str, int], NDArray[np.intp]]:
    """Numbers the letters that a text has, from 0, in their order.

    >>> from notetext.engines.local.letter_codes import letter_codes
    >>> codes, coded = letter_codes("noon")
    >>> codes, coded.tolist()
    ({'n': 0, 'o': 1}, [0, 1, 1, 0])

    Returns:
        The number of each letter, and the text in numbers.
    """
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    # A count for each code point there may be: faster than to sort the text.
    counted = np.bincount(points)
    known = np.flatnonzero(counted)
    code_of = np.zeros(len(counted), np.intp)
    code_of[known] = np.arange(len(known))
    return {chr(point): code for code, point in enumerate(known.tolist())}, code_of[points]
