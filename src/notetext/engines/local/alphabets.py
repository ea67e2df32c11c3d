"""Which characters a text in a language may hold, as far as the recogniser knows them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.scripts import SCRIPTS, Script, scripts_of
from notetext.model import Language

SIGNS = "0123456789" + "!\"#$%&'()*+,-./:;<=>?@[\\]_{|}~¿£€§°±²³½×÷·«»‘’“”–—…•→†"
"""The digits, punctuation marks and symbols that a text in any language may hold."""


def letters(language: Language) -> str:
    """The letters of a language's alphabet, in lower case; empty if they are too many to list.

    >>> from notetext import Language
    >>> from notetext.engines.local.alphabets import letters
    >>> letters(Language.GERMAN)
    'abcdefghijklmnopqrstuvwxyzßäöü'
    """
    (script,) = scripts_of([language])
    return script.letters[language]


def accents(languages: Collection[Language]) -> dict[str, str]:
    """The letters and capitals of some languages that others are read for: those with an accent,
    each without it, and what is no letter of other languages.

    >>> from notetext import Language
    >>> from notetext.engines.local.alphabets import accents
    >>> accents([Language.GERMAN])["Ä"], accents([Language.GERMAN])["ß"]
    ('A', 'B')
    """
    lower = {letter for language in languages for letter in letters(language)}
    known = lower.union(map(str.upper, lower))
    return {
        letter: bare
        for script in scripts_of(languages)
        for letter, bare in {**script.accents, **script.mistaken}.items()
        if letter in known
    }


@lru_cache(maxsize=8)
def readable_languages(characters: tuple[str, ...]) -> frozenset[Language]:
    """The languages that a recogniser with these characters reads.

    Of an alphabet all letters and capitals must be among them; of what is too much to list, any.
    """
    known = frozenset(filter(None, characters))
    return frozenset(
        language
        for script in SCRIPTS
        for language in script.languages
        if _is_readable(script, language, known)
    )


def _is_readable(script: Script, language: Language, known: frozenset[str]) -> bool:
    alphabet = script.letters[language]
    if not alphabet:
        return any(map(script.holds, known))
    return all(known.issuperset((letter, letter.upper()[0])) for letter in alphabet)


@lru_cache(maxsize=8)
def classes(characters: tuple[str, ...], languages: tuple[Language, ...]) -> NDArray[np.intp]:
    """Which of the recogniser's classes a text in these languages may hold.

    Args:
        characters: what each class stands for; the first, the CTC blank, is empty.
        languages: such as are in a script that the engine reads.

    Returns:
        The classes in rising order: the CTC blank, signs, letters, the blank between words, and
        all that belongs to a script whose letters are too many to list.
    """
    scripts = scripts_of(languages)
    borrowed = [script.borrowed for script in scripts]
    lower = "".join([*borrowed, *map(letters, languages)])
    wanted = {"", " ", *SIGNS, *lower, *(letter.upper() for letter in lower)}
    for script in scripts:
        wanted.update(script.more_capitals[c] for c in lower if c in script.more_capitals)
    found = [
        index
        for index, character in enumerate(characters)
        if character in wanted or any(script.holds(character) for script in scripts)
    ]
    return np.array(found, np.intp)
