"""Where blanks stand between words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# Scripts that set no blanks between words: Thai, Lao, Myanmar, Khmer, Han, kana.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)


def join_words(words: Sequence[str]) -> str:
    """Joins words with blanks, but not between two characters of a script that sets none.

    >>> join_words(["read", "this"]), join_words(["天気", "予報"])
    ('read this', '天気予報')
    """
    return "".join(_with_blanks(words))


def blank_between(before: str, after: str) -> bool:
    """Whether a blank sets two neighbouring words apart.

    >>> blank_between("read", "this"), blank_between("天気", "予報")
    (True, False)
    """
    unspaced = before and after and _UNSPACED.match(before[-1]) and _UNSPACED.match(after)
    return bool(before and after and not unspaced)


def _with_blanks(words: Sequence[str]) -> Iterator[str]:
    before = ""
    for word in words:
        if blank_between(before, word):
            yield " "
        yield word
        before = word or before
