import numpy as np

from notetext.engines.local.text_tree import TextTree

ALPHABET = ("a", "b", "ſs")


def test_texts_that_begin_alike_share_their_beginning() -> None:
    tree = TextTree(2)
    a, b = tree.grow(np.array([0, 1]), np.array([0, 1]))
    ab, ass = tree.grow(np.array([a, a]), np.array([1, 2]))

    nodes = np.array([0, 1, a, b, ab, ass])

    assert tree.texts(nodes, ALPHABET) == ["", "", "a", "b", "ab", "aſs"]


def test_a_tree_has_room_for_any_number_of_texts() -> None:
    tree = TextTree(1)
    node = np.array([0])
    for _ in range(3):
        node = tree.grow(np.full(5000, node[-1]), np.zeros(5000, np.intp))

    assert tree.texts(node[-1:], ALPHABET) == ["aaa"]
    assert tree.texts(np.zeros(0, np.intp), ALPHABET) == []
