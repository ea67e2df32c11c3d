"""What languages are called beside their ISO 639 codes and English names, for suggestions."""

from __future__ import annotations

from notetext.errors.wording import closest
from notetext.model.language import Language

_SPOKEN = {
    Language.ARABIC: ("العربية",),
    Language.BASQUE: ("euskara",),
    Language.CATALAN: ("català",),
    Language.CHINESE: ("cn", "mandarin", "simplified chinese", "traditional chinese", "中文"),
    Language.CROATIAN: ("hrvatski",),
    Language.CZECH: ("cz", "čeština", "cesky"),
    Language.DANISH: ("dk", "dansk"),
    Language.DUTCH: ("nederlands", "flemish"),
    Language.ENGLISH: ("uk english", "us english", "british", "american", "us"),
    Language.ESTONIAN: ("eesti",),
    Language.FINNISH: ("suomi",),
    Language.FRENCH: ("français", "francais"),
    Language.GERMAN: ("deutsch",),
    Language.GREEK: ("gr", "ελληνικά"),
    Language.HUNGARIAN: ("magyar",),
    Language.ICELANDIC: ("íslenska",),
    Language.INDONESIAN: ("bahasa", "bahasa indonesia"),
    Language.IRISH: ("gaeilge", "gaelic"),
    Language.ITALIAN: ("italiano",),
    Language.JAPANESE: ("jp", "日本語"),
    Language.KOREAN: ("한국어",),
    Language.LATVIAN: ("latviešu",),
    Language.LITHUANIAN: ("lietuvių",),
    Language.NORWEGIAN: ("norsk", "bokmål", "nynorsk"),
    Language.PERSIAN: ("farsi",),
    Language.POLISH: ("polski",),
    Language.PORTUGUESE: ("português", "portugues", "brazilian"),
    Language.ROMANIAN: ("română", "moldovan"),
    Language.RUSSIAN: ("русский",),
    Language.SLOVAK: ("slovenčina",),
    Language.SLOVENIAN: ("slovenščina", "slovene"),
    Language.SPANISH: ("español", "espanol", "castellano", "castilian"),
    Language.SWEDISH: ("svenska",),
    Language.TURKISH: ("türkçe", "turkce"),
    Language.UKRAINIAN: ("ua", "українська"),
    Language.VIETNAMESE: ("vn", "tiếng việt"),
    Language.WELSH: ("cymraeg",),
}


def probable_language(typed: str) -> Language | None:
    """The language that somebody meant who typed what is the name of none.

    >>> from notetext.model.spoken_names import probable_language
    >>> probable_language("Englsh"), probable_language("Deutsch"), probable_language("Klingon")
    (<Language.ENGLISH: 'en'>, <Language.GERMAN: 'de'>, None)
    """
    names = {name: language for language, spoken in _SPOKEN.items() for name in spoken}
    exact = names.get(typed.strip().casefold())
    if exact is not None:
        return exact
    names |= {language.english_name: language for language in Language}
    meant = closest(typed, [name for name in names if len(name) > 2])
    return None if meant is None else names[meant]
