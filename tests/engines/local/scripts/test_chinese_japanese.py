from __future__ import annotations

import pytest

from notetext.engines.local.scripts.chinese_japanese import CHINESE_JAPANESE
from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Language, Mode


@pytest.mark.parametrize("character", ["天", "あ", "ア", "。", "！", "々"])
def test_characters_kana_and_their_marks_belong_to_it(character: str) -> None:
    assert CHINESE_JAPANESE.holds(character)


@pytest.mark.parametrize("character", ["a", "Ω", "7", "?", "😀"])
def test_letters_digits_and_pictographs_do_not(character: str) -> None:
    assert not CHINESE_JAPANESE.holds(character)


def test_latin_words_stand_in_its_texts() -> None:
    assert set("aé") <= set(CHINESE_JAPANESE.borrowed)
    assert CHINESE_JAPANESE.reads([Language.JAPANESE, *LATIN.languages])


def test_it_is_read_by_hand_and_in_print_without_knowledge_of_words() -> None:
    assert CHINESE_JAPANESE.weights.keys() == {Mode.HANDWRITTEN, Mode.PRINTED}
    assert not CHINESE_JAPANESE.tables
