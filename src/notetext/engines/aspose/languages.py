"""What Aspose.OCR Cloud calls the languages.

From the list of the service's documentation (release 24.11). The spellings are the service's own:
some are slips ("Ukrainan", "Kazah") that have to be sent as they are.
"""

from __future__ import annotations

from notetext.engines import Request
from notetext.errors import UnsupportedLanguageError
from notetext.model import Language, Mode, describe_languages, list_languages

HANDWRITTEN_NAMES = {Language.ENGLISH: "HWT_ENG"}
"""The only model for handwriting: English."""

PRINTED_NAMES = {
    Language.AFRIKAANS: "Afrikaans",
    Language.ALBANIAN: "Albanian",
    Language.ARABIC: "Arabic",
    Language.AWADHI: "Awadhi",
    Language.AZERBAIJANI: "Azerbaijani",
    Language.BELARUSIAN: "Belorussian",
    Language.BEMBA: "Bemba",
    Language.BENGALI: "Bengali",
    Language.BETAWI: "Betawi",
    Language.BHOJPURI: "Bhojpuri",
    Language.BIKOL: "Bikol",
    Language.BOSNIAN: "Bosnian",
    Language.BOUYEI: "Bouyei",
    Language.BULGARIAN: "Bulgarian",
    Language.CANTONESE: "Cantonese",
    Language.CATALAN: "Catalan",
    Language.CEBUANO: "Cebuano",
    Language.CHECHEN: "Chechen",
    Language.CHHATTISGARHI: "Chattisgarhi",
    Language.CHICHEWA: "Chichewa",
    Language.CHINESE: "Chinese",
    Language.CROATIAN: "Croatian",
    Language.CZECH: "Czech",
    Language.DANISH: "Danish",
    Language.DHUNDARI: "Dhundari",
    Language.DIMLI: "Dimli",
    Language.DONG: "Dong",
    Language.DUTCH: "Dutch",
    Language.ENGLISH: "English",
    Language.ESTONIAN: "Estonian",
    Language.FINNISH: "Finnish",
    Language.FRENCH: "French",
    Language.GALICIAN: "Galician",
    Language.GAN: "Gan",
    Language.GARHWALI: "Garhwali",
    Language.GEORGIAN: "Georgian",
    Language.GERMAN: "German",
    Language.GILAKI: "Gilaki",
    Language.GREEK: "Greek",
    Language.GUSII: "Gusii",
    Language.HAKKA: "Hakka",
    Language.HARYANVI: "Haryanvi",
    Language.HAUSA: "Hausa",
    Language.HEBREW: "Hebrew",
    Language.HILIGAYNON: "Hiligaynon",
    Language.HINDI: "Hindi",
    Language.HMONG: "Hmong",
    Language.HUNGARIAN: "Hungarian",
    Language.ILOCANO: "Ilocano",
    Language.INDONESIAN: "Indonesian",
    Language.ITALIAN: "Italian",
    Language.JAPANESE: "Japanese",
    Language.JAVANESE: "Javanese",
    Language.KABARDIAN: "Kabardian",
    Language.KANAUJI: "Kanauji",
    Language.KANNADA: "Kannada",
    Language.KANURI: "Kanuri",
    Language.KAPAMPANGAN: "Kapampangan",
    Language.KAZAKH: "Kazah",
    Language.KICHE: "Kiche",
    Language.KIKONGO: "Kikongo",
    Language.KINYARWANDA: "Rwanda",
    Language.KONKANI: "Konkani",
    Language.KOREAN: "Korean",
    Language.KUMAUNI: "Kumauni",
    Language.KURDISH: "Kurdish",
    Language.LAMANI: "Lamani",
    Language.LATIN: "Latin",
    Language.LATVIAN: "Latvian",
    Language.LITHUANIAN: "Lithuanian",
    Language.LOW_GERMAN: "Low_German",
    Language.LUGURU: "Luguru",
    Language.LUO: "Luo",
    Language.MACEDONIAN: "Macedonian",
    Language.MAGAHI: "Magahi",
    Language.MAITHILI: "Maithili",
    Language.MAKASSAR: "Makassar",
    Language.MAKUA: "Makua",
    Language.MALAGASY: "Malagasy",
    Language.MALAY: "Malay",
    Language.MALVI: "Malvi",
    Language.MARATHI: "Marathi",
    Language.MARWARI: "Marwari",
    Language.MERU: "Meru",
    Language.MEWARI: "Mewari",
    Language.MEWATI: "Mewati",
    Language.MINANGKABAU: "Minangkabau",
    Language.MIN_BEI: "Min_Bei",
    Language.MIN_DONG: "Min_Dong",
    Language.MIN_NAN: "Min_Nan",
    Language.MUONG: "Muong",
    Language.MUSI: "Musi",
    Language.NANDI: "Nandi",
    Language.NDEBELE: "Ndebele",
    Language.NEPALI: "Nepali",
    Language.NORTHERN_SOTHO: "Sotho_Northern",
    Language.NORWEGIAN: "Norwegian",
    Language.OCCITAN: "Occitan",
    Language.OROMO: "Oromo",
    Language.PANGASINAN: "Pangasinan",
    Language.PERSIAN: "Persian",
    Language.POLISH: "Polish",
    Language.PORTUGUESE: "Portuguese",
    Language.PU_XIAN: "Pu_Xian",
    Language.QUECHUA: "Quechua",
    Language.RAJBANSHI: "Rajbanshi",
    Language.ROMANIAN: "Romanian",
    Language.RUSSIAN: "Russian",
    Language.SASAK: "Sasak",
    Language.SERBIAN: "Serbian",
    Language.SERBO_CROATIAN: "Serbo_Croatian",
    Language.SERER: "Serer_Sine",
    Language.SHONA: "Shona",
    Language.SLOVAK: "Slovak",
    Language.SLOVENIAN: "Slovene",
    Language.SOMALI: "Somali",
    Language.SOUTHERN_SOTHO: "Sotho_Southern",
    Language.SPANISH: "Spanish",
    Language.SUKUMA: "Sukuma",
    Language.SUNDANESE: "Sundanese",
    Language.SWAHILI: "Swahili",
    Language.SWATI: "Swati",
    Language.SWEDISH: "Swedish",
    Language.TAGALOG: "Tagalog",
    Language.TAMIL: "Tamil",
    Language.TELUGU: "Telugu",
    Language.THAI: "Thai",
    Language.TIBETAN: "Tibetan",
    Language.TONGA: "Tonga",
    Language.TSONGA: "Tsonga",
    Language.TSWANA: "Tswana",
    Language.TUMBUKA: "Tumbuka",
    Language.TURKISH: "Turkish",
    Language.TURKMEN: "Turkmen",
    Language.UKRAINIAN: "Ukrainan",
    Language.UMBUNDU: "Umbundu",
    Language.URDU: "Urdu",
    Language.UYGHUR: "Uyghur",
    Language.UZBEK: "Uzbek",
    Language.VIETNAMESE: "Vietnamese",
    Language.WAGDI: "Wagdi",
    Language.WARAY: "Waray_Waray",
    Language.WOLAYTTA: "Wolaytta",
    Language.WU: "Wu",
    Language.XHOSA: "Xhosa",
    Language.XIANG: "Xiang",
    Language.YAO: "Yao",
    Language.YORUBA: "Yoruba",
    Language.ZHUANG: "Zhuang",
    Language.ZULU: "Zulu",
}
"""The languages in print; the service reads one at a time."""


def service_language(request: Request, override: str | None) -> tuple[str, list[str]]:
    """Finds the service's name of the language to read, and what to warn of.

    Args:
        request: the mode and the languages.
        override: a name of the service's that goes first, or ``None``.

    Raises:
        UnsupportedLanguageError: it has none in that mode.
    """
    if override is not None:
        return override, []
    handwritten = request.mode is Mode.HANDWRITTEN
    names = HANDWRITTEN_NAMES if handwritten else PRINTED_NAMES
    for language in request.languages:
        if language not in names:
            said = f"Aspose.OCR does not read {language.english_name} ({language.value})"
            if handwritten:
                said += ' by hand, only English; mode="printed" reads other languages in print'
            else:
                said += ", but " + list_languages(sorted(names))
            raise UnsupportedLanguageError(said, known=sorted(names))
    language, *others = request.languages
    if not others:
        return names[language], []
    return names[language], [
        f"Aspose.OCR reads one language at a time: {language.english_name} was used, and not "
        + describe_languages(others)
    ]
