"""The languages that notetext has a name for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from typing import Self, TypeAlias

from notetext.errors import ConfigurationError, UnsupportedLanguageError
from notetext.errors.foreign_text import shown
from notetext.model.spoken_names import probable_code


class Language(StrEnum):
    """A written language; its value is the ISO 639-1 code, or 639-3 where there is none.

    Wherever a language is asked for, a constant, a code or an English name will do:

    >>> from notetext import Language
    >>> Language.parse("fra") is Language.parse("French") is Language.FRENCH
    True
    >>> Language.FRENCH.english_name, Language.FRENCH.value
    ('French', 'fr')
    """

    english_name: str
    codes: tuple[str, ...]

    def __new__(cls, code: str, english_name: str, *other_codes: str) -> Self:
        """Makes a member of its code, its English name and the codes that mean it as well."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english_name = english_name
        member.codes = (code, *other_codes)
        return member

    @classmethod
    def parse(cls, value: str, known: Iterable[Language] = (), by: str = "") -> Language:
        """Finds the language of a constant, an ISO 639 code or an English name.

        Args:
            value: such as ``Language.FRENCH``, ``"fr"``, ``"fra"``, ``"fr-CA"`` or ``"French"``;
                capitals do not matter.
            known: the languages to name in the error, since they can be read.
            by: who reads them.

        Raises:
            UnsupportedLanguageError: no language is called that. The message has the one that was
                probably meant; the error's ``known`` are all that there are, those that can be
                read first.
        """
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            names = _names()
            spoken = value.strip().casefold().replace("_", "-")
            found = names.get(spoken) or names.get(spoken.split("-")[0])
            if found is not None:
                return found
        raise _unknown(value, sorted(known), by)

    AFRIKAANS = "af", "Afrikaans", "afr"
    ALBANIAN = "sq", "Albanian", "sqi", "alb"
    ARABIC = "ar", "Arabic", "ara", "arb"
    AWADHI = "awa", "Awadhi"
    AZERBAIJANI = "az", "Azerbaijani", "aze", "azj"
    BASQUE = "eu", "Basque", "eus", "baq"
    BELARUSIAN = "be", "Belarusian", "bel"
    BEMBA = "bem", "Bemba"
    BENGALI = "bn", "Bengali", "ben"
    BETAWI = "bew", "Betawi"
    BHOJPURI = "bho", "Bhojpuri"
    BIKOL = "bik", "Bikol"
    BOSNIAN = "bs", "Bosnian", "bos"
    BOUYEI = "pcc", "Bouyei"
    BRETON = "br", "Breton", "bre"
    BULGARIAN = "bg", "Bulgarian", "bul"
    CANTONESE = "yue", "Cantonese"
    CATALAN = "ca", "Catalan", "cat"
    CEBUANO = "ceb", "Cebuano"
    CHECHEN = "ce", "Chechen", "che"
    CHHATTISGARHI = "hne", "Chhattisgarhi"
    CHICHEWA = "ny", "Chichewa", "nya"
    CHINESE = "zh", "Chinese", "zho", "chi", "cmn"
    CROATIAN = "hr", "Croatian", "hrv"
    CZECH = "cs", "Czech", "ces", "cze"
    DANISH = "da", "Danish", "dan"
    DHUNDARI = "dhd", "Dhundari"
    DIMLI = "diq", "Dimli", "zza"
    DONG = "doc", "Dong", "kmc"
    DUTCH = "nl", "Dutch", "nld", "dut"
    ENGLISH = "en", "English", "eng"
    ESPERANTO = "eo", "Esperanto", "epo"
    ESTONIAN = "et", "Estonian", "est", "ekk"
    FAROESE = "fo", "Faroese", "fao"
    FINNISH = "fi", "Finnish", "fin"
    FRENCH = "fr", "French", "fra", "fre"
    GALICIAN = "gl", "Galician", "glg"
    GAN = "gan", "Gan"
    GARHWALI = "gbm", "Garhwali"
    GEORGIAN = "ka", "Georgian", "kat", "geo"
    GERMAN = "de", "German", "deu", "ger"
    GILAKI = "glk", "Gilaki"
    GREEK = "el", "Greek", "ell", "gre"
    GUSII = "guz", "Gusii"
    HAKKA = "hak", "Hakka"
    HARYANVI = "bgc", "Haryanvi"
    HAUSA = "ha", "Hausa", "hau"
    HEBREW = "he", "Hebrew", "heb"
    HILIGAYNON = "hil", "Hiligaynon"
    HINDI = "hi", "Hindi", "hin"
    HMONG = "hmn", "Hmong"
    HUNGARIAN = "hu", "Hungarian", "hun"
    ICELANDIC = "is", "Icelandic", "isl", "ice"
    ILOCANO = "ilo", "Ilocano"
    INDONESIAN = "id", "Indonesian", "ind"
    IRISH = "ga", "Irish", "gle"
    ITALIAN = "it", "Italian", "ita"
    JAPANESE = "ja", "Japanese", "jpn"
    JAVANESE = "jv", "Javanese", "jav"
    KABARDIAN = "kbd", "Kabardian"
    KANAUJI = "bjj", "Kanauji"
    KANNADA = "kn", "Kannada", "kan"
    KANURI = "kr", "Kanuri", "kau"
    KAPAMPANGAN = "pam", "Kapampangan"
    KAZAKH = "kk", "Kazakh", "kaz"
    KICHE = "quc", "Kiche"
    KIKONGO = "kg", "Kikongo", "kon"
    KINYARWANDA = "rw", "Kinyarwanda", "kin"
    KONKANI = "kok", "Konkani", "gom"
    KOREAN = "ko", "Korean", "kor"
    KUMAUNI = "kfy", "Kumauni"
    KURDISH = "ku", "Kurdish", "kur", "kmr"
    LAMANI = "lmn", "Lamani"
    LATIN = "la", "Latin", "lat"
    LATVIAN = "lv", "Latvian", "lav", "lvs"
    LITHUANIAN = "lt", "Lithuanian", "lit"
    LOW_GERMAN = "nds", "Low German"
    LUGURU = "ruf", "Luguru"
    LUO = "luo", "Luo"
    LUXEMBOURGISH = "lb", "Luxembourgish", "ltz"
    MACEDONIAN = "mk", "Macedonian", "mkd", "mac"
    MAGAHI = "mag", "Magahi"
    MAITHILI = "mai", "Maithili"
    MAKASSAR = "mak", "Makassar"
    MAKUA = "vmw", "Makua"
    MALAGASY = "mg", "Malagasy", "mlg"
    MALAY = "ms", "Malay", "msa", "may", "zsm"
    MALTESE = "mt", "Maltese", "mlt"
    MALVI = "mup", "Malvi"
    MAORI = "mi", "Maori", "mri", "mao"
    MARATHI = "mr", "Marathi", "mar"
    MARWARI = "mwr", "Marwari", "rwr"
    MERU = "mer", "Meru"
    MEWARI = "mtr", "Mewari"
    MEWATI = "wtm", "Mewati"
    MIN_BEI = "mnp", "Min Bei"
    MIN_DONG = "cdo", "Min Dong"
    MIN_NAN = "nan", "Min Nan"
    MINANGKABAU = "min", "Minangkabau"
    MUONG = "mtq", "Muong"
    MUSI = "mui", "Musi"
    NANDI = "niq", "Nandi"
    NDEBELE = "nd", "Ndebele", "nde"
    NEPALI = "ne", "Nepali", "nep", "npi"
    NORTHERN_SOTHO = "nso", "Northern Sotho"
    NORWEGIAN = "no", "Norwegian", "nor", "nb", "nob", "nn", "nno"
    OCCITAN = "oc", "Occitan", "oci"
    OROMO = "om", "Oromo", "orm"
    PANGASINAN = "pag", "Pangasinan"
    PERSIAN = "fa", "Persian", "fas", "per", "pes"
    POLISH = "pl", "Polish", "pol"
    PORTUGUESE = "pt", "Portuguese", "por"
    PU_XIAN = "cpx", "Pu-Xian"
    QUECHUA = "qu", "Quechua", "que"
    RAJBANSHI = "rjs", "Rajbanshi"
    ROMANIAN = "ro", "Romanian", "ron", "rum"
    ROMANSH = "rm", "Romansh", "roh"
    RUSSIAN = "ru", "Russian", "rus"
    SASAK = "sas", "Sasak"
    SERBIAN = "sr", "Serbian", "srp"
    SERBO_CROATIAN = "sh", "Serbo-Croatian", "hbs"
    SERER = "srr", "Serer"
    SHONA = "sn", "Shona", "sna"
    SLOVAK = "sk", "Slovak", "slk", "slo"
    SLOVENIAN = "sl", "Slovenian", "slv"
    SOMALI = "so", "Somali", "som"
    SOUTHERN_SOTHO = "st", "Southern Sotho", "sot"
    SPANISH = "es", "Spanish", "spa"
    SUKUMA = "suk", "Sukuma"
    SUNDANESE = "su", "Sundanese", "sun"
    SWAHILI = "sw", "Swahili", "swa", "swh"
    SWATI = "ss", "Swati", "ssw"
    SWEDISH = "sv", "Swedish", "swe"
    TAGALOG = "tl", "Tagalog", "tgl", "fil"
    TAMIL = "ta", "Tamil", "tam"
    TELUGU = "te", "Telugu", "tel"
    THAI = "th", "Thai", "tha"
    TIBETAN = "bo", "Tibetan", "bod", "tib"
    TONGA = "toi", "Tonga"
    TSONGA = "ts", "Tsonga", "tso"
    TSWANA = "tn", "Tswana", "tsn"
    TUMBUKA = "tum", "Tumbuka"
    TURKISH = "tr", "Turkish", "tur"
    TURKMEN = "tk", "Turkmen", "tuk"
    UKRAINIAN = "uk", "Ukrainian", "ukr"
    UMBUNDU = "umb", "Umbundu"
    URDU = "ur", "Urdu", "urd"
    UYGHUR = "ug", "Uyghur", "uig"
    UZBEK = "uz", "Uzbek", "uzb"
    VIETNAMESE = "vi", "Vietnamese", "vie"
    WAGDI = "wbr", "Wagdi"
    WARAY = "war", "Waray"
    WELSH = "cy", "Welsh", "cym", "wel"
    WOLAYTTA = "wal", "Wolaytta"
    WU = "wuu", "Wu"
    XHOSA = "xh", "Xhosa", "xho"
    XIANG = "hsn", "Xiang"
    YAO = "yao", "Yao"
    YORUBA = "yo", "Yoruba", "yor"
    ZHUANG = "za", "Zhuang", "zha"
    ZULU = "zu", "Zulu", "zul"


_FEW = 8
"""So many languages are told by their names."""
_MANY = 80
"""Of more languages than that, no more than their number is told."""

LanguageLike: TypeAlias = Language | str
"""A language, an ISO 639 code, or an English name."""


def parse_languages(
    value: LanguageLike | Sequence[LanguageLike], known: Iterable[Language] = (), by: str = ""
) -> tuple[Language, ...]:
    """Finds the languages that a caller meant, in the caller's order and each one once.

    ``known`` and ``by`` are for the error; see `Language.parse`.

    >>> from notetext.model import parse_languages
    >>> [language.value for language in parse_languages(["en", "French", "eng"])]
    ['en', 'fr']

    Raises:
        UnsupportedLanguageError: a name is unknown.
        ConfigurationError: the list is empty.
    """
    if isinstance(value, str):
        values: Sequence[LanguageLike] = [value]
    elif isinstance(value, Iterable):
        values = list(value)
    else:
        raise ConfigurationError(
            f"language={shown(value)} names no language; give one, such as 'en', or a list of them"
        )
    if not values:
        raise ConfigurationError("no language was given; give at least one, such as 'en'")
    return tuple(dict.fromkeys(Language.parse(item, known, by) for item in values))


def describe_languages(languages: Iterable[Language]) -> str:
    """Lists languages for a message: ``"en (English), fr (French)"``."""
    return ", ".join(f"{language.value} ({language.english_name})" for language in languages)


def list_languages(languages: Iterable[Language]) -> str:
    """Lists languages that may be many: by code and name, or where they are many by code alone.

    >>> from notetext import Language
    >>> from notetext.model import list_languages
    >>> list_languages([Language.ENGLISH, Language.FRENCH])
    'en (English), fr (French)'
    >>> list_languages(list(Language)[:9])
    'af, sq, ar, awa, az, eu, be, bem and bn (`notetext languages` has their names)'
    """
    told = list(languages)
    if len(told) <= _FEW:
        return describe_languages(told)
    if len(told) > _MANY:
        return f"{len(told)} languages (`notetext languages` lists an engine's)"
    *most, last = (language.value for language in told)
    return f"{', '.join(most)} and {last} (`notetext languages` has their names)"


def _unknown(value: object, readable: Sequence[Language], by: str) -> UnsupportedLanguageError:
    """Why something is no language, and what would be one."""
    said = f"there is no language {shown(value)}"
    parts = re.split(r"\s*[,;+/|]\s*", value) if isinstance(value, str) else []
    if len(parts) > 1 and all(part.casefold() in _names() for part in parts):
        return UnsupportedLanguageError(f"{said}; of several, give a list: {parts}", known=parts)
    english_names = {language.english_name: language.value for language in Language}
    code = probable_code(value, english_names) if isinstance(value, str) else None
    if code is not None:
        meant = Language.parse(code)
        said += f" (did you mean {meant.value!r}, {meant.english_name}?)"
    said += "; give an ISO 639 code or an English name"
    if readable:
        said += f": {by or 'it'} reads {list_languages(readable)}"
    else:
        said += f", such as {describe_languages([Language.ENGLISH, Language.FRENCH])}"
    rest = sorted(set(Language) - set(readable))
    return UnsupportedLanguageError(said, known=[language.value for language in (*readable, *rest)])


@cache
def _names() -> dict[str, Language]:
    names: dict[str, Language] = {}
    for language in Language:
        for name in (*language.codes, language.english_name, language.name.replace("_", "-")):
            names.setdefault(name.casefold(), language)
    return names
