import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.hyphens import read_hyphenated, whole_words

WORDS = frozenset({"middle-aged", "brother-in-law", "arc-en-ciel"})


def line_of(text: str) -> list[tuple[int, DecodedWord]]:
    return [
        (number, DecodedWord(word, 3 * number, 3 * number + 2, 0.9 - 0.1 * number, ("x",)))
        for number, word in enumerate(text.split())
    ]


def joined(text: str) -> str:
    return " ".join(word.text for _, word in whole_words(line_of(text), WORDS))


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("the middle - aged man", "the middle-aged man"),
        ("the middle- aged man", "the middle-aged man"),
        ("the middle -aged man", "the middle-aged man"),
        ("(Middle - aged, he", "(Middle-aged, he"),
        ("my brother - in - law's hat", "my brother-in-law's hat"),
        ("my brother-in - law", "my brother-in-law"),
        ("l'arc - en - ciel", "l'arc-en-ciel"),
    ],
)
def test_the_parts_of_a_word_are_joined(read: str, written: str) -> None:
    assert joined(read) == written


@pytest.mark.parametrize(
    "text",
    [
        "the man - who",
        "brother - in the law",
        "middle aged",
        "middle -",
        "- aged",
        "a -",
        "-",
        "5 - 7",
    ],
)
def test_a_dash_stays_one(text: str) -> None:
    assert joined(text) == text


def test_a_word_stands_where_its_parts_did_and_is_as_sure_as_the_worst_of_them() -> None:
    ((number, word),) = whole_words(line_of("middle - aged"), WORDS)

    assert number == 0
    assert word == DecodedWord("middle-aged", 0, 8, 0.9 - 0.1 * 2)


@given(
    st.lists(st.sampled_from(["middle", "-", "aged", "brother", "in-", "law", "-aged"]), max_size=7)
)
def test_no_character_is_lost(texts: list[str]) -> None:
    words = whole_words(line_of(" ".join(texts)), WORDS)

    assert "".join(word.text for _, word in words) == "".join(texts)
    assert [number for number, _ in words] == sorted({number for number, _ in words})


def test_every_language_whose_words_were_counted_has_a_table(
    counted_languages: list[str],
) -> None:
    assert len(counted_languages) > 10
    assert all(read_hyphenated(name) for name in counted_languages)
    assert "middle-aged" in read_hyphenated("en")
    assert "and-the" not in read_hyphenated("en")


def test_a_language_without_one_has_no_such_words() -> None:
    assert read_hyphenated("tlh") == frozenset()
