"""Which words have a capital within a sentence, and what that says of a word in its place.

The tables that `training/capitals.py` makes hold the words of a language that may have one, such as
names, days and titles; other words of the texts that were counted hardly ever do. In headings,
lists and speech nobody knows.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Container, Mapping, Sequence
from enum import IntEnum, auto
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from notetext.engines.local.context import MARK, NUMBER, STOP, History

SHARES = (0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95, 0.99)
"""Line n of a table holds the words that have a capital in so many cases."""

# In so many cases; by rule of thumb.
_OTHERS = 0.005  # words that were counted and are in no table
_SENTENCE_BEGINS = {STOP: 0.95, NUMBER: 0.3, MARK: 0.05}  # after one of these
_WORD = "a"
_AFTER_WORD = 0.03  # in headings, and in names of several words
_AT_LINE_START = 0.5  # if nothing is known of the line before
_AFTER_LINE = 0.3  # after one that ends with a word, be it another item of a list
_IN_SPEECH = 0.5
_LABELS = 0.5  # of what ends with a colon

_PIECES = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?")
_OPENING = re.compile(r"[\"'(\[{«“‘„¿¡]+")
_MOST_REMEMBERED = 50_000


class CapitalTable(NamedTuple):
    """What is known of a language.

    Attributes:
        shares: the words that may have a capital, with how often they do.
        counted: those and all others of which that is known.
    """

    shares: Mapping[str, float]
    counted: Container[str]

    def share(self, word: str) -> float | None:
        """How often a word has a capital; ``None`` if that is not known."""
        found = self.shares.get(word)
        return _OTHERS if found is None and word in self.counted else found


class _Place(IntEnum):
    """Where a word begins that stands between two blanks."""

    FIRST = auto()
    OPENED = auto()
    """Behind a quotation mark or a bracket."""
    WITHIN = auto()
    """Behind a hyphen, or l' and the like."""


class _Piece(NamedTuple):
    """A word and its case.

    Attributes:
        is_capital: whether it has one.
        share: how often it has, within sentences.
        place: where it begins.
    """

    is_capital: bool
    share: float
    place: _Place


class Capitals:
    """Judges capitals and small letters by their words and places; threads may share it."""

    def __init__(
        self,
        tables: Sequence[CapitalTable],
        priors: tuple[float, float],
        elided: frozenset[str] = frozenset(),
        lexicon: frozenset[str] = frozenset(),
    ) -> None:
        """Takes what is known of one or more languages, of which each is as likely.

        Args:
            tables: of the languages.
            priors: how likely a capital is by its place alone, as the letters were judged before:
                within a sentence, and where one may begin.
            elided: words that end with an apostrophe, after which the next one follows directly.
            lexicon: words, in lower case, whose capitals the user may set.
        """
        self._tables = tables
        self._within, self._at_start = priors
        self._elided = elided
        self._lexicon = lexicon
        self._ratios: dict[tuple[str, str, bool], float] = {}

    def ratio(self, history: History, text: str, starts_line: bool = False) -> float:
        """How much likelier the capitals of a text are than by their places alone.

        >>> from notetext.engines.local.capitals import Capitals, CapitalTable
        >>> capitals = Capitals([CapitalTable({"paris": 0.99}, {"paris", "city"})], (0.1, 0.6))
        >>> [round(capitals.ratio(("in",), text), 2) for text in ("Paris", "paris", "City")]
        [9.9, 0.01, 0.35]

        Args:
            history: the last two words before it, as `words_of` gives them; none, if it stands
                first and the line before is not known.
            text: without blanks.
            starts_line: whether it stands first.
        """
        last = history[-1] if history else ""
        # All words are alike in what stands after them.
        key = (text, last if last in _SENTENCE_BEGINS or not last else _WORD, starts_line)
        ratio = self._ratios.get(key)
        if ratio is None:
            if len(self._ratios) >= _MOST_REMEMBERED:
                self._ratios.clear()
            ratio = self._ratios[key] = self._judged(*key)
        return ratio

    def _judged(self, text: str, last: str, starts_line: bool) -> float:
        ratio = 1.0
        for is_capital, share, place in self._pieces_of(text):
            begins, prior = self._place(last, place, starts_line)
            if place is not _Place.WITHIN and text.endswith(":"):
                begins = max(begins, _LABELS)
            likely = begins + (1 - begins) * share
            ratio *= likely / prior if is_capital else (1 - likely) / (1 - prior)
        return ratio

    def _place(self, last: str, place: _Place, starts_line: bool) -> tuple[float, float]:
        """How likely a sentence begins, and a capital was thought to be."""
        if place is _Place.WITHIN:
            return 0.0, self._within
        begins = _SENTENCE_BEGINS.get(last, _AFTER_WORD) if last else _AT_LINE_START
        if starts_line:
            begins = max(begins, _AFTER_LINE)
        if place is _Place.OPENED:
            begins = max(begins, _IN_SPEECH)
        may_begin = starts_line or last in ("", STOP)
        return begins, self._at_start if may_begin else self._within

    def _pieces_of(self, text: str) -> Sequence[_Piece]:
        pieces = []
        for found in _PIECES.finditer(text):
            before, word = text[: found.start()], found[0].replace("’", "'")
            opened = _Place.OPENED if _OPENING.fullmatch(before) else _Place.WITHIN
            places = [_Place.FIRST if not before else opened]
            head, mark, rest = word.partition("'")
            parts = [word]
            if rest and head.lower() + mark in self._elided:
                parts, places = [head + mark, rest], [*places, _Place.WITHIN]
            for part, place in zip(parts, places, strict=True):
                share = self._share(part)
                if share is not None:
                    pieces.append(_Piece(part[0].isupper(), share, place))
        return pieces

    def _share(self, word: str) -> float | None:
        """How often a word has a capital; ``None``: its case tells nothing."""
        letters = word.lower()
        is_single = len(letters) == 1
        if letters in self._lexicon or not (is_single or word[1:].islower()):
            return None
        found = [table.share(letters) for table in self._tables]
        known = [share for share in found if share is not None]
        # A single letter is an initial, or counts something.
        if not known or (is_single and max(known) == _OTHERS):
            return None
        return sum(known) / len(known)


def load_capitals(
    tables: Sequence[str],
    counted: Sequence[Container[str]],
    *,
    priors: tuple[float, float],
    elided: frozenset[str],
    lexicon: frozenset[str],
) -> Capitals | None:
    """Loads what is known of the capitals of some languages.

    Args:
        tables: names of files in ``capitals/``, without their endings.
        counted: for each the words that were counted in the texts that it is of.
        priors: as of `Capitals`.
        elided: the same.
        lexicon: the user's own words.

    Returns:
        It, or ``None`` if nothing is known of one of the languages: its words would be judged by
        those of another.
    """
    shares = [found for name in tables if (found := read_capitals(name)) is not None]
    if not tables or not len(shares) == len(tables) == len(counted):
        return None
    known = [CapitalTable(*pair) for pair in zip(shares, counted, strict=True)]
    own = frozenset(word for entry in lexicon for word in entry.lower().split())
    return Capitals(known, priors, elided, own)


@lru_cache(maxsize=32)
def read_capitals(name: str) -> Mapping[str, float] | None:
    """The words of a language that may have a capital, with how often they do.

    Args:
        name: of a file in ``capitals/``, without its endings.

    Returns:
        They; ``None`` if there is no such file.
    """
    table = resources.files(__package__).joinpath("capitals", f"{name}.txt.xz")
    if not table.is_file():
        return None
    lines = lzma.decompress(table.read_bytes()).decode("utf-8").split("\n")
    return MappingProxyType(
        {
            word: share
            for share, line in zip(SHARES, lines, strict=True)
            for word in line.split(" ")
            if word
        }
    )
