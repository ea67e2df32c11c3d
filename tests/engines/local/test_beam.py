import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from plain_search import search_plainly

from notetext.engines.local.beam import Candidate, search
from notetext.engines.local.context import load_context
from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.scripts.tuning import Trust
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.vocabulary import Vocabulary, load_vocabulary

ALPHABET = ("", "a", "b", " ")
INDIFFERENT = LanguageModel(Vocabulary({"a": 1.0}), Trust(0.0, 0.0))


def found_in(
    probabilities: NDArray[np.float32],
    alphabet: Sequence[str] = ALPHABET,
    model: LanguageModel = INDIFFERENT,
    width: int = 16,
) -> list[Candidate]:
    (candidates,) = search([probabilities], StateKinds(model, alphabet), width)
    return candidates


def spelled(text: str, alphabet: str, doubt: float = 0.001) -> NDArray[np.float32]:
    """What a network gives that sees a text clearly, a blank after each character."""
    steps = np.full((2 * len(text), len(alphabet) + 1), doubt, np.float32)
    for index, character in enumerate(text):
        steps[2 * index, 1 + alphabet.index(character)] = 1
        steps[2 * index + 1, 0] = 1
    steps /= steps.sum(axis=1, keepdims=True)
    return steps


def by_hand(probabilities: NDArray[np.float32]) -> dict[str, float]:
    """The probability of every text, over all paths."""
    texts: dict[str, float] = {}
    for path in product(range(len(ALPHABET)), repeat=len(probabilities)):
        kept = [c for index, c in enumerate(path) if c and (not index or path[index - 1] != c)]
        text = "".join(ALPHABET[column] for column in kept)
        chance = math.prod(float(row[c]) for row, c in zip(probabilities, path, strict=True))
        texts[text] = texts.get(text, 0.0) + chance
    return texts


@given(st.lists(st.tuples(*[st.floats(0.05, 1.0)] * len(ALPHABET)), min_size=1, max_size=4))
def test_scores_are_the_probabilities_over_all_paths(rows: list[tuple[float, ...]]) -> None:
    probabilities = np.array(rows, np.float32)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    texts = by_hand(probabilities)

    found = found_in(probabilities, width=len(texts))

    best = max(texts, key=texts.__getitem__)
    assert texts[found[0].text] == pytest.approx(texts[best], rel=1e-3)
    assert math.exp(found[0].score) == pytest.approx(texts[found[0].text], rel=0.05)


def test_candidates_differ_and_the_likeliest_is_first() -> None:
    probabilities = np.array([[0.2, 0.5, 0.3, 0.0], [0.6, 0.2, 0.2, 0.0]], np.float32)

    found = found_in(probabilities)

    assert len({candidate.text for candidate in found}) == len(found)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_a_doubtful_letter_is_read_as_the_language_has_it() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz "
    model = LanguageModel(load_vocabulary(["en"]), Trust(0.7, 1.2))
    probabilities = spelled("something atout fishing", letters)
    doubtful = 2 * "something atout fishing".index("tout")
    probabilities[doubtful] = 0
    probabilities[doubtful, [1 + letters.index("t"), 1 + letters.index("b")]] = (0.9, 0.1)

    (best, *_) = found_in(probabilities, ("", *letters), model)

    assert best.text == "something about fishing"


def test_a_certain_name_survives() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzT "
    model = LanguageModel(load_vocabulary(["en"]), Trust(0.7, 1.2))

    (best, *_) = found_in(spelled("my dear Tolchyx", letters, 1e-6), ("", *letters), model)

    assert best.text == "my dear Tolchyx"


def test_nothing_written_is_an_empty_text() -> None:
    blank = np.zeros((5, len(ALPHABET)), np.float32)
    blank[:, 0] = 1

    assert found_in(blank)[0].text == ""


@pytest.fixture(scope="module")
def french() -> LanguageModel:
    return LanguageModel(load_vocabulary(["fr"]), Trust(0.7, 1.2), plain={"é": "e", "è": "e"})


LETTERS = ("", *"aceéèilnrstuACEL'-.,07", " ")


def doubtful(text: str, seed: int) -> NDArray[np.float32]:
    """What a network gives that sees a text, but also much else, and less than a blank between."""
    chance = np.random.default_rng(seed)
    steps: NDArray[np.float64] = chance.dirichlet(np.full(len(LETTERS), 0.08), 2 * len(text))
    for index, character in enumerate(text):
        steps[2 * index, LETTERS.index(character)] += chance.uniform(0, 2)
        steps[2 * index + 1, 0] += chance.uniform(0, 2)
    steps /= steps.sum(axis=1, keepdims=True)
    return steps.astype(np.float32)


TEXTS = ("l'institut est clair.", "C'etait l'ete", "il a 70 lits, 7 tentes", "-", "Alice", "eau")


@pytest.mark.parametrize("width", [1, 5, 16, 64])
def test_many_lines_at_once_are_found_as_each_by_itself_one_text_after_the_other(
    french: LanguageModel, width: int
) -> None:
    lines = [doubtful(text, seed) for seed, text in enumerate(TEXTS * 2)]

    found = search(lines, StateKinds(french, LETTERS), width)

    for line, candidates in zip(lines, found, strict=True):
        plainly = search_plainly(line, LETTERS, french, width)
        assert [c.text for c in candidates] == [c.text for c in plainly]
        assert [c.score for c in candidates] == pytest.approx([c.score for c in plainly])


def test_words_before_each_other_count_for_many_lines_as_for_each_by_itself() -> None:
    model = LanguageModel(
        load_vocabulary(["fr"]), Trust(0.7, 1.2, context=0.8), context=load_context(["fr"], ELIDED)
    )
    lines = [doubtful(text, seed) for seed, text in enumerate(TEXTS)]
    before = [("il", "est"), (), (".",), ("la",), (), ("de", "l'")]

    found = search(lines, StateKinds(model, LETTERS), 16, before)

    for line, history, candidates in zip(lines, before, found, strict=True):
        plainly = search_plainly(line, LETTERS, model, 16, history)
        assert [c.text for c in candidates] == [c.text for c in plainly]
        assert [c.score for c in candidates] == pytest.approx([c.score for c in plainly])


ELIDED = frozenset({"l'", "d'"})


def test_a_line_is_found_the_same_whatever_was_read_before(french: LanguageModel) -> None:
    used = StateKinds(french, LETTERS)
    search([doubtful(text, 7) for text in TEXTS], used)
    line = doubtful("la recette", 3)

    ((*again,),) = search([line], used)
    ((*afresh,),) = search([line], StateKinds(french, LETTERS))
    assert [c.text for c in again] == [c.text for c in afresh]
    assert [c.score for c in again] == pytest.approx([c.score for c in afresh], rel=1e-12)


def test_no_lines_have_no_texts() -> None:
    assert search([], StateKinds(INDIFFERENT, ALPHABET)) == []


def test_a_line_without_steps_is_an_empty_text() -> None:
    none = np.zeros((0, len(ALPHABET)), np.float32)
    one = np.array([[0.0, 1.0, 0.0, 0.0]], np.float32)

    found = search([none, one], StateKinds(INDIFFERENT, ALPHABET))

    assert [candidates[0].text for candidates in found] == ["", "a"]
