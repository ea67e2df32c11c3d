import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.decoding import language_decoder
from notetext.engines.local.quotes import touching
from notetext.model import Language, Mode

FAR = 8 * " "


def line_of(text: str) -> list[DecodedWord]:
    """Words at the steps of their characters."""
    words, start = [], 0
    for word in text.split(" "):
        if word:
            words.append(DecodedWord(word, start, start + len(word), 0.9))
        start += len(word) + 1
    return words


def joined(text: str) -> str:
    return " ".join(word.text for _, word in touching(line_of(text)))


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ('" The talks go on', '"The talks go on'),
        ('with " growing impatience', 'with "growing impatience'),
        ('he was a mouse. "', 'he was a mouse."'),
        ('it, " she said', 'it," she said'),
        ('come! " he cried', 'come!" he cried'),
        ('he cried. " Never', 'he cried. "Never'),
        ('"It is far. " He went', '"It is far." He went'),
        ('retorted: " The jackals', 'retorted: "The jackals'),
        ('here. " " I see', 'here." "I see'),
    ],
)
def test_a_mark_touches_the_word_that_it_opens_or_closes(read: str, written: str) -> None:
    assert joined(read) == written


@pytest.mark.parametrize(
    "text",
    ['"', '2 kg " 3.50', 'a board of 5 " by 9', f'milk{FAR} "{FAR} bread', f'milk{FAR} "', '" 7'],
)
def test_ditto_marks_and_inches_stay_alone(text: str) -> None:
    assert joined(text) == " ".join(text.split())


def test_a_word_takes_the_place_and_the_doubt_of_its_mark() -> None:
    mark, word = DecodedWord('"', 1, 2, 0.5), DecodedWord("The", 4, 7, 0.9, ("Tho",))

    ((number, whole),) = touching([mark, word])

    assert number == 1
    assert whole == DecodedWord('"The', 1, 7, 0.5, ('"Tho',))


@given(st.lists(st.sampled_from(['"', "a", "The", "end.", "it,", "7", '"so"']), max_size=8))
def test_no_character_is_lost_and_nothing_is_set_twice(texts: list[str]) -> None:
    words = touching(line_of(" ".join(texts)))
    again = touching([word for _, word in words])

    assert "".join(word.text for _, word in words) == "".join(texts)
    assert [number for number, _ in words] == sorted({number for number, _ in words})
    assert [word for _, word in again] == [word for _, word in words]


@pytest.mark.parametrize(
    ("language", "written"), [(Language.ENGLISH, 'a "Bill"'), (Language.FRENCH, 'a " Bill "')]
)
def test_a_language_that_sets_its_marks_apart_keeps_them_so(
    language: Language, written: str
) -> None:
    letters = "abcdefghijklmnopqrstuvwxyzàâæçèéêëîïôùûüœÿ"
    alphabet = ("", *letters, *letters.upper(), '"', " ")
    text = 'a " Bill "'
    steps = np.full((2 * len(text), len(alphabet)), 1e-6, np.float32)
    steps[np.arange(0, len(steps), 2), [alphabet.index(character) for character in text]] = 1
    steps[1::2, 0] = 1
    decoder = language_decoder(frozenset({language}), Mode.HANDWRITTEN)
    assert decoder is not None

    words = decoder.decode([np.log(steps)], alphabet).words

    assert " ".join(word.text for word in words) == written
