"""Tokens that the network shows weigh once more when the texts of a line are compared.

What is no prose, such as "mail.org" or "126 kWh", is in no list, so the language finds other texts
likelier character by character: "mail. org". That the network shows a token whole speaks for it
beyond what each of its characters does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.beam import Candidate
from notetext.engines.local.ctc import decode_greedily
from notetext.engines.local.token_shapes import Shape, shape_of

# The logarithm of what a token is worth that the network shows. Found on drawn tokens and on pages
# (benchmarks/tokens.py).
_WORTH = 3.0
_MARKS_OF_PROSE = frozenset(".,;:!?…'\"’“”‘„«»()[]{}*•¿¡#-–—")
# Where a word and a number meet, and beside the signs of a sum, the language tells better than the
# network whether there is a blank.
_SEAMS = re.compile(
    # A word before a number, but for a mail address such as lee22@gmx.de; then behind one.
    r"(?<=[^\W\d_A-ZÀ-Þ]{2})(?=[-–$£€]*\d)(?!\d+@)|(?<=\d)(?=[^\W\d_]{4})"
    r"|(?<=[=+])(?=\S)|(?<=\S)(?=[=+])"
)
_WORD_BETWEEN_NUMBERS = re.compile(r"(?<=\d)([^\W\d_]{2,})(?=\d)")
# Letters that are drawn like digits, beside digits; a line to write on.
_DOUBTFUL = re.compile(r"\d[oOlI]|[oOlI]\d|\b_|_\b")


def tokens_in(text: str) -> list[str]:
    """What in a text is no prose by its characters.

    That has a digit, a sign, or a full stop inside, or goes on from small letters to a capital.

    >>> from notetext.engines.local.seen_tokens import tokens_in
    >>> tokens_in("At 3.30 p.m. Mr McKay used 126 kWh, didn't he?")
    ['3.30', 'p.m.', '126', 'kWh,']

    Args:
        text: of a line.
    """
    return [piece for piece in _pieces(text) if _is_token(piece)]


def weighed(
    found: Sequence[Candidate], log_probs: NDArray[np.float32], alphabet: Sequence[str]
) -> list[Candidate]:
    """The texts of a line as they are likely beside the tokens that the network shows.

    Args:
        found: the texts, the likeliest first.
        log_probs: T×C, natural logarithms, that they were found in.
        alphabet: C characters; the first, the CTC blank, is empty.

    Returns:
        The same texts, the likeliest first.
    """
    shown = tokens_in(" ".join(word.text for word in decode_greedily(log_probs, alphabet)))
    if not shown:
        return list(found)
    again = (replace(c, shown=_WORTH * _held(shown, _pieces(c.text))) for c in found)
    return sorted(again, key=lambda candidate: -candidate.rank)


def _pieces(text: str) -> list[str]:
    return _SEAMS.sub(" ", _WORD_BETWEEN_NUMBERS.sub(r" \1 ", text)).split()


def _is_token(piece: str) -> bool:
    if _DOUBTFUL.search(piece) or (len(piece) == 1 and piece.isdigit()):
        return False
    if any(not (c.isalpha() or c in _MARKS_OF_PROSE) for c in piece):
        return True
    if piece[0].islower() and any(a.islower() and b.isupper() for a, b in pairwise(piece)):
        return True
    # A capital after a small letter's full stop starts a sentence, and a blank is missing.
    return any(
        mark == "." and before.isalpha() and after.isalpha() and before.islower() == after.islower()
        for before, mark, after in zip(piece, piece[1:], piece[2:], strict=False)
    )


def _held(tokens: Sequence[str], pieces: Sequence[str]) -> int:
    """How many tokens are among the pieces of a text, or are in one that has a character more."""
    return sum(
        token in pieces or any(_is_one_more(piece, token) for piece in pieces) for token in tokens
    )


def _is_one_more(piece: str, token: str) -> bool:
    """Whether a piece is a token and one more character that joins nothing.

    The network misses more characters than it adds, but for such as the slash of "AE7/1".
    """
    return len(piece) == len(token) + 1 and any(
        piece[:index] + piece[index + 1 :] == token and shape_of(character) is not Shape.JOINT
        for index, character in enumerate(piece)
    )
