"""Texts to draw: prose of free books, and words by their frequency.

The prose is the Debian Administrator's Handbook (CC BY-SA 3.0 or GPL-2+) in the languages that it
is translated to, and the King James Bible (public domain), both from Debian's packages; the words
are those of the vocabulary tables of the package.
"""

from __future__ import annotations

import html
import lzma
import re
import subprocess
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from notetext.engines.local.alphabets import letters
from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Language

_HANDBOOK = Path("/usr/share/doc/debian-handbook/html")
_TRANSLATIONS = {
    Language.CATALAN: "ca-ES", Language.CZECH: "cs-CZ", Language.DANISH: "da-DK",
    Language.GERMAN: "de-DE", Language.ENGLISH: "en-US", Language.SPANISH: "es-ES",
    Language.FRENCH: "fr-FR", Language.CROATIAN: "hr-HR", Language.INDONESIAN: "id-ID",
    Language.ITALIAN: "it-IT", Language.NORWEGIAN: "nb-NO", Language.DUTCH: "nl-NL",
    Language.POLISH: "pl-PL", Language.PORTUGUESE: "pt-BR", Language.ROMANIAN: "ro-RO",
    Language.SWEDISH: "sv-SE", Language.TURKISH: "tr-TR",
}  # fmt: skip
_PLAIN = str.maketrans("’‘“”«»–—\u00a0…", '\'\'""""-- .')
_SPOKEN = 0.2  # of the lines: the books that prose is from hardly have any
_MARKS = (",", ",", ",", ",", ".", ".", ".", ";", ":", "!", "?")


class Texts:
    """Makes texts of a length; the same chance gives the same text."""

    def __init__(self, characters: frozenset[str], prose: float) -> None:
        """Takes the characters that a text may hold, and how often it is prose."""
        self._characters = characters
        self._prose_share = prose

    def line(self, language: Language, length: int, random: np.random.Generator) -> str:
        """A text of about so many characters."""
        prose = random.random() < self._prose_share
        words = self._prose(language, length, random) if prose else ()
        if not words:
            words = self._by_chance(language, length, random)
        if random.random() < _SPOKEN:
            words = _as_spoken(words, random)
        text = unicodedata.normalize("NFC", " ".join(words))
        return "".join(character for character in text if character in self._characters)

    def _prose(self, language: Language, length: int, random: np.random.Generator) -> Sequence[str]:
        prose = _words_of_prose(language)
        if len(prose) < 1_000:
            return ()
        start = int(random.integers(len(prose) - 100))
        count = max(1, round(length / 6))
        return prose[start : start + count]

    def _by_chance(
        self, language: Language, length: int, random: np.random.Generator
    ) -> Sequence[str]:
        words: list[str] = []
        while sum(map(len, words)) + len(words) < length:
            words.append(_as_written(self.word(language, random), random))
        return words

    def word(self, language: Language, random: np.random.Generator) -> str:
        """A word: half by frequency, half as if the rare were as frequent as the common."""
        table, sums = _words_by_frequency(language)
        even = random.random() < 0.5
        return table[
            int(random.integers(len(table)))
            if even
            else int(np.searchsorted(sums, random.random()))
        ]


def _as_spoken(words: Sequence[str], random: np.random.Generator) -> Sequence[str]:
    """A text of which a part is said; that begins at the line's start or in it, and may go on."""
    mark = str(random.choice(['"', "'"]))
    first = 0 if random.random() < 0.6 else int(random.integers(len(words)))
    last = int(random.integers(first, len(words) + 2))
    spoken = [*words]
    spoken[first] = mark + spoken[first]
    if last < len(words):
        spoken[last] += mark
    return spoken


def _as_written(word: str, random: np.random.Generator) -> str:
    chance = random.random()
    if chance < 0.04:
        return _number(random)
    if chance < 0.2:
        word = word.capitalize()
    elif chance < 0.24:
        word = word.upper()
    chance = random.random()
    if chance < 0.18:
        return word + str(random.choice(_MARKS))
    if chance < 0.2:
        return f'"{word}"'
    if chance < 0.21:
        return f"({word})"
    if chance < 0.23:
        return f"{word} -"
    if chance < 0.25:
        return f"{word}'s"
    return word


def _number(random: np.random.Generator) -> str:
    forms = (
        lambda: str(int(random.integers(0, 100))),
        lambda: str(int(random.integers(1000, 2100))),
        lambda: f"{int(random.integers(1, 32))}.{int(random.integers(1, 13))}.",
        lambda: f"{int(random.integers(0, 24))}:{int(random.integers(0, 60)):02}",
        lambda: f"{int(random.integers(1, 1000)):,}",
        lambda: f"£{int(random.integers(1, 100))}",
        lambda: f"{int(random.integers(1, 100))}%",
        lambda: f"{int(random.integers(1, 32))}/{int(random.integers(1, 13))}",
    )
    return forms[int(random.integers(len(forms)))]()


@cache
def _words_of_prose(language: Language) -> Sequence[str]:
    folder = _HANDBOOK / _TRANSLATIONS.get(language, "none")
    known = set(letters(language))
    words: list[str] = []
    for page in sorted(folder.glob("*.html")):
        for paragraph in re.findall(r"<p[ >].*?</p>", page.read_text("utf-8"), re.DOTALL):
            text = html.unescape(re.sub(r"<[^>]*>", "", paragraph)).translate(_PLAIN)
            if known.issuperset(letter for letter in text.lower() if letter.isalpha()):
                words += text.split()
    if language is Language.ENGLISH:
        words += _bible().split()
    return words


def _bible() -> str:
    answer = subprocess.run(
        ["bible", "-f", "Gen1:1-Rev22:21"], capture_output=True, check=True, text=True
    )
    return re.sub(r"^\S+ ", "", answer.stdout, flags=re.MULTILINE)


@cache
def _words_by_frequency(language: Language) -> tuple[Sequence[str], np.ndarray]:
    tables: Mapping[Language, str] = LATIN.tables
    name = tables[language]
    folder = resources.files("notetext.engines.local") / "vocabularies"
    text = lzma.decompress((folder / f"{name}.txt.xz").read_bytes()).decode("utf-8")
    words, shares = [], []
    for index, line in enumerate(text.split("\n")):
        for word in line.split():
            words.append(word)
            shares.append(10 ** (-index / 10))
    sums = np.cumsum(shares)
    return words, sums / sums[-1]


def plain(text: str) -> str:
    """A text with one sign for each kind of quote and dash, as the recogniser writes them."""
    signs = str.maketrans("’‘‛`´“”„«»–—−", "'''''\"\"\"\"\"---")
    return unicodedata.normalize("NFC", text).translate(signs)


def language_of(
    random: np.random.Generator, english: float, french: float, others: Sequence[Language]
) -> Language:
    """English or French, each so often, or any of the others."""
    chance = random.random()
    if chance < english:
        return Language.ENGLISH
    if chance < english + french:
        return Language.FRENCH
    return others[int(random.integers(len(others)))]
