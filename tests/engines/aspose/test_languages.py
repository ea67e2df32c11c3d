"""The service's names of the languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine, RecognizeImageSettings
from notetext.engines.aspose.languages import HANDWRITTEN_NAMES, PRINTED_NAMES, service_language
from notetext.errors import UnsupportedLanguageError
from notetext.model import Language, Mode

FACTS = Path(__file__).parents[4] / "shared" / "facts" / "aspose_languages.tsv"


@pytest.mark.skipif(not FACTS.exists(), reason="the list of the service's languages is not here")
def test_every_code_of_the_documented_list_means_the_documented_name() -> None:
    with FACTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 270
    for row in rows:
        assert PRINTED_NAMES[Language.parse(row["iso_code"])] == row["aspose_language"]


def test_there_are_150_languages_in_print_and_english_by_hand() -> None:
    assert len(PRINTED_NAMES) == len(set(PRINTED_NAMES.values())) == 150
    assert HANDWRITTEN_NAMES == {Language.ENGLISH: "HWT_ENG"}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("Ukrainian", "Ukrainan"),
        ("kk", "Kazah"),
        ("Belarusian", "Belorussian"),
        ("hne", "Chattisgarhi"),
        ("Min Nan", "Min_Nan"),
        ("fra", "French"),
    ],
)
def test_the_services_own_spellings_are_sent(language: str, name: str) -> None:
    wanted = Request(Mode.PRINTED, (Language.parse(language),))
    assert service_language(wanted, None) == (name, [])


def test_handwriting_in_another_language_points_to_print() -> None:
    wanted = Request(Mode.HANDWRITTEN, (Language.FRENCH,))
    with pytest.raises(UnsupportedLanguageError, match='mode="printed"') as caught:
        service_language(wanted, None)
    assert caught.value.known == ("en",)


def test_a_language_that_the_service_does_not_know_lists_the_others() -> None:
    wanted = r"does not read Welsh \(cy\), but 150 languages"
    with pytest.raises(UnsupportedLanguageError, match=wanted) as caught:
        service_language(Request(Mode.PRINTED, (Language.WELSH,)), None)
    assert len(caught.value.known) == 150


def test_of_several_languages_the_first_is_used_and_a_warning_says_so() -> None:
    name, (warning,) = service_language(
        Request(Mode.PRINTED, (Language.GERMAN, Language.FRENCH)), None
    )
    assert name == "German"
    assert "French" in warning


def test_the_settings_may_name_a_language_that_has_no_code() -> None:
    settings = RecognizeImageSettings(language="Devanagari")
    wanted = Request(Mode.PRINTED, (Language.HINDI,))
    assert service_language(wanted, settings.language) == ("Devanagari", [])


def test_the_engine_tells_its_languages() -> None:
    engine = AsposeEngine()
    assert engine.languages(Mode.HANDWRITTEN) == {Language.ENGLISH}
    assert len(engine.languages(Mode.PRINTED)) == 150
