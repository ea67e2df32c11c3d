"""Fonts that name other characters than they draw are found out, and nothing else is."""

from __future__ import annotations

import pytest

from notetext.converters import TextLayer, TextLayerWord
from notetext.engines import Reading
from notetext.model import Box, Line, Mode, Word
from notetext.reading.garbling import Verdict, doubtful, verdict
from notetext.reading.options import TextLayerUse
from notetext.reading.text_layer import decide, merge

ENGLISH = (
    "Dear Ms Okafor we confirm your order of the ninth of March and the lorry leaves our yard on "
    "Tuesday at seven so please have somebody ready who can sign for it"
)
LANGUAGES = {
    "English": ENGLISH,
    "German": "Der Schutzzweck der Vorschrift erstreckt sich auf sämtliche Beschäftigten, "
    "die regelmäßig nachts durchgehend arbeiten und zwischendurch selten schlafen",
    "Polish": "Państwa zamówienie zostało przyjęte do realizacji i wszystkie części wyślemy w "
    "przyszłym tygodniu przesyłką kurierską na wskazany przez Państwa adres",
    "Czech": "Čtvrtek byl plný práce, vrtulník letěl nad vlhkým mlhavým údolím a všichni "
    "zmrzlí strážci čekali na čerstvé zprávy z hlavního města",
    "Finnish": "Hyvää huomenta, tänään aurinko paistaa koko päivän ja illalla saunomme "
    "yhdessä järven rannalla ennen pitkää kotimatkaa",
    "Vietnamese": "Hôm nay trời đẹp và chúng tôi đi dạo quanh hồ rồi ăn phở với bạn bè ở "
    "một quán nhỏ gần nhà trước khi trời tối",
    "capitals": ENGLISH.upper(),
    "full width": "".join(each if each == " " else chr(ord(each) + 0xFEE0) for each in ENGLISH),
    "Greek": "Καλημέρα σας, σήμερα ο καιρός είναι πολύ καλός και θα πάμε όλοι μαζί στη θάλασσα",
    "figures": "Invoice No 2024-00317 dated 09/03/2024 VAT 19 % EUR 1,350.00 net total 1,606.50",
}


def shifted(text: str, by: int) -> str:
    return "".join(each if each == " " else chr(ord(each) + by) for each in text)


def layer_words(text: str, font: int = 0) -> list[TextLayerWord]:
    return [
        TextLayerWord(word, Box.rectangle(100 * at, 0, 100 * at + 90, 20), True, font)
        for at, word in enumerate(text.split())
    ]


def read(text: str, confidence: float | None = 0.95) -> Reading:
    return Reading(fragments=[line(text, confidence)])


def line(text: str, confidence: float | None = 1.0) -> Line:
    words = tuple(
        Word(text=each.text, box=each.box, confidence=confidence) for each in layer_words(text)
    )
    return Line(words=words, box=Box.around(word.box for word in words if word.box))


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_languages_are_not_doubted(text: str) -> None:
    assert doubtful(layer_words(text)) == []


@pytest.mark.parametrize("by", [-31, -29, -3, -2, -1, 1, 2, 3, 5])
def test_shifted_letters_are_doubted(by: int) -> None:
    (group,) = doubtful(layer_words(shifted(ENGLISH, by)))
    assert len(group) == len(ENGLISH.split())


def test_each_font_is_judged_by_itself() -> None:
    words = layer_words(ENGLISH) + layer_words(shifted(ENGLISH, 1), font=1)
    (group,) = doubtful(words)
    assert {words[at].font for at in group} == {1}


def test_a_few_words_are_not_judged() -> None:
    assert doubtful(layer_words("Qty Pcs Nr. 12")) == []


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (read(ENGLISH), Verdict.OTHER),
        (read(ENGLISH, None), Verdict.OTHER),
        (read(ENGLISH, 0.3), Verdict.UNKNOWN),
        (read(shifted(ENGLISH, 1)), Verdict.SAME),
        (read(shifted(ENGLISH, 2)), Verdict.UNKNOWN),
        (Reading(), Verdict.UNKNOWN),
    ],
    ids=["a language", "without confidence", "doubtful", "the same", "no language", "nothing"],
)
def test_the_pixels_have_the_last_word(reading: Reading, expected: Verdict) -> None:
    assert verdict(reading, line(shifted(ENGLISH, 1)).words) is expected


def test_a_page_with_doubted_words_is_read_and_they_give_way() -> None:
    decision = decide(
        TextLayer(tuple(layer_words(shifted(ENGLISH, 1)))), Mode.AUTO, TextLayerUse.AUTO
    )
    assert decision.read_pixels
    merged = merge(read(ENGLISH), decision.words, decision.doubted)
    assert " ".join(fragment.text for fragment in merged.fragments) == ENGLISH
    assert "read by its pixels" in merged.warnings[0]


def test_doubted_words_that_are_borne_out_stand_without_a_warning() -> None:
    codes = "GCTGGGAACTGCAACTCATCT TTCTTTGGCGCATAGG CAGAGGGCTACAATGTGATGG RAD51 TGCTTGG"
    decision = decide(TextLayer(tuple(layer_words(codes))), Mode.AUTO, TextLayerUse.AUTO)
    assert decision.doubted
    merged = merge(read(codes.replace("C", "c"), 0.6), decision.words, decision.doubted)
    assert " ".join(fragment.text for fragment in merged.fragments) == codes
    assert not merged.warnings


def test_words_of_which_the_pixels_say_nothing_stand_with_a_warning() -> None:
    doubted = decide(
        TextLayer(tuple(layer_words(shifted(ENGLISH, 1)))), Mode.AUTO, TextLayerUse.AUTO
    )
    merged = merge(Reading(), doubted.words, doubted.doubted)
    assert len(merged.fragments[0].words) == len(ENGLISH.split())
    assert "no language" in merged.warnings[0]


def test_without_pixels_doubted_words_are_given_with_a_warning() -> None:
    decision = decide(
        TextLayer(tuple(layer_words(shifted(ENGLISH, 1)))), Mode.AUTO, TextLayerUse.ONLY
    )
    assert decision.words
    assert "no language" in decision.warnings[0]
