from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.decoding import LanguageDecoder, language_decoder
from notetext.model import Language, Mode

_LOWER = "abcdefghijklmnopqrstuvwxyzéèêàçùâîôûëïüœæäö"
ALPHABET = ("", *_LOWER, *_LOWER.upper(), "Ÿ", "ÿ", "ß", *"',.-0123456789", " ")


def seen(text: str, doubts: dict[int, dict[str, float]] | None = None) -> NDArray[np.float32]:
    """What a network gives that sees a text clearly but for the characters in doubt."""
    steps = np.full((2 * len(text), len(ALPHABET)), 1e-6, np.float32)
    for index, character in enumerate(text):
        for likely, chance in (doubts or {}).get(index, {character: 1.0}).items():
            steps[2 * index, ALPHABET.index(likely)] = chance
        steps[2 * index + 1, 0] = 1
    steps /= steps.sum(axis=1, keepdims=True)
    return np.log(steps)


def decoder(*languages: Language, lexicon: frozenset[str] = frozenset()) -> LanguageDecoder:
    made = language_decoder(frozenset(languages), Mode.HANDWRITTEN, lexicon)
    assert made is not None
    return made


def words_in(decoder: LanguageDecoder, steps: NDArray[np.float32]) -> tuple[DecodedWord, ...]:
    return decoder.decode([steps], ALPHABET).words


def test_words_come_with_their_time_steps_from_left_to_right() -> None:
    words = words_in(decoder(Language.ENGLISH), seen("all is well"))

    assert [word.text for word in words] == ["all", "is", "well"]
    assert [(word.start, word.end) for word in words] == [(0, 6), (7, 12), (13, 21.5)]
    assert all(word.confidence > 0.8 for word in words)


def test_nothing_written_has_no_words() -> None:
    blank = np.full((8, len(ALPHABET)), -20, np.float32)
    blank[:, 0] = 0

    assert words_in(decoder(Language.ENGLISH), blank) == ()


@pytest.mark.parametrize("words", ["Streik aufruf", "Fleisch fabrikant", "Euro tunnels"])
def test_a_blank_that_is_hardly_seen_does_not_part_what_is_written_together(words: str) -> None:
    doubts = {words.index(" "): {" ": 0.005, "": 0.995}}

    (word,) = words_in(decoder(Language.GERMAN), seen(words, doubts))

    assert word.text == words.replace(" ", "")


@pytest.mark.parametrize("words", ["Haus und Hof", "auf den Berg", "ist gut"])
def test_a_blank_that_is_hardly_seen_stays_between_words(words: str) -> None:
    doubts = {
        index: {" ": 0.005, "": 0.995} for index, character in enumerate(words) if character == " "
    }

    found = words_in(decoder(Language.GERMAN), seen(words, doubts))

    assert " ".join(word.text for word in found) == words


def test_an_eszett_that_was_read_as_a_capital_comes_back() -> None:
    found = words_in(decoder(Language.GERMAN), seen("in der GartenstraBe"))

    assert found[-1].text == "Gartenstraße"


def test_a_doubtful_word_is_less_certain_and_has_alternatives() -> None:
    doubts = {5: {"e": 0.5, "o": 0.5}}

    (first, second) = words_in(decoder(Language.ENGLISH), seen("the men", doubts))

    assert second.confidence < first.confidence
    assert second.text not in second.alternatives
    assert "mon" in (second.text, *second.alternatives)


def test_an_accent_that_the_network_missed_comes_back() -> None:
    words = words_in(decoder(Language.FRENCH), seen("peut etre ici"))

    assert [word.text for word in words] == ["peut", "être", "ici"]


def test_an_accent_comes_back_only_in_a_language_that_has_it() -> None:
    words = words_in(decoder(Language.ENGLISH), seen("a fine fete"))

    assert [word.text for word in words] == ["a", "fine", "fete"]


def test_two_languages_are_decoded_together() -> None:
    both = decoder(Language.ENGLISH, Language.FRENCH)

    assert [word.text for word in words_in(both, seen("the men etre"))] == ["the", "men", "être"]


def test_print_keeps_what_the_network_saw() -> None:
    printed = language_decoder(frozenset({Language.ENGLISH}), Mode.PRINTED)
    assert printed is not None

    assert words_in(printed, seen("Xqrt 4711-b"))[0].text == "Xqrt"
    assert words_in(printed, seen("Xqrt 4711-b"))[1].text == "4711-b"


def test_old_style_figures_that_look_like_letters_are_read_as_digits() -> None:
    printed = language_decoder(frozenset({Language.ENGLISH}), Mode.PRINTED)
    assert printed is not None

    words = words_in(printed, seen("at 1,o05 for 7,48o", {5: {"o": 0.8, "0": 0.2}}))

    assert [word.text for word in words] == ["at", "1,005", "for", "7,480"]
    assert not words[1].alternatives


def test_both_modes_share_the_words_of_a_language() -> None:
    by_hand, in_print = (
        language_decoder(frozenset({Language.ENGLISH}), mode)
        for mode in (Mode.HANDWRITTEN, Mode.PRINTED)
    )
    assert by_hand is not None
    assert in_print is not None
    assert by_hand is not in_print
    assert by_hand._vocabulary is in_print._vocabulary


def test_the_users_words_decide_between_letters() -> None:
    doubts = {0: {"X": 0.3, "K": 0.7}}

    plain = words_in(decoder(Language.ENGLISH), seen("Karelto", doubts))
    knowing = decoder(Language.ENGLISH, lexicon=frozenset({"Xarelto"}))
    taught = words_in(knowing, seen("Karelto", doubts))

    assert plain[0].text == "Karelto"
    assert taught[0].text == "Xarelto"


def test_of_several_widths_the_likeliest_is_chosen() -> None:
    faint = seen("the mXn", {5: {"x": 0.4, "e": 0.3, "r": 0.3}})

    line = decoder(Language.ENGLISH).decode([faint, seen("the men")], ALPHABET)

    assert line.chosen == 1
    assert [word.text for word in line.words] == ["the", "men"]


def test_a_language_without_a_list_has_no_decoder() -> None:
    assert language_decoder(frozenset({Language.SWAHILI}), Mode.HANDWRITTEN) is None
    mixed = frozenset({Language.SWAHILI, Language.ENGLISH})
    assert language_decoder(mixed, Mode.HANDWRITTEN) is None


@pytest.mark.parametrize("length", [1, 3])
def test_a_line_of_few_steps_can_be_decoded(length: int) -> None:
    steps = np.full((length, len(ALPHABET)), -5, np.float32)
    steps[:, 0] = 0
    steps[0, ALPHABET.index("7")] = 3

    assert [word.text for word in words_in(decoder(Language.ENGLISH), steps)] == ["7"]


TEXTS = ("the men", "all is well", "", "a fine day, 12 May", "something")


def seen_with_doubts(text: str) -> NDArray[np.float32]:
    return seen(text, {0: {text[0]: 0.6, "q": 0.4}}) if text else seen("x")[1:]


def test_lines_decoded_together_are_as_each_by_itself() -> None:
    english = decoder(Language.ENGLISH)
    lines = [[seen_with_doubts(text), seen(text or " ")] for text in TEXTS]

    together = english.decode_lines(lines, ALPHABET)

    assert together == [english.decode(line, ALPHABET) for line in lines]
    assert [" ".join(word.text for word in line.words) for line in together] == list(TEXTS)


def test_a_line_is_read_as_it_goes_on_from_the_one_before_it() -> None:
    doubts = {3: {"t": 0.5, "r": 0.5}}
    lines = [seen("they came from the united"), seen("states of", doubts), seen("he only")]

    alone = decoder(Language.ENGLISH).decode_lines([[line] for line in lines], ALPHABET)
    (_, after, _) = decoder(Language.ENGLISH).decode_lines(
        [[line] for line in lines], ALPHABET, [None, 0, None]
    )
    (_, stares, _) = decoder(Language.ENGLISH).decode_lines(
        [[line] for line in lines], ALPHABET, [None, 2, None]
    )

    assert [word.text for word in after.words] == ["states", "of"]
    (share, *_) = (evidence.share for evidence in after.evidence)
    assert share > alone[1].evidence[0].share > stares.evidence[0].share


def test_the_rest_of_a_broken_word_is_read_as_its_end() -> None:
    doubts = {0: {"i": 0.4, "l": 0.6}}
    lines = [seen("is a fool-"), seen("ish man", doubts)]

    alone = decoder(Language.ENGLISH).decode_lines([[line] for line in lines], ALPHABET)
    joined = decoder(Language.ENGLISH).decode_lines([[line] for line in lines], ALPHABET, [None, 0])

    assert joined[1].words[0].text == "ish"
    assert joined[1].evidence[0].share > alone[1].evidence[0].share


def test_lines_that_go_round_in_a_circle_are_read() -> None:
    lines = [seen("all is well"), seen("it is")]

    read = decoder(Language.ENGLISH).decode_lines([[line] for line in lines], ALPHABET, [1, 0])

    assert [[word.text for word in line.words] for line in read] == [
        ["all", "is", "well"],
        ["it", "is"],
    ]


def test_threads_share_a_decoder() -> None:
    alone = decoder(Language.ENGLISH, lexicon=frozenset({"Xarelto"}))
    shared = decoder(Language.ENGLISH)
    lines = [[seen_with_doubts(text)] for text in TEXTS]
    expected = alone.decode_lines(lines, ALPHABET)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: shared.decode_lines(lines, ALPHABET), range(12)))

    assert [[w.text for line in each for w in line.words] for each in found] == [
        [w.text for line in expected for w in line.words]
    ] * 12
