"""What languages are called beside their ISO 639 codes and English names, for suggestions."""

from __future__ import annotations

from collections.abc import Mapping

from notetext.errors.wording import closest

_SPOKEN = {
    "ar": ("العربية",),
    "eu": ("euskara",),
    "ca": ("català",),
    "zh": ("cn", "mandarin", "simplified chinese", "traditional chinese", "中文"),
    "hr": ("hrvatski",),
    "cs": ("cz", "čeština", "cesky"),
    "da": ("dk", "dansk"),
    "nl": ("nederlands", "flemish"),
    "en": ("uk english", "us english", "british", "american", "us"),
    "et": ("eesti",),
    "fi": ("suomi",),
    "fr": ("français", "francais"),
    "de": ("deutsch",),
    "el": ("gr", "ελληνικά"),
    "hu": ("magyar",),
    "is": ("íslenska",),
    "id": ("bahasa", "bahasa indonesia"),
    "ga": ("gaeilge", "gaelic"),
    "it": ("italiano",),
    "ja": ("jp", "日本語"),
    "ko": ("한국어",),
    "lv": ("latviešu",),
    "lt": ("lietuvių",),
    "no": ("norsk", "bokmål", "nynorsk"),
    "fa": ("farsi",),
    "pl": ("polski",),
    "pt": ("português", "portugues", "brazilian"),
    "ro": ("română", "moldovan"),
    "ru": ("русский",),
    "sk": ("slovenčina",),
    "sl": ("slovenščina", "slovene"),
    "es": ("español", "espanol", "castellano", "castilian"),
    "sv": ("svenska",),
    "tr": ("türkçe", "turkce"),
    "uk": ("ua", "українська"),
    "vi": ("vn", "tiếng việt"),
    "cy": ("cymraeg",),
}


def probable_code(typed: str, english_names: Mapping[str, str]) -> str | None:
    """The ISO 639 code of what somebody meant who typed what is the name of no language.

    >>> from notetext.model.spoken_names import probable_code
    >>> names = {"English": "en", "German": "de"}
    >>> [probable_code(typed, names) for typed in ("Englsh", "Deutsch", "Klingon")]
    ['en', 'de', None]

    Args:
        typed: what was typed.
        english_names: the codes of all languages by their English names.
    """
    names = {name: code for code, spoken in _SPOKEN.items() for name in spoken}
    exact = names.get(typed.strip().casefold())
    if exact is not None:
        return exact
    names |= english_names
    meant = closest(typed, [name for name in names if len(name) > 2])
    return None if meant is None else names[meant]
