"""Words as a table: CSV, read by Python's own reader, and data frames."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable

import pandas as pd
import pytest

from notetext import RecognitionResult, Word
from notetext.errors import MissingDependencyError

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


def test_rows_count_pages_paragraphs_lines_and_words_from_one(result_of: ResultOf) -> None:
    rows = rows_of(result_of([[["a b", "c"], ["d"]], [["e"]]]))
    places = [[row[n] for n in ("page", "paragraph", "line", "word")] for row in rows]
    assert [tuple(map(int, place)) for place in places] == [
        (1, 1, 1, 1),
        (1, 1, 1, 2),
        (1, 1, 2, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 1),
    ]


def test_what_means_something_in_csv_comes_back_as_it_was(result_of: ResultOf) -> None:
    hostile = ['a,"b"', "=1+1", "line\nbreak", "'", "天気"]
    result = result_of([[[Word(text=text) for text in hostile]]])
    assert [row["text"] for row in rows_of(result)] == hostile


def test_what_is_not_known_is_empty(result_of: ResultOf) -> None:
    (row,) = rows_of(result_of([[["alone"]]]))
    assert row["left"] == row["confidence"] == ""


def test_a_data_frame_has_a_row_a_word_and_missing_values_where_nothing_is_known(
    letter: RecognitionResult, result_of: ResultOf
) -> None:
    frame = letter.to_dataframe()
    assert list(frame["text"]) == [word.text for word in letter.words]
    assert frame["confidence"].between(0, 1).all()
    assert result_of([[["alone"]]]).to_dataframe()["confidence"].isna().all()


def test_the_frames_of_an_empty_and_a_full_result_have_the_same_types(
    letter: RecognitionResult, result_of: ResultOf
) -> None:
    full, empty = letter.to_dataframe(), result_of([]).to_dataframe()
    assert len(empty) == 0
    assert list(full.dtypes.items()) == list(empty.dtypes.items())
    assert list(pd.concat([full, empty]).dtypes) == list(full.dtypes)


def test_without_pandas_the_extra_is_named(
    letter: RecognitionResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingDependencyError, match=r"notetext\[dataframe\]") as caught:
        letter.to_dataframe()
    assert caught.value.extra == "dataframe"
