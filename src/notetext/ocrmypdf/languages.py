"""From OCRmyPDF's names of languages, which are Tesseract's, to ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notetext.errors import UnsupportedLanguageError
from notetext.model import Language
from ocrmypdf import MissingDependencyError

_FORMS = ("sim", "tra", "vert", "sim_vert", "tra_vert", "latn")
"""What Tesseract adds to a code for forms of writing that need no other alphabet of ours:
simplified and traditional, from top to bottom, in Latin letters."""


def names_of(languages: Iterable[Language]) -> set[str]:
    """All names that mean one of some languages.

    >>> from notetext import Language
    >>> from notetext.ocrmypdf.languages import names_of
    >>> sorted(names_of([Language.FRENCH]))[:3]
    ['fr', 'fr_latn', 'fr_sim']
    """
    codes = {code for language in languages for code in language.codes}
    return codes | {f"{code}_{form}" for code in codes for form in _FORMS}


def languages_named(names: Sequence[str], known: Iterable[Language]) -> list[Language]:
    """The languages of ``-l``, each one once.

    >>> from notetext import Language
    >>> from notetext.ocrmypdf.languages import languages_named
    >>> languages_named(["eng", "fra", "en"], Language)
    [<Language.ENGLISH: 'en'>, <Language.FRENCH: 'fr'>]

    Args:
        names: such as ``["eng", "chi_sim"]``.
        known: what the engine reads.

    Raises:
        MissingDependencyError: the engine does not read one of them; so OCRmyPDF says it.
    """
    known = set(known)
    found: dict[Language, None] = {}
    unknown = []
    for name in names:
        code, _, form = name.lower().partition("_")
        language = _language(code) if not form or form in _FORMS else None
        if language in known:
            found[language] = None
        else:
            unknown.append(name)
    if unknown:
        raise MissingDependencyError(
            f"notetext does not read {', '.join(unknown)}; of -l it takes ISO 639 codes, with + "
            f"between several: {', '.join(sorted(map(_usual_code, known)))}"
        )
    return list(found)


def _usual_code(language: Language) -> str:
    """The code of three letters that Tesseract has, too."""
    return language.codes[:2][-1]


def _language(code: str) -> Language | None:
    try:
        language = Language.parse(code)
    except UnsupportedLanguageError:
        return None
    return language if code in language.codes else None
