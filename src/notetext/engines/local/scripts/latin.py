"""The Latin script."""

from __future__ import annotations

from collections.abc import Mapping

from notetext.engines.local.scripts.script import Script, decomposed
from notetext.engines.local.scripts.tuning import Telling, Trust, Tuning
from notetext.engines.local.weights import GENERAL, BundledWeights
from notetext.model import Language, Mode

_BASIC = "abcdefghijklmnopqrstuvwxyz"

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
_LETTERS = {language: _BASIC + more for language, more in _MORE_LETTERS.items()}

# Serbo-Croatian is one list for all of them.
_TABLES: Mapping[Language, str] = {
    **{
        language: language.value
        for language in (
            Language.CATALAN,
            Language.CZECH,
            Language.DANISH,
            Language.DUTCH,
            Language.ENGLISH,
            Language.FINNISH,
            Language.FRENCH,
            Language.GERMAN,
            Language.HUNGARIAN,
            Language.ICELANDIC,
            Language.INDONESIAN,
            Language.ITALIAN,
            Language.LATVIAN,
            Language.LITHUANIAN,
            Language.MALAY,
            Language.NORWEGIAN,
            Language.POLISH,
            Language.PORTUGUESE,
            Language.ROMANIAN,
            Language.SLOVAK,
            Language.SLOVENIAN,
            Language.SPANISH,
            Language.SWEDISH,
            Language.TAGALOG,
            Language.TURKISH,
        )
    },
    Language.BOSNIAN: "sh",
    Language.CROATIAN: "sh",
    Language.SERBO_CROATIAN: "sh",
}

LATIN = Script(
    name="Latin",
    letters=_LETTERS,
    # A Dvořák may stand in any text: what is likely, the words tell.
    borrowed="".join(dict.fromkeys("".join(_LETTERS.values()) + "ªº")),
    more_capitals={"ı": "İ"},  # the capital of Turkish i
    weights={
        Mode.PRINTED: GENERAL,
        # Made by training/; docs/model-card.md says of what.
        Mode.HANDWRITTEN: BundledWeights(
            "handwriting-5.onnx",
            "a6e89882831feaa2db6b32e0ea4e039f7bb5a126f772e18db245c8a878011be7",
        ),
    },
    accents=decomposed("".join(_LETTERS.values())),
    mistaken={"ß": "B"},
    crossed={"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i"},
    tables=_TABLES,
    # By rule of thumb: twice or half as much changes nothing.
    links={
        Language.DANISH: {"s": 0.2, "e": 0.05},
        Language.DUTCH: {"s": 0.15, "en": 0.1, "e": 0.05},
        Language.FINNISH: {"n": 0.2},
        Language.GERMAN: {"s": 0.2, "n": 0.05, "en": 0.02, "es": 0.02},
        Language.HUNGARIAN: {},
        Language.ICELANDIC: {"s": 0.15, "a": 0.1, "ar": 0.1, "u": 0.05},
        Language.NORWEGIAN: {"s": 0.2, "e": 0.05},
        Language.SWEDISH: {"s": 0.2, "e": 0.02, "o": 0.02},
    },
    capital_nouns=frozenset({Language.GERMAN, Language.LUXEMBOURGISH, Language.LOW_GERMAN}),
    spaced_quotes=frozenset({Language.FRENCH}),
    shapes_tell=True,
    lone_vowels="aeiouyàáâèéêíóôåäöøæ",
    lone_consonants=dict.fromkeys(
        (
            Language.BOSNIAN,
            Language.CROATIAN,
            Language.CZECH,
            Language.POLISH,
            Language.SLOVAK,
            Language.SLOVENIAN,
        ),
        "kswvz",
    ),
    lone_o=frozenset(
        {
            Language.AZERBAIJANI,
            Language.BOSNIAN,
            Language.CATALAN,
            Language.CROATIAN,
            Language.CZECH,
            Language.GALICIAN,
            Language.ITALIAN,
            Language.OCCITAN,
            Language.POLISH,
            Language.PORTUGUESE,
            Language.ROMANIAN,
            Language.SLOVAK,
            Language.SLOVENIAN,
            Language.SPANISH,
            Language.TURKISH,
        }
    ),
    # Tuned on French handwriting (train/copiste_fr, train/testaments_fr) and on drawn lines of
    # print; around these values little changes. The coefficients of confidence were fitted by
    # training/fit_confidence.py on French and English handwriting of six sources and lines drawn
    # with hand-like fonts, and on lines of print.
    tuning={
        Mode.HANDWRITTEN: Tuning(
            Trust(0.7, 1.2, context=0.8),
            lost_accent=0.15,
            blank=0.35,
            confidence=(
                1.04,
                0.177,
                0.2,
                0.308,
                1.36,
                0.0545,
                -0.127,
                0.121,
                0.425,
                -1.1,
                -1.17,
                0.0903,
                0.342,
                -0.0319,
            ),
        ),
        Mode.PRINTED: Tuning(
            Trust(0.3, 0.5, context=0.35),
            lost_accent=0.02,
            blank=0.35,
            confidence=(
                1.12,
                0.233,
                0.42,
                0.147,
                1.09,
                0.0784,
                0.0,
                0.234,
                -0.156,
                -0.819,
                -2.07,
                0.139,
                0.326,
                0.573,
            ),
        ),
    },
    # Fitted on lines of French handwriting and on lines drawn with hand-like fonts and with fonts
    # for print, of prose and of facts.
    telling=Telling(
        looks=(
            -0.311,
            -5.34,
            -4.72,
            -11.5,
            -15.4,
            -26.7,
            -1.32,
            10.1,
            8.95,
            -27.2,
            2.21,
            -1.5,
            -2.42,
            0.607,
            1.01,
            0.853,
            -0.282,
            -0.0312,
            5.13,
            5.54,
            -0.708,
            -0.323,
        ),
        # The weight of colour was not fitted: print is seldom in blue, and pens often are.
        kind=(0.5, 1.0, 0.35, -14.0),
        page=(0.4, 0.29, 0.41),
        strips=(1.2, 0.52, 0.52, 5.8),
        line=(0.6, 0.90, 6.2),
    ),
)
"""Latin letters, as 62 languages are written."""
