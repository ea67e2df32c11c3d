"""Letters that can only be digits by where they stand in a number.

Old-style figures, such as those of Garamond, draw 0 like an o and 1 like a small I, and so do many
hands. No network tells these from the letters by their looks, but nobody writes 7,48o or 21:o5.
"""

from __future__ import annotations

import re

_DIGITS = str.maketrans("oOIl", "0011")
# Signs of money and per cent, and marks around it, may stand beside a number; another letter may
# not, for then it is a code, as is 0o777.
_NUMBER = re.compile(r"[^\w]*(?P<number>(?!0o)[\doOIl](?:[.,:]?[\doOIl])+)[^\w]*")
_DOUBTFUL = re.compile(
    # Between digits, or between a mark and a digit.
    r"(?<=\d)[oOIl]+(?=[.,:]?\d)|(?<=\d[.,:])[oOIl]+(?=\d)"
    # At the end of thousands and of minutes; behind other digits it may be the sign of degrees.
    r"|(?<=\d,\d\d)[oO]$|(?<=\d,\d)[oO]{2}$|(?<=\d:[0-5])[oO]$|(?<=\d:)[oO]{2}$"
    # Before a number that goes on: not the I of a chapter, which a mark follows.
    r"|^[Il](?=\d+[.,:]\d)"
)
# Nothing is counted up to 00 but minutes.
_FULL_HOUR = re.compile(r"[1Il]{1,2}:[0oO]{2}")


def in_digits(word: str) -> str:
    """A word with digits for letters that look like them, if it can be nothing but a number.

    >>> from notetext.engines.local.digits import in_digits
    >>> [in_digits(word) for word in ("7,48o", "(21:o5)", "II:00", "37,5o", "I.12", "B2O")]
    ['7,480', '(21:05)', '11:00', '37,5o', 'I.12', 'B2O']

    Args:
        word: what stands between two blanks, with its marks.
    """
    found = _NUMBER.fullmatch(word)
    if found is None:
        return word
    number = found["number"]
    if _FULL_HOUR.fullmatch(number):
        digits = number.translate(_DIGITS)
    else:
        digits = _DOUBTFUL.sub(lambda letter: letter[0].translate(_DIGITS), number)
    return word[: found.start("number")] + digits + word[found.end("number") :]
