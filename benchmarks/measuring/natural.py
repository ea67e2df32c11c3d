"""Texts whose marks stand apart, as some corpora have them, written as people write.

Corpora for the study of language set each mark apart ("presto !"). A reader that writes as people
do makes errors by such a reference.
"""

from __future__ import annotations

import re
from itertools import zip_longest

_CLOSING = re.compile(r"\s+([.,;:!?)\]])")
_OPENING = re.compile(r"([(\[])\s+")
_QUOTES = "\"'"


def natural(text: str) -> str:
    """Sets marks where people set them.

    A quotation mark closes where one was opened before in the text, after a comma or a dash, and
    before another mark or the end; else it opens.

    >>> natural('" My September Love , " the big hit ( of 1956 ) .')
    '"My September Love," the big hit (of 1956).'
    >>> natural('gratefully . " It isn\\'t , " he said')
    'gratefully. "It isn\\'t," he said'

    Args:
        text: a line, its words and marks between blanks.
    """
    written: list[str] = []
    joins = False
    is_open = dict.fromkeys(_QUOTES, False)
    tokens = text.split()
    for token, after in zip_longest(tokens, tokens[1:], fillvalue=""):
        if token not in _QUOTES:
            written += [token] if joins or not written else [" ", token]
            joins = False
            continue
        closes = is_open[token] or written[-1:] in ([","], ["-"]) or not after[:1].isalnum()
        written += [token] if closes or joins or not written else [" ", token]
        joins = not closes
        is_open[token] = not closes
    return _OPENING.sub(r"\1", _CLOSING.sub(r"\1", "".join(written)))
