import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.word_tree import NOTHING, ROOT, WordTree

WORDS = st.lists(st.text("abcé'", max_size=6), unique=True).map(sorted)


@given(words=WORDS, letters=st.text("abcé'x", max_size=7))
def test_a_node_stands_for_the_words_that_begin_so(words: list[str], letters: str) -> None:
    tree = WordTree(words)
    shares = np.arange(1.0, len(words) + 1)
    begun, whole = tree.sums(shares)

    node = tree.find(letters)

    beginning = [
        share for word, share in zip(words, shares, strict=True) if word.startswith(letters)
    ]
    assert (node != NOTHING) == (bool(beginning) or not letters)
    assert begun[node] == sum(beginning)
    assert tree.is_word(node) == (letters in words)
    assert whole[node] == (shares[words.index(letters)] if letters in words else 0)


@given(words=WORDS, letters=st.text("abcé'x", max_size=7))
def test_many_children_are_found_as_each_by_itself(words: list[str], letters: str) -> None:
    tree = WordTree(words)
    nodes, codes = [], []
    node = ROOT
    for letter in letters:
        nodes.append(node)
        codes.append(tree.code(letter))
        node = tree.child(nodes[-1], codes[-1])

    found = tree.children(np.array(nodes, np.intp), np.array(codes, np.intp))

    assert found.tolist() == [*nodes[1:], node][: len(letters)]


@pytest.mark.parametrize("code", range(3))
def test_nothing_leads_to_nothing(code: int) -> None:
    tree = WordTree(["a", "ab"])

    assert tree.child(NOTHING, code) == NOTHING
    assert tree.children(np.array([NOTHING]), np.array([code])).tolist() == [NOTHING]
