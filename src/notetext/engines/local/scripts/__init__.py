"""The scripts that the engine reads, one description each.

A description (`Script`) holds all that is particular to a script: alphabets, weights, word tables,
accents, tuning. No other module names a language or a script, so a new script is a new file here,
and an entry in `SCRIPTS`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from notetext.engines.local.scripts.chinese_japanese import CHINESE_JAPANESE
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.scripts.script import Script
from notetext.engines.local.weights import BundledWeights
from notetext.errors import UnsupportedLanguageError
from notetext.model import Language, Mode, describe_languages

__all__ = [
    "SCRIPTS",
    "Script",
    "languages_by",
    "languages_of",
    "links_of",
    "recognizer_weights",
    "script_of",
    "scripts_of",
    "told_languages",
]

SCRIPTS: tuple[Script, ...] = (LATIN, CHINESE_JAPANESE)
"""Every script that the engine reads; no language is in two of them."""


def scripts_of(languages: Iterable[Language]) -> tuple[Script, ...]:
    """The scripts that some languages are written in, each once, in the order of `SCRIPTS`."""
    asked = frozenset(languages)
    return tuple(script for script in SCRIPTS if script.languages & asked)


def script_of(languages: Collection[Language]) -> Script:
    """The script whose weights and tuning suit a text.

    >>> from notetext import Language
    >>> from notetext.engines.local.scripts import script_of
    >>> script_of([Language.ENGLISH, Language.CHINESE]).name
    'Chinese and Japanese'

    Args:
        languages: that the text may be in, in any order.

    Returns:
        The one that all of them are written in; if there are several, the one that reads the
        others too.

    Raises:
        UnsupportedLanguageError: none does.
    """
    asked = scripts_of(languages)
    for script in asked:
        if script.reads(languages):
            return script
    raise UnsupportedLanguageError(
        f"no weights read {describe_languages(sorted(languages))} in one text; "
        "ask for fewer languages at once",
        known=sorted(language.value for language in _languages(asked)),
    )


def shapes_tell(languages: Iterable[Language]) -> bool:
    """Whether check boxes and strokes through words can be told by their shape in a text.

    >>> from notetext import Language
    >>> from notetext.engines.local.scripts import shapes_tell
    >>> shapes_tell([Language.ENGLISH]), shapes_tell([Language.ENGLISH, Language.CHINESE])
    (True, False)
    """
    asked = scripts_of(languages)
    return bool(asked) and all(script.shapes_tell for script in asked)


def o_is_a_word(languages: Collection[Language]) -> bool:
    """Whether an O that stands by itself may be a word of a text.

    >>> from notetext import Language
    >>> from notetext.engines.local.scripts import o_is_a_word
    >>> o_is_a_word([Language.PORTUGUESE]), o_is_a_word([Language.ENGLISH])
    (True, False)
    """
    return any(not script.lone_o.isdisjoint(languages) for script in scripts_of(languages))


def letters_that_are_words(languages: Collection[Language]) -> frozenset[str]:
    """The letters that may be words of a text by themselves.

    >>> from notetext import Language
    >>> from notetext.engines.local.scripts import letters_that_are_words
    >>> [letters_that_are_words([each]) >= {"v"} for each in (Language.CZECH, Language.ENGLISH)]
    [True, False]
    """
    scripts = scripts_of(languages)
    letters = {letter for script in scripts for letter in script.lone_vowels}
    if not o_is_a_word(languages):
        letters -= {"o"}
    for script in scripts:
        for language in languages:
            letters |= {*script.lone_consonants.get(language, "")}
    return frozenset(letters)


def links_of(languages: Collection[Language]) -> Mapping[str, float] | None:
    """What may link two words that are written together in a text, and how often it does.

    >>> from notetext import Language
    >>> from notetext.engines.local.scripts import links_of
    >>> links_of([Language.HUNGARIAN]), links_of([Language.ENGLISH])
    ({}, None)

    Returns:
        The most that any of the languages says of each; ``None`` if none writes words together.
    """
    known = [
        links
        for script in scripts_of(languages)
        for language, links in script.links.items()
        if language in languages
    ]
    every = {link for links in known for link in links}
    most = {link: max(links.get(link, 0.0) for links in known) for link in sorted(every)}
    return most if known else None


def told_languages(languages: Collection[Language]) -> dict[str, Language]:
    """The languages that a text can be told to be in, by the names of their word tables.

    Languages that share a table are told as the one that it is named after.

    Args:
        languages: one of them, in whose script the text is.
    """
    tables = script_of(languages).tables
    return {name: language for language, name in tables.items() if name == language.value}


def languages_by(mode: Mode) -> frozenset[Language]:
    """The languages that are read in a mode; in both, if it is `Mode.AUTO`."""
    modes = {Mode.HANDWRITTEN, Mode.PRINTED} if mode is Mode.AUTO else {mode}
    return _languages(script for script in SCRIPTS if modes <= script.weights.keys())


def languages_of(weights: BundledWeights) -> frozenset[Language]:
    """The languages that a recogniser's weights read."""
    return _languages(script for script in SCRIPTS if weights in script.weights.values())


def recognizer_weights() -> tuple[BundledWeights, ...]:
    """The weights of every recogniser, each once, those for print first."""
    modes = (Mode.PRINTED, Mode.HANDWRITTEN)
    found = [script.weights[m] for m in modes for script in SCRIPTS if m in script.weights]
    return tuple(dict.fromkeys(found))


def _languages(scripts: Iterable[Script]) -> frozenset[Language]:
    return frozenset(language for script in scripts for language in script.languages)
