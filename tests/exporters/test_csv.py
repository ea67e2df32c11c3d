"""Words as a table, read by Python's own reader of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from notetext import RecognitionResult, Word
from notetext.exporters.words import WordRow

ResultOf = Callable[..., RecognitionResult]


def rows_of(result: RecognitionResult) -> list[dict[str, str]]:
    text = result.to("csv")
    assert isinstance(text, str)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_word_is_a_row_with_its_place_and_confidence(letter: RecognitionResult) -> None:
    rows = rows_of(letter)
    assert [row["text"] for row in rows] == [word.text for word in letter.words]
    for row, word in zip(rows, letter.words, strict=True):
        assert word.box is not None
        edges = (word.box.left, word.box.top, word.box.right, word.box.bottom)
        assert tuple(float(row[n]) for n in ("left", "top", "right", "bottom")) == edges
        assert float(row["confidence"]) == word.confidence


def test_what_means_something_in_csv_comes_back_as_it_was(result_of: ResultOf) -> None:
    hostile = ['a,"b"', "=1+1", "line\nbreak", "'", "天気"]
    result = result_of([[[Word(text=text) for text in hostile]]])
    assert [row["text"] for row in rows_of(result)] == hostile


def test_a_column_says_whether_a_word_is_hand_or_print(signed: RecognitionResult) -> None:
    assert [list(row.items())[-2] for row in rows_of(signed)] == [
        ("kind", "printed"),
        ("kind", "handwritten"),
    ]


def test_the_last_column_says_what_language_a_word_was_told_to_be_in(
    bilingual: RecognitionResult,
) -> None:
    assert [list(row.items())[-1] for row in rows_of(bilingual)] == [
        ("language", "en"),
        ("language", "fr"),
    ]


def test_what_is_not_known_is_empty(result_of: ResultOf) -> None:
    (row,) = rows_of(result_of([[["alone"]]]))
    assert row["left"] == row["confidence"] == row["kind"] == row["language"] == ""


def test_the_first_row_names_the_columns_also_of_an_empty_result(result_of: ResultOf) -> None:
    assert result_of([]).to("csv") == f"{','.join(WordRow._fields)}\r\n"
