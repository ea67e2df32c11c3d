"""How much likelier a word is after the one or two before it than alone.

The tables that `training/contexts.py` makes hold pairs and triples of words with back-off (Katz,
"Estimation of probabilities from sparse data", 1987; absolute discounting after Ney, Essen and
Kneser, 1994), each as a fingerprint and a sixteenth of a logarithm in a hash table. So a table is
mapped and never parsed, and no list of words is needed; of the pairs that no table holds about one
in 10,000 is taken for another.
"""

from __future__ import annotations

import math
import mmap
import re
import struct
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

History: TypeAlias = tuple[str, ...]
"""The last two words, or fewer at the start; marks are words too."""

MAGIC = b"notetext context 1\n"
SIZES = struct.Struct("<3I")
"""How many slots the tables of single words, pairs and triples have."""
PROBES = 16
"""What is looked for stands in one of so many slots, from its own on."""
STEP, LOWEST = 1 / 16, -4.0
"""A byte b stands for the logarithm b × STEP + LOWEST."""
NUMBER, STOP, MARK = "0", ".", ","
"""What stands for any number, for the marks that end a sentence, and for those within one."""

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|\d[\d.,:/]*|[.?!…]+|[,;:]")
_NONE = 0
_MOST_REMEMBERED = 50_000


class ContextTable:
    """The pairs and triples of a language; threads may share it."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """Takes what `training/contexts.py` wrote.

        Raises:
            ValueError: it is something else, or cut off.
        """
        start = len(MAGIC) + SIZES.size
        if data[: len(MAGIC)] != MAGIC:
            raise ValueError("this is no table of contexts")
        slots = SIZES.unpack(data[len(MAGIC) : start])
        view = memoryview(data)
        # Fingerprints first, so that two bytes stand at even addresses of the file.
        ends = [start + start % 2]
        for count in slots:
            ends.append(ends[-1] + 2 * (count + PROBES))
        for count in (slots[0], slots[1], slots[1], slots[2]):
            ends.append(ends[-1] + count + PROBES)
        if ends[-1] != len(data):
            raise ValueError("this table of contexts is cut off")
        parts = [view[first:last] for first, last in pairwise(ends)]
        self._slots = slots
        self._prints = [part.cast("H") for part in parts[:3]]
        self._word_backoffs, self._pair_ratios, self._pair_backoffs, self._triple_ratios = parts[3:]
        self._found: dict[str, int | None] = {}

    def __contains__(self, word: object) -> bool:
        """Whether a word was counted often enough to say what follows it."""
        return isinstance(word, str) and self._known_slot(0, word) is not None

    def log_ratio(self, history: Sequence[str], word: str) -> float:
        """The logarithm of how much likelier a word is after others than alone.

        Args:
            history: what stands before it, the last two words of it at most.
            word: as `words_of` gives it.
        """
        if not history:
            return 0.0
        last = history[-1]
        slot = self._known_slot(1, f"{last} {word}")
        if slot is None:
            slot_of_last = self._known_slot(0, last)
            ratio = 0.0 if slot_of_last is None else _value(self._word_backoffs[slot_of_last])
        else:
            ratio = _value(self._pair_ratios[slot])
        if len(history) < 2:
            return ratio
        before = self._known_slot(1, f"{history[-2]} {last}")
        if before is None:
            return ratio
        slot = self._slot(2, f"{history[-2]} {last} {word}")
        if slot is None:
            return ratio + _value(self._pair_backoffs[before])
        return _value(self._triple_ratios[slot])

    def _known_slot(self, order: int, key: str) -> int | None:
        """The same as `_slot`, remembered: the same pairs are asked for again and again."""
        try:
            return self._found[key]
        except KeyError:
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
            found = self._found[key] = self._slot(order, key)
            return found

    def _slot(self, order: int, key: str) -> int | None:
        """Where words stand in the table of that many words and one."""
        first, mark = place(key, self._slots[order])
        prints = self._prints[order]
        for slot in range(first, first + PROBES):
            found = prints[slot]
            if found == mark:
                return slot
            if found == _NONE:
                return None
        return None


def place(key: str, slots: int) -> tuple[int, int]:
    """The first slot where words may stand in a table, and their fingerprint, 1 to 65,535."""
    number = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
    return (number & 0xFFFF_FFFF_FFFF) % slots, (number >> 48) or 1


def _value(byte: int) -> float:
    return byte * STEP + LOWEST


def words_of(text: str, elided: frozenset[str] = frozenset()) -> Iterator[str]:
    """The words that contexts are made of, in lower case.

    >>> from notetext.engines.local.context import words_of
    >>> list(words_of("L'eau, 3.50!", frozenset({"l'"})))
    ["l'", 'eau', ',', '0', '.']

    Args:
        text: a line, or what stands between two blanks.
        elided: words that end with an apostrophe, after which the next one follows directly.
    """
    for found in _WORDS.findall(text):
        first = found[0]
        if first in ".?!…":
            yield STOP
        elif first in ",;:":
            yield MARK
        elif first.isdigit():
            yield NUMBER
        else:
            word = found.lower().replace("’", "'")
            head, mark, rest = word.partition("'")
            if mark and head + mark in elided:
                yield head + mark
                word = rest
            if word := word.rstrip("'"):
                yield word


class Context:
    """Judges what stands between two blanks by what stands before it; threads may share it."""

    def __init__(self, tables: Sequence[ContextTable], elided: frozenset[str]) -> None:
        """Takes the tables of one or more languages, of which each is as likely."""
        self.tables = tables
        """They."""
        self._elided = elided
        self._words: dict[str, tuple[str, ...]] = {}

    def judge(self, history: History, text: str) -> tuple[float, History]:
        """How much likelier a text is after others than alone, and what follows stands after.

        Args:
            history: the last two words before it, or fewer.
            text: without blanks.
        """
        words = self._words.get(text)
        if words is None:
            if len(self._words) >= _MOST_REMEMBERED:
                self._words.clear()
            words = self._words[text] = tuple(words_of(text, self._elided))
        ratio = 1.0
        for word in words:
            # Which number stands where nobody knows, and numbers are no reason for blanks.
            if word != NUMBER:
                ratio *= self._ratio(history, word)
            history = (*history[-1:], word)
        return ratio, history

    def _ratio(self, history: History, word: str) -> float:
        if len(self.tables) == 1:
            return math.exp(self.tables[0].log_ratio(history, word))
        ratios = [math.exp(table.log_ratio(history, word)) for table in self.tables]
        return sum(ratios) / len(ratios)


def load_context(tables: Sequence[str], elided: frozenset[str]) -> Context | None:
    """Loads what is known of the words of some languages.

    Args:
        tables: names of files in ``contexts/``, without their endings; those that there are none
            of are left out.
        elided: as of `words_of`.

    Returns:
        It, or ``None`` if nothing is known of one of the languages: its words would be taken for
        unlikely ones of another.
    """
    files = [resources.files(__package__).joinpath("contexts", f"{name}.ctx") for name in tables]
    if not tables or not all(file.is_file() for file in files):
        return None
    return Context([ContextTable(_mapped(file)) for file in files], elided)


def _mapped(file: Traversable) -> bytes | mmap.mmap:
    """A file's bytes, which processes share where it is one of its own and in no archive."""
    if not isinstance(file, Path):
        return file.read_bytes()
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
