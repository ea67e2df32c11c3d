"""What is known of a script: the contract of the descriptions in this package."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from notetext.engines.local.scripts.tuning import Telling, Tuning
from notetext.engines.local.weights import BundledWeights
from notetext.model import Language, Mode


def _no_character(character: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Script:
    """A script: what its languages are written with, and what reads them.

    Attributes:
        name: in English.
        letters: the lower-case letters of each language; empty where they are too many to list.
        holds: tells whether a character is one of those that are too many to list.
        borrowed: lower-case letters that a text in any of the languages may hold besides.
        more_capitals: capitals that a text may hold besides those that Unicode gives, by the
            lower-case letter that is there where they are.
        weights: the recogniser's, by the modes that the script is read in.
        reads_also: scripts that those weights know too, so that one text may be in both.
        accents: for letters and capitals what they look like where their accent is missed.
        mistaken: letters that are read as another that is no plainer form of theirs, each with
            that one.
        crossed: lower-case letters that are others with a stroke or without a dot, which Unicode
            does not take for accents, each with the other.
        tables: the table of word frequencies of each language that has one, a file in
            ``vocabularies/`` without its ending.
        links: the languages that write words together, each with the letters that may link two,
            and how often they do, 0 to 1.
        capital_nouns: languages whose nouns are written with capitals.
        spaced_quotes: languages that set their quotation marks apart from the words within.
        shapes_tell: whether no letter is a box, or crossed by a long bar, so that check boxes and
            strokes through words can be told by their shape.
        lone_o: languages in which an O by itself is a word, so that it is no bullet.
        lone_vowels: that are words in some language.
        lone_consonants: that are words, by language.
        tuning: of the decoder, by mode; for scripts with word tables.
        telling: how hand is told from print, for scripts whose weights differ by mode.
    """

    name: str
    letters: Mapping[Language, str]
    weights: Mapping[Mode, BundledWeights]
    holds: Callable[[str], bool] = _no_character
    borrowed: str = ""
    more_capitals: Mapping[str, str] = field(default_factory=dict)
    reads_also: tuple[Script, ...] = ()
    accents: Mapping[str, str] = field(default_factory=dict)
    mistaken: Mapping[str, str] = field(default_factory=dict)
    crossed: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[Language, str] = field(default_factory=dict)
    links: Mapping[Language, Mapping[str, float]] = field(default_factory=dict)
    capital_nouns: frozenset[Language] = frozenset()
    spaced_quotes: frozenset[Language] = frozenset()
    shapes_tell: bool = False
    lone_o: frozenset[Language] = frozenset()
    lone_vowels: str = ""
    lone_consonants: Mapping[Language, str] = field(default_factory=dict)
    tuning: Mapping[Mode, Tuning] = field(default_factory=dict)
    telling: Telling | None = None

    @property
    def languages(self) -> frozenset[Language]:
        """The languages that are written in it."""
        return frozenset(self.letters)

    @property
    def plain(self) -> dict[str, str]:
        """Each lower-case letter that has an accent or the like, without it."""
        return {letter: bare for letter, bare in self.accents.items() if bare.islower()} | dict(
            self.crossed
        )

    def reads(self, languages: Iterable[Language]) -> bool:
        """Whether its weights know the letters of all of these languages."""
        known = self.languages.union(*(script.languages for script in self.reads_also))
        return known.issuperset(languages)


def decomposed(letters: Iterable[str]) -> dict[str, str]:
    """The letters with an accent, and their capitals, each with what it looks like without.

    >>> from notetext.engines.local.scripts.script import decomposed
    >>> decomposed("eéœ")
    {'é': 'e', 'É': 'E'}

    Args:
        letters: in lower case.
    """
    lower = dict.fromkeys(letters)
    found = {}
    for letter in [*lower, *map(str.upper, lower)]:
        bare = unicodedata.normalize("NFD", letter)[0]
        if len(letter) == 1 and bare != letter:
            found[letter] = bare
    return found
