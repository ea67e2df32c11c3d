import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.alignment import align, align_lines

ALPHABET = ("", "a", "b")


def log_probs(path: str) -> NDArray[np.float32]:
    """A network that is sure of each step; ``_`` is the CTC blank."""
    probabilities = np.full((len(path), len(ALPHABET)), 0.05, np.float32)
    for step, character in enumerate(path):
        probabilities[step, "_ab".index(character)] = 0.9
    return np.log(probabilities)


@pytest.mark.parametrize(
    ("path", "text", "places"),
    [
        ("_aab_", "ab", [(1, 3), (3, 4)]),
        ("a_a", "aa", [(0, 1), (2, 3)]),
        ("__b", "b", [(2, 3)]),
        ("ab", "ab", [(0, 1), (1, 2)]),
        ("___", "", []),
    ],
)
def test_characters_stand_where_the_network_saw_them(
    path: str, text: str, places: list[tuple[int, int]]
) -> None:
    aligned = align(log_probs(path), ALPHABET, text)

    assert [(character.start, character.end) for character in aligned] == places
    assert all(character.log_prob == pytest.approx(np.log(0.9)) for character in aligned)


def test_a_character_that_the_network_did_not_see_is_unlikely() -> None:
    (first, second) = align(log_probs("_a__"), ALPHABET, "ab")

    assert (first.start, first.end) == (1, 2)
    assert second.start >= 2
    assert second.log_prob == pytest.approx(np.log(0.05))


def test_lines_aligned_together_are_as_each_by_itself() -> None:
    chance = np.random.default_rng(1)
    texts = ["", "ab", "aabba", "b", "abababab"]
    lines = [
        np.log(chance.dirichlet(np.ones(3), steps)).astype(np.float32)
        for steps in (4, 2, 9, 30, 20)
    ]

    together = align_lines(lines, ALPHABET, texts)

    assert together == [
        align(line, ALPHABET, text) for line, text in zip(lines, texts, strict=True)
    ]
    assert [len(aligned) for aligned in together] == list(map(len, texts))
    assert align_lines([], ALPHABET, []) == []


@pytest.mark.parametrize("path", ["_aab_", "ab", "a_b___"])
def test_a_text_that_the_network_shows_loses_nothing_against_it(path: str) -> None:
    assert [character.lost for character in align(log_probs(path), ALPHABET, "ab")] == [0, 0]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("abb", [0, 1, 0]),  # an a taken for a b
        ("ab", [0, 1]),  # an a left out, which stands before the b
        ("aba", [0, 1, 1]),  # two mistaken
        ("a", [2]),  # what is left out behind the last character is its own
    ],
)
def test_what_a_text_loses_is_lost_where_the_network_shows_another(
    text: str, lost: list[int]
) -> None:
    aligned = align(log_probs("_a_a_b"), ALPHABET, text)

    step = np.log(0.9 / 0.05)
    assert [character.lost for character in aligned] == pytest.approx([step * n for n in lost])
