"""Words with a hyphen are one word, however far apart a hand sets their parts.

Whether "space - flight" has a hyphen or a dash no gap tells. The tables that `training/hyphens.py`
makes hold the words of a language that have hyphens.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources

from notetext.engines.local.ctc import DecodedWord

_HYPHEN = "-"
_BARE = re.compile(r"[^\W\d_].*[^\W\d_]|[^\W\d_]")


def whole_words(
    words: Sequence[tuple[int, DecodedWord]], hyphenated: frozenset[str]
) -> list[tuple[int, DecodedWord]]:
    """Joins the parts of words that have a hyphen.

    >>> from notetext.engines.local.ctc import DecodedWord
    >>> from notetext.engines.local.hyphens import whole_words
    >>> texts = ["a", "middle", "-", "aged", "man", "-", "who"]
    >>> line = [(n, DecodedWord(text, 3 * n, 3 * n + 2, 0.9)) for n, text in enumerate(texts)]
    >>> [word.text for _, word in whole_words(line, frozenset({"middle-aged"}))]
    ['a', 'middle-aged', 'man', '-', 'who']

    Args:
        words: of a line from left to right, each with a number.
        hyphenated: words with hyphens, in lower case.

    Returns:
        The words, each with its number, or with that of its first part.
    """
    if not any(_HYPHEN in word.text for _, word in words):
        return [*words]
    joined = []
    first = 0
    while first < len(words):
        end = next((end for end in _ends(words, first) if _is_one(words[first:end], hyphenated)), 0)
        if end:
            joined.append((words[first][0], _joined([word for _, word in words[first:end]])))
        else:
            joined.append(words[first])
        first = max(end, first + 1)
    return joined


def _ends(words: Sequence[tuple[int, DecodedWord]], first: int) -> Sequence[int]:
    """Where words may end that begin with one, the longest first: hyphens are between all parts."""
    ends = []
    for end in range(first + 1, len(words)):
        before, after = words[end - 1][1].text, words[end][1].text
        if not (before.endswith(_HYPHEN) or after.startswith(_HYPHEN)):
            break
        if after != _HYPHEN:
            ends.append(end + 1)
    return ends[::-1]


def _is_one(words: Sequence[tuple[int, DecodedWord]], hyphenated: frozenset[str]) -> bool:
    text = "".join(word.text for _, word in words)
    found = _BARE.search(text)
    if found is None:
        return False
    bare = found[0].lower()
    # With l' before it, or 's behind it.
    return not hyphenated.isdisjoint((bare, bare.rpartition("'")[2], bare.partition("'")[0]))


def _joined(words: Sequence[DecodedWord]) -> DecodedWord:
    return replace(
        words[0],
        text="".join(word.text for word in words),
        end=words[-1].end,
        confidence=min(word.confidence for word in words),
        alternatives=(),
    )


@lru_cache(maxsize=32)
def read_hyphenated(name: str) -> frozenset[str]:
    """The words of a language that have hyphens.

    Args:
        name: of a file in ``hyphens/``, without its endings; without one there are none.
    """
    table = resources.files(__package__).joinpath("hyphens", f"{name}.txt.xz")
    if not table.is_file():
        return frozenset()
    return frozenset(lzma.decompress(table.read_bytes()).decode("utf-8").split())
