"""The tables of contexts, counted in texts that the test writes."""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from contexts import Counts, Weights, count, read_words, table, weigh  # noqa: E402

from notetext.engines.local.context import STEP, ContextTable  # noqa: E402

SUBJECTS, VERBS, OBJECTS = ("the cat", "a dog"), ("sees", "hears", "is"), ("a bird", "the rain")


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Counts:
    chance = random.Random(5)
    lines = [
        f"{chance.choice(SUBJECTS).capitalize()} {chance.choice(VERBS)} {chance.choice(OBJECTS)}."
        for _ in range(500)
    ]
    text = tmp_path_factory.mktemp("texts") / "text.txt"
    text.write_text("\n".join(lines))
    return count(*read_words([text], frozenset()))


def probability(counts: Counts, ratio: float, word: str) -> float:
    """Of a word after others, from how much likelier it is than alone."""
    times = counts.single[counts.words.index(word)]
    return float(math.exp(ratio) * times / counts.single.sum())


@pytest.mark.parametrize("most", [1000, 6])
def test_what_follows_a_word_has_a_probability_of_one(counts: Counts, most: int) -> None:
    weights = weigh(counts, most, most)

    for history in (("the",), ("sees",), ("cat", "sees"), ("is", "the"), ("a", "dog")):
        total = sum(
            probability(counts, ratio_of(weights, history, word), word) for word in counts.words
        )
        assert total == pytest.approx(1, abs=0.02)


def ratio_of(weights: Weights, history: tuple[str, ...], word: str) -> float:
    """What a table says, but for its rounding."""
    pair = f"{history[-1]} {word}"
    ratio = weights.pairs.get(pair, (weights.word_backoffs.get(history[-1], 0.0), 0.0))[0]
    if len(history) == 1:
        return ratio
    head = " ".join(history)
    if f"{head} {word}" in weights.triples:
        return weights.triples[f"{head} {word}"]
    return ratio + weights.pairs.get(head, (0.0, 0.0))[1]


def test_a_table_holds_what_was_weighed(counts: Counts) -> None:
    weights = weigh(counts, 1000, 1000)
    found = ContextTable(table(weights))

    for key, (ratio, _) in weights.pairs.items():
        first, second = key.split(" ")
        assert found.log_ratio([first], second) == pytest.approx(max(ratio, -4), abs=STEP)
    for key, ratio in weights.triples.items():
        first, second, third = key.split(" ")
        assert found.log_ratio([first, second], third) == pytest.approx(max(ratio, -4), abs=STEP)


def test_words_before_others_are_told_from_those_after(counts: Counts) -> None:
    found = ContextTable(table(weigh(counts, 1000, 1000)))

    assert found.log_ratio(["the"], "cat") > 0 > found.log_ratio(["cat"], "the")
    assert found.log_ratio(["a", "dog"], "sees") > found.log_ratio(["a", "dog"], "rain")
