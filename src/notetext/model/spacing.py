"""Where blanks stand between words."""

from __future__ import annotations

import re

# Scripts that set no blanks between words: Thai, Lao, Myanmar, Khmer, Han, kana.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)

# Letters and digits as wide as a Chinese character, of scripts that do set them.
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")


def blank_between(before: str, after: str) -> bool:
    """Whether a blank sets two neighbouring words apart.

    >>> from notetext.model.spacing import blank_between
    >>> blank_between("read", "this"), blank_between("天気", "予報")
    (True, False)
    """
    if not (before and after):
        return False
    if _FULL_WIDTH.match(before[-1]) and _FULL_WIDTH.match(after):
        return True
    return not (_UNSPACED.match(before[-1]) and _UNSPACED.match(after))


def sets_blanks(text: str) -> bool:
    """Whether all of a text is of scripts that set blanks between words.

    >>> from notetext.model.spacing import sets_blanks
    >>> sets_blanks("read"), sets_blanks("天気")
    (True, False)
    """
    return _UNSPACED.search(text) is None
