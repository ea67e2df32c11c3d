"""Where words and lines stand that no engine saw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.model import Box, Line, PageData, Word
from notetext.result.corrections.boxes import boxes_between, boxes_for, boxes_in_line

PAGE = PageData(number=1, width=400, height=300, engine="local")
FIRST = Box.rectangle(10, 20, 50, 40)
SECOND = Box.rectangle(70, 20, 130, 40)


def word(text: str, box: Box | None) -> Word:
    return Word(text=text, box=box)


def line(top: float) -> Line:
    box = Box.rectangle(10, top, 110, top + 20)
    return Line(words=(word("line", box),), box=box)


def test_as_many_words_as_before_keep_the_places() -> None:
    read = [word("qick", FIRST), word("focks", SECOND)]
    assert list(boxes_for(["quick", "fox"], read)) == [FIRST, SECOND]


def test_other_words_share_the_whole_of_the_places() -> None:
    (joined,) = boxes_for(["quickfox"], [word("quick", FIRST), word("fox", SECOND)])
    assert joined == Box.rectangle(10, 20, 130, 40)
    left, right = boxes_for(["to", "the"], [word("tothe", Box.rectangle(0, 0, 60, 20))])
    assert left is not None
    assert right is not None
    # By their characters, with one for the blank.
    assert (left.left, left.right) == pytest.approx((0, 20))
    assert (right.left, right.right) == pytest.approx((30, 60))


def test_words_without_places_give_none() -> None:
    assert list(boxes_for(["to", "the"], [word("tothe", None)])) == [None, None]
    assert list(boxes_between(["new"], None, None)) == [None]
    assert list(boxes_in_line(["new"], None, None, 0.5, PAGE)) == [None]


def test_a_word_between_two_stands_in_their_gap() -> None:
    (box,) = boxes_between(["new"], FIRST, SECOND)
    assert box == Box.rectangle(50, 20, 70, 40)


def test_a_word_between_two_that_touch_has_a_place_all_the_same() -> None:
    (box,) = boxes_between(["new"], FIRST, Box.rectangle(50, 20, 90, 40))
    assert box is not None
    assert box.right - box.left == pytest.approx(10)
    assert (box.left + box.right) / 2 == pytest.approx(50)


def test_a_word_at_an_end_of_a_line_stands_beyond_its_neighbour() -> None:
    (behind,) = boxes_between(["end"], FIRST, None)
    (before,) = boxes_between(["Lo:"], None, FIRST)
    assert behind is not None
    assert before is not None
    assert behind.left == FIRST.right
    assert behind.right > FIRST.right
    assert before.right == FIRST.left
    assert before.left < FIRST.left


def test_a_line_between_two_stands_between_them_by_its_share() -> None:
    (box,) = boxes_in_line(["new"], line(20), line(100), 0.25, PAGE)
    assert box is not None
    assert box.top == pytest.approx(40)


@pytest.mark.parametrize(("above", "below", "top"), [(100, None, 120), (None, 100, 80)])
def test_a_line_beside_one_stands_next_to_it(
    above: float | None, below: float | None, top: float
) -> None:
    first, last = (None if at is None else line(at) for at in (above, below))
    (box,) = boxes_in_line(["new"], first, last, 0.5, PAGE)
    assert box is not None
    assert box.top == pytest.approx(top)


@given(st.floats(0, 290), st.floats(0, 290), st.floats(0.05, 0.95))
def test_no_line_stands_beyond_the_edges_of_the_page(
    above: float, below: float, share: float
) -> None:
    first, last = line(above), line(below)
    for one, other in ((first, None), (None, last), (first, last)):
        (box,) = boxes_in_line(["new"], one, other, share, PAGE)
        assert box is not None
        assert box.top >= 0
        assert box.left >= 0
        assert box.bottom <= PAGE.height
        assert box.right <= PAGE.width
