"""Which characters a text in a language may hold, as far as the recogniser knows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from notetext.model import Language

_LATIN = "abcdefghijklmnopqrstuvwxyz"

# The lower-case letters beyond a to z, after the Unicode CLDR 41 (exemplar characters). Every one
# of them, and its capital, is in the recogniser's dictionary: the tests compare.
_MORE_LETTERS: Mapping[Language, str] = {
    Language.AFRIKAANS: "áâèéêëîïôöûü",
    Language.ALBANIAN: "çë",
    Language.AZERBAIJANI: "çöüğışə",
    Language.BASQUE: "çñ",
    Language.BEMBA: "",
    Language.BOSNIAN: "ćčđšž",
    Language.CATALAN: "àçèéíïòóúü",
    Language.CEBUANO: "ñ",
    Language.CROATIAN: "ćčđšž",
    Language.CZECH: "áéíóúýčďěňřšťůž",
    Language.DANISH: "åæø",
    Language.DUTCH: "áäéèëíïóöúü",
    Language.ENGLISH: "",
    Language.ESPERANTO: "ĉĝĥĵŝŭ",
    Language.ESTONIAN: "äõöüšž",
    Language.FAROESE: "áæíðóøúý",
    Language.FINNISH: "äåöšž",
    Language.FRENCH: "àâæçèéêëîïôùûüÿœ",
    Language.GALICIAN: "áéíïñóúü",
    Language.GERMAN: "ßäöü",
    Language.GUSII: "",
    Language.HUNGARIAN: "áéíóöúüőű",
    Language.ICELANDIC: "áæéíðóöúýþ",
    Language.INDONESIAN: "",
    Language.IRISH: "áéíóú",
    Language.ITALIAN: "àèéìîòóù",
    Language.JAVANESE: "âåèéêìòù",
    Language.KINYARWANDA: "",
    Language.KURDISH: "çêîûş",
    Language.LATIN: "æœ",
    Language.LATVIAN: "āčēģīķļņšūž",
    Language.LITHUANIAN: "ąčėęįšūųž",
    Language.LOW_GERMAN: "äåöüß",
    Language.LUO: "",
    Language.LUXEMBOURGISH: "äéëöüß",
    Language.MALAGASY: "àâèéêëìîïñô",
    Language.MALAY: "",
    Language.MALTESE: "àèìòùċġħż",
    Language.MAORI: "āēīōū",
    Language.MERU: "ĩũ",
    Language.NDEBELE: "",
    Language.NORWEGIAN: "åæéèòóôø",
    Language.OCCITAN: "àáçèéíïòóúü",
    Language.OROMO: "",
    Language.POLISH: "óąćęłńśźż",
    Language.PORTUGUESE: "àáâãçéêíòóôõúü",
    Language.ROMANIAN: "âîășțşţ",
    Language.ROMANSH: "àèéìòùöü",
    Language.SERBO_CROATIAN: "ćčđšž",
    Language.SHONA: "",
    Language.SLOVAK: "áäéíóôúýčďĺľňŕšťž",
    Language.SLOVENIAN: "čšž",
    Language.SOMALI: "",
    Language.SPANISH: "áéíñóúü",
    Language.SUNDANESE: "é",
    Language.SWAHILI: "",
    Language.SWEDISH: "àäåéöü",
    Language.TAGALOG: "ñ",
    Language.TURKISH: "çöüğış",
    Language.TURKMEN: "äçöüýňşž",
    Language.XHOSA: "",
    Language.ZULU: "",
}
# What words borrowed from other languages need.
_BORROWED = "àâçèéêëïîñôöüæœßªº"
_EAST_ASIAN = frozenset({Language.CHINESE, Language.JAPANESE})

SIGNS = "0123456789" + "!\"#$%&'()*+,-./:;<=>?@[\\]_{|}~¿£€§°±²³½×÷·«»‘’“”–—…•→†"
"""The digits, punctuation marks and symbols that a text in any language may hold."""

LATIN: frozenset[Language] = frozenset(_MORE_LETTERS)
"""Those of the languages below that are written in the Latin script."""

SUPPORTED: frozenset[Language] = LATIN | _EAST_ASIAN
"""The languages whose letters the recogniser knows, all of them."""


def letters(language: Language) -> str:
    """The letters of a language's alphabet, in lower case.

    >>> letters(Language.GERMAN)
    'abcdefghijklmnopqrstuvwxyzßäöü'
    """
    return _LATIN + _MORE_LETTERS[language]


@lru_cache(maxsize=8)
def readable_languages(characters: tuple[str, ...]) -> frozenset[Language]:
    """The languages whose letters and capitals are all among a recogniser's characters."""
    known = frozenset(characters)
    found = {
        language
        for language in LATIN
        if all(known.issuperset((letter, letter.upper()[0])) for letter in letters(language))
    }
    if any(map(_is_east_asian, filter(None, characters))):
        found |= _EAST_ASIAN
    return frozenset(found)


@lru_cache(maxsize=8)
def classes(characters: tuple[str, ...], languages: tuple[Language, ...]) -> NDArray[np.intp]:
    """Which of the recogniser's classes a text in these languages may hold.

    Args:
        characters: what each class stands for; the first, the CTC blank, is empty.
        languages: of `SUPPORTED`.

    Returns:
        The classes in rising order: the CTC blank, signs, letters, and the blank between words.
        All classes that stand for letters of East Asia, if such a language is among them.
    """
    asked = set(languages)
    lower = "".join([_LATIN, _BORROWED, *map(letters, asked - _EAST_ASIAN)])
    wanted = {"", " ", *SIGNS, *lower, *(letter.upper() for letter in lower)}
    if "ı" in lower:
        wanted.add("İ")  # the capital of Turkish i
    east_asian = bool(asked & _EAST_ASIAN)
    found = [
        index
        for index, character in enumerate(characters)
        if character in wanted or (east_asian and _is_east_asian(character))
    ]
    return np.array(found, np.intp)


def _is_east_asian(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and character < "\U0001f000"
