"""Words as rows, in reading order."""

from __future__ import annotations

from collections.abc import Callable

from notetext import RecognitionResult, Word
from notetext.exporters.words import WordRow, word_rows

ResultOf = Callable[..., RecognitionResult]


def test_rows_count_pages_paragraphs_lines_and_words_from_one(result_of: ResultOf) -> None:
    rows = word_rows(result_of([[["a b", "c"], ["d"]], [["e"]]]))
    assert [row[1:6] for row in rows] == [
        (1, 1, 1, 1, "a"),
        (1, 1, 1, 2, "b"),
        (1, 1, 2, 1, "c"),
        (1, 2, 1, 1, "d"),
        (2, 1, 1, 1, "e"),
    ]


def test_of_a_place_askew_the_upright_rectangle_around_it_is_told(
    result_of: ResultOf, slanted: Word
) -> None:
    (row,) = word_rows(result_of([[[slanted]]]))
    assert (row.left, row.top, row.right, row.bottom) == (100, 276, 304, 339)
    assert (row.source, row.text, row.confidence) == ('a "note" & more.png', "climbing", 0.5)


def test_what_is_not_known_is_none(result_of: ResultOf) -> None:
    (row,) = word_rows(result_of([[["alone"]]]))
    assert row == WordRow('a "note" & more.png', 1, 1, 1, 1, "alone", *[None] * 7)


def test_empty_pages_paragraphs_and_lines_have_no_rows(result_of: ResultOf) -> None:
    assert list(word_rows(result_of([]))) == []
    assert [row.page for row in word_rows(result_of([[], [[""], ["a"]]]))] == [2]
